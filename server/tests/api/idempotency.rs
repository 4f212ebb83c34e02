//! A request that comes twice is done once.

use axum::http::{Method, StatusCode};
use serde_json::Value;
use shared::invented;

use crate::support::{
    Setup, TestApp,
    http::{Answer, Api, request},
    test_apps,
};

async fn book(api: &Api, key: &str, body: &Value) -> Answer {
    let mut request = request(Method::POST, "/api/v1/bookings", None, body);
    request.headers_mut().insert("idempotency-key", key.parse().unwrap());
    api.send(request).await
}

async fn confirmations(test: &TestApp, n: usize) -> usize {
    let [first, second] = invented::couple(n);
    test.messages_to(&first.phone, "booking_made").await.len()
        + test.messages_to(&second.phone, "booking_made").await.len()
}

#[tokio::test]
async fn the_same_key_and_body_give_the_same_booking() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let body = api.ready(&test, 1, "2026-05-14").await;
        let (first, second) = (book(&api, "key", &body).await, book(&api, "key", &body).await);
        assert_eq!(first.status, StatusCode::CREATED, "{first:?}");
        assert_eq!((second.status, second.body), (first.status, first.body));
        assert_eq!(confirmations(&test, 1).await, 2);
    }
}

#[tokio::test]
async fn the_same_key_with_another_body_is_refused() {
    for test in test_apps(Setup::default()).await {
        let api = Api::with_session(&test.app);
        let mut body = api.ready(&test, 1, "2026-05-14").await;
        assert_eq!(book(&api, "key", &body).await.status, StatusCode::CREATED);
        let other = api.ready(&test, 2, "2026-05-14").await;
        body["locale"] = "en".into();
        for other in [other, body] {
            let answer = book(&api, "key", &other).await;
            assert_eq!((answer.status, answer.code()), (StatusCode::UNPROCESSABLE_ENTITY, "idempotency_mismatch"));
        }
        assert_eq!(confirmations(&test, 2).await, 0);
    }
}

#[tokio::test]
async fn the_same_key_of_two_requesters_is_two_keys() {
    for test in test_apps(Setup::default()).await {
        let [keeper, other] = [Api::with_session(&test.app), Api::with_session(&test.app)];
        let (no_cookies, key) = (Api::of(&test.app), "1");
        let mut made = Vec::new();
        for (n, api) in (1..).zip([&keeper, &other, &no_cookies, &no_cookies]) {
            let body = api.ready(&test, n, "2026-05-14").await;
            let booked = book(api, key, &body).await;
            assert_eq!(booked.status, StatusCode::CREATED, "{booked:?}");
            let again = book(api, key, &body).await;
            assert_eq!(again.body["reference"], booked.body["reference"]);
            made.push((body, booked.body["reference"].clone()));
        }
        made.dedup_by(|one, next| one.1 == next.1);
        assert_eq!(made.len(), 4, "nobody was given what another had booked");
    }
}

#[tokio::test]
async fn a_double_click_without_a_key_books_once() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let body = api.ready(&test, 1, "2026-05-14").await;
        let click = || api.post("/api/v1/bookings", body.clone());
        let (first, second) = tokio::join!(click(), click());
        assert_eq!(first.status, StatusCode::CREATED, "{first:?}");
        assert_eq!((second.status, second.body["reference"].clone()), (first.status, first.body["reference"].clone()));
        assert_eq!(click().await.body["reference"], first.body["reference"]);
        assert_eq!(confirmations(&test, 1).await, 2);
    }
}

#[tokio::test]
async fn a_booking_that_was_cancelled_is_not_told_as_booked_when_its_request_comes_again() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let body = api.ready(&test, 1, "2026-05-14").await;
        let made = book(&api, "key", &body).await;
        assert_eq!(made.body["state"], "booked");
        let reference = made.body["reference"].as_str().unwrap().replace('-', "");
        let (cancel, token) = (format!("/api/v1/bookings/{reference}/cancel"), made.body["manage_token"].as_str());
        api.with_token(Method::POST, &cancel, token.unwrap(), Value::Null).await;
        let again = api.post("/api/v1/bookings", body.clone()).await;
        assert_eq!((again.status, again.code()), (StatusCode::CONFLICT, "booking_ended"));
        assert_eq!(book(&api, "key", &body).await.body["state"], "cancelled");
    }
}

#[tokio::test]
async fn a_double_click_with_a_key_books_once() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let body = api.ready(&test, 1, "2026-05-14").await;
        let (first, second) = tokio::join!(book(&api, "key", &body), book(&api, "key", &body));
        assert_eq!(first.status, StatusCode::CREATED, "{first:?}");
        assert_eq!((second.status, second.body), (first.status, first.body));
    }
}

#[tokio::test]
async fn other_people_cannot_come_after_a_booking_on_its_hold() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let body = api.ready(&test, 1, "2026-05-14").await;
        assert_eq!(api.post("/api/v1/bookings", body.clone()).await.status, StatusCode::CREATED);
        let mut others = api.ready(&test, 2, "2026-05-14").await;
        others["hold_id"] = body["hold_id"].clone();
        others["hold_token"] = body["hold_token"].clone();
        let answer = api.post("/api/v1/bookings", others).await;
        assert_eq!((answer.status, answer.code()), (StatusCode::GONE, "hold_expired"));
    }
}

#[tokio::test]
async fn an_unusable_key_is_malformed() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let body = api.ready(&test, 1, "2026-05-14").await;
        for key in ["", "é", &"k".repeat(201)] {
            let answer = book(&api, key, &body).await;
            assert_eq!((answer.status, answer.code()), (StatusCode::BAD_REQUEST, "malformed"), "{key}");
        }
        assert_eq!(book(&api, &"k".repeat(200), &body).await.status, StatusCode::CREATED);
    }
}
