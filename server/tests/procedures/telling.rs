//! Texts to a family: those that do not arrive are somebody's task, those that are no longer so are not sent, and whoever puts another
//! account in place of the family's tells it.

use chrono::{DateTime, TimeDelta, Utc};
use server::outbox::{self, Delivery, sending};
use server::procedures::cases::{self, Queue};
use server::procedures::unsettled::{self, Untold, Waiting};
use server::procedures::{acts, talk};
use server::staff::authority::Staff;
use shared::identity::Phone;
use shared::procedures::{Act, CaseId, CaseReference, Outcome};

use super::super::counter::hall::{holds, number, setup};
use super::super::support::{TestApp, test_apps};
use super::desk::{act, answers, approver, granted, only, reviewer, signed, submitted};

/// Servers whose gateway is down.
async fn cut_off() -> Vec<TestApp> {
    let flags = ["--demo", "--messages", "http://127.0.0.1:1/sms", "--phone-codes", "off", "--rate-limit", "off"];
    let mut houses = Vec::new();
    for backend in test_apps(setup()).await.iter().map(TestApp::backend) {
        houses.push(TestApp::open(backend, &flags, "2026-05-13T10:00:00+08:00").await);
    }
    houses
}

/// Tries until every text is given up.
async fn given_up(test: &TestApp) {
    for _ in 0..10 {
        sending::send_due(&test.app).await.unwrap();
        test.wait(TimeDelta::hours(5));
    }
}

async fn not_reached(test: &TestApp, by: &Staff) -> Vec<CaseReference> {
    let page = cases::queue(&test.app, by, Queue::NotReached, 0, test.now()).await.unwrap();
    page.rows.into_iter().map(|row| row.reference).collect()
}

async fn untold(test: &TestApp, by: &Staff, id: &CaseId) -> Vec<Untold> {
    unsettled::untold(&test.app, by, id).await.unwrap()
}

async fn settle(test: &TestApp, by: &Staff, id: &CaseId, until: DateTime<Utc>) {
    unsettled::settle(&test.app, by, (id, Waiting::Texts), until, test.now()).await.unwrap();
}

#[tokio::test]
async fn a_family_that_no_text_reaches_is_a_task_until_somebody_has_told_it_otherwise() {
    for test in cut_off().await {
        let case = submitted(&test, 1).await;
        given_up(&test).await;
        let by = reviewer(&test, 11).await;
        assert_eq!(not_reached(&test, &by).await, [case.submitted.reference]);
        let lost = untold(&test, &by, &case.id).await;
        let masked = Phone::parse(&answers(1)["applicant_phone"]).unwrap().masked();
        assert_eq!((lost.len(), lost[0].kind.as_str(), &lost[0].to), (1, "case_submitted", &masked));
        settle(&test, &by, &case.id, lost[0].failed_at - TimeDelta::milliseconds(1)).await;
        assert_eq!(not_reached(&test, &by).await.len(), 1, "whoever pressed has not seen this one");
        for _ in 0..2 {
            settle(&test, &by, &case.id, lost[0].failed_at).await;
        }
        assert!(not_reached(&test, &by).await.is_empty() && untold(&test, &by, &case.id).await.is_empty());
        assert_eq!(number(&test.app, "select count(*) from audit where act = 'case_settled'").await, 1);

        talk::answer(&test.app, &by, &case.id, ("received", ""), None, test.now()).await.unwrap();
        given_up(&test).await;
        let by = reviewer(&test, 12).await;
        let lost = untold(&test, &by, &case.id).await;
        assert_eq!(lost.iter().map(|lost| lost.kind.as_str()).collect::<Vec<_>>(), ["case_message"]);
        holds(&test).await;
    }
}

/// What became of the texts of a kind about a case.
async fn became(test: &TestApp, id: &CaseId, kind: &str) -> Vec<Delivery> {
    let texts = outbox::of_subject(&test.app, &format!("case:{id}")).await.unwrap();
    texts.into_iter().filter(|text| text.kind == kind).map(|text| text.delivery).collect()
}

