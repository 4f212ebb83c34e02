//! Setting an account up: somebody else starts it and never learns the password, nor whose phone shows the codes.

use chrono::TimeDelta;
use server::audit::Actor;
use server::staff::totp::step_at;
use server::staff::{account, invitation, session};
use shared::staff::Refusal;

use super::super::support::staff::{PASSWORD, chosen, clerk, named, papers};
use super::super::support::{Setup, test_apps};

#[tokio::test]
async fn nobody_is_two_people_and_no_name_is_two_accounts() {
    for test in test_apps(Setup::default()).await {
        let (app, now) = (&test.app, test.now());
        let known = clerk(&test, 1).await;
        let again = account::take_on(app, &papers(1), Actor::Operator, now).await.unwrap_err();
        assert_eq!(again.refusal(), Some(Refusal::PersonKnown));
        let other = account::take_on(app, &papers(2), Actor::Operator, now).await.unwrap();
        let taken = account::create(app, &other, &known.account, Actor::Operator, now).await.unwrap_err();
        assert_eq!(taken.refusal(), Some(Refusal::AccountTaken));
    }
}

#[tokio::test]
async fn an_invitation_works_once_for_one_account_within_a_day_until_there_is_another() {
    for test in test_apps(Setup::default()).await {
        let (app, known) = (&test.app, clerk(&test, 1).await);
        let invite = async || invitation::invite(app, &known.account, Actor::Operator, test.now()).await.unwrap();
        let over = async |code: &str| {
            let looked = invitation::look(app, &known.account, code, test.now()).await;
            looked.err().and_then(|error| error.refusal()) == Some(Refusal::InvitationOver)
        };
        let first = invite().await;
        let second = invite().await;
        assert!(over(&first).await && !over(&second).await && over("").await);
        let stranger = invitation::look(app, &named("nobody"), &second, test.now()).await.unwrap_err();
        assert_eq!(stranger.refusal(), Some(Refusal::InvitationOver));

        test.wait(TimeDelta::hours(24) - TimeDelta::seconds(1));
        assert!(!over(&second).await);
        test.wait(TimeDelta::seconds(1));
        assert!(over(&second).await);

        let third = invite().await;
        let secret = invitation::look(app, &known.account, &third, test.now()).await.unwrap();
        let with = async |code: &str| {
            let password = chosen("another four words");
            let taken = invitation::take_up(app, (&known.account, &third), &password, code, test.now()).await;
            taken.map_err(|error| error.refusal::<Refusal>())
        };
        let right = secret.code(step_at(test.now())).unwrap();
        let wrong = if right == "000000" { "000001" } else { "000000" };
        assert_eq!(with(wrong).await.err(), Some(Some(Refusal::NotThisAuthenticator)));
        let ready = with(&right).await.unwrap();
        assert_eq!((ready.paper.len(), ready.number), (10, None), "what the operator opened waits for nobody");
        assert_eq!(with(&right).await.err(), Some(Some(Refusal::InvitationOver)));
    }
}

#[tokio::test]
async fn whoever_sets_an_account_up_anew_makes_everything_older_void() {
    for test in test_apps(Setup::default()).await {
        let (app, mut clerk) = (&test.app, clerk(&test, 1).await);
        let before = clerk.sign_in(&test, None).await;
        let code = invitation::invite(app, &clerk.account, Actor::Operator, test.now()).await.unwrap();
        assert!(session::find(app, &before.session, test.now()).await.unwrap().is_some(), "an invitation ends nothing");
        let old_paper = clerk.paper.remove(0);
        clerk.secret = invitation::look(app, &clerk.account, &code, test.now()).await.unwrap();
        let used = clerk.code(&test);
        let words = "a quite different password";
        invitation::take_up(app, (&clerk.account, &code), &chosen(words), &used, test.now()).await.unwrap();

        assert!(session::find(app, &before.session, test.now()).await.unwrap().is_none());
        let refused = async |password: &str, code: &str| {
            let tried = clerk.try_in(&test, password, code, Some(&before.device)).await;
            assert_eq!(tried.unwrap_err().refusal(), Some(Refusal::NotRecognised), "{password} {code}");
        };
        refused(words, &used).await;
        refused(words, &old_paper).await;
        test.wait(TimeDelta::seconds(30));
        refused(PASSWORD, &clerk.code(&test)).await;
        let signed = clerk.try_in(&test, words, &clerk.code(&test), Some(&before.device)).await.unwrap();
        assert_ne!(signed.device, before.device, "the browser was not known any more");
    }
}
