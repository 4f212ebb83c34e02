//! The paper of a day when the network was down, entered afterwards.

use chrono::{DateTime, Utc};
use server::Error;
use server::counter::day::Row;
use server::counter::day::closing;
use server::counter::paper::{self, Entered, Paper, Who};
use server::database::sql::{sql, text};
use server::staff::authority::Staff;
use shared::counter::paper::{Ending, Written};
use shared::counter::{ActName, CounterId, Ground, Outcome, Refusal, StateName, VisitState};
use shared::marriage::SERVICE;
use shared::problem::Problem;
use shared::staff::Role;

use super::super::support::{TestApp, test_apps};
use super::hall::*;

pub fn at(time: &str) -> DateTime<Utc> {
    format!("{DAY}T{time}:00+08:00").parse().unwrap()
}

pub fn on_paper(tell: bool) -> Paper {
    Paper { office: nanshan(), date: DAY.parse().unwrap(), reason: None, tell }
}

pub fn written(ending: Ending, [arrived, called, ended]: [Option<&str>; 3], counter: Option<CounterId>) -> Written {
    let [arrived, called, ended] = [arrived, called, ended].map(|time| time.map(at));
    Written { ending, arrived, called, counter, ended }
}

pub fn done() -> Ending {
    Ending::Finished(Outcome::Registered)
}

pub fn of(row: &Row, written: Written) -> Entered {
    let who = Who::OnSheet { visit: row.id.clone(), version: row.version };
    Entered { who, ticket: None, written, apart: false, press: press() }
}

pub fn walked_in(number: u32, written: Written) -> Entered {
    let who = Who::WalkIn { service: SERVICE };
    Entered { who, ticket: Some(number), written, apart: false, press: press() }
}

pub async fn enter(test: &TestApp, by: &Staff, line: &Entered) -> Result<Row, Error> {
    paper::enter(&test.app, by, &on_paper(false), line, test.now()).await
}

/// What is wrong at which field.
pub fn wrong<T: std::fmt::Debug>(outcome: Result<T, Error>) -> Vec<(String, &'static str)> {
    match outcome.unwrap_err() {
        Error::Problem(Problem::Fields(errors)) => {
            errors.iter().map(|error| (error.field.clone(), error.reason.code())).collect()
        }
        other => panic!("{other:?}"),
    }
}

pub async fn texts(test: &TestApp) -> usize {
    test.messages().await.iter().filter(|message| message.kind.starts_with("visit_")).count()
}

#[tokio::test]
async fn a_line_makes_of_a_booking_what_happened_and_says_that_it_is_from_paper() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        let (clerk, counter) = (clerk(&test, 1).await, windows(&test).await[0]);
        clock(&test, "17:30:00");
        let before = row(&test, &visit_of(&booked)).await;
        let line = of(&before, written(done(), [Some("08:50"), Some("09:05"), Some("09:25")], Some(counter)));
        let entered = enter(&test, &clerk, &line).await.unwrap();
        assert_eq!(entered.state, VisitState::Finished(Outcome::Registered));
        assert_eq!((entered.version, entered.ticket, entered.since), (4, Some(1), at("09:25")));
        let until = at("17:31");
        assert_eq!(entered.undoable, Some((ActName::Finish, until)), "however long ago it happened");
        let statement = "select act, at, detail from audit where stream = $1 order by sequence";
        let stream = format!("visit:{}", before.id);
        let events = sql(statement, [stream.into()]).fetch_all(&mut test.connection().await).await.unwrap();
        let acts: Vec<_> = events.iter().map(|event| text(event, "act").unwrap()).collect();
        assert_eq!(acts, ["arrive", "call", "serve", "finish"]);
        for (event, happened) in events.iter().zip(["08:50", "09:05", "09:05", "09:25"]) {
            let detail: serde_json::Value = serde_json::from_str(&text(event, "detail").unwrap()).unwrap();
            let time = |name: &str| detail["from_paper"][name].as_str().unwrap().parse::<DateTime<Utc>>().unwrap();
            assert_eq!((time("happened_at"), time("entered_at")), (at(happened), at("17:30")));
        }
        assert_eq!(texts(&test).await, 0);
        holds(&test).await;
    }
}

