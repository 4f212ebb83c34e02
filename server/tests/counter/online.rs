//! What those who hold a booking can still do online once the hall has begun with it: nothing, until that was a slip.

use server::appointments::booking::{Booked, Holder, cancel, find, reschedule};
use server::appointments::hold;
use server::marriage::BOOKABLE;
use shared::appointments::Refusal as NotBooked;
use shared::counter::{Act, StateName, VisitState};

use super::super::support::{TestApp, anyone, test_apps};
use super::hall::*;

async fn holder(test: &TestApp, booked: &Booked) -> Holder {
    find::by_token(&test.app, booked.reference, &booked.manage_token).await.unwrap()
}

/// Closed for the day, so that those who are booked may still move and cancel on it.
async fn on_a_closed_day(test: &TestApp) {
    clock(test, "08:30:00");
    test.close("nanshan", DAY, ["停电", "Power cut"]).await;
    clock(test, "09:05:00");
}

async fn move_to(test: &TestApp, holder: &Holder, date: &str) -> Result<(), server::Error> {
    let slot = test.free_slot("nanshan", date).await;
    let held = hold::take(&test.app, &BOOKABLE, slot.id, anyone(), test.now()).await.unwrap();
    reschedule::reschedule(&test.app, &BOOKABLE, holder, (&held.id, held.token.reveal()), test.now()).await
}

#[tokio::test]
async fn a_booking_that_has_arrived_or_whose_people_left_can_neither_be_moved_nor_cancelled() {
    for test in test_apps(setup()).await {
        let [here, gone] = [booked(&test, 1, 0).await, booked(&test, 2, 0).await];
        on_a_closed_day(&test).await;
        let clerk = clerk(&test, 1).await;
        arrived(&test, &clerk, &here).await;
        let visit = arrived(&test, &clerk, &gone).await;
        act(&test, &clerk, &visit, Act::Left).await.unwrap();
        for booked in [&here, &gone] {
            let holder = holder(&test, booked).await;
            let cancelled = cancel::cancel(&test.app, &BOOKABLE, &holder, test.now()).await.unwrap_err();
            assert_eq!(cancelled.refusal(), Some(NotBooked::Arrived));
            let moved = move_to(&test, &holder, "2026-05-18").await.unwrap_err();
            assert_eq!(moved.refusal(), Some(NotBooked::Arrived));
            let slot = test.free_slot("nanshan", "2026-05-18").await.id;
            let held = reschedule::hold(&test.app, &BOOKABLE, &holder, slot, test.now()).await.unwrap_err();
            assert_eq!(held.refusal(), Some(NotBooked::Arrived));
        }
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_check_in_that_was_a_slip_gives_the_booking_back_to_those_who_hold_it() {
    for test in test_apps(setup()).await {
        let [first, second] = [booked(&test, 1, 0).await, booked(&test, 2, 0).await];
        on_a_closed_day(&test).await;
        let clerk = clerk(&test, 1).await;
        let id = arrived(&test, &clerk, &first).await;
        undo(&test, &clerk, &id).await.unwrap();
        assert_eq!(row(&test, &id).await.state, VisitState::Booked);
        arrived(&test, &clerk, &second).await;
        move_to(&test, &holder(&test, &first).await, "2026-05-18").await.unwrap();
        assert!(sheet(&test).await.visits.iter().all(|row| row.id != id), "it is on another day");
        holds(&test).await;

        test.set_clock("2026-05-18T09:00:00+08:00");
        let checked = arrive(&test, &clerk, first.reference).await.unwrap();
        assert_eq!(
            (checked.row.state.kind(), checked.row.ticket),
            (StateName::Arrived, Some(1)),
            "a ticket of that day"
        );
        holds(&test).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_that_is_cancelled_and_checked_in_at_once_is_one_of_both() {
    for test in test_apps(setup()).await {
        let mut bookings = Vec::new();
        for n in 0..9 {
            bookings.push(booked(&test, n, n / 3).await);
        }
        on_a_closed_day(&test).await;
        let clerk = clerk(&test, 1).await;
        for booked in &bookings {
            let holder = holder(&test, booked).await;
            let (arrived, cancelled) = tokio::join!(
                arrive(&test, &clerk, booked.reference),
                cancel::cancel(&test.app, &BOOKABLE, &holder, test.now())
            );
            match (&arrived, &cancelled) {
                (Ok(_), Err(error)) => assert_eq!(error.refusal(), Some(NotBooked::Arrived)),
                (Err(error), Ok(())) => assert_eq!(error.refusal(), Some(NotBooked::BookingEnded)),
                both => panic!("{both:?}"),
            }
        }
        holds(&test).await;
    }
}
