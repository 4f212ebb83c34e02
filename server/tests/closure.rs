//! Closing days and cutting places over people who are already booked.

use server::Error;
use server::appointments::booking::{Booked, find, reschedule, view};
use server::appointments::closure::{self, ClosureError, Kind, Made, Seen, SlotChange};
use server::appointments::hold::{self, Hold};
use server::appointments::{month, point, publish};
use server::audit::Actor;
use server::counter::offered;
use server::database::sql::sql;
use server::marriage::BOOKABLE;
use server::outbox::sending;
use shared::appointments::{AppointmentState, Refusal, SlotState};
use shared::localised::Localised;
use shared::marriage::SERVICE;
use shared::places::PlaceId;

use super::support::people::{self, book};
use super::support::{Setup, TestApp, anyone, test_apps};

fn change(kind: Kind) -> SlotChange {
    SlotChange {
        place: PlaceId::parse("nanshan").unwrap(),
        service: SERVICE,
        from: "2026-05-19".parse().unwrap(),
        to: "2026-05-19".parse().unwrap(),
        kind,
        reason: Localised::new("停电检修", "Power cut"),
    }
}

/// As an operator does who has seen what it means.
async fn apply(test: &TestApp, change: SlotChange, seen: Seen) -> Result<Made, ClosureError> {
    offered::make(&test.app, &BOOKABLE, (change, Actor::Operator), seen, test.now()).await
}

async fn book_first(test: &TestApp, n: usize) -> Booked {
    let slot = test.free_slot("nanshan", "2026-05-19").await;
    let asking = anyone();
    let hold = hold::take(&test.app, &BOOKABLE, slot.id, asking, test.now()).await.unwrap();
    book(&test.app, &people::couple(n, &hold), None, test.now()).await.unwrap()
}

fn without_codes() -> Setup {
    Setup { phone_codes: false, ..Setup::default() }
}

#[tokio::test]
async fn a_closure_is_refused_until_its_effect_was_seen_and_refused_again_when_it_changed() {
    for test in test_apps(without_codes()).await {
        let booked = book_first(&test, 1).await;
        let blind = apply(&test, change(Kind::Close), Seen::parse("guess")).await;
        let Err(ClosureError::Unseen(effect)) = blind else { panic!("{blind:?}") };
        assert_eq!(effect.bookings.len(), 1);
        assert_eq!(effect.bookings[0].reference, booked.reference);

        book_first(&test, 2).await;
        let stale = apply(&test, change(Kind::Close), effect.seen()).await;
        let Err(ClosureError::Unseen(effect)) = stale else { panic!("{stale:?}") };
        assert_eq!(effect.bookings.len(), 2);

        apply(&test, change(Kind::Close), effect.seen()).await.unwrap();
        let slots = test.slots("nanshan", "2026-05-19").await;
        assert!(slots.iter().all(|slot| slot.state == SlotState::Closed));
        let asking = anyone();
        let late = hold::take(&test.app, &BOOKABLE, slots[0].id, asking, test.now()).await;
        assert!(matches!(&late, Err(error) if error.refusal() == Some(Refusal::SlotClosed)), "{late:?}");
    }
}

#[tokio::test]
async fn what_was_seen_of_one_day_at_one_place_closes_no_other_that_hits_as_many() {
    for test in test_apps(without_codes()).await {
        let seen = closure::preview(&test.app, &change(Kind::Close), test.now()).await.unwrap().seen();
        let day = "2026-05-20".parse().unwrap();
        let elsewhere = PlaceId::parse("demo-bay").unwrap();
        for other in [
            SlotChange { from: day, to: day, ..change(Kind::Close) },
            SlotChange { place: elsewhere, ..change(Kind::Close) },
        ] {
            let unseen = apply(&test, other, seen.clone()).await;
            assert!(matches!(unseen, Err(ClosureError::Unseen(_))), "{unseen:?}");
        }
        apply(&test, change(Kind::Close), seen).await.unwrap();
    }
}

async fn close(test: &TestApp) {
    let effect = closure::preview(&test.app, &change(Kind::Close), test.now()).await.unwrap();
    apply(test, change(Kind::Close), effect.seen()).await.unwrap();
}

async fn hold_on(test: &TestApp, date: &str) -> Hold {
    let slot = test.free_slot("nanshan", date).await;
    let asking = anyone();
    hold::take(&test.app, &BOOKABLE, slot.id, asking, test.now()).await.unwrap()
}

