//! Hours that an office changes: what is published follows, and nobody who is booked is moved.

use server::appointments::booking::{cancel, find};
use server::appointments::closure::Seen;
use server::appointments::hold;
use server::appointments::hours::{Effect, Outcome, PlanChange};
use server::appointments::publish;
use server::counter::hours;
use server::database::sql::{sql, text};
use server::marriage::BOOKABLE;
use server::staff::authority::Staff;
use shared::appointments::SlotView;
use shared::appointments::opening::Hours;
use shared::calendar::shanghai;
use shared::localised::Localised;
use shared::marriage::SERVICE;
use shared::places::PlaceId;
use shared::problem::Problem;
use shared::staff::Role;

use super::super::support::{TestApp, anyone, test_apps};
use super::hall::*;

pub const FRIDAY: &str = "2026-05-15";
pub const SATURDAY: &str = "2026-05-16";

fn place() -> PlaceId {
    PlaceId::parse("nanshan").unwrap()
}

pub fn hours_of(weekdays: &[u32], starts: u32, ends: u32, capacity: u32) -> Hours {
    Hours { weekdays: weekdays.to_vec(), starts, ends, slot_minutes: 15, capacity }
}

/// Mornings only, from a day on.
pub fn mornings(from: &str) -> PlanChange {
    PlanChange::Week { from: from.parse().unwrap(), hours: vec![hours_of(&[1, 2, 3, 4, 5], 540, 660, 3)] }
}

async fn plan(test: &TestApp, by: &Staff) -> String {
    hours::planned(&test.app, by, (&place(), &SERVICE), test.now()).await.unwrap().plan.seen()
}

pub async fn preview(test: &TestApp, by: &Staff, change: &PlanChange) -> Result<Effect, server::Error> {
    hours::preview(&test.app, by, (&place(), &SERVICE), change, test.now()).await
}

async fn apply(test: &TestApp, by: &Staff, change: PlanChange, read: String, seen: Seen) -> Outcome {
    hours::change(&test.app, by, (&place(), &SERVICE), (change, read, seen), false, test.now()).await.unwrap()
}

/// Looks and changes.
pub async fn make(test: &TestApp, by: &Staff, change: PlanChange) -> Effect {
    let effect = preview(test, by, &change).await.unwrap();
    let read = plan(test, by).await;
    assert_eq!(apply(test, by, change, read, effect.seen()).await, Outcome::Made);
    effect
}

/// When the times of a day begin.
pub async fn starts(test: &TestApp, date: &str) -> Vec<String> {
    let slots: Vec<SlotView> = test.slots("nanshan", date).await;
    slots.iter().map(|slot| shanghai(slot.starts_at.to_utc()).format("%H:%M").to_string()).collect()
}

pub async fn last_act(test: &TestApp) -> (String, String) {
    let statement = "select act, actor from audit where stream = 'place:nanshan' order by sequence desc limit 1";
    let row = sql(statement, []).fetch_one(&mut test.connection().await).await.unwrap();
    (text(&row, "act").unwrap(), text(&row, "actor").unwrap())
}

#[tokio::test]
async fn hours_hold_from_their_day_on_and_a_booking_outside_them_stays() {
    for test in test_apps(setup()).await {
        let afternoon = booked_on(&test, 1, ("nanshan", FRIDAY), 20).await;
        let manager = manager(&test, 1).await;
        let change = mornings(FRIDAY);
        let effect = preview(&test, &manager, &change).await.unwrap();
        let references: Vec<_> = effect.bookings.iter().map(|booking| booking.reference).collect();
        assert_eq!((references, effect.times_new), (vec![afternoon.reference], 0));
        assert_eq!(effect.days.len(), 14);
        assert_eq!((effect.days[0].times, effect.days[0].places, effect.days[0].changes), (8, 24, true));
        assert_eq!((effect.days[1].times, effect.days[1].changes), (0, false), "a Saturday as before");
        let told = test.messages().await.len();
        make(&test, &manager, change).await;
        assert_eq!(test.messages().await.len(), told, "nobody is told, since nothing becomes of their booking");
        assert_eq!(starts(&test, DAY).await.len(), 26, "the day before is as it was");
        assert_eq!(starts(&test, FRIDAY).await.len(), 8);
        assert_eq!(starts(&test, FRIDAY).await.last().unwrap(), "10:45");
        publish::publish(&test.app, test.now()).await.unwrap();
        assert_eq!(starts(&test, FRIDAY).await.len(), 8);
        let holder = find::by_token(&test.app, afternoon.reference, &afternoon.manage_token).await.unwrap();
        cancel::cancel(&test.app, &BOOKABLE, &holder, test.now()).await.unwrap();
        test.wait(chrono::TimeDelta::hours(2));
        assert_eq!(starts(&test, FRIDAY).await.len(), 8, "its place does not come back");
        test.set_clock("2026-07-13T10:00:00+08:00");
        publish::publish(&test.app, test.now()).await.unwrap();
        assert_eq!(starts(&test, "2026-07-15").await.len(), 8, "days to come follow the new hours");
        let by = format!("staff:{}", manager.person());
        assert_eq!(last_act(&test).await, ("hours_changed".to_owned(), by));
        holds(&test).await;
    }
}

