//! What those who hold a booking can tell of an end that the office withholds: nothing that they could not tell without it.

use chrono::TimeDelta;
use serde_json::Value as Json;
use server::appointments::booking::release::Telling;
use server::appointments::booking::withheld::Guise;
use server::appointments::booking::{Booked, Holder, cancel, find, reschedule, view};
use server::counter::disowned::ReadAs;
use server::counter::unmask::{Unmasking, unmask};
use server::counter::{By, Kiosk, check_in, copied, disowned};
use server::jobs;
use server::marriage::BOOKABLE;
use server::staff::authority::Staff;
use shared::appointments::{AppointmentState, Refusal as NotBooked};
use shared::counter::{Act, PersonalDetail, Refusal, StateName, UnmaskReason};
use shared::identity::{IdDocument, IdType, Sex};
use shared::plain_words::PlainWords;

use super::super::support::people::person;
use super::super::support::{TestApp, test_apps};
use super::hall::*;

pub async fn holder(test: &TestApp, booked: &Booked) -> Holder {
    find::by_token(&test.app, booked.reference, &booked.manage_token).await.unwrap()
}

/// Couple `n`'s booking, found by her card.
pub async fn found(test: &TestApp, by: &Staff, n: usize) -> disowned::Found {
    let card = IdDocument::parse(IdType::ResidentId, &person(n, Sex::Female).id_number).unwrap();
    disowned::find(&test.app, by, (&card, None), test.now()).await.unwrap().remove(0)
}

pub async fn release(test: &TestApp, by: &Staff, n: usize) -> Result<(), server::Error> {
    let claim = found(test, by, n).await.claim;
    let how = (PlainWords::parse("本人单独说有危险").unwrap(), Telling::Never);
    disowned::release(&test.app, by, &claim, how, test.now()).await.map(drop)
}

/// All that a page, a calendar entry and a copy are made of, but for the copies that were taken.
pub async fn read(test: &TestApp, booked: &Booked) -> (AppointmentState, i64, usize, Json) {
    let holder = holder(test, booked).await;
    let copy = copied::copy(&test.app, &BOOKABLE, &holder, test.now()).await.unwrap();
    let mut copy: Json = serde_json::from_str(&copy).unwrap();
    let is_other = |done: &Json| done["act"] != "booking_copied";
    let done = copy["done"].as_array().unwrap().iter().filter(|done| is_other(done)).cloned().collect::<Vec<_>>();
    copy["done"] = done.into();
    let view = view::view(&test.app, &BOOKABLE, &holder, test.now()).await.unwrap();
    (view.state, view.changes, view.messages.len(), copy)
}

#[tokio::test]
async fn who_had_come_reads_the_end_of_any_visit_that_was_left() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        clock(&test, "09:05:00");
        let clerk = clerk(&test, 1).await;
        let id = arrived(&test, &clerk, &booked).await;
        read(&test, &booked).await;
        act(&test, &clerk, &id, Act::Left).await.unwrap();
        let left = read(&test, &booked).await;
        assert_eq!((left.0, &left.3["visit"]["ticket"]), (AppointmentState::Booked, &1.into()));
        undo(&test, &clerk, &id).await.unwrap();
        assert_eq!(found(&test, &clerk, 1).await.read_as, ReadAs::Standing(Guise::VisitOver));
        release(&test, &clerk, 1).await.unwrap();
        let mut ended = read(&test, &booked).await;
        // Of this visit alone, which was left by a slip before.
        let steps = ended.3["visit"]["steps"].as_array_mut().unwrap();
        steps.drain(1..3);
        assert_eq!(ended, left);

        let holder = holder(&test, &booked).await;
        let kept = cancel::cancel(&test.app, &BOOKABLE, &holder, test.now()).await.unwrap_err();
        assert_eq!(kept.refusal(), Some(NotBooked::Arrived), "as of any visit that is over");
        let kiosk = By::Kiosk(Kiosk { id: "door".to_owned(), office: nanshan() });
        // Whoever left is back at the desk: there the clerk reads what to say.
        for (by, said) in [(By::Staff(clerk), Refusal::EndedUntold), (kiosk, Refusal::Over { state: StateName::Left })]
        {
            let again =
                check_in::by_reference(&test.app, &by, &nanshan(), &booked.reference.to_string(), test.now()).await;
            assert_eq!(refused(again), said);
        }
        test.wait(TimeDelta::days(1));
        assert_eq!(read(&test, &booked).await.0, AppointmentState::Past);
        holds(&test).await;
    }
}

