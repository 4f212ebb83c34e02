//! From a sum on that two people have set, whoever pays signs before the second signature.

use chrono::TimeDelta;
use server::Error;
use server::audit::Actor;
use server::database::{DatabaseError, Rule};
use server::procedures::threshold::{self, Answer, Threshold};
use server::procedures::{acts, cosign};
use server::staff::account;
use server::staff::authority::Staff;
use shared::problem::Problem;
use shared::procedures::{Act, CaseId, Outcome, Refusal, StateName};
use shared::staff::Role;

use super::super::counter::hall::{holds, is_not_allowed, setup, staff_at};
use super::super::support::{TestApp, test_apps};
use super::desk::{
    PROCEDURE, REGION, act, answers, approver, granted, handed_in, only, proposes, refused, reviewer, seen, signed,
    submitted,
};

const OF: (&str, &str) = (REGION, PROCEDURE);

/// One proposes a sum and another confirms it.
async fn set(test: &TestApp, (one, other): (&Staff, &Staff), fen: Option<i64>) {
    threshold::propose(&test.app, one, OF, fen, test.now()).await.unwrap();
    let id = waiting(test, one).await;
    threshold::decide(&test.app, other, &id, Answer::Confirm, test.now()).await.unwrap();
}

async fn standing(test: &TestApp, by: &Staff) -> Threshold {
    threshold::of(&test.app, by, OF, test.now()).await.unwrap()
}

async fn waiting(test: &TestApp, by: &Staff) -> String {
    standing(test, by).await.waiting.unwrap().id
}

/// Proposes to grant a case with a sum, as the record has it.
async fn proposed(test: &TestApp, id: &CaseId, by: &Staff, sum: &str) {
    act(test, by, id, Act::Accept).await.unwrap();
    act(test, by, id, Act::Review).await.unwrap();
    let version = seen(test, by, id).await.version;
    let grants = proposes(Outcome::Granted);
    acts::act(&test.app, by, id, version, grants, Some(sum), test.now()).await.unwrap();
}

async fn cosigned(test: &TestApp, id: &CaseId, by: &Staff) -> Result<(), Error> {
    let case = seen(test, by, id).await;
    let hash = case.proposal_hash.unwrap_or_default();
    cosign::cosign(&test.app, by, id, (case.version, &hash), test.now()).await
}