#[tokio::test]
async fn new_times_are_published_at_once_and_fewer_places_keep_who_is_booked() {
    for test in test_apps(setup()).await {
        for n in 1..=2 {
            booked_on(&test, n, ("nanshan", FRIDAY), 0).await;
        }
        let manager = manager(&test, 1).await;
        let lines = vec![hours_of(&[1, 2, 3, 4, 5], 540, 720, 1), hours_of(&[6], 540, 600, 2)];
        let effect = make(&test, &manager, PlanChange::Week { from: FRIDAY.parse().unwrap(), hours: lines }).await;
        assert_eq!(effect.bookings.len(), 1, "one of the two is over the new number");
        let friday = test.slots("nanshan", FRIDAY).await;
        assert_eq!((friday.len(), friday[0].capacity, friday[0].remaining), (12, 2, 0));
        assert_eq!((friday[1].capacity, friday[1].remaining), (1, 1));
        assert_eq!(starts(&test, SATURDAY).await, ["09:00", "09:15", "09:30", "09:45"]);
        holds(&test).await;
    }
}

#[tokio::test]
async fn of_two_managers_the_slower_changes_nothing_and_so_does_who_has_not_seen_the_effect() {
    for test in test_apps(setup()).await {
        let (first, second) = (manager(&test, 1).await, manager(&test, 2).await);
        let read = plan(&test, &first).await;
        let effect = preview(&test, &first, &mornings(FRIDAY)).await.unwrap();
        let blind = apply(&test, &first, mornings(FRIDAY), read.clone(), Seen::parse("guess")).await;
        assert_eq!(blind, Outcome::Unseen(effect.clone()));
        booked_on(&test, 1, ("nanshan", FRIDAY), 20).await;
        let stale = apply(&test, &first, mornings(FRIDAY), read.clone(), effect.seen()).await;
        let Outcome::Unseen(effect) = stale else { panic!("{stale:?}") };
        assert_eq!(effect.bookings.len(), 1);
        make(&test, &second, mornings("2026-06-01")).await;
        assert_eq!(apply(&test, &first, mornings(FRIDAY), read, effect.seen()).await, Outcome::Overtaken);
        assert_eq!(starts(&test, FRIDAY).await.len(), 26);
    }
}

#[tokio::test]
async fn hours_that_were_to_begin_are_given_up_and_what_was_published_is_as_before() {
    for test in test_apps(setup()).await {
        let manager = manager(&test, 1).await;
        let before = test.slots("nanshan", FRIDAY).await;
        make(&test, &manager, mornings(FRIDAY)).await;
        let from = FRIDAY.parse().unwrap();
        make(&test, &manager, PlanChange::GiveUp { from }).await;
        assert_eq!(test.slots("nanshan", FRIDAY).await, before);
        let gone = preview(&test, &manager, &PlanChange::GiveUp { from }).await;
        assert!(matches!(gone, Err(server::Error::Problem(Problem::Fields(_)))), "{gone:?}");
    }
}

#[tokio::test]
async fn a_change_ends_where_the_next_one_begins() {
    for test in test_apps(setup()).await {
        let manager = manager(&test, 1).await;
        let all_day = vec![hours_of(&[1, 2, 3, 4, 5], 540, 600, 1)];
        make(&test, &manager, PlanChange::Week { from: "2026-05-19".parse().unwrap(), hours: all_day }).await;
        let effect = make(&test, &manager, mornings(FRIDAY)).await;
        assert_eq!(effect.times_gone, 36, "18 times on the Friday and on the Monday");
        assert_eq!(starts(&test, "2026-05-18").await.len(), 8);
        assert_eq!(starts(&test, "2026-05-19").await.len(), 4);
    }
}

#[tokio::test]
async fn free_places_and_holds_that_come_and_go_are_no_reason_to_look_again() {
    for test in test_apps(setup()).await {
        let manager = manager(&test, 1).await;
        let hold = async || {
            let slot = test.slots("nanshan", FRIDAY).await[20].id;
            hold::take(&test.app, &BOOKABLE, slot, anyone(), test.now()).await.unwrap();
        };
        hold().await;
        let (read, effect) = (plan(&test, &manager).await, preview(&test, &manager, &mornings(FRIDAY)).await.unwrap());
        hold().await;
        assert_eq!(apply(&test, &manager, mornings(FRIDAY), read, effect.seen()).await, Outcome::Made);
    }
}

