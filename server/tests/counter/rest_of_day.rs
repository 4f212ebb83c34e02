//! The rest of a day that is closed while it goes on, and opened again.

use chrono::{Days, NaiveDate, TimeDelta};
use server::appointments::booking::{Booked, find, reschedule, view};
use server::appointments::closure::{self, Effect, Kind, SlotChange};
use server::appointments::hold;
use server::appointments::hours::{Outcome, PlanChange};
use server::appointments::{open_hours, point};
use server::audit::Actor;
use server::counter::day::{closing, shut};
use server::counter::{By, Kiosk, board, check_in, hours, offered};
use server::marriage::BOOKABLE;
use server::staff::authority::Staff;
use shared::appointments::{Refusal as NotBooked, SlotState};
use shared::calendar::shanghai;
use shared::counter::{Act, Refusal, StateName};
use shared::localised::Localised;
use shared::marriage::SERVICE;
use shared::places::PlaceId;

use super::super::support::http::Api;
use super::super::support::people::{self, book};
use super::super::support::{TestApp, anyone, test_apps};
use super::hall::*;

/// Among the times of a day: 9:00, 14:00, 14:15 and 16:00.
const NINE: usize = 0;
const TWO: usize = 12;
const QUARTER_PAST: usize = 13;
const FOUR: usize = 20;

fn place() -> PlaceId {
    PlaceId::parse("nanshan").unwrap()
}

/// From when to when whoever looks for the place, and whoever books there, reads that it serves people today.
async fn said_of_today(test: &TestApp) -> [Vec<[String; 2]>; 2] {
    test.wait(TimeDelta::seconds(10));
    let found = Api::of(&test.app).get("/api/v1/places/nanshan").await.body;
    let rules = found["rules"].as_array().unwrap();
    let rule = rules.iter().find(|rule| rule["on"]["dates"][0] == DAY).unwrap();
    let spans = rule["spans"].as_array().map(Vec::as_slice).unwrap_or_default();
    let found = spans.iter().map(|span| ["opens", "closes"].map(|end| span[end].as_str().unwrap().to_owned()));
    let point = point::one(&test.app, &SERVICE, &place()).await.unwrap();
    let booked = open_hours::of(&test.app, &point, test.now()).await.unwrap();
    let booked = booked.today.iter().map(|span| span.map(|at| shanghai(at).format("%H:%M").to_string()));
    [found.collect(), booked.collect()]
}

/// Closes today from two in the afternoon on.
pub async fn close_from_two(test: &TestApp, manager: &Staff) -> Effect {
    let today = DAY.parse().unwrap();
    let from = format!("{DAY}T14:00:00+08:00").parse().unwrap();
    let change = SlotChange {
        place: place(),
        service: SERVICE,
        from: today,
        to: today,
        kind: Kind::CloseFrom(from),
        reason: Localised::new("停电", "Power cut"),
    };
    let effect = offered::preview(&test.app, manager, &change, test.now()).await.unwrap();
    offered::switch_off(&test.app, manager, change, effect.seen(), test.now()).await.unwrap().effect
}

async fn texts(test: &TestApp, kind: &str) -> Vec<String> {
    let all = test.messages().await.into_iter().filter(|posted| posted.kind == kind);
    all.map(|posted| posted.message.text).collect()
}

async fn no_show(test: &TestApp, by: &Staff, booked: &Booked) -> Result<StateName, server::Error> {
    act(test, by, &visit_of(booked), Act::NoShow).await.map(|row| row.state.kind())
}

