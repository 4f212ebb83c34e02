//! Paper of a day that goes on: it takes no places one after the other, puts nobody first unseen, and moves no numbers.

use chrono::TimeDelta;
use server::counter::day::standing_out::clerks_in;
use server::counter::next::Next;
use server::counter::waiting;
use shared::calendar::Month;
use shared::counter::paper::Ending;
use shared::counter::{Act, Refusal};
use shared::staff::Role;

use super::super::support::{TestApp, test_apps};
use super::hall::*;
use super::paper::{done, enter, of, walked_in, written, wrong};

fn waits(number: u32, arrived: &str) -> server::counter::paper::Entered {
    walked_in(number, written(Ending::Waiting, [Some(arrived), None, None], None))
}

#[tokio::test]
async fn a_clerk_enters_forty_who_still_wait_at_once_as_at_the_desk_and_a_colleague_goes_on() {
    for test in test_apps(setup()).await {
        let (one, other, counter) = (clerk(&test, 1).await, clerk(&test, 2).await, windows(&test).await[0]);
        // No time of the day is over: whoever has gone again takes a place that is still to come, too.
        clock(&test, "08:59:00");
        let gone =
            |number| walked_in(number, written(done(), [Some("08:30"), Some("08:31"), Some("08:50")], Some(counter)));
        enter(&test, &one, &gone(1)).await.unwrap();
        for number in 2..=40 {
            enter(&test, &one, &waits(number, "08:40")).await.unwrap();
        }
        let version = sheet(&test).await.version;
        for line in [waits(41, "08:40"), gone(41)] {
            assert_eq!(refused(enter(&test, &one, &line).await), Refusal::TooManyTicketsTaken { retry_after: 60 });
        }
        assert_eq!(refused(ticket(&test, &one).await), Refusal::TooManyTicketsTaken { retry_after: 60 }, "one purse");
        assert_eq!(sheet(&test).await.version, version, "no number and no place was used up");
        enter(&test, &other, &waits(41, "08:40")).await.unwrap();
        test.wait(TimeDelta::minutes(1));
        enter(&test, &one, &waits(42, "08:40")).await.unwrap();
        holds(&test).await;
    }
}

/// Places of times that are not over at noon.
async fn to_come(test: &TestApp) -> i64 {
    let statement = "select cast(sum(capacity - taken) as bigint) from slot where place_id = 'nanshan' \
         and service = 'marriage_registration' and date = '2026-05-14' and ends_at > 1778731200000";
    number(&test.app, statement).await
}

#[tokio::test]
async fn a_whole_morning_that_was_served_on_paper_is_entered_at_once_and_takes_no_place_that_is_to_come() {
    for test in test_apps(setup()).await {
        let (clerk, counter) = (clerk(&test, 1).await, windows(&test).await[0]);
        clock(&test, "12:00:00");
        let free = to_come(&test).await;
        for number in 1..=80 {
            let ending = if number % 4 == 0 { Ending::Left } else { done() };
            let called = (ending != Ending::Left).then_some("10:10");
            let line = written(ending, [Some("10:00"), called, Some("10:30")], called.map(|_| counter));
            enter(&test, &clerk, &walked_in(number, line)).await.unwrap();
        }
        assert_eq!(to_come(&test).await, free);
        ticket(&test, &clerk).await.unwrap();
        assert_eq!(to_come(&test).await, free - 1);
        holds(&test).await;
    }
}

#[tokio::test]
async fn nobody_came_hours_before_the_first_time_of_the_day() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        let clerk = clerk(&test, 1).await;
        clock(&test, "10:03:00");
        let before = row(&test, &visit_of(&booked)).await;
        for time in ["00:01", "07:00"] {
            let line = written(Ending::Waiting, [Some(time), None, None], None);
            for line in [walked_in(9, line.clone()), of(&before, line)] {
                let outcome = enter(&test, &clerk, &line).await;
                assert_eq!(wrong(outcome), [("arrived".to_owned(), "paper_before_doors")], "{time}");
            }
        }
        enter(&test, &clerk, &waits(9, "08:30")).await.unwrap();
        holds(&test).await;
    }
}

#[tokio::test]
async fn whoever_is_first_by_paper_is_said_to_be_as_they_are_called_and_counted_for_whoever_entered_them() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        let (one, auditor) = (clerk(&test, 1).await, staff_at(&test, 9, Role::Auditor, "nanshan").await);
        let windows = windows(&test).await;
        clock(&test, "09:40:00");
        let (late, before) = (ticket(&test, &one).await.unwrap().visit, row(&test, &visit_of(&booked)).await);
        clock(&test, "10:03:00");
        let friend = enter(&test, &one, &waits(9, "08:30")).await.unwrap().id;
        // Nor is the mark lost with an end that was a slip.
        let left = written(Ending::Left, [Some("08:35"), None, Some("09:00")], None);
        let second = enter(&test, &one, &walked_in(10, left)).await.unwrap().id;
        undo(&test, &one, &second).await.unwrap();
        // Whoever was checked in here after a line that was a slip came before everybody's eyes.
        let slip = written(Ending::Waiting, [Some("08:50"), None, None], None);
        enter(&test, &one, &of(&before, slip)).await.unwrap();
        undo(&test, &one, &before.id).await.unwrap();
        arrived(&test, &one, &booked).await;

        let day = DAY.parse().unwrap();
        let line = waiting::line(&test.app, (&nanshan(), day), None, test.now()).await.unwrap();
        let marks: Vec<_> = line.0.into_iter().map(|one| (one.visit, one.from_paper)).collect();
        let expected = [(friend.clone(), true), (second, true), (late, false), (before.id, false)];
        assert_eq!(marks, expected);
        let next = next(&test, &one, windows[0]).await.unwrap();
        assert!(matches!(&next, Next::Called { row, from_paper: true, .. } if row.id == friend), "{next:?}");
        act(&test, &one, &friend, Act::Park).await.unwrap();
        let month = Month::of(day);
        let found = clerks_in(&test.app, &auditor, &nanshan(), month).await.unwrap();
        let theirs = found.into_iter().find(|clerk| clerk.account.as_ref() == Some(one.account())).unwrap().in_all;
        assert_eq!(theirs.from_paper, 2);
        assert!(theirs.stand_out());
        holds(&test).await;
    }
}

#[tokio::test]
async fn however_many_numbers_paper_says_the_next_of_the_portal_is_not_far_beyond_what_was_given_out() {
    for test in test_apps(setup()).await {
        let clerk = clerk(&test, 1).await;
        clock(&test, "12:00:00");
        let went = |number| walked_in(number, written(Ending::Left, [Some("10:00"), None, Some("10:20")], None));
        enter(&test, &clerk, &went(200)).await.unwrap();
        enter(&test, &clerk, &went(201)).await.unwrap();
        for number in [203, 401, 9999] {
            let outcome = enter(&test, &clerk, &went(number)).await;
            assert_eq!(wrong(outcome), [("ticket".to_owned(), "paper_ticket_far")], "{number}");
        }
        assert_eq!(ticket(&test, &clerk).await.unwrap().number, 202);
        holds(&test).await;
    }
}
