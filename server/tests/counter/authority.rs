//! Whoever belongs to another office may nothing here, whatever they ask for.

use chrono::TimeDelta;
use server::audit::Actor;
use server::counter::acting::{self, Acting};
use server::counter::day::{self, closing};
use server::counter::{By, Kiosk, check_in, counters, search, walk_in};
use server::staff::authority::Staff;
use server::staff::roles;
use server::staff::token::{Kind, Token};
use shared::counter::{Act, CounterName, Press, Step, VisitId};
use shared::marriage::SERVICE;
use shared::staff::Role;

use super::super::support::{TestApp, test_apps};
use super::hall::*;

/// Everything that somebody can ask of this office, and whether it was refused for what they may not.
async fn refusals(test: &TestApp, by: &Staff, id: &VisitId, reference: &str) -> Vec<(&'static str, bool)> {
    let (app, now, office) = (&test.app, test.now(), nanshan());
    let counter = windows(test).await[0];
    let date = DAY.parse().unwrap();
    let name = CounterName::parse("9").unwrap();
    let version = row(test, id).await.version;
    let step = |step| Acting { version, press: press(), step, reason: Some(reason()) };
    let staff = By::Staff(by.clone());
    let pressed: Press = press();
    let mut asked = vec![
        ("sheet", is_not_allowed(&day::seen_by(app, by, &office, date, now).await)),
        ("one visit", is_not_allowed(&day::one(app, by, id, now).await)),
        ("search", is_not_allowed(&search::search(app, by, &office, reference, now).await)),
        ("check in", is_not_allowed(&check_in::by_reference(app, &staff, &office, reference, now).await)),
        ("ticket", is_not_allowed(&walk_in::take(app, &staff, &office, &SERVICE, &pressed, now).await)),
        ("check in first", is_not_allowed(&check_in::with_priority(app, by, &office, reference, now).await)),
        ("ticket first", is_not_allowed(&walk_in::with_priority(app, by, &office, &SERVICE, &pressed, now).await)),
        ("next", is_not_allowed(&next(test, by, counter).await)),
        ("would tell", is_not_allowed(&acting::would_tell(app, by, id, &Step::Act(Act::NoShow)).await)),
        ("open", is_not_allowed(&counters::open(app, by, counter, now).await)),
        ("pause", is_not_allowed(&counters::pause(app, by, counter, now).await)),
        ("resume", is_not_allowed(&counters::resume(app, by, counter, now).await)),
        ("close", is_not_allowed(&counters::close(app, by, counter, now).await)),
        ("create", is_not_allowed(&counters::create(app, by, &office, &name, now).await)),
        ("rename", is_not_allowed(&counters::rename(app, by, counter, &name, now).await)),
        ("remove", is_not_allowed(&counters::remove(app, by, counter, now).await)),
        ("preview", is_not_allowed(&closing::preview(app, by, &office, date, now).await)),
        ("close the day", is_not_allowed(&closing::close(app, by, &office, (date, 0), Some(reason()), now).await)),
    ];
    for (name, act) in [("arrive", Act::Arrive), ("no-show", Act::NoShow), ("call", Act::Call { counter })] {
        asked.push((name, is_not_allowed(&acting::act(app, by, id, step(Step::Act(act)), now).await)));
    }
    asked.push(("undo", is_not_allowed(&acting::act(app, by, id, step(Step::UNDO), now).await)));
    asked
}

#[tokio::test]
async fn a_clerk_and_a_manager_of_another_office_are_refused_whatever_they_ask_for() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        clock(&test, "09:05:00");
        let (id, reference) = (visit_of(&booked), booked.reference.to_string());
        for (n, role) in [(1, Role::CounterClerk), (2, Role::OfficeManager)] {
            let stranger = staff_at(&test, n, role, "demo-hill").await;
            let refusals = refusals(&test, &stranger, &id, &reference).await;
            let let_in: Vec<_> = refusals.iter().filter(|(_, refused)| !refused).collect();
            assert_eq!(let_in, Vec::<&(&str, bool)>::new());
            assert_eq!(refusals.len(), 22);
        }
        let sheet = sheet(&test).await;
        assert_eq!((sheet.version, sheet.visits.len(), sheet.counters.len()), (0, 1, 4), "nothing was changed");
    }
}

