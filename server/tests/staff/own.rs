//! What people change of their own account.

use chrono::TimeDelta;
use server::staff::invitation;
use server::staff::session::{self, FRESH};
use server::staff::totp::step_at;
use server::staff::{authority, own};
use shared::staff::{Refusal, Role};

use super::super::support::staff::{ELSEWHERE, PASSWORD, chosen, clerk, guess};
use super::super::support::{Setup, test_apps};
use super::administrators::{acting, refusal};

const OTHER: &str = "quite another set of words";

#[tokio::test]
async fn a_password_is_changed_by_whoever_has_just_given_the_old_one_and_ends_every_other_session() {
    for test in test_apps(Setup::default()).await {
        let clerk = clerk(&test, 1).await;
        clerk.is_given(&test, Role::CounterClerk, "nanshan").await;
        let elsewhere = clerk.sign_in(&test, None).await;
        let staff = acting(&test, &clerk).await;
        test.wait(FRESH);
        let late = authority::again(&test.app, &staff, test.now()).await.unwrap();
        let refused = own::change_password(&test.app, &late, &chosen(OTHER)).await;
        assert_eq!(refused.map_err(|error| refusal(&error)), Err(Refusal::SignInAgain));
        own::change_password(&test.app, &staff, &chosen(OTHER)).await.unwrap();
        let lasting = session::list(&test.app, &clerk.account, test.now()).await.unwrap();
        assert_eq!(lasting.iter().map(|session| &session.id).collect::<Vec<_>>(), [&staff.signed.id]);
        assert!(session::find(&test.app, &elsewhere.session, test.now()).await.unwrap().is_none());
        let old = clerk.try_in(&test, PASSWORD, &clerk.code(&test), None).await.unwrap_err();
        assert_eq!(old.refusal(), Some(Refusal::NotRecognised));
        clerk.try_in(&test, OTHER, &clerk.code(&test), None).await.unwrap();
        let names = own::names(&test.app, &clerk.account).await.unwrap();
        assert!(names.iter().any(|name| name == "nanshan") && names.contains(&clerk.account.to_string()), "{names:?}");
    }
}

#[tokio::test]
async fn an_authenticator_is_changed_once_its_own_code_is_given() {
    for test in test_apps(Setup::default()).await {
        let mut clerk = clerk(&test, 1).await;
        let staff = acting(&test, &clerk).await;
        let (shown, sealed) = own::new_authenticator(&test.app, &staff);
        let secret = own::shown_authenticator(&test.app, &staff, &sealed).unwrap();
        assert_eq!(secret, shown);
        let other = acting(&test, &clerk).await;
        for (staff, sealed) in [(&other, sealed.as_str()), (&staff, ""), (&staff, "AAAA")] {
            let foreign = own::shown_authenticator(&test.app, staff, sealed).map(drop);
            assert_eq!(foreign, Err(Refusal::SignInAgain), "a secret is one session's");
        }
        let wrong = own::change_authenticator(&test.app, &staff, &secret, &clerk.code(&test), test.now()).await;
        assert_eq!(wrong.map_err(|error| refusal(&error)), Err(Refusal::NotThisAuthenticator));
        let code = secret.code(step_at(test.now())).unwrap();
        own::change_authenticator(&test.app, &staff, &secret, &code, test.now()).await.unwrap();
        let old = clerk.try_in(&test, PASSWORD, &clerk.code(&test), None).await.unwrap_err();
        assert_eq!(old.refusal(), Some(Refusal::NotRecognised));
        clerk.secret = secret;
        let used = clerk.try_in(&test, PASSWORD, &code, None).await.unwrap_err();
        assert_eq!(used.refusal(), Some(Refusal::NotRecognised), "the code that set it up is used up");
        test.wait(TimeDelta::seconds(30));
        clerk.sign_in(&test, None).await;
    }
}

#[tokio::test]
async fn new_codes_on_paper_are_in_the_place_of_the_old_ones() {
    for test in test_apps(Setup::default()).await {
        let clerk = clerk(&test, 1).await;
        let staff = acting(&test, &clerk).await;
        let paper = own::new_paper(&test.app, &staff, test.now()).await.unwrap();
        let old = clerk.try_in(&test, PASSWORD, &clerk.paper[0], None).await.unwrap_err();
        assert_eq!(old.refusal(), Some(Refusal::NotRecognised));
        clerk.try_in(&test, PASSWORD, &paper[0], None).await.unwrap();
        guess(&test, "clerk1", "not the words").await;
        let way_in = own::way_in(&test.app, &clerk.account).await.unwrap();
        assert_eq!((way_in.paper_left, way_in.failed_tries), (9, 1));
        assert_eq!(way_in.failed_at, Some(test.now()));
    }
}

#[tokio::test]
async fn whoever_tries_invitations_waits_and_keeps_nobody_else_waiting() {
    for test in test_apps(Setup::default()).await {
        let clerk = clerk(&test, 1).await;
        let by = server::audit::Actor::Operator;
        let code = invitation::invite(&test.app, &clerk.account, by, test.now()).await.unwrap();
        let open = async |account: &str, code: &str, address| {
            let opened = invitation::open(&test.app, (account, code), address, test.now()).await;
            opened.map(drop).map_err(|error| refusal(&error))
        };
        for n in 0..60 {
            let account = if n % 2 == 0 { "clerk1" } else { "no name at all" };
            assert_eq!(open(account, "wrong", ELSEWHERE).await, Err(Refusal::InvitationOver), "{n}");
        }
        assert!(matches!(open("clerk1", &code, ELSEWHERE).await, Err(Refusal::TooManyTries { .. })));
        let hall = "198.51.100.9".parse().unwrap();
        for _ in 0..100 {
            assert_eq!(open("clerk1", &code, hall).await, Ok(()), "what is right costs nothing");
        }
    }
}
