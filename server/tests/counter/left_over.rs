//! Who was not let go of on their day: the counter is free again whenever that is seen.

use chrono::TimeDelta;
use server::Error;
use server::counter::acting::{self, Acting};
use server::counter::day::{Row, closing};
use server::counter::next::Next;
use server::counter::{counters, day};
use server::staff::authority::Staff;
use shared::counter::{Act, Back, CounterState, Outcome, Refusal, StateName, Step, VisitId};

use super::super::support::{TestApp, test_apps};
use super::acts::province;
use super::hall::*;

/// A step as whoever presses a button of that day's sheet takes it.
async fn on_its_day(test: &TestApp, by: &Staff, id: &VisitId, act: Act) -> Result<Row, Error> {
    let version = row(test, id).await.version;
    let acting = Acting { version, press: press(), step: Step::Act(act), reason: None };
    acting::act(&test.app, by, id, acting, test.now()).await
}

#[tokio::test]
async fn whoever_sits_there_ends_them_on_whatever_day_and_is_told_whom_the_counter_has() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        clock(&test, "09:00:00");
        let (one, other, windows) = (clerk(&test, 1).await, clerk(&test, 2).await, windows(&test).await);
        let id = serving(&test, &one, &booked).await;
        test.wait(TimeDelta::days(3));
        let has = has(&id);
        assert_eq!(refused(next(&test, &one, windows[0]).await), has);
        let closed = counters::close(&test.app, &one, windows[0], test.now()).await;
        assert_eq!(refused(closed), has);
        let said = shared::problem::Problem::from(has).sentence(shared::locale::Locale::Zh);
        assert!(said.contains("2026年5月14日 星期四的 001 号"), "{said}");
        let elsewhere = refused(counters::open(&test.app, &one, windows[1], test.now()).await);
        assert_eq!(elsewhere, seated_at(&test, windows[0]).await);
        let today = day::sheet(&test.app, &nanshan(), "2026-05-17".parse().unwrap(), test.now()).await.unwrap();
        let there = today.counters[0].visit.clone().unwrap();
        assert_eq!((there.id, there.date, there.ticket), (id.clone(), DAY.parse().unwrap(), Some(1)));

        for act in [Act::Finish(Outcome::Registered), Act::Park, Act::Left] {
            assert!(is_not_allowed(&on_its_day(&test, &other, &id, act).await), "a colleague has not served them");
        }
        let handed = on_its_day(&test, &one, &id, Act::HandOver { counter: windows[1] }).await;
        assert!(is_not_allowed(&handed), "nobody waits on a day that is over");
        on_its_day(&test, &one, &id, Act::Finish(Outcome::Registered)).await.unwrap();
        assert_eq!(next(&test, &one, windows[0]).await.unwrap(), Next::Nobody);
        assert!(
            is_not_allowed(&on_its_day(&test, &one, &id, Act::Left).await),
            "what has ended is put right by a manager"
        );
        let closed = counters::close(&test.app, &one, windows[0], test.now()).await.unwrap();
        assert_eq!(closed.state, CounterState::Closed);
        holds(&test).await;
    }
}

#[tokio::test]
async fn on_the_day_after_nobody_is_handed_over_sent_on_or_put_back_to_wait_where_no_counter_looks() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        clock(&test, "09:00:00");
        let (one, other, windows) = (clerk(&test, 1).await, clerk(&test, 2).await, windows(&test).await);
        let id = serving(&test, &one, &booked).await;
        counters::open(&test.app, &other, windows[1], test.now()).await.unwrap();
        test.wait(TimeDelta::days(1));
        let over = Refusal::DayOver { date: DAY.parse().unwrap() };
        let handed = on_its_day(&test, &one, &id, Act::HandOver { counter: windows[1] }).await;
        assert_eq!(refused(handed), over);
        assert_eq!(refused(on_its_day(&test, &one, &id, Act::Redirect(province())).await), over);
        on_its_day(&test, &one, &id, Act::Park).await.unwrap();
        assert_eq!(refused(on_its_day(&test, &one, &id, Act::Back(Back::Hall)).await), over);
        on_its_day(&test, &one, &id, Act::Left).await.unwrap();
        let said = shared::problem::Problem::from(has(&id)).sentence(shared::locale::Locale::Zh);
        assert!(!said.contains("移交"), "what is not offered there is not advised: {said}");
        holds(&test).await;
    }
}

