//! Applications by the API: from a draft to a decision, and what is refused on the way.

mod drafts;
mod files;
mod limits;
mod messages;
mod office;
mod ratings;
mod strangers;
mod supplement;

use std::collections::BTreeMap;

use axum::http::{Method, StatusCode, header};
use serde_json::{Value, json};
use shared::procedures::StateName;
use shared::staff::Role;

use super::applying::{DRAFTS, address, handed_in, of_family, save, submit, text, whole};
use crate::support::staff::{clerk, cookies};
use crate::support::{
    Setup, TestApp,
    http::{Answer, Api},
    test_apps,
};

const CASES: &str = "/api/v1/staff/cases";

/// A program that the `n`th of the staff has signed in, with these roles at an office.
async fn at_work(test: &TestApp, n: usize, roles: &[Role]) -> Api {
    let somebody = clerk(test, n).await;
    for role in roles {
        somebody.is_given(test, *role, "nanshan").await;
    }
    Api::with_cookies(&test.app, cookies(&somebody.sign_in(test, None).await))
}

/// A case as its family reads it.
async fn shown(api: &Api, case: &Value) -> Value {
    let shown = api.with_token(Method::GET, &of_family(case), text(&case["manage_token"]), Value::Null).await;
    assert_eq!(shown.status, StatusCode::OK, "{shown:?}");
    shown.body
}

async fn withdraw(api: &Api, case: &Value, version: u32) -> Answer {
    let path = format!("{}/withdraw", of_family(case));
    api.with_token(Method::POST, &path, text(&case["manage_token"]), json!({ "version": version })).await
}

/// The id of a case, as the office finds it.
async fn id_of(office: &Api, case: &Value) -> String {
    let all = office.get(&format!("{CASES}?queue=all")).await;
    assert_eq!(all.status, StatusCode::OK, "{all:?}");
    let found = all.body["items"].as_array().unwrap().iter().find(|one| one["reference"] == case["reference"]);
    text(&found.unwrap_or_else(|| panic!("{case} is not in {all:?}"))["id"]).to_owned()
}

/// Does something to a case as it was seen in a version.
async fn act(office: &Api, id: &str, (name, version): (&str, u32), mut told: Value) -> Answer {
    told["version"] = version.into();
    office.post(&format!("{CASES}/{id}/{name}"), told).await
}

/// Does something to a case that is to be done.
async fn acted(office: &Api, id: &str, seen: (&str, u32), told: Value) -> Value {
    let answer = act(office, id, seen, told).await;
    assert_eq!((answer.status, &answer.body["version"]), (StatusCode::OK, &json!(seen.1 + 1)), "{seen:?}: {answer:?}");
    answer.body
}

/// Brings a case that was handed in to its review.
async fn reviewed(office: &Api, id: &str) {
    acted(office, id, ("accept", 0), json!({})).await;
    acted(office, id, ("review", 1), json!({})).await;
}

