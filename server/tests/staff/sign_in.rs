//! Coming in with a password and a code.

use chrono::TimeDelta;
use server::audit::{self, Actor};
use server::database::sql::{sql, text};
use server::domains;
use server::staff::sign_in::{self, Attempt};
use server::staff::{account, session};
use shared::staff::Refusal;

use super::super::support::staff::{ELSEWHERE, PASSWORD, clerk, named};
use super::super::support::{Setup, test_apps};

#[tokio::test]
async fn whatever_is_wrong_the_answer_is_one() {
    for test in test_apps(Setup::default()).await {
        let clerk = clerk(&test, 1).await;
        let device = clerk.sign_in(&test, None).await.device;
        let code = clerk.code(&test);
        for (account, password, code) in [
            ("clerk1", "not the words", code.as_str()),
            ("clerk1", PASSWORD, ""),
            ("clerk1", PASSWORD, "not a code at all"),
            ("clerk2", PASSWORD, &code),
            ("no name at all \0", PASSWORD, &code),
            ("", "", ""),
        ] {
            let attempt = Attempt { account, password, code, word: "", device: Some(&device), address: ELSEWHERE };
            let refused = sign_in::sign_in(&test.app, attempt, "a browser", test.now()).await.unwrap_err();
            assert_eq!(refused.refusal(), Some(Refusal::NotRecognised), "{account:?} {password} {code}");
        }
        let signed = clerk.try_in(&test, PASSWORD, &code, Some(&device)).await.unwrap();
        assert_eq!((signed.failed_tries, signed.failed_at), (3, Some(test.now())), "and the clerk sees it");
        test.wait(TimeDelta::seconds(30));
        assert_eq!(clerk.sign_in(&test, Some(&device)).await.failed_tries, 0);
    }
}

#[tokio::test]
async fn a_code_lets_one_in_once_also_of_ten_at_the_same_instant() {
    for test in test_apps(Setup::default()).await {
        let clerk = clerk(&test, 1).await;
        let device = clerk.sign_in(&test, None).await.device;
        let code = clerk.code(&test);
        let tries = (0..5).map(|_| clerk.try_in(&test, PASSWORD, &code, Some(&device)));
        let came_in = futures_util::future::join_all(tries).await.into_iter().flatten().count();
        assert_eq!(came_in, 1);
        let late = clerk.try_in(&test, PASSWORD, &code, Some(&device)).await.unwrap_err();
        assert!(late.refusal::<Refusal>().is_some());
    }
}

#[tokio::test]
async fn an_older_code_than_the_last_one_is_worth_nothing() {
    for test in test_apps(Setup::default()).await {
        let clerk = clerk(&test, 1).await;
        let before = clerk.code(&test);
        test.wait(TimeDelta::seconds(30));
        let device = clerk.try_in(&test, PASSWORD, &clerk.code(&test), None).await.unwrap().device;
        let refused = clerk.try_in(&test, PASSWORD, &before, Some(&device)).await.unwrap_err();
        assert_eq!(refused.refusal(), Some(Refusal::NotRecognised));
    }
}

#[tokio::test]
async fn a_code_on_paper_works_once_however_it_is_typed() {
    for test in test_apps(Setup::default()).await {
        let clerk = clerk(&test, 1).await;
        let paper = &clerk.paper[3];
        let typed = format!("{} {}", paper[..13].to_uppercase(), &paper[13..]);
        let device = clerk.try_in(&test, PASSWORD, &typed, None).await.unwrap().device;
        let again = clerk.try_in(&test, PASSWORD, paper, Some(&device)).await.unwrap_err();
        assert_eq!(again.refusal(), Some(Refusal::NotRecognised));
        assert!(clerk.try_in(&test, PASSWORD, &clerk.paper[4], Some(&device)).await.is_ok());
    }
}

#[tokio::test]
async fn nobody_comes_in_with_a_suspended_account_or_one_that_was_never_set_up() {
    for test in test_apps(Setup::default()).await {
        let (app, clerk) = (&test.app, clerk(&test, 1).await);
        let signed = clerk.sign_in(&test, None).await;
        account::suspend(app, &clerk.account, Actor::Operator, test.now()).await.unwrap();
        assert!(session::find(app, &signed.session, test.now()).await.unwrap().is_none());
        let refused = clerk.try_in(&test, PASSWORD, &clerk.code(&test), Some(&signed.device)).await.unwrap_err();
        assert_eq!(refused.refusal(), Some(Refusal::NotRecognised));

        let name = named("nobody.yet");
        account::create(app, &clerk.person, &name, Actor::Operator, test.now()).await.unwrap();
        let attempt =
            Attempt { account: "nobody.yet", password: "", code: "", word: "", device: None, address: ELSEWHERE };
        let refused = sign_in::sign_in(app, attempt, "a browser", test.now()).await.unwrap_err();
        assert_eq!(refused.refusal(), Some(Refusal::NotRecognised));
    }
}

#[tokio::test]
async fn every_sign_in_and_every_wrong_try_is_in_the_stream_of_its_person_without_a_secret() {
    for test in test_apps(Setup::default()).await {
        let clerk = clerk(&test, 1).await;
        let signed = clerk.sign_in(&test, None).await;
        let code = clerk.code(&test);
        clerk.try_in(&test, "not the words", &code, Some(&signed.device)).await.unwrap_err();
        clerk.try_in(&test, PASSWORD, &clerk.paper[0], Some(&signed.device)).await.unwrap();
        session::end_all(&test.app, &clerk.account, Actor::Staff(clerk.person.clone()), test.now()).await.unwrap();

        let statement = "select act, actor, detail from audit where stream = $1 order by sequence";
        let stream = format!("staff:{}", clerk.person);
        let mut connection = test.app.database().read().await.unwrap();
        let rows = sql(statement, [stream.as_str().into()]).fetch_all(&mut *connection).await.unwrap();
        let acts: Vec<_> = rows.iter().map(|row| text(row, "act").unwrap()).collect();
        assert_eq!(
            acts,
            [
                "taken_on",
                "account_created",
                "account_invited",
                "account_set_up",
                "signed_in",
                "sign_in_failed",
                "signed_in",
                "session_ended"
            ]
        );
        assert_eq!(text(&rows[4], "actor").unwrap(), stream);
        let told: String = rows.iter().map(|row| text(row, "detail").unwrap()).collect();
        for secret in
            [PASSWORD, "not the words", &code, &clerk.paper[0], signed.session.reveal(), clerk.secret.reveal()]
        {
            assert!(!told.contains(secret), "{secret}");
        }
        drop(connection);
        audit::verify_all(test.app.database(), domains::streams()).await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn a_copy_of_the_database_opens_nothing() {
    for test in test_apps(Setup::default()).await {
        let clerk = clerk(&test, 1).await;
        let signed = clerk.sign_in(&test, None).await;
        let mut connection = test.connection().await;
        let statement = "select password_hash || ' ' || token_hash || ' ' || code_hash as kept \
             from staff_account a join staff_session s on s.account = a.name join staff_recovery_code r on r.account = a.name";
        let rows = sql(statement, []).fetch_all(&mut connection).await.unwrap();
        assert_eq!(rows.len(), 10);
        let kept: String = rows.iter().map(|row| text(row, "kept").unwrap()).collect();
        assert!(kept.contains("$argon2id$v=19$m=19456,t=2,p=1$"));
        for secret in [PASSWORD, signed.session.reveal(), signed.device.reveal(), &clerk.paper[0]] {
            assert!(!kept.contains(secret), "{secret}");
        }
    }
}