#[tokio::test]
async fn a_text_that_is_no_longer_so_is_not_sent_and_nobody_has_to_call_for_it() {
    for test in cut_off().await {
        let [by, signs] = [reviewer(&test, 11).await, approver(&test, 12).await];
        let [asked, decided, answered] =
            [submitted(&test, 1).await, submitted(&test, 2).await, submitted(&test, 3).await];
        act(&test, &by, &asked.id, Act::Ask { items: vec!["account".to_owned()] }).await.unwrap();
        granted(&test, &decided.id, (&by, &signs)).await;
        talk::answer(&test.app, &by, &answered.id, ("received", ""), None, test.now()).await.unwrap();
        sending::send_due(&test.app).await.unwrap();
        for (id, kind) in [(&asked.id, "case_asked"), (&decided.id, "case_decided"), (&answered.id, "case_message")] {
            assert_eq!(became(&test, id, kind).await, [Delivery::Waiting], "{kind}");
        }
        let typed = only("account", "9876543210");
        acts::supply(&test.app, &asked.family, 1, &typed, test.now()).await.unwrap();
        act(&test, &by, &decided.id, Act::Reopen).await.unwrap();
        talk::of_family(&test.app, &answered.family, test.now()).await.unwrap();
        test.wait(TimeDelta::minutes(1));
        sending::send_due(&test.app).await.unwrap();
        for (id, kind) in [(&asked.id, "case_asked"), (&decided.id, "case_decided"), (&answered.id, "case_message")] {
            assert_eq!(became(&test, id, kind).await, [Delivery::Overtaken], "{kind}");
        }
        assert_eq!(became(&test, &decided.id, "case_reopened").await, [Delivery::Waiting]);
        assert!(not_reached(&test, &by).await.is_empty());

        // Decided anew, that it was open again is no longer so.
        act(&test, &by, &decided.id, Act::Propose { outcome: Outcome::Granted, hash: String::new() }).await.unwrap();
        signed(&test, &decided.id, &signs).await.unwrap();
        test.wait(TimeDelta::minutes(2));
        sending::send_due(&test.app).await.unwrap();
        assert_eq!(became(&test, &decided.id, "case_reopened").await, [Delivery::Overtaken]);
        assert_eq!(became(&test, &decided.id, "case_decided").await, [Delivery::Waiting, Delivery::Overtaken]);
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_family_is_told_when_the_office_puts_another_account_in_place_of_theirs() {
    for test in test_apps(setup()).await {
        let (app, by) = (&test.app, reviewer(&test, 11).await);
        let (case, phone) = (submitted(&test, 1).await, answers(1)["applicant_phone"].clone());
        act(&test, &by, &case.id, Act::Accept).await.unwrap();
        let mut version = act(&test, &by, &case.id, Act::Review).await.unwrap().version;
        let mut corrected = async |field: &str, text: &str| {
            let (typed, why) = (only(field, text), "家属电话里说的。");
            let shown = acts::correct(app, &by, &case.id, version, &typed, why, test.now()).await.unwrap();
            version = shown.version;
            test.messages_to(&phone, "case_other_account").await
        };
        assert!(corrected("buried_on", "2026-05-11").await.is_empty(), "no other answer is told of");
        assert!(corrected("account", "0918 2736 45").await.is_empty(), "the same account, written otherwise");
        let told = corrected("account", "9876543210").await;
        assert!(told.len() == 1 && !told[0].contains("9876") && !told[0].contains("3210"), "{told:?}");
        // Whoever changes the phone first tells the phone of before of that, and the next one of the account.
        let other = answers(2)["applicant_phone"].clone();
        corrected("applicant_phone", &other).await;
        corrected("account", "0123456789").await;
        assert_eq!(test.messages_to(&phone, "case_other_phone").await.len(), 1);
        assert_eq!(test.messages_to(&other, "case_other_account").await.len(), 1);
        holds(&test).await;
    }
}
