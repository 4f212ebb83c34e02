//! What a clerk does for people who call or stand there: a time of the office's, and another time for their booking.

use chrono::TimeDelta;
use server::appointments::booking::{find, reschedule};
use server::counter::for_people::{self, For};
use server::counter::history::By as ByWhom;
use server::counter::looks::releases::{self, What};
use server::counter::looks::safety::Back;
use server::database::sql::{flag, sql, text};
use server::marriage::BOOKABLE;
use server::staff::authority::Staff;
use shared::appointments::{Refusal as NotBooked, SlotId};
use shared::counter::{Press, Refusal, VisitId};
use shared::locale::Locale;
use shared::staff::Role;

use super::super::support::{TestApp, test_apps};
use super::hall::*;

fn couple(n: usize, seen: bool) -> For {
    For { people: (BOOKABLE.invented)(n).unwrap(), locale: Locale::Zh, seen }
}

async fn book(test: &TestApp, by: &Staff, slot: SlotId, press: &Press, n: usize) -> Result<VisitId, server::Error> {
    for_people::book(&test.app, by, &BOOKABLE, (slot, press), couple(n, n.is_multiple_of(2)), test.now()).await
}

#[tokio::test]
async fn a_clerk_books_people_in_at_the_own_office_alone_and_the_same_press_books_once() {
    for test in test_apps(setup()).await {
        let slot = test.slots("nanshan", DAY).await[0].clone();
        let (clerk, stranger) = (clerk(&test, 1).await, staff_at(&test, 2, Role::OfficeManager, "demo-hill").await);
        assert!(is_not_allowed(&book(&test, &stranger, slot.id, &press(), 1).await));
        let editor = staff_at(&test, 3, Role::ContentEditor, "nanshan").await;
        assert!(is_not_allowed(&book(&test, &editor, slot.id, &press(), 1).await));
        let once = press();
        let one = book(&test, &clerk, slot.id, &once, 1).await.unwrap();
        assert_eq!(book(&test, &clerk, slot.id, &once, 1).await.unwrap(), one);
        let two = book(&test, &clerk, slot.id, &press(), 2).await.unwrap();
        for (id, at_desk) in [(&one, true), (&two, false)] {
            let statement = "select actor, at_desk from audit join appointment a on a.id = stream where stream = $1 \
                 and act like 'booking_made%'";
            let row = sql(statement, [id.as_str().into()]).fetch_one(&mut test.connection().await).await.unwrap();
            assert_eq!(text(&row, "actor").unwrap(), format!("staff:{}", clerk.person()));
            assert_eq!(flag(&row, "at_desk").unwrap(), at_desk, "who saw no documents leaves that to the desk");
        }
        let seen = for_people::one(&test.app, &clerk, &one, test.now()).await.unwrap();
        assert_eq!((seen.row.starts_at, seen.slot), (slot.starts_at.to_utc(), slot.id));
        assert!(for_people::one(&test.app, &stranger, &one, test.now()).await.is_err());
        holds(&test).await;
    }
}

#[tokio::test]
async fn that_somebody_is_booked_already_is_paid_for_on_record_told_to_no_phone_and_keeps_no_place() {
    for test in test_apps(setup()).await {
        let slots = test.slots("nanshan", DAY).await;
        let clerk = clerk(&test, 1).await;
        book(&test, &clerk, slots[0].id, &press(), 1).await.unwrap();
        let again = book(&test, &clerk, slots[1].id, &press(), 1).await.unwrap_err();
        assert_eq!(again.refusal(), Some(NotBooked::AlreadyBooked));
        assert_eq!(number(&test.app, "select count(*) from outbox where kind = 'duplicate_tried'").await, 0);
        let looked = "select count(*) from audit where act = 'document_looked_up' and actor like 'staff:%'";
        assert_eq!(number(&test.app, looked).await, 2, "whatever came of it");
        for n in 10..48 {
            // A time that is full takes no booking, and is paid for all the same.
            let _ = book(&test, &clerk, slots[0].id, &press(), n).await;
        }
        assert!(matches!(
            refused(book(&test, &clerk, slots[1].id, &press(), 99).await),
            Refusal::TooManySearches { .. }
        ));
        assert_eq!(number(&test.app, "select count(*) from appointment where state = 'held'").await, 0);
        holds(&test).await;
    }
}

