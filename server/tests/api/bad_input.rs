//! Whatever is sent, the answer says what to do, at its field, in the sender's language.

use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use serde_json::{Value, json};
use shared::invented::{couple, with_check_character};

use crate::support::{
    Setup, TestApp,
    http::{Answer, Api, booking_of, request},
    test_apps,
};

/// No codes are asked for, so that the fields alone decide.
const WITHOUT_CODES: Setup =
    Setup { now: "2026-05-13T10:00:00+08:00", phone_codes: false, rate_limit: false, public_url: None };

async fn good(api: &Api, test: &TestApp) -> Value {
    booking_of(&api.hold(test.free_slot("nanshan", "2026-05-14").await.id.0).await, &couple(1))
}

#[tokio::test]
async fn each_slip_is_told_at_its_field_in_both_languages() {
    for test in test_apps(WITHOUT_CODES).await {
        let api = Api::of(&test.app);
        let good = good(&api, &test).await;
        let long = "三".repeat(20_000);
        for (place, field, typed, code) in [
            (0, "id_number", "100000199001010018", "id_check_digit"),
            (0, "id_number", "110105491231002", "id_old_number"),
            (1, "id_number", "11010519491231002", "id_length"),
            (0, "id_number", "810000199408230021", "id_other_document"),
            (0, "id_number", "944840198501010018", "id_other_document"),
            (0, "id_number", "1000001990\u{0}10011", "control_character"),
            (1, "birth_date", "1990-01-03", "birth_date_contradicts_id"),
            (1, "sex", "male", "sex_contradicts_id"),
            (0, "name", "张\u{0}三", "control_character"),
            (0, "name", "张三😀", "name_character"),
            (0, "name", long.as_str(), "too_long"),
            (1, "phone", "0755-26661013", "phone_landline"),
            (1, "kind", "royal", "not_offered"),
        ] {
            let path = format!("parties.{place}.{field}");
            let mut sentences = Vec::new();
            for locale in ["zh-CN", "en"] {
                let mut body = good.clone();
                body["parties"][place][field] = typed.into();
                body["locale"] = locale.into();
                let answer = api.post("/api/v1/bookings", body).await;
                assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
                assert_eq!(answer.fields(), [(path.as_str(), code)]);
                assert_eq!(answer.header(header::CONTENT_LANGUAGE), Some(locale));
                sentences.push(answer.body["errors"][0]["message"].clone());
            }
            assert_ne!(sentences[0], sentences[1]);
            assert!(!sentences[1].as_str().unwrap().contains("请"), "{sentences:?}");
        }
    }
}

#[tokio::test]
async fn what_people_write_differently_is_taken() {
    for test in test_apps(WITHOUT_CODES).await {
        let api = Api::of(&test.app);
        let mut body = good(&api, &test).await;
        let number = body["parties"][0]["id_number"].as_str().unwrap().to_owned();
        let wide = number.chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap());
        body["parties"][0]["id_number"] = wide.collect::<String>().into();
        body["parties"][0]["name"] = "𠮷·阿卜杜拉".into();
        body["parties"][1]["phone"] = " ００86-139 0000 0002".into();
        let answer = api.post("/api/v1/bookings", body).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
    }
}

#[tokio::test]
async fn the_same_person_twice_is_told_at_the_second() {
    for test in test_apps(WITHOUT_CODES).await {
        let api = Api::of(&test.app);
        let mut body = good(&api, &test).await;
        body["parties"][1] = body["parties"][0].clone();
        assert_eq!(api.post("/api/v1/bookings", body).await.fields(), [("parties.1.id_number", "same_person_twice")]);
    }
}

/// A man born on `date` (`20040520`), in the body's first place.
fn born(body: &mut Value, date: &str) {
    body["parties"][0]["id_number"] = with_check_character(&format!("100000{date}001")).into();
}

#[tokio::test]
async fn the_age_counts_on_the_day_of_the_appointment() {
    for test in test_apps(WITHOUT_CODES).await {
        let api = Api::of(&test.app);
        // The appointment is on 14 May 2026: 22 years before it is 14 May 2004.
        let mut body = good(&api, &test).await;
        born(&mut body, "20040515");
        let answer = api.post("/api/v1/bookings", body.clone()).await;
        assert_eq!(answer.fields(), [("parties.0.id_number", "under_age")]);
        assert!(answer.body["errors"][0]["message"].as_str().unwrap().contains("2026年5月15日"));
        // Under age today, on 13 May, though not on the day itself.
        born(&mut body, "20040514");
        assert_eq!(api.post("/api/v1/bookings", body).await.status, StatusCode::CREATED);
    }
}

