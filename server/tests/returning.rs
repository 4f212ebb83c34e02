//! Places that come back: by the clock, not by a job.

use chrono::TimeDelta;
use server::appointments::booking::{cancel, find, reschedule, view};
use server::appointments::hold::{self, Asking, Hold};
use server::appointments::record;
use server::marriage::BOOKABLE;
use server::session::Session;
use server::{Error, jobs};
use shared::appointments::{AppointmentState, Refusal, SlotId, SlotState};
use shared::identity::Phone;
use shared::marriage::SERVICE;
use shared::problem::Problem;

use super::support::people::{self, book};
use super::support::{Setup, TestApp, anyone, test_apps};

pub fn without_codes() -> Setup {
    Setup { phone_codes: false, ..Setup::default() }
}

pub async fn take(test: &TestApp, slot: SlotId, session: Option<&Session>) -> Result<Hold, Error> {
    let session = session.cloned().unwrap_or_default();
    hold::take(&test.app, &BOOKABLE, slot, Asking { session, ..anyone() }, test.now()).await
}

pub async fn take_with_code(
    test: &TestApp,
    slot: SlotId,
    (phone, code): (&str, &str),
    session: &Session,
) -> Result<Hold, Error> {
    let phone = Phone::parse(phone).unwrap();
    let asking = Asking { session: session.clone(), phone: Some((&phone, code)), ..anyone() };
    hold::take(&test.app, &BOOKABLE, slot, asking, test.now()).await
}

/// Holds every place of a slot.
async fn fill(test: &TestApp, slot: SlotId, capacity: u32) -> Vec<Hold> {
    let mut holds = Vec::new();
    for _ in 0..capacity {
        holds.push(take(test, slot, None).await.unwrap());
    }
    assert!(matches!(&take(test, slot, None).await, Err(error) if error.refusal() == Some(Refusal::SlotFull)));
    holds
}

#[tokio::test]
async fn a_hold_that_ran_out_is_free_at_that_instant_with_no_job_running() {
    for test in test_apps(without_codes()).await {
        let slot = test.free_slot("nanshan", "2026-05-19").await;
        let holds = fill(&test, slot.id, slot.capacity).await;
        test.wait(TimeDelta::minutes(15) - TimeDelta::milliseconds(1));
        assert!(matches!(&take(&test, slot.id, None).await, Err(error) if error.refusal() == Some(Refusal::SlotFull)));
        test.wait(TimeDelta::milliseconds(1));
        let seen = &test.slots("nanshan", "2026-05-19").await[0];
        assert_eq!((seen.remaining, seen.state), (slot.capacity, SlotState::Free));
        take(&test, slot.id, None).await.unwrap();

        let late = book(&test.app, &people::couple(1, &holds[0]), None, test.now()).await;
        assert!(matches!(&late, Err(error) if error.refusal() == Some(Refusal::HoldExpired)), "{late:?}");
    }
}

#[tokio::test]
async fn a_cancelled_place_comes_back_after_five_to_sixty_minutes() {
    for test in test_apps(without_codes()).await {
        let slot = test.free_slot("nanshan", "2026-05-19").await;
        let holds = fill(&test, slot.id, slot.capacity).await;
        let booked = book(&test.app, &people::couple(1, &holds[0]), None, test.now()).await.unwrap();
        for (n, hold) in (2..).zip(&holds[1..]) {
            book(&test.app, &people::couple(n, hold), None, test.now()).await.unwrap();
        }
        let holder = find::by_token(&test.app, booked.reference, &booked.manage_token).await.unwrap();
        cancel::cancel(&test.app, &BOOKABLE, &holder, test.now()).await.unwrap();
        test.wait(TimeDelta::minutes(5) - TimeDelta::seconds(1));
        assert!(matches!(&take(&test, slot.id, None).await, Err(error) if error.refusal() == Some(Refusal::SlotFull)));
        test.wait(TimeDelta::minutes(55) + TimeDelta::seconds(1));
        take(&test, slot.id, None).await.unwrap();
    }
}

