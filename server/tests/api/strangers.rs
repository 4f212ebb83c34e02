//! Somebody who knows another's phone number learns nothing by it and is in nobody's way.

use std::net::{IpAddr, Ipv4Addr};
use std::time::{Duration, Instant};

use axum::http::StatusCode;
use chrono::TimeDelta;
use serde_json::{Value, json};
use server::appointments::booking::find;
use server::marriage::BOOKABLE;
use server::phone_codes::{self, Asker, Sending};
use shared::appointments::BookingReference;
use shared::identity::{Phone, PhoneCode};
use shared::invented;
use shared::locale::Locale;

use crate::support::{
    Setup, TestApp,
    http::{Answer, Api},
    test_apps,
};

const PHONE: &str = "13700000000";
const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

const LIMITED: Setup =
    Setup { now: "2026-05-13T10:00:00+08:00", phone_codes: true, rate_limit: true, public_url: None };

async fn ask(api: &Api, phone: &str) -> Answer {
    api.post("/api/v1/phone-codes", json!({ "phone": phone })).await
}

/// Types a code for a phone where a hot date asks for it.
async fn hold(api: &Api, test: &TestApp, phone: &str, code: &str) -> Answer {
    let slot = test.free_slot("nanshan", "2026-05-20").await.id;
    api.post("/api/v1/holds", json!({ "slot_id": slot, "phone": phone, "phone_code": code })).await
}

fn other_than(code: &str) -> &'static str {
    if code == "000000" { "000001" } else { "000000" }
}

#[tokio::test]
async fn a_stranger_who_types_a_code_is_told_one_thing_whatever_was_sent() {
    for test in test_apps(Setup::default()).await {
        let [owner, another] = [Api::with_session(&test.app), Api::with_session(&test.app)];
        let [never, expired, used, runs] = ["13700000001", "13700000002", "13700000003", "13700000004"];
        ask(&owner, expired).await;
        test.wait(TimeDelta::minutes(11));
        ask(&owner, used).await;
        ask(&another, runs).await;
        let code = test.last_code(used).await;
        assert_eq!(hold(&owner, &test, used, &code).await.status, StatusCode::CREATED);
        assert_eq!(
            hold(&another, &test, runs, other_than(&test.last_code(runs).await)).await.fields()[0].1,
            "phone_code_wrong"
        );

        for stranger in [Api::of(&test.app), Api::with_session(&test.app)] {
            let mut answers = Vec::new();
            for phone in [never, expired, used, runs] {
                let typed = if phone == runs { other_than(&test.last_code(runs).await) } else { "424242" };
                for _ in 0..6 {
                    let answer = hold(&stranger, &test, phone, typed).await;
                    answers.push((answer.status, answer.body));
                }
            }
            answers.dedup();
            assert_eq!(answers.len(), 1, "{answers:?}");
            let (status, body) = &answers[0];
            assert_eq!(
                (*status, &body["errors"][0]["code"]),
                (StatusCode::UNPROCESSABLE_ENTITY, &json!("phone_code_not_right"))
            );
        }
    }
}

#[tokio::test]
async fn a_stranger_s_wrong_codes_leave_the_owner_every_try() {
    for test in test_apps(Setup::default()).await {
        let (owner, stranger) = (Api::with_session(&test.app), Api::of(&test.app));
        ask(&owner, PHONE).await;
        let code = test.last_code(PHONE).await;
        for _ in 0..12 {
            hold(&stranger, &test, PHONE, other_than(&code)).await;
        }
        let slip = hold(&owner, &test, PHONE, other_than(&code)).await;
        assert!(slip.body["errors"][0]["message"].as_str().unwrap().contains("还可以试 4 次"), "{slip:?}");
        assert_eq!(hold(&owner, &test, PHONE, &code).await.status, StatusCode::CREATED);
    }
}

#[tokio::test]
async fn a_stranger_neither_replaces_a_code_nor_delays_the_next() {
    for test in test_apps(Setup::default()).await {
        let (owner, stranger) = (Api::with_session(&test.app), Api::with_session(&test.app));
        assert_eq!(ask(&stranger, PHONE).await.status, StatusCode::ACCEPTED);
        assert_eq!(ask(&owner, PHONE).await.status, StatusCode::ACCEPTED);
        let code = test.last_code(PHONE).await;
        test.wait(TimeDelta::minutes(1));
        for api in [&stranger, &Api::of(&test.app), &Api::of(&test.app)] {
            assert_eq!(ask(api, PHONE).await.status, StatusCode::ACCEPTED);
        }
        assert_eq!(hold(&owner, &test, PHONE, &code).await.status, StatusCode::CREATED);
    }
}

#[tokio::test]
async fn whoever_lost_the_cookies_may_still_type_the_code_and_has_five_tries() {
    for test in test_apps(Setup::default()).await {
        for (wrong, right) in [(4, StatusCode::CREATED), (5, StatusCode::UNPROCESSABLE_ENTITY)] {
            let (owner, lost) = (Api::with_session(&test.app), Api::of(&test.app));
            let phone = format!("1370000000{wrong}");
            ask(&owner, &phone).await;
            let code = test.last_code(&phone).await;
            for _ in 0..wrong {
                hold(&lost, &test, &phone, other_than(&code)).await;
            }
            assert_eq!(hold(&lost, &test, &phone, &code).await.status, right, "{wrong}");
        }
    }
}

