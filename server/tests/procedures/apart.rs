//! Whoever writes into the database past the portal meets the same rules: who begins, proposes, signs further and decides are
//! different people, and what is signed is what stands proposed.

use server::procedures::threshold::{self, Answer};
use server::procedures::{acts, cosign};
use server::staff::authority::Staff;
use shared::procedures::{Act, CaseId, Outcome, StateName};
use shared::staff::Role;
use sqlx::AssertSqlSafe;

use super::super::counter::hall::{holds, setup, staff_at};
use super::super::support::{TestApp, test_apps};
use super::desk::{
    PROCEDURE, REGION, act, answers, approver, both, handed_in, only, proposed, proposes, reviewer, seen, signed,
    submitted,
};

/// What somebody writes, and that it is refused by the rule of different people.
async fn is_refused(test: &TestApp, statement: String) {
    let written = sqlx::query(AssertSqlSafe(statement.clone())).execute(&mut test.connection().await).await;
    let told = written.map_or_else(|error| error.to_string(), |done| format!("{done:?}"));
    assert!(told.contains("three_persons"), "{statement}: {told}");
}

async fn is_written(test: &TestApp, statement: String) {
    let written = sqlx::query(AssertSqlSafe(statement.clone())).execute(&mut test.connection().await).await.unwrap();
    assert_eq!(written.rows_affected(), 1, "{statement}");
}

/// A decision as it would be written by hand: everything that the row of a case that was granted says.
fn decision(id: &CaseId, by: &Staff, at: &str, outcome: &str) -> String {
    format!(
        "update procedure_case set state = 'decided', state_json = '{{\"state\":\"decided\",\"outcome\":\"{outcome}\"}}', \
         approved_by = '{}', decided_at = {at} where id = '{id}'",
        by.person()
    )
}

async fn hash(test: &TestApp, id: &CaseId, by: &Staff) -> String {
    seen(test, by, id).await.proposal_hash.unwrap()
}

#[tokio::test]
async fn no_case_begins_decided_and_what_stands_proposed_stays() {
    for test in test_apps(setup()).await {
        let [by, other] = [both(&test, 11).await, both(&test, 12).await];
        let case = submitted(&test, 1).await;
        let copy = |change: &str| {
            format!(
                "insert into procedure_case (id, reference, region, procedure, rules_hash, state, version, state_json, locale, \
                 proposed_by, approved_by, lapses_at, submitted_at, received_at, decided_at, provisional, changed_at, sealed, \
                 receipt, audit_length, audit_head) select 'copy', 'copy', region, procedure, rules_hash, {change}, submitted_at, \
                 received_at, 1, provisional, changed_at, sealed, receipt, audit_length, audit_head from procedure_case"
            )
        };
        let [one, two] = [&by, &other].map(|staff| staff.person().as_str().to_owned());
        let granted = "'{\"state\":\"decided\",\"outcome\":\"granted\"}'";
        is_refused(&test, copy(&format!("'decided', 4, {granted}, locale, '{one}', '{two}', null"))).await;
        is_refused(&test, copy(&format!("'submitted', 0, state_json, locale, '{one}', null, null"))).await;

        proposed(&test, &case.id, &by, Outcome::Granted).await;
        for change in [
            "proposed_by = null".to_owned(),
            format!("proposed_by = '{two}'"),
            "lapses_at = lapses_at + 1".to_owned(),
            "proposed_fen = 1".to_owned(),
            "applicant_index = 'another'".to_owned(),
            "region = '110000'".to_owned(),
            "state_json = replace(state_json, 'granted', 'refused')".to_owned(),
        ] {
            is_refused(&test, format!("update procedure_case set {change} where id = '{}'", case.id)).await;
        }
        signed(&test, &case.id, &other).await.unwrap();
        holds(&test).await;
    }
}

#[tokio::test]
async fn what_is_signed_past_the_portal_is_what_stands_proposed_and_in_its_time() {
    for test in test_apps(setup()).await {
        let [by, other] = [reviewer(&test, 11).await, approver(&test, 12).await];
        let case = submitted(&test, 1).await;
        is_refused(&test, decision(&case.id, &other, "1", "granted")).await;
        proposed(&test, &case.id, &by, Outcome::Granted).await;
        let named = |hash: &str| format!("update procedure_case set signed_hash = '{hash}' where id = '{}'", case.id);
        is_refused(&test, decision(&case.id, &other, "1", "granted")).await;
        is_written(&test, named("another")).await;
        is_refused(&test, decision(&case.id, &other, "1", "granted")).await;
        is_written(&test, named(&hash(&test, &case.id, &by).await)).await;
        is_refused(&test, decision(&case.id, &other, "lapses_at", "granted")).await;
        is_refused(&test, decision(&case.id, &other, "1", "refused")).await;
        let half = format!("update procedure_case set approved_by = '{}' where id = '{}'", other.person(), case.id);
        is_refused(&test, half).await;
        let decided = signed(&test, &case.id, &other).await.unwrap();
        assert_eq!(decided.state.name(), StateName::Decided);
        let another = format!("update procedure_case set approved_by = '{}' where id = '{}'", by.person(), case.id);
        is_refused(&test, another).await;
        holds(&test).await;
    }
}

