//! Undoing within a minute, and what people are told once that is over.

use chrono::TimeDelta;
use serde_json::json;
use server::counter::acting;
use server::database::sql::{sql, text as column};
use server::outbox::{Delivery, sending};
use shared::counter::{Act, ActName, Ground, Outcome, Paper, Papers, Refusal, StateName, Step};
use shared::identity::Sex;

use super::super::support::people::person;
use super::super::support::{TestApp, test_apps};
use super::hall::*;

fn not_yet() -> Act {
    Act::Finish(Outcome::ToReturn { papers: Papers::new([Paper::named("photos")]).unwrap() })
}

fn no() -> Act {
    Act::Finish(Outcome::Refused { ground: Ground::named("has_spouse") })
}

async fn told(test: &TestApp, n: usize, kind: &str) -> Vec<String> {
    test.messages_to(&person(n, Sex::Male).phone, kind).await
}

#[tokio::test]
async fn whatever_was_done_is_undone_within_a_minute_and_not_after() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        let id = visit_of(&booked);
        clock(&test, "09:05:00");
        let (clerk, windows) = (clerk(&test, 1).await, windows(&test).await);
        let call = Act::Call { counter: windows[0] };
        let states = [
            (Act::Arrive, StateName::Booked),
            (call, StateName::Arrived),
            (Act::Serve, StateName::Called),
            (no(), StateName::Serving),
        ];
        for (done, before) in states {
            let kind = done.kind();
            assert_eq!(row(&test, &id).await.state.kind(), before);
            act(&test, &clerk, &id, done.clone()).await.unwrap();
            test.wait(TimeDelta::milliseconds(59_999));
            let undone = undo(&test, &clerk, &id).await.unwrap();
            assert_eq!(undone.state.kind(), before, "{kind:?}");
            act(&test, &clerk, &id, done).await.unwrap();
            test.wait(TimeDelta::seconds(60));
            assert!(row(&test, &id).await.undoable.is_none());
            let late = refused(undo(&test, &clerk, &id).await);
            assert!(matches!(late, Refusal::UndoTooLate { act, .. } if act == kind), "{late:?}");
        }
        holds(&test).await;
    }
}

#[tokio::test]
async fn slips_are_undone_one_after_the_other_and_then_there_is_nothing() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        let id = visit_of(&booked);
        clock(&test, "09:05:00");
        let (clerk, windows) = (clerk(&test, 1).await, windows(&test).await);
        arrived(&test, &clerk, &booked).await;
        called(&test, &clerk, windows[0]).await;
        act(&test, &clerk, &id, Act::NoShow).await.unwrap();
        assert_eq!(undo(&test, &clerk, &id).await.unwrap().state.counter(), Some(windows[0]));
        assert_eq!(undo(&test, &clerk, &id).await.unwrap().undoable.map(|(act, _)| act), Some(ActName::Arrive));
        assert_eq!(undo(&test, &clerk, &id).await.unwrap().state.kind(), StateName::Booked);
        assert_eq!(refused(undo(&test, &clerk, &id).await), Refusal::NothingToUndo);
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_clock_that_was_set_back_makes_no_act_younger_than_it_was() {
    for test in test_apps(setup()).await {
        let [first, second] = [booked(&test, 1, 0).await, booked(&test, 2, 0).await];
        clock(&test, "09:05:00");
        let clerk = clerk(&test, 1).await;
        let one = arrived(&test, &clerk, &first).await;
        let other = arrived(&test, &clerk, &second).await;
        clock(&test, "09:04:00");
        assert!(row(&test, &one).await.undoable.is_none());
        assert!(matches!(refused(undo(&test, &clerk, &one).await), Refusal::UndoTooLate { .. }));
        // The clocks of two servers may differ by less.
        clock(&test, "09:04:01");
        let undone = undo(&test, &clerk, &one).await.unwrap();
        assert_eq!(undone.state.kind(), StateName::Booked, "no time has gone by");
        assert_eq!(undone.since.to_rfc3339(), format!("{DAY}T01:05:00+00:00"), "and none runs back");
        clock(&test, "09:05:59");
        assert!(row(&test, &other).await.undoable.is_some());
        clock(&test, "09:06:00");
        assert!(matches!(refused(undo(&test, &clerk, &other).await), Refusal::UndoTooLate { .. }));
        holds(&test).await;
    }
}

