//! Who guesses is stopped, and nobody else is.

use axum::http::StatusCode;
use chrono::TimeDelta;
use serde_json::json;
use server::staff::authority::Staff;
use server::staff::sign_in::{self, Attempt};
use server::staff::totp::step_at;
use server::staff::{letting_in, own};
use server::{Error, audit, domains};
use shared::problem::Problem;
use shared::staff::{Refusal, Role};

use super::super::support::staff::{ELSEWHERE, PASSWORD, clerk, guess, named};
use super::super::support::{Setup, http::Api, test_apps};
use super::administrators::acting;

/// Seconds to wait, where there were too many tries.
fn wait(error: &Error) -> Option<u64> {
    match error.refusal() {
        Some(Refusal::TooManyTries { retry_after }) => Some(retry_after),
        _ => None,
    }
}

#[tokio::test]
async fn hours_of_wrong_passwords_are_ten_guesses_an_hour_and_keep_no_clerk_out_of_her_own_machine() {
    for test in test_apps(Setup::default()).await {
        let clerk = clerk(&test, 1).await;
        let device = clerk.sign_in(&test, None).await.device;
        let mut guesses = Vec::new();
        for n in 0..1_000 {
            let refused = guess(&test, "clerk1", &format!("guess number {n}")).await;
            if wait(&refused).is_none() {
                assert_eq!(refused.refusal(), Some(Refusal::NotRecognised));
                guesses.push(test.now());
            }
            test.wait(TimeDelta::seconds(10));
        }
        let hour = TimeDelta::hours(1);
        for begun in &guesses {
            let within = guesses.iter().filter(|at| *begun <= **at && **at < *begun + hour).count();
            assert!(within <= 10, "{within} guesses in an hour");
        }
        assert!(guesses.len() >= 16, "never closed for ever: {}", guesses.len());

        let told = own::way_in(&test.app, &clerk.account).await.unwrap();
        assert_eq!(told.failed_tries, i64::try_from(guesses.len()).unwrap());
        let own = Api::with_cookies(&test.app, format!("staff-device={}", device.reveal()));
        let typed = json!({ "account": clerk.account, "password": PASSWORD, "code": clerk.code(&test) });
        let came = own.post("/api/v1/staff/session", typed).await;
        assert_eq!(came.status, StatusCode::NO_CONTENT, "at the first try: {came:?}");
    }
}

#[tokio::test]
async fn whoever_tries_one_password_at_every_account_has_sixty_tries_from_one_network() {
    for test in test_apps(Setup::default()).await {
        let clerk = clerk(&test, 1).await;
        let device = clerk.sign_in(&test, None).await.device;
        for n in 0..60 {
            assert_eq!(wait(&guess(&test, &format!("somebody{n}"), "spring2026").await), None, "{n}");
        }
        assert_eq!(wait(&guess(&test, "somebody60", "spring2026").await), Some(10));
        let attempt = |address: &str, account, password, code, device| Attempt {
            account,
            password,
            code,
            word: "",
            device,
            address: address.parse().unwrap(),
        };
        let next_door = attempt("203.0.113.8", "somebody61", "spring2026", "000000", None);
        let refused = sign_in::sign_in(&test.app, next_door, "a script", test.now()).await.unwrap_err();
        assert_eq!(wait(&refused), None, "another network is another's");
        let code = clerk.code(&test);
        let known = attempt("203.0.113.7", "clerk1", PASSWORD, &code, Some(&device));
        sign_in::sign_in(&test.app, known, "a browser", test.now()).await.unwrap();
    }
}

#[tokio::test]
async fn a_hundred_guesses_at_the_same_instant_are_four() {
    for test in test_apps(Setup::default()).await {
        clerk(&test, 1).await;
        let all = (0..100).map(|n| {
            let test = &test;
            async move { guess(test, "clerk1", &format!("guess number {n}")).await }
        });
        let refused = futures_util::future::join_all(all).await;
        let mut guesses = 0;
        for error in &refused {
            match (error.refusal::<Refusal>(), error) {
                (Some(Refusal::NotRecognised), _) => guesses += 1,
                (Some(Refusal::TooManyTries { retry_after }), _) => assert!((1..=600).contains(&retry_after)),
                (_, Error::Problem(Problem::Busy)) => {}
                other => panic!("{other:?}"),
            }
        }
        assert!((1..=4).contains(&guesses), "{guesses}");
    }
}

#[tokio::test]
async fn an_account_that_does_not_exist_is_closed_as_soon_as_one_that_does() {
    for test in test_apps(Setup::default()).await {
        clerk(&test, 1).await;
        for account in ["clerk1", "CLERK1 ", "nobody", "no name \0 at all"] {
            let tries = if account == "CLERK1 " { 0 } else { 4 };
            for _ in 0..tries {
                assert_eq!(wait(&guess(&test, account, "a guess").await), None, "{account:?}");
            }
            assert_eq!(wait(&guess(&test, account, "a guess").await), Some(600), "{account:?}");
        }
    }
}

