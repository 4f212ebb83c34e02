//! An operator's identity check before a booking is confirmed: what it answers, and what becomes of the booking.

use std::future::pending;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};

use axum::{
    Json, Router,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::post,
};
use serde_json::{Value, json};
use server::Error;
use server::appointments::booking::Booked;
use server::appointments::hold;
use server::database::Backend;
use server::marriage::BOOKABLE;
use shared::appointments::Refusal;
use shared::identity::Sex;
use shared::locale::Locale;
use shared::marriage::BookingRequest;
use shared::problem::Problem;
use tokio::net::TcpListener;

use super::support::people::{self, book};
use super::support::{Setup, TestApp, anyone, test_apps};

const NOW: &str = "2026-05-13T10:00:00+08:00";

/// What the check says of a person who is stated.
type Says = fn(&Value) -> Response;

#[derive(Clone)]
struct Check {
    says: Says,
    asked: Arc<Mutex<Vec<Value>>>,
}

impl Check {
    async fn open(says: Says) -> (Self, String) {
        let check = Self { says, asked: Arc::default() };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let url = format!("http://{}/identity", listener.local_addr().unwrap());
        let router = Router::new().route("/identity", post(answer)).with_state(check.clone());
        tokio::spawn(async { axum::serve(listener, router).await });
        (check, url)
    }
}

async fn answer(State(check): State<Check>, Json(stated): Json<Value>) -> Response {
    check.asked.lock().unwrap().push(stated.clone());
    let said = (check.says)(&stated);
    if said.status() == StatusCode::GATEWAY_TIMEOUT { pending().await } else { said }
}

fn say(answer: &str) -> Response {
    Json(json!({ "answer": answer })).into_response()
}

fn is_his(stated: &Value) -> bool {
    stated["phone"] == json!(people::person(1, Sex::Male).phone)
}

/// One server on each kind of database that asks a check of its own.
async fn houses(says: Says) -> Vec<(TestApp, Check)> {
    let mut houses = Vec::new();
    for backend in test_apps(Setup::default()).await.iter().map(TestApp::backend) {
        houses.push(house(backend, says).await);
    }
    houses
}

async fn house(backend: Backend, says: Says) -> (TestApp, Check) {
    let (check, url) = Check::open(says).await;
    let switches = ["--phone-codes", "off", "--rate-limit", "off", "--identity-check", &url];
    let flags = [&["--demo", "--messages", "mailbox"][..], &switches].concat();
    (TestApp::open(backend, &flags, NOW).await, check)
}

async fn ask(test: &TestApp, change: fn(&mut BookingRequest)) -> Result<Booked, Error> {
    ask_for(test, "2026-05-19", change).await
}

async fn ask_for(test: &TestApp, date: &str, change: fn(&mut BookingRequest)) -> Result<Booked, Error> {
    let slot = test.free_slot("nanshan", date).await.id;
    let held = hold::take(&test.app, &BOOKABLE, slot, anyone(), test.now()).await.unwrap();
    let mut request = people::couple(1, &held);
    change(&mut request);
    book(&test.app, &request, None, test.now()).await
}

fn as_they_are(_: &mut BookingRequest) {}

fn with_one_phone(request: &mut BookingRequest) {
    request.parties[1].contact = request.parties[0].contact.clone();
}

#[tokio::test]
async fn two_who_match_are_booked_and_each_was_asked_for_whole() {
    for (test, check) in houses(|_| say("match")).await {
        let made = ask(&test, as_they_are).await.unwrap();
        assert!(!made.record.at_desk);
        let asked = check.asked.lock().unwrap().clone();
        assert_eq!(asked.len(), 2);
        for sex in [Sex::Male, Sex::Female] {
            let party = people::person(1, sex);
            let stated = json!({
                "name": party.name, "id_type": "resident_id", "id_number": party.id_number, "phone": party.phone,
            });
            assert!(asked.contains(&stated), "{stated}");
        }
    }
}

#[tokio::test]
async fn one_who_does_not_match_is_refused_in_words_that_name_nobody() {
    for (test, _) in houses(|stated| say(if is_his(stated) { "match" } else { "no_match" })).await {
        let refused = ask(&test, as_they_are).await.unwrap_err();
        assert_eq!(refused.refusal(), Some(Refusal::IdentityNotConfirmed));
        let sentence = Problem::from(Refusal::IdentityNotConfirmed).sentence(Locale::Zh);
        for told in ["男方", "女方", "第一", "演示"] {
            assert!(!sentence.contains(told), "{sentence}");
        }
        assert!(test.messages().await.is_empty(), "nothing was booked");
    }
}

#[tokio::test]
async fn a_check_that_does_not_know_or_cannot_say_leaves_it_to_the_desk() {
    let answers: [Says; 5] = [
        |_| say("unknown"),
        |_| say("perhaps"),
        |_| "no JSON".into_response(),
        |_| StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        |_| (StatusCode::FOUND, [("location", "/elsewhere")]).into_response(),
    ];
    for says in answers {
        for (test, check) in houses(says).await {
            assert!(ask(&test, as_they_are).await.unwrap().record.at_desk);
            assert_eq!(check.asked.lock().unwrap().len(), 2);
        }
    }
}

#[tokio::test]
async fn a_check_that_keeps_silent_is_given_up() {
    let (test, _) = house(Backend::Sqlite, |_| StatusCode::GATEWAY_TIMEOUT.into_response()).await;
    assert!(ask(&test, as_they_are).await.unwrap().record.at_desk);
}

#[tokio::test]
async fn a_shared_phone_has_to_fit_one_of_the_two_and_the_desk_checks_both() {
    fn his_name_fits(stated: &Value) -> Response {
        say(if stated["name"] == json!(people::person(1, Sex::Male).name) { "match" } else { "no_match" })
    }
    for (test, _) in houses(his_name_fits).await {
        assert!(ask(&test, with_one_phone).await.unwrap().record.at_desk);
    }
    for (test, _) in houses(|_| say("no_match")).await {
        let refused = ask(&test, with_one_phone).await.unwrap_err();
        assert_eq!(refused.refusal(), Some(Refusal::IdentityNotConfirmed));
    }
}

#[tokio::test]
async fn nobody_is_asked_about_while_their_booking_stands_and_all_are_once_its_day_is_over() {
    for (test, check) in houses(|_| say("match")).await {
        let asked = || check.asked.lock().unwrap().len();
        ask_for(&test, "2026-05-19", as_they_are).await.unwrap();
        assert_eq!(asked(), 2);
        let refused = ask_for(&test, "2026-05-20", as_they_are).await.unwrap_err();
        assert_eq!(refused.refusal(), Some(Refusal::AlreadyBooked));
        assert_eq!(asked(), 2, "the write is refused whatever the check says");
        // Nothing has closed the booking, and its day is over.
        test.set_clock("2026-05-25T10:00:00+08:00");
        assert!(!ask_for(&test, "2026-05-26", as_they_are).await.unwrap().record.at_desk);
        assert_eq!(asked(), 4);
    }
}
