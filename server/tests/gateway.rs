//! Messages to a gateway that is slow, silent, refusing, answers badly, or loses its sender.

use std::collections::BTreeMap;
use std::future::pending;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::{Json, Router, extract::State, http::StatusCode, routing::post};
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use server::App;
use server::database::{Backend, DatabaseError};
use server::outbox::{self, Delivery, Message, sending};
use shared::identity::Phone;
use sqlx::AnyConnection;
use tokio::{net::TcpListener, time::sleep};

use super::support::{Setup, TestApp, test_apps};

/// What the gateway does with a message.
#[derive(Clone, Copy)]
enum Act {
    Take,
    Slowly(Duration),
    Refuse,
    /// It has the message, and its answer says the contrary.
    TakeAndDeny,
    KeepSilent,
}

#[derive(Clone, Deserialize)]
struct Posted {
    id: String,
    to: String,
    text: String,
}

/// A gateway on this machine, which drops what comes again under the same id.
#[derive(Clone)]
struct Gateway {
    act: fn(usize) -> Act,
    posts: Arc<Mutex<Vec<Posted>>>,
    taken: Arc<Mutex<BTreeMap<String, Posted>>>,
}

impl Gateway {
    /// It does with the n-th post what `act` says.
    async fn open(act: fn(usize) -> Act) -> (Self, String) {
        let gateway = Self { act, posts: Arc::default(), taken: Arc::default() };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let url = format!("http://{}/sms", listener.local_addr().unwrap());
        let router = Router::new().route("/sms", post(receive)).with_state(gateway.clone());
        tokio::spawn(async { axum::serve(listener, router).await });
        (gateway, url)
    }

    fn posts(&self) -> usize {
        self.posts.lock().unwrap().len()
    }

    fn take(&self, posted: Posted) {
        let before = self.taken.lock().unwrap().insert(posted.id.clone(), posted.clone());
        assert!(before.is_none_or(|before| before.text == posted.text), "one id for two messages");
    }

    /// The texts that residents get, each once.
    fn texts(&self) -> Vec<String> {
        let mut texts: Vec<_> = self.taken.lock().unwrap().values().map(|posted| posted.text.clone()).collect();
        texts.sort();
        texts
    }
}

async fn receive(State(gateway): State<Gateway>, Json(posted): Json<Posted>) -> StatusCode {
    assert_eq!(posted.to, PHONE);
    let number = {
        let mut posts = gateway.posts.lock().unwrap();
        posts.push(posted.clone());
        posts.len() - 1
    };
    match (gateway.act)(number) {
        Act::Take => gateway.take(posted),
        Act::Slowly(wait) => {
            gateway.take(posted);
            sleep(wait).await;
        }
        Act::Refuse => return StatusCode::SERVICE_UNAVAILABLE,
        Act::TakeAndDeny => {
            gateway.take(posted);
            return StatusCode::INTERNAL_SERVER_ERROR;
        }
        Act::KeepSilent => pending().await,
    }
    StatusCode::ACCEPTED
}

const PHONE: &str = "13800000000";
const NOW: &str = "2026-05-13T10:00:00+08:00";

/// One server on each kind of database that posts to a gateway of its own.
async fn houses(act: fn(usize) -> Act) -> Vec<(TestApp, Gateway)> {
    let mut houses = Vec::new();
    for backend in test_apps(Setup::default()).await.iter().map(TestApp::backend) {
        let (gateway, url) = Gateway::open(act).await;
        let flags = ["--demo", "--messages", &url, "--rate-limit", "off"];
        houses.push((TestApp::open(backend, &flags, NOW).await, gateway));
    }
    houses
}

async fn write(app: &App, count: usize) -> Vec<String> {
    let texts: Vec<_> = (0..count).map(|number| format!("{number:03}")).collect();
    let sealed = texts.iter().map(|text| sealed(app, text)).collect();
    app.database().write_with((sealed, app.now()), insert).await.unwrap();
    texts
}

fn sealed(app: &App, text: &str) -> Vec<u8> {
    Message::new(&Phone::parse(PHONE).unwrap(), text.to_owned()).seal(app.keys())
}

async fn insert(
    connection: &mut AnyConnection,
    (sealed, now): &(Vec<Vec<u8>>, DateTime<Utc>),
) -> Result<(), DatabaseError> {
    outbox::insert(connection, "case:1", "told", sealed, *now).await
}

async fn insert_code(
    connection: &mut AnyConnection,
    (sealed, now): &(Vec<u8>, DateTime<Utc>),
) -> Result<(), DatabaseError> {
    outbox::insert_urgent(connection, "phone_code", sealed, *now + TimeDelta::minutes(10), *now).await
}

/// Waits, as long as a test may, until something is so.
async fn until(holds: impl Fn() -> bool) {
    for _ in 0..6000 {
        if holds() {
            return;
        }
        sleep(Duration::from_millis(10)).await;
    }
    panic!("it never came to be so");
}

async fn deliveries(app: &App) -> Vec<Delivery> {
    outbox::of_subject(app, "case:1").await.unwrap().into_iter().map(|posted| posted.delivery).collect()
}