#[tokio::test]
async fn nobody_without_the_role_is_let_in_and_a_clerk_manages_nothing() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        clock(&test, "09:05:00");
        let (id, reference) = (visit_of(&booked), booked.reference.to_string());
        for (n, role) in [(1, Role::Auditor), (2, Role::AccountAdministrator), (3, Role::Finance), (4, Role::Reviewer)]
        {
            let other = staff_at(&test, n, role, "nanshan").await;
            let let_in: Vec<_> = refusals(&test, &other, &id, &reference).await;
            assert!(let_in.iter().all(|(_, refused)| *refused), "{role:?}: {let_in:?}");
        }
        let clerk = clerk(&test, 5).await;
        let refused = refusals(&test, &clerk, &id, &reference).await;
        let refused: Vec<_> = refused.into_iter().filter(|(_, refused)| *refused).map(|(name, _)| name).collect();
        assert_eq!(refused, ["create", "rename", "remove", "preview", "close the day"]);
    }
}

#[tokio::test]
async fn a_role_that_has_ended_opens_nothing_from_the_next_request_on() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        clock(&test, "09:05:00");
        let clerk = clerk(&test, 1).await;
        arrived(&test, &clerk, &booked).await;
        let grants = "select id from staff_role where staff_id = $1";
        let rows = server::database::sql::sql(grants, [clerk.person().as_str().into()]);
        let row = rows.fetch_one(&mut *test.app.database().read().await.unwrap()).await.unwrap();
        let grant = server::database::sql::text(&row, "id").unwrap();
        test.wait(TimeDelta::seconds(1));
        roles::take_back(&test.app, &grant, Actor::Operator, test.now()).await.unwrap();
        let again = signed_again(&test, &clerk).await;
        assert!(is_not_allowed(&act(&test, &again, &visit_of(&booked), Act::Left).await));
    }
}

/// The same person in a session of now.
async fn signed_again(test: &TestApp, staff: &Staff) -> Staff {
    let token = Token::new(Kind::Session, test.app.keys());
    let values = (token.fingerprint(test.app.keys()), staff.account().as_str().to_owned(), test.now());
    test.app.database().write_with(values, session).await.unwrap();
    signed(test, &token).await
}

async fn session(
    connection: &mut sqlx::AnyConnection,
    (token, account, now): &(String, String, chrono::DateTime<chrono::Utc>),
) -> Result<(), server::Error> {
    let statement = "insert into staff_session (id, token_hash, account, browser, created_at, seen_at, confirmed_at) \
         values ('again', $1, $2, 'a browser', $3, $3, $3)";
    let values = [token.as_str().into(), account.as_str().into(), (*now).into()];
    server::database::sql::sql(statement, values).execute(connection).await?;
    Ok(())
}

#[tokio::test]
async fn a_kiosk_brings_people_in_at_its_own_office_and_nowhere_else() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        clock(&test, "09:05:00");
        let elsewhere = Kiosk { id: "door".to_owned(), office: shared::staff::OfficeId::parse("demo-hill").unwrap() };
        let by = By::Kiosk(elsewhere);
        let reference = booked.reference.to_string();
        let checked = check_in::by_reference(&test.app, &by, &nanshan(), &reference, test.now()).await;
        assert!(is_not_allowed(&checked));
        let taken = walk_in::take(&test.app, &by, &nanshan(), &SERVICE, &press(), test.now()).await;
        assert!(is_not_allowed(&taken));
    }
}

#[tokio::test]
async fn a_counter_of_another_office_calls_nobody_here() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        clock(&test, "09:05:00");
        let clerk = clerk(&test, 1).await;
        let id = arrived(&test, &clerk, &booked).await;
        let manager = staff_at(&test, 2, Role::OfficeManager, "demo-hill").await;
        let hill = shared::staff::OfficeId::parse("demo-hill").unwrap();
        let name = CounterName::parse("1").unwrap();
        let counter = counters::create(&test.app, &manager, &hill, &name, test.now()).await.unwrap();
        let version = row(&test, &id).await.version;
        let call = Step::Act(Act::Call { counter });
        // Out of order, since nobody waits there.
        let chief = super::hall::manager(&test, 3).await;
        let acting = Acting { version, press: press(), step: call, reason: Some(reason()) };
        let outcome = acting::act(&test.app, &chief, &id, acting, test.now()).await;
        assert!(matches!(outcome, Err(server::Error::Problem(shared::problem::Problem::NotFound))), "{outcome:?}");
        holds(&test).await;
    }
}
