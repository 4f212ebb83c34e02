//! The audit chain: what happened is there, and whoever changes it is found out.

use server::Error;
use server::appointments::booking::{cancel, find};
use server::appointments::{hold, record};
use server::audit::checkpoint::{self, Tampered};
use server::audit::{self, Broken};
use server::domains;
use server::keys::opens;
use server::marriage::BOOKABLE;

use super::support::people::{self, book};
use super::support::{Setup, TestApp, anyone, test_apps};

/// A couple that booked and cancelled: three events.
async fn cancelled_booking(test: &TestApp) -> record::Record {
    let slot = test.free_slot("nanshan", "2026-05-19").await;
    let asking = anyone();
    let hold = hold::take(&test.app, &BOOKABLE, slot.id, asking, test.now()).await.unwrap();
    let booked = book(&test.app, &people::couple(1, &hold), None, test.now()).await.unwrap();
    let holder = find::by_token(&test.app, booked.reference, &booked.manage_token).await.unwrap();
    cancel::cancel(&test.app, &BOOKABLE, &holder, test.now()).await.unwrap();
    let mut connection = test.app.database().read().await.unwrap();
    record::by_id(&mut connection, &hold.id).await.unwrap().unwrap()
}

async fn verdict(test: &TestApp, record: &record::Record) -> Result<(), Broken> {
    let mut connection = test.app.database().read().await.unwrap();
    audit::verify(&mut connection, record.id.as_str(), &record.head).await.unwrap().map(drop)
}

fn without_codes() -> Setup {
    Setup { phone_codes: false, ..Setup::default() }
}

#[tokio::test]
async fn an_untouched_stream_verifies_to_its_record() {
    for test in test_apps(without_codes()).await {
        let record = cancelled_booking(&test).await;
        assert_eq!(record.head.length, 3);
        assert_eq!(verdict(&test, &record).await, Ok(()));
    }
}

#[tokio::test]
async fn the_database_refuses_to_change_or_delete_an_event() {
    for test in test_apps(without_codes()).await {
        cancelled_booking(&test).await;
        for statement in ["update audit set act = 'nothing'", "delete from audit"] {
            let refused = test.app.database().write(move |connection| Box::pin(execute(connection, statement))).await;
            assert!(refused.unwrap_err().to_string().contains("append-only"));
        }
    }
}

#[tokio::test]
async fn whoever_gets_past_the_triggers_is_found_out() {
    for test in test_apps(without_codes()).await {
        let record = cancelled_booking(&test).await;
        for statement in disarm(&test) {
            test.app.database().write(move |connection| Box::pin(execute(connection, statement))).await.unwrap();
        }
        for (tamper, expected) in [
            ("update audit set act = 'hold_released' where sequence = 2", Broken::Content(2)),
            ("delete from audit where sequence = 3", Broken::Content(2)),
            ("delete from audit where sequence = 2", Broken::Head { expected: 3, found: 1 }),
        ] {
            test.app.database().write(move |connection| Box::pin(execute(connection, tamper))).await.unwrap();
            assert_eq!(verdict(&test, &record).await, Err(expected), "after: {tamper}");
        }
    }
}

fn disarm(test: &TestApp) -> &'static [&'static str] {
    match test.backend() {
        server::database::Backend::Sqlite => {
            &["drop trigger audit_is_never_changed", "drop trigger audit_is_never_deleted"]
        }
        server::database::Backend::Postgres => &["drop trigger audit_is_never_changed on audit"],
    }
}

async fn execute(connection: &mut sqlx::AnyConnection, statement: &'static str) -> Result<(), Error> {
    sqlx::raw_sql(statement).execute(connection).await?;
    Ok(())
}

#[tokio::test]
async fn a_rewritten_chain_is_found_by_its_checkpoint() {
    for test in test_apps(without_codes()).await {
        cancelled_booking(&test).await;
        test.wait(chrono::TimeDelta::minutes(3));
        checkpoint::make(&test.app, test.now()).await.unwrap();
        test.wait(chrono::TimeDelta::minutes(20));
        checkpoint::make(&test.app, test.now()).await.unwrap();
        assert_eq!(checkpoint::verify(&test.app).await.unwrap(), Ok(2));

        for statement in disarm(&test) {
            test.app.database().write(move |connection| Box::pin(execute(connection, statement))).await.unwrap();
        }
        // Whoever rewrites an event and its hash makes a chain that is sound in itself.
        let tamper = "update audit set act = 'hold_released', hash = 'recomputed' where sequence = 3";
        test.app.database().write(move |connection| Box::pin(execute(connection, tamper))).await.unwrap();
        assert_eq!(checkpoint::verify(&test.app).await.unwrap(), Err(Tampered::Events(1)));
    }
}

#[tokio::test]
async fn a_changed_or_removed_checkpoint_is_found() {
    for test in test_apps(without_codes()).await {
        cancelled_booking(&test).await;
        test.wait(chrono::TimeDelta::minutes(30));
        checkpoint::make(&test.app, test.now()).await.unwrap();
        let tamper = "update checkpoint set events = events + 1";
        test.app.database().write(move |connection| Box::pin(execute(connection, tamper))).await.unwrap();
        assert_eq!(checkpoint::verify(&test.app).await.unwrap(), Err(Tampered::Seal(1)));
        let tamper = "delete from checkpoint";
        test.app.database().write(move |connection| Box::pin(execute(connection, tamper))).await.unwrap();
        assert_eq!(checkpoint::verify(&test.app).await.unwrap(), Err(Tampered::Removed(1)));
    }
}

