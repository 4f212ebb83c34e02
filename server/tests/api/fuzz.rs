//! Whatever is sent to the API, the answer is one that the document names: never a failure inside, every error a problem.
//!
//! The document says what to send. Around what it asks for, requests are broken in every way that clients find; what
//! answers give, such as tokens, is sent back, so that some requests are good.

mod broken;
mod requests;
mod values;

use std::env;
use std::time::SystemTime;

use axum::http::Method;
use serde_json::Value;
use testhouse::draw::Draw;

use crate::support::{
    Setup, TestApp,
    http::{Api, document},
    test_apps,
};
use requests::Sending;
use values::Known;

const WITHOUT_CODES: Setup =
    Setup { now: "2026-05-13T10:00:00+08:00", phone_codes: false, rate_limit: false, public_url: None };

/// Requests to each operation; `make soak` sends more.
const REQUESTS: u64 = 120;

#[tokio::test]
async fn no_request_is_answered_with_anything_that_the_document_does_not_name() {
    for test in test_apps(WITHOUT_CODES).await {
        let bookings = fuzz(&test, 1).await;
        assert!(bookings > 0, "nothing that was sent was good enough to be booked");
    }
}

#[tokio::test]
async fn nor_is_one_where_phones_are_asked_for_codes() {
    // A wrong code is answered in even time: fewer of them.
    for test in test_apps(Setup::default()).await {
        fuzz(&test, 8).await;
    }
}

/// Gives the number of bookings that were made.
async fn fuzz(test: &TestApp, fewer: u64) -> usize {
    let by_chance = || u64::from(SystemTime::UNIX_EPOCH.elapsed().unwrap().subsec_nanos());
    let seed = number("HUIMIN_SOAK_SEED").unwrap_or_else(by_chance);
    println!("HUIMIN_SOAK_SEED={seed}");
    let (api, mut draw) = (Api::of(&test.app), Draw::new(seed, 0));
    let mut known = Known::of(test).await;
    let requests = number("HUIMIN_FUZZ_REQUESTS").unwrap_or(REQUESTS) / fewer;
    for _ in 0..requests {
        for (path, method, operation) in operations() {
            let sending = Sending::draw(&mut draw, &known, &method, path, operation);
            let told = Told(format!("{sending:?}"));
            let answer = api.send(sending.request()).await;
            assert!(!answer.status.is_server_error(), "{answer:?}");
            known.learn(&answer.body);
            drop(told);
        }
    }
    known.bookings
}

/// What was sent, told once it is answered wrongly.
struct Told(String);

impl Drop for Told {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let told: String = self.0.chars().take(3_000).collect();
            eprintln!("sent: {told}");
        }
    }
}

fn operations() -> impl Iterator<Item = (&'static str, Method, &'static Value)> {
    let paths = document()["paths"].as_object().unwrap();
    paths.iter().flat_map(|(path, item)| {
        let of_path = item.as_object().unwrap().iter();
        of_path.map(move |(method, operation)| {
            (path.as_str(), Method::from_bytes(method.to_uppercase().as_bytes()).unwrap(), operation)
        })
    })
}

fn number(name: &str) -> Option<u64> {
    env::var(name).ok().map(|text| text.parse().unwrap())
}
