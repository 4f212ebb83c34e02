//! Giving roles: by whom, to whom, where and when.

use chrono::TimeDelta;
use server::audit::Actor;
use server::database::Rule;
use server::database::{DatabaseError, sql::sql};
use server::staff::roles;
use shared::staff::{
    Grant, GrantedBy, NewGrant, OfficeId, Refusal, Right, Role, Scope, StaffId, Whereabouts, allowed_by,
};

use super::super::support::staff::clerk;
use super::super::support::{Setup, TestApp, test_apps};

fn office(name: &str) -> OfficeId {
    OfficeId::parse(name).unwrap()
}

fn at(name: &str) -> Whereabouts {
    Whereabouts { office: Some(office(name)), ..Whereabouts::default() }
}

async fn give(test: &TestApp, person: &StaffId, role: Role, by: GrantedBy, place: &str) -> Result<String, Refusal> {
    let grant = Grant { role, scope: Scope::Office(office(place)), from: test.now(), until: None };
    let new = NewGrant { person: person.clone(), grant, by };
    let given = roles::give(&test.app, &new, &at(place), test.now()).await;
    given.map_err(|error| error.refusal().unwrap_or_else(|| panic!("{error:?}")))
}

async fn may(test: &TestApp, person: &StaffId, right: Right, place: &str) -> bool {
    let grants = roles::of(&test.app, person).await.unwrap();
    allowed_by(&grants, right, &at(place), test.now()).is_some()
}

/// The first administrators of an office, made by the operator.
async fn administrators(test: &TestApp, place: &str) -> [StaffId; 2] {
    let both = [clerk(test, 1).await.person, clerk(test, 2).await.person];
    for person in &both {
        give(test, person, Role::AccountAdministrator, GrantedBy::Operator, place).await.unwrap();
    }
    both
}

#[tokio::test]
async fn an_administrator_gives_roles_where_hers_holds_and_to_others_only() {
    for test in test_apps(Setup::default()).await {
        let [first, second] = administrators(&test, "luohu").await;
        let new = clerk(&test, 3).await.person;
        let by = || GrantedBy::One(first.clone());
        assert!(!may(&test, &new, Right::WorkAtCounter, "luohu").await);
        let elsewhere = give(&test, &new, Role::CounterClerk, by(), "futian").await;
        assert_eq!(elsewhere, Err(Refusal::NotAllowed));
        let id = give(&test, &new, Role::CounterClerk, by(), "luohu").await.unwrap();
        assert!(may(&test, &new, Right::WorkAtCounter, "luohu").await);
        assert!(!may(&test, &new, Right::WorkAtCounter, "futian").await);
        let by_clerk = give(&test, &second, Role::ContentEditor, GrantedBy::One(new.clone()), "luohu").await;
        assert_eq!(by_clerk, Err(Refusal::NotAllowed));
        assert_eq!(give(&test, &first, Role::ContentEditor, by(), "luohu").await, Err(Refusal::OwnRole));
        assert_eq!(
            give(&test, &new, Role::Auditor, by(), "luohu").await,
            Err(Refusal::RolesExclude { role: Role::Auditor, held: Role::CounterClerk })
        );

        test.wait(TimeDelta::seconds(1));
        roles::take_back(&test.app, &id, Actor::Staff(first.clone()), test.now()).await.unwrap();
        assert!(!may(&test, &new, Right::WorkAtCounter, "luohu").await, "at once");
        give(&test, &new, Role::Auditor, by(), "luohu").await.unwrap();
    }
}