#[tokio::test]
async fn that_somebody_is_booked_already_costs_what_a_document_costs_and_stands_in_that_bookings_record() {
    for test in test_apps(setup()).await {
        let slots = test.slots("nanshan", DAY).await;
        let (clerk, hill) = (clerk(&test, 1).await, staff_at(&test, 2, Role::CounterClerk, "demo-hill").await);
        let theirs = test.slots("demo-hill", DAY).await[0].id;
        let met = book(&test, &hill, theirs, &press(), 99).await.unwrap();
        for (n, slot) in slots.iter().enumerate().take(6) {
            book(&test, &clerk, slot.id, &press(), n).await.unwrap();
        }
        for _ in 0..5 {
            let hit = book(&test, &clerk, slots[7].id, &press(), 99).await.unwrap_err();
            assert_eq!(hit.refusal(), Some(NotBooked::AlreadyBooked));
        }
        for n in [99, 50] {
            let over = refused(book(&test, &clerk, slots[7].id, &press(), n).await);
            assert!(matches!(over, Refusal::TooManyLookups { .. }), "whoever it is: {over:?}");
        }
        let noted = "select count(*) from audit where act = 'booking_looked_up' and actor like 'staff:%'";
        assert_eq!(number(&test.app, noted).await, 5);
        for (n, office) in [(3, "nanshan"), (4, "demo-hill")] {
            let auditor = staff_at(&test, n, Role::Auditor, office).await;
            let office = shared::staff::OfficeId::parse(office).unwrap();
            let listed = releases::list(&test.app, &auditor, &office, (Back::Month, 0), test.now()).await.unwrap();
            assert_eq!(listed.total, 5, "where the booking is, and where the clerk works");
            for entry in &listed.entries {
                assert_eq!((&entry.what, &entry.who), (&What::Met, &ByWhom::Staff(Some(clerk.account().clone()))));
                assert_eq!(entry.visit.as_ref(), (office.as_str() == "demo-hill").then_some(&met));
            }
        }
        holds(&test).await;
    }
}

