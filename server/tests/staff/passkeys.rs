//! Passkeys as the office sees them: who is asked for one, and who may change them. That a key signs is shown in a browser.

use std::net::{IpAddr, Ipv4Addr};

use chrono::TimeDelta;
use server::audit::Actor;
use server::database::sql::sql;
use server::staff::authority::Staff;
use server::staff::sign_in::Attempt;
use server::staff::totp::step_at;
use server::staff::{invitation, passkey};
use shared::staff::{OfficeId, Refusal, Right, Role, Whereabouts};

use super::super::support::staff::{Clerk, PASSWORD, chosen, clerk, cookies, whoever_sends};
use super::super::support::{Setup, TestApp, test_apps, test_apps_set};

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

fn at_nanshan() -> Whereabouts {
    Whereabouts { office: Some(OfficeId::parse("nanshan").unwrap()), ..Whereabouts::default() }
}

async fn signed_in(test: &TestApp, clerk: &Clerk) -> (String, Staff) {
    let sent = cookies(&clerk.sign_in(test, None).await);
    let staff = whoever_sends(test, &sent).await.unwrap();
    (sent, staff)
}

/// As if a key had been added, or had opened every session.
async fn write(test: &TestApp, statement: &'static str, account: &str) {
    sql(statement, [account.into()]).execute(&mut test.connection().await).await.unwrap();
}

const OPENED: &str = "update staff_session set by_key = 1 where account = $1";
const ADDED: &str = "insert into staff_passkey (id, account, credential, sealed, name, created_at) \
     values ('key', $1, 'credential', cast('x' as blob), '', 0)";
const ADDED_THERE: &str = "insert into staff_passkey (id, account, credential, sealed, name, created_at) \
     values ('key', $1, 'credential', 'x', '', 0)";

async fn added(test: &TestApp, account: &str) {
    let is_sqlite = test.app.database().backend() == server::database::Backend::Sqlite;
    write(test, if is_sqlite { ADDED } else { ADDED_THERE }, account).await;
}

fn with<'a>(clerk: &'a Clerk, password: &'a str) -> Attempt<'a> {
    Attempt { account: clerk.account.as_str(), password, code: "", word: "", device: None, address: HERE }
}

fn why<T>(outcome: Result<T, server::Error>) -> Option<Refusal> {
    outcome.err().and_then(|error| error.refusal())
}

#[tokio::test]
async fn where_they_are_required_a_sensitive_role_holds_only_once_a_key_has_opened_the_session() {
    for test in test_apps_set(Setup::default(), &["--passkeys", "required"]).await {
        let finance = clerk(&test, 1).await;
        finance.is_given(&test, Role::Finance, "nanshan").await;
        finance.is_given(&test, Role::Reviewer, "nanshan").await;
        let (sent, by_code) = signed_in(&test, &finance).await;
        assert_eq!(by_code.may(Right::ReleasePayouts, &at_nanshan()), Err(Refusal::NotAllowed));
        assert_eq!(by_code.may(Right::ReviewCases, &at_nanshan()), Ok(()), "no passkey is asked of a reviewer");
        assert_eq!(by_code.withheld().map(|grant| grant.role).collect::<Vec<_>>(), [Role::Finance]);
        write(&test, OPENED, finance.account.as_str()).await;
        let by_key = whoever_sends(&test, &sent).await.unwrap();
        assert_eq!(by_key.may(Right::ReleasePayouts, &at_nanshan()), Ok(()));
        assert_eq!(by_key.withheld().count(), 0);
    }
}

#[tokio::test]
async fn where_they_are_off_nothing_is_asked_of_a_key_and_no_role_waits_for_one() {
    for test in test_apps(Setup::default()).await {
        let finance = clerk(&test, 1).await;
        finance.is_given(&test, Role::Finance, "nanshan").await;
        let (_, staff) = signed_in(&test, &finance).await;
        assert_eq!(staff.may(Right::ReleasePayouts, &at_nanshan()), Ok(()));
        assert_eq!(why(passkey::begin_adding(&test.app, &staff, test.now()).await), Some(Refusal::NoPasskey));
        let asked = passkey::begin_signing_in(&test.app, with(&finance, PASSWORD), test.now()).await;
        assert_eq!(why(asked), Some(Refusal::NoPasskey));
    }
}