#[tokio::test]
async fn what_was_undone_in_time_tells_nobody_and_what_stands_tells_everybody_after_a_minute() {
    for test in test_apps(setup()).await {
        let [slip, stands] = [booked(&test, 1, 0).await, booked(&test, 2, 0).await];
        clock(&test, "09:05:00");
        let (clerk, windows) = (clerk(&test, 1).await, windows(&test).await);
        sending::send_due(&test.app).await.unwrap();
        act(&test, &clerk, &visit_of(&slip), Act::NoShow).await.unwrap();
        act(&test, &clerk, &visit_of(&stands), Act::NoShow).await.unwrap();
        test.wait(TimeDelta::milliseconds(59_999));
        assert_eq!(sending::send_due(&test.app).await.unwrap(), 0, "nothing is sent while it can be undone");
        undo(&test, &clerk, &visit_of(&slip)).await.unwrap();
        test.wait(TimeDelta::milliseconds(1));
        assert_eq!(sending::send_due(&test.app).await.unwrap(), 2, "to both phones");
        assert_eq!(told(&test, 1, "visit_no_show").await, [""; 0]);
        let text = told(&test, 2, "visit_no_show").await;
        assert!(text.len() == 1 && text[0].contains("按未到处理") && !text[0].contains("取消"), "{text:?}");
        assert!(text[0].contains("请按当地的预约规则重新预约") && !text[0].contains("可以重新预约"), "{text:?}");

        // The same act once more, another slip, is told by itself.
        arrived(&test, &clerk, &slip).await;
        called(&test, &clerk, windows[0]).await;
        act(&test, &clerk, &visit_of(&slip), Act::Serve).await.unwrap();
        act(&test, &clerk, &visit_of(&slip), no()).await.unwrap();
        undo(&test, &clerk, &visit_of(&slip)).await.unwrap();
        act(&test, &clerk, &visit_of(&slip), not_yet()).await.unwrap();
        test.wait(TimeDelta::seconds(60));
        sending::send_due(&test.app).await.unwrap();
        assert_eq!(told(&test, 1, "visit_refused").await, [""; 0]);
        let text = told(&test, 1, "visit_to_return").await;
        assert!(text.len() == 1 && text[0].contains("合影"), "{text:?}");
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_refusal_is_told_without_its_ground_and_the_button_shows_the_text_and_whom_it_goes_to() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        let id = visit_of(&booked);
        clock(&test, "09:05:00");
        let (clerk, windows) = (clerk(&test, 1).await, windows(&test).await);
        arrived(&test, &clerk, &booked).await;
        called(&test, &clerk, windows[0]).await;
        act(&test, &clerk, &id, Act::Serve).await.unwrap();
        let would = acting::would_tell(&test.app, &clerk, &id, &Step::Act(no())).await.unwrap().unwrap();
        assert!(would.to.len() == 2 && would.to.iter().all(|phone| phone.contains("****")), "{would:?}");
        let registered = Step::Act(Act::Finish(Outcome::Registered));
        assert_eq!(acting::would_tell(&test.app, &clerk, &id, &registered).await.unwrap(), None);
        // Nor a paper that tells of an earlier marriage, which takes the names of all.
        let missing = async |papers: &[&'static str]| {
            let papers = Papers::new(papers.iter().copied().map(Paper::named)).unwrap();
            let step = Step::Act(Act::Finish(Outcome::ToReturn { papers }));
            acting::would_tell(&test.app, &clerk, &id, &step).await.unwrap().unwrap().text
        };
        let named = missing(&["photos", "resident_id"]).await;
        assert!(named.contains("合影") && named.contains("身份证"), "{named}");
        for papers in [&["status_proof"][..], &["identity_proof"], &["photos", "status_proof"]] {
            let text = missing(papers).await;
            assert!(text.contains("还差材料，缺什么窗口已经当面说明"), "{text}");
            assert!(["婚姻已经", "变更", "合影"].iter().all(|told| !text.contains(told)), "{text}");
        }
        act(&test, &clerk, &id, no()).await.unwrap();
        test.wait(TimeDelta::seconds(60));
        sending::send_due(&test.app).await.unwrap();
        let text = told(&test, 1, "visit_refused").await;
        assert_eq!(text, std::slice::from_ref(&would.text));
        assert!(!text[0].contains("配偶") && text[0].contains("0755-26661013"), "{text:?}");
        for words in [
            "60 日内可以申请行政复议",
            "收到复议决定 15 日内起诉",
            "法律没要求先复议的，6 个月内也可以直接起诉",
            "先复议更稳妥",
        ] {
            assert!(text[0].contains(words), "{words}: {text:?}");
        }
        let kept = "select detail from audit where act = 'finish'";
        let row = sql(kept, []).fetch_one(&mut *test.app.database().read().await.unwrap()).await.unwrap();
        let kept: serde_json::Value = serde_json::from_str(&column(&row, "detail").unwrap()).unwrap();
        let digest = test.app.keys().blind_index("told", &text[0]);
        assert_eq!((&kept["told"], &kept["told_digest"]), (&json!("visit_refused"), &json!(digest)), "the very text");
    }
}