#[tokio::test]
async fn the_same_press_enters_a_line_once_and_another_look_is_needed_after_that() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        let clerk = clerk(&test, 1).await;
        clock(&test, "17:30:00");
        let before = row(&test, &visit_of(&booked)).await;
        let line = of(&before, written(Ending::Left, [Some("08:50"), None, Some("09:25")], None));
        let (one, two) = tokio::join!(enter(&test, &clerk, &line), enter(&test, &clerk, &line));
        assert_eq!((one.unwrap().version, two.unwrap().version), (2, 2));
        let other = Entered { written: written(Ending::NoShow, [None, None, None], None), ..line.clone() };
        assert!(matches!(
            enter(&test, &clerk, &other).await.unwrap_err(),
            Error::Problem(Problem::IdempotencyMismatch)
        ));
        let anew = Entered { press: press(), ..other };
        assert_eq!(refused(enter(&test, &clerk, &anew).await), Refusal::Changed { state: StateName::Left });
        let seen = of(&row(&test, &before.id).await, anew.written.clone());
        assert_eq!(refused(enter(&test, &clerk, &seen).await), Refusal::Over { state: StateName::Left });
        holds(&test).await;
    }
}

#[tokio::test]
async fn somebody_without_a_booking_is_entered_once_under_the_number_of_their_paper() {
    for test in test_apps(setup()).await {
        let (clerk, counter) = (clerk(&test, 1).await, windows(&test).await[0]);
        clock(&test, "09:00:00");
        assert_eq!(ticket(&test, &clerk).await.unwrap().number, 1);
        clock(&test, "17:30:00");
        let times = [Some("10:00"), Some("10:10"), Some("10:30")];
        let line = walked_in(3, written(done(), times, Some(counter)));
        let entered = enter(&test, &clerk, &line).await.unwrap();
        assert_eq!((entered.ticket, entered.walk_in, entered.version), (Some(3), true, 3));
        let again = enter(&test, &clerk, &line).await.unwrap();
        assert_eq!(again.id, entered.id);
        test.set_clock("2026-05-16T10:00:00+08:00");
        sqlx::query("delete from counter_press").execute(&mut test.connection().await).await.unwrap();
        assert!(
            matches!(refused(enter(&test, &clerk, &line).await), Refusal::Changed { .. }),
            "no press is known, the visit is"
        );
        clock(&test, "17:30:00");
        assert_eq!(
            wrong(enter(&test, &clerk, &walked_in(3, line.written.clone())).await),
            [("ticket".to_owned(), "paper_ticket_taken")]
        );
        assert_eq!(
            wrong(enter(&test, &clerk, &walked_in(900, line.written.clone())).await),
            [("ticket".to_owned(), "paper_ticket_far")]
        );
        let nameless = Entered { ticket: None, ..walked_in(4, line.written.clone()) };
        assert_eq!(wrong(enter(&test, &clerk, &nameless).await), [("ticket".to_owned(), "paper_ticket_missing")]);
        enter(&test, &clerk, &walked_in(2, line.written.clone())).await.unwrap();
        assert_eq!(ticket(&test, &clerk).await.map_or(4, |ticket| ticket.number), 4, "the next is beyond them");
        holds(&test).await;
    }
}

#[tokio::test]
async fn who_sits_at_a_counter_now_is_not_disturbed_and_who_still_waits_is_called_as_ever() {
    for test in test_apps(setup()).await {
        let [first, second, third] = [booked(&test, 1, 0).await, booked(&test, 2, 1).await, booked(&test, 3, 2).await];
        let (clerk, other) = (clerk(&test, 1).await, super::hall::clerk(&test, 2).await);
        let counter = windows(&test).await[0];
        clock(&test, "09:40:00");
        let at_counter = arrived(&test, &clerk, &first).await;
        assert_eq!(called(&test, &clerk, counter).await, at_counter);
        let times = [Some("08:50"), Some("09:05"), Some("09:25")];
        let line = of(&row(&test, &visit_of(&second)).await, written(done(), times, Some(counter)));
        enter(&test, &other, &line).await.unwrap();
        assert_eq!(row(&test, &at_counter).await.state.counter(), Some(counter), "they are still there");
        let waits =
            of(&row(&test, &visit_of(&third)).await, written(Ending::Waiting, [Some("09:30"), None, None], None));
        let waiting = enter(&test, &other, &waits).await.unwrap();
        assert_eq!(waiting.state.arrived_at(), Some(at("09:30")));
        register(&test, &clerk, &at_counter).await;
        assert_eq!(called(&test, &clerk, counter).await, waiting.id);
        // Whoever was called when the line went down is finished from paper, and the counter is free.
        let line =
            of(&row(&test, &waiting.id).await, Written { ended: Some(test.now()), ..written(done(), [None; 3], None) });
        enter(&test, &other, &line).await.unwrap();
        assert_eq!(number(&test.app, "select count(*) from open_call").await, 0);
        holds(&test).await;
    }
}

