//! Whoever looks at administrators is not got rid of by one of them, and no one of them empties a hall.

use chrono::TimeDelta;
use server::audit::Actor;
use server::database::{DatabaseError, Rule, sql::sql};
use server::staff::account;
use server::staff::authority::Staff;
use server::staff::confirming::{self, Decision};
use server::staff::giving::{self, TakenBack};
use server::staff::managing;
use server::staff::people::{self, State};
use server::staff::proposal::{LIFETIME, waiting_for};
use server::{audit, domains};
use shared::staff::{Refusal, Role};

use super::super::support::staff::{Clerk, clerk, named};
use super::super::support::{Setup, TestApp, test_apps};
use super::administrators::{acting, administrator, refusal};
use super::hiring::grant;
use super::switched_off::suspend;

async fn auditor(test: &TestApp, n: usize) -> (Clerk, String) {
    let auditor = clerk(test, n).await;
    let role = auditor.is_given(test, Role::Auditor, "nanshan").await;
    (auditor, role)
}

async fn take_back(test: &TestApp, staff: &Staff, role: &str) -> Result<TakenBack, Refusal> {
    giving::take_back(&test.app, staff, role, test.now()).await.map_err(|error| refusal(&error))
}

async fn reset(test: &TestApp, staff: &Staff, clerk: &Clerk) -> Result<(), Refusal> {
    let done = managing::reset(&test.app, staff, &clerk.account, test.now()).await;
    done.map(drop).map_err(|error| refusal(&error))
}

