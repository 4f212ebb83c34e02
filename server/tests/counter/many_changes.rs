//! How many bookings one of the staff makes, cancels or moves for others, and who reads of it.

use chrono::TimeDelta;
use futures_util::future::join_all;
use server::Error;
use server::appointments::booking::Booked;
use server::counter::for_people::{self, For};
use server::counter::history::By as ByWhom;
use server::counter::looks::changed::{self, Change};
use server::counter::looks::safety::Back;
use server::marriage::{BOOKABLE, Couple};
use server::staff::authority::Staff;
use shared::counter::Refusal;
use shared::counter::bound::{BOOKINGS, CANCELLATIONS, MOVES};
use shared::invented;
use shared::locale::Locale;
use shared::marriage::PartyInput;
use shared::staff::{OfficeId, Role};

use super::super::support::{TestApp, test_apps};
use super::for_people::book;
use super::hall::*;

async fn cancel(test: &TestApp, by: &Staff, one: &Booked) -> Result<(), Error> {
    for_people::cancel(&test.app, by, &visit_of(one), &press(), test.now()).await
}

/// So many bookings of the next Monday.
async fn many(test: &TestApp, many: u32) -> Vec<Booked> {
    let mut all = Vec::new();
    for n in 0..many as usize {
        all.push(booked_on(test, n, ("nanshan", "2026-05-18"), n / 3).await);
    }
    all
}

