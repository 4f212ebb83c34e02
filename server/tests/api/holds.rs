//! Holds by the API: whose they are, how many, and for how long.

use axum::http::{Method, StatusCode, header};
use chrono::TimeDelta;
use serde_json::{Value, json};
use server::session::Session;
use shared::appointments::SlotState;
use shared::invented;

use crate::support::{
    Setup,
    http::{Answer, Api, booking_of, request},
    test_apps,
};

#[tokio::test]
async fn a_hold_is_extended_twice_and_then_runs_out() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let slot = test.free_slot("nanshan", "2026-05-14").await.id.0;
        let hold = api.hold(slot).await;
        let token = hold["hold_token"].as_str().unwrap();
        let path = format!("/api/v1/holds/{}/extend", hold["hold_id"].as_str().unwrap());
        let extend = || api.with_token(Method::POST, &path, token, Value::Null);
        let first = extend().await;
        assert_eq!(first.body, json!({ "expires_at": "2026-05-13T10:30:00+08:00", "extensions_left": 1 }));
        assert_eq!(extend().await.body["expires_at"], "2026-05-13T10:45:00+08:00");
        let third = extend().await;
        assert_eq!((third.status, third.code()), (StatusCode::CONFLICT, "no_extension_left"));

        test.set_clock("2026-05-13T10:45:00+08:00");
        let late = extend().await;
        assert_eq!((late.status, late.code()), (StatusCode::GONE, "hold_expired"));
        let booked = api.post("/api/v1/bookings", booking_of(&hold, &invented::couple(1))).await;
        assert_eq!((booked.status, booked.code()), (StatusCode::GONE, "hold_expired"));
    }
}

#[tokio::test]
async fn a_hold_that_is_given_back_is_free_at_once() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let slot = test.free_slot("nanshan", "2026-05-14").await;
        let mut holds = Vec::new();
        for _ in 0..slot.capacity {
            holds.push(api.hold(slot.id.0).await);
        }
        let full = api.post("/api/v1/holds", json!({ "slot_id": slot.id })).await;
        assert_eq!((full.status, full.code()), (StatusCode::CONFLICT, "slot_full"));
        assert_eq!(test.slots("nanshan", "2026-05-14").await[0].state, SlotState::Full);

        let (id, token) = (holds[0]["hold_id"].as_str().unwrap(), holds[0]["hold_token"].as_str().unwrap());
        let path = format!("/api/v1/holds/{id}");
        let released = api.with_token(Method::DELETE, &path, token, Value::Null).await;
        assert_eq!((released.status, released.body), (StatusCode::NO_CONTENT, Value::Null));
        api.hold(slot.id.0).await;
        let twice = api.with_token(Method::DELETE, &path, token, Value::Null).await;
        assert_eq!((twice.status, twice.code()), (StatusCode::GONE, "hold_expired"));
    }
}

#[tokio::test]
async fn a_hot_date_asks_for_a_phone_before_the_hold_and_not_again_for_that_phone() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let slot = test.free_slot("nanshan", "2026-05-20").await.id;
        let without = api.post("/api/v1/holds", json!({ "slot_id": slot })).await;
        assert_eq!((without.status, without.code()), (StatusCode::CONFLICT, "phone_needed"));

        let [first, second] = api.with_codes(&test, invented::couple(1)).await;
        let wrong = json!({ "slot_id": slot, "phone": first.phone, "phone_code": "12345" });
        assert_eq!(api.post("/api/v1/holds", wrong).await.fields(), [("phone_code", "phone_code_shape")]);
        let body = json!({ "slot_id": slot, "phone": first.phone, "phone_code": first.phone_code });
        let hold = api.post("/api/v1/holds", body).await;
        assert_eq!(hold.status, StatusCode::CREATED, "{hold:?}");

        let first = shared::marriage::PartyInput { phone_code: String::new(), ..first };
        let made = api.post("/api/v1/bookings", booking_of(&hold.body, &[first, second])).await;
        assert_eq!(made.status, StatusCode::CREATED, "{made:?}");
    }
}

#[tokio::test]
async fn a_time_held_with_a_phone_is_booked_only_by_people_who_have_it() {
    for test in test_apps(Setup::default()).await {
        let api = Api::with_session(&test.app);
        let slot = test.free_slot("nanshan", "2026-05-20").await.id;
        let tout = api.with_codes(&test, invented::couple(9)).await[0].clone();
        let body = json!({ "slot_id": slot, "phone": tout.phone, "phone_code": tout.phone_code });
        let hold = api.post("/api/v1/holds", body).await;
        assert_eq!(hold.status, StatusCode::CREATED, "{hold:?}");

        let [first, second] = api.with_codes(&test, invented::couple(1)).await;
        let sold = api.post("/api/v1/bookings", booking_of(&hold.body, &[first.clone(), second.clone()])).await;
        assert_eq!(sold.fields(), [("parties.0.phone", "phone_not_of_hold")]);
        // Nothing was used up by that: either of the two may give the phone that was confirmed.
        let second = shared::marriage::PartyInput { phone: tout.phone, phone_code: String::new(), ..second };
        let made = api.post("/api/v1/bookings", booking_of(&hold.body, &[first, second])).await;
        assert_eq!(made.status, StatusCode::CREATED, "{made:?}");
    }
}

