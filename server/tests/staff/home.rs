//! An account is closed and opened where it is at home, whoever else gives its owner a role.

use chrono::TimeDelta;
use server::audit::Actor;
use server::staff::authority::Staff;
use server::staff::confirming::{self, Decision};
use server::staff::hiring::{self, Hired};
use server::staff::{account, giving, managing, people, proposal, roles, session};
use server::{Error, audit, domains};
use shared::staff::{Grant, Refusal, Role};

use super::super::support::staff::{Clerk, PASSWORD, clerk, papers};
use super::super::support::{Setup, TestApp, test_apps};
use super::administrators::{acting, administrator, refusal};
use super::hiring::{grant, take_up};

/// Somebody who works at `demo-bay`, and then is given a role at `nanshan` too, whether they want it or not.
async fn given_elsewhere(test: &TestApp, here: &Staff) -> (Clerk, String) {
    let somebody = clerk(test, 3).await;
    let at_home = somebody.is_given(test, Role::ContentEditor, "demo-bay").await;
    test.wait(TimeDelta::seconds(1));
    let role = grant(test, Role::ContentEditor, "nanshan");
    let hired = hiring::hire(&test.app, here, (&papers(3), &somebody.account), role, test.now()).await;
    assert_eq!(hired.unwrap(), Hired::HadAccount);
    (somebody, at_home)
}

fn refused<T>(done: Result<T, Error>) -> Option<Refusal> {
    done.err().map(|error| refusal(&error))
}

