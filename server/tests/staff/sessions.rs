//! How long somebody is signed in, and who ends it.

use chrono::TimeDelta;
use server::audit::Actor;
use server::jobs;
use server::staff::session::{self, FRESH, IDLE, LONGEST};
use server::staff::sign_in::{self, Attempt};
use server::staff::token::{Kind, Token};
use shared::staff::Refusal;

use super::super::support::staff::{ELSEWHERE, PASSWORD, clerk};
use super::super::support::{Setup, TestApp, test_apps};

async fn lasts(test: &TestApp, token: &Token) -> bool {
    session::find(&test.app, token, test.now()).await.unwrap().is_some()
}

#[tokio::test]
async fn a_session_is_over_after_half_an_hour_without_a_request_and_after_twelve_hours_with_many() {
    for test in test_apps(Setup::default()).await {
        let clerk = clerk(&test, 1).await;
        let idle = clerk.try_in(&test, PASSWORD, &clerk.code(&test), None).await.unwrap();
        test.wait(IDLE - TimeDelta::milliseconds(1));
        let found = session::find(&test.app, &idle.session, test.now()).await.unwrap().unwrap();
        assert_eq!(found.ends_at(), test.now() + IDLE, "from this request on");
        test.wait(IDLE);
        assert!(!lasts(&test, &idle.session).await);

        let busy = clerk.try_in(&test, PASSWORD, &clerk.code(&test), Some(&idle.device)).await.unwrap();
        let until = test.now() + LONGEST;
        while test.now() + TimeDelta::minutes(20) < until {
            test.wait(TimeDelta::minutes(20));
            assert!(lasts(&test, &busy.session).await);
        }
        test.wait(until - test.now());
        assert!(!lasts(&test, &busy.session).await);
        jobs::round(&test.app, test.now()).await.unwrap();
        assert!(session::list(&test.app, &clerk.account, test.now()).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn one_session_is_ended_or_all_and_never_somebody_elses() {
    for test in test_apps(Setup::default()).await {
        let [own, other] = [clerk(&test, 1).await, clerk(&test, 2).await];
        let mut tokens = Vec::new();
        for _ in 0..3 {
            tokens.push(own.sign_in(&test, None).await.session);
        }
        let others = other.sign_in(&test, None).await.session;
        let list = session::list(&test.app, &own.account, test.now()).await.unwrap();
        assert_eq!(list.len(), 3);
        assert!(list.windows(2).all(|pair| pair[0].created_at > pair[1].created_at), "the newest first");

        let of_other = session::list(&test.app, &other.account, test.now()).await.unwrap().remove(0);
        session::end(&test.app, &of_other, &list[0].id, test.now()).await.unwrap();
        assert!(lasts(&test, &tokens[2]).await, "it is not a session of that account");
        session::end(&test.app, &list[1], &list[0].id, test.now()).await.unwrap();
        assert!(!lasts(&test, &tokens[2]).await && lasts(&test, &tokens[1]).await);
        session::end_all(&test.app, &own.account, Actor::Staff(own.person.clone()), test.now()).await.unwrap();
        assert!(!lasts(&test, &tokens[0]).await && !lasts(&test, &tokens[1]).await && lasts(&test, &others).await);
    }
}

#[tokio::test]
async fn a_session_goes_on_under_a_new_token_once_password_and_code_are_given_anew() {
    for test in test_apps(Setup::default()).await {
        let clerk = clerk(&test, 1).await;
        let came = clerk.sign_in(&test, None).await;
        test.wait(FRESH);
        let signed = session::find(&test.app, &came.session, test.now()).await.unwrap().unwrap();
        assert!(!signed.is_fresh(test.now()));
        let (code, device) = (clerk.code(&test), Some(&came.device));
        let confirm = async |password: &str| {
            let attempt = Attempt { account: "", password, code: &code, word: "", device, address: ELSEWHERE };
            sign_in::confirm(&test.app, &signed, attempt, test.now()).await
        };
        let refused = confirm("not the words").await.unwrap_err();
        assert_eq!(refused.refusal(), Some(Refusal::NotRecognised));
        assert!(lasts(&test, &came.session).await, "a slip ends nothing");

        let token = confirm(PASSWORD).await.unwrap();
        assert!(!lasts(&test, &came.session).await);
        let renewed = session::find(&test.app, &token, test.now()).await.unwrap().unwrap();
        assert_eq!((&renewed.id, renewed.created_at), (&signed.id, signed.created_at));
        assert!(renewed.is_fresh(test.now()) && !renewed.is_fresh(test.now() + FRESH));
    }
}

#[tokio::test]
async fn no_other_token_opens_a_session() {
    for test in test_apps(Setup::default()).await {
        let came = clerk(&test, 1).await.sign_in(&test, None).await;
        let as_session = Token::parse(Kind::Session, came.device.reveal()).unwrap();
        for token in [came.device, as_session, Token::new(Kind::Session, test.app.keys())] {
            assert!(!lasts(&test, &token).await, "{token:?}");
        }
    }
}