/// What is refused at a counter that has somebody of the day.
fn has(id: &VisitId) -> Refusal {
    Refusal::CounterBusy { visit: id.clone(), date: DAY.parse().unwrap(), ticket: Some(1) }
}

#[tokio::test]
async fn on_the_day_after_whoever_still_waits_is_neither_called_nor_put_first_from_a_page_that_was_left_open() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        clock(&test, "09:00:00");
        let (one, windows) = (clerk(&test, 1).await, windows(&test).await);
        let id = arrived(&test, &one, &booked).await;
        act(&test, &one, &id, Act::GivePriority).await.unwrap();
        act(&test, &one, &id, Act::EndPriority).await.unwrap();
        test.wait(TimeDelta::days(1));
        let over = Refusal::DayOver { date: DAY.parse().unwrap() };
        let version = row(&test, &id).await.version;
        for late in [Act::GivePriority, Act::EndPriority, Act::Call { counter: windows[0] }] {
            assert_eq!(refused(on_its_day(&test, &one, &id, late.clone()).await), over, "{late:?}");
        }
        assert_eq!(row(&test, &id).await.version, version, "nothing was done");
        on_its_day(&test, &one, &id, Act::Left).await.unwrap();
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_booking_of_tomorrow_is_not_told_that_its_day_is_over() {
    for test in test_apps(setup()).await {
        let tomorrows = booked_on(&test, 1, ("nanshan", "2026-05-15"), 0).await;
        clock(&test, "09:00:00");
        let one = clerk(&test, 1).await;
        let acting = Acting { version: 0, press: press(), step: Step::Act(Act::GivePriority), reason: None };
        let early = acting::act(&test.app, &one, &visit_of(&tomorrows), acting, test.now()).await;
        let early = refused(early);
        assert!(matches!(early, Refusal::NotToday { .. }), "{early:?}");
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_day_of_which_nothing_is_written_yet_is_not_ended_by_whoever_saw_another() {
    for test in test_apps(setup()).await {
        clock(&test, "00:05:00");
        let manager = manager(&test, 1).await;
        let close = async |version| {
            let seen = (DAY.parse().unwrap(), version);
            closing::close(&test.app, &manager, &nanshan(), seen, Some(reason()), test.now()).await
        };
        assert_eq!(refused(close(10).await), Refusal::DayChanged);
        assert_eq!(sheet(&test).await.closed, None);
        close(0).await.unwrap();
        assert!(sheet(&test).await.closed.is_some());
        holds(&test).await;
    }
}

#[tokio::test]
async fn whoever_manages_the_office_sets_them_aside_and_closes_the_counter_also_where_the_day_was_ended() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        clock(&test, "09:00:00");
        let (clerk, manager, windows) = (clerk(&test, 1).await, manager(&test, 3).await, windows(&test).await);
        arrived(&test, &clerk, &booked).await;
        let id = called(&test, &clerk, windows[0]).await;
        test.wait(TimeDelta::days(1));
        let version = sheet(&test).await.version;
        let ended = (DAY.parse().unwrap(), version);
        closing::close(&test.app, &manager, &nanshan(), ended, None, test.now()).await.unwrap();
        on_its_day(&test, &manager, &id, Act::Park).await.unwrap();
        assert_eq!(row(&test, &id).await.state.kind(), StateName::Parked);
        counters::close(&test.app, &manager, windows[0], test.now()).await.unwrap();
        counters::open(&test.app, &clerk, windows[1], test.now()).await.unwrap();
        holds(&test).await;
    }
}