#[tokio::test]
async fn a_role_of_the_hall_is_given_for_an_office_and_for_none_of_its_places() {
    for test in test_apps(Setup::default()).await {
        let new = clerk(&test, 3).await.person;
        for role in Role::ALL.iter().copied().filter(|role| !role.takes_two() && *role != Role::Auditor) {
            for (kind, id) in [("place", "demo-bay-hall"), ("organisation", "bureau")] {
                let scope = Scope::restore(kind, id).unwrap();
                let grant = Grant { role, scope, from: test.now(), until: None };
                let new = NewGrant { person: new.clone(), grant, by: GrantedBy::Operator };
                let given = roles::give(&test.app, &new, &at("demo-bay"), test.now()).await;
                let refused = given.err().map(|error| error.refusal().unwrap_or_else(|| panic!("{error:?}")));
                let is_of_hall = [Role::CounterClerk, Role::OfficeManager].contains(&role);
                assert_eq!(refused, is_of_hall.then_some(Refusal::WholeOffice { role }), "{role:?} {kind}");
            }
        }
    }
}

#[tokio::test]
async fn a_further_administrator_takes_two_who_are_ones() {
    for test in test_apps(Setup::default()).await {
        let [first, second] = administrators(&test, "luohu").await;
        let third = clerk(&test, 3).await.person;
        let role = Role::AccountAdministrator;
        assert_eq!(give(&test, &third, role, GrantedBy::One(first.clone()), "luohu").await, Err(Refusal::TakesTwo));
        let two = |proposer: &StaffId, approver: &StaffId| GrantedBy::Two {
            proposer: proposer.clone(),
            approver: approver.clone(),
        };
        assert_eq!(give(&test, &third, role, two(&first, &first), "luohu").await, Err(Refusal::TakesTwo));
        assert_eq!(give(&test, &third, role, two(&first, &third), "luohu").await, Err(Refusal::NotAllowed));
        give(&test, &third, role, two(&first, &second), "luohu").await.unwrap();
        assert!(may(&test, &third, Right::ManageAccounts, "luohu").await);
    }
}

#[tokio::test]
async fn two_roles_that_exclude_each_other_given_at_the_same_instant_are_one() {
    for test in test_apps(Setup::default()).await {
        let [first, second] = administrators(&test, "luohu").await;
        let new = clerk(&test, 3).await.person;
        let (one, other) = tokio::join!(
            give(&test, &new, Role::Auditor, GrantedBy::One(first), "luohu"),
            give(&test, &new, Role::Finance, GrantedBy::One(second), "luohu"),
        );
        assert_ne!(one.is_ok(), other.is_ok(), "{one:?} {other:?}");
    }
}

#[tokio::test]
async fn the_database_knows_that_nobody_gives_themselves_a_role_and_that_an_administrator_takes_two() {
    for test in test_apps(Setup::default()).await {
        let [first, second] = administrators(&test, "luohu").await.map(|person| person.to_string());
        let text = |text: &str| Some(text.to_owned());
        for (person, by, and, role, rule) in [
            (&first, text(&first), None, "reviewer", Rule::NobodyGrantsThemselves),
            (&first, text(&second), text(&first), "reviewer", Rule::NobodyGrantsThemselves),
            (&first, text(&second), text(&second), "reviewer", Rule::RoleTakesTwo),
            (&first, text(&second), None, "account_administrator", Rule::RoleTakesTwo),
        ] {
            let values = (person.clone(), by, and, role);
            let refused = test.app.database().write_with(values, insert).await.unwrap_err();
            assert!(matches!(refused, DatabaseError::Refused(broken) if broken == rule), "{refused:?}");
        }
    }
}

async fn insert(
    connection: &mut sqlx::AnyConnection,
    (person, by, and, role): &(String, Option<String>, Option<String>, &'static str),
) -> Result<(), DatabaseError> {
    let statement = "insert into staff_role (id, staff_id, role, scope, scope_id, from_at, granted_by, approved_by, \
         granted_at) values ('x', $1, $2, 'office', 'luohu', 0, $3, $4, 0)";
    let values = [person.as_str().into(), (*role).into(), by.clone().into(), and.clone().into()];
    sql(statement, values).execute(connection).await?;
    Ok(())
}
