//! Taking people on, and what an administrator does with their accounts.

use chrono::TimeDelta;
use server::database::sql::{sql, text};
use server::staff::authority::Staff;
use server::staff::hiring::{self, Hired};
use server::staff::people::{self, State};
use server::staff::session::{self, FRESH};
use server::staff::totp::step_at;
use server::staff::{account, giving, invitation, managing};
use server::{audit, domains, jobs};
use shared::problem::Problem;
use shared::staff::{AccountName, Grant, OfficeId, Refusal, Role, Scope};

use super::super::support::staff::{PASSWORD, chosen, clerk, named, papers, person_of};
use super::super::support::{Setup, TestApp, test_apps};
use super::administrators::{acting, administrator, refusal};

pub fn grant(test: &TestApp, role: Role, office: &str) -> Grant {
    Grant { role, scope: Scope::Office(OfficeId::parse(office).unwrap()), from: test.now(), until: None }
}

async fn hire(test: &TestApp, staff: &Staff, n: usize, name: &str, grant: Grant) -> Result<Hired, Refusal> {
    let hired = hiring::hire(&test.app, staff, (&papers(n), &named(name)), grant, test.now()).await;
    hired.map_err(|error| refusal(&error))
}

/// Sets an account up with the code that was handed over; what its owner tells a second person, where it takes one.
pub async fn take_up(test: &TestApp, account: &AccountName, code: &str) -> Option<u32> {
    let secret = invitation::look(&test.app, account, code, test.now()).await.unwrap();
    let totp = secret.code(step_at(test.now())).unwrap();
    let ready = invitation::take_up(&test.app, (account, code), &chosen(PASSWORD), &totp, test.now()).await.unwrap();
    test.wait(TimeDelta::seconds(30));
    ready.number
}

async fn state(test: &TestApp, staff: &Staff, name: &str) -> State {
    people::one(&test.app, staff, &named(name), test.now()).await.unwrap().0.state
}

