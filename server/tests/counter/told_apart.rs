//! By what those who hold a booking could tell that the office has ended it, at the desk and on the phone: each control is a booking
//! that reads so and that nobody has ended.

use chrono::TimeDelta;
use server::appointments::booking::release::Telling;
use server::appointments::booking::withheld::Guise;
use server::appointments::booking::{Booked, cancel, find as find_booking};
use server::appointments::hold;
use server::counter::acting::{self, Acting};
use server::counter::day::closing;
use server::counter::disowned::{self, Found, ReadAs};
use server::counter::for_people::{self, For};
use server::counter::own_data::{self, Named};
use server::counter::{By, Kiosk, check_in};
use server::jobs;
use server::marriage::{BOOKABLE, Couple};
use server::outbox::sending;
use server::staff::authority::Staff;
use shared::counter::{Act, Ended, Refusal, StateName, Step, UNDO_WITHIN};
use shared::identity::{IdDocument, IdType, Sex};
use shared::locale::Locale;
use shared::plain_words::PlainWords;
use shared::problem::Problem;

use super::super::support::people::{self, person};
use super::super::support::{TestApp, anyone, test_apps};
use super::acts::province;
use super::hall::*;
use super::second_victim::with_a_control;

fn card(n: usize, sex: Sex) -> IdDocument {
    IdDocument::parse(IdType::ResidentId, &person(n, sex).id_number).unwrap()
}

async fn found(test: &TestApp, by: &Staff, n: usize, sex: Sex) -> Vec<Found> {
    disowned::find(&test.app, by, (&card(n, sex), None), test.now()).await.unwrap()
}

async fn end(test: &TestApp, by: &Staff, found: &Found, telling: Telling) {
    let why = (PlainWords::parse("本人单独说有危险").unwrap(), telling);
    disowned::release(&test.app, by, &found.claim, why, test.now()).await.unwrap();
}

async fn unseen(test: &TestApp, by: &Staff, n: usize) {
    let found = found(test, by, n, Sex::Female).await;
    end(test, by, &found[0], Telling::Never).await;
}

#[tokio::test]
async fn who_comes_back_with_a_visit_that_was_ended_unseen_is_told_nothing_and_the_clerk_what_to_say() {
    let there = || Act::Redirect(province());
    for before in [None, Some(Act::Left), Some(Act::NoShow), Some(there())] {
        for test in test_apps(setup()).await {
            let [ended, control] = [booked(&test, 1, 0).await, booked(&test, 2, 0).await];
            clock(&test, "09:05:00");
            let clerk = clerk(&test, 1).await;
            for one in [&ended, &control] {
                if before != Some(Act::NoShow) {
                    arrived(&test, &clerk, one).await;
                }
                if let Some(before) = &before {
                    act(&test, &clerk, &visit_of(one), before.clone()).await.unwrap();
                }
            }
            unseen(&test, &clerk, 1).await;
            if before.is_none() {
                act(&test, &clerk, &visit_of(&control), Act::Left).await.unwrap();
            }
            let [theirs, others] = [row(&test, &visit_of(&ended)).await, row(&test, &visit_of(&control)).await];
            assert_eq!((theirs.state.kind(), theirs.comes_back), (others.state.kind(), true), "{before:?}");
            assert!(others.comes_back, "{before:?}");
            let kiosk = By::Kiosk(Kiosk { id: "door".to_owned(), office: nanshan() });
            for one in [&ended, &control] {
                let typed = one.reference.to_string();
                let over = refused(check_in::by_reference(&test.app, &kiosk, &nanshan(), &typed, test.now()).await);
                assert_eq!(over, Refusal::Over { state: theirs.state.kind() });
            }
            let pressed = refused(act(&test, &clerk, &visit_of(&ended), Act::Arrive).await);
            assert_eq!(pressed, Refusal::EndedUntold, "{before:?}");
            assert_eq!(refused(arrive(&test, &clerk, ended.reference).await), Refusal::EndedUntold, "{before:?}");
            let back = arrive(&test, &clerk, control.reference).await.unwrap();
            assert_eq!(back.row.state.kind(), StateName::Arrived, "{before:?}");
            assert_eq!(row(&test, &visit_of(&ended)).await.state, theirs.state);
            holds(&test).await;
        }
    }
}