#[tokio::test]
async fn nobody_signs_further_past_the_portal_who_has_another_part() {
    for test in test_apps(setup()).await {
        let [by, filer, hand] = [both(&test, 11).await, both(&test, 12).await, both(&test, 13).await];
        let [other, pays] = [approver(&test, 14).await, staff_at(&test, 15, Role::Finance, "nanshan").await];
        // The first of the staff has the number of the first family's applicant.
        let own = both(&test, 1).await;
        let case = handed_in(&test, &answers(1), Some(filer.person())).await.id;
        act(&test, &by, &case, Act::Accept).await.unwrap();
        let version = act(&test, &by, &case, Act::Review).await.unwrap().version;
        let account = only("account", "9876543210");
        acts::correct(&test.app, &hand, &case, version, &account, "卡号写错了。", test.now()).await.unwrap();
        act(&test, &by, &case, proposes(Outcome::Granted)).await.unwrap();
        let hash = hash(&test, &case, &by).await;
        let signs = |staff: &Staff, hash: &str| {
            format!(
                "insert into case_cosign (case_id, staff_id, hash, at) values ('{case}', '{}', '{hash}', 1)",
                staff.person()
            )
        };
        for staff in [&by, &filer, &hand, &own] {
            is_refused(&test, signs(staff, &hash)).await;
        }
        is_refused(&test, signs(&pays, "another")).await;
        let version = seen(&test, &pays, &case).await.version;
        cosign::cosign(&test.app, &pays, &case, (version, &hash), test.now()).await.unwrap();
        for statement in [
            "delete from case_hand".to_owned(),
            format!("update case_hand set staff_id = '{}'", other.person()),
            "delete from case_cosign".to_owned(),
            format!("update case_cosign set staff_id = '{}'", other.person()),
            "update case_cosign set hash = 'another'".to_owned(),
        ] {
            is_refused(&test, statement).await;
        }
        signed(&test, &case, &other).await.unwrap();
        holds(&test).await;
    }
}

#[tokio::test]
async fn no_sum_that_takes_a_further_signature_is_granted_past_the_portal_without_one() {
    for test in test_apps(setup()).await {
        let [one, other] = [approver(&test, 12).await, approver(&test, 13).await];
        let [by, pays] = [reviewer(&test, 11).await, staff_at(&test, 14, Role::Finance, "nanshan").await];
        let (app, of) = (&test.app, (REGION, PROCEDURE));
        threshold::propose(app, &one, of, Some(300_000), test.now()).await.unwrap();
        let waiting = threshold::of(app, &one, of, test.now()).await.unwrap().waiting.unwrap();
        threshold::decide(app, &other, &waiting.id, Answer::Confirm, test.now()).await.unwrap();
        for (n, sum, takes_one) in
            [(1, "金额：2,999 元", false), (2, "金额：3,000 元", true), (3, "金额：由民政部门核定", true)]
        {
            let case = submitted(&test, n).await.id;
            act(&test, &by, &case, Act::Accept).await.unwrap();
            act(&test, &by, &case, Act::Review).await.unwrap();
            let version = seen(&test, &by, &case).await.version;
            let grants = proposes(Outcome::Granted);
            acts::act(app, &by, &case, version, grants, Some(sum), test.now()).await.unwrap();
            let shown = seen(&test, &pays, &case).await;
            assert_eq!(shown.needs_cosign, takes_one, "{sum}");
            if takes_one {
                let hash = shown.proposal_hash.unwrap();
                is_written(&test, format!("update procedure_case set signed_hash = '{hash}' where id = '{case}'"))
                    .await;
                is_refused(&test, decision(&case, &one, "1", "granted")).await;
                cosign::cosign(app, &pays, &case, (shown.version, &hash), test.now()).await.unwrap();
            }
            assert_eq!(signed(&test, &case, &one).await.unwrap().state.name(), StateName::Decided);
        }
        holds(&test).await;
    }
}
