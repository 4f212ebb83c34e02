//! An administrator is stopped at once by another, and switched off by two.

use chrono::TimeDelta;
use server::audit;
use server::database::{DatabaseError, Rule, sql::sql};
use server::staff::authority::Staff;
use server::staff::confirming::{self, Decision, What};
use server::staff::managing::{self, ALONE, APART};
use server::staff::people::{self, State};
use server::staff::{giving, session};
use server::{domains, jobs};
use shared::staff::{Refusal, Role};

use super::super::support::staff::{Clerk, PASSWORD, clerk};
use super::super::support::{Setup, TestApp, test_apps};
use super::administrators::{acting, administrator, refusal};

async fn two(test: &TestApp) -> [Clerk; 2] {
    [administrator(test, 1, "nanshan").await, administrator(test, 2, "nanshan").await]
}

pub async fn suspend(test: &TestApp, staff: &Staff, clerk: &Clerk) -> Result<(), Refusal> {
    managing::suspend(&test.app, staff, &clerk.account, test.now()).await.map_err(|error| refusal(&error))
}

pub async fn says(test: &TestApp, staff: &Staff, clerk: &Clerk, decision: Decision<'_>) -> Result<(), Refusal> {
    confirming::decide(&test.app, staff, &clerk.account, decision, test.now()).await.map_err(|error| refusal(&error))
}

pub async fn state(test: &TestApp, staff: &Staff, clerk: &Clerk) -> State {
    people::one(&test.app, staff, &clerk.account, test.now()).await.unwrap().0.state
}

pub async fn comes_in(test: &TestApp, clerk: &Clerk) -> bool {
    test.wait(TimeDelta::seconds(30));
    clerk.try_in(test, PASSWORD, &clerk.code(test), None).await.is_ok()
}

