//! More places on the day itself: for those who stand in the hall when all are given out, or all times are over.

use futures_util::future::join_all;
use server::appointments::{hold, month, point};
use server::counter::day::closing;
use server::counter::more::{self, Left};
use server::counter::{By, Kiosk, walk_in};
use server::database::sql::{sql, text};
use server::marriage::BOOKABLE;
use server::staff::authority::Staff;
use shared::appointments::{Refusal as NotBooked, SlotId, SlotState};
use shared::counter::{Act, Press, Refusal};
use shared::marriage::SERVICE;
use shared::places::PlaceId;
use shared::problem::Problem;
use shared::staff::Role;

use super::super::support::{TestApp, anyone, test_apps};
use super::hall::*;
use super::rest_of_day::close_from_two;

fn place() -> PlaceId {
    PlaceId::parse("nanshan").unwrap()
}

async fn add(test: &TestApp, by: &Staff, places: u32, press: &Press) -> Result<(), server::Error> {
    more::add(&test.app, by, (&place(), &SERVICE), (places, &reason()), press, test.now()).await
}

async fn left(test: &TestApp) -> Left {
    more::left(&test.app, &place(), &SERVICE, test.now()).await.unwrap()
}

/// Takes every place of the day that is left.
async fn give_out(test: &TestApp, clerk: &Staff) {
    while ticket(test, clerk).await.is_ok() {}
}

#[tokio::test]
async fn places_are_added_for_a_reason_and_a_ticket_meets_their_number_like_any_other() {
    for test in test_apps(setup()).await {
        clock(&test, "17:20:00");
        let (clerk, manager) = (clerk(&test, 1).await, manager(&test, 2).await);
        give_out(&test, &clerk).await;
        assert_eq!(refused(ticket(&test, &clerk).await), Refusal::NoPlaceLeft);
        assert_eq!(left(&test).await, Left { times: 1, places: 0 });
        let pressed = press();
        add(&test, &manager, 2, &pressed).await.unwrap();
        add(&test, &manager, 2, &pressed).await.unwrap();
        assert_eq!(left(&test).await.places, 2, "the same press again adds none");
        let first = ticket(&test, &clerk).await.unwrap();
        ticket(&test, &clerk).await.unwrap();
        assert_eq!(refused(ticket(&test, &clerk).await), Refusal::NoPlaceLeft);
        act(&test, &clerk, &first.visit, Act::Left).await.unwrap();
        ticket(&test, &clerk).await.unwrap();
        let more = sheet(&test).await.more;
        let [more] = more.as_slice() else { panic!("{more:?}") };
        assert_eq!((more.places, more.taken, &more.reason, &more.added_by), (2, 2, &reason(), manager.person()));
        add(&test, &manager, 1, &press()).await.unwrap();
        assert_eq!(sheet(&test).await.more.len(), 2, "also in the same instant");
        let statement = "select act from audit where stream = 'place:nanshan' and actor = $1 order by sequence";
        let actor = format!("staff:{}", manager.person());
        let rows = sql(statement, [actor.into()]).fetch_all(&mut test.connection().await).await.unwrap();
        let acts: Vec<_> = rows.iter().map(|row| text(row, "act").unwrap()).collect();
        assert_eq!(acts, ["places_added", "places_added"]);
        holds(&test).await;
    }
}

#[tokio::test]
async fn places_that_were_published_go_first() {
    for test in test_apps(setup()).await {
        clock(&test, "17:20:00");
        let (clerk, manager) = (clerk(&test, 1).await, manager(&test, 2).await);
        add(&test, &manager, 1, &press()).await.unwrap();
        for taken in [0, 0, 0, 1] {
            ticket(&test, &clerk).await.unwrap();
            assert_eq!(sheet(&test).await.more[0].taken, taken);
        }
    }
}

#[tokio::test]
async fn after_the_last_time_a_ticket_is_refused_for_that_until_places_are_added() {
    for test in test_apps(setup()).await {
        clock(&test, "17:30:00");
        let (clerk, manager) = (clerk(&test, 1).await, manager(&test, 2).await);
        assert_eq!(refused(ticket(&test, &clerk).await), Refusal::NoTimeLeft);
        assert_eq!(left(&test).await, Left { times: 0, places: 0 });
        add(&test, &manager, 1, &press()).await.unwrap();
        clock(&test, "18:05:00");
        let late = ticket(&test, &clerk).await.unwrap();
        assert_eq!(late.number, 1);
        assert_eq!(refused(ticket(&test, &clerk).await), Refusal::NoPlaceLeft);
        let version = sheet(&test).await.version;
        closing::close(&test.app, &manager, &nanshan(), (DAY.parse().unwrap(), version), Some(reason()), test.now())
            .await
            .unwrap();
        let closed = add(&test, &manager, 1, &press()).await;
        assert_eq!(refused(closed), Refusal::DayClosed { date: DAY.parse().unwrap() });
        holds(&test).await;
    }
}