#[tokio::test]
async fn what_cannot_be_is_said_at_its_field_and_nothing_is_entered() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        let (clerk, counter) = (clerk(&test, 1).await, windows(&test).await[0]);
        clock(&test, "12:00:00");
        let before = row(&test, &visit_of(&booked)).await;
        for (times, seat, field) in [
            ([Some("08:50"), Some("08:40"), Some("09:25")], Some(counter), "called"),
            ([Some("08:50"), Some("09:05"), Some("13:25")], Some(counter), "ended"),
            ([None, Some("09:05"), Some("09:25")], Some(counter), "arrived"),
            ([Some("08:50"), Some("09:05"), Some("09:25")], None, "counter"),
        ] {
            let outcome = enter(&test, &clerk, &of(&before, written(done(), times, seat))).await;
            assert_eq!(wrong(outcome)[0].0, field);
        }
        let times = [Some("08:50"), Some("09:05"), Some("09:25")];
        let elsewhere = of(&before, written(done(), times, Some(CounterId(9999))));
        assert!(matches!(enter(&test, &clerk, &elsewhere).await.unwrap_err(), Error::Problem(Problem::NotFound)));
        let tomorrow = Paper { date: "2026-05-15".parse().unwrap(), ..on_paper(false) };
        let line = of(&before, written(done(), times, Some(counter)));
        assert!(paper::enter(&test.app, &clerk, &tomorrow, &line, test.now()).await.is_err());
        assert_eq!(row(&test, &before.id).await, before);
        holds(&test).await;
    }
}

#[tokio::test]
async fn only_who_works_there_enters_paper_and_a_closed_day_takes_a_manager_with_a_reason() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        let (clerk, manager) = (clerk(&test, 1).await, manager(&test, 2).await);
        let stranger = staff_at(&test, 3, Role::CounterClerk, "demo-bay").await;
        clock(&test, "17:30:00");
        let before = row(&test, &visit_of(&booked)).await;
        let line = || of(&before, written(Ending::NoShow, [None; 3], None));
        assert!(is_not_allowed(&enter(&test, &stranger, &line()).await));
        let other_office = Paper { office: shared::staff::OfficeId::parse("demo-bay").unwrap(), ..on_paper(false) };
        let outcome = paper::enter(&test.app, &stranger, &other_office, &line(), test.now()).await;
        assert!(matches!(outcome.unwrap_err(), Error::Problem(Problem::NotFound)), "it is none of that office");
        let version = sheet(&test).await.version;
        closing::close(&test.app, &manager, &nanshan(), (DAY.parse().unwrap(), version), Some(reason()), test.now())
            .await
            .unwrap();
        assert!(is_not_allowed(&enter(&test, &clerk, &line()).await));
        assert_eq!(refused(enter(&test, &manager, &line()).await), Refusal::ReasonNeeded);
        let with_reason = Paper { reason: Some(reason()), ..on_paper(false) };
        paper::enter(&test.app, &manager, &with_reason, &line(), test.now()).await.unwrap();
        assert!(sheet(&test).await.corrected);
        holds(&test).await;
    }
}

#[tokio::test]
async fn people_are_told_only_where_somebody_chose_to() {
    for test in test_apps(setup()).await {
        let [first, second] = [booked(&test, 1, 0).await, booked(&test, 2, 1).await];
        let (clerk, counter) = (clerk(&test, 1).await, windows(&test).await[0]);
        test.set_clock("2026-05-15T09:00:00+08:00");
        let no_show = written(Ending::NoShow, [None; 3], None);
        let rows = [row(&test, &visit_of(&first)).await, row(&test, &visit_of(&second)).await];
        enter(&test, &clerk, &of(&rows[0], no_show)).await.unwrap();
        assert_eq!(texts(&test).await, 0, "the day is over");
        let ending = Ending::Finished(Outcome::Refused { ground: Ground::named("not_voluntary") });
        let refusal = written(ending, [Some("08:50"), Some("09:05"), Some("09:25")], Some(counter));
        paper::enter(&test.app, &clerk, &on_paper(true), &of(&rows[1], refusal), test.now()).await.unwrap();
        assert!(texts(&test).await > 0);
        holds(&test).await;
    }
}