#[tokio::test]
async fn a_missed_booking_stands_all_day_and_stops_nobody_from_midnight_on() {
    for test in test_apps(without_codes()).await {
        let slot = test.free_slot("nanshan", "2026-05-14").await;
        let hold = take(&test, slot.id, None).await.unwrap();
        let booked = book(&test.app, &people::couple(1, &hold), None, test.now()).await.unwrap();
        let holder = find::by_token(&test.app, booked.reference, &booked.manage_token).await.unwrap();
        let state = async || view::view(&test.app, &BOOKABLE, &holder, test.now()).await.unwrap().state;
        let slot = test.free_slot("nanshan", "2026-05-19").await;

        test.set_clock("2026-05-14T23:59:59+08:00");
        assert_eq!(state().await, AppointmentState::Booked);
        let hold = take(&test, slot.id, None).await.unwrap();
        let early = book(&test.app, &people::couple(1, &hold), None, test.now()).await;
        assert!(matches!(&early, Err(error) if error.refusal() == Some(Refusal::AlreadyBooked)), "{early:?}");

        // No job runs in between: what the page offers at midnight is possible at midnight.
        test.set_clock("2026-05-15T00:00:00+08:00");
        assert_eq!(state().await, AppointmentState::Past);
        book(&test.app, &people::couple(1, &hold), None, test.now()).await.unwrap();
        let warned = test.messages().await.into_iter().filter(|posted| posted.kind == "duplicate_tried").count();
        assert_eq!(warned, 2, "only the attempt on the same day was a second booking");
    }
}

#[tokio::test]
async fn a_booking_nobody_closed_is_written_down_as_past_once_its_day_is_over() {
    for test in test_apps(without_codes()).await {
        let slot = test.free_slot("nanshan", "2026-05-14").await;
        let hold = take(&test, slot.id, None).await.unwrap();
        let booked = book(&test.app, &people::couple(1, &hold), None, test.now()).await.unwrap();
        let state = async || {
            let mut connection = test.app.database().read().await.unwrap();
            record::by_reference(&mut connection, booked.reference).await.unwrap().unwrap().state
        };
        test.set_clock("2026-05-14T23:59:00+08:00");
        jobs::round(&test.app, test.now()).await.unwrap();
        assert_eq!(state().await, AppointmentState::Booked);
        test.set_clock("2026-05-15T00:00:00+08:00");
        jobs::round(&test.app, test.now()).await.unwrap();
        assert_eq!(state().await, AppointmentState::Past);
    }
}

#[tokio::test]
async fn the_other_time_a_browser_held_comes_back_with_its_booking() {
    for test in test_apps(without_codes()).await {
        let (slots, session) = (test.slots("nanshan", "2026-05-19").await, Session::new());
        let wanted = take(&test, slots[0].id, Some(&session)).await.unwrap();
        take(&test, slots[1].id, Some(&session)).await.unwrap();
        let stranger = take(&test, slots[1].id, Some(&Session::new())).await.unwrap();
        book(&test.app, &people::couple(1, &wanted), None, test.now()).await.unwrap();
        let left = &test.slots("nanshan", "2026-05-19").await[1];
        assert_eq!(left.remaining, slots[1].capacity - 1, "the stranger's hold stays");
        book(&test.app, &people::couple(2, &stranger), None, test.now()).await.unwrap();
    }
}

#[tokio::test]
async fn the_time_held_for_a_move_comes_back_when_the_booking_is_cancelled() {
    for test in test_apps(without_codes()).await {
        let slots = test.slots("nanshan", "2026-05-19").await;
        let hold = take(&test, slots[0].id, None).await.unwrap();
        let booked = book(&test.app, &people::couple(1, &hold), None, test.now()).await.unwrap();
        let holder = find::by_token(&test.app, booked.reference, &booked.manage_token).await.unwrap();
        reschedule::hold(&test.app, &BOOKABLE, &holder, slots[1].id, test.now()).await.unwrap();
        cancel::cancel(&test.app, &BOOKABLE, &holder, test.now()).await.unwrap();
        assert_eq!(test.slots("nanshan", "2026-05-19").await[1].remaining, slots[1].capacity);
    }
}

