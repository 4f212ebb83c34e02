//! A booking stands only after both phones were confirmed, and tells strangers nothing before that.

use axum::http::StatusCode;
use chrono::TimeDelta;
use serde_json::{Value, json};
use shared::invented;
use shared::marriage::PartyInput;

use crate::support::{
    Setup,
    http::{Api, booking_of},
    test_apps,
};

#[tokio::test]
async fn a_missing_code_is_asked_for_at_each_phone() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let hold = api.hold(test.free_slot("nanshan", "2026-05-14").await.id.0).await;
        let answer = api.post("/api/v1/bookings", booking_of(&hold, &invented::couple(1))).await;
        let missing = [("parties.0.phone_code", "phone_code_missing"), ("parties.1.phone_code", "phone_code_missing")];
        assert_eq!(answer.fields(), missing);
    }
}

#[tokio::test]
async fn one_code_serves_a_couple_with_one_phone() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let hold = api.hold(test.free_slot("nanshan", "2026-05-14").await.id.0).await;
        let [first, second] = invented::couple(1);
        let phone = first.phone.clone();
        api.post("/api/v1/phone-codes", json!({ "phone": phone })).await;
        let first = PartyInput { phone_code: test.last_code(&phone).await, ..first };
        let second = PartyInput { phone: format!("+86 {phone}"), ..second };
        let mut body = booking_of(&hold, &[first, second]);
        body["shared_phone"] = true.into();
        let answer = api.post("/api/v1/bookings", body).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
        assert_eq!(test.messages_to(&phone, "booking_made").await.len(), 1);
    }
}

#[tokio::test]
async fn a_wrong_code_counts_down_and_five_use_it_up() {
    for test in test_apps(Setup::default()).await {
        let api = Api::with_session(&test.app);
        let mut body = api.ready(&test, 1, "2026-05-14").await;
        let right = body["parties"][0]["phone_code"].clone();
        body["parties"][0]["phone_code"] = if right == "000000" { "000001" } else { "000000" }.into();
        for left in [4, 3, 2, 1] {
            let answer = api.post("/api/v1/bookings", body.clone()).await;
            assert_eq!(answer.fields(), [("parties.0.phone_code", "phone_code_wrong")]);
            let message = answer.body["errors"][0]["message"].as_str().unwrap();
            assert!(message.contains(&left.to_string()), "{message}");
        }
        let fifth = api.post("/api/v1/bookings", body.clone()).await;
        assert_eq!(fifth.fields(), [("parties.0.phone_code", "phone_code_used_up")]);
        body["parties"][0]["phone_code"] = right;
        let too_late = api.post("/api/v1/bookings", body).await;
        assert_eq!(too_late.fields(), [("parties.0.phone_code", "phone_code_used_up")]);
    }
}

#[tokio::test]
async fn a_code_is_good_for_ten_minutes_and_for_one_hold() {
    for test in test_apps(Setup::default()).await {
        let api = Api::with_session(&test.app);
        let body = api.ready(&test, 1, "2026-05-14").await;
        test.wait(TimeDelta::minutes(10));
        let late = api.post("/api/v1/bookings", body).await;
        assert_eq!(
            late.fields(),
            [("parties.0.phone_code", "phone_code_expired"), ("parties.1.phone_code", "phone_code_expired")]
        );

        let body = api.ready(&test, 1, "2026-05-14").await;
        assert_eq!(api.post("/api/v1/bookings", body.clone()).await.status, StatusCode::CREATED);
        let hold = api.hold(test.free_slot("nanshan", "2026-05-15").await.id.0).await;
        let mut replayed = booking_of(&hold, &invented::couple(2));
        replayed["parties"][0]["phone"] = body["parties"][0]["phone"].clone();
        replayed["parties"][0]["phone_code"] = body["parties"][0]["phone_code"].clone();
        replayed["parties"][1]["phone_code"] = "123456".into();
        let answer = api.post("/api/v1/bookings", replayed).await;
        assert_eq!(
            answer.fields(),
            [("parties.0.phone_code", "phone_code_used_up"), ("parties.1.phone_code", "phone_code_not_right")]
        );
    }
}