#[tokio::test]
async fn what_nobody_has_taken_is_taken_back_and_nothing_else() {
    for test in test_apps(setup()).await {
        clock(&test, "17:30:00");
        let (clerk, manager) = (clerk(&test, 1).await, manager(&test, 2).await);
        let stranger = staff_at(&test, 3, Role::OfficeManager, "demo-bay").await;
        add(&test, &manager, 40, &press()).await.unwrap();
        let first = ticket(&test, &clerk).await.unwrap();
        let slot = sheet(&test).await.more[0].slot;
        for other in [&clerk, &stranger] {
            let outcome = more::take_back(&test.app, other, slot, test.now()).await;
            assert!(matches!(outcome, Err(server::Error::Problem(Problem::NotFound))), "{outcome:?}");
        }
        let published = test.slots("nanshan", "2026-05-15").await[0].id;
        for other in [published, SlotId(987_654)] {
            let outcome = more::take_back(&test.app, &manager, other, test.now()).await;
            assert!(matches!(outcome, Err(server::Error::Problem(Problem::NotFound))), "{outcome:?}");
        }
        more::take_back(&test.app, &manager, slot, test.now()).await.unwrap();
        more::take_back(&test.app, &manager, slot, test.now()).await.unwrap();
        assert_eq!(sheet(&test).await.more[0].places, 1);
        assert_eq!(refused(ticket(&test, &clerk).await), Refusal::NoPlaceLeft);
        act(&test, &clerk, &first.visit, Act::Left).await.unwrap();
        assert_eq!(left(&test).await.places, 0, "what comes back is not given out");
        assert!(sheet(&test).await.more.is_empty());
        holds(&test).await;
    }
}

#[tokio::test]
async fn only_who_manages_the_place_adds_places_and_none_on_a_day_that_is_switched_off() {
    for test in test_apps(setup()).await {
        test.close("nanshan", DAY, ["检修", "Repairs"]).await;
        clock(&test, "10:00:00");
        let (clerk, manager) = (clerk(&test, 1).await, manager(&test, 2).await);
        let stranger = staff_at(&test, 3, Role::OfficeManager, "demo-bay").await;
        for other in [&clerk, &stranger] {
            let outcome = add(&test, other, 1, &press()).await;
            assert!(matches!(outcome, Err(server::Error::Problem(Problem::NotFound))), "{outcome:?}");
        }
        let off = add(&test, &manager, 1, &press()).await.unwrap_err();
        assert_eq!(off.refusal(), Some(NotBooked::SlotClosed));
        assert_eq!(refused(ticket(&test, &clerk).await), Refusal::NoTimeLeft);
    }
}

#[tokio::test]
async fn places_are_added_for_as_long_as_a_part_of_the_day_is_open() {
    for test in test_apps(setup()).await {
        clock(&test, "10:00:00");
        let (clerk, manager) = (clerk(&test, 1).await, manager(&test, 2).await);
        close_from_two(&test, &manager).await;
        let before = left(&test).await.places;
        add(&test, &manager, 1, &press()).await.unwrap();
        assert_eq!(left(&test).await.places, before + 1);
        clock(&test, "11:59:00");
        ticket(&test, &clerk).await.unwrap();
        clock(&test, "12:00:00");
        assert_eq!(refused(ticket(&test, &clerk).await), Refusal::NoTimeLeft, "it ends with what is open");
        let late = add(&test, &manager, 1, &press()).await.unwrap_err();
        assert_eq!(late.refusal(), Some(NotBooked::SlotClosed));
        holds(&test).await;
    }
}

#[tokio::test]
async fn nobody_books_online_what_was_added_for_the_hall() {
    for test in test_apps(setup()).await {
        clock(&test, "10:00:00");
        let (date, at) = (DAY.parse().unwrap(), point::one(&test.app, &SERVICE, &place()).await.unwrap());
        let days = async || month::days(&test.app, &at, (date, date), test.now()).await.unwrap();
        let (slots, before) = (test.slots("nanshan", DAY).await, days().await);
        let manager = manager(&test, 2).await;
        add(&test, &manager, 5, &press()).await.unwrap();
        assert_eq!(test.slots("nanshan", DAY).await, slots);
        assert_eq!(days().await, before);
        let slot = sheet(&test).await.more[0].slot;
        let held = hold::take(&test.app, &BOOKABLE, slot, anyone(), test.now()).await.unwrap_err();
        assert_eq!(held.refusal(), Some(NotBooked::SlotPast));
        assert!(slots.iter().any(|slot| slot.state == SlotState::TooSoon));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_twenty_who_want_five_places_that_were_added_five_get_one() {
    for test in test_apps(setup()).await {
        clock(&test, "17:30:00");
        let manager = manager(&test, 2).await;
        add(&test, &manager, 5, &press()).await.unwrap();
        let take = |n: usize| {
            let (app, now) = (test.app.clone(), test.now());
            tokio::spawn(async move {
                let kiosk = By::Kiosk(Kiosk { id: format!("kiosk{n}"), office: nanshan() });
                walk_in::take(&app, &kiosk, &nanshan(), &SERVICE, &press(), now).await
            })
        };
        let taken = join_all((0..20).map(take)).await;
        let given = taken.into_iter().filter(|taken| taken.as_ref().unwrap().is_ok()).count();
        assert_eq!(given, 5);
        holds(&test).await;
    }
}

#[tokio::test]
async fn what_was_added_closes_with_the_rest_of_today() {
    for test in test_apps(setup()).await {
        clock(&test, "17:31:00");
        let (clerk, manager) = (clerk(&test, 1).await, manager(&test, 2).await);
        add(&test, &manager, 2, &press()).await.unwrap();
        ticket(&test, &clerk).await.unwrap();
        test.close("nanshan", DAY, ["停电", "Power cut"]).await;
        assert_eq!(refused(ticket(&test, &clerk).await), Refusal::NoTimeLeft);
        assert_eq!(left(&test).await, Left { times: 0, places: 0 });
        holds(&test).await;
    }
}
