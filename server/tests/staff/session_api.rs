//! Coming in and going out over the API.

use std::time::{Duration, Instant};

use axum::http::{Method, StatusCode, header};
use serde_json::{Value, json};
use server::Error;
use server::audit::Actor;
use server::staff::token::Kind;
use server::staff::{account, session};

use super::super::support::staff::{Clerk, PASSWORD, clerk, cookies};
use super::super::support::{
    Setup, TestApp,
    http::{Answer, Api, request},
    test_apps,
};

const PATH: &str = "/api/v1/staff/session";

fn body(clerk: &Clerk, test: &TestApp, password: &str) -> Value {
    json!({ "account": clerk.account, "password": password, "code": clerk.code(test) })
}

/// The cookies that an answer sets, each as its name and value.
fn set(answer: &Answer) -> Vec<(String, String)> {
    let all = answer.headers.get_all(header::SET_COOKIE).iter().map(|cookie| cookie.to_str().unwrap());
    all.map(|cookie| cookie.split_once(';').unwrap().0.split_once('=').unwrap())
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

fn code(error: &Error) -> &'static str {
    match error {
        Error::Problem(problem) => problem.code(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn whoever_signs_in_has_a_session_first_and_a_known_browser_second_and_goes_out_again() {
    for test in test_apps(Setup::default()).await {
        let clerk = clerk(&test, 1).await;
        let came = Api::of(&test.app).post(PATH, body(&clerk, &test, PASSWORD)).await;
        assert_eq!((came.status, &came.body), (StatusCode::NO_CONTENT, &Value::Null));
        let cookies = set(&came);
        let names: Vec<_> = cookies.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, [Kind::Session.cookie_name(false), Kind::Device.cookie_name(false)]);

        let (name, value) = &cookies[0];
        let signed = Api::with_cookies(&test.app, format!("{name}={value}"));
        let gone = signed.send(request(Method::DELETE, PATH, None, &Value::Null)).await;
        assert_eq!(
            (gone.status, gone.header("clear-site-data")),
            (StatusCode::NO_CONTENT, Some("\"cache\", \"storage\""))
        );
        assert_eq!(set(&gone), [("staff".to_owned(), String::new())], "the browser stays known");
        let again = signed.send(request(Method::DELETE, PATH, None, &Value::Null)).await;
        assert_eq!((again.status, again.code()), (StatusCode::UNAUTHORIZED, "sign_in_needed"));
        assert!(again.header(header::WWW_AUTHENTICATE).is_some());
        assert!(session::list(&test.app, &clerk.account, test.now()).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn whatever_is_wrong_the_answer_is_one_and_takes_an_even_time() {
    for test in test_apps(Setup::default()).await {
        let (api, known) = (Api::of(&test.app), clerk(&test, 1).await);
        let mut answers = Vec::new();
        for body in [
            body(&known, &test, "not the words"),
            json!({ "account": known.account, "password": PASSWORD, "code": "no code" }),
            json!({ "account": "nobody", "password": PASSWORD, "code": "123456" }),
            json!({ "account": "no name \u{0}", "password": "", "code": "" }),
        ] {
            let begun = Instant::now();
            answers.push(api.post(PATH, body).await);
            assert!(begun.elapsed() >= Duration::from_millis(100), "{:?}", begun.elapsed());
        }
        for answer in &answers {
            assert_eq!((answer.status, answer.code()), (StatusCode::UNAUTHORIZED, "not_recognised"));
            assert_eq!(answer.body, answers[0].body);
            assert!(set(answer).is_empty());
        }
    }
}

#[tokio::test]
async fn who_has_no_tries_left_is_told_when_there_is_one_also_with_what_is_right() {
    for test in test_apps(Setup::default()).await {
        let (api, clerk) = (Api::of(&test.app), clerk(&test, 1).await);
        let device = clerk.sign_in(&test, None).await.device;
        for _ in 0..4 {
            assert_eq!(api.post(PATH, body(&clerk, &test, "a guess")).await.status, StatusCode::UNAUTHORIZED);
        }
        let waits = api.post(PATH, body(&clerk, &test, PASSWORD)).await;
        assert_eq!((waits.status, waits.code()), (StatusCode::TOO_MANY_REQUESTS, "too_many_tries"));
        assert_eq!(waits.header(header::RETRY_AFTER), Some("600"));

        let own = Api::with_cookies(&test.app, format!("staff-device={}", device.reveal()));
        let came = own.post(PATH, body(&clerk, &test, PASSWORD)).await;
        assert_eq!(came.status, StatusCode::NO_CONTENT, "her own machine");
        assert_eq!(set(&came)[1], ("staff-device".to_owned(), device.reveal().to_owned()));
    }
}

#[tokio::test]
async fn no_other_site_signs_a_browser_in_or_out() {
    for test in test_apps(Setup { public_url: Some("https://huimin.example"), ..Setup::default() }).await {
        let clerk = clerk(&test, 1).await;
        let signed = clerk.sign_in(&test, None).await;
        let api = Api::of(&test.app);
        for (name, value) in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example"), ("origin", "null")]
        {
            let mut out = request(Method::DELETE, PATH, None, &Value::Null);
            let cookie = format!("__Host-staff={}", signed.session.reveal());
            out.headers_mut().insert(header::COOKIE, cookie.parse().unwrap());
            let mut into = request(Method::POST, PATH, None, &body(&clerk, &test, PASSWORD));
            for asked in [&mut out, &mut into] {
                asked.headers_mut().insert(name, value.parse().unwrap());
            }
            for asked in [out, into] {
                let refused = api.send(asked).await;
                assert_eq!((refused.status, refused.code()), (StatusCode::FORBIDDEN, "cross_site"), "{name}: {value}");
            }
        }
        assert_eq!(session::list(&test.app, &clerk.account, test.now()).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn a_second_sign_in_of_a_browser_ends_the_first_also_of_another_account() {
    for test in test_apps(Setup::default()).await {
        let [first, second] = [clerk(&test, 1).await, clerk(&test, 2).await];
        let before = first.sign_in(&test, None).await;
        let browser = Api::with_cookies(&test.app, cookies(&before));
        let slip = browser.post(PATH, body(&second, &test, "not the words")).await;
        assert_eq!(slip.status, StatusCode::UNAUTHORIZED);
        assert!(session::find(&test.app, &before.session, test.now()).await.unwrap().is_some(), "a slip ends nothing");
        assert_eq!(browser.post(PATH, body(&second, &test, PASSWORD)).await.status, StatusCode::NO_CONTENT);
        assert!(session::find(&test.app, &before.session, test.now()).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn a_session_ends_at_once_where_an_administrator_suspends_the_account() {
    for test in test_apps(Setup::default()).await {
        let clerk = clerk(&test, 1).await;
        let browser = Api::with_cookies(&test.app, cookies(&clerk.sign_in(&test, None).await));
        account::suspend(&test.app, &clerk.account, Actor::Operator, test.now()).await.unwrap();
        let refused = browser.send(request(Method::DELETE, PATH, None, &Value::Null)).await;
        assert_eq!((refused.status, refused.code()), (StatusCode::UNAUTHORIZED, "sign_in_needed"));
        let refused = clerk.try_in(&test, PASSWORD, &clerk.code(&test), None).await.unwrap_err();
        assert_eq!(code(&refused), "not_recognised");
    }
}
