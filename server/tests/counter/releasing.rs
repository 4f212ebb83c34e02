//! A booking that is not of whom it names, released where somebody has come with it.

use server::Error;
use server::appointments::booking::Booked;
use server::appointments::booking::release::{Ending, Telling};
use server::appointments::hold;
use server::audit::Actor;
use server::counter::{disowned, releasing};
use server::marriage::BOOKABLE;
use server::staff::authority::Staff;
use shared::appointments::Refusal as NotBooked;
use shared::counter::{Act, ActName, Elsewhere, Refusal, StateName, VisitId};
use shared::identity::{IdDocument, IdType, Sex};
use shared::marriage::SERVICE;
use shared::places::PlaceId;
use shared::plain_words::PlainWords;

use super::super::support::people::{self, book, person};
use super::super::support::{TestApp, anyone, test_apps};
use super::hall::*;
use super::sent_on::with_a_second_hall;

pub fn ending() -> Ending {
    Ending {
        actor: Actor::Operator,
        reason: PlainWords::parse("本人持证到窗口").unwrap(),
        telling: Telling::Now,
        at_desk: None,
    }
}

async fn release(test: &TestApp, booked: &Booked) -> Result<(), Error> {
    releasing::release(&test.app, &[&BOOKABLE], booked.reference, &ending(), test.now()).await
}

/// Whether couple 1 can book elsewhere.
async fn can_book(test: &TestApp) -> bool {
    let slot = test.free_slot("demo-hill", "2026-05-19").await.id;
    let held = hold::take(&test.app, &BOOKABLE, slot, anyone(), test.now()).await.unwrap();
    book(&test.app, &people::couple(1, &held), None, test.now()).await.is_ok()
}

#[tokio::test]
async fn who_waits_is_called_or_served_with_it_has_left_and_no_counter_keeps_them() {
    for acts in 0..4 {
        for test in test_apps(setup()).await {
            let booked = booked(&test, 1, 0).await;
            clock(&test, "09:05:00");
            let (clerk, window) = (clerk(&test, 1).await, windows(&test).await[0]);
            let id = arrived(&test, &clerk, &booked).await;
            if acts > 0 {
                assert_eq!(called(&test, &clerk, window).await, id);
            }
            if acts > 1 {
                act(&test, &clerk, &id, Act::Serve).await.unwrap();
            }
            if acts > 2 {
                act(&test, &clerk, &id, Act::Park).await.unwrap();
            }
            let document = IdDocument::parse(IdType::ResidentId, &person(1, Sex::Female).id_number).unwrap();
            let found = disowned::find(&test.app, &clerk, (&document, None), test.now()).await.unwrap();
            assert_eq!(found[0].visit, row(&test, &id).await.state.kind(), "the clerk knows that somebody is there");
            let why = (PlainWords::parse("本人持证到窗口").unwrap(), Telling::Now);
            disowned::release(&test.app, &clerk, &found[0].claim, why, test.now()).await.unwrap();

            let left = row(&test, &id).await;
            assert_eq!((left.state.kind(), left.undoable), (StateName::Left, None));
            let undone = undo(&test, &clerk, &id).await.unwrap_err();
            assert_eq!(undone.refusal(), Some(NotBooked::BookingEnded), "nobody comes back to it");
            assert_eq!(number(&test.app, "select count(*) from open_call").await, 0);
            let next = ticket(&test, &clerk).await.unwrap();
            assert_eq!(called(&test, &clerk, window).await, next.visit, "the counter is free");
            assert!(can_book(&test).await);
            holds(&test).await;
        }
    }
}

#[tokio::test]
async fn what_was_served_is_not_released_and_the_clerk_reads_what_to_do() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        clock(&test, "09:05:00");
        let (clerk, window) = (clerk(&test, 1).await, windows(&test).await[0]);
        arrived(&test, &clerk, &booked).await;
        let id = called(&test, &clerk, window).await;
        register(&test, &clerk, &id).await;
        assert_eq!(refused(release(&test, &booked).await), Refusal::ServedAlready);
        assert_eq!(row(&test, &id).await.state.kind(), StateName::Finished);
        assert_eq!(number(&test.app, "select count(*) from appointment where released = 1").await, 0);
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_booking_that_was_missed_is_released_and_its_visit_stays_as_it_was() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        clock(&test, "09:30:00");
        let clerk = clerk(&test, 1).await;
        let id = visit_of(&booked);
        act(&test, &clerk, &id, Act::NoShow).await.unwrap();
        assert!(!can_book(&test).await);
        release(&test, &booked).await.unwrap();
        assert!(can_book(&test).await);
        let missed = row(&test, &id).await;
        assert_eq!((missed.state.kind(), missed.undoable), (StateName::NoShow, None));
        let undone = undo(&test, &clerk, &id).await.unwrap_err();
        assert_eq!(undone.refusal(), Some(NotBooked::BookingEnded));
        holds(&test).await;
    }
}

