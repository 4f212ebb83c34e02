//! What somebody began who was stopped since is finished by nobody, whoever holds a page of it.

use chrono::TimeDelta;
use server::audit;
use server::domains;
use server::staff::authority::Staff;
use server::staff::confirming::{self, Decision, Waiting};
use server::staff::giving::{self, TakenBack};
use server::staff::invitation;
use server::staff::managing::{self, ALONE};
use server::staff::people::{self, State};
use server::staff::proposal::waiting_for;
use server::staff::totp::step_at;
use shared::staff::{AccountName, Refusal, Role};

use super::super::support::staff::{Clerk, PASSWORD, chosen, clerk, named};
use super::super::support::{Setup, TestApp, test_apps};
use super::administrators::{acting, administrator, refusal};
use super::second_person::{door, says, set_up, take_on};
use super::switched_off::{comes_in, state, suspend};

pub async fn three(test: &TestApp) -> [Clerk; 3] {
    [
        administrator(test, 1, "nanshan").await,
        administrator(test, 2, "nanshan").await,
        administrator(test, 3, "nanshan").await,
    ]
}

pub async fn auditor(test: &TestApp) -> (Clerk, String) {
    let auditor = clerk(test, 4).await;
    let role = auditor.is_given(test, Role::Auditor, "nanshan").await;
    (auditor, role)
}

/// What stops somebody though they work on: another ends all their sessions.
pub async fn stop(test: &TestApp, by: &Staff, whom: &Clerk) {
    managing::end_sessions(&test.app, by, &whom.account, test.now()).await.unwrap();
}

pub async fn take_back(test: &TestApp, staff: &Staff, role: &str) -> Result<TakenBack, Refusal> {
    giving::take_back(&test.app, staff, role, test.now()).await.map_err(|error| refusal(&error))
}

/// The one thing of an account that waits.
async fn waits(test: &TestApp, staff: &Staff, name: &AccountName) -> Waiting {
    let all = confirming::waiting(&test.app, staff, test.now()).await.unwrap();
    all.into_iter().find(|one| one.account == *name).unwrap()
}

