//! Anyone who asks too often is told when to come back.

use std::net::IpAddr;

use axum::http::{Method, StatusCode, header};
use chrono::TimeDelta;
use serde_json::{Value, json};
use server::appointments::hold::{self, Asking};
use server::database::sql::{int, sql};
use server::marriage::BOOKABLE;
use server::settings::Settings;
use shared::invented;

use crate::support::{
    Setup, TestApp, anyone,
    http::{Answer, Api, booking_of, request},
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
async fn a_phone_of_a_country_that_is_not_served_or_was_sent_enough_today_is_told_what_to_do_instead() {
    for test in test_apps(LIMITED).await {
        let api = Api::of(&test.app);
        let ask = async |phone: String| {
            let answer = api.post("/api/v1/phone-codes", json!({ "phone": phone, "locale": "en" })).await;
            if answer.status == StatusCode::ACCEPTED {
                return String::new();
            }
            let fields = answer.fields();
            assert_eq!((answer.status, fields[0].0), (StatusCode::UNPROCESSABLE_ENTITY, "phone"));
            assert!(answer.body["errors"][0]["message"].as_str().unwrap().contains("mainland"), "{answer:?}");
            fields[0].1.to_owned()
        };
        assert_eq!(ask("+79123456789".to_owned()).await, "phone_country_not_served");
        for n in 0..4 {
            assert_eq!(ask(format!("+852912345{n:02}")).await, "");
        }
        assert_eq!(ask("+85291234599".to_owned()).await, "phone_country_busy");
        assert_eq!(ask("+85291244599".to_owned()).await, "");
        assert_eq!(ask("13700000000".to_owned()).await, "");
        assert_eq!(test.messages().await.len(), 6);
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

/// Holds times of a day, each without cookies, until one is refused: those that were held, and the refusal.
async fn hold_all(test: &TestApp, date: &str) -> (Vec<Value>, Answer) {
    let (api, mut held) = (Api::of(&test.app), Vec::new());
    loop {
        let slot = test.free_slot("nanshan", date).await.id;
        let answer = api.post("/api/v1/holds", json!({ "slot_id": slot })).await;
        if answer.status != StatusCode::CREATED {
            return (held, answer);
        }
        held.push(answer.body);
    }
}

#[tokio::test]
async fn one_network_holds_a_quarter_of_a_day_and_whoever_confirms_a_phone_gets_on() {
    for test in test_apps(LIMITED).await {
        let (held, refused) = hold_all(&test, "2026-05-14").await;
        let places: u32 = test.slots("nanshan", "2026-05-14").await.iter().map(|slot| slot.capacity).sum();
        assert_eq!((refused.status, refused.code()), (StatusCode::CONFLICT, "phone_needed"));
        assert!(held.len() == 20 && places > 60, "{} of {places}", held.len());

        let (api, slot) = (Api::of(&test.app), test.free_slot("nanshan", "2026-05-15").await.id);
        for n in 1..=5 {
            let party = api.with_codes(&test, invented::couple(n)).await[0].clone();
            let body = json!({ "slot_id": slot.0 + i64::try_from(n).unwrap(), "phone": party.phone, "phone_code": party.phone_code });
            assert_eq!(api.post("/api/v1/holds", body).await.status, StatusCode::CREATED);
        }
        let elsewhere = Asking { address: IpAddr::from([203, 0, 113, 9]), ..anyone() };
        hold::take(&test.app, &BOOKABLE, slot, elsewhere, test.now()).await.unwrap();
    }
}

#[tokio::test]
async fn a_hold_that_ended_makes_room_for_the_next_of_its_network() {
    for test in test_apps(LIMITED).await {
        let (held, _) = hold_all(&test, "2026-05-14").await;
        let (api, slot) = (Api::of(&test.app), test.free_slot("nanshan", "2026-05-15").await.id);
        let ask = || api.post("/api/v1/holds", json!({ "slot_id": slot }));
        let path = format!("/api/v1/holds/{}", held[0]["hold_id"].as_str().unwrap());
        api.with_token(Method::DELETE, &path, held[0]["hold_token"].as_str().unwrap(), Value::Null).await;
        assert_eq!(ask().await.status, StatusCode::CREATED);
        assert_eq!(ask().await.code(), "phone_needed");
        let booking = booking_of(&held[1], &api.with_codes(&test, invented::couple(1)).await);
        assert_eq!(api.post("/api/v1/bookings", booking).await.status, StatusCode::CREATED);
        assert_eq!(ask().await.status, StatusCode::CREATED, "what is booked is held no more");
        test.wait(TimeDelta::minutes(15));
        assert_eq!(ask().await.status, StatusCode::CREATED);
    }
}

#[tokio::test]
async fn nothing_of_a_network_is_kept_beside_what_is_held_no_more() {
    for test in test_apps(LIMITED).await {
        let (held, _) = hold_all(&test, "2026-05-14").await;
        let kept = async || {
            let statement = "select count(*) as kept from appointment where network is not null";
            let mut connection = test.app.database().read().await.unwrap();
            int(&sql(statement, []).fetch_one(&mut *connection).await.unwrap(), "kept").unwrap()
        };
        assert_eq!(kept().await, 20);
        let (api, path) = (Api::of(&test.app), format!("/api/v1/holds/{}", held[0]["hold_id"].as_str().unwrap()));
        api.with_token(Method::DELETE, &path, held[0]["hold_token"].as_str().unwrap(), Value::Null).await;
        assert_eq!(kept().await, 19);
        test.wait(TimeDelta::minutes(15));
        server::jobs::round(&test.app, test.now()).await.unwrap();
        assert_eq!(kept().await, 0);
    }
}

#[tokio::test]
async fn where_the_limits_are_lifted_one_network_holds_a_whole_day() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        for _ in 0..30 {
            api.hold(test.free_slot("nanshan", "2026-05-14").await.id.0).await;
        }
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
