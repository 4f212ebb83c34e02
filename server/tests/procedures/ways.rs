//! Two persons: each of those who have a part in an application tries every way that there is to decide it alone, and nobody gets
//! through.

use axum::http::StatusCode;
use chrono::TimeDelta;
use serde_json::json;
use server::audit::Actor;
use server::procedures::acts;
use server::procedures::batch::{self, Batch, Seen};
use server::staff::account;
use server::staff::authority::{self, Staff};
use shared::procedures::{Act, CaseId, Outcome, StateName, Typed};
use shared::staff::Role;
use sqlx::AssertSqlSafe;

use super::super::counter::hall::{cookie_of, grant, holds, number, press, setup, without_roles};
use super::super::support::http::{Answer, Api};
use super::super::support::staff::{named, whoever_sends};
use super::super::support::{TestApp, test_apps};
use super::desk::{act, answers, both, handed_in, jobs, only, proposed, proposes, reviewer, seen, signed, submitted};

/// Somebody who may review and sign, and their part in a case that is proposed now.
struct Part {
    what: &'static str,
    staff: Staff,
    case: CaseId,
    /// Whether it is a rule of the database itself that they do not sign.
    is_rule: bool,
}

/// What the `n`th applicant types on the page that says who applies.
fn of_relative(n: usize) -> Typed {
    let all = answers(n);
    let own = ["relation", "applicant_name", "applicant_id", "applicant_phone", "account"];
    own.map(|field| (field.to_owned(), all[field].clone())).into()
}

async fn parts(test: &TestApp, proposer: &Staff) -> Vec<Part> {
    let (app, granted) = (&test.app, || proposes(Outcome::Granted));
    let part = |what, staff, case, is_rule| Part { what, staff, case, is_rule };

    let filer = both(test, 42).await;
    let filed = handed_in(test, &answers(1), Some(filer.person())).await.id;
    proposed(test, &filed, proposer, Outcome::Granted).await;

    // The fifth of the staff has the number of the fifth family's applicant.
    let applicant = both(test, 5).await;
    let own = submitted(test, 5).await.id;
    proposed(test, &own, proposer, Outcome::Granted).await;

    let hand = both(test, 43).await;
    let corrected = submitted(test, 2).await.id;
    act(test, proposer, &corrected, Act::Accept).await.unwrap();
    let version = act(test, proposer, &corrected, Act::Review).await.unwrap().version;
    let other = only("account", "9876543210");
    acts::correct(app, &hand, &corrected, version, &other, "卡号写错了。", test.now()).await.unwrap();
    act(test, proposer, &corrected, granted()).await.unwrap();

    let passer = both(test, 44).await;
    let passed = submitted(test, 3).await.id;
    act(test, proposer, &passed, Act::Accept).await.unwrap();
    let version = act(test, proposer, &passed, Act::Review).await.unwrap().version;
    let relative = of_relative(20);
    acts::pass(app, &passer, &passed, version, &relative, "死亡证明已经看过。", test.now()).await.unwrap();
    act(test, proposer, &passed, granted()).await.unwrap();

    let theirs = submitted(test, 4).await.id;
    proposed(test, &theirs, proposer, Outcome::Granted).await;

    let late = reviewer(test, 45).await;
    let before = submitted(test, 6).await.id;
    proposed(test, &before, proposer, Outcome::Granted).await;
    test.wait(TimeDelta::seconds(1));
    grant(test, late.person(), Role::Approver, "nanshan").await;
    let late = authority::again(app, &late, test.now()).await.unwrap();

    vec![
        part("who filled it in", filer, filed, true),
        part("who applied", applicant, own, true),
        part("who put an answer right", hand, corrected, true),
        part("who passed it on", passer, passed, true),
        part("who proposed it", proposer.clone(), theirs, true),
        part("who could not sign when it was proposed", late, before, false),
    ]
}

async fn signs_over_api(test: &TestApp, staff: &Staff, case: &CaseId) -> Answer {
    let api = Api::with_cookies(&test.app, cookie_of(test, staff.account()).await);
    let path = format!("/api/v1/staff/cases/{case}");
    let shown = api.get(&path).await;
    assert_eq!(shown.status, StatusCode::OK, "{shown:?}");
    let body = json!({ "version": shown.body["version"], "hash": shown.body["proposal_hash"] });
    api.post(&format!("{path}/approve"), body).await
}