#[tokio::test]
async fn a_row_that_was_changed_beside_the_portal_contradicts_its_events() {
    for test in test_apps(without_codes()).await {
        let slot = test.free_slot("nanshan", "2026-05-20").await;
        let hold = hold::take(&test.app, &BOOKABLE, slot.id, anyone(), test.now()).await.unwrap();
        book(&test.app, &people::couple(2, &hold), None, test.now()).await.unwrap();
        cancelled_booking(&test).await;
        let verified = || async { audit::verify_all(test.app.database(), domains::streams()).await.unwrap() };
        verified().await.unwrap();
        for (tamper, mend) in [
            (
                "update appointment set state = 'cancelled' where state = 'booked'",
                "update appointment set state = 'booked' where occupies_until is null and state = 'cancelled'",
            ),
            (
                "update appointment set slot_id = slot_id + 1 where state = 'booked'",
                "update appointment set slot_id = slot_id - 1 where state = 'booked'",
            ),
            (
                "update person set live = 0 where appointment_id in (select id from appointment where state = 'booked')",
                "update person set live = 1 where appointment_id in (select id from appointment where state = 'booked')",
            ),
            ("update appointment set at_desk = 1 - at_desk", "update appointment set at_desk = 1 - at_desk"),
            (
                "update appointment set reference = 'x' || reference where state = 'booked'",
                "update appointment set reference = substr(reference, 2) where state = 'booked'",
            ),
            (
                "update person set person_index = 'x' || person_index where appointment_id = \
                 (select min(id) from appointment where state = 'booked')",
                "update person set person_index = substr(person_index, 2) where appointment_id = \
                 (select min(id) from appointment where state = 'booked')",
            ),
            ("update appointment set released = 1 where state = 'cancelled'", "update appointment set released = 0"),
            (
                "update person set live = 1",
                "update person set live = 0 where appointment_id in \
                 (select id from appointment where state = 'cancelled')",
            ),
        ] {
            test.app.database().write(move |connection| Box::pin(execute(connection, tamper))).await.unwrap();
            let (_, broken) = verified().await.unwrap_err();
            assert!(matches!(broken, Broken::Row { .. }), "after {tamper}: {broken}");
            test.app.database().write(move |connection| Box::pin(execute(connection, mend))).await.unwrap();
            verified().await.unwrap();
        }
    }
}

#[tokio::test]
async fn a_booking_that_was_taken_away_is_missed_and_so_is_one_of_its_people() {
    for test in test_apps(without_codes()).await {
        let id = cancelled_booking(&test).await.id;
        let verified = || async { audit::verify_all(test.app.database(), domains::streams()).await.unwrap() };
        let run = async |statement: String| {
            let mut connection = test.connection().await;
            sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).execute(&mut connection).await.unwrap();
        };
        verified().await.unwrap();
        run(format!(
            "delete from person where appointment_id = '{id}' and person_index = \
             (select min(person_index) from person where appointment_id = '{id}')"
        ))
        .await;
        let (stream, broken) = verified().await.unwrap_err();
        assert!(stream == id.as_str() && matches!(broken, Broken::Row { .. }), "{stream}: {broken}");
        for table in ["person", "confirmed_phone"] {
            run(format!("delete from {table} where appointment_id = '{id}'")).await;
        }
        run(format!("delete from appointment where id = '{id}'")).await;
        assert_eq!(verified().await, Err((id.as_str().to_owned(), Broken::NoRow)));
    }
}

#[tokio::test]
async fn what_was_sealed_for_one_booking_does_not_open_in_another_and_noise_opens_nowhere() {
    for test in test_apps(without_codes()).await {
        let first = cancelled_booking(&test).await.id;
        let slot = test.free_slot("nanshan", "2026-05-20").await;
        let held = hold::take(&test.app, &BOOKABLE, slot.id, anyone(), test.now()).await.unwrap();
        let second = book(&test.app, &people::couple(2, &held), None, test.now()).await.unwrap().id;
        let opened = || async { opens::all(&test.app, domains::sealed()).await.unwrap() };
        assert!(opened().await.unwrap() >= 2);
        for people in [format!("(select people from appointment where id = '{first}')"), noise(&test).to_owned()] {
            let mut connection = test.connection().await;
            let tamper = format!("update appointment set people = {people} where id = '{second}'");
            sqlx::raw_sql(sqlx::AssertSqlSafe(tamper)).execute(&mut connection).await.unwrap();
            assert_eq!(opened().await.unwrap_err().0, format!("appointment.people {second}"));
        }
    }
}

fn noise(test: &TestApp) -> &'static str {
    match test.backend() {
        server::database::Backend::Sqlite => "randomblob(200)",
        server::database::Backend::Postgres => "decode(repeat('5a', 200), 'hex')",
    }
}
