//! Drafts: two windows, what is not right yet, and what is sent twice.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use chrono::TimeDelta;
use serde_json::{Value, json};
use shared::staff::Role;

use super::super::applying::{DRAFTS, address, begun, filled, handed_in, save, submit, text, whole};
use super::{CASES, at_work, id_of, shown};
use crate::support::{
    Setup,
    http::{Answer, Api},
    test_apps,
};

async fn read(api: &Api, draft: &Value) -> Answer {
    api.with_token(Method::GET, &address(draft), text(&draft["token"]), Value::Null).await
}

#[tokio::test]
async fn two_windows_that_fill_in_one_field_differently_are_shown_both_values() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let draft = begun(&api).await;
        assert_eq!(save(&api, &draft, 0, json!({ "deceased_name": "赵演示" })).await.status, StatusCode::OK);
        let other = save(&api, &draft, 0, json!({ "deceased_name": "钱演示", "burial_kind": "sea" })).await;
        assert_eq!((other.status, other.code()), (StatusCode::CONFLICT, "draft_changed"));
        let both = json!({ "deceased_name": { "yours": "钱演示", "theirs": "赵演示" } });
        assert_eq!(other.body["draft"], json!({ "version": 1, "fields": both }));
        assert_eq!(read(&api, &draft).await.body["fields"], json!({ "deceased_name": "赵演示" }), "nothing was kept");

        // What nobody else has filled in is nobody's loss.
        let beside = save(&api, &draft, 0, json!({ "burial_kind": "sea" })).await;
        assert_eq!((beside.status, &beside.body["version"]), (StatusCode::OK, &json!(2)));
        let chosen = save(&api, &draft, 2, json!({ "deceased_name": "钱演示" })).await;
        assert_eq!((chosen.status, &chosen.body["version"]), (StatusCode::OK, &json!(3)));
        let kept = read(&api, &draft).await.body;
        assert_eq!(kept["fields"], json!({ "deceased_name": "钱演示", "burial_kind": "sea" }));
    }
}

#[tokio::test]
async fn a_draft_is_handed_in_as_it_was_seen_or_not_at_all() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let draft = filled(&api, 101).await;
        assert_eq!(save(&api, &draft, 1, json!({ "burial_kind": "river" })).await.status, StatusCode::OK);
        let stale = submit(&api, &draft, 1, None).await;
        assert_eq!((stale.status, stale.code()), (StatusCode::CONFLICT, "draft_changed"));
        assert_eq!(stale.body["draft"], json!({ "version": 2, "fields": {} }));
        assert_eq!(submit(&api, &draft, 2, None).await.status, StatusCode::CREATED);
    }
}

#[tokio::test]
async fn what_is_missing_or_wrong_is_told_at_its_field_once_it_is_handed_in() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let draft = begun(&api).await;
        let fields = json!({ "deceased_name": "赵演示", "account": "62220212345678901" });
        assert_eq!(save(&api, &draft, 0, fields).await.status, StatusCode::OK, "half of it is kept all the same");
        let refused = submit(&api, &draft, 1, None).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let told = refused.fields();
        for expected in [("fields.died_on", "date_missing"), ("fields.account", "account_check")] {
            assert!(told.contains(&expected), "{expected:?} is not in {told:?}");
        }
        assert!(!told.iter().any(|(field, _)| *field == "fields.deceased_name"), "{told:?}");
        assert_eq!(read(&api, &draft).await.body["version"], 1, "and nothing of it is lost");
    }
}

