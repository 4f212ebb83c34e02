//! What colleagues do beside the acts themselves, over the API: three signatures, a reason for what is read in full, notes, whose a
//! case is, several at once, and lists that are taken along.

use std::collections::BTreeSet;

use axum::http::{StatusCode, header};
use serde_json::{Value, json};
use shared::problem::Problem;
use shared::procedures::Refusal;
use shared::staff::Role;

use super::super::applying::{address, filled, handed_in, save, submit, text, whole};
use super::files::sent;
use super::{CASES, act, acted, at_work, id_of, reviewed, shown};
use crate::support::{
    Setup,
    http::{Answer, Api, document},
    test_apps,
};

const THRESHOLDS: &str = "/api/v1/staff/thresholds";

/// The sum from which on three sign, as somebody reads it.
async fn threshold(by: &Api) -> Value {
    let all = by.get(THRESHOLDS).await.body;
    let all = all["thresholds"].as_array().unwrap();
    all.iter().find(|one| one["procedure"] == "green_burial").unwrap_or_else(|| panic!("{all:?}")).clone()
}

fn told(answer: &Answer) -> (StatusCode, &str) {
    (answer.status, answer.code())
}

#[tokio::test]
async fn from_a_sum_on_that_two_have_set_a_case_is_decided_by_three() {
    for test in test_apps(Setup::default()).await {
        let [one, other] = [at_work(&test, 1, &[Role::Approver]).await, at_work(&test, 2, &[Role::Approver]).await];
        let [by, pays] = [at_work(&test, 3, &[Role::Reviewer]).await, at_work(&test, 4, &[Role::Finance]).await];
        let much = one.post(THRESHOLDS, json!({ "procedure": "green_burial", "sum": "much" })).await;
        assert_eq!(much.fields(), [("sum", "threshold_sum")]);
        let sum = json!({ "procedure": "green_burial", "sum": "3000" });
        assert_eq!(told(&by.post(THRESHOLDS, sum.clone()).await), (StatusCode::FORBIDDEN, "not_allowed"));
        assert_eq!(one.post(THRESHOLDS, sum.clone()).await.status, StatusCode::NO_CONTENT);
        assert_eq!(told(&other.post(THRESHOLDS, sum).await), (StatusCode::CONFLICT, "threshold_waits"));
        let held = threshold(&other).await;
        assert_eq!((&held["fen"], &held["waiting"]["fen"]), (&Value::Null, &json!(300_000)));
        let confirm = format!("{THRESHOLDS}/{}/confirm", text(&held["waiting"]["id"]));
        let own = one.post(&confirm, Value::Null).await;
        assert_eq!(told(&own), (StatusCode::FORBIDDEN, "case_proposed_by_you"));
        assert_eq!(other.post(&confirm, Value::Null).await.status, StatusCode::NO_CONTENT);
        let held = threshold(&by).await;
        assert_eq!((&held["fen"], &held["waiting"]), (&json!(300_000), &Value::Null));
        assert_eq!(told(&other.post(&confirm, Value::Null).await), (StatusCode::NOT_FOUND, "not_found"));

        let case = handed_in(&Api::of(&test.app), 101).await;
        let id = id_of(&by, &case).await;
        reviewed(&by, &id).await;
        let proposed = acted(&by, &id, ("propose", 2), json!({ "outcome": "granted", "sum": "3000" })).await;
        let hash = &proposed["proposal_hash"];
        let early = act(&one, &id, ("approve", 3), json!({ "hash": hash })).await;
        assert_eq!(told(&early), (StatusCode::CONFLICT, "case_needs_cosign"));
        let (path, signs) = (format!("{CASES}/{id}/cosign"), json!({ "version": 3, "hash": hash }));
        assert_eq!(told(&by.post(&path, signs.clone()).await), (StatusCode::FORBIDDEN, "not_allowed"));
        let seen = pays.get(&format!("{CASES}/{id}")).await.body;
        assert_eq!((&seen["needs_cosign"], &seen["may_cosign"]), (&json!(true), &json!(true)));
        let another = pays.post(&path, json!({ "version": 3, "hash": "aa" })).await;
        assert_eq!(told(&another), (StatusCode::CONFLICT, "case_proposal_changed"));
        let signed = pays.post(&path, signs).await;
        assert_eq!((signed.status, &signed.body["needs_cosign"]), (StatusCode::OK, &json!(false)), "{signed:?}");
        let decided = acted(&one, &id, ("approve", 3), json!({ "hash": hash })).await;
        assert_eq!(decided["state"], "decided");
    }
}

