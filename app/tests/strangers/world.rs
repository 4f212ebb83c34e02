//! A portal where something is the case: phones with and without codes, bookings, holds.

use axum::http::{Method, StatusCode};
use chrono::TimeDelta;
use serde_json::{Value, json};
use server::{App, database::Backend};
use shared::appointments::BookingReference;
use shared::invented;
use testhouse::TestApp;
use testhouse::http::Api;

pub struct World {
    test: TestApp,
    pub never: String,
    pub expired: String,
    pub used: String,
    pub waits: String,
    pub booked: Booked,
    pub cancelled: Booked,
    unknown: String,
    /// The stranger's own.
    pub own_booking: Booked,
    pub own_hold: Hold,
    pub runs: Hold,
    pub released: Hold,
    pub no_hold: Hold,
    pub hot_slot: i64,
}

pub struct Booked {
    pub reference: String,
    pub token: String,
    pub phone: String,
}

pub struct Hold {
    pub id: String,
    pub token: String,
}

impl World {
    pub async fn open() -> Self {
        let flags = ["--demo", "--messages", "mailbox", "--rate-limit", "off"];
        let test = TestApp::open(Backend::Sqlite, &flags, "2026-05-13T10:00:00+08:00").await;
        let (api, owner) = (Api::of(&test.app), Api::with_session(&test.app));
        let [never, expired, used, waits] =
            ["13700000001", "13700000002", "13700000003", "13700000004"].map(str::to_owned);
        let hot_slot = test.free_slot("nanshan", "2026-05-20").await.id.0;
        send_code(&owner, &expired).await;
        test.wait(TimeDelta::minutes(11));
        let booked = book(&api, &test, 1).await;
        let cancelled = book(&api, &test, 2).await;
        let cancel = format!("/api/v1/bookings/{}/cancel", cancelled.reference);
        let answer = api.with_token(Method::POST, &cancel, &cancelled.token, Value::Null).await;
        assert_eq!(answer.status, StatusCode::OK);
        let own_booking = book(&api, &test, 4).await;
        send_code(&owner, &used).await;
        let body = json!({ "slot_id": hot_slot, "phone": used, "phone_code": test.last_code(&used).await });
        assert_eq!(owner.post("/api/v1/holds", body).await.status, StatusCode::CREATED);
        let [own_hold, runs, released] = [hold(&api, &test).await, hold(&api, &test).await, hold(&api, &test).await];
        let path = format!("/api/v1/holds/{}", released.id);
        let answer = api.with_token(Method::DELETE, &path, &released.token, Value::Null).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT);
        send_code(&owner, &waits).await;
        let no_hold = Hold { id: runs.id.chars().rev().collect(), token: runs.token.clone() };
        let unknown = BookingReference::from_random(7).as_str().to_owned();
        Self {
            test,
            never,
            expired,
            used,
            waits,
            booked,
            cancelled,
            unknown,
            own_booking,
            own_hold,
            runs,
            released,
            no_hold,
            hot_slot,
        }
    }

    pub fn app(&self) -> &App {
        &self.test.app
    }

    /// Of a booking that stands, of one that is cancelled, and of none.
    pub fn references(&self) -> [&str; 3] {
        [&self.booked.reference, &self.cancelled.reference, &self.unknown]
    }
}

impl Hold {
    pub fn with_token(&self, token: &str) -> Self {
        Self { id: self.id.clone(), token: token.to_owned() }
    }
}

async fn send_code(api: &Api, phone: &str) {
    let answer = api.post("/api/v1/phone-codes", json!({ "phone": phone })).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED);
}

async fn book(api: &Api, test: &TestApp, n: usize) -> Booked {
    let booking = api.booking(test, n, "2026-05-18").await;
    let reference = BookingReference::parse(booking["reference"].as_str().unwrap()).unwrap();
    let token = booking["manage_token"].as_str().unwrap().to_owned();
    Booked { reference: reference.as_str().to_owned(), token, phone: invented::couple(n)[0].phone.clone() }
}

async fn hold(api: &Api, test: &TestApp) -> Hold {
    let hold = api.hold(test.free_slot("nanshan", "2026-05-18").await.id.0).await;
    let text = |name: &str| hold[name].as_str().unwrap().to_owned();
    Hold { id: text("hold_id"), token: text("hold_token") }
}
