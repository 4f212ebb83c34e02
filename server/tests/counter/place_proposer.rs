//! Whoever proposes a change of a place answers for it until it is confirmed, and neither of the two has just made the other.

use chrono::TimeDelta;
use server::audit::Actor;
use server::counter::described::Change;
use server::counter::place_change::Decision;
use server::database::sql::sql;
use server::staff::authority::{self, Staff};
use server::staff::session::{self, Signed};
use server::staff::{account, roles};
use shared::staff::{Grant, GrantedBy, NewGrant, Refusal, Role, Scope, Whereabouts};

use super::super::support::{TestApp, test_apps};
use super::hall::*;
use super::place_change::{decide, phone, propose, proposed, waiting};

#[tokio::test]
async fn what_somebody_proposed_who_was_stopped_since_is_confirmed_by_nobody() {
    for test in test_apps(setup()).await {
        let before = phone(&test).await;
        let ([first, second], change) = proposed(&test).await;
        let by = Actor::Staff(second.person().clone());
        account::suspend(&test.app, first.account(), by.clone(), test.now()).await.unwrap();
        assert!(waiting(&test, &second).await.is_empty());
        assert_eq!(decide(&test, &second, &change, Decision::Confirm).await, Err(Refusal::FirstStopped));
        assert_eq!(propose(&test, &second, "12345").await.unwrap(), Change::Proposed, "it keeps nobody from another");
        assert_eq!(phone(&test).await, before);
    }
    for test in test_apps(setup()).await {
        let ([first, second], change) = proposed(&test).await;
        let role = "update staff_role set until_at = $1 where staff_id = $2";
        let values = [test.now().into(), first.person().as_str().into()];
        sql(role, values).execute(&mut test.connection().await).await.unwrap();
        assert_eq!(decide(&test, &second, &change, Decision::Confirm).await, Err(Refusal::NothingToConfirm));
    }
}

/// What ends what somebody proposed, though they work on.
#[derive(Clone, Copy)]
enum Stop {
    ClosedAndLetIn,
    AllSessionsEnded,
    OtherSessionEnded,
    RoleTakenAndGiven,
}

#[tokio::test]
async fn what_a_stopped_manager_proposed_does_not_come_to_life_again_with_them() {
    for stop in [Stop::ClosedAndLetIn, Stop::AllSessionsEnded, Stop::OtherSessionEnded, Stop::RoleTakenAndGiven] {
        for test in test_apps(setup()).await {
            let before = phone(&test).await;
            let ([first, second], change) = proposed(&test).await;
            test.wait(TimeDelta::minutes(1));
            take(&test, stop, (&first, &second)).await;
            assert!(waiting(&test, &second).await.is_empty());
            let reads = match stop {
                Stop::RoleTakenAndGiven => Refusal::NothingToConfirm,
                _ => Refusal::FirstStopped,
            };
            assert_eq!(decide(&test, &second, &change, Decision::Confirm).await, Err(reads));
            assert_eq!(phone(&test).await, before);
            assert_eq!(
                propose(&test, &second, "12345").await.unwrap(),
                Change::Proposed,
                "it keeps nobody from another"
            );
            holds(&test).await;
        }
    }
}

async fn take(test: &TestApp, stop: Stop, (first, second): (&Staff, &Staff)) {
    match stop {
        Stop::ClosedAndLetIn => {
            account::suspend(&test.app, first.account(), second.actor(), test.now()).await.unwrap();
            let lifted = sql("update staff_account set suspended_at = null", []);
            lifted.execute(&mut test.connection().await).await.unwrap();
        }
        Stop::AllSessionsEnded => {
            session::end_all(&test.app, first.account(), second.actor(), test.now()).await.unwrap();
        }
        Stop::OtherSessionEnded => {
            // Whoever reads of a browser that is not theirs, beside their own.
            let own = Signed { id: "their own".to_owned(), ..first.signed.clone() };
            session::end(&test.app, &own, &first.signed.id, test.now()).await.unwrap();
        }
        Stop::RoleTakenAndGiven => {
            let statement = "update staff_role set until_at = $1 where staff_id = $2";
            let values = [test.now().into(), first.person().as_str().into()];
            sql(statement, values).execute(&mut test.connection().await).await.unwrap();
            grant(test, first.person(), Role::OfficeManager, "nanshan").await;
        }
    }
}

