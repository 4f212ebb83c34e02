//! The clock and what the office has lived through.

use chrono::TimeDelta;
use server::App;
use server::appointments::hold;
use server::audit::{self, checkpoint};
use server::clock::office::{self, Accepted};
use server::marriage::BOOKABLE;
use server::{domains, jobs};
use shared::problem::Problem;

use super::support::{Setup, TestApp, anyone, test_apps};

/// Holds a place: something that is written, with an event.
async fn try_hold(test: &TestApp, app: &App, date: &str) -> Result<(), Problem> {
    let slot = test.free_slot("nanshan", date).await;
    hold::take(app, &BOOKABLE, slot.id, anyone(), app.now()).await.map(drop).map_err(server::Error::into_problem)
}

async fn verified(app: &App) {
    audit::verify_all(app.database(), domains::streams()).await.unwrap().unwrap();
    checkpoint::verify(app).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_server_behind_what_was_written_only_reads_until_its_clock_is_right() {
    for test in test_apps(Setup { phone_codes: false, ..Setup::default() }).await {
        test.wait(TimeDelta::minutes(20));
        jobs::round(&test.app, test.now()).await.unwrap();
        try_hold(&test, &test.app, "2026-05-19").await.unwrap();
        test.wait(TimeDelta::minutes(-15));

        let late = test.reopened().await;
        assert_eq!(try_hold(&test, &late, "2026-05-19").await, Err(Problem::Unavailable));
        jobs::before_opening(&late).await;
        assert_eq!(try_hold(&test, &late, "2026-05-19").await, Err(Problem::Unavailable), "a round changes nothing");
        test.wait(TimeDelta::minutes(15));
        jobs::before_opening(&late).await;
        try_hold(&test, &late, "2026-05-19").await.unwrap();
    }
}

#[tokio::test]
async fn an_accepted_clock_opens_the_office_and_every_seal_still_fits() {
    for test in test_apps(Setup { phone_codes: false, ..Setup::default() }).await {
        test.wait(TimeDelta::minutes(40));
        try_hold(&test, &test.app, "2026-05-19").await.unwrap();
        test.wait(TimeDelta::minutes(5));
        jobs::round(&test.app, test.now()).await.unwrap();
        let seen = test.now();
        verified(&test.app).await;
        test.wait(TimeDelta::minutes(-35));

        let late = test.reopened().await;
        assert_eq!(office::accept(&late).await.unwrap(), Accepted { now: test.now(), seen: Some(seen) });
        try_hold(&test, &late, "2026-05-20").await.unwrap();
        test.wait(TimeDelta::minutes(20));
        jobs::round(&late, test.now()).await.unwrap();
        verified(&late).await;
        assert_eq!(office::accept(&late).await.unwrap().seen, None, "there is nothing more to accept");

        let next = test.reopened().await;
        try_hold(&test, &next, "2026-05-21").await.unwrap();
        verified(&next).await;
    }
}

#[tokio::test]
async fn days_without_work_are_no_reason_to_stay_closed() {
    for test in test_apps(Setup { phone_codes: false, ..Setup::default() }).await {
        jobs::round(&test.app, test.now()).await.unwrap();
        test.wait(TimeDelta::days(4));
        let later = test.reopened().await;
        try_hold(&test, &later, "2026-05-22").await.unwrap();
        assert_eq!(office::accept(&later).await.unwrap().seen, None);
    }
}

#[tokio::test]
async fn an_event_is_not_written_into_a_window_that_is_sealed() {
    for test in test_apps(Setup { phone_codes: false, ..Setup::default() }).await {
        test.wait(TimeDelta::minutes(40));
        try_hold(&test, &test.app, "2026-05-19").await.unwrap();
        test.wait(TimeDelta::minutes(5));
        jobs::round(&test.app, test.now()).await.unwrap();
        test.wait(TimeDelta::minutes(-20));
        assert_eq!(try_hold(&test, &test.app, "2026-05-19").await, Err(Problem::Unavailable));
        verified(&test.app).await;
        test.wait(TimeDelta::minutes(20));
        try_hold(&test, &test.app, "2026-05-19").await.unwrap();
        test.wait(TimeDelta::minutes(20));
        jobs::round(&test.app, test.now()).await.unwrap();
        verified(&test.app).await;
    }
}