#[tokio::test]
async fn what_another_process_has_sent_by_its_own_clock_cannot_be_undone() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        clock(&test, "09:05:00");
        let clerk = clerk(&test, 1).await;
        act(&test, &clerk, &visit_of(&booked), Act::NoShow).await.unwrap();
        test.wait(TimeDelta::seconds(61));
        sending::send_due(&test.app).await.unwrap();
        clock(&test, "09:05:30");
        assert!(matches!(refused(undo(&test, &clerk, &visit_of(&booked)).await), Refusal::UndoTooLate { .. }));
        let posted = test.messages().await.into_iter().filter(|posted| posted.kind == "visit_no_show");
        assert!(posted.into_iter().all(|posted| posted.delivery == Delivery::Sent));
        holds(&test).await;
    }
}

#[tokio::test]
async fn undoing_gives_nobody_back_to_a_counter_that_has_somebody_or_is_closed() {
    for test in test_apps(setup()).await {
        let [first, second] = [booked(&test, 1, 0).await, booked(&test, 2, 0).await];
        clock(&test, "09:05:00");
        let (clerk, windows) = (clerk(&test, 1).await, windows(&test).await);
        let id = arrived(&test, &clerk, &first).await;
        arrived(&test, &clerk, &second).await;
        called(&test, &clerk, windows[0]).await;
        act(&test, &clerk, &id, Act::Serve).await.unwrap();
        act(&test, &clerk, &id, no()).await.unwrap();
        let other = called(&test, &clerk, windows[0]).await;
        assert_eq!(refused(undo(&test, &clerk, &id).await), busy(&test, &other).await);
        act(&test, &clerk, &other, Act::Left).await.unwrap();
        server::counter::counters::close(&test.app, &clerk, windows[0], test.now()).await.unwrap();
        assert_eq!(refused(undo(&test, &clerk, &id).await), Refusal::CounterClosed);
        server::counter::counters::open(&test.app, &clerk, windows[0], test.now()).await.unwrap();
        assert_eq!(undo(&test, &clerk, &id).await.unwrap().state.counter(), Some(windows[0]));
        assert_eq!(told(&test, 1, "visit_refused").await, [""; 0]);
        holds(&test).await;
    }
}