#[tokio::test]
async fn what_no_form_asks_for_and_what_is_no_text_is_told_and_not_kept() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let draft = begun(&api).await;
        let put = async |body: Value| api.with_token(Method::PUT, &address(&draft), text(&draft["token"]), body).await;
        for (body, expected) in [
            (json!({ "version": 0, "fields": { "shoe_size": "41" } }), ("fields.shoe_size", "field_unknown")),
            (json!({ "version": 0, "fields": { "died_on": 5 } }), ("fields.died_on", "wrong_type")),
            (json!({ "version": 0, "fields": ["a"] }), ("fields", "wrong_type")),
            (json!({ "version": 0 }), ("fields", "wrong_type")),
            (json!({ "version": -1, "fields": {} }), ("version", "wrong_type")),
            (json!({ "version": "0", "fields": {} }), ("version", "wrong_type")),
        ] {
            let answer = put(body.clone()).await;
            assert_eq!(
                (answer.status, answer.fields().as_slice()),
                (StatusCode::UNPROCESSABLE_ENTITY, &[expected][..]),
                "{body}"
            );
        }
        let many: Value = (0..5_000).map(|n| (format!("f{n}"), json!(""))).collect::<serde_json::Map<_, _>>().into();
        assert_eq!(put(json!({ "version": 0, "fields": many })).await.fields().len(), 20, "an answer stays short");
        assert_eq!(read(&api, &draft).await.body["version"], 0);
    }
}

#[tokio::test]
async fn bodies_that_are_not_what_is_asked_for_are_refused_whole() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let (draft, case) = (filled(&api, 101).await, handed_in(&api, 102).await);
        let withdraw = format!("/api/v1/cases/{}/withdraw", text(&case["reference"]));
        let json = "application/json";
        for (method, path, token) in [
            (Method::PUT, address(&draft), &draft["token"]),
            (Method::POST, format!("{}/submit", address(&draft)), &draft["token"]),
            (Method::POST, withdraw, &case["manage_token"]),
        ] {
            let send = async |kind: &str, body: String| {
                let asked = Request::builder().method(method.clone()).uri(&path).header(header::CONTENT_TYPE, kind);
                let asked = asked.header(header::AUTHORIZATION, format!("Bearer {}", text(token)));
                api.send(asked.body(Body::from(body)).unwrap()).await
            };
            for (kind, body, status, code) in [
                ("text/plain", "{}".to_owned(), StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type"),
                (
                    "application/x-www-form-urlencoded",
                    "version=1".to_owned(),
                    StatusCode::UNSUPPORTED_MEDIA_TYPE,
                    "unsupported_media_type",
                ),
                (json, "{".to_owned(), StatusCode::BAD_REQUEST, "malformed"),
                (json, "[]".to_owned(), StatusCode::BAD_REQUEST, "malformed"),
                (
                    json,
                    json!({ "version": 1, "fields": { "deceased_name": "名".repeat(350_000) } }).to_string(),
                    StatusCode::PAYLOAD_TOO_LARGE,
                    "too_large",
                ),
            ] {
                let answer = send(kind, body).await;
                assert_eq!((answer.status, answer.code()), (status, code), "{method} {path} {kind}");
            }
        }
        assert_eq!(read(&api, &draft).await.body["fields"], whole(101));
        assert_eq!(shown(&api, &case).await["state"], "submitted");
    }
}

#[tokio::test]
async fn a_draft_that_is_handed_in_twice_is_one_case() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let draft = filled(&api, 101).await;
        for key in ["é", "", &"k".repeat(201)] {
            let answer = submit(&api, &draft, 1, Some(key)).await;
            assert_eq!((answer.status, answer.code()), (StatusCode::BAD_REQUEST, "malformed"), "{key}");
        }
        let (first, second) = tokio::join!(submit(&api, &draft, 1, Some("key")), submit(&api, &draft, 1, Some("key")));
        let third = submit(&api, &draft, 1, Some("key")).await;
        let without = submit(&api, &draft, 1, None).await;
        for answer in [&second, &third, &without] {
            assert_eq!((answer.status, &answer.body), (StatusCode::CREATED, &first.body), "{answer:?}");
        }
        let other = submit(&api, &draft, 7, Some("key")).await;
        assert_eq!((other.status, other.code()), (StatusCode::UNPROCESSABLE_ENTITY, "idempotency_mismatch"));
        let late = save(&api, &draft, 1, json!({ "burial_kind": "river" })).await;
        assert_eq!((late.status, late.code()), (StatusCode::CONFLICT, "draft_submitted"));
        let kept = read(&api, &draft).await.body;
        assert_eq!((&kept["submitted"], &kept["fields"]), (&json!(true), &json!({})), "nothing stays in the draft");

        let another = submit(&api, &filled(&api, 102).await, 1, Some("key")).await;
        assert_eq!(another.status, StatusCode::CREATED, "the key of one draft is not that of another");
        assert_ne!(another.body["reference"], first.body["reference"]);
        let office = at_work(&test, 1, &[Role::Reviewer]).await;
        assert_eq!(office.get(&format!("{CASES}?queue=all")).await.body["items"].as_array().unwrap().len(), 2);
    }
}