#[tokio::test]
async fn a_booking_moves_to_no_time_that_a_stranger_s_phone_holds() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let made = api.booking(&test, 1, "2026-05-14").await;
        test.wait(TimeDelta::minutes(1));
        let slot = test.free_slot("nanshan", "2026-05-20").await.id;
        let reschedule = format!("/api/v1/bookings/{}/reschedule", made["reference"].as_str().unwrap());
        let token = made["manage_token"].as_str().unwrap();
        for (couple, status) in [(9, StatusCode::UNPROCESSABLE_ENTITY), (1, StatusCode::OK)] {
            let party = api.with_codes(&test, invented::couple(couple)).await[1].clone();
            let body = json!({ "slot_id": slot, "phone": party.phone, "phone_code": party.phone_code });
            let hold = api.post("/api/v1/holds", body).await.body;
            let target = json!({ "hold_id": hold["hold_id"], "hold_token": hold["hold_token"] });
            let moved = api.with_token(Method::POST, &reschedule, token, target).await;
            assert_eq!(moved.status, status, "{moved:?}");
            if status != StatusCode::OK {
                assert_eq!(moved.fields(), [("hold_id", "phone_not_of_hold")]);
            }
        }
    }
}

#[tokio::test]
async fn a_hold_of_a_caller_without_a_session_comes_with_one_that_has_two_holds_like_any_other() {
    for test in test_apps(Setup::default()).await {
        let slots: Vec<_> = test.slots("nanshan", "2026-05-14").await.iter().map(|slot| slot.id).collect();
        let api = Api::of(&test.app);
        let first = api.post("/api/v1/holds", json!({ "slot_id": slots[0] })).await;
        let cookie = first.header(header::SET_COOKIE).unwrap().to_owned();
        assert!(cookie.starts_with("session=") && cookie.ends_with("; HttpOnly; SameSite=Lax; Path=/"), "{cookie}");
        let with_it = async |slot| {
            let mut request = request(Method::POST, "/api/v1/holds", None, &json!({ "slot_id": slot }));
            let pair = cookie.split(';').next().unwrap();
            request.headers_mut().insert(header::COOKIE, pair.parse().unwrap());
            api.send(request).await
        };
        let again = with_it(slots[0]).await;
        assert_eq!((&again.body, again.header(header::SET_COOKIE)), (&first.body, None));
        assert_eq!(with_it(slots[1]).await.status, StatusCode::CREATED);
        assert_eq!(with_it(slots[2]).await.code(), "too_many_holds");
    }
}

#[tokio::test]
async fn a_browser_holds_two_times_at_most_and_other_programs_are_not_counted_with_it() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let cookie = format!("session={}", Session::new().reveal());
        let slots: Vec<_> = test.slots("nanshan", "2026-05-14").await.iter().map(|slot| slot.id).collect();
        let from_browser = |slot| {
            let mut request = request(Method::POST, "/api/v1/holds", None, &json!({ "slot_id": slot }));
            request.headers_mut().insert(header::COOKIE, cookie.parse().unwrap());
            request.headers_mut().insert("sec-fetch-site", "same-origin".parse().unwrap());
            api.send(request)
        };
        let first = from_browser(slots[0]).await;
        assert_eq!(first.status, StatusCode::CREATED);
        assert_eq!(from_browser(slots[0]).await.body, first.body, "the same time again is the same hold");
        assert_eq!(from_browser(slots[1]).await.status, StatusCode::CREATED);
        let third = from_browser(slots[2]).await;
        assert_eq!((third.status, third.code()), (StatusCode::CONFLICT, "too_many_holds"));
        api.hold(slots[2].0).await;
    }
}

/// Two clicks of one browser at the same moment, each with its own body.
async fn two_clicks(api: &Api, bodies: [Value; 2]) -> [Answer; 2] {
    let cookie = format!("session={}", Session::new().reveal());
    let click = |body: &Value| {
        let mut request = request(Method::POST, "/api/v1/holds", None, body);
        request.headers_mut().insert(header::COOKIE, cookie.parse().unwrap());
        api.send(request)
    };
    let (first, second) = tokio::join!(click(&bodies[0]), click(&bodies[1]));
    assert_eq!((first.status, second.status), (StatusCode::CREATED, StatusCode::CREATED), "{first:?} {second:?}");
    [first, second]
}

#[tokio::test]
async fn a_double_click_on_a_hot_date_holds_one_place_with_one_code() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let slot = test.free_slot("nanshan", "2026-05-20").await.id;
        let [party, _] = api.with_codes(&test, invented::couple(1)).await;
        let body = json!({ "slot_id": slot, "phone": party.phone, "phone_code": party.phone_code });
        let [first, second] = two_clicks(&api, [body.clone(), body]).await;
        assert_eq!(first.body, second.body);
        assert_eq!(test.slots("nanshan", "2026-05-20").await[0].remaining, 2);
    }
}

#[tokio::test]
async fn a_double_click_on_the_last_place_holds_it() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let slot = test.free_slot("nanshan", "2026-05-14").await;
        for _ in 1..slot.capacity {
            api.hold(slot.id.0).await;
        }
        let body = json!({ "slot_id": slot.id });
        let [first, second] = two_clicks(&api, [body.clone(), body]).await;
        assert_eq!(first.body, second.body);
    }
}

#[tokio::test]
async fn two_times_taken_at_the_same_moment_are_both_held() {
    for test in test_apps(Setup::default()).await {
        let slots = test.slots("nanshan", "2026-05-14").await;
        let bodies = [json!({ "slot_id": slots[0].id }), json!({ "slot_id": slots[1].id })];
        let [first, second] = two_clicks(&Api::of(&test.app), bodies).await;
        assert_ne!(first.body["hold_id"], second.body["hold_id"]);
    }
}
