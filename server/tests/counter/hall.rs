//! A hall of the test's own: bookings of a day, clerks who sit at counters, and what they do.

use server::App;
use server::Error;
use server::appointments::booking::Booked;
use server::appointments::hold;
use server::audit::{self, Actor};
use server::counter::acting::{self, Acting};
use server::counter::check_in::{self, CheckedIn};
use server::counter::day::{self, DaySheet, Row};
use server::counter::next::{self, Next};
use server::counter::{By, counters, walk_in};
use server::database::sql::sql;
use server::domains;
use server::keys::token::new_id;
use server::marriage::BOOKABLE;
use server::staff::authority::{self, Staff};
use server::staff::token::{Kind, Token};
use server::staff::{account, roles};
use shared::appointments::BookingReference;
use shared::counter::{Act, CounterId, Outcome, Press, Reason, Step, VisitId};
use shared::marriage::SERVICE;
use shared::staff::{AccountName, Grant, NewGrant, OfficeId, Role, Scope, StaffId, Whereabouts};

use super::super::support::people::{self, book};
use super::super::support::staff::{by_whom, named, papers, whoever_sends};
use super::super::support::{Setup, TestApp, anyone};

/// The day after the clock of every test's beginning, a Thursday.
pub const DAY: &str = "2026-05-14";

pub fn setup() -> Setup {
    Setup { phone_codes: false, ..Setup::default() }
}

pub fn nanshan() -> OfficeId {
    OfficeId::parse("nanshan").unwrap()
}

/// Sets the clock to a time of the day.
pub fn clock(test: &TestApp, time: &str) {
    test.set_clock(&format!("{DAY}T{time}+08:00"));
}

pub fn press() -> Press {
    Press::parse(&new_id()).unwrap()
}

pub fn reason() -> Reason {
    Reason::parse("叫号屏坏了").unwrap()
}

/// Books the `n`th couple into the `slot`th time of the day at nanshan.
pub async fn booked(test: &TestApp, n: usize, slot: usize) -> Booked {
    booked_on(test, n, ("nanshan", DAY), slot).await
}

pub async fn booked_on(test: &TestApp, n: usize, (place, date): (&str, &str), slot: usize) -> Booked {
    let slot = test.slots(place, date).await[slot].id;
    let held = hold::take(&test.app, &BOOKABLE, slot, anyone(), test.now()).await.unwrap();
    book(&test.app, &people::couple(n, &held), None, test.now()).await.unwrap()
}

pub fn visit_of(booked: &Booked) -> VisitId {
    VisitId::parse(booked.id.as_str()).unwrap()
}

/// Somebody with a role at an office, signed in now.
pub async fn staff_at(test: &TestApp, n: usize, role: Role, office: &str) -> Staff {
    let (app, now) = (&test.app, test.now());
    let name = named(&format!("staff{n}"));
    let person = account::take_on(app, &papers(n), Actor::Operator, now).await.unwrap();
    account::create(app, &person, &name, Actor::Operator, now).await.unwrap();
    grant(test, &person, role, office).await;
    whoever_sends(test, &cookie_of(test, &name).await).await.unwrap()
}

/// What a browser sends in which somebody has just signed in with an account.
pub async fn cookie_of(test: &TestApp, account: &AccountName) -> String {
    let (app, token) = (&test.app, Token::new(Kind::Session, test.app.keys()));
    let row = (token.fingerprint(app.keys()), account.as_str().to_owned(), test.now().timestamp_millis());
    app.database().write_with(row, insert_session).await.unwrap();
    format!("{}={}", Kind::Session.cookie_name(false), token.reveal())
}

async fn insert_session(
    connection: &mut sqlx::AnyConnection,
    (token, account, now): &(String, String, i64),
) -> Result<(), Error> {
    let statement = "insert into staff_session (id, token_hash, account, browser, created_at, seen_at, confirmed_at) \
         values ($1, $2, $3, 'a browser', $4, $4, $4)";
    let values = [new_id().into(), token.as_str().into(), account.as_str().into(), (*now).into()];
    sql(statement, values).execute(connection).await?;
    Ok(())
}

/// Whoever a token opens the session of, with what they may now.
pub async fn signed(test: &TestApp, token: &Token) -> Staff {
    let cookie = format!("{}={}", Kind::Session.cookie_name(false), token.reveal());
    whoever_sends(test, &cookie).await.unwrap()
}

pub async fn grant(test: &TestApp, person: &StaffId, role: Role, office: &str) {
    let office = OfficeId::parse(office).unwrap();
    let at = Whereabouts { office: Some(office.clone()), ..Whereabouts::default() };
    let grant = Grant { role, scope: Scope::Office(office), from: test.now(), until: None };
    let new = NewGrant { person: person.clone(), grant, by: by_whom(test, role).await };
    roles::give(&test.app, &new, &at, test.now()).await.unwrap();
}

/// Takes back all roles of somebody, who stays signed in: them as of their next request.
pub async fn without_roles(test: &TestApp, staff: &Staff) -> Staff {
    let statement = "select id from staff_role where staff_id = $1";
    let rows = sql(statement, [staff.person().as_str().into()]).fetch_all(&mut test.connection().await).await.unwrap();
    test.wait(chrono::TimeDelta::seconds(1));
    for row in &rows {
        let id = server::database::sql::text(row, "id").unwrap();
        roles::take_back(&test.app, &id, Actor::Operator, test.now()).await.unwrap();
    }
    authority::again(&test.app, staff, test.now()).await.unwrap()
}