#[tokio::test]
async fn from_the_sum_on_that_two_have_set_whoever_pays_signs_first() {
    for test in test_apps(setup()).await {
        let [one, other] = [approver(&test, 12).await, approver(&test, 13).await];
        let (by, pays) = (reviewer(&test, 11).await, staff_at(&test, 14, Role::Finance, "nanshan").await);
        set(&test, (&one, &other), Some(300_000)).await;
        let [small, large, open] = [submitted(&test, 1).await, submitted(&test, 2).await, submitted(&test, 3).await];
        proposed(&test, &small.id, &by, "金额：2,999 元").await;
        signed(&test, &small.id, &one).await.unwrap();
        for (case, sum) in [(&large, "金额：3,000 元"), (&open, "金额：由民政部门核定")] {
            proposed(&test, &case.id, &by, sum).await;
            assert_eq!(refused(signed(&test, &case.id, &one).await), Some(Refusal::NeedsCosign), "{sum}");
            let shown = seen(&test, &pays, &case.id).await;
            assert!(shown.needs_cosign && shown.may_cosign);
            assert!(is_not_allowed(&cosigned(&test, &case.id, &one).await), "it is another role's");
            cosigned(&test, &case.id, &pays).await.unwrap();
            assert!(!seen(&test, &pays, &case.id).await.needs_cosign);
            assert_eq!(signed(&test, &case.id, &one).await.unwrap().state.name(), StateName::Decided);
        }
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_further_signature_holds_for_the_proposal_that_was_read() {
    for test in test_apps(setup()).await {
        let [one, other] = [approver(&test, 12).await, approver(&test, 13).await];
        let (by, pays) = (reviewer(&test, 11).await, staff_at(&test, 14, Role::Finance, "nanshan").await);
        set(&test, (&one, &other), Some(1)).await;
        let case = submitted(&test, 1).await;
        proposed(&test, &case.id, &by, "金额：3,000 元").await;
        cosigned(&test, &case.id, &pays).await.unwrap();
        test.wait(TimeDelta::seconds(1));
        let version = seen(&test, &by, &case.id).await.version;
        let typed = only("account", "9876543210");
        acts::correct(&test.app, &by, &case.id, version, &typed, "卡号写错了。", test.now()).await.unwrap();
        let version = seen(&test, &by, &case.id).await.version;
        let grants = proposes(Outcome::Granted);
        acts::act(&test.app, &by, &case.id, version, grants, Some("金额：3,000 元"), test.now()).await.unwrap();
        assert_eq!(refused(signed(&test, &case.id, &one).await), Some(Refusal::NeedsCosign));
        let stale = cosign::cosign(&test.app, &pays, &case.id, (version, "any"), test.now()).await;
        assert!(matches!(refused(stale), Some(Refusal::Changed { .. })));
        cosigned(&test, &case.id, &pays).await.unwrap();
        let statement = "update procedure_case set state = 'decided', decided_at = 1, \
             approved_by = (select min(s.staff_id) from case_cosign s)";
        let error = sqlx::query(statement).execute(&mut test.connection().await).await.unwrap_err();
        assert!(error.to_string().contains("three_persons"), "{error}");
        signed(&test, &case.id, &one).await.unwrap();
        holds(&test).await;
    }
}

#[tokio::test]
async fn the_further_signature_is_offered_to_nobody_whom_it_would_be_refused() {
    for test in test_apps(setup()).await {
        let [one, other] = [approver(&test, 12).await, approver(&test, 13).await];
        set(&test, (&one, &other), Some(1)).await;
        let pays = staff_at(&test, 14, Role::Finance, "nanshan").await;
        let case = handed_in(&test, &answers(1), Some(pays.person())).await;
        proposed(&test, &case.id, &reviewer(&test, 11).await, "金额：3,000 元").await;
        let shown = seen(&test, &pays, &case.id).await;
        assert_eq!((shown.needs_cosign, shown.may_cosign), (true, false), "they filled it in");
        assert_eq!(refused(cosigned(&test, &case.id, &pays).await), Some(Refusal::FiledByYou));
        holds(&test).await;
    }
}

#[tokio::test]
async fn whoever_came_to_pay_after_the_proposal_does_not_sign_it_further_nor_anybody_what_a_stopped_account_proposed() {
    for test in test_apps(setup()).await {
        let [one, other] = [approver(&test, 12).await, approver(&test, 13).await];
        set(&test, (&one, &other), Some(1)).await;
        let (by, pays) = (reviewer(&test, 11).await, staff_at(&test, 14, Role::Finance, "nanshan").await);
        let case = submitted(&test, 1).await;
        proposed(&test, &case.id, &by, "金额：3,000 元").await;
        test.wait(TimeDelta::seconds(1));
        let late = staff_at(&test, 15, Role::Finance, "nanshan").await;
        assert!(!seen(&test, &late, &case.id).await.may_cosign, "no button that is refused");
        assert_eq!(refused(cosigned(&test, &case.id, &late).await), Some(Refusal::SignerTooNew));
        account::suspend(&test.app, by.account(), Actor::Operator, test.now()).await.unwrap();
        assert!(!seen(&test, &pays, &case.id).await.may_cosign);
        assert_eq!(refused(cosigned(&test, &case.id, &pays).await), Some(Refusal::ProposerStopped));
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_further_signature_of_somebody_who_was_stopped_since_is_none() {
    for test in test_apps(setup()).await {
        let [one, other] = [approver(&test, 12).await, approver(&test, 13).await];
        set(&test, (&one, &other), Some(1)).await;
        let by = reviewer(&test, 11).await;
        let [pays, beside] =
            [staff_at(&test, 14, Role::Finance, "nanshan").await, staff_at(&test, 15, Role::Finance, "nanshan").await];
        let case = submitted(&test, 1).await;
        proposed(&test, &case.id, &by, "金额：3,000 元").await;
        cosigned(&test, &case.id, &pays).await.unwrap();
        account::suspend(&test.app, pays.account(), Actor::Operator, test.now()).await.unwrap();
        assert_eq!(refused(signed(&test, &case.id, &one).await), Some(Refusal::NeedsCosign));
        assert!(seen(&test, &beside, &case.id).await.may_cosign);
        cosigned(&test, &case.id, &beside).await.unwrap();
        assert_eq!(signed(&test, &case.id, &one).await.unwrap().state.name(), StateName::Decided);
        holds(&test).await;
    }
}

#[tokio::test]
async fn another_sum_takes_two_who_sign_cases() {
    for test in test_apps(setup()).await {
        let [one, other, by] = [approver(&test, 12).await, approver(&test, 13).await, reviewer(&test, 11).await];
        let (app, now) = (&test.app, test.now());
        assert_eq!(standing(&test, &by).await, Threshold::default(), "the portal sets none by itself");
        assert!(is_not_allowed(&threshold::propose(app, &by, OF, Some(5), now).await));
        threshold::propose(app, &one, OF, Some(5), now).await.unwrap();
        assert_eq!(standing(&test, &by).await.fen, None, "what waits is not in force");
        assert_eq!(refused(threshold::propose(app, &other, OF, Some(6), now).await), Some(Refusal::ThresholdWaits));
        let id = waiting(&test, &one).await;
        let alone = threshold::decide(app, &one, &id, Answer::Confirm, now).await;
        assert_eq!(refused(alone), Some(Refusal::ProposedByYou));
        let statement = "update signing_threshold set outcome = 'confirmed', decided_by = proposer, decided_at = 1";
        let error = sqlx::query(statement).execute(&mut test.connection().await).await.unwrap_err();
        assert!(error.to_string().contains("two_persons"), "{error}");
        threshold::decide(app, &other, &id, Answer::Confirm, now).await.unwrap();
        assert_eq!(standing(&test, &by).await, Threshold { fen: Some(5), waiting: None });
        let statement = "update signing_threshold set fen = 1000000";
        assert!(sqlx::query(statement).execute(&mut test.connection().await).await.is_err(), "it stays as it was");

        test.wait(TimeDelta::seconds(1));
        let late = approver(&test, 15).await;
        threshold::propose(app, &one, OF, None, now).await.unwrap();
        let id = waiting(&test, &one).await;
        let new = threshold::decide(app, &late, &id, Answer::Confirm, test.now()).await;
        assert_eq!(refused(new), Some(Refusal::SignerTooNew));
        threshold::decide(app, &one, &id, Answer::Decline, test.now()).await.unwrap();
        let over = threshold::decide(app, &other, &id, Answer::Confirm, test.now()).await.unwrap_err();
        assert!(matches!(over, Error::Problem(Problem::NotFound)), "{over}");
        assert_eq!(standing(&test, &by).await.fen, Some(5));
    }
}

#[tokio::test]
async fn of_two_sums_proposed_in_one_instant_one_waits_and_the_other_is_told_so() {
    for test in test_apps(setup()).await {
        let [one, other] = [approver(&test, 12).await, approver(&test, 13).await];
        let (app, now) = (&test.app, test.now());
        let (first, second) = tokio::join!(
            threshold::propose(app, &one, OF, Some(5), now),
            threshold::propose(app, &other, OF, Some(6), now),
        );
        assert_eq!([first.is_ok(), second.is_ok()].iter().filter(|ok| **ok).count(), 1);
        let late = if first.is_ok() { second } else { first };
        assert_eq!(refused(late), Some(Refusal::ThresholdWaits));
        // Also where neither saw the other.
        let statement = "insert into signing_threshold (id, region, procedure, fen, proposer, proposed_at, expires_at, \
             proposed_after) select 'another', region, procedure, fen, proposer, proposed_at, expires_at, proposed_after \
             from signing_threshold";
        let error = sqlx::query(statement).execute(&mut test.connection().await).await.unwrap_err();
        let told = DatabaseError::from(error);
        assert!(matches!(told, DatabaseError::Refused(Rule::ThresholdChangedOnce)), "{told}");
    }
}

#[tokio::test]
async fn where_no_sum_is_set_two_people_decide_as_ever() {
    for test in test_apps(setup()).await {
        let [one, other, by] = [approver(&test, 12).await, approver(&test, 13).await, reviewer(&test, 11).await];
        let case = submitted(&test, 1).await;
        granted(&test, &case.id, (&by, &one)).await;
        set(&test, (&one, &other), Some(1)).await;
        test.wait(TimeDelta::seconds(1));
        set(&test, (&one, &other), None).await;
        let case = submitted(&test, 2).await;
        granted(&test, &case.id, (&by, &one)).await;
        holds(&test).await;
    }
}