#[tokio::test]
async fn after_the_cut_off_it_stands_for_them_until_its_day_is_over_and_nobody_is_checked_in_with_it() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        clock(&test, "08:30:00");
        let clerk = clerk(&test, 1).await;
        read(&test, &booked).await;
        let before = read(&test, &booked).await;
        assert_eq!(found(&test, &clerk, 1).await.read_as, ReadAs::Standing(Guise::Standing));
        release(&test, &clerk, 1).await.unwrap();
        assert_eq!(read(&test, &booked).await, before);

        let theirs = holder(&test, &booked).await;
        let cancelled = cancel::cancel(&test.app, &BOOKABLE, &theirs, test.now()).await.unwrap_err();
        assert!(matches!(cancelled.refusal(), Some(NotBooked::TooLate { .. })), "{cancelled:?}");
        let slot = test.free_slot("nanshan", "2026-05-18").await.id;
        let moved = reschedule::hold(&test.app, &BOOKABLE, &theirs, slot, test.now()).await.unwrap_err();
        assert!(matches!(moved.refusal(), Some(NotBooked::TooLate { .. })), "{moved:?}");
        assert!(sheet(&test).await.visits.is_empty(), "the hall has nobody to wait for");
        let kiosk = By::Kiosk(Kiosk { id: "door".to_owned(), office: nanshan() });
        for (by, said) in [(By::Staff(clerk), Refusal::EndedUntold), (kiosk, Refusal::NotHere)] {
            let arrived =
                check_in::by_reference(&test.app, &by, &nanshan(), &booked.reference.to_string(), test.now()).await;
            assert_eq!(refused(arrived), said);
        }
        test.wait(TimeDelta::days(1));
        jobs::round(&test.app, test.now()).await.unwrap();
        let past = read(&test, &booked).await;
        assert_eq!((past.0, &past.3["done"][2]["act"]), (AppointmentState::Past, &"booking_past".into()));
        holds(&test).await;
    }
}

#[tokio::test]
async fn on_another_day_whoever_knows_that_it_ended_reads_so_and_one_that_was_ended_unseen_is_as_its_control() {
    for test in test_apps(setup()).await {
        let mut all = Vec::new();
        for (n, date) in
            [(1, "2026-05-18"), (2, "2026-05-18"), (3, "2026-05-18"), (4, "2026-05-18"), (5, DAY), (6, DAY)]
        {
            all.push(booked_on(&test, n, ("nanshan", date), n / 3).await);
        }
        let [cancelled, told, moved, reads_so, unseen, control] = &all[..] else { unreachable!() };
        clock(&test, "08:30:00");
        let clerk = clerk(&test, 1).await;
        let by = [By::Staff(clerk.clone()), By::Kiosk(Kiosk { id: "door".to_owned(), office: nanshan() })];
        let said = async |by: &By, booked: &Booked| {
            let reference = booked.reference.to_string();
            check_in::by_reference(&test.app, by, &nanshan(), &reference, test.now()).await.unwrap_err()
        };
        cancel::cancel(&test.app, &BOOKABLE, &holder(&test, cancelled).await, test.now()).await.unwrap();
        for (n, telling) in [(2, Telling::Now), (4, Telling::Never), (5, Telling::Never)] {
            let claim = found(&test, &clerk, n).await.claim;
            let how = (PlainWords::parse("本人单独说有危险").unwrap(), telling);
            disowned::release(&test.app, &clerk, &claim, how, test.now()).await.unwrap();
        }
        let theirs = holder(&test, moved).await;
        let slot = test.free_slot("nanshan", "2026-05-19").await;
        let held = reschedule::hold(&test.app, &BOOKABLE, &theirs, slot.id, test.now()).await.unwrap();
        let held = (&held.id, held.token.reveal());
        reschedule::reschedule(&test.app, &BOOKABLE, &theirs, held, test.now()).await.unwrap();
        for by in &by {
            // Called off by themselves, withdrawn and told, and one that reads as called off.
            for ended in [cancelled, told, reads_so] {
                assert_eq!(said(by, ended).await.refusal(), Some(NotBooked::BookingEnded));
            }
            let new = Refusal::NotToday { starts_at: slot.starts_at.to_utc() };
            assert_eq!(said(by, moved).await.refusal(), Some(new));
        }
        // Too late to be called off, and ended unseen: it stands for them until its day is over.
        test.wait(TimeDelta::days(1));
        for by in &by {
            let not_today = |starts_at| Some(Refusal::NotToday { starts_at });
            assert_eq!(said(by, unseen).await.refusal(), not_today(unseen.record.starts_at));
            assert_eq!(said(by, control).await.refusal(), not_today(control.record.starts_at));
        }
        holds(&test).await;
    }
}

