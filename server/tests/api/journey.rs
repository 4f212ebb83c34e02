//! From the list of registries to a cancelled booking, by the API alone.

use axum::http::{Method, StatusCode, header};
use chrono::TimeDelta;
use serde_json::{Value, json};
use shared::invented;

use crate::support::{
    Setup,
    http::{Api, booking_of},
    test_apps,
};

#[tokio::test]
async fn a_couple_books_moves_and_cancels() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let registries = api.get("/api/v1/registries").await;
        assert_eq!(registries.body[0]["id"], "nanshan");
        assert_eq!(registries.body[0]["rules"][0]["horizon"], json!({ "days": 15 }));

        let slots = api.get("/api/v1/registries/nanshan/slots?from=2026-05-14&to=2026-05-15").await;
        let slot = &slots.body[0];
        assert_eq!(slot["starts_at"], "2026-05-14T09:00:00+08:00");
        assert_eq!((&slot["remaining"], &slot["state"]), (&json!(3), &json!("free")));

        let hold = api.hold(slot["id"].as_i64().unwrap()).await;
        assert_eq!(hold["expires_at"], "2026-05-13T10:15:00+08:00");
        let parties = api.with_codes(&test, invented::couple(1)).await;
        let made = api.post("/api/v1/bookings", booking_of(&hold, &parties)).await;
        assert_eq!(made.status, StatusCode::CREATED);
        assert_eq!(made.body["starts_at"], "2026-05-14T09:00:00+08:00");
        assert_eq!(made.body["registry"]["name"]["en"], "Nanshan District Marriage Registry");
        let reference = made.body["reference"].as_str().unwrap();
        let written = reference.replace('-', "");
        let booking = format!("/api/v1/bookings/{written}");
        assert_eq!(made.header(header::LOCATION), Some(booking.as_str()));
        let token = made.body["manage_token"].as_str().unwrap();
        assert_eq!(made.body["manage_url"], format!("http://127.0.0.1:3000/m/{written}-{token}"));

        let shown = api.with_token(Method::GET, &booking, token, Value::Null).await;
        assert_eq!(shown.body["state"], "booked");
        assert_eq!(shown.body["cancel_until"], "2026-05-14T00:00:00+08:00");
        assert_eq!(shown.body["messages"][0]["kind"], "booking_made");

        let other = api.hold(test.free_slot("nanshan", "2026-05-15").await.id.0).await;
        let target = json!({ "hold_id": other["hold_id"], "hold_token": other["hold_token"] });
        let moved = api.with_token(Method::POST, &format!("{booking}/reschedule"), token, target).await;
        assert_eq!(moved.body["starts_at"], "2026-05-15T09:00:00+08:00");
        assert_eq!(moved.body["reference"], reference);

        let cancelled = api.with_token(Method::POST, &format!("{booking}/cancel"), token, Value::Null).await;
        assert_eq!(cancelled.body["state"], "cancelled");
        let again = api.with_token(Method::POST, &format!("{booking}/cancel"), token, Value::Null).await;
        assert_eq!((again.status, again.code()), (StatusCode::CONFLICT, "booking_ended"));
        test.wait(TimeDelta::minutes(2));
        api.booking(&test, 1, "2026-05-18").await;
    }
}

#[tokio::test]
async fn the_same_move_asked_for_again_is_answered_the_same_and_none_leads_to_the_own_time() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let made = api.booking(&test, 1, "2026-05-14").await;
        let booking = format!("/api/v1/bookings/{}", made["reference"].as_str().unwrap());
        let token = made["manage_token"].as_str().unwrap();
        let hold = async |date| {
            let hold = api.hold(test.free_slot("nanshan", date).await.id.0).await;
            json!({ "hold_id": hold["hold_id"], "hold_token": hold["hold_token"] })
        };
        let reschedule = format!("{booking}/reschedule");
        let move_to = |target: Value| api.with_token(Method::POST, &reschedule, token, target);
        let own = move_to(hold("2026-05-14").await).await;
        assert_eq!((own.status, own.code()), (StatusCode::CONFLICT, "same_time"));

        let target = hold("2026-05-15").await;
        let (first, second) = tokio::join!(move_to(target.clone()), move_to(target.clone()));
        let third = move_to(target.clone()).await;
        for answer in [first, second, third] {
            assert_eq!(
                (answer.status, &answer.body["starts_at"]),
                (StatusCode::OK, &json!("2026-05-15T09:00:00+08:00"))
            );
        }
        assert_eq!(move_to(hold("2026-05-18").await).await.status, StatusCode::OK);
        let stale = move_to(target.clone()).await;
        assert_eq!((stale.status, stale.code()), (StatusCode::GONE, "hold_expired"), "it has moved on");
        let last = hold("2026-05-19").await;
        move_to(last.clone()).await;
        api.with_token(Method::POST, &format!("{booking}/cancel"), token, Value::Null).await;
        assert_eq!(move_to(last).await.code(), "booking_ended");
    }
}

