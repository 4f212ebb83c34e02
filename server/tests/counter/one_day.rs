//! One day that has hours of its own, is switched off or opens again.

use server::appointments::hours::PlanChange;
use server::appointments::publish;
use shared::appointments::SlotState;
use shared::localised::Localised;
use shared::problem::Problem;

use super::super::support::test_apps;
use super::hall::*;
use super::hours::{FRIDAY, SATURDAY, hours_of, last_act, make, mornings, preview, starts};

#[tokio::test]
async fn one_saturday_has_the_hours_of_a_monday_and_is_ordinary_again() {
    for test in test_apps(setup()).await {
        let manager = manager(&test, 1).await;
        let date = SATURDAY.parse().unwrap();
        let like = PlanChange::Like { date, weekday: 1, reason: Localised::new("520 加开", "Open for 520") };
        let effect = make(&test, &manager, like.clone()).await;
        assert_eq!((effect.times_new, effect.days[0].times), (26, 26));
        assert_eq!(starts(&test, SATURDAY).await.len(), 26);
        booked_on(&test, 1, ("nanshan", SATURDAY), 3).await;
        let effect = make(&test, &manager, PlanChange::Ordinary { date }).await;
        assert_eq!((effect.bookings.len(), effect.times_gone), (1, 26));
        assert!(starts(&test, SATURDAY).await.is_empty());
        test.close("nanshan", SATURDAY, ["检修", "Repairs"]).await;
        let off = preview(&test, &manager, &like).await;
        assert!(matches!(off, Err(server::Error::Problem(Problem::Fields(_)))), "a day off is not opened by the way");
        holds(&test).await;
    }
}

#[tokio::test]
async fn one_day_has_hours_of_its_own_until_it_is_ordinary_again() {
    for test in test_apps(setup()).await {
        let manager = manager(&test, 1).await;
        let afternoon = booked_on(&test, 1, ("nanshan", FRIDAY), 20).await;
        let date = FRIDAY.parse().unwrap();
        let reason = Localised::new("下午停电", "Power cut");
        let own = PlanChange::Own { from: date, hours: vec![hours_of(&[1], 540, 600, 2)], reason };
        let effect = make(&test, &manager, own.clone()).await;
        assert_eq!(effect.bookings[0].reference, afternoon.reference, "whoever is booked stays");
        assert_eq!(starts(&test, FRIDAY).await, ["09:00", "09:15", "09:30", "09:45"]);
        assert_eq!(starts(&test, "2026-05-22").await.len(), 26, "the next Friday is as before");
        // The hours of the week do not touch it.
        make(&test, &manager, mornings(FRIDAY)).await;
        assert_eq!(starts(&test, FRIDAY).await.len(), 4);
        make(&test, &manager, PlanChange::Ordinary { date }).await;
        assert_eq!(starts(&test, FRIDAY).await.len(), 8);
        make(&test, &manager, own.clone()).await;
        // Switched off and open again it is an ordinary day, whose published times stay.
        test.close("nanshan", FRIDAY, ["检修", "Repairs"]).await;
        make(&test, &manager, PlanChange::Reopen { from: date, to: date }).await;
        let left = "select count(*) from special_hours";
        assert_eq!(super::hall::number(&test.app, left).await, 0);
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_day_that_was_switched_off_opens_again_with_those_who_are_still_booked() {
    for test in test_apps(setup()).await {
        let booked = booked_on(&test, 1, ("nanshan", FRIDAY), 0).await;
        let before = test.slots("nanshan", FRIDAY).await;
        test.close("nanshan", FRIDAY, ["停电", "Power cut"]).await;
        let manager = manager(&test, 1).await;
        let (from, to) = (FRIDAY.parse().unwrap(), FRIDAY.parse().unwrap());
        let told = test.messages().await.len();
        let effect = make(&test, &manager, PlanChange::Reopen { from, to }).await;
        assert_eq!((effect.times_new, effect.places_new, effect.times_gone), (26, 77, 0));
        assert_eq!(effect.bookings[0].reference, booked.reference);
        assert_eq!(test.messages().await.len(), told, "nobody gets another text");
        assert_eq!(test.slots("nanshan", FRIDAY).await, before);
        assert_eq!(last_act(&test).await.0, "day_reopened");
        let again = preview(&test, &manager, &PlanChange::Reopen { from, to }).await;
        assert!(matches!(again, Err(server::Error::Problem(Problem::Fields(_)))), "{again:?}");
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_day_opens_again_with_the_hours_that_hold_by_then() {
    for test in test_apps(setup()).await {
        let manager = manager(&test, 1).await;
        // The second is not published yet when it is switched off.
        let far = "2026-07-15";
        test.close("nanshan", FRIDAY, ["检修", "Repairs"]).await;
        test.close("nanshan", far, ["检修", "Repairs"]).await;
        make(&test, &manager, mornings(DAY)).await;
        let closed = test.slots("nanshan", FRIDAY).await;
        assert!(closed.iter().all(|slot| slot.state == SlotState::Closed), "{closed:?}");
        let of = |day: &str| PlanChange::Reopen { from: day.parse().unwrap(), to: day.parse().unwrap() };
        make(&test, &manager, of(FRIDAY)).await;
        assert_eq!(starts(&test, FRIDAY).await.len(), 8);
        assert!(test.slots("nanshan", FRIDAY).await.iter().all(|slot| slot.state != SlotState::Closed));
        assert_eq!(make(&test, &manager, of(far)).await.times_new, 0);
        test.set_clock("2026-07-13T10:00:00+08:00");
        publish::publish(&test.app, test.now()).await.unwrap();
        assert_eq!(starts(&test, far).await.len(), 8);
    }
}