#[tokio::test]
async fn somebody_born_on_a_leap_day_is_of_age_at_the_end_of_february() {
    for test in test_apps(Setup { now: "2026-02-26T10:00:00+08:00", ..WITHOUT_CODES }).await {
        let api = Api::of(&test.app);
        // 28 February 2026 is a worked Saturday.
        let slot = test.free_slot("nanshan", "2026-02-28").await.id.0;
        let mut body = booking_of(&api.hold(slot).await, &couple(1));
        born(&mut body, "20040229");
        assert_eq!(api.post("/api/v1/bookings", body).await.status, StatusCode::CREATED);
        let slot = test.free_slot("nanshan", "2026-02-27").await.id.0;
        let mut body = booking_of(&api.hold(slot).await, &couple(2));
        born(&mut body, "20040229");
        assert_eq!(api.post("/api/v1/bookings", body).await.fields(), [("parties.0.id_number", "under_age")]);
    }
}

#[tokio::test]
async fn a_registry_without_the_authority_says_so_to_a_foreign_couple() {
    for test in test_apps(WITHOUT_CODES).await {
        let api = Api::of(&test.app);
        let foreigner = json!({
            "kind": "foreigner", "name": "Mary O'Neill", "id_type": "passport", "id_number": "X1234567",
            "birth_date": "1998-02-28", "sex": "female", "phone": "+852 9123 4567",
        });
        let mut body = good(&api, &test).await;
        body["parties"][1] = foreigner.clone();
        let answer = api.post("/api/v1/bookings", body).await;
        assert_eq!((answer.status, answer.code()), (StatusCode::CONFLICT, "no_foreign_authority"));
        let slot = test.free_slot("demo-bay", "2026-05-14").await.id.0;
        let mut body = booking_of(&api.hold(slot).await, &couple(1));
        body["parties"][1] = foreigner;
        assert_eq!(api.post("/api/v1/bookings", body).await.status, StatusCode::CREATED);
    }
}

#[tokio::test]
async fn days_that_are_past_too_near_or_not_yet_open_say_which() {
    for test in test_apps(WITHOUT_CODES).await {
        let api = Api::of(&test.app);
        for (date, code) in [("2026-05-13", "slot_too_soon"), ("2026-05-29", "slot_not_open")] {
            let slot = test.slots("nanshan", date).await.last().unwrap().id;
            let answer = api.post("/api/v1/holds", json!({ "slot_id": slot })).await;
            assert_eq!((answer.status, answer.code()), (StatusCode::CONFLICT, code));
        }
        let slot = test.slots("nanshan", "2026-05-13").await[0].id;
        let answer = api.post("/api/v1/holds", json!({ "slot_id": slot })).await;
        assert_eq!((answer.status, answer.code()), (StatusCode::CONFLICT, "slot_past"));
    }
}