#[tokio::test]
async fn asking_for_a_key_tells_nothing_of_a_password_and_each_try_is_paid_for_and_told() {
    for test in test_apps_set(Setup::default(), &["--passkeys", "on"]).await {
        let somebody = clerk(&test, 1).await;
        let ask =
            async |password| why(passkey::begin_signing_in(&test.app, with(&somebody, password), test.now()).await);
        assert_eq!(ask(PASSWORD).await, Some(Refusal::NotRecognised), "right, and there is no key");
        for _ in 0..3 {
            assert_eq!(ask("wrong").await, Some(Refusal::NotRecognised));
        }
        assert!(matches!(ask(PASSWORD).await, Some(Refusal::TooManyTries { .. })));
        let nobody = Attempt { account: "nobody", ..with(&somebody, PASSWORD) };
        let asked = passkey::begin_signing_in(&test.app, nobody, test.now()).await;
        assert_eq!(why(asked), Some(Refusal::NotRecognised));
        test.wait(TimeDelta::hours(1));
        assert_eq!(somebody.sign_in(&test, None).await.failed_tries, 4, "and its owner is told of all");
        let statement = "select count(*) as told from audit where act = 'sign_in_failed' and detail like '%\"key\"%'";
        let row = sql(statement, []).fetch_one(&mut test.connection().await).await.unwrap();
        assert_eq!(server::database::sql::int(&row, "told").unwrap(), 1);
    }
}

#[tokio::test]
async fn keys_are_changed_soon_after_a_proof_and_by_a_session_that_one_of_them_opened() {
    for test in test_apps_set(Setup::default(), &["--passkeys", "on"]).await {
        let somebody = clerk(&test, 1).await;
        let account = somebody.account.as_str();
        let (sent, fresh) = signed_in(&test, &somebody).await;
        let asked = passkey::begin_adding(&test.app, &fresh, test.now()).await.unwrap();
        assert_eq!(asked.options["publicKey"]["rp"]["id"], "localhost");
        assert_eq!(asked.options["publicKey"]["authenticatorSelection"]["userVerification"], "required");
        test.wait(TimeDelta::minutes(5));
        let later = whoever_sends(&test, &sent).await.unwrap();
        assert_eq!(why(passkey::begin_adding(&test.app, &later, test.now()).await), Some(Refusal::SignInAgain));

        let (sent, fresh) = signed_in(&test, &somebody).await;
        added(&test, account).await;
        assert_eq!(why(passkey::begin_adding(&test.app, &fresh, test.now()).await), Some(Refusal::PasskeyNeeded));
        assert_eq!(why(passkey::remove(&test.app, &fresh, "key", test.now()).await), Some(Refusal::PasskeyNeeded));
        write(&test, OPENED, account).await;
        let by_key = whoever_sends(&test, &sent).await.unwrap();
        let other = clerk(&test, 2).await;
        let (_, stranger) = signed_in(&test, &other).await;
        let nothing = passkey::remove(&test.app, &stranger, "key", test.now()).await;
        assert!(nothing.is_err() && passkey::list(&test.app, &somebody.account).await.unwrap().len() == 1);
        passkey::remove(&test.app, &by_key, "key", test.now()).await.unwrap();
        assert_eq!(passkey::list(&test.app, &somebody.account).await.unwrap(), []);
        server::audit::verify_all(test.app.database(), server::domains::streams()).await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn an_account_that_is_set_up_anew_has_no_keys() {
    for test in test_apps_set(Setup::default(), &["--passkeys", "on"]).await {
        let (app, somebody) = (&test.app, clerk(&test, 1).await);
        added(&test, somebody.account.as_str()).await;
        let code = invitation::invite(app, &somebody.account, Actor::Operator, test.now()).await.unwrap();
        let secret = invitation::look(app, &somebody.account, &code, test.now()).await.unwrap();
        let totp = secret.code(step_at(test.now())).unwrap();
        let password = chosen("another four words");
        invitation::take_up(app, (&somebody.account, &code), &password, &totp, test.now()).await.unwrap();
        assert_eq!(passkey::list(app, &somebody.account).await.unwrap(), []);
    }
}