#[tokio::test]
async fn on_a_day_that_is_closed_one_that_was_ended_unseen_reads_as_its_control_at_the_desk_and_at_a_kiosk() {
    for guise in [Guise::VisitOver, Guise::Standing] {
        for test in test_apps(setup()).await {
            let ([ended, control], by) = with_a_control(&test, guise).await;
            unseen(&test, &by, 1).await;
            clock(&test, "17:30:00");
            let (manager, day) = (manager(&test, 2).await, DAY.parse().unwrap());
            let version = sheet(&test).await.version;
            let (here, why) = (nanshan(), Some(reason()));
            closing::close(&test.app, &manager, &here, (day, version), why, test.now()).await.unwrap();
            let kiosk = By::Kiosk(Kiosk { id: "door".to_owned(), office: nanshan() });
            for hand in [&By::Staff(by.clone()), &kiosk] {
                let read = async |one: &Booked| {
                    let typed = one.reference.to_string();
                    refused(check_in::by_reference(&test.app, hand, &nanshan(), &typed, test.now()).await)
                };
                let (theirs, others) = (read(&ended).await, read(&control).await);
                assert_eq!(theirs, others, "{guise:?}");
            }
            assert_eq!(refused(arrive(&test, &by, ended.reference).await), Refusal::DayClosed { date: day });
            holds(&test).await;
        }
    }
}

