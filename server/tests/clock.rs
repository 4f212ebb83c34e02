//! The clock and what the office has lived through.

use chrono::TimeDelta;
use server::App;
use server::appointments::{hold, record};
use server::audit::{self, checkpoint};
use server::clock::{
    Clock,
    office::{self, Accepted},
};
use server::marriage::BOOKABLE;
use server::{domains, jobs};
use shared::appointments::AppointmentState;
use shared::problem::Problem;

use super::support::people::{self, book};
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

#[tokio::test]
async fn a_clock_that_is_far_ahead_at_the_start_ends_nothing_for_some_hours() {
    for test in test_apps(Setup { phone_codes: false, ..Setup::default() }).await {
        jobs::round(&test.app, test.now()).await.unwrap();
        let slot = test.free_slot("nanshan", "2026-05-19").await;
        let held = hold::take(&test.app, &BOOKABLE, slot.id, anyone(), test.now()).await.unwrap();
        let booked = book(&test.app, &people::couple(1, &held), None, test.now()).await.unwrap();
        let state = async || {
            let mut connection = test.app.database().read().await.unwrap();
            let record = record::by_reference(&mut connection, booked.reference).await.unwrap().unwrap();
            (record.state, record.people.is_some())
        };
        test.wait(TimeDelta::days(400));
        let ahead = test.reopened().await;
        jobs::round(&ahead, test.now()).await.unwrap();
        assert_eq!(state().await, (AppointmentState::Booked, true));

        test.wait(TimeDelta::days(-399));
        let right = test.reopened().await;
        try_hold(&test, &right, "2026-05-20").await.unwrap();
        verified(&right).await;

        test.wait(TimeDelta::days(399));
        let ahead = test.reopened().await;
        test.wait(TimeDelta::hours(7));
        for _ in 0..2 {
            jobs::round(&ahead, test.now()).await.unwrap();
        }
        assert_eq!(state().await, (AppointmentState::Past, false), "whoever runs it had hours to see to it");
        verified(&ahead).await;
    }
}

#[tokio::test]
async fn a_demonstration_that_begins_anew_at_the_same_time_books_though_that_time_is_sealed() {
    for test in test_apps(Setup { phone_codes: false, ..Setup::default() }).await {
        let begin = async || {
            let clock = Clock::starting_at(Some(test.now()));
            App::open_with_clock(test.app.settings().clone(), clock).await.unwrap()
        };
        for day in ["2026-05-19", "2026-05-20", "2026-05-21"] {
            let demo = begin().await;
            try_hold(&test, &demo, day).await.unwrap();
            // As if it had run for half an hour.
            checkpoint::make(&demo, test.now() + TimeDelta::minutes(30)).await.unwrap();
            verified(&demo).await;
        }
    }
}