#[tokio::test]
async fn an_auditors_role_ends_once_two_have_taken_it_back() {
    for test in test_apps(Setup::default()).await {
        let (one, other) = (administrator(&test, 1, "nanshan").await, administrator(&test, 2, "nanshan").await);
        let (auditor, role) = auditor(&test, 3).await;
        let holds = async |staff: &Staff| {
            let entry = people::one(&test.app, staff, &auditor.account, test.now()).await.unwrap().0;
            entry.live_roles(test.now()).count() == 1
        };
        let first = acting(&test, &one).await;
        assert_eq!(take_back(&test, &first, &role).await, Ok(TakenBack::Proposed));
        assert_eq!(take_back(&test, &first, &role).await, Err(Refusal::EndProposedAlready));
        assert!(holds(&first).await);
        // Nobody came to it in time: whoever does then is the first.
        test.wait(LIFETIME);
        let second = acting(&test, &other).await;
        assert_eq!(waiting_for(&test.app, &second, test.now()).await.unwrap(), 0);
        assert_eq!(take_back(&test, &second, &role).await, Ok(TakenBack::Proposed));
        let first = acting(&test, &one).await;
        assert_eq!(waiting_for(&test.app, &second, test.now()).await.unwrap(), 0);
        assert_eq!(waiting_for(&test.app, &first, test.now()).await.unwrap(), 1);
        assert_eq!(take_back(&test, &first, &role).await, Ok(TakenBack::Ended));
        assert!(!holds(&first).await);
        assert_eq!(waiting_for(&test.app, &first, test.now()).await.unwrap(), 0);
        audit::verify_all(test.app.database(), domains::streams()).await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn whoever_became_administrator_since_does_not_end_an_auditors_role() {
    for test in test_apps(Setup::default()).await {
        let one = administrator(&test, 1, "nanshan").await;
        let (_, role) = auditor(&test, 3).await;
        let first = acting(&test, &one).await;
        assert_eq!(take_back(&test, &first, &role).await, Ok(TakenBack::Proposed));
        let late = administrator(&test, 2, "nanshan").await;
        let second = acting(&test, &late).await;
        assert_eq!(take_back(&test, &second, &role).await, Err(Refusal::NotTheSecond));
        let statement = "update staff_role set ended_by = $1 where id = $2";
        let values = [late.person.as_str().into(), role.as_str().into()];
        let refused = sql(statement, values).execute(&mut test.connection().await).await.map_err(DatabaseError::from);
        assert!(matches!(refused, Err(DatabaseError::Refused(Rule::SecondIsOlder))), "{refused:?}");
    }
}

#[tokio::test]
async fn who_leaves_colleagues_without_a_role_pays_as_for_closing_their_accounts() {
    for test in test_apps(Setup::default()).await {
        let one = administrator(&test, 1, "nanshan").await;
        let mut roles = Vec::new();
        for n in 2..9 {
            roles.push(clerk(&test, n).await.is_given(&test, Role::CounterClerk, "nanshan").await);
        }
        let staff = acting(&test, &one).await;
        // A role that was given just before makes nobody's last role another.
        let edits = grant(&test, Role::ContentEditor, "nanshan");
        let given = giving::give(&test.app, &staff, &named("clerk2"), edits, test.now()).await.unwrap();
        for role in &roles[..5] {
            assert_eq!(take_back(&test, &staff, role).await, Ok(TakenBack::Ended));
        }
        let refused = take_back(&test, &staff, &roles[5]).await;
        assert!(matches!(refused, Err(Refusal::SuspendedMany { .. })), "{refused:?}");
        test.wait(TimeDelta::hours(25));
        let staff = acting(&test, &one).await;
        for role in &roles[5..] {
            let edits = grant(&test, Role::ContentEditor, "nanshan");
            let whose = if *role == roles[5] { "clerk7" } else { "clerk8" };
            giving::give(&test.app, &staff, &named(whose), edits, test.now()).await.unwrap();
        }
        test.wait(TimeDelta::hours(25));
        let staff = acting(&test, &one).await;
        for role in roles[5..].iter().chain([&given]) {
            assert_eq!(take_back(&test, &staff, role).await, Ok(TakenBack::Ended));
        }
    }
}

#[tokio::test]
async fn the_role_of_an_offices_last_manager_ends_once_two_have_taken_it_back() {
    for test in test_apps(Setup::default()).await {
        let (one, other) = (administrator(&test, 1, "nanshan").await, administrator(&test, 2, "nanshan").await);
        let last = clerk(&test, 3).await;
        let role = last.is_given(&test, Role::OfficeManager, "nanshan").await;
        // Of the manager of a demonstration nobody has the account any more.
        for name in ["demo-manager", "demo-manager-2"] {
            account::suspend(&test.app, &named(name), Actor::Operator, test.now()).await.unwrap();
        }
        let made = clerk(&test, 4).await;
        made.is_given(&test, Role::OfficeManager, "nanshan").await;
        let first = acting(&test, &one).await;
        assert_eq!(take_back(&test, &first, &role).await, Ok(TakenBack::Proposed), "a manager of today is no other");
        let second = acting(&test, &other).await;
        assert_eq!(take_back(&test, &second, &role).await, Ok(TakenBack::Ended));
        test.wait(TimeDelta::hours(25));
        let again = last.is_given(&test, Role::OfficeManager, "nanshan").await;
        let first = acting(&test, &one).await;
        assert_eq!(take_back(&test, &first, &again).await, Ok(TakenBack::Ended));
    }
}

#[tokio::test]
async fn an_auditors_account_is_closed_by_two_and_opened_anew_only_then() {
    for test in test_apps(Setup::default()).await {
        let (one, other) = (administrator(&test, 1, "nanshan").await, administrator(&test, 2, "nanshan").await);
        let (auditor, _) = auditor(&test, 3).await;
        let first = acting(&test, &one).await;
        assert_eq!(reset(&test, &first, &auditor).await, Err(Refusal::SuspendFirst));
        suspend(&test, &first, &auditor).await.unwrap();
        assert_eq!(reset(&test, &first, &auditor).await, Err(Refusal::SuspendFirst));
        let entry = people::one(&test.app, &first, &auditor.account, test.now()).await.unwrap().0;
        assert!(matches!(entry.state, State::SuspendedUntil { .. }));
        let second = acting(&test, &other).await;
        let agreed = confirming::decide(&test.app, &second, &auditor.account, Decision::Agree, test.now()).await;
        agreed.unwrap();
        let first = acting(&test, &one).await;
        reset(&test, &first, &auditor).await.unwrap();
    }
}

#[tokio::test]
async fn whoever_has_stopped_another_alone_gives_and_takes_no_role_before_a_second_has_spoken() {
    for test in test_apps(Setup::default()).await {
        let (one, other) = (administrator(&test, 1, "nanshan").await, administrator(&test, 2, "nanshan").await);
        let somebody = clerk(&test, 3).await;
        let role = somebody.is_given(&test, Role::CounterClerk, "nanshan").await;
        let staff = acting(&test, &one).await;
        suspend(&test, &staff, &other).await.unwrap();
        let give = async || {
            let new = grant(&test, Role::OfficeManager, "nanshan");
            let given = giving::give(&test.app, &staff, &somebody.account, new, test.now()).await;
            given.map(drop).map_err(|error| refusal(&error))
        };
        assert_eq!(give().await, Err(Refusal::SuspensionWaits));
        assert_eq!(take_back(&test, &staff, &role).await, Err(Refusal::SuspensionWaits));
        managing::lift(&test.app, &staff, &other.account, test.now()).await.unwrap();
        assert_eq!(give().await, Ok(()));
        assert_eq!(take_back(&test, &staff, &role).await, Ok(TakenBack::Ended));
    }
}

#[tokio::test]
async fn one_administrator_closes_five_accounts_an_hour() {
    for test in test_apps(Setup::default()).await {
        let one = administrator(&test, 1, "nanshan").await;
        let mut clerks = Vec::new();
        for n in 2..8 {
            let clerk = clerk(&test, n).await;
            clerk.is_given(&test, Role::ContentEditor, "nanshan").await;
            clerks.push(clerk);
        }
        let staff = acting(&test, &one).await;
        for clerk in &clerks[..4] {
            suspend(&test, &staff, clerk).await.unwrap();
            // What is closed already costs nothing.
            suspend(&test, &staff, clerk).await.unwrap();
        }
        reset(&test, &staff, &clerks[4]).await.unwrap();
        for refused in [suspend(&test, &staff, &clerks[5]).await, reset(&test, &staff, &clerks[5]).await] {
            let retry_after = match refused {
                Err(Refusal::SuspendedMany { retry_after }) => retry_after,
                other => panic!("{other:?}"),
            };
            assert!((3_500..=3_600).contains(&retry_after), "{retry_after}");
        }
        test.wait(TimeDelta::hours(1));
        let staff = acting(&test, &one).await;
        suspend(&test, &staff, &clerks[5]).await.unwrap();
    }
}