#[tokio::test]
async fn a_claim_goes_from_a_draft_to_a_decision_with_two_people_on_the_way() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let all = api.get("/api/v1/procedures?region=440305").await;
        let all = all.body["procedures"].as_array().unwrap();
        assert!(all.iter().any(|one| one["id"] == "green_burial"), "{all:?}");
        let one = api.get("/api/v1/procedures/green_burial?region=440305").await.body;
        let steps = one["steps"].as_array().unwrap().iter();
        let fields = steps.flat_map(|step| step["fields"].as_array().unwrap());
        let kinds: BTreeMap<_, _> = fields.map(|field| (text(&field["id"]), text(&field["kind"]))).collect();
        assert_eq!((kinds["died_on"], kinds["account"], kinds["wish"]), ("date", "account", "declaration"));
        assert!(!one["basis"].as_array().unwrap().is_empty());

        let begun = api.post(DRAFTS, Value::Null).await;
        assert_eq!(begun.status, StatusCode::CREATED);
        let draft = begun.body.clone();
        assert_eq!(begun.header(header::LOCATION), Some(address(&draft).as_str()));
        assert_eq!(draft["expires_at"], "2026-06-12T10:00:00+08:00");
        let first = save(&api, &draft, 0, json!({ "deceased_name": whole(101)["deceased_name"] })).await;
        assert_eq!((first.status, &first.body["version"]), (StatusCode::OK, &json!(1)));
        assert_eq!(save(&api, &draft, 1, whole(101)).await.body["version"], 2);
        let kept = api.with_token(Method::GET, &address(&draft), text(&draft["token"]), Value::Null).await.body;
        assert_eq!((&kept["fields"], &kept["submitted"]), (&whole(101), &json!(false)));

        let made = submit(&api, &draft, 2, Some("once")).await;
        assert_eq!(made.status, StatusCode::CREATED, "{made:?}");
        let case = made.body.clone();
        assert_eq!(made.header(header::LOCATION), Some(of_family(&case).as_str()));
        assert!(text(&case["reference"]).starts_with("C-") && text(&case["receipt"]).len() == 64, "{case}");
        assert_eq!(case["texted"], true);
        let seen = shown(&api, &case).await;
        assert_eq!(
            (&seen["state"], &seen["version"], &seen["outcome"]),
            (&json!("submitted"), &json!(0), &Value::Null)
        );

        let reviewer = at_work(&test, 1, &[Role::Reviewer]).await;
        let approver = at_work(&test, 2, &[Role::Approver]).await;
        let id = id_of(&reviewer, &case).await;
        reviewed(&reviewer, &id).await;
        let proposed = acted(&reviewer, &id, ("propose", 2), json!({ "outcome": "granted", "sum": "3000" })).await;
        assert_eq!((&proposed["state"], &proposed["outcome"]), (&json!("proposed"), &json!("granted")));
        assert_eq!(shown(&api, &case).await["outcome"], Value::Null, "a proposal is no decision");
        let looked_at = approver.get(&format!("{CASES}/{id}")).await.body;
        assert!(looked_at["may"].as_array().unwrap().contains(&json!("approve")), "{looked_at}");
        let signed = acted(&approver, &id, ("approve", 3), json!({ "hash": looked_at["proposal_hash"] })).await;
        assert_eq!((&signed["state"], &signed["outcome"]), (&json!("decided"), &json!("granted")));

        let decided = shown(&api, &case).await;
        assert_eq!((&decided["state"], &decided["outcome"]), (&json!("decided"), &json!("granted")));
        assert_eq!(decided["decision"]["fen"], 300_000);
        let acts: Vec<_> = decided["history"].as_array().unwrap().iter().map(|done| text(&done["act"])).collect();
        assert!(acts.starts_with(&["accept", "review"]) && acts.ends_with(&["approve"]), "{acts:?}");
        let looks = decided["looks"].as_array().unwrap();
        assert!(!looks.is_empty() && looks.iter().all(|look| look.get("by").is_none()), "{looks:?}");
        let late = withdraw(&api, &case, 4).await;
        assert_eq!((late.status, late.code()), (StatusCode::CONFLICT, "case_not_now"));
        assert!(text(&late.body["detail"]).contains(&StateName::Decided.words().zh), "{late:?}");
    }
}

#[tokio::test]
async fn an_application_is_taken_back_once_and_only_as_it_was_seen() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let case = handed_in(&api, 101).await;
        let office = at_work(&test, 1, &[Role::Reviewer]).await;
        acted(&office, &id_of(&office, &case).await, ("accept", 0), json!({})).await;
        let stale = withdraw(&api, &case, 0).await;
        assert_eq!((stale.status, stale.code()), (StatusCode::CONFLICT, "case_changed"));
        assert!(text(&stale.body["detail"]).contains(&StateName::Accepted.words().zh), "{stale:?}");
        let taken_back = withdraw(&api, &case, 1).await;
        assert_eq!((taken_back.status, &taken_back.body["state"]), (StatusCode::OK, &json!("withdrawn")));
        let again = withdraw(&api, &case, 2).await;
        assert_eq!((again.status, again.code()), (StatusCode::CONFLICT, "case_not_now"));
    }
}