/// The same person, signed in with another account.
async fn by_another_account(test: &TestApp, staff: &Staff) -> Staff {
    let name = named(&format!("{}.again", staff.account()));
    account::create(&test.app, staff.person(), &name, Actor::Operator, test.now()).await.unwrap();
    whoever_sends(test, &cookie_of(test, &name).await).await.unwrap()
}

/// Whatever the answer was: nobody has decided anything.
async fn nothing_came_of(test: &TestApp, (part, way): (&Part, &str), is_refused: bool) {
    assert!(is_refused, "{}, {way}: not refused", part.what);
    let decided = "select count(*) from procedure_case where approved_by is not null or decided_at is not null \
         or state in ('decided', 'closed')";
    assert_eq!(number(&test.app, decided).await, 0, "{}, {way}: through", part.what);
}

async fn tries_everything(test: &TestApp, part: &Part) {
    let Part { staff, case, is_rule, .. } = part;
    for way in ["signing", "signing once more"] {
        nothing_came_of(test, (part, way), signed(test, case, staff).await.is_err()).await;
    }
    for way in ["over the API", "over the API once more"] {
        let answer = signs_over_api(test, staff, case).await;
        nothing_came_of(test, (part, way), answer.status == StatusCode::FORBIDDEN).await;
    }
    let again = by_another_account(test, staff).await;
    nothing_came_of(test, (part, "by another account"), signed(test, case, &again).await.is_err()).await;
    if *is_rule {
        let statement = format!(
            "update procedure_case set state = 'decided', decided_at = 1, approved_by = '{}' where id = '{case}'",
            staff.person()
        );
        let written = sqlx::query(AssertSqlSafe(statement)).execute(&mut test.connection().await).await;
        let is_refused = written.is_err_and(|error| error.to_string().contains("three_persons"));
        nothing_came_of(test, (part, "in the database"), is_refused).await;
    }
    let version = seen(test, staff, case).await.version;
    let several = [Seen { id: case.clone(), version, whose: None }];
    let told = batch::run(&test.app, staff, (&press(), &Batch::Close), &several, test.now()).await.unwrap();
    nothing_came_of(test, (part, "several at once"), told.iter().all(|one| one.refused.is_some())).await;

    // Takes the proposal away from whoever made it, and makes one of their own where they may.
    act(test, staff, case, Act::SendBack).await.ok();
    act(test, staff, case, proposes(Outcome::Granted)).await.ok();
    nothing_came_of(test, (part, "by a proposal of their own"), signed(test, case, staff).await.is_err()).await;

    let fresh = without_roles(test, staff).await;
    for role in [Role::Reviewer, Role::Approver] {
        grant(test, fresh.person(), role, "nanshan").await;
    }
    let fresh = authority::again(&test.app, &fresh, test.now()).await.unwrap();
    nothing_came_of(test, (part, "with roles that came anew"), signed(test, case, &fresh).await.is_err()).await;
    jobs(test).await;
    nothing_came_of(test, (part, "by the clock"), true).await;
}

#[tokio::test]
async fn nobody_who_has_a_part_in_a_case_decides_it_by_any_way_and_another_does_by_each() {
    for test in test_apps(setup()).await {
        let [proposer, other] = [both(&test, 41).await, both(&test, 46).await];
        for part in parts(&test, &proposer).await {
            tries_everything(&test, &part).await;
        }
        // The ways themselves lead somewhere.
        let proposer = both(&test, 47).await;
        let [one, two, three] =
            [submitted(&test, 8).await.id, submitted(&test, 9).await.id, submitted(&test, 10).await.id];
        for case in [&one, &two, &three] {
            proposed(&test, case, &proposer, Outcome::Granted).await;
        }
        assert_eq!(signed(&test, &one, &other).await.unwrap().state.name(), StateName::Decided);
        let answer = signs_over_api(&test, &other, &two).await;
        assert_eq!((answer.status, answer.body["state"].as_str()), (StatusCode::OK, Some("decided")), "{answer:?}");
        let again = by_another_account(&test, &other).await;
        assert_eq!(signed(&test, &three, &again).await.unwrap().state.name(), StateName::Decided);
        holds(&test).await;
    }
}
