//! The record and the rows: nothing is half done, nothing is forgotten, and whoever changes a row is found.

use chrono::TimeDelta;
use server::audit::{self, Broken};
use server::counter::day;
use server::counter::next::{self as calling, Next};
use server::database::Backend;
use server::database::sql::{sql, text};
use server::domains;
use server::outbox::sending;
use shared::counter::{Act, Outcome, StateName};
use sqlx::AssertSqlSafe;

use super::super::support::{TestApp, test_apps};
use super::hall::*;

async fn execute(test: &TestApp, statement: &str) {
    sqlx::raw_sql(AssertSqlSafe(statement.to_owned())).execute(&mut test.connection().await).await.unwrap();
}

/// Lets the last write of every change fail, as a process does that is killed before it.
async fn break_off(test: &TestApp) {
    let statement = match test.backend() {
        Backend::Sqlite => {
            "create trigger killed before update on office_day begin select raise(abort, 'killed'); end; \
             create trigger killed_at_first before insert on office_day begin select raise(abort, 'killed'); end"
        }
        Backend::Postgres => {
            "create function killed() returns trigger language plpgsql as $$ begin raise exception 'killed'; end $$; \
             create trigger killed before insert or update on office_day for each row execute function killed()"
        }
    };
    execute(test, statement).await;
}

async fn go_on(test: &TestApp) {
    let statement = match test.backend() {
        Backend::Sqlite => "drop trigger killed; drop trigger killed_at_first",
        Backend::Postgres => "drop trigger killed on office_day; drop function killed()",
    };
    execute(test, statement).await;
}

/// All that a change of the hall writes to.
async fn everything(test: &TestApp) -> Vec<i64> {
    let mut counts = Vec::new();
    for statement in [
        "select count(*) from visit",
        "select cast(coalesce(sum(version), 0) as bigint) from visit",
        "select count(*) from open_call",
        "select cast(coalesce(sum(taken), 0) as bigint) from slot",
        "select count(*) from appointment where arrived = 1",
        "select count(*) from audit",
        "select count(*) from outbox",
        "select count(*) from counter where state = 'open'",
        "select count(*) from counter_press",
        "select cast(coalesce(sum(version), 0) as bigint) from office_day",
    ] {
        counts.push(number(&test.app, statement).await);
    }
    counts
}

#[tokio::test]
async fn whatever_breaks_off_in_the_middle_has_not_happened() {
    for test in test_apps(setup()).await {
        let mut bookings = Vec::new();
        for n in 0..4 {
            bookings.push(booked(&test, n, n / 3).await);
        }
        clock(&test, "09:20:00");
        let (clerk, windows) = (clerk(&test, 1).await, windows(&test).await);
        arrived(&test, &clerk, &bookings[0]).await;
        let serving = called(&test, &clerk, windows[0]).await;
        act(&test, &clerk, &serving, Act::Serve).await.unwrap();
        arrived(&test, &clerk, &bookings[1]).await;
        let other = super::hall::clerk(&test, 2).await;

        let before = everything(&test).await;
        break_off(&test).await;
        let failed = [
            arrive(&test, &clerk, bookings[2].reference).await.is_err(),
            ticket(&test, &clerk).await.is_err(),
            next(&test, &other, windows[1]).await.is_err(),
            act(&test, &clerk, &serving, Act::Finish(Outcome::Registered)).await.is_err(),
            act(&test, &clerk, &visit_of(&bookings[3]), Act::NoShow).await.is_err(),
            undo(&test, &clerk, &serving).await.is_err(),
        ];
        assert_eq!(failed, [true; 6]);
        assert_eq!(everything(&test).await, before);
        go_on(&test).await;
        holds(&test).await;
        assert_eq!(called(&test, &other, windows[1]).await, visit_of(&bookings[1]));
        register_served(&test, &clerk, &serving).await;
        holds(&test).await;
    }
}

async fn register_served(test: &TestApp, clerk: &server::staff::authority::Staff, serving: &shared::counter::VisitId) {
    act(test, clerk, serving, Act::Finish(Outcome::Registered)).await.unwrap();
}

#[tokio::test]
async fn after_a_restart_queue_tickets_pairs_and_presses_are_the_same() {
    for test in test_apps(setup()).await {
        let mut bookings = Vec::new();
        for n in 0..4 {
            bookings.push(booked(&test, n, n).await);
        }
        clock(&test, "08:50:00");
        let (clerk, windows) = (clerk(&test, 1).await, windows(&test).await);
        for booked in &bookings {
            arrived(&test, &clerk, booked).await;
        }
        let pressed = press();
        let call = async |app| calling::next(app, &clerk, windows[0], &pressed, test.now()).await.unwrap();
        let answer = call(&test.app).await;
        let before = sheet(&test).await;
        if test.backend() == Backend::Sqlite {
            test.app.database().close().await;
        }
        let again = test.reopened().await;
        let after = day::sheet(&again, &nanshan(), DAY.parse().unwrap(), test.now()).await.unwrap();
        assert_eq!(after, before);
        assert_eq!(call(&again).await, answer, "a press whose answer was lost");
        let other = calling::next(&again, &clerk, windows[0], &press(), test.now()).await;
        assert!(other.is_err(), "the counter has somebody still");
        again.database().close().await;
    }
}