#[tokio::test]
async fn dates_in_the_query_are_told_at_their_parameter() {
    for test in test_apps(WITHOUT_CODES).await {
        let api = Api::of(&test.app);
        for (query, expected) in [
            ("from=2026-02-30", &[("from", "date_day")][..]),
            ("from=2027-02-29", &[("from", "date_no_leap_day")]),
            ("from=x&to=y", &[("from", "date_shape"), ("to", "date_shape")]),
            ("from=%00", &[("from", "control_character")]),
            ("from=2026-05-20&to=2026-05-19", &[("to", "date_range")]),
            ("from=2026-05-20&to=2026-07-21", &[("to", "date_range")]),
            ("to=9999-12-31", &[("to", "date_range")]),
            ("service=divorce", &[("service", "not_offered")]),
        ] {
            let answer = api.get(&format!("/api/v1/registries/nanshan/slots?{query}")).await;
            assert_eq!(
                (answer.status, answer.fields().as_slice()),
                (StatusCode::UNPROCESSABLE_ENTITY, expected),
                "{query}"
            );
        }
        for query in
            ["", "?", "?service=&from=&to=", "?from=2026-05-20&to=2026-07-20", "?from=9999-12-31", "?unknown=1"]
        {
            let answer = api.get(&format!("/api/v1/registries/nanshan/slots{query}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{query}");
        }
        let twice = api.get("/api/v1/registries/nanshan/slots?from=2026-05-20&from=2026-05-21").await;
        assert_eq!((twice.status, twice.code()), (StatusCode::BAD_REQUEST, "malformed"));
    }
}

async fn raw(api: &Api, content_type: Option<&str>, body: impl Into<Body>) -> Answer {
    let mut request = Request::post("/api/v1/bookings");
    if let Some(content_type) = content_type {
        request = request.header(header::CONTENT_TYPE, content_type);
    }
    api.send(request.body(body.into()).unwrap()).await
}

#[tokio::test]
async fn bodies_that_are_not_what_is_asked_for_are_refused_whole() {
    for test in test_apps(WITHOUT_CODES).await {
        let api = Api::of(&test.app);
        let json = Some("application/json");
        for (answer, status, code) in [
            (raw(&api, json, "{").await, StatusCode::BAD_REQUEST, "malformed"),
            (raw(&api, json, "").await, StatusCode::BAD_REQUEST, "malformed"),
            (raw(&api, json, "[]").await, StatusCode::BAD_REQUEST, "malformed"),
            (raw(&api, json, b"{\"hold_id\":\"\xff\"}".to_vec()).await, StatusCode::BAD_REQUEST, "malformed"),
            (raw(&api, json, "{\"hold_id\":\"\\ud800\"}").await, StatusCode::BAD_REQUEST, "malformed"),
            (raw(&api, None, "{}").await, StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type"),
            (raw(&api, Some("text/plain"), "{}").await, StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type"),
            (
                raw(&api, json, format!("{{\"a\":\"{}\"}}", "x".repeat(1 << 20))).await,
                StatusCode::PAYLOAD_TOO_LARGE,
                "too_large",
            ),
        ] {
            assert_eq!((answer.status, answer.code()), (status, code));
        }
        let answer = raw(&api, json, r#"{"parties":[{"name":5}]}"#).await;
        assert_eq!(answer.fields(), [("parties.0.name", "wrong_type")]);
        let answer = api.post("/api/v1/holds", json!({})).await;
        assert_eq!(answer.fields(), [("slot_id", "wrong_type")]);
        let answer = api.post("/api/v1/phone-codes", json!({ "phone": null })).await;
        assert_eq!(answer.fields(), [("phone", "wrong_type")]);
        let answer = api.post("/api/v1/marriage/check", json!({ "parties": [{ "sex": 1 }] })).await;
        assert_eq!(answer.fields(), [("parties.0.sex", "wrong_type")]);
        let names = |n: usize| format!("{{\"parties\":[{}]}}", ["{}"; 1].repeat(n).join(","));
        assert!(raw(&api, json, names(10_000)).await.fields().contains(&("parties", "party_count")));
    }
}

#[tokio::test]
async fn addresses_and_methods_that_do_not_exist_are_problems_too() {
    for test in test_apps(WITHOUT_CODES).await {
        let api = Api::of(&test.app);
        for path in
            ["/api", "/api/", "/api/v1", "/api/v2/holds", "/api/v1/holds/a/b/c", "/api/v1/registries/", "/api/%00"]
        {
            let answer = api.get(path).await;
            assert_eq!((answer.status, answer.code()), (StatusCode::NOT_FOUND, "not_found"), "{path}");
        }
        let answer = api.send(request(Method::PUT, "/api/v1/holds", None, &Value::Null)).await;
        assert_eq!((answer.status, answer.code()), (StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed"));
        assert_eq!(answer.header(header::ALLOW), Some("POST"));
    }
}

#[tokio::test]
async fn the_header_decides_the_language_where_the_body_does_not() {
    for test in test_apps(WITHOUT_CODES).await {
        let api = Api::of(&test.app);
        for (accepted, language, word) in [("en-GB,en;q=0.9", "en", "Nothing was found"), ("fr", "zh-CN", "没有找到")]
        {
            let mut request = request(Method::GET, "/api/v1/nothing", None, &Value::Null);
            request.headers_mut().insert(header::ACCEPT_LANGUAGE, accepted.parse().unwrap());
            let answer = api.send(request).await;
            assert_eq!(answer.header(header::CONTENT_LANGUAGE), Some(language));
            assert!(answer.body["detail"].as_str().unwrap().contains(word), "{answer:?}");
        }
    }
}