#[tokio::test]
async fn coming_in_costs_no_tries_from_however_many_new_browsers() {
    for test in test_apps(Setup::default()).await {
        let clerk = clerk(&test, 1).await;
        for _ in 0..8 {
            clerk.sign_in(&test, None).await;
        }
        for _ in 0..4 {
            assert_eq!(wait(&guess(&test, "clerk1", "a guess").await), None, "and gives none to anybody");
        }
        assert!(wait(&guess(&test, "clerk1", "a guess").await).is_some());
    }
}

#[tokio::test]
async fn a_known_browser_has_ten_tries_an_hour_of_its_own_and_waits_alone() {
    for test in test_apps(Setup::default()).await {
        let clerk = clerk(&test, 1).await;
        let [own, other] = [clerk.sign_in(&test, None).await.device, clerk.sign_in(&test, None).await.device];
        let wrong = async |device| clerk.try_in(&test, "not the words", "", Some(device)).await.unwrap_err();
        for _ in 0..5 {
            assert_eq!(wait(&wrong(&own).await), None);
        }
        assert_eq!(wait(&wrong(&own).await), Some(12 * 60));
        assert_eq!(wait(&wrong(&other).await), None, "another browser of the same clerk");
        test.wait(TimeDelta::minutes(12));
        clerk.try_in(&test, PASSWORD, &clerk.code(&test), Some(&own)).await.unwrap();
        let mut guesses = Vec::new();
        for _ in 0..200 {
            let refused = wrong(&own).await;
            if wait(&refused).is_none() {
                guesses.push(test.now());
            }
            test.wait(TimeDelta::minutes(1));
        }
        let hour = TimeDelta::hours(1);
        for begun in &guesses {
            let within = guesses.iter().filter(|at| *begun <= **at && **at < *begun + hour).count();
            assert!(within <= 10, "{within} guesses in an hour");
        }
    }
}

#[tokio::test]
async fn a_browser_is_known_for_one_account_and_for_ninety_days() {
    for test in test_apps(Setup::default()).await {
        let [first, second] = [clerk(&test, 1).await, clerk(&test, 2).await];
        let device = first.sign_in(&test, None).await.device;
        for _ in 0..4 {
            assert_eq!(wait(&guess(&test, "clerk2", "a guess").await), None);
        }
        let others = second.try_in(&test, PASSWORD, &second.code(&test), Some(&device)).await.unwrap_err();
        assert!(wait(&others).is_some(), "it is no browser of hers");

        test.wait(TimeDelta::days(90));
        for _ in 0..4 {
            guess(&test, "clerk1", "a guess").await;
        }
        let late = first.try_in(&test, PASSWORD, &first.code(&test), Some(&device)).await.unwrap_err();
        assert!(wait(&late).is_some());
    }
}

#[tokio::test]
async fn whoever_has_the_password_gets_three_codes_and_closes_no_known_browser() {
    for test in test_apps(Setup::default()).await {
        let clerk = clerk(&test, 1).await;
        let device = clerk.sign_in(&test, None).await.device;
        let near =
            |code: &str| (-1..=1).any(|off| clerk.secret.code(step_at(test.now()) + off).as_deref() == Some(code));
        let wrong: Vec<_> = (0..).map(|n| format!("{n:06}")).filter(|code| !near(code)).take(4).collect();
        let mut waits = Vec::new();
        for (n, code) in wrong.iter().enumerate() {
            // By the fourth there is time for another password, and for no other code.
            test.wait(TimeDelta::minutes(if n == 3 { 10 } else { 0 }));
            let attempt =
                Attempt { account: "clerk1", password: PASSWORD, code, word: "", device: None, address: ELSEWHERE };
            let refused = sign_in::sign_in(&test.app, attempt, "a script", test.now()).await.unwrap_err();
            waits.push(wait(&refused));
        }
        assert_eq!(waits, [None, None, None, Some(20 * 60)]);
        for n in 0..6 {
            let refused = clerk.try_in(&test, PASSWORD, &wrong[0], Some(&device)).await.unwrap_err();
            assert_eq!(
                wait(&refused),
                (n == 5).then_some(12 * 60),
                "a known browser has five, and waits for the sixth"
            );
        }
        test.wait(TimeDelta::minutes(12));
        clerk.try_in(&test, PASSWORD, &clerk.code(&test), Some(&device)).await.unwrap();
    }
}

