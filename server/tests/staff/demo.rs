//! The invented staff of demonstrations, and the codes that are given away for them.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use server::database::{
    Backend,
    sql::{int, sql, text},
};
use server::staff::demo::{self, STAFF};
use server::staff::{roles, session};
use shared::notices::BUREAU;
use shared::problem::Problem;
use shared::staff::{Grant, Role, Scope};

use super::super::support::staff::{clerk, invented, person_of};
use super::super::support::{Setup, TestApp, test_apps};

#[tokio::test]
async fn every_one_of_the_invented_staff_comes_in_and_has_their_role_in_the_hall() {
    for test in test_apps(Setup::default()).await {
        let mut people = BTreeSet::new();
        for one in STAFF {
            let signed = invented(&test, one.account).await;
            assert!(session::find(&test.app, &signed.session, test.now()).await.unwrap().is_some());
            let grants = roles::of(&test.app, &signed.person).await.unwrap();
            assert!(grants.iter().all(|grant| grant.role == one.role), "{}", one.account);
            let in_hall = |grant: &Grant| matches!(&grant.scope, Scope::Office(office) if office.as_str() == "nanshan");
            assert_eq!(grants.iter().filter(|grant| in_hall(grant)).count(), 1, "{}", one.account);
            let elsewhere: Vec<_> = grants.iter().filter(|grant| !in_hall(grant)).map(|grant| &grant.scope).collect();
            let bureau = Scope::restore("organisation", BUREAU).unwrap();
            let expected = if one.role == Role::ContentEditor { vec![&bureau] } else { Vec::new() };
            assert_eq!(elsewhere, expected, "only the editor of texts speaks for the bureau");
            assert!(people.insert(person_of(&test, one.account).await), "nobody is two people");
        }
        let roles: BTreeSet<_> = STAFF.iter().map(|one| one.role).collect();
        assert_eq!(roles, Role::ALL.iter().copied().collect());
    }
}

#[tokio::test]
async fn a_start_hashes_one_password_and_a_further_start_takes_nobody_on_again() {
    for test in test_apps(Setup::default()).await {
        let app = test.reopened().await;
        let statement = "select count(*) as accounts, count(distinct password_hash) as hashes, \
             min(password_hash) as hash from staff_account";
        let row = sql(statement, []).fetch_one(&mut *app.database().read().await.unwrap()).await.unwrap();
        assert_eq!((int(&row, "accounts").unwrap(), int(&row, "hashes").unwrap()), (11, 1));
        assert!(text(&row, "hash").unwrap().starts_with("$argon2id$"));
    }
}

#[tokio::test]
async fn where_no_demonstration_was_asked_for_there_are_no_invented_staff() {
    let test =
        TestApp::open(Backend::Sqlite, &["--messages", "https://sms.example/send"], "2026-05-13T02:00:00Z").await;
    let statement = "select count(*) as staff from staff";
    let row = sql(statement, []).fetch_one(&mut *test.app.database().read().await.unwrap()).await.unwrap();
    assert_eq!(int(&row, "staff").unwrap(), 0);
    let none = demo::code(&test.app, "demo-clerk", test.now()).await.unwrap_err();
    assert_eq!(none.into_problem(), Problem::NotFound);
}

async fn ask(test: &TestApp, account: &str) -> Result<String, Problem> {
    demo::code(&test.app, account, test.now()).await.map_err(server::Error::into_problem)
}

#[tokio::test]
async fn three_codes_are_given_away_in_a_minute_and_a_half_each_for_one_sign_in() {
    for test in test_apps(Setup::default()).await {
        // At every second of a step: none of the three is over or not yet begun.
        for second in [0, 10, 24] {
            test.wait(TimeDelta::minutes(2) + TimeDelta::seconds(second));
            for _ in 0..3 {
                invented(&test, "demo-clerk").await;
            }
            let Err(Problem::RateLimited { retry_after }) = ask(&test, "demo-clerk").await else { panic!("a fourth") };
            assert!((1..=30).contains(&retry_after), "{retry_after}");
            invented(&test, "demo-clerk-2").await;
            test.wait(TimeDelta::seconds(i64::try_from(retry_after).unwrap()));
            invented(&test, "demo-clerk").await;
            assert!(ask(&test, "demo-clerk").await.is_err());
            test.wait(TimeDelta::seconds(90 - second) - TimeDelta::seconds(i64::try_from(retry_after).unwrap()));
        }
    }
}

#[tokio::test]
async fn codes_that_are_asked_for_at_the_same_instant_are_not_the_same() {
    for test in test_apps(Setup::default()).await {
        let asked = (0..8).map(|_| ask(&test, "demo-manager"));
        let given = futures_util::future::join_all(asked).await.into_iter().flatten().collect::<Vec<_>>();
        assert_eq!(given.len(), 3);
        // Two steps may have the same digits by chance, three hardly.
        assert!(given.iter().collect::<BTreeSet<_>>().len() > 1, "{given:?}");
    }
}

#[tokio::test]
async fn no_code_is_given_away_for_whoever_is_not_invented() {
    for test in test_apps(Setup::default()).await {
        let real = clerk(&test, 1).await;
        for account in [real.account.as_str(), "nobody", "", "DEMO-CLERK", "demo-clerk\0"] {
            assert_eq!(ask(&test, account).await, Err(Problem::NotFound), "{account:?}");
        }
    }
}

#[tokio::test]
async fn looking_at_the_codes_of_all_gives_none_away_and_shows_none_that_was_used() {
    for test in test_apps(Setup::default()).await {
        let shown = async || {
            let all = demo::shown(&test.app, test.now()).await.unwrap();
            assert_eq!(all.len(), STAFF.len());
            all.into_iter().find(|(one, _)| one.account == "demo-auditor").unwrap().1
        };
        for _ in 0..5 {
            assert!(shown().await.is_some());
        }
        let before = shown().await;
        invented(&test, "demo-auditor").await;
        invented(&test, "demo-auditor").await;
        assert_ne!(shown().await, before, "the present step is used up");
        invented(&test, "demo-auditor").await;
        assert_eq!(shown().await, None);
        test.wait(TimeDelta::seconds(30));
        assert!(shown().await.is_some());
    }
}
