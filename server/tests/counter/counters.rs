//! Counters: who sits where, and who makes them.

use axum::http::{Method, StatusCode};
use serde_json::Value;
use server::counter::counters::{self, Counter};
use server::database::{DatabaseError, Rule, sql::sql};
use shared::counter::{CounterName, CounterState, Refusal};
use shared::problem::Problem;
use shared::staff::{Role, StaffId};

use super::super::support::http::{Api, request};
use super::super::support::{staff, test_apps};
use super::hall::*;

fn name(text: &str) -> CounterName {
    CounterName::parse(text).unwrap()
}

#[tokio::test]
async fn an_office_makes_counters_with_signs_that_differ_and_takes_them_away() {
    for test in test_apps(setup()).await {
        let (app, now, manager) = (&test.app, test.now(), manager(&test, 1).await);
        let names = async || {
            let all = counters::list(app, &nanshan()).await.unwrap();
            all.into_iter().map(|counter| counter.name.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(names().await, ["1", "2", "3", "4"]);
        let new = counters::create(app, &manager, &nanshan(), &name("涉外"), now).await.unwrap();
        let taken = counters::create(app, &manager, &nanshan(), &name("涉外"), now).await;
        assert_eq!(refused(taken), Refusal::CounterNameTaken);
        for alike in ["1", "１", "①"] {
            let taken = counters::rename(app, &manager, new, &name(alike), now).await;
            assert_eq!(refused(taken), Refusal::CounterNameTaken, "{alike}");
            let taken = counters::create(app, &manager, &nanshan(), &name(alike), now).await;
            assert_eq!(refused(taken), Refusal::CounterNameTaken, "{alike}");
        }
        counters::rename(app, &manager, new, &name("5"), now).await.unwrap();
        assert_eq!(names().await, ["1", "2", "3", "4", "5"]);

        counters::open(app, &manager, new, now).await.unwrap();
        assert_eq!(refused(counters::remove(app, &manager, new, now).await), Refusal::CounterTaken);
        counters::close(app, &manager, new, now).await.unwrap();
        counters::remove(app, &manager, new, now).await.unwrap();
        assert_eq!(names().await, ["1", "2", "3", "4"]);
        let gone = counters::open(app, &manager, new, now).await;
        assert!(matches!(gone, Err(server::Error::Problem(Problem::NotFound))), "{gone:?}");
        counters::create(app, &manager, &nanshan(), &name("5"), now).await.unwrap();
        holds(&test).await;
    }
}

#[tokio::test]
async fn an_office_makes_a_hundred_counters_and_no_more() {
    for test in test_apps(setup()).await {
        let (app, now, manager) = (&test.app, test.now(), manager(&test, 1).await);
        for n in 5..=100 {
            counters::create(app, &manager, &nanshan(), &name(&n.to_string()), now).await.unwrap();
        }
        let full = counters::create(app, &manager, &nanshan(), &name("101"), now).await;
        assert_eq!(refused(full), Refusal::HallFull);
    }
}

#[tokio::test]
async fn a_clerk_sits_down_takes_a_break_comes_back_and_goes() {
    for test in test_apps(setup()).await {
        let (app, now, clerk) = (&test.app, test.now(), clerk(&test, 1).await);
        let windows = windows(&test).await;
        let stands = |counter: Counter| (counter.state, counter.clerk.is_some());
        assert_eq!(refused(counters::pause(app, &clerk, windows[0], now).await), Refusal::CounterClosed);
        for _ in 0..2 {
            let open = counters::open(app, &clerk, windows[0], now).await.unwrap();
            assert_eq!(stands(open), (CounterState::Open, true));
        }
        let pause = counters::pause(app, &clerk, windows[0], now).await.unwrap();
        assert_eq!(stands(pause), (CounterState::Break, true));
        let back = counters::resume(app, &clerk, windows[0], now).await.unwrap();
        assert_eq!(stands(back), (CounterState::Open, true));
        let closed = counters::close(app, &clerk, windows[0], now).await.unwrap();
        assert_eq!(stands(closed), (CounterState::Closed, false));
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_counter_is_one_clerks_and_a_manager_can_close_it_but_not_while_it_has_somebody() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        clock(&test, "09:00:00");
        let (app, now) = (&test.app, test.now());
        let (one, other, manager) = (clerk(&test, 1).await, clerk(&test, 2).await, manager(&test, 3).await);
        let windows = windows(&test).await;
        counters::open(app, &one, windows[0], now).await.unwrap();
        for outcome in [
            counters::open(app, &other, windows[0], now).await,
            counters::pause(app, &other, windows[0], now).await,
            counters::close(app, &other, windows[0], now).await,
        ] {
            assert_eq!(refused(outcome), Refusal::CounterTaken);
        }
        let elsewhere = refused(counters::open(app, &one, windows[1], now).await);
        assert_eq!(elsewhere, seated_at(&test, windows[0]).await);
        let id = arrived(&test, &one, &booked).await;
        called(&test, &one, windows[0]).await;
        assert_eq!(refused(counters::close(app, &manager, windows[0], now).await), busy(&test, &id).await);
        // The clerk was sent home while serving: a colleague ends it, and the manager closes the counter.
        register(&test, &other, &id).await;
        counters::close(app, &manager, windows[0], now).await.unwrap();
        counters::open(app, &other, windows[0], now).await.unwrap();
        holds(&test).await;
    }
}

#[tokio::test]
async fn whoever_signs_out_over_the_api_leaves_no_counter_behind_but_one_that_has_somebody() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        clock(&test, "09:05:00");
        let (window, account) = (windows(&test).await[0], staff::clerk(&test, 1).await);
        account.is_given(&test, Role::CounterClerk, "nanshan").await;
        for has_somebody in [false, true] {
            let sent = staff::cookies(&account.sign_in(&test, None).await);
            let clerk = staff::whoever_sends(&test, &sent).await.unwrap();
            counters::open(&test.app, &clerk, window, test.now()).await.unwrap();
            if has_somebody {
                arrived(&test, &clerk, &booked).await;
                called(&test, &clerk, window).await;
            }
            let out = request(Method::DELETE, "/api/v1/staff/session", None, &Value::Null);
            assert_eq!(Api::with_cookies(&test.app, sent.clone()).send(out).await.status, StatusCode::NO_CONTENT);
            assert!(staff::whoever_sends(&test, &sent).await.is_err(), "they are signed out in any case");
            let left = counters::one(&test.app, window).await.unwrap();
            assert_eq!((left.state == CounterState::Open, left.clerk.is_some()), (has_somebody, has_somebody));
        }
        holds(&test).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_clerks_who_sit_down_at_once_are_one_and_one_clerk_at_two_counters_is_at_one() {
    for test in test_apps(setup()).await {
        let (app, now) = (&test.app, test.now());
        let (one, other) = (clerk(&test, 1).await, clerk(&test, 2).await);
        let windows = windows(&test).await;
        for _ in 0..8 {
            let (first, second) =
                tokio::join!(counters::open(app, &one, windows[0], now), counters::open(app, &other, windows[0], now));
            assert_ne!(first.is_ok(), second.is_ok(), "{first:?} {second:?}");
            let seated = if first.is_ok() { &one } else { &other };
            counters::close(app, seated, windows[0], now).await.unwrap();

            let (first, second) =
                tokio::join!(counters::open(app, &one, windows[1], now), counters::open(app, &one, windows[2], now));
            assert_ne!(first.is_ok(), second.is_ok(), "{first:?} {second:?}");
            let (open, refusal) = if first.is_ok() { (1, refused(second)) } else { (2, refused(first)) };
            assert_eq!(refusal, seated_at(&test, windows[open]).await);
            counters::close(app, &one, windows[open], now).await.unwrap();
        }
        holds(&test).await;
    }
}

#[tokio::test]
async fn the_database_knows_that_a_clerk_has_one_counter() {
    for test in test_apps(setup()).await {
        let clerk = clerk(&test, 1).await;
        let refused = test.app.database().write_with((clerk.person().clone(),), at_all).await.unwrap_err();
        assert!(matches!(refused, DatabaseError::Refused(Rule::CounterOfClerk)), "{refused:?}");
    }
}

async fn at_all(connection: &mut sqlx::AnyConnection, (person,): &(StaffId,)) -> Result<(), DatabaseError> {
    let statement = "update counter set state = 'open', staff_id = $1";
    sql(statement, [person.as_str().into()]).execute(connection).await?;
    Ok(())
}