#[tokio::test]
async fn the_last_place_of_a_time_is_given_once_whoever_asks() {
    for test in test_apps(setup()).await {
        let slot = test.slots("nanshan", DAY).await[0].clone();
        let clerk = clerk(&test, 1).await;
        for n in 0..slot.capacity as usize {
            book(&test, &clerk, slot.id, &press(), n).await.unwrap();
        }
        let over = book(&test, &clerk, slot.id, &press(), 99).await.unwrap_err();
        assert_eq!(over.refusal(), Some(NotBooked::SlotFull));
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_booking_moves_until_it_begins_and_only_from_where_it_was_seen() {
    for test in test_apps(setup()).await {
        let one = booked(&test, 1, 4).await;
        let (id, later) = (visit_of(&one), test.slots("nanshan", "2026-05-18").await);
        // Online it is too late for that.
        clock(&test, "08:30:00");
        let clerk = clerk(&test, 1).await;
        let from = for_people::one(&test.app, &clerk, &id, test.now()).await.unwrap().slot;
        let move_by = async |from, to, press: &Press| {
            for_people::move_to(&test.app, &clerk, &id, (from, to, press), test.now()).await
        };
        let move_to = async |from, to| move_by(from, to, &press()).await;
        move_to(from, later[0].id).await.unwrap();
        move_to(from, later[0].id).await.unwrap();
        let moved = for_people::one(&test.app, &clerk, &id, test.now()).await.unwrap();
        assert_eq!(moved.row.starts_at, later[0].starts_at.to_utc());
        assert!(matches!(refused(move_to(from, later[1].id).await), Refusal::Changed { .. }));
        let (there, back) = (press(), press());
        move_by(later[0].id, later[1].id, &there).await.unwrap();
        move_by(later[1].id, later[0].id, &back).await.unwrap();
        move_by(later[0].id, later[1].id, &there).await.unwrap();
        let stays = for_people::one(&test.app, &clerk, &id, test.now()).await.unwrap();
        assert_eq!(stays.slot, later[0].id, "a press that comes again is no second move");
        let stranger = staff_at(&test, 2, Role::CounterClerk, "demo-hill").await;
        let theirs =
            for_people::move_to(&test.app, &stranger, &id, (later[0].id, later[1].id, &press()), test.now()).await;
        assert!(is_not_allowed(&theirs));
        let statement = "select actor from audit where stream = $1 and act = 'booking_moved'";
        let row = sql(statement, [id.as_str().into()]).fetch_one(&mut test.connection().await).await.unwrap();
        assert_eq!(text(&row, "actor").unwrap(), format!("staff:{}", clerk.person()));
        holds(&test).await;
    }
}

#[tokio::test]
async fn whoever_has_arrived_is_not_moved() {
    for test in test_apps(setup()).await {
        let one = booked(&test, 1, 0).await;
        let later = test.slots("nanshan", "2026-05-18").await;
        clock(&test, "08:50:00");
        let clerk = clerk(&test, 1).await;
        let id = arrived(&test, &clerk, &one).await;
        let from = for_people::one(&test.app, &clerk, &id, test.now()).await.unwrap().slot;
        let moved =
            for_people::move_to(&test.app, &clerk, &id, (from, later[0].id, &press()), test.now()).await.unwrap_err();
        assert_eq!(moved.refusal(), Some(NotBooked::Arrived));
    }
}

#[tokio::test]
async fn reading_a_booking_to_move_it_is_on_record_but_for_what_one_has_just_done() {
    for test in test_apps(setup()).await {
        let slots = test.slots("nanshan", DAY).await;
        let (clerk, other) = (clerk(&test, 1).await, clerk(&test, 2).await);
        let id = book(&test, &clerk, slots[0].id, &press(), 1).await.unwrap();
        let looks = async || number(&test.app, "select count(*) from look where seen = 'opened'").await;
        for_people::one(&test.app, &clerk, &id, test.now()).await.unwrap();
        assert_eq!(looks().await, 0, "their own, a moment ago");
        for _ in 0..2 {
            for_people::one(&test.app, &other, &id, test.now()).await.unwrap();
        }
        assert_eq!(looks().await, 1);
        test.wait(TimeDelta::minutes(6));
        for_people::one(&test.app, &clerk, &id, test.now()).await.unwrap();
        assert_eq!(looks().await, 2);
        holds(&test).await;
    }
}

#[tokio::test]
async fn moves_of_the_office_are_counted_apart_and_whoever_was_slower_reads_that_it_was_moved() {
    for test in test_apps(setup()).await {
        let slots = test.slots("nanshan", DAY).await;
        let booked = booked(&test, 1, 0).await;
        let (clerk, id) = (clerk(&test, 1).await, visit_of(&booked));
        let holder = find::by_token(&test.app, booked.reference, &booked.manage_token).await.unwrap();
        for slot in &slots[1..=4] {
            let held = reschedule::hold(&test.app, &BOOKABLE, &holder, slot.id, test.now()).await.unwrap();
            let to = (&held.id, held.token.reveal());
            reschedule::reschedule(&test.app, &BOOKABLE, &holder, to, test.now()).await.unwrap();
        }
        let move_to = async |from: usize, to: usize| {
            let (from, to) = (slots[from].id, slots[to].id);
            for_people::move_to(&test.app, &clerk, &id, (from, to, &press()), test.now()).await
        };
        move_to(4, 5).await.unwrap();
        assert!(matches!(refused(move_to(4, 6).await), Refusal::Changed { .. }));
        for n in 5..8 {
            move_to(n, n + 1).await.unwrap();
        }
        let often = move_to(8, 9).await.unwrap_err().refusal();
        assert!(matches!(often, Some(NotBooked::MovedOften { .. })), "{often:?}");
        holds(&test).await;
    }
}

#[tokio::test]
async fn whoever_calls_has_a_booking_cancelled_until_it_begins_and_its_phones_are_told_by_whom() {
    for test in test_apps(setup()).await {
        let (one, late, here) = (booked(&test, 1, 4).await, booked(&test, 2, 0).await, booked(&test, 3, 1).await);
        clock(&test, "09:05:00");
        let (clerk, stranger) = (clerk(&test, 1).await, staff_at(&test, 2, Role::CounterClerk, "demo-hill").await);
        let cancel = async |by: &Staff, one, press: &Press| {
            for_people::cancel(&test.app, by, &visit_of(one), press, test.now()).await
        };
        let once = press();
        assert!(is_not_allowed(&cancel(&stranger, &one, &once).await));
        let begun = cancel(&clerk, &late, &press()).await.unwrap_err();
        assert!(matches!(begun.refusal(), Some(NotBooked::SlotPast | NotBooked::TooLate { .. })), "{begun:?}");
        arrived(&test, &clerk, &here).await;
        assert_eq!(cancel(&clerk, &here, &press()).await.unwrap_err().refusal(), Some(NotBooked::Arrived));

        cancel(&clerk, &one, &once).await.unwrap();
        cancel(&clerk, &one, &once).await.unwrap();
        let again = cancel(&clerk, &one, &press()).await.unwrap_err();
        assert_eq!(again.refusal(), Some(NotBooked::BookingEnded));
        let statement = "select actor from audit where stream = $1 and act = 'booking_cancelled'";
        let rows = sql(statement, [one.id.as_str().into()]).fetch_all(&mut test.connection().await).await.unwrap();
        assert_eq!(rows.len(), 1, "a press that comes again cancels nothing more");
        assert_eq!(text(&rows[0], "actor").unwrap(), format!("staff:{}", clerk.person()));
        let told = test.messages().await;
        let told: Vec<_> = told.iter().filter(|posted| posted.kind == "booking_cancelled").collect();
        assert!(!told.is_empty());
        for posted in told {
            assert!(posted.message.text.contains("有人打电话或者到场要求取消"), "{}", posted.message.text);
        }
        holds(&test).await;
    }
}