#[tokio::test]
async fn a_booking_that_began_ended_or_was_erased_says_which() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let made = api.booking(&test, 1, "2026-05-14").await;
        let booking = format!("/api/v1/bookings/{}", made["reference"].as_str().unwrap());
        let token = made["manage_token"].as_str().unwrap();
        let cancel = format!("{booking}/cancel");
        let cancel = || api.with_token(Method::POST, &cancel, token, Value::Null);
        for (now, status, code) in [
            ("2026-05-14T09:05:00+08:00", StatusCode::CONFLICT, "too_late"),
            ("2026-05-15T00:00:00+08:00", StatusCode::CONFLICT, "booking_ended"),
            ("2026-09-01T00:00:00+08:00", StatusCode::GONE, "booking_erased"),
        ] {
            test.set_clock(now);
            server::jobs::round(&test.app, test.now()).await.unwrap();
            let answer = cancel().await;
            assert_eq!((answer.status, answer.code()), (status, code), "{now}");
        }
        let shown = api.with_token(Method::GET, &booking, token, Value::Null).await;
        assert_eq!((shown.status, shown.code()), (StatusCode::GONE, "booking_erased"));
    }
}

#[tokio::test]
async fn the_check_gives_its_answer_and_keeps_nothing() {
    for test in test_apps(Setup::default()).await {
        let party = |sex, birth_date| json!({ "kind": "mainland", "birth_date": birth_date, "sex": sex, "status": "never_married" });
        let body = json!({
            "date": "2026-05-20",
            "kinship": "none",
            "parties": [party("male", "2004-05-21"), party("female", "2004-02-29")],
        });
        let answer = Api::of(&test.app).post("/api/v1/marriage/check", body).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.body["verdict"], json!({ "type": "not_yet", "from": "2026-05-21" }));
        assert_eq!(answer.body["registries"], "any");
        assert_eq!(answer.header(header::CACHE_CONTROL), Some("no-store"));
        assert!(test.messages().await.is_empty());
    }
}

#[tokio::test]
async fn the_calendar_knows_holidays_and_says_when_it_does_not_know_yet() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let day = |date: &str| {
            let (api, path) = (api.clone(), format!("/api/v1/calendar/{date}"));
            async move { api.get(&path).await }
        };
        let hot = day("2026-05-20").await;
        assert_eq!(
            (&hot.body["day"]["kind"]["type"], &hot.body["day"]["provisional"]),
            (&json!("workday"), &json!(false))
        );
        assert!(hot.body["day"]["hot"].is_object());
        assert_eq!(day("2026-10-01").await.body["day"]["kind"]["type"], "holiday");
        assert_eq!(day("2031-10-01").await.body["day"]["provisional"], true);
        assert_eq!(day("9999-12-31").await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn a_deadline_is_counted_by_the_calendar_and_each_wrong_field_is_named() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let ask = async |query: &str| api.get(&format!("/api/v1/calendar/deadline?{query}")).await;
        for (query, date, provisional) in [
            ("from=2026-02-10&days=5&unit=working", "2026-02-24", false),
            ("from=2026-08-03&days=60&unit=calendar", "2026-10-02", false),
            ("from=2026-08-03&days=60&unit=calendar&roll=true", "2026-10-08", false),
            ("from=2026-12-30&days=5&unit=working&roll=false", "2027-01-07", true),
        ] {
            let answer = ask(query).await;
            assert_eq!(answer.body, json!({ "date": date, "provisional": provisional }), "{query}");
        }
        let wrong = ask("from=2026-02-30&days=3651&unit=weeks&roll=maybe").await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let fields: Vec<_> = wrong.body["errors"].as_array().unwrap().iter().map(|error| &error["field"]).collect();
        assert_eq!(fields, ["from", "days", "unit", "roll"]);
        assert_eq!(ask("days=1&days=2").await.status, StatusCode::BAD_REQUEST);
    }
}
