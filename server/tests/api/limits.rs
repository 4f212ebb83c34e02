//! Anyone who asks too often is told when to come back.

use axum::http::{Method, StatusCode, header};
use chrono::TimeDelta;
use serde_json::{Value, json};
use server::settings::Settings;

use crate::support::{
    Setup,
    http::{Api, request},
    test_apps,
};

const LIMITED: Setup =
    Setup { now: "2026-05-13T10:00:00+08:00", phone_codes: true, rate_limit: true, public_url: None };

#[tokio::test]
async fn an_address_that_writes_without_end_is_stopped_while_it_may_still_read() {
    for test in test_apps(LIMITED).await {
        let api = Api::of(&test.app);
        let mut stopped = None;
        for _ in 0..500 {
            let answer = api.with_token(Method::DELETE, "/api/v1/holds/none", "token", Value::Null).await;
            if answer.status == StatusCode::TOO_MANY_REQUESTS {
                stopped = Some(answer);
                break;
            }
            assert_eq!(answer.status, StatusCode::NOT_FOUND);
        }
        let stopped = stopped.expect("500 writes in a moment are too many");
        assert_eq!(stopped.code(), "rate_limited");
        assert_eq!(stopped.header(header::RETRY_AFTER), Some("1"));
        assert_eq!(api.get("/api/v1/registries").await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn a_phone_is_sent_five_codes_an_hour() {
    for test in test_apps(LIMITED).await {
        let api = Api::of(&test.app);
        for _ in 0..5 {
            let answer = api.post("/api/v1/phone-codes", json!({ "phone": "13700000000" })).await;
            assert_eq!(answer.status, StatusCode::ACCEPTED);
            test.wait(TimeDelta::minutes(1));
        }
        let sixth = api.post("/api/v1/phone-codes", json!({ "phone": "+86 137 0000 0000", "locale": "en" })).await;
        assert_eq!((sixth.status, sixth.code()), (StatusCode::TOO_MANY_REQUESTS, "rate_limited"));
        assert_eq!(sixth.header(header::CONTENT_LANGUAGE), Some("en"));
        let wait: u64 = sixth.header(header::RETRY_AFTER).unwrap().parse().unwrap();
        assert!((600..=720).contains(&wait), "{wait}");
        assert_eq!(test.messages_to("13700000000", "phone_code").await.len(), 5);
    }
}

#[tokio::test]
async fn one_address_cannot_hold_a_whole_day() {
    for test in test_apps(LIMITED).await {
        let api = Api::of(&test.app);
        let mut taken = 0;
        let stopped = loop {
            let slot = test.free_slot("nanshan", "2026-05-14").await.id;
            let answer = api.post("/api/v1/holds", json!({ "slot_id": slot })).await;
            if answer.status != StatusCode::CREATED {
                break answer;
            }
            taken += 1;
        };
        assert_eq!((stopped.status, stopped.code()), (StatusCode::TOO_MANY_REQUESTS, "rate_limited"));
        assert!((60..75).contains(&taken), "{taken}");
    }
}

#[tokio::test]
async fn forwarded_addresses_of_strangers_do_not_help() {
    for test in test_apps(LIMITED).await {
        let settings: &Settings = test.app.settings();
        assert!(settings.trusted_proxies.is_empty());
        let api = Api::of(&test.app);
        let mut last = StatusCode::OK;
        for n in 0..500 {
            let mut request = request(Method::DELETE, "/api/v1/holds/none", Some("token"), &Value::Null);
            request.headers_mut().insert("x-forwarded-for", format!("198.51.100.{}", n % 250).parse().unwrap());
            last = api.send(request).await.status;
            if last == StatusCode::TOO_MANY_REQUESTS {
                break;
            }
        }
        assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    }
}