#[tokio::test]
async fn it_is_no_act_that_a_counter_can_take() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        clock(&test, "09:05:00");
        let clerk = clerk(&test, 1).await;
        let id = arrived(&test, &clerk, &booked).await;
        assert!(act(&test, &clerk, &id, Act::Release).await.is_err());
        assert!(!row(&test, &id).await.state.kind().acts().contains(&ActName::Release));
        release(&test, &booked).await.unwrap();
        let history =
            "select count(*) from audit where stream like 'visit:%' and act = 'release' and actor = 'operator'";
        assert_eq!(number(&test.app, history).await, 1);
        holds(&test).await;
    }
}

/// A couple is checked in, or called, while the desk releases its booking: nobody is left that no counter would call.
#[tokio::test(flavor = "multi_thread")]
async fn a_release_and_a_check_in_at_once_leave_no_ghost_on_the_sheet() {
    for test in test_apps(setup()).await {
        let mut bookings = Vec::new();
        for n in 0..9 {
            bookings.push(booked(&test, n, n / 3).await);
        }
        clock(&test, "09:05:00");
        let clerk = clerk(&test, 1).await;
        for booked in &bookings {
            let (arrived, released) = tokio::join!(arrive(&test, &clerk, booked.reference), release(&test, booked));
            released.unwrap();
            if let Err(error) = arrived {
                assert_eq!(error.refusal(), Some(NotBooked::BookingEnded));
            }
        }
        let sheet = sheet(&test).await;
        assert!(sheet.visits.iter().all(|row| row.state.kind() == StateName::Left), "{:?}", sheet.visits);
        holds(&test).await;
    }
}

/// A couple that was sent on to the second hall of the office: its visit, and the one that goes on there.
async fn sent_on(test: &TestApp, clerk: &Staff) -> (Booked, VisitId) {
    with_a_second_hall(test).await;
    let booked = booked(test, 1, 0).await;
    clock(test, "09:05:00");
    let id = arrived(test, clerk, &booked).await;
    let there = Elsewhere { place: PlaceId::parse("nanshan-two").unwrap(), service: SERVICE };
    act(test, clerk, &id, Act::Redirect(there)).await.unwrap();
    let new = sheet(test).await.visits.into_iter().find(|row| row.walk_in).unwrap();
    (booked, new.id)
}

async fn found(test: &TestApp, clerk: &Staff) -> StateName {
    let document = IdDocument::parse(IdType::ResidentId, &person(1, Sex::Female).id_number).unwrap();
    disowned::find(&test.app, clerk, (&document, None), test.now()).await.unwrap()[0].visit
}

#[tokio::test]
async fn who_was_sent_on_within_the_office_leaves_with_the_booking_too() {
    for test in test_apps(setup()).await {
        let clerk = clerk(&test, 1).await;
        let (booked, new) = sent_on(&test, &clerk).await;
        assert_eq!(found(&test, &clerk).await, StateName::Arrived, "the clerk knows that somebody is there");
        release(&test, &booked).await.unwrap();
        assert_eq!(row(&test, &visit_of(&booked)).await.state.kind(), StateName::Redirected);
        let left = row(&test, &new).await;
        assert_eq!((left.state.kind(), left.undoable), (StateName::Left, None));
        let undone = undo(&test, &clerk, &new).await.unwrap_err();
        assert_eq!(undone.refusal(), Some(NotBooked::BookingEnded), "nobody comes back to it");
        assert!(can_book(&test).await);
        holds(&test).await;
    }
}

#[tokio::test]
async fn who_was_sent_on_and_served_there_is_not_released() {
    for test in test_apps(setup()).await {
        let (clerk, window) = (clerk(&test, 1).await, windows(&test).await[0]);
        let (booked, new) = sent_on(&test, &clerk).await;
        assert_eq!(called(&test, &clerk, window).await, new);
        register(&test, &clerk, &new).await;
        assert_eq!(found(&test, &clerk).await, StateName::Finished);
        assert_eq!(refused(release(&test, &booked).await), Refusal::ServedAlready);
        holds(&test).await;
    }
}