#[tokio::test]
async fn the_rest_of_today_closes_for_later_times_alone_and_tells_exactly_those_who_have_not_come() {
    for test in test_apps(setup()).await {
        let early = booked(&test, 1, NINE).await;
        let (at_two, later, here) =
            (booked(&test, 2, TWO).await, booked(&test, 3, FOUR).await, booked(&test, 4, FOUR).await);
        test.set_clock("2026-05-13T23:58:00+08:00");
        let slots = test.slots("nanshan", DAY).await;
        let held = hold::take(&test.app, &BOOKABLE, slots[QUARTER_PAST].id, anyone(), test.now()).await.unwrap();
        clock(&test, "00:02:00");
        let (manager, clerk) = (manager(&test, 1).await, clerk(&test, 2).await);
        arrived(&test, &clerk, &here).await;
        let in_hall = offered::in_hall(&test.app, &manager, (&place(), &SERVICE), test.now()).await.unwrap();
        assert_eq!(in_hall, [1], "whoever is here is named apart");

        let effect = close_from_two(&test, &manager).await;
        let mut hit: Vec<_> = effect.bookings.iter().map(|booking| booking.reference).collect();
        hit.sort();
        let mut expected = vec![at_two.reference, later.reference];
        expected.sort();
        assert_eq!((hit, effect.slots, effect.holds), (expected, 14, 1));
        let told = texts(&test, "booking_day_closed").await;
        assert_eq!(told.len(), 4, "two phones of two couples: {told:?}");
        assert!(
            told.iter().all(|text| text.contains("这一天 下午 2:00 起停办：停电") && text.contains("也可以打电话 ")),
            "{told:?}"
        );

        let slots = test.slots("nanshan", DAY).await;
        assert!(slots[..TWO].iter().all(|slot| slot.state != SlotState::Closed));
        assert!(slots[TWO..].iter().all(|slot| slot.state == SlotState::Closed));
        let late = hold::extend(&test.app, &held.id, held.token.reveal(), test.now()).await;
        assert!(matches!(&late, Err(error) if error.refusal() == Some(NotBooked::SlotClosed)), "{late:?}");
        let late = book(&test.app, &people::couple(5, &held), None, test.now()).await;
        assert!(matches!(&late, Err(error) if error.refusal() == Some(NotBooked::SlotClosed)), "{late:?}");

        let shut = shut::on(&test.app, &nanshan(), DAY.parse().unwrap()).await.unwrap();
        let since = slots[TWO].starts_at.to_utc();
        assert_eq!((shut[0].partly, shut[0].since, shut[0].left), (true, Some(since), 2));
        let offers = offered::at(&test.app, &manager, &nanshan(), test.now()).await.unwrap();
        assert!(offers.iter().any(|offer| offer.closed.iter().any(|days| days.since == Some(since))));
        assert_eq!(board::today(&test.app, &nanshan(), test.now()).await.unwrap().shut, shut);

        clock(&test, "14:20:00");
        assert_eq!(refused(ticket(&test, &clerk).await), Refusal::NoTimeLeft);
        let kiosk = By::Kiosk(Kiosk { id: "door".to_owned(), office: nanshan() });
        let reference = at_two.reference.to_string();
        let at_door = check_in::by_reference(&test.app, &kiosk, &nanshan(), &reference, test.now()).await;
        assert_eq!(refused(at_door), Refusal::TimeClosed, "nobody waits for nothing");
        assert_eq!(refused(no_show(&test, &clerk, &at_two).await), Refusal::TimeClosed);
        assert_eq!(no_show(&test, &clerk, &early).await.unwrap(), StateName::NoShow, "their time was not closed");
        assert!(row(&test, &visit_of(&at_two)).await.excused && !row(&test, &visit_of(&early)).await.excused);

        let holder = find::by_token(&test.app, later.reference, &later.manage_token).await.unwrap();
        clock(&test, "17:45:00");
        assert_eq!(refused(no_show(&test, &clerk, &later).await), Refusal::TimeClosed);
        let day = DAY.parse().unwrap();
        let closing = closing::preview(&test.app, &manager, &nanshan(), day, test.now()).await.unwrap();
        assert!(closing.not_come.is_empty(), "{closing:?}");
        let slot = test.free_slot("nanshan", "2026-05-18").await;
        let to = reschedule::hold(&test.app, &BOOKABLE, &holder, slot.id, test.now()).await.unwrap();
        reschedule::reschedule(&test.app, &BOOKABLE, &holder, (&to.id, to.token.reveal()), test.now()).await.unwrap();
        arrived(&test, &clerk, &at_two).await;
        holds(&test).await;
    }
}