#[tokio::test]
async fn whatever_else_was_held_for_a_move_comes_back_when_the_booking_moves() {
    for test in test_apps(without_codes()).await {
        let slots = test.slots("nanshan", "2026-05-19").await;
        let hold = take(&test, slots[0].id, None).await.unwrap();
        let booked = book(&test.app, &people::couple(1, &hold), None, test.now()).await.unwrap();
        let holder = find::by_token(&test.app, booked.reference, &booked.manage_token).await.unwrap();
        let to = reschedule::hold(&test.app, &BOOKABLE, &holder, slots[1].id, test.now()).await.unwrap();
        // Two windows chose at the same moment, and neither saw the other's time.
        let until = slots[0].starts_at.to_utc();
        hold::take_for_booking(&test.app, slots[2].id, (&booked.record, until), test.now()).await.unwrap();
        let to = (&to.id, to.token.reveal());
        reschedule::reschedule(&test.app, &BOOKABLE, &holder, to, test.now()).await.unwrap();
        assert_eq!(test.slots("nanshan", "2026-05-19").await[2].remaining, slots[2].capacity);
        assert!(reschedule::held(&test.app, &BOOKABLE, &holder, test.now()).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn a_phone_with_its_code_gets_the_same_time_back_after_its_cookies_are_lost() {
    for test in test_apps(Setup::default()).await {
        let phone = "13800000001";
        let slots = test.slots("nanshan", "2026-05-20").await;
        let code = test.send_code(&BOOKABLE, phone).await;
        let first = take_with_code(&test, slots[0].id, (phone, &code), &Session::new()).await.unwrap();

        let fresh = Session::new();
        let again = take_with_code(&test, slots[0].id, (phone, &code), &fresh).await.unwrap();
        assert_eq!((&again.id, again.expires_at), (&first.id, first.expires_at));
        let seen = hold::all_of_session(&test.app, &fresh, &SERVICE, test.now()).await.unwrap();
        assert_eq!(seen[0].1.id, first.id, "the new browser finds it again");
        assert_eq!(test.slots("nanshan", "2026-05-20").await[0].remaining, slots[0].capacity - 1);

        let wrong = if code == "000000" { "000001" } else { "000000" };
        let stranger = take_with_code(&test, slots[0].id, (phone, wrong), &Session::new()).await;
        assert!(matches!(&stranger, Err(Error::Problem(Problem::Fields(_)))), "{stranger:?}");
    }
}

#[tokio::test]
async fn a_booking_that_is_moved_again_and_again_waits_an_hour_and_then_a_day_before_it_takes_another_place() {
    for test in test_apps(without_codes()).await {
        let slots = test.slots("nanshan", "2026-05-19").await;
        let hold = take(&test, slots[0].id, None).await.unwrap();
        let booked = book(&test.app, &people::couple(1, &hold), None, test.now()).await.unwrap();
        let holder = find::by_token(&test.app, booked.reference, &booked.manage_token).await.unwrap();
        let to = async |slot| reschedule::hold(&test.app, &BOOKABLE, &holder, slot, test.now()).await;
        for slot in &slots[1..=4] {
            let held = to(slot.id).await.unwrap();
            let target = (&held.id, held.token.reveal());
            reschedule::reschedule(&test.app, &BOOKABLE, &holder, target, test.now()).await.unwrap();
            // The same request again is answered as before.
            reschedule::reschedule(&test.app, &BOOKABLE, &holder, target, test.now()).await.unwrap();
            test.wait(TimeDelta::minutes(5));
        }
        let told = test.messages().await.len();
        let refused = to(slots[5].id).await.unwrap_err().refusal();
        assert!(matches!(refused, Some(Refusal::MovedOften { retry_after: 2400, .. })), "{refused:?}");
        assert_eq!(test.messages().await.len(), told);
        assert_eq!(test.slots("nanshan", "2026-05-19").await[5].remaining, slots[5].capacity);
        test.wait(TimeDelta::minutes(40));
        for slot in &slots[5..=8] {
            let held = to(slot.id).await.unwrap();
            let target = (&held.id, held.token.reveal());
            reschedule::reschedule(&test.app, &BOOKABLE, &holder, target, test.now()).await.unwrap();
            test.wait(TimeDelta::minutes(20));
        }
        let refused = to(slots[9].id).await.unwrap_err().refusal();
        assert!(
            matches!(refused, Some(Refusal::MovedOften { retry_after, .. }) if retry_after > 20 * 3600),
            "{refused:?}"
        );
    }
}