#[tokio::test]
async fn once_its_day_is_closed_they_move_or_cancel_it_as_anybody_does_and_the_office_knows_better() {
    for test in test_apps(setup()).await {
        let [moves, cancels] = [booked(&test, 1, 8).await, booked(&test, 2, 8).await];
        clock(&test, "08:30:00");
        let clerk = clerk(&test, 1).await;
        for n in [1, 2] {
            assert_eq!(found(&test, &clerk, n).await.read_as, ReadAs::Standing(Guise::Standing));
            release(&test, &clerk, n).await.unwrap();
        }
        test.close("nanshan", DAY, ["停电", "Power cut"]).await;
        let (his, hers) = (holder(&test, &moves).await, holder(&test, &cancels).await);
        let shown = view::view(&test.app, &BOOKABLE, &his, test.now()).await.unwrap();
        assert!(shown.closed.is_some() && shown.messages.iter().any(|posted| posted.kind == "booking_day_closed"));
        cancel::cancel(&test.app, &BOOKABLE, &hers, test.now()).await.unwrap();
        let slot = test.free_slot("nanshan", "2026-05-18").await.id;
        let held = reschedule::hold(&test.app, &BOOKABLE, &his, slot, test.now()).await.unwrap();
        reschedule::reschedule(&test.app, &BOOKABLE, &his, (&held.id, held.token.reveal()), test.now()).await.unwrap();
        let (moved, cancelled) = (read(&test, &moves).await, read(&test, &cancels).await);
        assert_eq!((moved.0, moved.1), (AppointmentState::Booked, 1));
        assert_eq!((cancelled.0, cancelled.1), (AppointmentState::Cancelled, 1));
        for (copy, last) in [(&moved.3, "booking_moved"), (&cancelled.3, "booking_cancelled")] {
            let done: Vec<_> = copy["done"].as_array().unwrap().iter().map(|done| done["act"].clone()).collect();
            assert_eq!(done, ["hold_taken", "booking_made", last]);
        }
        let arrived = arrive(&test, &clerk, cancels.reference).await.unwrap_err();
        assert_eq!(arrived.refusal(), Some(NotBooked::BookingEnded), "as of any that was cancelled");
        test.wait(TimeDelta::days(10));
        jobs::round(&test.app, test.now()).await.unwrap();
        assert_eq!(read(&test, &moves).await.0, AppointmentState::Past);
        holds(&test).await;
    }
}

#[tokio::test]
async fn whoever_has_read_a_number_of_it_in_full_releases_it_a_day_later_or_leaves_it_to_a_colleague() {
    for test in test_apps(setup()).await {
        let booking = booked_on(&test, 1, ("nanshan", "2026-05-19"), 0).await;
        let (clerk, colleague) = (clerk(&test, 1).await, super::hall::clerk(&test, 2).await);
        let asked = Unmasking { who: 1, what: PersonalDetail::Number, why: UnmaskReason::Document, reason: None };
        unmask(&test.app, &clerk, &visit_of(&booking), asked, test.now()).await.unwrap();
        assert_eq!(refused(release(&test, &clerk, 1).await), Refusal::ReadInFull);
        // The same two in another booking: it is their number, wherever it was read.
        release(&test, &colleague, 1).await.unwrap();
        booked_on(&test, 1, ("nanshan", "2026-05-19"), 1).await;
        assert_eq!(refused(release(&test, &clerk, 1).await), Refusal::ReadInFull);
        holds(&test).await;
    }
}