#[tokio::test]
async fn a_stop_that_was_pressed_before_or_is_of_a_clock_set_back_voids_what_was_proposed_before_it_is_written() {
    for earlier in [TimeDelta::milliseconds(30), TimeDelta::minutes(9)] {
        for test in test_apps(setup()).await {
            let before = phone(&test).await;
            let ([first, second], change) = proposed(&test).await;
            let pressed = test.now() - earlier;
            session::end_all(&test.app, first.account(), second.actor(), pressed).await.unwrap();
            assert!(waiting(&test, &second).await.is_empty());
            assert_eq!(decide(&test, &second, &change, Decision::Confirm).await, Err(Refusal::FirstStopped));
            assert_eq!(phone(&test).await, before);
            holds(&test).await;
        }
    }
}

#[tokio::test]
async fn whoever_was_signed_out_before_it_is_written_proposes_and_confirms_nothing() {
    for test in test_apps(setup()).await {
        let ([first, second], change) = proposed(&test).await;
        session::end_all(&test.app, second.account(), first.actor(), test.now()).await.unwrap();
        for decision in [Decision::Confirm, Decision::Decline] {
            assert_eq!(decide(&test, &second, &change, decision).await, Err(Refusal::SignInNeeded));
        }
        assert_eq!(decide(&test, &first, &change, Decision::Decline).await, Ok(()), "it waited still");
        let refused = propose(&test, &second, "0755-33333333").await.unwrap_err();
        assert_eq!(refused.refusal(), Some(Refusal::SignInNeeded));
        assert!(waiting(&test, &first).await.is_empty());
    }
}

#[tokio::test]
async fn a_session_that_its_owner_ends_takes_no_proposal_with_it() {
    for test in test_apps(setup()).await {
        let ([first, second], _) = proposed(&test).await;
        test.wait(TimeDelta::minutes(1));
        session::end(&test.app, &first.signed, &first.signed.id, test.now()).await.unwrap();
        assert!(waiting(&test, &second).await[0].is_theirs);
    }
}

#[tokio::test]
async fn whoever_has_just_made_somebody_a_manager_is_not_the_second_person_for_what_they_propose() {
    for test in test_apps(setup()).await {
        clock(&test, "08:00:00");
        let administrator = staff_at(&test, 3, Role::AccountAdministrator, "nanshan").await;
        let other = manager(&test, 2).await;
        let made = clerk(&test, 1).await;
        let at = Whereabouts { office: Some(nanshan()), ..Whereabouts::default() };
        let (role, scope) = (Role::OfficeManager, Scope::Office(nanshan()));
        let grant = Grant { role, scope, from: test.now(), until: None };
        let by = GrantedBy::One(administrator.person().clone());
        let new = NewGrant { person: made.person().clone(), grant, by };
        roles::give(&test.app, &new, &at, test.now()).await.unwrap();
        test.wait(TimeDelta::minutes(1));
        let made = authority::again(&test.app, &made, test.now()).await.unwrap();
        propose(&test, &made, "12345").await.unwrap();
        let change = waiting(&test, &administrator).await.remove(0);
        assert!(!change.is_theirs && waiting(&test, &other).await[0].is_theirs);
        assert_eq!(decide(&test, &administrator, &change, Decision::Confirm).await, Err(Refusal::NotTheSecond));
        let settled = "update staff_role set granted_at = granted_at - $1, from_at = from_at - $1 where staff_id = $2";
        let values = [TimeDelta::hours(72).num_milliseconds().into(), made.person().as_str().into()];
        sql(settled, values).execute(&mut test.connection().await).await.unwrap();
        assert_eq!(decide(&test, &administrator, &change, Decision::Confirm).await, Ok(()));
        assert_eq!(phone(&test).await, "12345");
    }
}