pub async fn clerk(test: &TestApp, n: usize) -> Staff {
    staff_at(test, n, Role::CounterClerk, "nanshan").await
}

pub async fn manager(test: &TestApp, n: usize) -> Staff {
    staff_at(test, n, Role::OfficeManager, "nanshan").await
}

/// The counters of nanshan.
pub async fn windows(test: &TestApp) -> Vec<CounterId> {
    counters::list(&test.app, &nanshan()).await.unwrap().into_iter().map(|counter| counter.id).collect()
}

pub async fn sheet(test: &TestApp) -> DaySheet {
    day::sheet(&test.app, &nanshan(), DAY.parse().unwrap(), test.now()).await.unwrap()
}

/// How a visit stands on the sheet.
pub async fn row(test: &TestApp, id: &VisitId) -> Row {
    let sheet = sheet(test).await;
    sheet.visits.into_iter().find(|row| row.id == *id).unwrap_or_else(|| panic!("{id} is not on the sheet"))
}

pub async fn arrive(test: &TestApp, by: &Staff, reference: BookingReference) -> Result<CheckedIn, Error> {
    let by = By::Staff(by.clone());
    check_in::by_reference(&test.app, &by, &nanshan(), &reference.to_string(), test.now()).await
}

/// A couple that is booked and in the hall.
pub async fn arrived(test: &TestApp, by: &Staff, booked: &Booked) -> VisitId {
    arrive(test, by, booked.reference).await.unwrap().row.id
}

/// Somebody who took a ticket.
pub async fn ticket(test: &TestApp, by: &Staff) -> Result<walk_in::Ticket, Error> {
    walk_in::take(&test.app, &By::Staff(by.clone()), &nanshan(), &SERVICE, &press(), test.now()).await
}

/// Takes a step on a visit as it stands now.
pub async fn act(test: &TestApp, by: &Staff, id: &VisitId, act: Act) -> Result<Row, Error> {
    step(test, by, id, Step::Act(act)).await
}

pub async fn undo(test: &TestApp, by: &Staff, id: &VisitId) -> Result<Row, Error> {
    step(test, by, id, Step::UNDO).await
}

async fn step(test: &TestApp, by: &Staff, id: &VisitId, step: Step) -> Result<Row, Error> {
    let version = row(test, id).await.version;
    let acting = Acting { version, press: press(), step, reason: None };
    acting::act(&test.app, by, id, acting, test.now()).await
}

pub async fn next(test: &TestApp, by: &Staff, counter: CounterId) -> Result<Next, Error> {
    next::next(&test.app, by, counter, &press(), test.now()).await
}

/// Who is called next; panics for nobody.
pub async fn called(test: &TestApp, by: &Staff, counter: CounterId) -> VisitId {
    match next(test, by, counter).await.unwrap() {
        Next::Called { row, .. } => row.id,
        Next::Nobody => panic!("nobody waits"),
    }
}

/// A couple that has come, was called to the first counter and is served there.
pub async fn serving(test: &TestApp, by: &Staff, booked: &Booked) -> VisitId {
    arrived(test, by, booked).await;
    let id = called(test, by, windows(test).await[0]).await;
    act(test, by, &id, Act::Serve).await.unwrap();
    id
}

/// Ends the visit of whoever is served, and says no more of why.
pub async fn set_apart(test: &TestApp, by: &Staff, id: &VisitId) -> Result<Row, Error> {
    let version = row(test, id).await.version;
    acting::set_apart(&test.app, by, id, (version, press()), test.now()).await
}

/// Serves whoever was called, to a good end.
pub async fn register(test: &TestApp, by: &Staff, id: &VisitId) {
    act(test, by, id, Act::Serve).await.unwrap();
    act(test, by, id, Act::Finish(Outcome::Registered)).await.unwrap();
}

/// The refusal of the hall that something met.
pub fn refused<T: std::fmt::Debug>(outcome: Result<T, Error>) -> shared::counter::Refusal {
    let error = outcome.expect_err("it should have been refused");
    error.refusal().unwrap_or_else(|| panic!("{error:?}"))
}

/// What is refused where a counter has this visit of the day.
pub async fn busy(test: &TestApp, id: &VisitId) -> shared::counter::Refusal {
    let ticket = row(test, id).await.ticket;
    shared::counter::Refusal::CounterBusy { visit: id.clone(), date: DAY.parse().unwrap(), ticket }
}

/// What is refused to whoever sits at this counter.
pub async fn seated_at(test: &TestApp, counter: CounterId) -> shared::counter::Refusal {
    let sign = counters::one(&test.app, counter).await.unwrap().name;
    shared::counter::Refusal::SeatedElsewhere { counter, sign }
}

/// Whether staff were refused for what they may not.
pub fn is_not_allowed<T>(outcome: &Result<T, Error>) -> bool {
    matches!(outcome, Err(error) if error.refusal() == Some(shared::staff::Refusal::NotAllowed))
}

/// Nothing in the record and the rows contradicts another.
pub async fn holds(test: &TestApp) {
    audit::verify_all(test.app.database(), domains::streams()).await.unwrap().unwrap();
    let broken = testhouse::invariants::broken(&mut test.connection().await).await;
    assert_eq!(broken, [""; 0]);
}

/// A number that a statement gives.
pub async fn number(app: &App, statement: &'static str) -> i64 {
    use sqlx::Row as _;
    let row = sqlx::query(statement).fetch_one(&mut *app.database().read().await.unwrap()).await.unwrap();
    row.get(0)
}