#[tokio::test]
async fn a_row_that_was_changed_beside_the_portal_contradicts_its_events() {
    for test in test_apps(setup()).await {
        let [first, second] = [booked(&test, 1, 0).await, booked(&test, 2, 0).await];
        clock(&test, "09:05:00");
        let (clerk, windows) = (clerk(&test, 1).await, windows(&test).await);
        arrived(&test, &clerk, &first).await;
        arrived(&test, &clerk, &second).await;
        ticket(&test, &clerk).await.unwrap();
        called(&test, &clerk, windows[0]).await;
        let verified = || async { audit::verify_all(test.app.database(), domains::streams()).await.unwrap() };
        verified().await.unwrap();
        for (tamper, mend) in [
            ("update visit set ticket = ticket + 10", "update visit set ticket = ticket - 10"),
            ("update visit set version = version + 1", "update visit set version = version - 1"),
            ("update visit set queue_at = queue_at + 1", "update visit set queue_at = queue_at - 1"),
            ("update visit set arrived_at = arrived_at - 1", "update visit set arrived_at = arrived_at + 1"),
            ("update visit set changed_at = changed_at - 1", "update visit set changed_at = changed_at + 1"),
            ("update counter set name = '9' where name = '4'", "update counter set name = '4' where name = '9'"),
        ] {
            execute(&test, tamper).await;
            let (_, broken) = verified().await.unwrap_err();
            assert!(matches!(broken, Broken::Row { .. }), "after {tamper}: {broken}");
            execute(&test, mend).await;
            verified().await.unwrap();
        }
        for tamper in [
            "update visit set done = '[]' where state = 'called'",
            "update visit set detail = '{\"state\":\"left\"}' where state = 'called'",
            "update appointment set arrived = 0",
            "update visit set occupies = 0 where slot_id is not null",
            "update visit set priority = 1",
            "delete from open_call",
            "update counter set state = 'break' where state = 'open'",
        ] {
            let mut connection = test.connection().await;
            // Undone each time, but seen by nobody else before: so it is looked at from inside.
            sqlx::raw_sql("begin").execute(&mut connection).await.unwrap();
            sqlx::raw_sql(tamper).execute(&mut connection).await.unwrap();
            assert!(contradicted(&mut connection).await, "after {tamper}");
            sqlx::raw_sql("rollback").execute(&mut connection).await.unwrap();
        }
        verified().await.unwrap();
    }
}

/// Whether some stream of the hall does not fit its row, as this connection sees it.
async fn contradicted(connection: &mut sqlx::AnyConnection) -> bool {
    use server::audit::Head;
    use server::database::sql::int;
    for stream in domains::ALL.iter().filter(|domain| domain.name == "counter").flat_map(|domain| domain.streams) {
        for row in sql(stream.heads, []).fetch_all(&mut *connection).await.unwrap() {
            let head = Head { length: int(&row, "audit_length").unwrap(), hash: text(&row, "audit_head").unwrap() };
            let name = text(&row, "stream").unwrap();
            let events = audit::verify(connection, &name, &head).await.unwrap().unwrap();
            let [is, told] = stream.compare.unwrap()(&row, &events).unwrap();
            if is != told {
                return true;
            }
        }
    }
    false
}

#[tokio::test]
async fn nothing_of_a_person_is_in_the_record_or_in_an_answer_that_is_kept() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        clock(&test, "09:05:00");
        let (clerk, windows) = (clerk(&test, 1).await, windows(&test).await);
        arrived(&test, &clerk, &booked).await;
        let id = called(&test, &clerk, windows[0]).await;
        act(&test, &clerk, &id, Act::NoShow).await.unwrap();
        test.wait(TimeDelta::seconds(60));
        sending::send_due(&test.app).await.unwrap();
        let answers = "select count(*) from counter_press where answer like '%演%' or answer like '%people%'";
        assert_eq!(number(&test.app, answers).await, 0, "{answers}");
        let events = sql("select detail from audit where stream like 'visit:%'", []);
        let events = events.fetch_all(&mut test.connection().await).await.unwrap();
        assert!(!events.is_empty());
        for event in &events {
            let mut detail: serde_json::Value = serde_json::from_str(&text(event, "detail").unwrap()).unwrap();
            // These two are drawn or computed, and now and then have any three digits in a row.
            for random in ["told_digest", "press"] {
                detail.as_object_mut().unwrap().remove(random);
            }
            let detail = detail.to_string();
            assert!(!detail.contains("演") && !detail.contains("139"), "{detail}");
        }
        let shown = row(&test, &id).await;
        let debug = format!("{shown:?}");
        let person = super::super::support::people::person(1, shared::identity::Sex::Male);
        assert!(!debug.contains(&person.name) && !debug.contains(&person.phone) && !debug.contains(&person.id_number));
        assert_eq!(shown.state.kind(), StateName::NoShow);
        assert_eq!(next(&test, &clerk, windows[0]).await.unwrap(), Next::Nobody);
    }
}