#[tokio::test]
async fn an_answer_and_a_file_are_read_in_full_and_the_family_reads_that() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let draft = filled(&api, 101).await;
        let file = sent(&api, &draft).await;
        let case = submit(&api, &draft, 1, None).await.body;
        let [by, pays] = [at_work(&test, 1, &[Role::Reviewer]).await, at_work(&test, 2, &[Role::Finance]).await];
        let id = id_of(&by, &case).await;
        let reveal = format!("{CASES}/{id}/reveal");
        let silent = by.post(&reveal, json!({ "field": "account", "why": "" })).await;
        assert_eq!(silent.fields(), [("why", "reason_missing")]);
        let asks = json!({ "field": "account", "why": "核对银行卡号。" });
        assert_eq!(told(&pays.post(&reveal, asks.clone()).await), (StatusCode::FORBIDDEN, "not_allowed"));
        let full = by.post(&reveal, asks).await;
        assert_eq!((full.status, &full.body["answer"]), (StatusCode::OK, &whole(101)["account"]), "{full:?}");
        let none = by.post(&reveal, json!({ "field": "shoe_size", "why": "核对银行卡号。" })).await;
        assert_eq!(told(&none), (StatusCode::NOT_FOUND, "not_found"));

        let opens = format!("{CASES}/{id}/files/{}", text(&file));
        let why = json!({ "why": "核对火化证明。" });
        assert_eq!(told(&pays.post(&opens, why.clone()).await), (StatusCode::FORBIDDEN, "not_allowed"));
        let other = handed_in(&api, 102).await;
        let elsewhere = format!("{CASES}/{}/files/{}", id_of(&by, &other).await, text(&file));
        assert_eq!(told(&by.post(&elsewhere, why.clone()).await), (StatusCode::NOT_FOUND, "not_found"));
        let opened = by.post(&opens, why).await;
        assert_eq!((opened.status, opened.header(header::CONTENT_TYPE)), (StatusCode::OK, Some("image/jpeg")));

        let looks = shown(&api, &case).await["looks"].as_array().unwrap().clone();
        assert!(looks.iter().any(|look| look["field"] == "account" && look["why"] == "核对银行卡号。"), "{looks:?}");
        assert!(looks.iter().any(|look| look["paper"] == "cremation_proof"), "{looks:?}");
    }
}

#[tokio::test]
async fn colleagues_leave_notes_and_give_each_other_cases() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let case = handed_in(&api, 101).await;
        let [by, pays] = [at_work(&test, 1, &[Role::Reviewer]).await, at_work(&test, 2, &[Role::Finance]).await];
        let id = id_of(&by, &case).await;
        let (notes, assign) = (format!("{CASES}/{id}/notes"), format!("{CASES}/{id}/assign"));
        let note = json!({ "note": "已经打过电话。" });
        assert_eq!(told(&pays.post(&notes, note.clone()).await), (StatusCode::FORBIDDEN, "not_allowed"));
        assert_eq!(by.post(&notes, note).await.status, StatusCode::NO_CONTENT);
        assert_eq!(by.post(&notes, json!({ "note": " " })).await.fields(), [("note", "note_missing")]);
        assert_eq!(pays.get(&notes).await.body["notes"][0]["words"], "已经打过电话。");
        assert!(!shown(&api, &case).await.to_string().contains("打过电话"), "for colleagues alone");

        let one = by.get(&format!("{CASES}/{id}")).await.body;
        let me = &one["looks"][0]["by"];
        assert_eq!((&one["assigned_to"], me.is_string()), (&Value::Null, true));
        let mine = by.post(&assign, json!({ "to": me })).await;
        assert_eq!((mine.status, &mine.body["assigned_to"]), (StatusCode::OK, me));
        let nobody = by.post(&assign, json!({ "to": "nobody" })).await;
        assert_eq!(told(&nobody), (StatusCode::NOT_FOUND, "not_found"));
        assert_eq!(told(&pays.post(&assign, json!({})).await), (StatusCode::FORBIDDEN, "not_allowed"));
        assert_eq!(by.post(&assign, json!({})).await.body["assigned_to"], Value::Null);
    }
}

