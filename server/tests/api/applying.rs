//! Applications by the API: what a family types, and drafts that have all of it.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use server::procedures::family;
use shared::invented;
use shared::procedures::{Act, CaseReference};

use crate::procedures::desk;
use crate::support::TestApp;
use crate::support::http::{Answer, Api, request};

/// Where drafts of the reward for green burials are begun.
pub(super) const DRAFTS: &str = "/api/v1/procedures/green_burial/drafts";

/// All that the `n`th family types; people and numbers are invented.
pub(super) fn whole(n: usize) -> Value {
    let [applicant, deceased] = invented::couple(n);
    json!({
        "deceased_name": deceased.name,
        "deceased_id": deceased.id_number,
        "died_on": "2026-04-20",
        "deceased_hukou_here": "yes",
        "proof_number": format!("YS2026-{n:05}"),
        "burial_kind": "sea",
        "buried_on": "2026-05-06",
        "organised": "yes",
        "relation": "child",
        "applicant_name": applicant.name,
        "applicant_id": applicant.id_number,
        "applicant_phone": applicant.phone,
        "account": "0123456789",
        "wish": "yes",
    })
}

/// A draft that was begun: its id, its token, and until when it is kept.
pub(super) async fn begun(api: &Api) -> Value {
    let answer = api.post(DRAFTS, Value::Null).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
    answer.body
}

/// Where a draft is.
pub(super) fn address(draft: &Value) -> String {
    format!("{DRAFTS}/{}", text(&draft["draft_id"]))
}

pub(super) fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// Keeps fields of a draft that was seen in a version.
pub(super) async fn save(api: &Api, draft: &Value, version: u32, fields: Value) -> Answer {
    let body = json!({ "version": version, "fields": fields });
    api.with_token(Method::PUT, &address(draft), text(&draft["token"]), body).await
}

/// What is said of a photograph of so many bytes before it comes.
pub(super) fn announced(size: usize) -> Value {
    json!({ "paper": PAPER, "name": "IMG_0001.JPG", "size": size })
}

/// A paper of every reward for green burials.
pub(super) const PAPER: &str = "cremation_proof";

/// Announces a photograph of so many bytes.
pub(super) async fn begin_file(api: &Api, draft: &Value, size: usize) -> Answer {
    let (path, token) = (format!("{}/files", address(draft)), text(&draft["token"]));
    api.with_token(Method::POST, &path, token, announced(size)).await
}

/// Hands in a draft that was seen in a version.
pub(super) async fn submit(api: &Api, draft: &Value, version: u32, key: Option<&str>) -> Answer {
    let (path, token) = (format!("{}/submit", address(draft)), text(&draft["token"]));
    let mut request = request(Method::POST, &path, Some(token), &json!({ "version": version }));
    if let Some(key) = key {
        request.headers_mut().insert("idempotency-key", key.parse().unwrap());
    }
    api.send(request).await
}

/// A draft with all that the `n`th family types, in its first version.
pub(super) async fn filled(api: &Api, n: usize) -> Value {
    let draft = begun(api).await;
    let kept = save(api, &draft, 0, whole(n)).await;
    assert_eq!((kept.status, &kept.body["version"]), (StatusCode::OK, &json!(1)), "{kept:?}");
    draft
}

/// The case that the `n`th family handed in: its number, its token and its receipt.
pub(super) async fn handed_in(api: &Api, n: usize) -> Value {
    let draft = filled(api, n).await;
    let made = submit(api, &draft, 1, None).await;
    assert_eq!(made.status, StatusCode::CREATED, "{made:?}");
    made.body
}

/// Where a case is for the family.
pub(super) fn of_family(case: &Value) -> String {
    format!("/api/v1/cases/{}", text(&case["reference"]))
}

/// The case of the `n`th family, in its third version: asked for the account and for [`PAPER`].
pub(super) async fn asked(test: &TestApp, api: &Api, n: usize) -> Value {
    let case = handed_in(api, n).await;
    let reference = CaseReference::parse(text(&case["reference"])).unwrap();
    let family = family::by_token(&test.app, reference, text(&case["manage_token"])).await.unwrap();
    let by = desk::reviewer(test, 500 + n).await;
    let items = vec!["account".to_owned(), PAPER.to_owned()];
    for act in [Act::Accept, Act::Review, Act::Ask { items }] {
        desk::act(test, &by, family.id(), act).await.unwrap();
    }
    case
}

/// Announces a photograph of a paper that a family was asked for.
pub(super) async fn begin_case_file(api: &Api, case: &Value, size: usize) -> Answer {
    let path = format!("{}/files", of_family(case));
    api.with_token(Method::POST, &path, text(&case["manage_token"]), announced(size)).await
}
