//! Paper that was entered wrongly, and paper that is found late.

use chrono::TimeDelta;
use server::counter::paper::{self, Paper};
use shared::counter::paper::Ending;
use shared::counter::{Act, Ground, Outcome, Reason, Refusal, StateName, VisitState};

use super::super::support::test_apps;
use super::hall::*;
use super::paper::{at, done, enter, of, on_paper, texts, written};

#[tokio::test]
async fn a_line_is_undone_as_one_within_its_minute_and_entered_again_as_it_was() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        let (clerk, counter) = (clerk(&test, 1).await, windows(&test).await[0]);
        clock(&test, "17:30:00");
        let before = row(&test, &visit_of(&booked)).await;
        let refused_for_age = Ending::Finished(Outcome::Refused { ground: Ground::named("under_age") });
        let wrong = of(&before, written(refused_for_age, [Some("08:50"), Some("09:05"), Some("09:25")], Some(counter)));
        paper::enter(&test.app, &clerk, &on_paper(true), &wrong, test.now()).await.unwrap();
        assert_eq!(texts(&test).await, 2);
        test.wait(TimeDelta::seconds(59));
        let undone = undo(&test, &clerk, &before.id).await.unwrap();
        assert_eq!((undone.state, undone.since), (VisitState::Booked, before.since));
        assert_eq!(texts(&test).await, 0, "nobody is told of a slip");
        assert_eq!(number(&test.app, "select count(*) from appointment where arrived = 1").await, 0);
        holds(&test).await;

        let seen = row(&test, &before.id).await;
        let right = of(&seen, written(done(), [Some("08:50"), Some("09:05"), Some("09:20")], Some(counter)));
        let entered = enter(&test, &clerk, &right).await.unwrap();
        assert_eq!((entered.state.kind(), entered.since), (StateName::Finished, at("09:20")));
        test.wait(TimeDelta::seconds(60));
        assert!(matches!(refused(undo(&test, &clerk, &before.id).await), Refusal::UndoTooLate { .. }));
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_day_that_nobody_closed_takes_a_manager_with_a_reason_after_two_days() {
    for test in test_apps(setup()).await {
        let [one, two] = [booked(&test, 1, 0).await, booked(&test, 2, 1).await];
        let (clerk, manager) = (clerk(&test, 1).await, manager(&test, 2).await);
        let line =
            async |booked| of(&row(&test, &visit_of(booked)).await, written(Ending::NoShow, [None, None, None], None));
        test.set_clock("2026-05-16T23:59:00+08:00");
        let lines = [line(&one).await, line(&two).await];
        enter(&test, &clerk, &lines[0]).await.unwrap();
        test.set_clock("2026-05-17T00:00:00+08:00");
        assert!(is_not_allowed(&enter(&test, &clerk, &lines[1]).await));
        assert_eq!(refused(enter(&test, &manager, &lines[1]).await), Refusal::ReasonNeeded);
        assert!(is_not_allowed(&act(&test, &clerk, &visit_of(&two), Act::NoShow).await));
        let paper = Paper { reason: Reason::parse("停电那天的纸后来才找到").ok(), ..on_paper(true) };
        paper::enter(&test.app, &manager, &paper, &lines[1], test.now()).await.unwrap();
        assert_eq!(texts(&test).await, 2);
        undo(&test, &manager, &visit_of(&two)).await.unwrap();
        assert_eq!(texts(&test).await, 0);
        holds(&test).await;
    }
}