#[tokio::test]
async fn a_correct_code_stays_confirmed_when_another_field_needs_attention() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let mut body = api.ready(&test, 1, "2026-05-14").await;
        let right = body["parties"][1]["phone_code"].clone();
        body["parties"][1]["phone_code"] = if right == "000000" { "000001" } else { "000000" }.into();
        assert_eq!(api.post("/api/v1/bookings", body.clone()).await.fields().len(), 1);
        body["parties"][0]["phone_code"] = "".into();
        body["parties"][1]["phone_code"] = right;
        assert_eq!(api.post("/api/v1/bookings", body).await.status, StatusCode::CREATED);
    }
}

#[tokio::test]
async fn a_person_who_is_booked_is_told_of_only_after_the_codes_and_the_earlier_phones_hear_of_it() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let made = api.booking(&test, 1, "2026-05-14").await;
        test.wait(TimeDelta::minutes(2));
        // Somebody else, with a phone of their own, names the first couple's husband.
        let [booked, _] = invented::couple(1);
        let [stranger, partner] = invented::couple(2);
        let parties = [PartyInput { phone: stranger.phone, ..booked }, partner];
        let hold = api.hold(test.free_slot("demo-hill", "2026-05-15").await.id.0).await;

        let before = api.post("/api/v1/bookings", booking_of(&hold, &parties)).await;
        assert_eq!(before.code(), "invalid_fields", "nothing is told before the codes");
        assert!(test.messages().await.iter().all(|posted| posted.kind != "duplicate_tried"));

        let parties = api.with_codes(&test, parties).await;
        let after = api.post("/api/v1/bookings", booking_of(&hold, &parties)).await;
        assert_eq!((after.status, after.code()), (StatusCode::CONFLICT, "already_booked"));
        let told = after.body.to_string();
        for secret in [made["reference"].as_str().unwrap(), "nanshan", "南山", "2026-05-14", "9:00"] {
            assert!(!told.contains(secret), "{told}");
        }
        for party in invented::couple(1) {
            assert_eq!(test.messages_to(&party.phone, "duplicate_tried").await.len(), 1);
        }
        let path = format!("/api/v1/bookings/{}", made["reference"].as_str().unwrap());
        let token = made["manage_token"].as_str().unwrap();
        let shown = api.with_token(axum::http::Method::GET, &path, token, Value::Null).await;
        assert_eq!(shown.body["state"], "booked", "the earlier booking is unchanged");
    }
}

#[tokio::test]
async fn asking_for_a_code_answers_alike_for_every_phone_and_once_a_minute() {
    for test in test_apps(Setup::default()).await {
        let api = Api::with_session(&test.app);
        api.booking(&test, 1, "2026-05-14").await;
        test.wait(TimeDelta::minutes(2));
        let ask = |phone: String| {
            let api = api.clone();
            async move { api.post("/api/v1/phone-codes", json!({ "phone": phone, "locale": "en" })).await }
        };
        let (known, unknown) = (ask(invented::couple(1)[0].phone.clone()).await, ask("13700000000".into()).await);
        assert_eq!((known.status, &known.body), (StatusCode::ACCEPTED, &unknown.body));
        let text = &test.messages_to("13700000000", "phone_code").await[0];
        assert!(text.starts_with("[Huimin]"), "{text}");

        let soon = ask("13700000000".into()).await;
        assert_eq!((soon.status, soon.code()), (StatusCode::TOO_MANY_REQUESTS, "rate_limited"));
        assert_eq!(soon.header("retry-after"), Some("60"));
        test.wait(TimeDelta::seconds(60));
        assert_eq!(ask("13700000000".into()).await.status, StatusCode::ACCEPTED);
    }
}