#[tokio::test]
async fn a_code_asked_for_without_cookies_comes_with_a_session_that_owns_it() {
    for test in test_apps(Setup::default()).await {
        let asked = ask(&Api::of(&test.app), PHONE).await;
        let cookie = asked.header("set-cookie").unwrap();
        assert!(cookie.starts_with("session=") && cookie.contains("HttpOnly"), "{cookie}");
        assert_eq!(ask(&Api::with_session(&test.app), PHONE).await.header("set-cookie"), None);
    }
}

/// A booking, its reference and a phone of it.
async fn booked(test: &TestApp) -> (BookingReference, Phone) {
    let made: Value = Api::of(&test.app).booking(test, 1, "2026-05-14").await;
    test.wait(TimeDelta::minutes(2));
    let reference = BookingReference::parse(made["reference"].as_str().unwrap()).unwrap();
    (reference, Phone::parse(&invented::couple(1)[0].phone).unwrap())
}

#[tokio::test]
async fn looking_a_booking_up_takes_nothing_from_its_phone_and_is_told_by_no_other_answer() {
    for test in test_apps(LIMITED).await {
        let (reference, phone) = booked(&test).await;
        let others = BookingReference::from_random(7);
        for looked_for in [reference, others] {
            let asker = Asker::unknown();
            for _ in 0..6 {
                let (app, now) = (&test.app, test.now());
                find::send_code(app, &BOOKABLE, (&asker, HERE), (looked_for, &phone), Locale::Zh, now).await.unwrap();
                test.wait(TimeDelta::minutes(1));
            }
            let asking = (&asker, HERE);
            let sending =
                phone_codes::send(&test.app, asking, &phone, BOOKABLE.purpose(), Locale::Zh, test.now()).await;
            assert_eq!(sending.unwrap(), Sending::Sent);
        }
        let sent = test.messages_to(phone.as_str(), "phone_code").await;
        assert_eq!(sent.iter().filter(|text| text.contains("用于打开结婚登记的预约")).count(), 5, "{sent:?}");
    }
}

#[tokio::test]
async fn a_code_to_open_a_booking_confirms_no_hold_and_one_for_a_hold_opens_no_booking() {
    for test in test_apps(Setup::default()).await {
        let ((reference, phone), asker) = (booked(&test).await, Asker::unknown());
        let (app, now) = (&test.app, test.now());
        find::send_code(app, &BOOKABLE, (&asker, HERE), (reference, &phone), Locale::Zh, now).await.unwrap();
        let to_open = test.last_code(phone.as_str()).await;
        assert_eq!(hold(&Api::of(app), &test, phone.as_str(), &to_open).await.fields()[0].1, "phone_code_not_right");
        let to_hold = test.send_code(&BOOKABLE, phone.as_str()).await;
        let open = async |code: &str| {
            let code = PhoneCode::parse(code).unwrap();
            find::by_code(app, &BOOKABLE, &asker, (reference, &phone), &code, now).await
        };
        if to_hold != to_open {
            assert!(open(&to_hold).await.is_err());
        }
        open(&to_open).await.unwrap();
    }
}

#[tokio::test]
async fn no_look_up_and_no_wrong_code_is_answered_sooner_for_what_it_found() {
    const STEP: Duration = Duration::from_millis(100);
    for test in test_apps(Setup::default()).await {
        let ((reference, phone), asker) = (booked(&test).await, Asker::unknown());
        let others = BookingReference::from_random(7);
        let (app, now, code) = (&test.app, test.now(), PhoneCode::parse("424242").unwrap());
        for looked_for in [others, reference] {
            let begun = Instant::now();
            find::send_code(app, &BOOKABLE, (&asker, HERE), (looked_for, &phone), Locale::Zh, now).await.unwrap();
            assert!(begun.elapsed() >= STEP, "looked for: {:?}", begun.elapsed());
            let begun = Instant::now();
            let named = (looked_for, &phone);
            find::by_code(app, &BOOKABLE, &Asker::unknown(), named, &code, now).await.unwrap_err();
            assert!(begun.elapsed() >= STEP, "typed: {:?}", begun.elapsed());
        }
        let api = Api::of(app);
        for phone in [PHONE, phone.as_str()] {
            let begun = Instant::now();
            hold(&api, &test, phone, "424242").await;
            assert!(begun.elapsed() >= STEP, "held: {:?}", begun.elapsed());
        }
        let mut body = api.ready(&test, 2, "2026-05-14").await;
        body["parties"][0]["phone_code"] = other_than(body["parties"][0]["phone_code"].as_str().unwrap()).into();
        let begun = Instant::now();
        assert_eq!(api.post("/api/v1/bookings", body).await.fields()[0].1, "phone_code_not_right");
        assert!(begun.elapsed() >= STEP, "booked: {:?}", begun.elapsed());
    }
}

#[tokio::test]
async fn a_code_that_cannot_be_written_down_tells_nobody_that_a_phone_belongs_to_a_booking() {
    for test in test_apps(Setup::default()).await {
        let ((reference, phone), asker) = (booked(&test).await, Asker::unknown());
        let mut connection = test.connection().await;
        sqlx::raw_sql("alter table outbox rename to outbox_that_is_gone").execute(&mut connection).await.unwrap();
        let (app, now) = (&test.app, test.now());
        for looked_for in [reference, BookingReference::from_random(7)] {
            find::send_code(app, &BOOKABLE, (&asker, HERE), (looked_for, &phone), Locale::Zh, now).await.unwrap();
        }
    }
}
