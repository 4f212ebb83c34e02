//! Every row of the API for those who work on cases, as a way to decide one alone: a row that is added says here what is sent to it.

use axum::http::Method;
use serde_json::{Value, json};
use server::api;
use server::keys::token::new_id;
use server::procedures::NAME;

use super::{Part, nothing_came_of, nothing_is_decided, signs_over_api};
use crate::counter::hall::cookie_of;
use crate::support::TestApp;
use crate::support::http::{Api, document, request};

/// Sends to each row whatever it takes, and after each tries to sign.
pub(super) async fn tries(test: &TestApp, part: &Part) {
    let api = Api::with_cookies(&test.app, cookie_of(test, part.staff.account()).await);
    for (method, path) in operations() {
        for (address, body) in requests((&method, &path), part) {
            let body = as_seen(&api, part, body).await;
            api.send(request(method.clone(), &address, None, &body)).await;
            nothing_is_decided(test, (part, &address)).await;
            let signed = signs_over_api(test, &part.staff, &part.case).await;
            nothing_came_of(test, (part, &address), !signed.status.is_success()).await;
        }
    }
}

fn operations() -> Vec<(Method, String)> {
    let rows = api::rows().into_iter().filter(|row| row.domain == NAME && row.who.wants_session());
    rows.flat_map(|row| row.methods.into_iter().map(move |method| (method, row.path.clone()))).collect()
}

/// What is sent to a row, once or more; without what is known of the case.
fn requests((method, path): (&Method, &str), part: &Part) -> Vec<(String, Value)> {
    let of_case = path.replace("{id}", part.case.as_str());
    let once = |body: Value| vec![(of_case.clone(), body)];
    let name = path.strip_prefix("/api/v1/staff/").unwrap_or_else(|| panic!("{path} is not for staff"));
    match name {
        _ if *method == Method::GET => once(Value::Null),
        "cases/{id}/{act}" => acts().into_iter().map(|act| (of_case.replace("{act}", act), act_body())).collect(),
        "cases/{id}/assign" => once(json!({ "to": part.staff.person() })),
        "cases/{id}/cosign" => once(json!({})),
        "cases/{id}/files/{file_id}" => {
            vec![(of_case.replace("{file_id}", "none"), json!({ "why": "核对火化证明。" }))]
        }
        "cases/{id}/messages" => once(json!({ "template": "received" })),
        "cases/{id}/settled" => {
            let seen = "2026-05-13T10:00:00+08:00";
            ["messages", "texts"].map(|what| (of_case.clone(), json!({ "what": what, "seen": seen }))).into()
        }
        "cases/{id}/notes" => once(json!({ "note": "已经打过电话。" })),
        "cases/{id}/reveal" => once(json!({ "field": "account", "why": "核对银行卡号。" })),
        // Twice each, under another press.
        "cases/batch" | "cases/batch/plan" => {
            let acts = ["accept", "review", "close", "assign"].into_iter().flat_map(|act| [act, act]);
            acts.map(|act| (of_case.clone(), json!({ "do": act, "cases": [], "press": "" }))).collect()
        }
        "cases/export" => once(json!({ "queue": "all", "why": "月底汇总。" })),
        "procedures/{id}/drafts" => vec![(path.replace("{id}", "green_burial"), Value::Null)],
        "ratings/{id}/follow" => once(json!({ "followed": "打电话问清楚了。" })),
        "thresholds" => once(json!({ "procedure": "green_burial" })),
        "thresholds/{id}/{act}" => {
            ["confirm", "decline"].map(|act| (of_case.replace("{act}", act), Value::Null)).into()
        }
        _ => panic!("say in this test what {method} {path} could decide"),
    }
}

/// The names of all acts, as the document has them.
fn acts() -> Vec<&'static str> {
    let names = document()["components"]["schemas"]["CaseAct"]["enum"].as_array().unwrap();
    names.iter().map(|name| name.as_str().unwrap()).collect()
}

/// All that any act is told.
fn act_body() -> Value {
    json!({
        "said": "材料已经核对过。", "outcome": "granted", "items": ["account"], "fields": { "account": "9876543210" },
    })
}

/// The same with the version and the hash of this moment, where something is sent at all.
async fn as_seen(api: &Api, part: &Part, mut body: Value) -> Value {
    let Some(told) = body.as_object_mut() else { return body };
    let seen = api.get(&format!("/api/v1/staff/cases/{}", part.case)).await.body;
    let version = &seen["version"];
    if told.contains_key("cases") {
        told.insert("cases".to_owned(), json!([{ "id": part.case, "version": version, "whose": seen["assigned_to"] }]));
        told.insert("press".to_owned(), json!(new_id()));
    }
    told.insert("version".to_owned(), version.clone());
    told.insert("hash".to_owned(), seen["proposal_hash"].clone());
    body
}