#[tokio::test]
async fn somebody_is_taken_on_whole_or_not_at_all_and_sets_the_account_up_themselves() {
    for test in test_apps(Setup::default()).await {
        let admin = administrator(&test, 1, "nanshan").await;
        let staff = acting(&test, &admin).await;
        let clerk = grant(&test, Role::CounterClerk, "nanshan");
        let Hired::Invited { code } = hire(&test, &staff, 3, "wang.min", clerk.clone()).await.unwrap() else {
            panic!("nobody had that account");
        };
        assert!(matches!(state(&test, &staff, "wang.min").await, State::Invited { .. }));
        take_up(&test, &named("wang.min"), &code).await;
        assert_eq!(state(&test, &staff, "wang.min").await, State::Unconfirmed);
        let (entry, _) = people::one(&test.app, &staff, &named("wang.min"), test.now()).await.unwrap();
        assert_eq!(entry.roles[0].given_by.as_deref(), Some("clerk1"));

        // A name that is taken leaves nobody on the list.
        assert_eq!(hire(&test, &staff, 4, "wang.min", clerk.clone()).await, Err(Refusal::AccountTaken));
        assert!(matches!(hire(&test, &staff, 4, "li.na", clerk).await, Ok(Hired::Invited { .. })));
        audit::verify_all(test.app.database(), domains::streams()).await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn one_number_is_one_person_and_a_second_account_of_theirs_is_told() {
    for test in test_apps(Setup::default()).await {
        let admin = administrator(&test, 1, "nanshan").await;
        let staff = acting(&test, &admin).await;
        let clerk = grant(&test, Role::CounterClerk, "nanshan");
        hire(&test, &staff, 3, "wang.min", clerk.clone()).await.unwrap();
        assert_eq!(hire(&test, &staff, 3, "wang.min2", clerk.clone()).await, Err(Refusal::PersonKnown));
        // Nor does an administrator come to a role by taking themselves on, under whatever name.
        let auditor = grant(&test, Role::ContentEditor, "nanshan");
        assert_eq!(hire(&test, &staff, 1, "second.me", auditor.clone()).await, Err(Refusal::PersonKnown));
        assert_eq!(hire(&test, &staff, 1, "clerk1", auditor).await, Err(Refusal::OwnRole));
        // Another office gives them a role with the number and the name of the account, and no invitation.
        let other = administrator(&test, 2, "demo-bay").await;
        let other = acting(&test, &other).await;
        let there = grant(&test, Role::CounterClerk, "demo-bay");
        assert_eq!(hire(&test, &other, 3, "else", there.clone()).await, Err(Refusal::PersonKnown));
        let unseen = people::one(&test.app, &other, &named("wang.min"), test.now()).await.err().unwrap();
        assert_eq!(unseen.into_problem(), Problem::NotFound);
        assert_eq!(hire(&test, &other, 3, "wang.min", there).await, Ok(Hired::HadAccount));
        assert!(people::one(&test.app, &other, &named("wang.min"), test.now()).await.is_ok());
    }
}

#[tokio::test]
async fn nobody_is_taken_on_for_an_office_that_is_not_the_administrators() {
    for test in test_apps(Setup::default()).await {
        let admin = administrator(&test, 1, "nanshan").await;
        let staff = acting(&test, &admin).await;
        let there = grant(&test, Role::CounterClerk, "demo-bay");
        assert_eq!(hire(&test, &staff, 3, "wang.min", there).await, Err(Refusal::NotAllowed));
        let clerk = clerk(&test, 5).await;
        clerk.is_given(&test, Role::OfficeManager, "nanshan").await;
        let manager = acting(&test, &clerk).await;
        let here = grant(&test, Role::CounterClerk, "nanshan");
        assert_eq!(hire(&test, &manager, 3, "wang.min", here).await, Err(Refusal::NotAllowed));
        assert!(people::list(&test.app, &manager, test.now()).await.unwrap().entries.is_empty());
    }
}

#[tokio::test]
async fn what_is_hard_to_undo_asks_for_password_and_code_within_five_minutes() {
    for test in test_apps(Setup::default()).await {
        let admin = administrator(&test, 1, "nanshan").await;
        let clerk = clerk(&test, 3).await;
        let role = clerk.is_given(&test, Role::CounterClerk, "nanshan").await;
        let staff = acting(&test, &admin).await;
        test.wait(FRESH);
        let staff = server::staff::authority::again(&test.app, &staff, test.now()).await.unwrap();
        let (app, name, now) = (&test.app, &clerk.account, test.now());
        let finance = grant(&test, Role::Finance, "nanshan");
        let again = Refusal::SignInAgain;
        assert_eq!(managing::suspend(app, &staff, name, now).await.map_err(|e| refusal(&e)), Err(again));
        assert_eq!(managing::lift(app, &staff, name, now).await.map_err(|e| refusal(&e)), Err(again));
        assert_eq!(managing::end_sessions(app, &staff, name, now).await.map_err(|e| refusal(&e)), Err(again));
        assert_eq!(managing::reset(app, &staff, name, now).await.map_err(|e| refusal(&e)), Err(again));
        assert_eq!(giving::give(app, &staff, name, finance.clone(), now).await.map_err(|e| refusal(&e)), Err(again));
        assert_eq!(giving::take_back(app, &staff, &role, now).await.map_err(|e| refusal(&e)), Err(again));
        assert_eq!(hire(&test, &staff, 7, "new.one", finance).await, Err(again));
    }
}

#[tokio::test]
async fn an_account_is_closed_at_once_and_let_in_again_as_it_was() {
    for test in test_apps(Setup::default()).await {
        let admin = administrator(&test, 1, "nanshan").await;
        let clerk = clerk(&test, 3).await;
        clerk.is_given(&test, Role::CounterClerk, "nanshan").await;
        let signed = clerk.sign_in(&test, None).await;
        let staff = acting(&test, &admin).await;
        let lasts = async || session::find(&test.app, &signed.session, test.now()).await.unwrap().is_some();
        assert!(lasts().await);
        managing::suspend(&test.app, &staff, &clerk.account, test.now()).await.unwrap();
        assert!(!lasts().await);
        assert_eq!(state(&test, &staff, "clerk3").await, State::Suspended);
        let refused = clerk.try_in(&test, PASSWORD, &clerk.code(&test), None).await.unwrap_err();
        assert_eq!(refused.refusal(), Some(Refusal::NotRecognised));
        managing::lift(&test.app, &staff, &clerk.account, test.now()).await.unwrap();
        test.wait(TimeDelta::seconds(30));
        clerk.sign_in(&test, None).await;
        managing::end_sessions(&test.app, &staff, &clerk.account, test.now()).await.unwrap();
        assert!(session::list(&test.app, &clerk.account, test.now()).await.unwrap().is_empty());
        let own = managing::suspend(&test.app, &staff, &admin.account, test.now()).await.unwrap_err();
        assert_eq!(own.refusal(), Some(Refusal::OwnAccount));
    }
}

#[tokio::test]
async fn whoever_has_lost_the_way_in_is_let_in_anew_by_another_who_learns_no_password() {
    for test in test_apps(Setup::default()).await {
        let admin = administrator(&test, 1, "nanshan").await;
        let clerk = clerk(&test, 3).await;
        clerk.is_given(&test, Role::CounterClerk, "nanshan").await;
        let signed = clerk.sign_in(&test, None).await;
        let staff = acting(&test, &admin).await;
        let code = managing::reset(&test.app, &staff, &clerk.account, test.now()).await.unwrap();
        assert!(session::find(&test.app, &signed.session, test.now()).await.unwrap().is_none(), "at once");
        assert!(matches!(state(&test, &staff, "clerk3").await, State::Invited { .. }));
        let refused = clerk.try_in(&test, PASSWORD, &clerk.code(&test), None).await.unwrap_err();
        assert_eq!(refused.refusal(), Some(Refusal::NotRecognised), "what may be in other hands opens nothing");
        take_up(&test, &clerk.account, &code).await;
        assert_eq!(state(&test, &staff, "clerk3").await, State::Unconfirmed);
        let twice = invitation::look(&test.app, &clerk.account, &code, test.now()).await.unwrap_err();
        assert_eq!(twice.refusal(), Some(Refusal::InvitationOver));
    }
}

#[tokio::test]
async fn an_administrators_account_is_opened_by_the_operator_and_nobodys_from_another_office() {
    for test in test_apps(Setup::default()).await {
        let admin = administrator(&test, 1, "nanshan").await;
        let clerk = clerk(&test, 3).await;
        clerk.is_given(&test, Role::CounterClerk, "nanshan").await;
        let staff = acting(&test, &admin).await;
        // Whoever held two administrators' accounts would be the two persons of every proposal.
        let reset = managing::reset(&test.app, &staff, &named("demo-admin-2"), test.now()).await;
        assert_eq!(reset.map_err(|error| refusal(&error)), Err(Refusal::OperatorOpens));
        let elsewhere = administrator(&test, 4, "demo-bay").await;
        let elsewhere = acting(&test, &elsewhere).await;
        for name in ["clerk1", "demo-clerk"] {
            let unseen = managing::suspend(&test.app, &elsewhere, &named(name), test.now()).await.unwrap_err();
            assert_eq!(unseen.into_problem(), Problem::NotFound, "{name}");
        }
        let theirs = people::one(&test.app, &staff, &named("demo-clerk"), test.now()).await.unwrap().0.roles.remove(0);
        let taken = giving::take_back(&test.app, &elsewhere, &theirs.id, test.now()).await;
        assert_eq!(taken.map_err(|error| refusal(&error)), Err(Refusal::NotAllowed));
    }
}

#[tokio::test]
async fn an_account_that_nobody_has_used_for_ninety_days_is_suspended_and_comes_back_for_ninety_more() {
    for test in test_apps(Setup::default()).await {
        let admin = administrator(&test, 1, "nanshan").await;
        let clerk = clerk(&test, 3).await;
        clerk.is_given(&test, Role::CounterClerk, "nanshan").await;
        test.wait(TimeDelta::days(89));
        acting(&test, &admin).await;
        jobs::round(&test.app, test.now()).await.unwrap();
        let staff = acting(&test, &admin).await;
        assert_eq!(state(&test, &staff, "clerk3").await, State::Active);
        test.wait(TimeDelta::days(1));
        jobs::round(&test.app, test.now()).await.unwrap();
        jobs::round(&test.app, test.now()).await.unwrap();
        let staff = acting(&test, &admin).await;
        assert_eq!(state(&test, &staff, "clerk3").await, State::Unused);
        assert_eq!(state(&test, &staff, "demo-clerk").await, State::Active, "the invented wait as long as it takes");
        let statement = "select actor from audit where stream = $1 and act = 'account_suspended'";
        let stream = format!("staff:{}", person_of(&test, "clerk3").await);
        let rows = sql(statement, [stream.into()]).fetch_all(&mut *test.app.database().read().await.unwrap()).await;
        let actors: Vec<_> = rows.unwrap().iter().map(|row| text(row, "actor").unwrap()).collect();
        assert_eq!(actors, ["system"], "once");
        managing::lift(&test.app, &staff, &clerk.account, test.now()).await.unwrap();
        jobs::round(&test.app, test.now()).await.unwrap();
        assert_eq!(state(&test, &staff, "clerk3").await, State::Active);
        let who = account::person(&test.app, &clerk.account).await.unwrap();
        assert_eq!(who.document, Some(papers(3).document));
    }
}
