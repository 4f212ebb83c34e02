//! Figures are what the events say, and tell nobody of few families.

use server::procedures::cases::Usual;
use server::procedures::figures::{self, Figures, Period};
use server::procedures::ratings;
use server::staff::authority::Staff;
use shared::calendar::shanghai_date;
use shared::procedures::{Act, Outcome, Rating};

use super::super::counter::hall::{clerk, holds, is_not_allowed, setup};
use super::super::support::{TestApp, test_apps};
use super::desk::{act, approver, granted, proposes, reviewer, signed, submitted, with_times};

async fn counted(test: &TestApp, by: &Staff) -> Figures {
    let period = Period::read("", "", shanghai_date(test.now())).unwrap();
    figures::of(&test.app, by, period).await.unwrap()
}

#[tokio::test]
async fn what_became_of_cases_is_counted_from_their_events_and_few_are_not_told_apart() {
    for test in test_apps(setup()).await {
        with_times(&test, r#"clock = { days = 10, unit = "working", source = "sz2023" }"#);
        let [by, signs] = [reviewer(&test, 11).await, approver(&test, 12).await];
        let mut all = Vec::new();
        for n in 1..=6 {
            all.push(submitted(&test, n).await);
        }
        for case in &all[..4] {
            granted(&test, &case.id, (&by, &signs)).await;
        }
        let few = &counted(&test, &by).await.lines[0];
        assert_eq!((few.handed_in, few.accepted, few.decided), (Some(6), None, None));
        assert_eq!((few.outcomes, few.in_time, few.took), (None, None, None));

        granted(&test, &all[4].id, (&by, &signs)).await;
        for (case, grade) in all[..5].iter().zip(["very_good", "good", "good", "fair", "bad"]) {
            let rating = Rating::read(grade, [], "").unwrap();
            ratings::rate(&test.app, &case.family, &rating, test.now()).await.unwrap();
        }
        act(&test, &by, &all[5].id, Act::Accept).await.unwrap();
        let figures = counted(&test, &by).await;
        let [line] = &figures.lines[..] else { panic!("{figures:?}") };
        assert_eq!((line.handed_in, line.accepted, line.asked), (Some(6), Some(6), Some(0)));
        assert_eq!((line.decided, line.outcomes), (Some(5), Some([5, 0])));
        assert_eq!((line.has_time, line.in_time), (true, Some([5, 0])));
        assert_eq!(line.took, Some(Usual { half: 0, most: 0, of: 5 }));
        assert_eq!((line.rated, line.grades), (Some(5), Some([1, 2, 1, 1, 0])));

        // One refusal among many would be told by the sum.
        act(&test, &by, &all[5].id, Act::Review).await.unwrap();
        act(&test, &by, &all[5].id, proposes(Outcome::Refused)).await.unwrap();
        signed(&test, &all[5].id, &signs).await.unwrap();
        let line = &counted(&test, &by).await.lines[0];
        assert_eq!((line.decided, line.outcomes), (Some(6), None));
        assert_eq!(line.rated, Some(5), "silence is no grade");
        let at_desk = clerk(&test, 13).await;
        let period = Period::read("", "", shanghai_date(test.now())).unwrap();
        assert!(is_not_allowed(&figures::of(&test.app, &at_desk, period).await));
        holds(&test).await;
    }
}

#[tokio::test]
async fn what_was_decided_after_its_time_is_late_and_counts_on_its_own_day() {
    for test in test_apps(setup()).await {
        with_times(&test, r#"clock = { days = 10, unit = "working", source = "sz2023" }"#);
        let [by, signs] = [reviewer(&test, 11).await, approver(&test, 12).await];
        let mut all = Vec::new();
        for n in 1..=5 {
            all.push(submitted(&test, n).await);
        }
        for case in &all {
            act(&test, &by, &case.id, Act::Accept).await.unwrap();
            act(&test, &by, &case.id, Act::Review).await.unwrap();
        }
        test.set_clock("2026-07-15T10:00:00+08:00");
        for case in &all {
            act(&test, &by, &case.id, proposes(Outcome::Granted)).await.unwrap();
            signed(&test, &case.id, &signs).await.unwrap();
        }
        let line = &counted(&test, &by).await.lines[0];
        assert_eq!(line.in_time, Some([0, 5]));
        assert!(line.took.is_some_and(|took| took.half > 30), "{line:?}");
        let before = Period::read("2026-01-01", "2026-07-14", shanghai_date(test.now())).unwrap();
        let before = &figures::of(&test.app, &by, before).await.unwrap().lines[0];
        assert_eq!((before.handed_in, before.decided), (Some(5), Some(0)), "each day has what happened on it");
        holds(&test).await;
    }
}