#[tokio::test]
async fn whoever_is_booked_on_a_day_that_closes_is_told_and_may_move_past_the_cut_off() {
    for test in test_apps(without_codes()).await {
        let booked = book_first(&test, 1).await;
        let holder = find::by_token(&test.app, booked.reference, &booked.manage_token).await.unwrap();
        // On the eve the cut-off has passed: only because the registry closed may the couple still move.
        test.set_clock("2026-05-18T20:00:00+08:00");
        close(&test).await;

        let view = view::view(&test.app, &BOOKABLE, &holder, test.now()).await.unwrap();
        assert_eq!(view.state, AppointmentState::Booked);
        assert_eq!(view.closed, Some(Localised::new("停电检修", "Power cut")));
        let told: Vec<_> = view.messages.iter().filter(|posted| posted.kind == "booking_day_closed").collect();
        assert_eq!(told.len(), 2, "one message for each phone");
        assert!(told[0].message.text.contains("停电检修") && told[0].message.text.contains("/m/"));

        test.set_clock("2026-05-19T10:00:00+08:00");
        let slot = test.free_slot("nanshan", "2026-05-21").await;
        let to = reschedule::hold(&test.app, &BOOKABLE, &holder, slot.id, test.now()).await.unwrap();
        let to = (&to.id, to.token.reveal());
        reschedule::reschedule(&test.app, &BOOKABLE, &holder, to, test.now()).await.unwrap();
        let view = view::view(&test.app, &BOOKABLE, &holder, test.now()).await.unwrap();
        assert_eq!((view.starts_at, view.closed), (slot.starts_at.to_utc(), None));
    }
}

#[tokio::test]
async fn whoever_was_told_twice_within_a_day_is_told_no_third_time_and_whoever_closes_sees_so_first() {
    for test in test_apps(without_codes()).await {
        book_first(&test, 1).await;
        let told = async || {
            let rows = sql("select kind from outbox where kind = 'booking_day_closed'", []);
            rows.fetch_all(&mut test.connection().await).await.unwrap().len()
        };
        for (untold, texts) in [(0, 2), (0, 4), (1, 4)] {
            let effect = closure::preview(&test.app, &change(Kind::Close), test.now()).await.unwrap();
            assert_eq!((effect.bookings.len(), effect.untold), (1, untold));
            apply(&test, change(Kind::Close), effect.seen()).await.unwrap();
            assert_eq!(told().await, texts);
            test.app.database().write_with((), open_again).await.unwrap();
            test.wait(chrono::TimeDelta::minutes(1));
        }
        test.wait(chrono::TimeDelta::hours(24));
        close(&test).await;
        assert_eq!(told().await, 6, "a day later they are told again");
    }
}

#[tokio::test]
async fn texts_that_were_overtaken_before_they_were_sent_count_as_none() {
    for test in test_apps(without_codes()).await {
        book_first(&test, 1).await;
        for _ in 0..3 {
            let effect = closure::preview(&test.app, &change(Kind::Close), test.now()).await.unwrap();
            assert_eq!(effect.untold, 0);
            apply(&test, change(Kind::Close), effect.seen()).await.unwrap();
            test.app.database().write_with((), open_again).await.unwrap();
            test.wait(chrono::TimeDelta::minutes(1));
            // The gateway comes to them once the day is open again.
            sending::send_due(&test.app).await.unwrap();
        }
        let overtaken =
            "select 1 from outbox where kind = 'booking_day_closed' and state = 'failed' and useful_until > 0";
        let overtaken = sql(overtaken, []).fetch_all(&mut test.connection().await).await.unwrap().len();
        assert_eq!(overtaken, 6);
    }
}

async fn open_again(connection: &mut sqlx::AnyConnection, (): &()) -> Result<(), Error> {
    sql("update slot set closed = 0 where date = '2026-05-19'", []).execute(connection).await?;
    Ok(())
}

#[tokio::test]
async fn a_time_held_on_a_day_that_closes_is_neither_booked_nor_moved_to() {
    for test in test_apps(without_codes()).await {
        let booked = book_first(&test, 1).await;
        let holder = find::by_token(&test.app, booked.reference, &booked.manage_token).await.unwrap();
        let hold = hold_on(&test, "2026-05-19").await;
        let slot = test.slots("nanshan", "2026-05-19").await[4].id;
        let to = reschedule::hold(&test.app, &BOOKABLE, &holder, slot, test.now()).await.unwrap();
        close(&test).await;

        let longer = hold::extend(&test.app, &hold.id, hold.token.reveal(), test.now()).await;
        assert!(matches!(&longer, Err(error) if error.refusal() == Some(Refusal::SlotClosed)), "{longer:?}");
        let late = book(&test.app, &people::couple(2, &hold), None, test.now()).await;
        assert!(matches!(&late, Err(error) if error.refusal() == Some(Refusal::SlotClosed)), "{late:?}");
        let to = (&to.id, to.token.reveal());
        let late = reschedule::reschedule(&test.app, &BOOKABLE, &holder, to, test.now()).await;
        assert!(matches!(&late, Err(error) if error.refusal() == Some(Refusal::SlotClosed)), "{late:?}");
    }
}