#[tokio::test]
async fn who_looks_for_a_place_reads_of_today_what_who_books_there_reads() {
    for test in test_apps(setup()).await {
        clock(&test, "09:30:00");
        let span = |from: &str, to: &str| [from.to_owned(), to.to_owned()];
        let whole = vec![span("09:00", "12:00"), span("14:00", "17:30")];
        assert_eq!(said_of_today(&test).await, [whole.clone(), whole]);

        let manager = manager(&test, 1).await;
        close_from_two(&test, &manager).await;
        let morning = vec![span("09:00", "12:00")];
        assert_eq!(said_of_today(&test).await, [morning.clone(), morning]);
        let nanshan = async || Api::of(&test.app).get("/api/v1/places/nanshan").await.body;
        let open = nanshan().await;
        assert_eq!(open["open"]["state"], "open", "{open}");
        assert_eq!(open["open"]["until"], "2026-05-14T12:00:00+08:00");
        assert_eq!(open["open"]["next"], "2026-05-15T09:00:00+08:00");
        let rule = open["rules"].as_array().unwrap().iter().find(|rule| rule["on"]["dates"][0] == DAY).unwrap();
        assert_eq!(rule["note"]["zh"], "12:00 以后停办：停电");
        clock(&test, "14:05:00");
        assert_eq!(nanshan().await["open"]["state"], "closed");
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_day_whose_times_give_out_nothing_is_no_open_day_for_whoever_looks_for_the_place() {
    for test in test_apps(setup()).await {
        clock(&test, "08:00:00");
        let (today, reason) = (DAY.parse().unwrap(), Localised::new("停电", "Power cut"));
        let (place, kind) = (place(), Kind::Capacity(0));
        let change = SlotChange { place, service: SERVICE, from: today, to: today, kind, reason };
        let effect = closure::preview(&test.app, &change, test.now()).await.unwrap();
        offered::make(&test.app, &BOOKABLE, (change, Actor::Operator), effect.seen(), test.now()).await.unwrap();
        let [found, booked] = said_of_today(&test).await;
        assert!(found.is_empty() && booked.is_empty(), "{found:?} {booked:?}");
        holds(&test).await;
    }
}

#[tokio::test]
async fn the_screens_of_a_hall_hear_of_what_an_operator_closes_or_cuts_today() {
    for test in test_apps(setup()).await {
        clock(&test, "09:05:00");
        let today: NaiveDate = DAY.parse().unwrap();
        let reason = Localised::new("停电", "Power cut");
        let mut screen = test.app.hall().changes().watch(&nanshan());
        for (day, kind, hears) in
            [(today, Kind::Capacity(1), true), (today, Kind::Close, true), (today + Days::new(1), Kind::Close, false)]
        {
            let (place, reason) = (place(), reason.clone());
            let change = SlotChange { place, service: SERVICE, from: day, to: day, kind, reason };
            let effect = closure::preview(&test.app, &change, test.now()).await.unwrap();
            let change = (change, Actor::Operator);
            offered::make(&test.app, &BOOKABLE, change, effect.seen(), test.now()).await.unwrap();
            assert_eq!(screen.has_changed().unwrap(), hears, "{kind:?} of {day}");
            screen.mark_unchanged();
        }
        assert_eq!(sheet(&test).await.version, 2, "and the sheets of other processes");
        holds(&test).await;
    }
}

#[tokio::test]
async fn what_is_left_of_today_opens_again_and_nobody_who_heard_of_it_closed_alone_is_a_no_show() {
    for tell in [true, false] {
        for test in test_apps(setup()).await {
            let (passed, ahead) = (booked(&test, 1, QUARTER_PAST).await, booked(&test, 2, FOUR).await);
            clock(&test, "13:05:00");
            let (manager, clerk) = (manager(&test, 1).await, clerk(&test, 2).await);
            close_from_two(&test, &manager).await;
            clock(&test, "14:50:00");
            let day = DAY.parse().unwrap();
            let (there, change) = ((&place(), &SERVICE), PlanChange::Reopen { from: day, to: day });
            let effect = hours::preview(&test.app, &manager, there, &change, test.now()).await.unwrap();
            assert_eq!((effect.times_new, &effect.told), (10, &vec![ahead.reference]), "from 15:00 on");
            let read = hours::planned(&test.app, &manager, there, test.now()).await.unwrap().plan.seen();
            let change = (change, read, effect.seen());
            let outcome = hours::change(&test.app, &manager, there, change, tell, test.now()).await;
            assert_eq!(outcome.unwrap(), Outcome::Made);
            assert_eq!(texts(&test, "booking_day_reopened").await.len(), if tell { 2 } else { 0 });
            let slots = test.slots("nanshan", DAY).await;
            assert!(slots[16..].iter().all(|slot| slot.state != SlotState::Closed), "{slots:?}");
            ticket(&test, &clerk).await.unwrap();

            // What has passed stays closed, without words for it.
            let holder = find::by_token(&test.app, passed.reference, &passed.manage_token).await.unwrap();
            let shown = view::view(&test.app, &BOOKABLE, &holder, test.now()).await.unwrap();
            assert!(shown.closed.is_some());
            clock(&test, "16:20:00");
            assert_eq!(refused(no_show(&test, &clerk, &passed).await), Refusal::TimeClosed);
            if tell {
                assert_eq!(no_show(&test, &clerk, &ahead).await.unwrap(), StateName::NoShow);
            } else {
                assert_eq!(refused(no_show(&test, &clerk, &ahead).await), Refusal::TimeClosed);
            }
            holds(&test).await;
        }
    }
}