#[tokio::test]
async fn whom_a_stranger_keeps_off_a_new_machine_is_let_in_by_who_answers_for_them_for_ten_minutes() {
    for test in test_apps(Setup::default()).await {
        let [clerk, manager, elsewhere] = [clerk(&test, 1).await, clerk(&test, 2).await, clerk(&test, 3).await];
        clerk.is_given(&test, Role::CounterClerk, "nanshan").await;
        manager.is_given(&test, Role::OfficeManager, "nanshan").await;
        elsewhere.is_given(&test, Role::OfficeManager, "demo-bay").await;
        let keep_out = async || while wait(&guess(&test, "clerk1", "a guess").await).is_none() {};
        let with = async |word: &str| clerk.try_with(&test, (PASSWORD, &clerk.code(&test), word), None).await;
        let let_in = async |staff: &Staff, name: &str| {
            letting_in::let_in(&test.app, staff, &named(name), test.now()).await.map_err(Error::into_problem)
        };
        let stranger = acting(&test, &elsewhere).await;
        assert_eq!(let_in(&stranger, "clerk1").await, Err(Problem::NotFound));
        let own = acting(&test, &clerk).await;
        assert_eq!(let_in(&own, "clerk2").await, Err(Problem::NotFound), "a clerk lets nobody in");
        let staff = acting(&test, &manager).await;
        assert_eq!(let_in(&staff, "clerk2").await, Err(Refusal::OwnAccount.into()));
        assert_eq!(let_in(&staff, "nobody").await, Err(Problem::NotFound));

        test.wait(TimeDelta::minutes(1));
        let staff = acting(&test, &manager).await;
        keep_out().await;
        assert!(wait(&with("").await.unwrap_err()).is_some());
        let older = let_in(&staff, "clerk1").await.unwrap();
        let word = let_in(&staff, "clerk1").await.unwrap();
        keep_out().await;
        // Neither a right code nor a word of before or of nobody tells the owner from the stranger.
        for wrong in ["", "abcdefgh", &older] {
            assert!(wait(&with(wrong).await.unwrap_err()).is_some(), "{wrong}");
        }
        let came = with(&format!("{}-{}", &word[..4], word[4..].to_uppercase())).await.unwrap();
        let told = own::way_in(&test.app, &clerk.account).await.unwrap().let_in.unwrap();
        assert_eq!(told.0, "clerk2");
        // Once; from now on the machine is known.
        test.wait(TimeDelta::seconds(30));
        assert!(wait(&with(&word).await.unwrap_err()).is_some());
        clerk.sign_in(&test, Some(&came.device)).await;

        let staff = acting(&test, &manager).await;
        let late = let_in(&staff, "clerk1").await.unwrap();
        let often = let_in(&staff, "clerk1").await;
        assert!(matches!(often.unwrap_err().refusal(), Some(Refusal::LetInOften { .. })));
        test.wait(letting_in::OPEN);
        keep_out().await;
        assert!(wait(&with(&late).await.unwrap_err()).is_some(), "ten minutes are over");
        audit::verify_all(test.app.database(), domains::streams()).await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn whoever_is_let_in_has_five_passwords_and_three_codes_of_their_own_and_each_wrong_one_counts() {
    for test in test_apps(Setup::default()).await {
        let [clerk, manager] = [clerk(&test, 1).await, clerk(&test, 2).await];
        clerk.is_given(&test, Role::CounterClerk, "nanshan").await;
        manager.is_given(&test, Role::OfficeManager, "nanshan").await;
        // A stranger who has the password uses up the codes of all machines that are not known.
        for _ in 0..3 {
            assert_eq!(wait(&clerk.try_in(&test, PASSWORD, "", None).await.unwrap_err()), None);
        }
        while wait(&guess(&test, "clerk1", "a guess").await).is_none() {}
        let failed = async || own::way_in(&test.app, &clerk.account).await.unwrap().failed_tries;
        let before = failed().await;
        let staff = acting(&test, &manager).await;
        let word = letting_in::let_in(&test.app, &staff, &clerk.account, test.now()).await.unwrap();
        let tries = async |password: &str, code: &str| clerk.try_with(&test, (password, code, &word), None).await;
        for _ in 0..3 {
            assert_eq!(tries(PASSWORD, "").await.unwrap_err().refusal(), Some(Refusal::NotRecognised));
        }
        assert_eq!(failed().await, before + 3);
        assert!(wait(&tries(PASSWORD, &clerk.code(&test)).await.unwrap_err()).is_some(), "a fourth code");
        assert_eq!(tries("not the words", "").await.unwrap_err().refusal(), Some(Refusal::NotRecognised));
        assert!(wait(&tries(PASSWORD, "").await.unwrap_err()).is_some(), "a sixth password");
        assert_eq!(failed().await, before + 4);
        // Another word gives no further tries.
        let word = letting_in::let_in(&test.app, &staff, &clerk.account, test.now()).await.unwrap();
        let again = clerk.try_with(&test, (PASSWORD, &clerk.code(&test), &word), None).await.unwrap_err();
        assert!(wait(&again).is_some());
    }
}

#[tokio::test]
async fn a_machine_that_several_share_knows_each_of_them() {
    for test in test_apps(Setup::default()).await {
        let (first, second) = (clerk(&test, 1).await, clerk(&test, 2).await);
        let device = first.sign_in(&test, None).await.device;
        let both = second.sign_in(&test, Some(&device)).await.device;
        assert_eq!(both.reveal(), device.reveal(), "one token for the machine");
        for n in 0..200 {
            for account in ["clerk1", "clerk2"] {
                guess(&test, account, &format!("guess number {n}")).await;
            }
            test.wait(TimeDelta::seconds(10));
        }
        for clerk in [&first, &second] {
            clerk.try_in(&test, PASSWORD, &clerk.code(&test), Some(&both)).await.unwrap();
        }
    }
}
