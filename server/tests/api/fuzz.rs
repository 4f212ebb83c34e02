//! Whatever is sent to the API, the answer is one that the document names: never a failure inside, every error a problem.
//!
//! The document says what to send. Around what it asks for, requests are broken in every way that clients find; what
//! answers give, such as tokens, is sent back, so that some requests are good.

mod applied;
mod broken;
mod requests;
mod values;

use std::collections::BTreeMap;
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

type Answered = BTreeMap<(&'static str, u16), usize>;

/// Requests to each operation; `make soak` sends more.
const REQUESTS: u64 = 120;
/// When chance is given up.
const MOST: u64 = 20_000;

#[tokio::test]
async fn no_request_is_answered_with_anything_that_the_document_does_not_name() {
    for test in test_apps(WITHOUT_CODES).await {
        let requests = number("HUIMIN_FUZZ_REQUESTS").unwrap_or(REQUESTS);
        // Chance goes on until each operation was reached from both sides, or it would be known only from outside.
        let answered = fuzz(&test, |round, answered| round < requests || !unreached(answered).is_empty()).await;
        assert_eq!(unreached(&answered), [""; 0], "{answered:?}");
    }
}

#[tokio::test]
async fn nor_is_one_where_phones_are_asked_for_codes() {
    // A wrong code is answered in even time: fewer of them.
    let requests = number("HUIMIN_FUZZ_REQUESTS").unwrap_or(REQUESTS) / 8;
    for test in test_apps(Setup::default()).await {
        fuzz(&test, |round, _| round < requests).await;
    }
}

/// How often each operation was answered with each status.
async fn fuzz(test: &TestApp, goes_on: impl Fn(u64, &Answered) -> bool) -> Answered {
    let by_chance = || u64::from(SystemTime::UNIX_EPOCH.elapsed().unwrap().subsec_nanos());
    let seed = number("HUIMIN_SOAK_SEED").unwrap_or_else(by_chance);
    println!("HUIMIN_SOAK_SEED={seed}");
    let (api, mut draw, mut known) = (Api::of(&test.app), Draw::new(seed, 0), Known::of(test).await);
    let mut answered = Answered::new();
    let mut round = 0;
    while round < MOST && goes_on(round, &answered) {
        round += 1;
        for (path, method, operation) in operations() {
            known.focus(&mut draw, path);
            let sending = Sending::draw(&mut draw, &known, &method, path, operation);
            let told = Told(format!("{sending:?}"));
            let answer = api.send(sending.request()).await;
            assert!(!answer.status.is_server_error(), "{answer:?}");
            let name = operation["operationId"].as_str().unwrap();
            *answered.entry((name, answer.status.as_u16())).or_default() += 1;
            known.learn(&answer.body);
            drop(told);
        }
    }
    answered
}

/// Operations that never did what was asked, or never refused it.
fn unreached(answered: &Answered) -> Vec<&'static str> {
    let names = operations().map(|(_, _, operation)| operation["operationId"].as_str().unwrap());
    let is_of = |name: &str, kind: u16| answered.keys().any(|(of, status)| *of == name && status / 100 == kind);
    // The list of registries takes nothing that could be wrong; to move, a booking and another hold must both stand, and to
    // sign in, three things must be right among the first tries: chance finds that too rarely to wait for. Whoever signs further has
    // no other part in cases.
    let is_done = |name: &str| is_of(name, 2) || ["reschedule_booking", "sign_in", "cosign_case"].contains(&name);
    let is_refused = |name: &str| is_of(name, 4) || name == "list_registries";
    names.filter(|name| !is_done(name) || !is_refused(name)).collect()
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