#[tokio::test]
async fn one_person_cancels_so_many_bookings_of_others_in_an_hour_and_in_a_day_and_a_colleague_goes_on() {
    for test in test_apps(setup()).await {
        let bookings = many(&test, CANCELLATIONS.day + 2).await;
        clock(&test, "09:00:00");
        let (clerk, other) = (clerk(&test, 1).await, clerk(&test, 2).await);
        let mut left = bookings.iter();
        for _ in 0..CANCELLATIONS.day / CANCELLATIONS.hour {
            for _ in 0..CANCELLATIONS.hour {
                cancel(&test, &clerk, left.next().unwrap()).await.unwrap();
            }
            let next = &left.as_slice()[0];
            let often = refused(cancel(&test, &clerk, next).await);
            assert!(matches!(often, Refusal::TooManyCancellations { .. }), "{often:?}");
            test.wait(TimeDelta::hours(1));
        }
        let (one, last) = (left.next().unwrap(), left.next().unwrap());
        let often = refused(cancel(&test, &clerk, one).await);
        assert_eq!(often, Refusal::TooManyCancellations { retry_after: 21 * 3600 });
        cancel(&test, &other, one).await.unwrap();
        test.wait(TimeDelta::hours(21));
        cancel(&test, &clerk, last).await.unwrap();
        holds(&test).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_cancellations_at_the_same_instant_no_more_than_so_many_are_one_persons() {
    for test in test_apps(setup()).await {
        let bookings = many(&test, CANCELLATIONS.hour + 4).await;
        clock(&test, "09:00:00");
        let clerk = clerk(&test, 1).await;
        let all = join_all(bookings.iter().map(|one| cancel(&test, &clerk, one))).await;
        let done = all.iter().filter(|outcome| outcome.is_ok()).count();
        let noted = number(&test.app, "select count(*) from audit where act = 'booking_cancelled'").await;
        assert_eq!((done, noted), (CANCELLATIONS.hour as usize, CANCELLATIONS.hour.into()), "{all:?}");
        holds(&test).await;
    }
}

#[tokio::test]
async fn one_person_books_so_many_people_in_within_an_hour_and_a_day_and_a_colleague_goes_on() {
    for test in test_apps(setup()).await {
        clock(&test, "09:00:00");
        let (clerk, other) = (clerk(&test, 1).await, clerk(&test, 2).await);
        let mut slots = Vec::new();
        for day in 18..23 {
            slots.extend(test.slots("nanshan", &format!("2026-05-{day}")).await);
        }
        let times = slots.iter().flat_map(|slot| vec![slot.id; usize::try_from(slot.capacity).unwrap()]);
        let mut left = times.enumerate();
        for _ in 0..BOOKINGS.day / BOOKINGS.hour {
            for _ in 0..BOOKINGS.hour {
                let (n, slot) = left.next().unwrap();
                book(&test, &clerk, slot, &press(), n).await.unwrap();
            }
            let (n, slot) = left.next().unwrap();
            let once = press();
            let often = refused(book(&test, &clerk, slot, &once, n).await);
            assert!(matches!(often, Refusal::TooManyBookings { .. }), "{often:?}");
            let held = "select count(*) from appointment where state = 'held'";
            assert_eq!(number(&test.app, held).await, 0, "and keeps no place from anybody");
            test.wait(TimeDelta::hours(1));
        }
        let (n, slot) = left.next().unwrap();
        let often = refused(book(&test, &clerk, slot, &press(), n).await);
        assert_eq!(often, Refusal::TooManyBookings { retry_after: 21 * 3600 });
        book(&test, &other, slot, &press(), n).await.unwrap();
        test.wait(TimeDelta::hours(21));
        let (n, slot) = left.next().unwrap();
        book(&test, &clerk, slot, &press(), n).await.unwrap();
        holds(&test).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_bookings_at_the_same_instant_no_more_than_so_many_are_one_persons() {
    for test in test_apps(setup()).await {
        clock(&test, "09:00:00");
        let (clerk, slots) = (clerk(&test, 1).await, test.slots("nanshan", "2026-05-18").await);
        let before = BOOKINGS.hour as usize - 2;
        for n in 0..before {
            book(&test, &clerk, slots[n / 3].id, &press(), n).await.unwrap();
        }
        // Fewer than could be looked up in vain at once.
        let presses = [press(), press(), press(), press()];
        let all = presses.iter().zip(before..).map(|(once, n)| book(&test, &clerk, slots[n / 3].id, once, n));
        let all = join_all(all).await;
        let done = all.iter().filter(|outcome| outcome.is_ok()).count();
        let noted = number(&test.app, "select count(*) from audit where act = 'booking_made'").await;
        assert_eq!((done, noted), (2, BOOKINGS.hour.into()), "{all:?}");
        assert_eq!(number(&test.app, "select count(*) from appointment where state = 'held'").await, 0);
        holds(&test).await;
    }
}

/// The `n`th couple, all of whom give one phone.
fn of_one_phone(n: usize) -> For {
    let of_phone = |input: PartyInput| PartyInput { phone: "13800009999".to_owned(), ..input }.party().unwrap();
    For { people: Box::new(Couple(invented::couple(n).map(of_phone))), locale: Locale::Zh, seen: true }
}

#[tokio::test]
async fn one_person_gives_one_phone_for_six_people_and_takes_nothing_from_its_owner_or_a_colleague() {
    for test in test_apps(setup()).await {
        clock(&test, "09:00:00");
        let (clerk, other) = (clerk(&test, 1).await, clerk(&test, 2).await);
        let slots = test.slots("nanshan", "2026-05-18").await;
        let book = async |by: &Staff, n: usize| {
            let for_whom = (slots[n].id, &press());
            for_people::book(&test.app, by, &BOOKABLE, for_whom, of_one_phone(n), test.now()).await
        };
        for n in 0..3 {
            book(&clerk, n).await.unwrap();
        }
        let again_at = test.now() + TimeDelta::days(7);
        let stranger = refused(book(&clerk, 3).await);
        assert_eq!(stranger, Refusal::PhoneOfMany { again_at, retry_after: 7 * 24 * 3600 });
        assert_eq!(number(&test.app, "select count(*) from outbox where kind = 'booking_made'").await, 3);
        assert_eq!(number(&test.app, "select count(*) from appointment where state = 'held'").await, 0);
        book(&other, 3).await.unwrap();
        test.wait(TimeDelta::days(3));
        assert!(matches!(refused(book(&clerk, 4).await), Refusal::PhoneOfMany { .. }));
        holds(&test).await;
    }
}

#[tokio::test]
async fn one_person_moves_so_many_bookings_of_others_in_an_hour() {
    for test in test_apps(setup()).await {
        // Each is moved four times in an hour at most.
        let bookings = many(&test, MOVES.hour / 4 + 1).await;
        clock(&test, "09:00:00");
        let (clerk, other) = (clerk(&test, 1).await, clerk(&test, 2).await);
        let slots = test.slots("nanshan", "2026-05-19").await;
        let move_to = async |by: &Staff, one: &Booked, n: usize| {
            let from = for_people::one(&test.app, by, &visit_of(one), test.now()).await.unwrap().slot;
            let to = (from, slots[n].id, &press());
            for_people::move_to(&test.app, by, &visit_of(one), to, test.now()).await
        };
        let (last, first) = bookings.split_last().unwrap();
        // The place that each leaves comes back only after a while.
        for (place, one) in first.iter().enumerate() {
            for n in 0..4 {
                move_to(&clerk, one, 2 * place + n).await.unwrap();
            }
        }
        let often = refused(move_to(&clerk, last, 12).await);
        assert_eq!(often, Refusal::TooManyMoves { retry_after: 3600 });
        let held = "select count(*) from appointment where state = 'held'";
        assert_eq!(number(&test.app, held).await, 0, "and keeps no place from anybody");
        move_to(&other, last, 12).await.unwrap();
        test.wait(TimeDelta::hours(1));
        move_to(&clerk, last, 11).await.unwrap();
        holds(&test).await;
    }
}

#[tokio::test]
async fn who_booked_cancelled_or_moved_what_for_whom_is_read_where_the_booking_is_and_where_the_clerk_works() {
    for test in test_apps(setup()).await {
        let bookings = many(&test, 2).await;
        clock(&test, "09:00:00");
        let (clerk, id) = (clerk(&test, 1).await, visit_of(&bookings[1]));
        let from = for_people::one(&test.app, &clerk, &id, test.now()).await.unwrap().slot;
        let to = test.slots("nanshan", "2026-05-19").await[0].clone();
        for_people::move_to(&test.app, &clerk, &id, (from, to.id, &press()), test.now()).await.unwrap();
        test.wait(TimeDelta::minutes(1));
        cancel(&test, &clerk, &bookings[0]).await.unwrap();
        test.wait(TimeDelta::minutes(1));
        let new = book(&test, &clerk, to.id, &press(), 7).await.unwrap();
        let new = for_people::one(&test.app, &clerk, &new, test.now()).await.unwrap().row.reference;

        test.wait(TimeDelta::days(800));
        let list = async |by: &Staff, back| changed::list(&test.app, by, &nanshan(), (back, 0), test.now()).await;
        let auditor = staff_at(&test, 3, Role::Auditor, "nanshan").await;
        assert_eq!(list(&auditor, Back::Year).await.unwrap().total, 0);
        let listed = list(&auditor, Back::Ever).await.unwrap();
        let said: Vec<_> = listed.changes.iter().map(|one| (one.reference, one.change)).collect();
        let moved = Change::Moved { from: bookings[1].record.starts_at, to: to.starts_at.to_utc() };
        let expected = [
            (new, Change::Made),
            (Some(bookings[0].reference), Change::Cancelled),
            (Some(bookings[1].reference), moved),
        ];
        assert_eq!((said.as_slice(), listed.total), (expected.as_slice(), 3));
        let who = ByWhom::Staff(Some(clerk.account().clone()));
        assert!(listed.changes.iter().all(|one| one.who == who && one.visit.is_some()));
        assert!(is_not_allowed(&list(&staff_at(&test, 4, Role::CounterClerk, "nanshan").await, Back::Ever).await));
        let elsewhere = staff_at(&test, 5, Role::Auditor, "demo-hill").await;
        assert!(is_not_allowed(&list(&elsewhere, Back::Ever).await));
        let hill = OfficeId::parse("demo-hill").unwrap();
        let theirs = changed::list(&test.app, &elsewhere, &hill, (Back::Ever, 0), test.now()).await.unwrap();
        assert_eq!(theirs.total, 0, "neither theirs nor by their staff");
    }
}