#[tokio::test]
async fn hours_are_changed_by_who_manages_the_place_and_never_for_a_day_that_has_begun() {
    for test in test_apps(setup()).await {
        let (manager, clerk) = (manager(&test, 1).await, clerk(&test, 2).await);
        let stranger = staff_at(&test, 3, Role::OfficeManager, "demo-bay").await;
        for other in [&clerk, &stranger] {
            let there = (&place(), &SERVICE);
            let change = (mornings(FRIDAY), String::new(), Seen::parse(""));
            let refused = [
                hours::planned(&test.app, other, there, test.now()).await.map(drop),
                preview(&test, other, &mornings(FRIDAY)).await.map(drop),
                hours::change(&test.app, other, there, change, false, test.now()).await.map(drop),
            ];
            for outcome in refused {
                assert!(matches!(outcome, Err(server::Error::Problem(Problem::NotFound))), "{outcome:?}");
            }
        }
        for day in ["2026-05-13", "2026-05-12"] {
            let outcome = preview(&test, &manager, &mornings(day)).await;
            assert!(matches!(outcome, Err(server::Error::Problem(Problem::Fields(_)))), "{outcome:?}");
        }
    }
}

#[tokio::test]
async fn a_change_that_is_written_after_midnight_touches_no_day_that_has_begun_meanwhile() {
    for test in test_apps(setup()).await {
        let manager = manager(&test, 1).await;
        test.set_clock("2026-05-13T23:59:59+08:00");
        let (asked_at, change) = (test.now(), mornings("2026-05-14"));
        let (effect, read) = (preview(&test, &manager, &change).await.unwrap(), plan(&test, &manager).await);
        let before = starts(&test, "2026-05-14").await;
        test.set_clock("2026-05-14T00:00:00+08:00");
        let pressed = (change, read, effect.seen());
        let written = hours::change(&test.app, &manager, (&place(), &SERVICE), pressed, false, asked_at).await;
        assert!(matches!(written, Err(server::Error::Problem(Problem::Fields(_)))), "{written:?}");
        assert_eq!(starts(&test, "2026-05-14").await, before);
    }
}

#[tokio::test]
async fn a_day_that_is_too_far_away_is_refused_before_anything_is_done_for_the_days_until_then() {
    for test in test_apps(setup()).await {
        let manager = manager(&test, 1).await;
        for date in ["9999-12-31".parse().unwrap(), "2027-05-16".parse().unwrap(), chrono::NaiveDate::MAX] {
            let reason = Localised::new("520 加开", "Open for 520");
            for change in [
                PlanChange::GiveUp { from: date },
                PlanChange::Ordinary { date },
                PlanChange::Reopen { from: date, to: date },
                PlanChange::Like { date, weekday: 1, reason: reason.clone() },
                PlanChange::Week { from: date, hours: vec![hours_of(&[1], 540, 660, 3)] },
            ] {
                let outcome = preview(&test, &manager, &change).await;
                assert!(matches!(outcome, Err(server::Error::Problem(Problem::Fields(_)))), "{change:?}: {outcome:?}");
            }
        }
    }
}

#[tokio::test]
async fn days_that_the_job_has_published_meanwhile_follow_too() {
    for test in test_apps(setup()).await {
        let manager = manager(&test, 1).await;
        publish::publish(&test.app, test.now() + chrono::TimeDelta::days(7)).await.unwrap();
        make(&test, &manager, mornings(FRIDAY)).await;
        let as_before = "select count(*) from (select date from slot where place_id = 'nanshan' and capacity > 0 \
             and service = 'marriage_registration' and date >= '2026-05-15' group by date having count(*) > 8) as longer";
        assert_eq!(super::hall::number(&test.app, as_before).await, 0);
        holds(&test).await;
    }
}

#[tokio::test]
async fn who_is_booked_is_served_until_when_they_were_told() {
    for test in test_apps(setup()).await {
        booked_on(&test, 1, ("nanshan", FRIDAY), 0).await;
        let manager = manager(&test, 1).await;
        let hours = vec![Hours { slot_minutes: 30, ..hours_of(&[1, 2, 3, 4, 5], 540, 720, 3) }];
        make(&test, &manager, PlanChange::Week { from: FRIDAY.parse().unwrap(), hours }).await;
        let slots = test.slots("nanshan", FRIDAY).await;
        let minutes: Vec<_> = slots[..2].iter().map(|slot| (slot.ends_at - slot.starts_at).num_minutes()).collect();
        assert_eq!(minutes, [15, 30]);
    }
}