#[tokio::test]
async fn what_was_put_right_before_it_was_ended_unseen_comes_back_no_more_than_its_control() {
    for test in test_apps(setup()).await {
        let [ended, control] = [booked(&test, 1, 0).await, booked(&test, 2, 0).await];
        clock(&test, "09:05:00");
        let (clerk, manager) = (clerk(&test, 1).await, manager(&test, 2).await);
        for one in [&ended, &control] {
            arrived(&test, &clerk, one).await;
            act(&test, &clerk, &visit_of(one), Act::Left).await.unwrap();
        }
        test.wait(UNDO_WITHIN);
        for one in [&ended, &control] {
            let (step, id) = (Step::Act(Act::Correct { to: Ended::NoShow }), visit_of(one));
            let version = row(&test, &id).await.version;
            let acting = Acting { version, press: press(), step, reason: Some(reason()) };
            acting::act(&test.app, &manager, &id, acting, test.now()).await.unwrap();
        }
        unseen(&test, &clerk, 1).await;
        for one in [&ended, &control] {
            assert!(!row(&test, &visit_of(one)).await.comes_back);
            let over = Refusal::Over { state: StateName::NoShow };
            assert_eq!(refused(arrive(&test, &clerk, one.reference).await), over);
            assert_eq!(refused(act(&test, &clerk, &visit_of(one), Act::Arrive).await), over);
        }
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_visit_that_they_know_the_office_has_ended_is_over_at_the_desk_too() {
    for test in test_apps(setup()).await {
        let ended = booked(&test, 1, 0).await;
        clock(&test, "09:05:00");
        let clerk = clerk(&test, 1).await;
        let id = arrived(&test, &clerk, &ended).await;
        let theirs = found(&test, &clerk, 1, Sex::Female).await;
        end(&test, &clerk, &theirs[0], Telling::Now).await;
        assert!(!row(&test, &id).await.comes_back);
        let over = refused(arrive(&test, &clerk, ended.reference).await);
        assert_eq!(over, Refusal::Over { state: StateName::Left });
        holds(&test).await;
    }
}

/// What a clerk reads who would cancel, move or put right a booking for whoever calls or stands there.
async fn refusals(test: &TestApp, by: &Staff, (booked, n): (&Booked, usize)) -> [Problem; 3] {
    let (id, from) = (visit_of(booked), booked.record.slot);
    let to = test.free_slot("nanshan", "2026-05-20").await.id;
    let cancelled = for_people::cancel(&test.app, by, &id, &press(), test.now()).await;
    let moved = for_people::move_to(&test.app, by, &id, (from, to, &press()), test.now()).await;
    let named = Named { document: card(n, Sex::Male), born: None, mistyped: None };
    let kept = own_data::find(&test.app, by, &named, test.now()).await.unwrap().remove(0);
    let put_right = own_data::review(&test.app, by, (&kept.claim, "演正名", ""), test.now()).await.map(drop);
    [cancelled, moved, put_right].map(|outcome| outcome.unwrap_err().into_problem())
}

#[tokio::test]
async fn what_reads_as_called_off_or_over_is_refused_as_any_that_is_and_what_stands_in_words_that_the_form_names() {
    for guise in [Guise::Cancelled, Guise::VisitOver, Guise::Standing] {
        for test in test_apps(setup()).await {
            let ([ended, control], by) = with_a_control(&test, guise).await;
            let theirs = found(&test, &by, 1, Sex::Female).await;
            assert_eq!(theirs[0].read_as, ReadAs::Standing(guise));
            end(&test, &by, &theirs[0], Telling::Never).await;
            if guise == Guise::Cancelled {
                let holder = find_booking::by_token(&test.app, control.reference, &control.manage_token).await.unwrap();
                cancel::cancel(&test.app, &BOOKABLE, &holder, test.now()).await.unwrap();
            }
            let said = refusals(&test, &by, (&ended, 1)).await;
            if guise == Guise::Standing {
                assert!(said.iter().all(|problem| problem.refusal() == Some(Refusal::EndedUntold)), "{said:?}");
            } else {
                assert_eq!(said, refusals(&test, &by, (&control, 2)).await, "{guise:?}");
            }
            holds(&test).await;
        }
    }
}

#[tokio::test]
async fn the_second_of_two_has_a_wish_of_their_own_also_once_an_office_has_booked_one_of_them_again() {
    for test in test_apps(setup()).await {
        booked(&test, 1, 8).await;
        clock(&test, "08:30:00");
        let by = clerk(&test, 1).await;
        let hers = found(&test, &by, 1, Sex::Female).await;
        end(&test, &by, &hers[0], Telling::After(TimeDelta::hours(24))).await;

        let slot = test.free_slot("nanshan", "2026-05-18").await.id;
        let held = hold::take(&test.app, &BOOKABLE, slot, anyone(), test.now()).await.unwrap();
        let parties = people::request([person(1, Sex::Male), person(7, Sex::Female)], &held).parties;
        let who = For { people: Box::new(Couple(parties)), locale: Locale::Zh, seen: true };
        for_people::book(&test.app, &by, &BOOKABLE, (slot, &press()), who, test.now()).await.unwrap();

        assert!(found(&test, &by, 1, Sex::Female).await.is_empty(), "she has said it already");
        let his = found(&test, &by, 1, Sex::Male).await;
        let of_that_day: Vec<_> = his.iter().filter(|found| found.date.to_string() == DAY).collect();
        assert_eq!((his.len(), of_that_day.len()), (2, 1), "what he was booked for since, and what she had ended");
        assert_eq!(of_that_day[0].read_as, ReadAs::Standing(Guise::Standing));
        end(&test, &by, of_that_day[0], Telling::Never).await;
        holds(&test).await;
        test.wait(TimeDelta::hours(25));
        jobs::round(&test.app, test.now()).await.unwrap();
        sending::send_due(&test.app).await.unwrap();
        let released = test.messages().await.iter().filter(|posted| posted.kind == "booking_released").count();
        assert_eq!(released, 0, "he wishes that nobody is told");
        holds(&test).await;
    }
}