#[tokio::test]
async fn a_time_closed_by_another_process_a_moment_ago_is_told_as_closed_and_not_as_taken() {
    for test in test_apps(without_codes()).await {
        let slot = test.free_slot("nanshan", "2026-05-19").await.id;
        hold_on(&test, "2026-05-19").await;
        // This process still remembers the slot as open.
        test.app.database().write_with((), close_unseen).await.unwrap();
        let asking = anyone();
        let late = hold::take(&test.app, &BOOKABLE, slot, asking, test.now()).await;
        assert!(matches!(&late, Err(error) if error.refusal() == Some(Refusal::SlotClosed)), "{late:?}");
    }
}

async fn close_unseen(connection: &mut sqlx::AnyConnection, (): &()) -> Result<(), Error> {
    sql("update slot set closed = 1 where date = '2026-05-19'", []).execute(connection).await?;
    Ok(())
}

#[tokio::test]
async fn what_is_held_to_move_to_ends_with_the_time_for_moving() {
    for test in test_apps(without_codes()).await {
        let booked = book_first(&test, 1).await;
        let holder = find::by_token(&test.app, booked.reference, &booked.manage_token).await.unwrap();
        test.set_clock("2026-05-18T20:00:00+08:00");
        close(&test).await;

        test.set_clock("2026-05-19T23:59:00+08:00");
        let slot = test.free_slot("nanshan", "2026-05-21").await;
        let to = reschedule::hold(&test.app, &BOOKABLE, &holder, slot.id, test.now()).await.unwrap();
        let midnight: chrono::DateTime<chrono::Utc> = "2026-05-20T00:00:00+08:00".parse().unwrap();
        assert_eq!((to.expires_at, to.extensions_left), (midnight, 0));
        let view = view::view(&test.app, &BOOKABLE, &holder, test.now()).await.unwrap();
        let told = view.messages.iter().find(|posted| posted.kind == "booking_day_closed").unwrap();
        assert!(told.message.text.contains("请在 2026年5月19日 星期二 24:00 前"), "{}", told.message.text);
    }
}

#[tokio::test]
async fn a_cut_keeps_every_booking_and_gives_out_no_more() {
    for test in test_apps(without_codes()).await {
        for n in 1..=2 {
            book_first(&test, n).await;
        }
        let preview = closure::preview(&test.app, &change(Kind::Capacity(1)), test.now()).await.unwrap();
        assert_eq!(preview.bookings.len(), 1, "one of the two is over the new capacity");
        apply(&test, change(Kind::Capacity(1)), preview.seen()).await.unwrap();
        let slots = test.slots("nanshan", "2026-05-19").await;
        assert_eq!((slots[0].capacity, slots[0].remaining), (2, 0));
        assert_eq!((slots[1].capacity, slots[1].remaining), (1, 1));
    }
}

#[tokio::test]
async fn the_next_release_is_that_of_a_day_with_times() {
    for test in test_apps(without_codes()).await {
        let point = point::one(&test.app, &SERVICE, &PlaceId::parse("nanshan").unwrap()).await.unwrap();
        let next = async || month::next_release(&test.app, &point, None, test.now()).await.unwrap().unwrap();
        let usual = next().await;
        let rule = point.rule(test.now()).unwrap();
        assert_eq!(rule.released_at(usual.days[0]), usual.at);

        let of = async |day| month::next_release(&test.app, &point, Some(day), test.now()).await.unwrap();
        assert_eq!(of(usual.days[0]).await.as_ref(), Some(&usual));
        let mut later = 0;
        for day in usual.days[0].iter_days().take(14).filter(|day| !usual.days.contains(day)) {
            if let Some(release) = of(day).await {
                assert!(release.days.contains(&day) && release.at == rule.released_at(day) && release.at > usual.at);
                later += 1;
            }
        }
        assert!(later > 0, "some day opens after the next");
        assert_eq!(of(rule.last_day(test.now())).await, None, "it is open already");

        let day = usual.days[0];
        let change = SlotChange { from: day, to: day, ..change(Kind::Close) };
        let effect = closure::preview(&test.app, &change, test.now()).await.unwrap();
        apply(&test, change, effect.seen()).await.unwrap();
        let later = next().await;
        assert!(later.at > usual.at && !later.days.contains(&day), "{later:?}");
    }
}

#[tokio::test]
async fn a_closed_day_is_not_published_again() {
    for test in test_apps(without_codes()).await {
        let effect = closure::preview(&test.app, &change(Kind::Close), test.now()).await.unwrap();
        apply(&test, change(Kind::Close), effect.seen()).await.unwrap();
        publish::publish(&test.app, test.now()).await.unwrap();
        assert!(test.slots("nanshan", "2026-05-19").await.iter().all(|slot| slot.state == SlotState::Closed));
    }
}
