//! Nobody sees or changes what is another's.

use axum::http::{Method, StatusCode, header};
use serde_json::{Value, json};
use server::session::Session;
use shared::invented;

use crate::support::{
    Setup,
    http::{Api, request},
    test_apps,
};

const OPERATIONS: [(Method, &str); 3] = [(Method::GET, ""), (Method::POST, "/cancel"), (Method::POST, "/reschedule")];

fn body_for(operation: &str) -> Value {
    if operation == "/reschedule" { json!({ "hold_id": "a", "hold_token": "b" }) } else { Value::Null }
}

#[tokio::test]
async fn the_token_of_one_booking_does_not_open_another() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let mine = api.booking(&test, 1, "2026-05-14").await;
        let theirs = api.booking(&test, 2, "2026-05-14").await;
        let token = mine["manage_token"].as_str().unwrap();
        let reference = theirs["reference"].as_str().unwrap();
        for (method, operation) in OPERATIONS {
            let path = format!("/api/v1/bookings/{reference}{operation}");
            let answer = api.with_token(method.clone(), &path, token, body_for(operation)).await;
            assert_eq!((answer.status, answer.code()), (StatusCode::UNAUTHORIZED, "unauthorized"), "{operation}");
            assert_eq!(answer.header(header::WWW_AUTHENTICATE), Some("Bearer"));
            let without = api.send(request(method, &path, None, &body_for(operation))).await;
            assert_eq!(without.body, answer.body, "no token and a wrong one look alike");
        }
    }
}

#[tokio::test]
async fn a_reference_that_nobody_has_looks_like_one_with_another_token() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let made = api.booking(&test, 1, "2026-05-14").await;
        let real = made["reference"].as_str().unwrap();
        let unknown = shared::appointments::BookingReference::from_random(7);
        let ask = |reference: String| {
            let api = api.clone();
            async move { api.with_token(Method::GET, &format!("/api/v1/bookings/{reference}"), "x", Value::Null).await }
        };
        assert_eq!(ask(real.to_owned()).await.body, ask(unknown.as_str().to_owned()).await.body);
    }
}

#[tokio::test]
async fn the_token_of_a_hold_opens_that_hold_and_nothing_else() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let slot = test.free_slot("nanshan", "2026-05-14").await.id.0;
        let (mine, theirs) = (api.hold(slot).await, api.hold(slot).await);
        let token = mine["hold_token"].as_str().unwrap();
        let id = theirs["hold_id"].as_str().unwrap();
        for (method, path) in
            [(Method::POST, format!("/api/v1/holds/{id}/extend")), (Method::DELETE, format!("/api/v1/holds/{id}"))]
        {
            let answer = api.with_token(method.clone(), &path, token, Value::Null).await;
            assert_eq!((answer.status, answer.code()), (StatusCode::NOT_FOUND, "not_found"));
            let without = api.send(request(method, &path, None, &Value::Null)).await;
            assert_eq!((without.status, without.code()), (StatusCode::UNAUTHORIZED, "unauthorized"));
        }
        let mut body = api.ready(&test, 1, "2026-05-14").await;
        body["hold_id"] = theirs["hold_id"].clone();
        let foreign = api.post("/api/v1/bookings", body).await;
        assert_eq!((foreign.status, foreign.code()), (StatusCode::NOT_FOUND, "not_found"));
    }
}

#[tokio::test]
async fn forged_ids_name_nothing() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let long = "x".repeat(5000);
        for id in ["%00", "..", "%2e%2e%2fetc", "a%20b", "%FF", "1'or'1'='1", "-1", "%F0%A0%AE%B7", &long] {
            for (method, path) in [
                (Method::GET, format!("/api/v1/registries/{id}/slots")),
                (Method::POST, format!("/api/v1/holds/{id}/extend")),
                (Method::DELETE, format!("/api/v1/holds/{id}")),
                (Method::GET, format!("/api/v1/bookings/{id}")),
                (Method::POST, format!("/api/v1/bookings/{id}/cancel")),
                (Method::GET, format!("/api/v1/calendar/{id}")),
            ] {
                let answer = api.with_token(method, &path, "token", Value::Null).await;
                assert_eq!((answer.status, answer.code()), (StatusCode::NOT_FOUND, "not_found"), "{path}");
            }
        }
        for slot in [0, -1, i64::MAX, i64::MIN] {
            let answer = api.post("/api/v1/holds", json!({ "slot_id": slot })).await;
            assert_eq!((answer.status, answer.code()), (StatusCode::NOT_FOUND, "not_found"), "{slot}");
        }
    }
}

#[tokio::test]
async fn a_booking_is_shown_masked() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let made = api.booking(&test, 1, "2026-05-14").await;
        let path = format!("/api/v1/bookings/{}", made["reference"].as_str().unwrap());
        let shown = api.with_token(Method::GET, &path, made["manage_token"].as_str().unwrap(), Value::Null).await;
        let text = shown.body.to_string();
        for party in invented::couple(1) {
            for secret in [&party.id_number, &party.phone, &party.name] {
                assert!(!text.contains(secret.as_str()), "{text}");
            }
        }
        assert_eq!(shown.header(header::CACHE_CONTROL), Some("no-store"));
    }
}

#[tokio::test]
async fn another_site_cannot_use_the_browser_of_a_resident() {
    for test in test_apps(Setup { public_url: Some("https://huimin.example"), ..Setup::default() }).await {
        let api = Api::of(&test.app);
        let slot = test.free_slot("nanshan", "2026-05-14").await.id;
        let cookie = format!("__Host-session={}", Session::new().reveal());
        let from = |name: &'static str, value: &'static str, cookie: Option<&str>| {
            let mut request = request(Method::POST, "/api/v1/holds", None, &json!({ "slot_id": slot }));
            request.headers_mut().insert(name, value.parse().unwrap());
            if let Some(cookie) = cookie {
                request.headers_mut().insert(header::COOKIE, cookie.parse().unwrap());
            }
            api.send(request)
        };
        for (name, value) in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example"), ("origin", "null")]
        {
            let answer = from(name, value, Some(&cookie)).await;
            assert_eq!((answer.status, answer.code()), (StatusCode::FORBIDDEN, "cross_site"), "{name}: {value}");
        }
        assert_eq!(from("sec-fetch-site", "same-origin", Some(&cookie)).await.status, StatusCode::CREATED);
        assert_eq!(from("origin", "https://huimin.example", Some(&cookie)).await.status, StatusCode::CREATED);
        assert_eq!(from("origin", "https://partner.example", None).await.status, StatusCode::CREATED);
    }
}
