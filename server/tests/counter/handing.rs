//! Handing over to another counter, setting aside and bringing back.

use chrono::TimeDelta;
use server::counter::counters;
use server::counter::next::Next;
use shared::counter::{Act, Back, CounterId, CounterState, Refusal, VisitState, Why};
use shared::problem::Problem;

use super::super::support::test_apps;
use super::hall::*;

#[tokio::test]
async fn who_is_handed_over_is_first_at_that_counter_and_nobody_elses_next() {
    for test in test_apps(setup()).await {
        let [first, second] = [booked(&test, 1, 0).await, booked(&test, 2, 4).await];
        clock(&test, "08:50:00");
        let (one, other) = (clerk(&test, 1).await, clerk(&test, 2).await);
        let windows = windows(&test).await;
        counters::open(&test.app, &other, windows[1], test.now()).await.unwrap();
        let late = arrived(&test, &one, &second).await;
        let arrived_at = test.now();
        test.wait(TimeDelta::minutes(1));
        arrived(&test, &one, &first).await;
        assert_eq!(called(&test, &one, windows[0]).await, visit_of(&first));
        let to_itself = act(&test, &one, &visit_of(&first), Act::HandOver { counter: windows[0] }).await;
        assert_eq!(refused(to_itself), Refusal::SameCounter);
        act(&test, &one, &visit_of(&first), Act::Serve).await.unwrap();
        act(&test, &one, &visit_of(&first), Act::Park).await.unwrap();

        assert_eq!(called(&test, &one, windows[0]).await, late);
        let handed = act(&test, &one, &late, Act::HandOver { counter: windows[1] }).await.unwrap();
        assert_eq!(handed.state, VisitState::Arrived { arrived_at, waits_for: Some(windows[1]) });
        act(&test, &one, &visit_of(&first), Act::Back(Back::Hall)).await.unwrap();
        // Earlier by their time, but the other was handed over.
        let next_there = next(&test, &other, windows[1]).await.unwrap();
        assert!(matches!(&next_there, Next::Called { row, why: Why::HandedOver { .. }, .. } if row.id == late));
        assert_eq!(called(&test, &one, windows[0]).await, visit_of(&first));
        holds(&test).await;
    }
}

#[tokio::test]
async fn who_waits_for_a_counter_that_closes_is_everybodys_and_nobody_is_handed_to_a_closed_one() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        clock(&test, "08:50:00");
        let (one, other) = (clerk(&test, 1).await, clerk(&test, 2).await);
        let windows = windows(&test).await;
        let id = arrived(&test, &one, &booked).await;
        called(&test, &one, windows[0]).await;
        let closed = act(&test, &one, &id, Act::HandOver { counter: windows[1] }).await;
        assert_eq!(refused(closed), Refusal::CounterClosed);
        let unknown = act(&test, &one, &id, Act::HandOver { counter: CounterId(999) }).await;
        assert!(matches!(unknown, Err(server::Error::Problem(Problem::NotFound))), "{unknown:?}");
        counters::open(&test.app, &other, windows[1], test.now()).await.unwrap();
        act(&test, &one, &id, Act::HandOver { counter: windows[1] }).await.unwrap();
        assert_eq!(next(&test, &one, windows[0]).await.unwrap(), Next::Nobody);
        counters::close(&test.app, &other, windows[1], test.now()).await.unwrap();
        assert_eq!(called(&test, &one, windows[0]).await, id);
        holds(&test).await;
    }
}

#[tokio::test]
async fn who_waits_for_a_clerk_who_may_work_there_no_more_is_everybodys_and_nobody_is_handed_to_them() {
    for test in test_apps(setup()).await {
        let [first, second] = [booked(&test, 1, 0).await, booked(&test, 2, 1).await];
        clock(&test, "08:50:00");
        let (one, other) = (clerk(&test, 1).await, clerk(&test, 2).await);
        let windows = windows(&test).await;
        counters::open(&test.app, &other, windows[1], test.now()).await.unwrap();
        let id = arrived(&test, &one, &first).await;
        called(&test, &one, windows[0]).await;
        act(&test, &one, &id, Act::HandOver { counter: windows[1] }).await.unwrap();
        assert!(sheet(&test).await.left_alone.is_empty());
        assert_eq!(next(&test, &one, windows[0]).await.unwrap(), Next::Nobody);

        let other = without_roles(&test, &other).await;
        let alone = counters::Alone { counter: windows[1], may_work: false };
        assert_eq!(sheet(&test).await.left_alone, [alone], "whoever is signed in and may not go on is as good as gone");
        assert_eq!(called(&test, &one, windows[0]).await, id);
        register(&test, &one, &id).await;
        let next = arrived(&test, &one, &second).await;
        called(&test, &one, windows[0]).await;
        let handed = act(&test, &one, &next, Act::HandOver { counter: windows[1] }).await;
        assert_eq!(refused(handed), Refusal::CounterClosed);
        // Closing it is all that is left to them.
        assert!(is_not_allowed(&counters::pause(&test.app, &other, windows[1], test.now()).await));
        assert!(is_not_allowed(&counters::close(&test.app, &other, windows[0], test.now()).await), "it is not theirs");
        let closed = counters::close(&test.app, &other, windows[1], test.now()).await.unwrap();
        assert_eq!((closed.state, closed.clerk), (CounterState::Closed, None));
        assert!(sheet(&test).await.left_alone.is_empty());
        holds(&test).await;
    }
}

#[tokio::test]
async fn who_is_set_aside_frees_the_counter_and_is_brought_back_to_the_hall_or_to_one() {
    for test in test_apps(setup()).await {
        let [first, second] = [booked(&test, 1, 0).await, booked(&test, 2, 1).await];
        clock(&test, "08:50:00");
        let (clerk, windows) = (clerk(&test, 1).await, windows(&test).await);
        let id = arrived(&test, &clerk, &first).await;
        arrived(&test, &clerk, &second).await;
        called(&test, &clerk, windows[0]).await;
        act(&test, &clerk, &id, Act::Park).await.unwrap();
        assert_eq!(called(&test, &clerk, windows[0]).await, visit_of(&second));
        let there = act(&test, &clerk, &id, Act::Back(Back::Counter { counter: windows[0] })).await;
        assert_eq!(refused(there), busy(&test, &visit_of(&second)).await);
        register(&test, &clerk, &visit_of(&second)).await;
        let back = act(&test, &clerk, &id, Act::Back(Back::Counter { counter: windows[0] })).await.unwrap();
        assert_eq!(back.state.counter(), Some(windows[0]));
        register(&test, &clerk, &id).await;
        holds(&test).await;
    }
}