#[tokio::test]
async fn several_cases_are_accepted_at_once_and_taken_along_masked() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let cases = [handed_in(&api, 101).await, handed_in(&api, 102).await];
        let by = at_work(&test, 1, &[Role::Reviewer]).await;
        let ids = [id_of(&by, &cases[0]).await, id_of(&by, &cases[1]).await];
        acted(&by, &ids[1], ("accept", 0), json!({})).await;
        let seen: Vec<_> = ids.iter().map(|id| json!({ "id": id, "version": 0 })).collect();
        let asks = |press: Value| json!({ "do": "accept", "cases": seen, "press": press });
        let refused = |items: &Value| -> Vec<Value> {
            items.as_array().unwrap().iter().map(|one| one["refused"]["code"].clone()).collect()
        };
        let plan = by.post(&format!("{CASES}/batch/plan"), asks(Value::Null)).await.body;
        assert_eq!(refused(&plan["items"]), [Value::Null, json!("case_changed")]);
        assert_eq!(plan["items"][0]["case"]["state"], "submitted", "a plan does nothing");
        let batch = format!("{CASES}/batch");
        assert_eq!(told(&by.post(&batch, asks(Value::Null)).await), (StatusCode::BAD_REQUEST, "malformed"));
        for press in ["first", "first"] {
            let done = by.post(&batch, asks(json!(press))).await.body;
            assert_eq!(refused(&done["items"]), [Value::Null, json!("case_changed")], "the same press once more");
        }
        let anew = by.post(&batch, asks(json!("second"))).await.body;
        assert_eq!(refused(&anew["items"]), [json!("case_changed"), json!("case_changed")]);
        assert_eq!(shown(&api, &cases[0]).await["version"], 1);
        let signs = json!({ "do": "approve", "cases": seen, "press": "third" });
        let refused = by.post(&batch, signs).await;
        assert_eq!(told(&refused), (StatusCode::UNPROCESSABLE_ENTITY, "invalid_fields"), "that takes a look at each");

        let export = format!("{CASES}/export");
        let wrong = by.post(&export, json!({ "queue": "urgent", "why": "月底汇总。" })).await;
        assert_eq!(wrong.fields(), [("queue", "not_offered")]);
        assert_eq!(by.post(&export, json!({ "queue": "all", "why": "" })).await.fields(), [("why", "reason_missing")]);
        let taken = by.post(&export, json!({ "queue": "all", "why": "月底汇总。" })).await.body;
        assert_eq!((taken["items"].as_array().unwrap().len(), &taken["more"]), (2, &json!(false)));
        for field in ["deceased_name", "applicant_name", "applicant_id", "applicant_phone", "account"] {
            assert!(!taken.to_string().contains(text(&whole(101)[field])), "{field} is in {taken}");
        }
    }
}

#[tokio::test]
async fn whoever_fills_in_for_a_family_over_the_api_decides_nothing_of_it() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let clerk = at_work(&test, 1, &[Role::CounterClerk, Role::Reviewer]).await;
        let by = at_work(&test, 2, &[Role::Reviewer]).await;
        let path = "/api/v1/staff/procedures/green_burial/drafts";
        assert_eq!(told(&by.post(path, Value::Null).await), (StatusCode::FORBIDDEN, "not_allowed"));
        let none = clerk.post("/api/v1/staff/procedures/rocket/drafts", Value::Null).await;
        assert_eq!(told(&none), (StatusCode::NOT_FOUND, "not_found"));
        let begun = clerk.post(path, Value::Null).await;
        assert_eq!(begun.status, StatusCode::CREATED, "{begun:?}");
        let draft = begun.body.clone();
        assert_eq!(begun.header(header::LOCATION), Some(address(&draft).as_str()));
        assert_eq!(save(&api, &draft, 0, whole(101)).await.status, StatusCode::OK);
        let case = submit(&api, &draft, 1, None).await.body;
        let id = id_of(&clerk, &case).await;
        assert!(by.get(&format!("{CASES}/{id}")).await.body["filed_by"].is_string());
        reviewed(&clerk, &id).await;
        let granted = json!({ "outcome": "granted", "sum": "3000" });
        let own = act(&clerk, &id, ("propose", 2), granted.clone()).await;
        assert_eq!(told(&own), (StatusCode::FORBIDDEN, "case_filed_by_you"));
        acted(&by, &id, ("propose", 2), granted).await;
    }
}

/// Refusals that no act on a case gives: they are of drafts, ratings, sums and files.
const OF_NO_ACT: [&str; 12] = [
    "case_given_meanwhile",
    "case_written_often",
    "threshold_waits",
    "draft_over",
    "draft_submitted",
    "draft_changed",
    "procedure_not_offered",
    "rating_too_early",
    "rating_read",
    "rating_often",
    "rating_of_your_work",
    "rating_not_open",
];

#[test]
fn whatever_an_act_on_a_case_can_be_refused_with_stands_in_its_document() {
    let responses = document()["paths"][format!("{CASES}/{{id}}/{{act}}")]["post"]["responses"].as_object().unwrap();
    let missing = |status: u16, code: &str| {
        let said = responses.get(&status.to_string()).and_then(|answer| answer["description"].as_str());
        said.is_none_or(|said| !said.contains(&format!("`{code}`")))
    };
    let all = Refusal::examples();
    let codes: BTreeSet<_> = all.iter().map(Problem::code).collect();
    for code in OF_NO_ACT {
        assert!(codes.contains(code), "{code} is none any more");
    }
    let of_acts = all.iter().filter(|problem| !OF_NO_ACT.contains(&problem.code()));
    let of_acts = of_acts.filter(|problem| !problem.code().starts_with("file_"));
    let undocumented: Vec<_> =
        of_acts.filter(|problem| missing(problem.status(), problem.code())).map(Problem::code).collect();
    assert_eq!(undocumented, [""; 0]);
}
