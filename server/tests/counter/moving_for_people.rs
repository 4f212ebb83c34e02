//! A clerk moves or cancels the booking of whoever calls or stands there.

use chrono::TimeDelta;
use server::appointments::booking::release::Telling;
use server::appointments::booking::{find, reschedule, view};
use server::counter::{disowned, for_people, one_visit};
use server::database::sql::{sql, text};
use server::marriage::BOOKABLE;
use server::staff::authority::Staff;
use shared::appointments::Refusal as NotBooked;
use shared::counter::{Press, Refusal};
use shared::identity::{IdDocument, IdType, Sex};
use shared::plain_words::PlainWords;
use shared::staff::Role;

use super::super::support::people::person;
use super::super::support::{TestApp, test_apps};
use super::for_people::book;
use super::hall::*;

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

/// The looks at visits, as they were written: who, as what, for what, at what.
async fn looks(test: &TestApp) -> Vec<String> {
    let statement = "select staff_id || ' ' || office || ' ' || role || ' ' || purpose || ' ' || seen as one from look order by at, id";
    let rows = sql(statement, []).fetch_all(&mut test.connection().await).await.unwrap();
    rows.iter().map(|row| text(row, "one").unwrap()).collect()
}

#[tokio::test]
async fn reading_a_booking_to_move_it_costs_and_is_on_record_like_any_opening() {
    for test in test_apps(setup()).await {
        let slots = test.slots("nanshan", DAY).await;
        let (clerk, other) = (clerk(&test, 1).await, clerk(&test, 2).await);
        let id = book(&test, &clerk, slots[0].id, &press(), 1).await.unwrap();
        for_people::one(&test.app, &clerk, &id, test.now()).await.unwrap();
        assert!(looks(&test).await.is_empty(), "what they have made a moment ago is shown to them as done");
        for_people::to_move(&test.app, &clerk, &id, test.now()).await.unwrap();
        assert_eq!(looks(&test).await.len(), 1, "and read to be moved as anybody's");

        // Whoever opens the visit on its own page leaves the same, and neither leaves more within the quarter of an hour.
        test.wait(TimeDelta::minutes(1));
        one_visit::open(&test.app, &other, &id, None, test.now()).await.unwrap();
        for_people::to_move(&test.app, &other, &id, test.now()).await.unwrap();
        for_people::one(&test.app, &other, &id, test.now()).await.unwrap();
        let written = looks(&test).await;
        let whose = |look: &String, by: &Staff| look.strip_prefix(by.person().as_str()).map(str::to_owned);
        assert_eq!((written.len(), whose(&written[0], &clerk)), (2, whose(&written[1], &other)));

        // To have come upon it by a card is no reason to read it off the record.
        let third = super::hall::clerk(&test, 3).await;
        let card = IdDocument::parse(IdType::ResidentId, &person(1, Sex::Female).id_number).unwrap();
        let again = book(&test, &third, slots[1].id, &press(), 1).await.unwrap_err();
        assert_eq!(again.refusal(), Some(NotBooked::AlreadyBooked));
        disowned::find(&test.app, &third, (&card, None), test.now()).await.unwrap();
        for_people::one(&test.app, &third, &id, test.now()).await.unwrap();
        assert_eq!(looks(&test).await.len(), 3);
        let late = super::hall::clerk(&test, 4).await;
        assert!(
            for_people::move_to(&test.app, &late, &id, (slots[5].id, slots[6].id, &press()), test.now()).await.is_err()
        );
        assert_eq!(looks(&test).await.len(), 4, "a press that is refused says how it stands");
        holds(&test).await;
    }
}

#[tokio::test]
async fn what_the_office_ended_unseen_is_neither_moved_nor_cancelled_for_who_calls_and_who_asked_is_on_record() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 8).await;
        clock(&test, "08:30:00");
        let (releases, calls) = (clerk(&test, 1).await, clerk(&test, 2).await);
        let card = IdDocument::parse(IdType::ResidentId, &person(1, Sex::Female).id_number).unwrap();
        let found = disowned::find(&test.app, &releases, (&card, None), test.now()).await.unwrap();
        let why = (PlainWords::parse("本人单独说有危险").unwrap(), Telling::Never);
        disowned::release(&test.app, &releases, &found[0].claim, why, test.now()).await.unwrap();
        let holder = find::by_token(&test.app, booked.reference, &booked.manage_token).await.unwrap();
        let read = async || {
            let view = view::view(&test.app, &BOOKABLE, &holder, test.now()).await.unwrap();
            (view.state, view.starts_at, view.changes, view.messages.len())
        };
        let (before, id) = (read().await, visit_of(&booked));
        let slots = test.slots("nanshan", "2026-05-18").await;
        let from = test.slots("nanshan", DAY).await[8].id;
        let to_move = for_people::to_move(&test.app, &calls, &id, test.now()).await.err().unwrap();
        assert_eq!(to_move.refusal(), Some(Refusal::EndedUntold));
        let written = looks(&test).await;
        assert!(written.len() == 1 && written[0].starts_with(calls.person().as_str()), "{written:?}");
        let moved = for_people::move_to(&test.app, &calls, &id, (from, slots[0].id, &press()), test.now()).await;
        assert_eq!(refused(moved), Refusal::EndedUntold);
        let cancelled = for_people::cancel(&test.app, &calls, &id, &press(), test.now()).await;
        assert_eq!(refused(cancelled), Refusal::EndedUntold);
        assert_eq!(read().await, before, "its page says what it said");
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

#[tokio::test(flavor = "multi_thread")]
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

        let at_once =
            tokio::join!(cancel(&clerk, &one, &once), cancel(&clerk, &one, &once), cancel(&clerk, &one, &once));
        assert!(at_once.0.is_ok() && at_once.1.is_ok() && at_once.2.is_ok(), "{at_once:?}");
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
