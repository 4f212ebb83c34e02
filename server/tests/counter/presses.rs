//! One press is one act, whatever becomes of the line.

use chrono::TimeDelta;
use server::counter::acting::{self, Acting};
use server::counter::next::{self, Next};
use server::jobs;
use shared::counter::{Act, StateName, Step};
use shared::problem::Problem;

use super::super::support::test_apps;
use super::hall::*;

#[tokio::test(flavor = "multi_thread")]
async fn the_same_press_is_done_once_and_answered_the_same_now_and_later() {
    for test in test_apps(setup()).await {
        let [first, second] = [booked(&test, 1, 0).await, booked(&test, 2, 1).await];
        clock(&test, "08:50:00");
        let (clerk, windows) = (clerk(&test, 1).await, windows(&test).await);
        arrived(&test, &clerk, &first).await;
        arrived(&test, &clerk, &second).await;
        let pressed = press();
        let again = || next::next(&test.app, &clerk, windows[0], &pressed, test.now());
        let (one, two, three) = tokio::join!(again(), again(), again());
        let one = one.unwrap();
        assert_eq!([&two.unwrap(), &three.unwrap()], [&one, &one]);
        let Next::Called { row: called, .. } = &one else { panic!("{one:?}") };
        assert_eq!(number(&test.app, "select count(*) from open_call").await, 1);

        let pressed = press();
        let serve = || Acting { version: 2, press: pressed.clone(), step: Step::Act(Act::Serve), reason: None };
        let act = || acting::act(&test.app, &clerk, &called.id, serve(), test.now());
        let (one, two) = tokio::join!(act(), act());
        assert_eq!(one.unwrap(), two.unwrap());
        register_served(&test, &clerk, called).await;
        let late = act().await.unwrap();
        assert_eq!((late.state.kind(), late.version), (StateName::Serving, 3), "what it was answered then");
        assert_eq!(row(&test, &called.id).await.state.kind(), StateName::Finished);
        holds(&test).await;
    }
}

async fn register_served(
    test: &super::super::support::TestApp,
    clerk: &server::staff::authority::Staff,
    called: &server::counter::day::Row,
) {
    let finish = Act::Finish(shared::counter::Outcome::Registered);
    act(test, clerk, &called.id, finish).await.unwrap();
}

#[tokio::test]
async fn a_press_that_asks_for_something_else_than_before_is_no_press_and_another_clerks_is_another() {
    for test in test_apps(setup()).await {
        let [first, second] = [booked(&test, 1, 0).await, booked(&test, 2, 1).await];
        clock(&test, "08:50:00");
        let (one, other) = (clerk(&test, 1).await, clerk(&test, 2).await);
        let windows = windows(&test).await;
        arrived(&test, &one, &first).await;
        arrived(&test, &one, &second).await;
        let pressed = press();
        next::next(&test.app, &one, windows[0], &pressed, test.now()).await.unwrap();
        let mixed = next::next(&test.app, &one, windows[1], &pressed, test.now()).await;
        assert!(matches!(mixed, Err(server::Error::Problem(Problem::IdempotencyMismatch))), "{mixed:?}");
        let theirs = next::next(&test.app, &other, windows[1], &pressed, test.now()).await.unwrap();
        assert!(matches!(theirs, Next::Called { row, .. } if row.id == visit_of(&second)));
        holds(&test).await;
    }
}

#[tokio::test]
async fn what_was_refused_is_asked_anew_and_what_nobody_waited_for_stays_nobody() {
    for test in test_apps(setup()).await {
        let [first, second] = [booked(&test, 1, 0).await, booked(&test, 2, 1).await];
        clock(&test, "08:50:00");
        let (clerk, windows) = (clerk(&test, 1).await, windows(&test).await);
        let nobody = press();
        let ask = async |pressed| next::next(&test.app, &clerk, windows[0], pressed, test.now()).await;
        assert_eq!(ask(&nobody).await.unwrap(), Next::Nobody);
        let id = arrived(&test, &clerk, &first).await;
        arrived(&test, &clerk, &second).await;
        assert_eq!(ask(&nobody).await.unwrap(), Next::Nobody);
        let (other, busy) = (press(), press());
        ask(&other).await.unwrap();
        assert_eq!(refused(ask(&busy).await), super::hall::busy(&test, &id).await);
        register(&test, &clerk, &id).await;
        assert!(matches!(ask(&busy).await.unwrap(), Next::Called { .. }));
    }
}

#[tokio::test]
async fn presses_are_forgotten_after_a_day() {
    for test in test_apps(setup()).await {
        clock(&test, "08:50:00");
        let (clerk, windows) = (clerk(&test, 1).await, windows(&test).await);
        next(&test, &clerk, windows[0]).await.unwrap();
        let kept = "select count(*) from counter_press";
        jobs::round(&test.app, test.now()).await.unwrap();
        assert_eq!(number(&test.app, kept).await, 1);
        test.wait(TimeDelta::days(1));
        jobs::round(&test.app, test.now()).await.unwrap();
        assert_eq!(number(&test.app, kept).await, 0);
    }
}