fn wide(text: &str) -> Value {
    let widened = text.chars().map(|sign| match sign {
        '!'..='~' => char::from_u32(u32::from(sign) + 0xfee0).unwrap(),
        sign => sign,
    });
    widened.collect::<String>().into()
}

#[tokio::test]
async fn full_width_digits_are_the_same_number_and_claims_for_the_same_ashes_stand_beside_each_other() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let first = handed_in(&api, 101).await;
        let (draft, mut typed) = (begun(&api).await, whole(102));
        typed["proof_number"] = wide(text(&whole(101)["proof_number"]));
        for field in ["deceased_id", "applicant_id", "applicant_phone", "account", "died_on"] {
            typed[field] = wide(text(&typed[field]));
        }
        assert_eq!(save(&api, &draft, 0, typed).await.status, StatusCode::OK);
        let second = submit(&api, &draft, 1, None).await;
        assert_eq!(second.status, StatusCode::CREATED, "{second:?}");

        let office = at_work(&test, 1, &[Role::Reviewer]).await;
        let rivals = office.get(&format!("{CASES}?queue=rivals")).await.body;
        assert_eq!(rivals["items"].as_array().unwrap().len(), 2, "{rivals}");
        let one = office.get(&format!("{CASES}/{}", id_of(&office, &first).await)).await.body;
        assert_eq!(one["rivals"][0]["reference"], second.body["reference"]);
        assert_eq!(shown(&api, &first).await.get("rivals"), None, "which is nothing that a family is told");
    }
}

#[tokio::test]
async fn a_draft_is_over_thirty_days_after_it_was_last_kept() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let draft = begun(&api).await;
        test.wait(TimeDelta::days(29));
        assert_eq!(save(&api, &draft, 0, json!({ "burial_kind": "sea" })).await.status, StatusCode::OK);
        test.wait(TimeDelta::days(30) - TimeDelta::seconds(1));
        assert_eq!(read(&api, &draft).await.status, StatusCode::OK);
        test.wait(TimeDelta::seconds(1));
        for answer in [
            read(&api, &draft).await,
            save(&api, &draft, 1, json!({ "burial_kind": "river" })).await,
            submit(&api, &draft, 1, None).await,
        ] {
            assert_eq!((answer.status, answer.code()), (StatusCode::GONE, "draft_over"));
        }
    }
}

#[tokio::test]
async fn a_region_that_takes_no_such_applications_or_is_another_bureaus_begins_none() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        for path in ["/api/v1/procedures/rocket/drafts".to_owned(), format!("{DRAFTS}?region=100000")] {
            let answer = api.post(&path, Value::Null).await;
            assert_eq!((answer.status, answer.code()), (StatusCode::NOT_FOUND, "not_found"), "{path}");
        }
        // A bureau of one district: what others decide by their own rules, also the city above it, is not begun here.
        for elsewhere in ["440100", "440300"] {
            let rules = api.get(&format!("/api/v1/procedures/green_burial?region={elsewhere}")).await;
            assert_eq!(rules.status, StatusCode::OK, "{elsewhere}: whose rules are read, as ever");
            let answer = api.post(&format!("{DRAFTS}?region={elsewhere}"), Value::Null).await;
            assert_eq!((answer.status, answer.code()), (StatusCode::NOT_FOUND, "procedure_not_offered"), "{elsewhere}");
        }
        assert_eq!(api.post(&format!("{DRAFTS}?region=440305"), Value::Null).await.status, StatusCode::CREATED);
        assert_eq!(api.get("/api/v1/procedures?region=44").await.status, StatusCode::NOT_FOUND);
        let country = api.get("/api/v1/procedures?region=100000").await;
        assert_eq!(
            (country.status, &country.body["procedures"]),
            (StatusCode::OK, &json!([])),
            "it only sets the frame"
        );
    }
}