#[tokio::test]
async fn whoever_gives_somebody_of_another_office_a_role_takes_that_back_and_closes_nothing() {
    for test in test_apps(Setup::default()).await {
        let (thief, host) = (administrator(&test, 1, "nanshan").await, administrator(&test, 2, "demo-bay").await);
        let staff = acting(&test, &thief).await;
        let (somebody, _) = given_elsewhere(&test, &staff).await;
        let signed = somebody.sign_in(&test, None).await;
        let (app, name) = (&test.app, &somebody.account);
        let elsewhere = Some(Refusal::WorksElsewhere);
        assert_eq!(refused(managing::suspend(app, &staff, name, test.now()).await), elsewhere);
        assert_eq!(refused(managing::end_sessions(app, &staff, name, test.now()).await), elsewhere);
        assert_eq!(refused(managing::reset(app, &staff, name, test.now()).await), elsewhere);
        assert_eq!(refused(managing::lift(app, &staff, name, test.now()).await), elsewhere);
        assert!(session::find(app, &signed.session, test.now()).await.unwrap().is_some());
        // At home all of it is done, as if there were no such role.
        let at_home = acting(&test, &host).await;
        managing::suspend(app, &at_home, name, test.now()).await.unwrap();
        managing::lift(app, &at_home, name, test.now()).await.unwrap();
        test.wait(TimeDelta::seconds(30));
        somebody.sign_in(&test, None).await;
        let staff = acting(&test, &thief).await;
        let entry = people::one(app, &staff, name, test.now()).await.unwrap().0;
        let of =
            |office: &str| entry.roles.iter().find(|held| held.grant.scope.columns().1 == office).unwrap().id.clone();
        assert_eq!(
            refused(giving::take_back(app, &staff, &of("demo-bay"), test.now()).await),
            Some(Refusal::NotAllowed)
        );
        giving::take_back(app, &staff, &of("nanshan"), test.now()).await.unwrap();
        audit::verify_all(test.app.database(), domains::streams()).await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn an_account_is_opened_anew_and_confirmed_at_home_whatever_another_office_gave() {
    for test in test_apps(Setup::default()).await {
        let (thief, host) = (administrator(&test, 1, "nanshan").await, administrator(&test, 2, "demo-bay").await);
        let [theirs, ours] = [clerk(&test, 4).await, clerk(&test, 5).await];
        theirs.is_given(&test, Role::OfficeManager, "nanshan").await;
        ours.is_given(&test, Role::OfficeManager, "demo-bay").await;
        let staff = acting(&test, &thief).await;
        let (somebody, _) = given_elsewhere(&test, &staff).await;
        let (app, name) = (&test.app, &somebody.account);
        let at_home = acting(&test, &host).await;
        let code = managing::reset(app, &at_home, name, test.now()).await.unwrap();
        let number = format!("{:06}", take_up(&test, name, &code).await.unwrap());
        let stranger = acting(&test, &theirs).await;
        assert!(confirming::waiting(app, &stranger, test.now()).await.unwrap().is_empty());
        let shut_out = confirming::decide(app, &stranger, name, Decision::NotSeen, test.now()).await;
        assert_eq!(refused(shut_out), Some(Refusal::NothingToConfirm));
        let second = acting(&test, &ours).await;
        let entry = people::one(app, &at_home, name, test.now()).await.unwrap().0;
        assert_eq!(confirming::seconds(app, &entry, test.now()).await.unwrap(), ["clerk5"]);
        let seen = Decision::Seen { number: &number };
        confirming::decide(app, &second, name, seen, test.now()).await.unwrap();
    }
}

#[tokio::test]
async fn home_stays_where_roles_change_and_goes_on_once_they_have_ended() {
    for test in test_apps(Setup::default()).await {
        let (thief, host) = (administrator(&test, 1, "nanshan").await, administrator(&test, 2, "demo-bay").await);
        let staff = acting(&test, &thief).await;
        let (somebody, first) = given_elsewhere(&test, &staff).await;
        let (app, name) = (&test.app, &somebody.account);
        // The role here is younger than the one there by now, and where they work is the same.
        roles::take_back(app, &first, Actor::Operator, test.now()).await.unwrap();
        test.wait(TimeDelta::minutes(2));
        let next = somebody.is_given(&test, Role::OfficeManager, "demo-bay").await;
        let staff = acting(&test, &thief).await;
        let suspended = managing::suspend(app, &staff, name, test.now()).await;
        assert_eq!(refused(suspended), Some(Refusal::WorksElsewhere));
        let at_home = acting(&test, &host).await;
        managing::suspend(app, &at_home, name, test.now()).await.unwrap();
        managing::lift(app, &at_home, name, test.now()).await.unwrap();

        roles::take_back(app, &next, Actor::Operator, test.now()).await.unwrap();
        let staff = acting(&test, &thief).await;
        managing::suspend(app, &staff, name, test.now()).await.unwrap();
        managing::lift(app, &staff, name, test.now()).await.unwrap();
        // Who comes back later is a guest there.
        test.wait(TimeDelta::days(2));
        somebody.is_given(&test, Role::ContentEditor, "demo-bay").await;
        let at_home = acting(&test, &host).await;
        let suspended = managing::suspend(app, &at_home, name, test.now()).await;
        assert_eq!(refused(suspended), Some(Refusal::WorksElsewhere));
        test.wait(TimeDelta::seconds(30));
        assert!(somebody.try_in(&test, PASSWORD, &somebody.code(&test), None).await.is_ok());
    }
}

#[tokio::test]
async fn no_other_office_makes_an_administrator_of_somebody_or_closes_one_by_proposing_them() {
    for test in test_apps(Setup::default()).await {
        let (thief, host) = (administrator(&test, 1, "nanshan").await, administrator(&test, 2, "demo-bay").await);
        let staff = acting(&test, &thief).await;
        let role = grant(&test, Role::AccountAdministrator, "nanshan");
        let hired = hiring::hire(&test.app, &staff, (&papers(2), &host.account), role, test.now()).await;
        assert_eq!(refused(hired), Some(Refusal::RolesElsewhere));
        let (somebody, _) = given_elsewhere(&test, &staff).await;
        let role = grant(&test, Role::AccountAdministrator, "nanshan");
        let proposed = proposal::propose(&test.app, &staff, &somebody.account, role, test.now()).await;
        assert_eq!(refused(proposed), Some(Refusal::RolesElsewhere));
        let entry = people::one(&test.app, &staff, &somebody.account, test.now()).await.unwrap().0;
        assert!(entry.proposals.is_empty());
        // Nor has whoever is only proposed a home: there is nothing to close.
        let (person, account) = (papers(6), super::super::support::staff::named("zhao.li"));
        let role = grant(&test, Role::AccountAdministrator, "nanshan");
        hiring::hire(&test.app, &staff, (&person, &account), role, test.now()).await.unwrap();
        let suspended = managing::suspend(&test.app, &staff, &account, test.now()).await;
        assert_eq!(refused(suspended), Some(Refusal::WorksElsewhere));
    }
}

#[tokio::test]
async fn who_came_to_another_home_since_the_proposal_is_not_approved_any_more() {
    for test in test_apps(Setup::default()).await {
        let [one, other] = [administrator(&test, 1, "nanshan").await, administrator(&test, 2, "nanshan").await];
        let somebody = clerk(&test, 3).await;
        let here = somebody.is_given(&test, Role::ContentEditor, "nanshan").await;
        let staff = acting(&test, &one).await;
        let role = grant(&test, Role::AccountAdministrator, "nanshan");
        proposal::propose(&test.app, &staff, &somebody.account, role, test.now()).await.unwrap();
        let entry = people::one(&test.app, &staff, &somebody.account, test.now()).await.unwrap().0;
        roles::take_back(&test.app, &here, Actor::Operator, test.now()).await.unwrap();
        somebody.is_given(&test, Role::ContentEditor, "demo-bay").await;
        let second = acting(&test, &other).await;
        let approve = proposal::Decision::Approve;
        let approved = proposal::decide(&test.app, &second, &entry.proposals[0].id, approve, test.now()).await;
        assert_eq!(refused(approved), Some(Refusal::RolesElsewhere));
    }
}

#[tokio::test]
async fn a_role_that_was_taken_back_before_it_began_makes_nobody_at_home() {
    for test in test_apps(Setup::default()).await {
        let (thief, host) = (administrator(&test, 1, "nanshan").await, administrator(&test, 2, "demo-bay").await);
        let somebody = clerk(&test, 3).await;
        let (app, name) = (&test.app, &somebody.account);
        let there = somebody.is_given(&test, Role::ContentEditor, "demo-bay").await;
        let staff = acting(&test, &thief).await;
        let far = Grant { from: test.now() + TimeDelta::days(3_650), ..grant(&test, Role::ContentEditor, "nanshan") };
        let hired = hiring::hire(app, &staff, (&papers(3), name), far, test.now()).await;
        assert_eq!(hired.unwrap(), Hired::HadAccount);
        let entry = people::one(app, &staff, name, test.now()).await.unwrap().0;
        let role = entry.roles.iter().find(|held| held.grant.from > test.now()).unwrap().id.clone();
        giving::take_back(app, &staff, &role, test.now()).await.unwrap();
        let entry = people::one(app, &staff, name, test.now()).await.unwrap().0;
        assert_eq!(entry.live_roles(test.now()).count(), 1, "it neither holds nor will");
        // Neither once they have left and come back there, nor once they work nowhere any more.
        roles::take_back(app, &there, Actor::Operator, test.now()).await.unwrap();
        let elsewhere = Some(Refusal::WorksElsewhere);
        let staff = acting(&test, &thief).await;
        assert_eq!(refused(managing::suspend(app, &staff, name, test.now()).await), elsewhere);
        test.wait(TimeDelta::days(2));
        somebody.is_given(&test, Role::ContentEditor, "demo-bay").await;
        test.wait(TimeDelta::minutes(1));
        let staff = acting(&test, &thief).await;
        let again = grant(&test, Role::ContentEditor, "nanshan");
        giving::give(app, &staff, name, again, test.now()).await.unwrap();
        assert_eq!(refused(managing::suspend(app, &staff, name, test.now()).await), elsewhere);
        let at_home = acting(&test, &host).await;
        managing::suspend(app, &at_home, name, test.now()).await.unwrap();
    }
}

#[tokio::test]
async fn whoever_worked_here_once_is_closed_by_those_where_they_work_now() {
    for test in test_apps(Setup::default()).await {
        let (here, there) = (administrator(&test, 1, "nanshan").await, administrator(&test, 2, "demo-bay").await);
        let somebody = clerk(&test, 3).await;
        let before = somebody.is_given(&test, Role::CounterClerk, "nanshan").await;
        roles::take_back(&test.app, &before, Actor::Operator, test.now()).await.unwrap();
        let now = somebody.is_given(&test, Role::CounterClerk, "demo-bay").await;
        let (app, name) = (&test.app, &somebody.account);
        let signed = somebody.sign_in(&test, None).await;
        let staff = acting(&test, &here).await;
        let elsewhere = |done: Result<(), Error>| assert_eq!(refusal(&done.unwrap_err()), Refusal::WorksElsewhere);
        elsewhere(managing::suspend(app, &staff, name, test.now()).await);
        elsewhere(managing::end_sessions(app, &staff, name, test.now()).await);
        elsewhere(managing::reset(app, &staff, name, test.now()).await.map(drop));
        elsewhere(managing::lift(app, &staff, name, test.now()).await);
        assert!(session::find(app, &signed.session, test.now()).await.unwrap().is_some());
        let staff = acting(&test, &there).await;
        managing::end_sessions(app, &staff, name, test.now()).await.unwrap();
        // Of whoever works nowhere any more, those where they did last close the account.
        test.wait(TimeDelta::seconds(1));
        roles::take_back(app, &now, Actor::Operator, test.now()).await.unwrap();
        let staff = acting(&test, &here).await;
        elsewhere(managing::suspend(app, &staff, name, test.now()).await);
        elsewhere(managing::reset(app, &staff, name, test.now()).await.map(drop));
        let staff = acting(&test, &there).await;
        managing::suspend(app, &staff, name, test.now()).await.unwrap();
        assert!(account::person(app, name).await.is_ok());
    }
}
