//! Places that come back: by the clock, not by a job.

use chrono::TimeDelta;
use server::appointments::booking::{cancel, find};
use server::appointments::hold::{self, Asking, Hold};
use server::marriage::BOOKABLE;
use server::session::Session;
use server::{Error, jobs};
use shared::appointments::{Refusal, SlotId, SlotState};
use shared::identity::Phone;
use shared::locale::Locale;
use shared::marriage::SERVICE;
use shared::problem::Problem;

use super::support::people::{self, book};
use super::support::{Setup, TestApp, test_apps};

fn without_codes() -> Setup {
    Setup { phone_codes: false, ..Setup::default() }
}

async fn take(test: &TestApp, slot: SlotId, session: Option<&Session>) -> Result<Hold, Error> {
    hold::take(&test.app, &SERVICE, slot, Asking { session, phone: None, locale: Locale::Zh }, test.now()).await
}

async fn take_with_code(
    test: &TestApp,
    slot: SlotId,
    (phone, code): (&str, &str),
    session: &Session,
) -> Result<Hold, Error> {
    let phone = Phone::parse(phone).unwrap();
    let asking = Asking { session: Some(session), phone: Some((&phone, code)), locale: Locale::Zh };
    hold::take(&test.app, &SERVICE, slot, asking, test.now()).await
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
async fn a_browser_holds_two_times_and_a_third_only_when_one_is_over() {
    for test in test_apps(without_codes()).await {
        let (slots, session) = (test.slots("nanshan", "2026-05-19").await, Session::new());
        let first = take(&test, slots[0].id, Some(&session)).await.unwrap();
        take(&test, slots[1].id, Some(&session)).await.unwrap();
        let third = take(&test, slots[2].id, Some(&session)).await;
        assert!(matches!(&third, Err(error) if error.refusal() == Some(Refusal::TooManyHolds)), "{third:?}");
        take(&test, slots[2].id, Some(&Session::new())).await.unwrap();

        hold::release(&test.app, &first.id, first.token.reveal(), test.now()).await.unwrap();
        take(&test, slots[2].id, Some(&session)).await.unwrap();
        test.wait(TimeDelta::minutes(15));
        take(&test, slots[3].id, Some(&session)).await.unwrap();
        take(&test, slots[4].id, Some(&session)).await.unwrap();
    }
}

#[tokio::test]
async fn a_browser_that_asks_twice_for_a_time_holds_one_place_of_it() {
    for test in test_apps(without_codes()).await {
        let (slot, session) = (test.free_slot("nanshan", "2026-05-19").await, Session::new());
        let first = take(&test, slot.id, Some(&session)).await.unwrap();
        let again = take(&test, slot.id, Some(&session)).await.unwrap();
        assert_eq!((first.id, first.expires_at), (again.id, again.expires_at));
        let left = test.slots("nanshan", "2026-05-19").await;
        assert_eq!(left[0].remaining, slot.capacity - 1);
    }
}

#[tokio::test]
async fn a_code_is_used_up_only_together_with_a_place() {
    for test in test_apps(Setup::default()).await {
        let (phone, session) = ("13800000001", Session::new());
        let slots = test.slots("nanshan", "2026-05-20").await;
        for n in 0..slots[0].capacity {
            let other = format!("1390000000{n}");
            let code = test.send_code(&BOOKABLE, &other).await;
            take_with_code(&test, slots[0].id, (&other, &code), &Session::new()).await.unwrap();
        }
        let code = test.send_code(&BOOKABLE, phone).await;
        let ask = async |place: usize| take_with_code(&test, slots[place].id, (phone, &code), &session).await;
        assert!(matches!(&ask(0).await, Err(error) if error.refusal() == Some(Refusal::SlotFull)));
        let taken = ask(1).await.unwrap();
        assert_eq!(ask(1).await.unwrap().id, taken.id, "a form sent twice takes one place");
        assert!(matches!(ask(2).await, Err(Error::Problem(Problem::Fields(_)))), "a code is used once");
    }
}

#[tokio::test]
async fn a_hold_is_extended_twice_and_not_a_third_time() {
    for test in test_apps(without_codes()).await {
        let slot = test.free_slot("nanshan", "2026-05-19").await;
        let hold = take(&test, slot.id, None).await.unwrap();
        for left in [1, 0] {
            let extended = hold::extend(&test.app, &hold.id, hold.token.reveal(), test.now()).await.unwrap();
            assert_eq!(extended.extensions_left, left);
        }
        let third = hold::extend(&test.app, &hold.id, hold.token.reveal(), test.now()).await;
        assert!(matches!(&third, Err(error) if error.refusal() == Some(Refusal::NoExtensionLeft)), "{third:?}");
        test.wait(TimeDelta::minutes(44));
        book(&test.app, &people::couple(1, &hold), None, test.now()).await.unwrap();
    }
}

#[tokio::test]
async fn a_booking_nobody_closed_is_past_a_day_later_and_its_people_may_book_again() {
    for test in test_apps(without_codes()).await {
        let slot = test.free_slot("nanshan", "2026-05-14").await;
        let hold = take(&test, slot.id, None).await.unwrap();
        book(&test.app, &people::couple(1, &hold), None, test.now()).await.unwrap();
        test.set_clock("2026-05-15T09:30:00+08:00");
        jobs::round(&test.app, test.now()).await.unwrap();
        let slot = test.free_slot("nanshan", "2026-05-19").await;
        let hold = take(&test, slot.id, None).await.unwrap();
        book(&test.app, &people::couple(1, &hold), None, test.now()).await.unwrap();
    }
}
