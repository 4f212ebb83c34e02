//! Nobody sees or changes what is another family's.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use shared::procedures::CaseReference;

use super::super::applying::{address, announced, filled, handed_in, text, whole};
use super::of_family;
use crate::support::{
    Setup,
    http::{Api, request},
    test_apps,
};

#[tokio::test]
async fn the_token_of_one_draft_does_not_open_another_nor_itself_elsewhere() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let (mine, theirs) = (filled(&api, 101).await, filled(&api, 102).await);
        let (token, id) = (text(&mine["token"]), text(&mine["draft_id"]));
        let elsewhere = format!("/api/v1/procedures/funeral_fees/drafts/{id}");
        for path in [address(&theirs), elsewhere, address(&json!({ "draft_id": "none" }))] {
            for (method, path, body) in [
                (Method::GET, path.clone(), Value::Null),
                (Method::PUT, path.clone(), json!({ "version": 1, "fields": { "burial_kind": "river" } })),
                (Method::POST, format!("{path}/submit"), json!({ "version": 1 })),
            ] {
                let answer = api.with_token(method.clone(), &path, token, body.clone()).await;
                assert_eq!((answer.status, answer.code()), (StatusCode::NOT_FOUND, "not_found"), "{method} {path}");
                let without = api.send(request(method, &path, None, &body)).await;
                assert_eq!((without.status, without.code()), (StatusCode::UNAUTHORIZED, "unauthorized"), "{path}");
            }
        }
        for draft in [&mine, &theirs] {
            let kept = api.with_token(Method::GET, &address(draft), text(&draft["token"]), Value::Null).await;
            assert_eq!((&kept.body["version"], &kept.body["submitted"]), (&json!(1), &json!(false)));
        }
    }
}

#[tokio::test]
async fn a_case_opens_to_its_own_token_and_an_unknown_one_looks_like_any_other() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let (mine, theirs) = (handed_in(&api, 101).await, handed_in(&api, 102).await);
        let unknown = json!({ "reference": CaseReference::from_random(7) });
        let token = text(&mine["manage_token"]);
        let refused = api.with_token(Method::GET, &of_family(&theirs), token, Value::Null).await;
        assert_eq!((refused.status, refused.code()), (StatusCode::UNAUTHORIZED, "unauthorized"));
        for case in [&theirs, &unknown] {
            for (method, path, body) in [
                (Method::GET, of_family(case), Value::Null),
                (Method::POST, format!("{}/withdraw", of_family(case)), json!({ "version": 0 })),
                (Method::PUT, format!("{}/rating", of_family(case)), json!({ "grade": "good" })),
                (Method::POST, format!("{}/supplement", of_family(case)), json!({ "version": 0, "fields": {} })),
                (Method::POST, format!("{}/files", of_family(case)), announced(8)),
                (Method::GET, format!("{}/files/none", of_family(case)), Value::Null),
                (Method::PATCH, format!("{}/files/none", of_family(case)), Value::Null),
                (Method::DELETE, format!("{}/files/none", of_family(case)), Value::Null),
            ] {
                let answer = api.with_token(method.clone(), &path, token, body.clone()).await;
                assert_eq!(answer.body, refused.body, "{method} {path}");
                let without = api.send(request(method, &path, None, &body)).await;
                assert_eq!(without.body, refused.body, "no token and a wrong one look alike: {path}");
            }
        }
    }
}

#[tokio::test]
async fn a_booking_is_no_case_and_a_case_no_booking() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let (booking, case) = (api.booking(&test, 1, "2026-05-14").await, handed_in(&api, 101).await);
        let as_booking = format!("/api/v1/bookings/{}", text(&case["reference"]));
        for (path, token) in [(of_family(&booking), &booking["manage_token"]), (as_booking, &case["manage_token"])] {
            let answer = api.with_token(Method::GET, &path, text(token), Value::Null).await;
            assert_eq!((answer.status, answer.code()), (StatusCode::NOT_FOUND, "not_found"), "{path}");
        }
        // Read out over a telephone and typed as people type.
        let typed = text(&case["reference"]).replace('-', "%20").to_lowercase();
        let path = format!("/api/v1/cases/{typed}");
        assert_eq!(
            api.with_token(Method::GET, &path, text(&case["manage_token"]), Value::Null).await.status,
            StatusCode::OK
        );
    }
}

#[tokio::test]
async fn forged_names_of_drafts_and_cases_name_nothing() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let long = "x".repeat(5000);
        for id in ["%00", "..", "%2e%2e%2fetc", "a%20b", "%FF", "1'or'1'='1", "%F0%A0%AE%B7", &long] {
            for (method, path, body) in [
                (Method::GET, format!("/api/v1/procedures/{id}"), Value::Null),
                (Method::POST, format!("/api/v1/procedures/{id}/drafts"), Value::Null),
                (Method::GET, address(&json!({ "draft_id": id })), Value::Null),
                (Method::POST, format!("{}/submit", address(&json!({ "draft_id": id }))), json!({ "version": 0 })),
                (Method::GET, format!("/api/v1/cases/{id}"), Value::Null),
                (Method::POST, format!("/api/v1/cases/{id}/withdraw"), json!({ "version": 0 })),
                (Method::POST, format!("/api/v1/cases/{id}/supplement"), json!({ "version": 0, "fields": {} })),
                (Method::POST, format!("/api/v1/cases/{id}/files"), announced(8)),
                (Method::GET, format!("/api/v1/cases/{id}/files/none"), Value::Null),
            ] {
                let answer = api.with_token(method, &path, "token", body).await;
                assert_eq!((answer.status, answer.code()), (StatusCode::NOT_FOUND, "not_found"), "{path}");
            }
        }
    }
}

#[tokio::test]
async fn a_family_s_own_case_shows_nobody_s_numbers() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let case = handed_in(&api, 101).await;
        let told = super::shown(&api, &case).await.to_string();
        for field in ["deceased_name", "deceased_id", "applicant_name", "applicant_id", "applicant_phone", "account"] {
            assert!(!told.contains(text(&whole(101)[field])), "{field} is in {told}");
        }
    }
}
