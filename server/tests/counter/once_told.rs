//! What comes of a booking that the office has ended unseen: once they are told, once they are booked again, and before the cut-off.

use chrono::TimeDelta;
use server::appointments::booking::cancel;
use server::appointments::booking::release::Telling;
use server::appointments::booking::withheld::Guise;
use server::appointments::hold;
use server::counter::disowned::{self, ReadAs};
use server::counter::for_people::{self, For};
use server::jobs;
use server::marriage::{BOOKABLE, Couple};
use shared::appointments::{AppointmentState, Refusal as NotBooked};
use shared::locale::Locale;
use shared::plain_words::PlainWords;

use super::super::support::people;
use super::super::support::{anyone, test_apps};
use super::hall::*;
use super::withheld::{found, holder, read, release};

#[tokio::test]
async fn its_place_and_its_people_come_back_when_they_are_told() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 8).await;
        let left = async || test.slots("nanshan", DAY).await[8].remaining;
        let before = left().await;
        clock(&test, "08:30:00");
        let clerk = clerk(&test, 1).await;
        let claim = found(&test, &clerk, 1).await.claim;
        let how = (PlainWords::parse("本人单独说有危险").unwrap(), Telling::After(TimeDelta::hours(1)));
        disowned::release(&test.app, &clerk, &claim, how, test.now()).await.unwrap();
        test.wait(TimeDelta::minutes(59));
        jobs::round(&test.app, test.now()).await.unwrap();
        assert_eq!(left().await, before);
        assert_eq!(read(&test, &booked).await.0, AppointmentState::Booked);
        test.wait(TimeDelta::minutes(1));
        assert_eq!(read(&test, &booked).await.0, AppointmentState::Released, "whatever has been written down");
        // Whoever books needs nobody to have noticed.
        booked_on(&test, 1, ("nanshan", "2026-05-18"), 0).await;
        assert_eq!(left().await, before + 1);
        jobs::round(&test.app, test.now()).await.unwrap();
        let told = read(&test, &booked).await;
        let done: Vec<_> = told.3["done"].as_array().unwrap().iter().map(|done| done["act"].clone()).collect();
        assert_eq!(done[2..], ["booking_released", "release_told", "place_returned"]);
        holds(&test).await;
    }
}

#[tokio::test]
async fn the_same_two_are_booked_again_by_an_office_alone() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        clock(&test, "08:30:00");
        let clerk = clerk(&test, 1).await;
        release(&test, &clerk, 1).await.unwrap();
        let before = read(&test, &booked).await;
        let slot = test.free_slot("nanshan", "2026-05-18").await.id;
        let held = hold::take(&test.app, &BOOKABLE, slot, anyone(), test.now()).await.unwrap();
        let online = people::book(&test.app, &people::couple(1, &held), None, test.now()).await.unwrap_err();
        assert_eq!(online.refusal(), Some(NotBooked::AlreadyBooked));
        let who = For { people: Box::new(Couple(people::couple(1, &held).parties)), locale: Locale::Zh, seen: true };
        for_people::book(&test.app, &clerk, &BOOKABLE, (slot, &press()), who, test.now()).await.unwrap();
        let mut after = read(&test, &booked).await;
        after.2 -= 2;
        after.3["messages"] = before.3["messages"].clone();
        assert_eq!(after, before, "but that they were warned of whoever tried");
        holds(&test).await;
    }
}

#[tokio::test]
async fn before_the_cut_off_it_reads_as_one_that_was_cancelled_but_for_the_text() {
    for test in test_apps(setup()).await {
        let [withheld, ordinary] = [
            booked_on(&test, 1, ("nanshan", "2026-05-19"), 0).await,
            booked_on(&test, 2, ("nanshan", "2026-05-19"), 0).await,
        ];
        let clerk = clerk(&test, 1).await;
        assert_eq!(
            found(&test, &clerk, 1).await.read_as,
            ReadAs::Standing(Guise::Cancelled),
            "the form says by what it can be told"
        );
        release(&test, &clerk, 1).await.unwrap();
        let theirs = holder(&test, &ordinary).await;
        cancel::cancel(&test.app, &BOOKABLE, &theirs, test.now()).await.unwrap();
        let [ended, cancelled] = [read(&test, &withheld).await, read(&test, &ordinary).await];
        assert_eq!((ended.0, ended.1), (cancelled.0, cancelled.1));
        assert_eq!(ended.2 + 2, cancelled.2, "two phones were told of the other one");
        for part in ["state", "state_note", "done", "visit", "looked_at_by", "starts_at", "kept_until"] {
            assert_eq!(ended.3[part], cancelled.3[part], "{part}");
        }
        assert!(
            ended.3["state_note"]["zh"].as_str().unwrap().contains("以窗口的答复为准"),
            "no copy claims to be whole"
        );
        let again =
            cancel::cancel(&test.app, &BOOKABLE, &holder(&test, &withheld).await, test.now()).await.unwrap_err();
        assert_eq!(again.refusal(), Some(NotBooked::BookingEnded));
        holds(&test).await;
    }
}
