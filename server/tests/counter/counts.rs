//! How often each clerk called somebody and put them away again, and how far back that is read.

use chrono::TimeDelta;
use server::counter::day::by_clerk::Counts;
use server::counter::day::standing_out::{self, clerks_in, ends_in};
use server::counter::day::{closing, read};
use server::staff::authority::Staff;
use shared::calendar::Month;
use shared::counter::{Act, VisitId};
use shared::staff::Role;

use super::super::support::{TestApp, test_apps};
use super::hall::*;

fn month() -> Month {
    Month::of(DAY.parse().unwrap())
}

/// What somebody did in the month, as the list has it.
async fn counts(test: &TestApp, reader: &Staff, of: &Staff) -> Counts {
    let found = clerks_in(&test.app, reader, &nanshan(), month()).await.unwrap();
    let is_theirs = |account: Option<&shared::staff::AccountName>| account == Some(of.account());
    found.into_iter().find(|clerk| is_theirs(clerk.account.as_ref())).map(|clerk| clerk.in_all).unwrap_or_default()
}

/// Couples who are in the hall, in the order of their times.
async fn waiting(test: &TestApp, by: &Staff, many: usize) -> Vec<VisitId> {
    let mut bookings = Vec::new();
    for n in 0..many {
        bookings.push(booked(test, n, n).await);
    }
    clock(test, "09:30:00");
    let mut visits = Vec::new();
    for booking in &bookings {
        visits.push(arrived(test, by, booking).await);
    }
    visits
}

#[tokio::test]
async fn whoever_presses_next_until_a_friend_comes_up_is_counted_with_each_whom_they_put_away_and_how_soon() {
    for test in test_apps(setup()).await {
        let auditor = staff_at(&test, 9, Role::Auditor, "nanshan").await;
        let reception = clerk(&test, 3).await;
        let visits = waiting(&test, &reception, 6).await;
        let (one, two, windows) = (clerk(&test, 1).await, clerk(&test, 2).await, windows(&test).await);
        // One parks two, waits out the minute with a third, marks a fourth as gone at once, and serves the friend.
        for (act_after, wait) in [(Act::Park, 5), (Act::Park, 59), (Act::Park, 60), (Act::Left, 3)] {
            let id = called(&test, &one, windows[0]).await;
            test.wait(TimeDelta::seconds(wait));
            act(&test, &one, &id, act_after).await.unwrap();
        }
        let friend = called(&test, &one, windows[0]).await;
        assert_eq!(friend, visits[4]);
        register(&test, &one, &friend).await;
        let expected = Counts { calls: 5, put_away: 4, at_once: 3, ..Counts::default() };
        assert_eq!(counts(&test, &auditor, &one).await, expected);

        // The other hands over at once what was called, and undoes a call; a park that is undone is none.
        let last = called(&test, &two, windows[1]).await;
        undo(&test, &two, &last).await.unwrap();
        assert_eq!(called(&test, &two, windows[1]).await, last);
        act(&test, &two, &last, Act::Park).await.unwrap();
        undo(&test, &two, &last).await.unwrap();
        test.wait(TimeDelta::minutes(2));
        act(&test, &two, &last, Act::HandOver { counter: windows[0] }).await.unwrap();
        let expected = Counts { calls: 2, put_away: 2, at_once: 1, ..Counts::default() };
        assert_eq!(counts(&test, &auditor, &two).await, expected);
        let all = clerks_in(&test.app, &auditor, &nanshan(), month()).await.unwrap();
        assert_eq!(all[0].account.as_ref(), Some(one.account()), "whoever put most away stands first");
        assert_eq!(all[0].days, [(DAY.parse().unwrap(), all[0].in_all)]);
        assert!(is_not_allowed(&clerks_in(&test.app, &one, &nanshan(), month()).await));
        let elsewhere = staff_at(&test, 8, Role::OfficeManager, "demo-bay").await;
        assert!(is_not_allowed(&clerks_in(&test.app, &elsewhere, &nanshan(), month()).await));
        holds(&test).await;
    }
}

#[tokio::test]
async fn an_auditor_who_comes_two_years_later_reads_of_each_month_on_record() {
    for test in test_apps(setup()).await {
        let [first, _] = [booked(&test, 1, 0).await, booked(&test, 2, 3).await];
        let now = test.now();
        let early = staff_at(&test, 7, Role::Auditor, "nanshan").await;
        assert_eq!(standing_out::since(&test.app, &early, &nanshan()).await.unwrap(), None);
        clock(&test, "09:05:00");
        let (clerk, manager) = (clerk(&test, 1).await, manager(&test, 2).await);
        let id = arrived(&test, &clerk, &first).await;
        called(&test, &clerk, windows(&test).await[0]).await;
        act(&test, &clerk, &id, Act::Left).await.unwrap();
        let version = sheet(&test).await.version;
        let day = (DAY.parse().unwrap(), version);
        closing::close(&test.app, &manager, &nanshan(), day, Some(reason()), test.now()).await.unwrap();
        test.set_clock("2026-05-16T09:00:00+08:00");
        server::counter::day::seen_by(&test.app, &clerk, &nanshan(), DAY.parse().unwrap(), test.now()).await.unwrap();

        test.set_clock("2028-05-16T09:00:00+08:00");
        assert!(test.now() - now > TimeDelta::days(730));
        let auditor = staff_at(&test, 3, Role::Auditor, "nanshan").await;
        let since = standing_out::since(&test.app, &auditor, &nanshan()).await.unwrap();
        assert_eq!(since, Some(month()));
        let in_month = async |month: Month| {
            let ends = ends_in(&test.app, &auditor, &nanshan(), month).await.unwrap().len();
            let clerks = clerks_in(&test.app, &auditor, &nanshan(), month).await.unwrap().len();
            (ends, clerks, read::list(&test.app, &auditor, &nanshan(), month).await.unwrap().len())
        };
        assert_eq!(in_month(month()).await, (1, 1, 1));
        for other in [month().previous().unwrap(), month().next().unwrap(), "2028-05".parse().unwrap()] {
            assert_eq!(in_month(other).await, (0, 0, 0));
        }
    }
}
