//! Twenty clerks press "next" in the same instant: nobody is called twice, nobody is passed over; and the control shows what
//! happens without the two rules and without versions.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use futures_util::future::join_all;
use server::App;
use server::Error;
use server::counter::counters;
use server::counter::next::{self, Next};
use server::database::sql::{int, sql, text};
use server::staff::authority::Staff;
use shared::counter::{CounterId, CounterName, VisitId};
use sqlx::AnyConnection;
use tokio::sync::Barrier;

use super::super::support::{TestApp, test_apps};
use super::hall::*;

const CLERKS: usize = 20;
/// More than can be called in one round, so that passing somebody over would show.
const WAITING: usize = 24;
const ROUNDS: usize = 60;

/// Twenty clerks, each at a counter of their own, and those who wait for them.
struct Rush {
    clerks: Vec<(Staff, CounterId)>,
    /// In the order in which they are to be called.
    waiting: Vec<VisitId>,
}

async fn rush(test: &TestApp) -> Rush {
    clock(test, "08:30:00");
    let manager = manager(test, 100).await;
    for n in 5..=CLERKS {
        let name = CounterName::parse(&n.to_string()).unwrap();
        counters::create(&test.app, &manager, &nanshan(), &name, test.now()).await.unwrap();
    }
    let mut clerks = Vec::new();
    for (n, counter) in windows(test).await.into_iter().enumerate() {
        let clerk = clerk(test, n).await;
        counters::open(&test.app, &clerk, counter, test.now()).await.unwrap();
        clerks.push((clerk, counter));
    }
    let mut waiting = Vec::new();
    for _ in 0..WAITING {
        waiting.push(ticket(test, &clerks[0].0).await.unwrap().visit);
    }
    Rush { clerks, waiting }
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_clerks_who_press_next_at_once_call_twenty_different_visits_and_pass_nobody_over() {
    for test in test_apps(setup()).await {
        let Rush { clerks, waiting } = rush(&test).await;
        holds(&test).await;
        for round in 0..ROUNDS {
            let start = Arc::new(Barrier::new(CLERKS));
            let press_next = |(clerk, counter): &(Staff, CounterId)| {
                let (app, clerk, counter) = (test.app.clone(), clerk.clone(), *counter);
                let (start, now) = (Arc::clone(&start), test.now());
                tokio::spawn(async move {
                    start.wait().await;
                    next::next(&app, &clerk, counter, &press(), now).await
                })
            };
            let mut called = BTreeSet::new();
            for outcome in join_all(clerks.iter().map(press_next)).await {
                match outcome.unwrap().unwrap() {
                    Next::Called { row, .. } => assert!(called.insert(row.id), "called twice in round {round}"),
                    Next::Nobody => panic!("somebody waits in round {round}"),
                }
            }
            let first: BTreeSet<_> = waiting[..CLERKS].iter().cloned().collect();
            assert_eq!(called, first, "somebody was passed over in round {round}");
            assert_eq!(doubled(&test.app).await, 0);
            if round == 0 {
                holds(&test).await;
            }
            test.app.database().write_with((), all_wait_again).await.unwrap();
        }
    }
}

/// Puts everybody back among those who wait, without a word in the record.
async fn all_wait_again(connection: &mut AnyConnection, (): &()) -> Result<(), Error> {
    for statement in [
        "delete from open_call",
        "update visit set state = 'arrived', counter_id = null, done = '[]', version = version + 1, \
         detail = '{\"state\":\"arrived\",\"arrived_at\":\"2026-05-14T00:30:00Z\",\"waits_for\":null}' \
         where state = 'called'",
    ] {
        sql(statement, []).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Visits with two calls, and counters with two visits.
async fn doubled(app: &App) -> i64 {
    let statement = "select (select count(*) from (select visit_id from open_call group by visit_id having count(*) > 1) v) \
         + (select count(*) from (select counter_id from open_call group by counter_id having count(*) > 1) c)";
    number(app, statement).await
}

/// The control: the same clerks look who is first as the engine does, and then write what it writes; but the two rules are
/// dropped in this database, and nobody names the version they saw.
#[tokio::test(flavor = "multi_thread")]
async fn clerks_without_the_rules_and_without_versions_call_one_visit_many_times() {
    for test in test_apps(setup()).await {
        let Rush { clerks, .. } = rush(&test).await;
        test.app.database().write_with((), unguarded).await.unwrap();
        let mut doubles = 0;
        for _ in 0..10 {
            let looked = Arc::new(Barrier::new(CLERKS));
            let press_next = |(_, counter): &(Staff, CounterId)| {
                let (app, counter, looked, now) = (test.app.clone(), *counter, Arc::clone(&looked), test.now());
                tokio::spawn(async move {
                    let first = who_is_first(&app).await;
                    looked.wait().await;
                    app.database().write_with((first, counter, now), call_unseen).await.unwrap();
                })
            };
            for outcome in join_all(clerks.iter().map(press_next)).await {
                outcome.unwrap();
            }
            doubles += doubled(&test.app).await;
            test.app.database().write_with((), all_wait_again).await.unwrap();
        }
        assert_eq!(doubles, 10, "each round one visit was called by all twenty");
    }
}

async fn who_is_first(app: &App) -> String {
    let statement = "select id from visit where state = 'arrived' order by queue_at, arrived_at, ticket limit 1";
    let row = sql(statement, []).fetch_one(&mut *app.database().read().await.unwrap()).await.unwrap();
    text(&row, "id").unwrap()
}

async fn call_unseen(
    connection: &mut AnyConnection,
    (visit, counter, now): &(String, CounterId, DateTime<Utc>),
) -> Result<(), Error> {
    let statement = "update visit set state = 'called', counter_id = $1, version = version + 1, changed_at = $2 \
         where id = $3 returning version";
    let values = [counter.0.into(), (*now).into(), visit.as_str().into()];
    int(&sql(statement, values).fetch_one(&mut *connection).await?, "version")?;
    let statement = "insert into open_call (visit_id, counter_id) values ($1, $2)";
    sql(statement, [visit.as_str().into(), counter.0.into()]).execute(connection).await?;
    Ok(())
}

async fn unguarded(connection: &mut AnyConnection, (): &()) -> Result<(), Error> {
    for statement in ["drop index visit_is_called_once", "drop index counter_calls_once"] {
        sql(statement, []).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Each rule is enough by itself where versions are not looked at.
#[tokio::test]
async fn each_of_the_two_rules_refuses_by_itself() {
    for test in test_apps(setup()).await {
        let Rush { clerks, waiting } = rush(&test).await;
        let [one, other] = [clerks[0].1, clerks[1].1];
        let call = async |visit: &VisitId, counter: CounterId| {
            let values = (visit.to_string(), counter, test.now());
            test.app.database().write_with(values, call_unseen).await
        };
        call(&waiting[0], one).await.unwrap();
        for (visit, counter, rule) in [(&waiting[0], other, "VisitCalledOnce"), (&waiting[1], one, "CounterCallsOnce")]
        {
            let refused = call(visit, counter).await.unwrap_err();
            assert!(format!("{refused:?}").contains(rule), "{refused:?}");
        }
    }
}

/// Two clerks who call the same couple by hand, and one who presses "next" beside them.
#[tokio::test(flavor = "multi_thread")]
async fn two_clerks_never_have_one_couple() {
    use shared::counter::Act;
    for test in test_apps(setup()).await {
        let mut bookings = Vec::new();
        for n in 0..12 {
            bookings.push(booked(&test, n, n / 3).await);
        }
        clock(&test, "08:50:00");
        let (one, other) = (manager(&test, 1).await, manager(&test, 2).await);
        let windows = windows(&test).await;
        for booked in &bookings {
            let id = arrived(&test, &one, booked).await;
            let (first, second) = tokio::join!(
                act(&test, &one, &id, Act::Call { counter: windows[0] }),
                next(&test, &other, windows[1]),
            );
            let second = second.unwrap();
            assert_ne!(first.is_ok(), matches!(&second, Next::Called { .. }), "{first:?} {second:?}");
            let by = if first.is_ok() { &one } else { &other };
            act(&test, by, &id, Act::Left).await.unwrap();
        }
        holds(&test).await;
    }
}