#[tokio::test]
async fn the_end_of_a_role_that_a_stopped_administrator_proposed_is_proposed_anew_by_whoever_presses_next() {
    for test in test_apps(Setup::default()).await {
        let [one, other, third] = three(&test).await;
        let (auditor, role) = auditor(&test).await;
        let first = acting(&test, &one).await;
        assert_eq!(take_back(&test, &first, &role).await, Ok(TakenBack::Proposed));
        let second = acting(&test, &other).await;
        assert_eq!(waiting_for(&test.app, &second, test.now()).await.unwrap(), 1);
        stop(&test, &second, &one).await;
        assert_eq!(waiting_for(&test.app, &second, test.now()).await.unwrap(), 0, "it is nobody's task");
        let held = async || {
            let entry = people::one(&test.app, &second, &auditor.account, test.now()).await.unwrap().0;
            entry.live_roles(test.now()).next().cloned()
        };
        let void = held().await.unwrap();
        assert!(void.is_ending(test.now()).is_none() && void.void_ending(test.now()).is_some(), "and says why");

        assert_eq!(take_back(&test, &second, &role).await, Ok(TakenBack::ProposedAnew));
        assert!(held().await.is_some(), "one press of one person ends nothing");
        let last = acting(&test, &third).await;
        assert_eq!(take_back(&test, &last, &role).await, Ok(TakenBack::Ended));
        assert!(held().await.is_none());
        audit::verify_all(test.app.database(), domains::streams()).await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn a_suspension_by_a_stopped_administrator_is_agreed_to_by_nobody_and_can_be_called_off_or_done_anew() {
    for test in test_apps(Setup::default()).await {
        let [one, other, third] = three(&test).await;
        let (auditor, _) = auditor(&test).await;
        let first = acting(&test, &one).await;
        suspend(&test, &first, &auditor).await.unwrap();
        let second = acting(&test, &other).await;
        assert!(waits(&test, &second, &auditor.account).await.is_task());
        stop(&test, &second, &one).await;
        let void = waits(&test, &second, &auditor.account).await;
        assert!(void.is_void && !void.is_task());
        assert_eq!(says(&test, &second, &auditor.account, Decision::Agree).await, Err(Refusal::FirstStopped));
        assert!(!comes_in(&test, &auditor).await, "it is not lifted by that");

        // Done anew by somebody else, they stay out, and a third person agrees.
        let second = acting(&test, &other).await;
        suspend(&test, &second, &auditor).await.unwrap();
        assert_eq!(state(&test, &second, &auditor).await, State::SuspendedUntil { until: test.now() + ALONE });
        assert_eq!(says(&test, &second, &auditor.account, Decision::Agree).await, Err(Refusal::TakesAnother));
        let last = acting(&test, &third).await;
        assert_eq!(says(&test, &last, &auditor.account, Decision::Agree).await, Ok(()));
        assert_eq!(state(&test, &last, &auditor).await, State::Suspended);
    }
    for test in test_apps(Setup::default()).await {
        let [one, other, _] = three(&test).await;
        let (auditor, _) = auditor(&test).await;
        let first = acting(&test, &one).await;
        suspend(&test, &first, &auditor).await.unwrap();
        let until = State::SuspendedUntil { until: test.now() + ALONE };
        let second = acting(&test, &other).await;
        stop(&test, &second, &one).await;
        // The same one keeps nobody out for longer by doing it anew.
        test.wait(TimeDelta::hours(2));
        let first = acting(&test, &one).await;
        suspend(&test, &first, &auditor).await.unwrap();
        let second = acting(&test, &other).await;
        assert_eq!(state(&test, &second, &auditor).await, until);
        assert!(waits(&test, &second, &auditor.account).await.is_task());
        stop(&test, &second, &one).await;
        assert_eq!(says(&test, &second, &auditor.account, Decision::Disagree).await, Ok(()));
        assert!(comes_in(&test, &auditor).await);
        audit::verify_all(test.app.database(), domains::streams()).await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn an_account_that_a_stopped_administrator_opened_is_confirmed_by_nobody_and_opened_anew() {
    for test in test_apps(Setup::default()).await {
        let [one, other, third] = three(&test).await;
        let first = acting(&test, &one).await;
        let code = take_on(&test, &first, 5, "wang.min").await;
        let (wang, number) = set_up(&test, "wang.min", &code).await;
        let told = format!("{:06}", number.unwrap());
        let second = acting(&test, &other).await;
        stop(&test, &second, &one).await;
        let seen = Decision::Seen { number: &told };
        assert!(!waits(&test, &second, &wang.account).await.is_task());
        assert_eq!(says(&test, &second, &wang.account, seen).await, Err(Refusal::FirstStopped));
        assert_eq!(door(&test, &wang).await, Some(Refusal::OpenedInVain), "its owner reads whom to ask");

        let second = acting(&test, &other).await;
        assert_eq!(says(&test, &second, &wang.account, Decision::NotSeen).await, Ok(()), "it can be closed");
        let code = managing::reset(&test.app, &second, &wang.account, test.now()).await.unwrap();
        let (wang, number) = set_up(&test, "wang.min", &code).await;
        let told = format!("{:06}", number.unwrap());
        let last = acting(&test, &third).await;
        assert_eq!(says(&test, &last, &wang.account, Decision::Seen { number: &told }).await, Ok(()));
        assert_eq!(door(&test, &wang).await, None);
    }
}

#[tokio::test]
async fn an_invitation_of_somebody_who_was_stopped_since_is_void() {
    for test in test_apps(Setup::default()).await {
        let [one, other, _] = three(&test).await;
        let first = acting(&test, &one).await;
        let code = take_on(&test, &first, 5, "wang.min").await;
        let second = acting(&test, &other).await;
        stop(&test, &second, &one).await;
        let account = named("wang.min");
        let secret = invitation::look(&test.app, &account, &code, test.now()).await.unwrap();
        let totp = secret.code(step_at(test.now())).unwrap();
        let taken = invitation::take_up(&test.app, (&account, &code), &chosen(PASSWORD), &totp, test.now()).await;
        assert_eq!(refusal(&taken.unwrap_err()), Refusal::InvitationOver);
    }
}
