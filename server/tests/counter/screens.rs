//! Screens of a hall: who makes one, what opens it, and how it ends.

use axum::http::{HeaderMap, HeaderValue, header};
use chrono::TimeDelta;
use server::counter::screens::{self, Screen};
use server::staff::token::{Kind, Token};
use shared::counter::screen::{ScreenKind, ScreenName};
use shared::problem::Problem;
use shared::staff::{OfficeId, Role};

use super::super::support::staff::whoever_sends;
use super::super::support::{TestApp, test_apps};
use super::hall::*;
use server::error::Error;
use server::staff::authority::Staff;

async fn made(test: &TestApp, by: &Staff, kind: ScreenKind) -> Result<String, Error> {
    let name = ScreenName::parse("大厅东侧").unwrap();
    screens::make(&test.app, by, (&nanshan(), kind, &name), test.now()).await
}

/// The screen that a browser with this cookie is.
async fn seen(test: &TestApp, token: &Token) -> Option<Screen> {
    let mut headers = HeaderMap::new();
    let cookie = format!("{}={}", Kind::Screen.cookie_name(false), token.reveal());
    headers.insert(header::COOKIE, HeaderValue::from_str(&cookie).unwrap());
    screens::of_cookie(&test.app, &headers, test.now()).await.unwrap()
}

fn is_nowhere<T: std::fmt::Debug>(outcome: Result<T, Error>) -> bool {
    matches!(outcome.unwrap_err(), Error::Problem(Problem::NotFound))
}

#[tokio::test]
async fn a_link_opens_one_screen_once_for_a_day() {
    for test in test_apps(setup()).await {
        let manager = manager(&test, 1).await;
        let (code, late) = (
            made(&test, &manager, ScreenKind::Display).await.unwrap(),
            made(&test, &manager, ScreenKind::Kiosk).await.unwrap(),
        );
        assert!(screens::of_code(&test.app, "nothing", test.now()).await.unwrap().is_none());
        assert!(screens::of_code(&test.app, &code, test.now()).await.unwrap().is_some());
        let (screen, token) = screens::open(&test.app, &code, test.now()).await.unwrap();
        assert_eq!((screen.office, screen.kind), (nanshan(), ScreenKind::Display));
        assert!(is_nowhere(screens::open(&test.app, &code, test.now()).await), "it was used");
        let here = seen(&test, &token).await.unwrap();
        assert!(here.kiosk().is_err(), "a display checks nobody in");
        assert!(seen(&test, &Token::new(Kind::Screen, test.app.keys())).await.is_none());
        test.wait(TimeDelta::hours(24));
        assert!(is_nowhere(screens::open(&test.app, &late, test.now()).await), "a day is over");
        assert!(seen(&test, &token).await.is_some(), "a screen stays one");
        holds(&test).await;
    }
}

#[tokio::test]
async fn two_browsers_that_open_a_link_in_the_same_moment_are_one_screen() {
    for test in test_apps(setup()).await {
        let code = made(&test, &manager(&test, 1).await, ScreenKind::Kiosk).await.unwrap();
        let now = test.now();
        let (one, other) = tokio::join!(screens::open(&test.app, &code, now), screens::open(&test.app, &code, now));
        assert_eq!([one, other].iter().filter(|opened| opened.is_ok()).count(), 1);
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_screen_that_is_taken_back_is_one_no_more_and_only_its_managers_take_it_back() {
    for test in test_apps(setup()).await {
        let (owner, elsewhere) = (manager(&test, 1).await, staff_at(&test, 2, Role::OfficeManager, "demo-bay").await);
        let clerk = clerk(&test, 3).await;
        let code = made(&test, &owner, ScreenKind::Display).await.unwrap();
        let (screen, token) = screens::open(&test.app, &code, test.now()).await.unwrap();
        for stranger in [&elsewhere, &clerk] {
            assert!(is_not_allowed(&made(&test, stranger, ScreenKind::Display).await));
            assert!(is_not_allowed(&screens::list(&test.app, stranger, &nanshan()).await));
            assert!(is_nowhere(screens::revoke(&test.app, stranger, &screen.id, test.now()).await));
        }
        assert!(screens::stands(&test.app, &screen.id, test.now()).await.unwrap());
        screens::revoke(&test.app, &owner, &screen.id, test.now()).await.unwrap();
        screens::revoke(&test.app, &owner, &screen.id, test.now()).await.unwrap();
        assert!(
            seen(&test, &token).await.is_none() && !screens::stands(&test.app, &screen.id, test.now()).await.unwrap()
        );
        assert_eq!(screens::list(&test.app, &owner, &nanshan()).await.unwrap(), []);
        let unopened = made(&test, &owner, ScreenKind::Kiosk).await.unwrap();
        let id = screens::list(&test.app, &owner, &nanshan()).await.unwrap().remove(0).id;
        screens::revoke(&test.app, &owner, &id, test.now()).await.unwrap();
        assert!(is_nowhere(screens::open(&test.app, &unopened, test.now()).await));
        holds(&test).await;
    }
}

#[tokio::test]
async fn who_looks_after_screens_sees_when_each_was_there_last() {
    for test in test_apps(setup()).await {
        let manager = manager(&test, 1).await;
        let code = made(&test, &manager, ScreenKind::Display).await.unwrap();
        let one = async || screens::list(&test.app, &manager, &nanshan()).await.unwrap().remove(0);
        assert!(one().await.seen_at.is_none() && one().await.link_until.is_some());
        let (_, token) = screens::open(&test.app, &code, test.now()).await.unwrap();
        let opened = test.now();
        test.wait(TimeDelta::seconds(30));
        seen(&test, &token).await.unwrap();
        assert_eq!(one().await.seen_at, Some(opened), "to the minute");
        test.wait(TimeDelta::seconds(31));
        seen(&test, &token).await.unwrap();
        assert_eq!(one().await.seen_at, Some(test.now()));
        // A line that is open asks for nothing anew, and each of its beats is a sign of life.
        let id = one().await.id;
        test.wait(TimeDelta::minutes(5));
        assert!(screens::stands(&test.app, &id, test.now()).await.unwrap());
        assert_eq!(one().await.seen_at, Some(test.now()));
        let nowhere = OfficeId::parse("nowhere").unwrap();
        assert!(is_nowhere(screens::list(&test.app, &manager, &nowhere).await));
    }
}

#[tokio::test]
async fn a_screens_cookie_opens_no_session_under_whatever_name() {
    for test in test_apps(setup()).await {
        let manager = manager(&test, 1).await;
        for kind in [ScreenKind::Display, ScreenKind::Kiosk] {
            let code = made(&test, &manager, kind).await.unwrap();
            let (_, token) = screens::open(&test.app, &code, test.now()).await.unwrap();
            for name in [Kind::Screen, Kind::Session, Kind::Device] {
                let cookie = format!("{}={}", name.cookie_name(false), token.reveal());
                let refused = whoever_sends(&test, &cookie).await.unwrap_err();
                assert_eq!(refused.refusal(), Some(shared::staff::Refusal::SignInNeeded), "{cookie}");
            }
        }
    }
}