#[tokio::test]
async fn a_message_that_the_gateway_keeps_waiting_holds_up_no_other() {
    let silent_for_the_first = |number| if number < 5 { Act::KeepSilent } else { Act::Take };
    for (test, gateway) in houses(silent_for_the_first).await {
        write(&test.app, 90).await;
        let sender = tokio::spawn(sending::run(test.app.clone()));
        until(|| gateway.texts().len() == 85).await;
        let code = sealed(&test.app, "code");
        test.app.database().write_with((code, test.now()), insert_code).await.unwrap();
        test.app.outbox_wakes();
        until(|| gateway.texts().contains(&"code".to_owned())).await;
        assert_eq!(gateway.posts(), 91, "the five are still with it");
        sender.abort();
    }
}

#[tokio::test]
async fn a_gateway_that_never_answers_is_given_up_and_asked_again_later() {
    for (test, gateway) in houses(|number| if number == 0 { Act::KeepSilent } else { Act::Take }).await {
        write(&test.app, 1).await;
        assert_eq!(sending::send_due(&test.app).await.unwrap(), 1);
        assert_eq!(deliveries(&test.app).await, [Delivery::Waiting]);
        test.wait(TimeDelta::minutes(1));
        assert_eq!(sending::send_due(&test.app).await.unwrap(), 1);
        assert_eq!((deliveries(&test.app).await, gateway.posts()), (vec![Delivery::Sent], 2));
        let posts = gateway.posts.lock().unwrap();
        assert_eq!(posts[0].id, posts[1].id, "the gateway can tell that it is the same message");
    }
}

#[tokio::test]
async fn what_a_gateway_refuses_waits_longer_each_time_and_is_set_aside_in_the_end() {
    for (test, gateway) in houses(|_| Act::Refuse).await {
        write(&test.app, 1).await;
        for _ in 0..10 {
            assert_eq!(sending::send_due(&test.app).await.unwrap(), 1);
            assert_eq!(sending::send_due(&test.app).await.unwrap(), 0, "not before its wait is over");
            test.wait(TimeDelta::hours(5));
        }
        assert_eq!(sending::send_due(&test.app).await.unwrap(), 0);
        assert_eq!((deliveries(&test.app).await, gateway.posts()), (vec![Delivery::Failed], 10));
    }
}

#[tokio::test]
async fn an_answer_that_is_lost_costs_a_repeat_under_the_same_id() {
    for (test, gateway) in houses(|number| if number < 20 { Act::TakeAndDeny } else { Act::Take }).await {
        let texts = write(&test.app, 50).await;
        sending::send_due(&test.app).await.unwrap();
        test.wait(TimeDelta::minutes(1));
        sending::send_due(&test.app).await.unwrap();
        assert_eq!((gateway.posts(), gateway.texts()), (70, texts));
        assert!(deliveries(&test.app).await.iter().all(|delivery| *delivery == Delivery::Sent));
    }
}

#[tokio::test]
async fn messages_of_a_sender_that_dies_are_sent_by_the_next_and_come_once() {
    for (test, gateway) in houses(|_| Act::Slowly(Duration::from_millis(300))).await {
        let texts = write(&test.app, 50).await;
        let dying = tokio::spawn(sending::run(test.app.clone()));
        until(|| gateway.posts() >= 20).await;
        dying.abort();
        test.wait(TimeDelta::minutes(1));
        sending::send_due(&test.app).await.unwrap();
        assert_eq!(gateway.texts(), texts);
        assert!(deliveries(&test.app).await.iter().all(|delivery| *delivery == Delivery::Sent));
    }
}

#[tokio::test]
async fn two_senders_send_no_message_twice() {
    for (test, gateway) in houses(|_| Act::Slowly(Duration::from_millis(20))).await {
        if test.backend() == Backend::Sqlite {
            continue;
        }
        let texts = write(&test.app, 90).await;
        let beside = test.beside().await;
        let (one, two) = tokio::join!(sending::send_due(&test.app), sending::send_due(&beside));
        assert_eq!(one.unwrap() + two.unwrap(), 90);
        assert_eq!((gateway.posts(), gateway.texts()), (90, texts));
    }
}

#[tokio::test]
async fn a_code_goes_before_notices_and_never_after_its_time() {
    // None of the first is done before all of them are there, so that none of the next is counted among them.
    let first_slowly = |n| if n < 16 { Act::Slowly(Duration::from_millis(500)) } else { Act::Take };
    for (test, gateway) in houses(first_slowly).await {
        write(&test.app, 200).await;
        let code = sealed(&test.app, "code");
        test.app.database().write_with((code, test.now()), insert_code).await.unwrap();
        sending::send_due(&test.app).await.unwrap();
        let place = gateway.posts.lock().unwrap().iter().position(|posted| posted.text == "code").unwrap();
        assert!(place < 16, "it was the {place}th");

        let code = sealed(&test.app, "too late");
        test.app.database().write_with((code, test.now()), insert_code).await.unwrap();
        test.wait(TimeDelta::minutes(10));
        sending::send_due(&test.app).await.unwrap();
        assert!(!gateway.texts().contains(&"too late".to_owned()));
    }
}