#[tokio::test]
async fn one_administrator_stops_another_at_once_and_for_three_days_only() {
    for test in test_apps(Setup::default()).await {
        let [one, other] = two(&test).await;
        let signed = other.sign_in(&test, None).await;
        let staff = acting(&test, &one).await;
        suspend(&test, &staff, &other).await.unwrap();
        let until = test.now() + ALONE;
        assert_eq!(state(&test, &staff, &other).await, State::SuspendedUntil { until });
        assert!(session::find(&test.app, &signed.session, test.now()).await.unwrap().is_none(), "at once");
        assert!(!comes_in(&test, &other).await);
        assert_eq!(says(&test, &staff, &other, Decision::Agree).await, Err(Refusal::TakesAnother));
        // Nor is there another way to be the last one.
        let role = people::one(&test.app, &staff, &other.account, test.now()).await.unwrap().0.roles.remove(0);
        let taken = giving::take_back(&test.app, &staff, &role.id, test.now()).await.map_err(|error| refusal(&error));
        assert_eq!(taken, Err(Refusal::SuspendFirst));
        jobs::round(&test.app, test.now()).await.unwrap();
        assert!(!comes_in(&test, &other).await);

        test.wait(ALONE);
        jobs::round(&test.app, test.now()).await.unwrap();
        assert!(comes_in(&test, &other).await, "nobody agreed");
        let staff = acting(&test, &one).await;
        assert_eq!(suspend(&test, &staff, &other).await, Err(Refusal::NotAgreed), "and not again by the same one");
        test.wait(APART - ALONE - TimeDelta::minutes(5));
        let staff = acting(&test, &one).await;
        assert_eq!(suspend(&test, &staff, &other).await, Err(Refusal::NotAgreed));
        test.wait(TimeDelta::minutes(5));
        let staff = acting(&test, &one).await;
        suspend(&test, &staff, &other).await.unwrap();
        test.wait(ALONE);
        jobs::round(&test.app, test.now()).await.unwrap();
        let back = acting(&test, &other).await;
        suspend(&test, &back, &one).await.unwrap();
        audit::verify_all(test.app.database(), domains::streams()).await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn a_second_person_makes_a_suspension_last_after_which_the_role_is_taken_back() {
    for test in test_apps(Setup::default()).await {
        let [one, other] = two(&test).await;
        let manager = clerk(&test, 3).await;
        manager.is_given(&test, Role::OfficeManager, "nanshan").await;
        let staff = acting(&test, &one).await;
        suspend(&test, &staff, &other).await.unwrap();
        let second = acting(&test, &manager).await;
        let waiting = confirming::waiting(&test.app, &second, test.now()).await.unwrap();
        assert!(matches!(waiting[0].what, What::Suspended { .. }) && waiting[0].first_by.as_deref() == Some("clerk1"));
        let told = Decision::Seen { number: "000000" };
        assert_eq!(says(&test, &second, &other, told).await, Err(Refusal::NothingToConfirm));
        says(&test, &second, &other, Decision::Agree).await.unwrap();
        assert_eq!(says(&test, &second, &other, Decision::Disagree).await, Err(Refusal::NothingToConfirm));
        test.wait(ALONE);
        jobs::round(&test.app, test.now()).await.unwrap();
        assert!(!comes_in(&test, &other).await);
        let staff = acting(&test, &one).await;
        let role = people::one(&test.app, &staff, &other.account, test.now()).await.unwrap().0.roles.remove(0);
        giving::take_back(&test.app, &staff, &role.id, test.now()).await.unwrap();
    }
}

#[tokio::test]
async fn a_second_person_who_does_not_agree_lets_them_in_again() {
    for test in test_apps(Setup::default()).await {
        let [one, other] = two(&test).await;
        let third = administrator(&test, 3, "nanshan").await;
        let staff = acting(&test, &one).await;
        suspend(&test, &staff, &other).await.unwrap();
        let second = acting(&test, &third).await;
        says(&test, &second, &other, Decision::Disagree).await.unwrap();
        assert!(comes_in(&test, &other).await);
        let staff = acting(&test, &one).await;
        assert_eq!(suspend(&test, &staff, &other).await, Err(Refusal::NotAgreed));
        // Somebody else may, and nobody goes on by lifting it and beginning again.
        let second = acting(&test, &third).await;
        suspend(&test, &second, &other).await.unwrap();
        managing::lift(&test.app, &second, &other.account, test.now()).await.unwrap();
        assert_eq!(suspend(&test, &second, &other).await, Err(Refusal::NotAgreed));
        let staff = acting(&test, &one).await;
        assert_eq!(suspend(&test, &staff, &other).await, Err(Refusal::NotAgreed), "the two do not take turns");
        // Years later there may be another reason.
        test.wait(APART);
        let staff = acting(&test, &one).await;
        suspend(&test, &staff, &other).await.unwrap();
    }
}

#[tokio::test]
async fn who_is_let_in_again_by_another_is_not_suspended_at_once_by_the_same_one() {
    for test in test_apps(Setup::default()).await {
        let [one, other] = two(&test).await;
        let third = administrator(&test, 3, "nanshan").await;
        let staff = acting(&test, &one).await;
        suspend(&test, &staff, &other).await.unwrap();
        let second = acting(&test, &third).await;
        managing::lift(&test.app, &second, &other.account, test.now()).await.unwrap();
        let staff = acting(&test, &one).await;
        assert_eq!(suspend(&test, &staff, &other).await, Err(Refusal::NotAgreed));
        assert!(comes_in(&test, &other).await);
        test.wait(APART);
        let staff = acting(&test, &one).await;
        suspend(&test, &staff, &other).await.unwrap();
    }
}

#[tokio::test]
async fn sessions_of_an_administrator_are_ended_by_the_same_one_once_an_hour() {
    for test in test_apps(Setup::default()).await {
        let [one, other] = two(&test).await;
        let third = administrator(&test, 3, "nanshan").await;
        let editor = clerk(&test, 4).await;
        editor.is_given(&test, Role::ContentEditor, "nanshan").await;
        let end = async |staff: &Staff, clerk: &Clerk| {
            let ended = managing::end_sessions(&test.app, staff, &clerk.account, test.now()).await;
            ended.map_err(|error| refusal(&error))
        };
        let staff = acting(&test, &one).await;
        assert_eq!(end(&staff, &other).await, Ok(()));
        let signed = other.sign_in(&test, None).await;
        let lasts = async || session::find(&test.app, &signed.session, test.now()).await.unwrap().is_some();
        let refused = end(&staff, &other).await;
        assert!(matches!(refused, Err(Refusal::EndedLately { retry_after }) if retry_after > 3_500), "{refused:?}");
        assert!(lasts().await);
        assert_eq!(end(&staff, &third).await, Ok(()), "of each other one");
        for _ in 0..3 {
            assert_eq!(end(&staff, &editor).await, Ok(()));
        }
        let refused = end(&staff, &editor).await;
        assert!(matches!(refused, Err(Refusal::EndedLately { .. })), "signed out again and again: {refused:?}");
        let second = acting(&test, &third).await;
        assert_eq!(end(&second, &other).await, Ok(()), "by each other one");
        assert!(!lasts().await);
        test.wait(TimeDelta::hours(1));
        let staff = acting(&test, &one).await;
        assert_eq!(end(&staff, &other).await, Ok(()));
    }
}

#[tokio::test]
async fn whoever_was_away_for_ninety_days_loses_no_administrators_role_to_one_alone() {
    for test in test_apps(Setup::default()).await {
        let [one, other] = two(&test).await;
        let third = administrator(&test, 3, "nanshan").await;
        test.wait(TimeDelta::days(89));
        for clerk in [&one, &third] {
            acting(&test, clerk).await;
        }
        test.wait(TimeDelta::days(1));
        jobs::round(&test.app, test.now()).await.unwrap();
        let staff = acting(&test, &one).await;
        assert_eq!(state(&test, &staff, &other).await, State::Unused);
        let role = people::one(&test.app, &staff, &other.account, test.now()).await.unwrap().0.roles.remove(0);
        let taken = giving::take_back(&test.app, &staff, &role.id, test.now()).await.map_err(|error| refusal(&error));
        assert_eq!(taken, Err(Refusal::SuspendFirst));
        // Two let it end: the account is open again, and closed with a second person.
        managing::lift(&test.app, &staff, &other.account, test.now()).await.unwrap();
        suspend(&test, &staff, &other).await.unwrap();
        let second = acting(&test, &third).await;
        says(&test, &second, &other, Decision::Agree).await.unwrap();
        let staff = acting(&test, &one).await;
        giving::take_back(&test.app, &staff, &role.id, test.now()).await.unwrap();
    }
}

#[tokio::test]
async fn of_two_who_suspend_each_other_at_the_same_instant_one_is_out() {
    for test in test_apps(Setup::default()).await {
        let [one, other] = two(&test).await;
        let both = [acting(&test, &one).await, acting(&test, &other).await];
        let done = futures_util::future::join(suspend(&test, &both[0], &other), suspend(&test, &both[1], &one));
        let (first, second) = done.await;
        assert!(
            [(Ok(()), Err(Refusal::SignInNeeded)), (Err(Refusal::SignInNeeded), Ok(()))].contains(&(first, second)),
            "{first:?} {second:?}"
        );
        // Whoever is out does nothing with what their request had read before.
        let out = if first.is_ok() { &both[1] } else { &both[0] };
        let somebody = clerk(&test, 3).await;
        let role = somebody.is_given(&test, Role::ContentEditor, "nanshan").await;
        let refused = giving::take_back(&test.app, out, &role, test.now()).await.unwrap_err();
        assert_eq!(refusal(&refused), Refusal::SignInNeeded);
        let refused = managing::reset(&test.app, out, &somebody.account, test.now()).await.unwrap_err();
        assert_eq!(refusal(&refused), Refusal::SignInNeeded);
    }
}

#[tokio::test]
async fn the_database_knows_that_nobody_agrees_to_what_they_did_or_to_what_is_about_them() {
    for test in test_apps(Setup::default()).await {
        let [one, other] = two(&test).await;
        let third = administrator(&test, 3, "nanshan").await;
        let staff = acting(&test, &one).await;
        suspend(&test, &staff, &other).await.unwrap();
        let agreed_by = async |clerk: &Clerk| {
            let statement = "update staff_account set agreed_by = $1 where name = 'clerk2'";
            let done = sql(statement, [clerk.person.as_str().into()]).execute(&mut test.connection().await).await;
            done.map(drop).map_err(DatabaseError::from)
        };
        let late = administrator(&test, 4, "nanshan").await;
        for (clerk, rule) in
            [(&one, Rule::AgreedByAnother), (&other, Rule::AgreedByAnother), (&late, Rule::SecondIsOlder)]
        {
            let refused = agreed_by(clerk).await.unwrap_err();
            assert!(matches!(&refused, DatabaseError::Refused(broken) if *broken == rule), "{refused:?}");
        }
        agreed_by(&third).await.unwrap();
    }
}
