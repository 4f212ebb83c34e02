//! What is said of a place under the bureau's name changes once two persons want it.

use chrono::TimeDelta;
use server::appointments::point;
use server::counter::described::{self, Change};
use server::counter::history::By;
use server::counter::looks::places::{self as listed, What};
use server::counter::looks::safety::Back;
use server::counter::place_change::{self, Decision, PlaceChange};
use server::counter::{further, offering};
use server::database::{
    DatabaseError, Rule,
    sql::{sql, text},
};
use server::staff::authority::{self, Staff};
use shared::localised::Localised;
use shared::marriage::SERVICE;
use shared::places::{PlaceId, said::Said};
use shared::staff::{Refusal, Role, StaffId};

use super::super::support::{TestApp, test_apps};
use super::hall::*;

pub fn place() -> PlaceId {
    PlaceId::parse("nanshan").unwrap()
}

/// Why staff were refused.
fn refusal(error: &server::Error) -> Refusal {
    error.refusal().unwrap_or_else(|| panic!("{error:?}"))
}

/// Two managers, of whom the first has proposed another phone.
pub async fn proposed(test: &TestApp) -> ([Staff; 2], PlaceChange) {
    let managers = [manager(test, 1).await, manager(test, 2).await];
    test.wait(TimeDelta::minutes(1));
    assert_eq!(propose(test, &managers[0], "0755-22222222").await.unwrap(), Change::Proposed);
    let change = waiting(test, &managers[0]).await.remove(0);
    (managers, change)
}

pub async fn propose(test: &TestApp, by: &Staff, phone: &str) -> Result<Change, server::Error> {
    let stands = described::list(&test.app, by, &nanshan()).await.unwrap().remove(0);
    let said = Said { phone: phone.to_owned(), ..stands.said.clone() };
    described::change(&test.app, by, &place(), (&said, &stands.seen()), test.now()).await
}

pub async fn waiting(test: &TestApp, staff: &Staff) -> Vec<PlaceChange> {
    place_change::waiting(&test.app, staff, test.now()).await.unwrap()
}

pub async fn decide(test: &TestApp, by: &Staff, change: &PlaceChange, decision: Decision) -> Result<(), Refusal> {
    let decided = place_change::decide(&test.app, by, &change.id, decision, test.now()).await;
    decided.map_err(|error| refusal(&error))
}

/// The phone that everybody is told.
pub async fn phone(test: &TestApp) -> String {
    point::one(&test.app, &SERVICE, &place()).await.unwrap().place.phone.clone()
}

async fn acts(test: &TestApp) -> Vec<String> {
    let statement = "select act from audit where stream = 'place:nanshan' order by sequence";
    let rows = sql(statement, []).fetch_all(&mut test.connection().await).await.unwrap();
    rows.iter().map(|row| text(row, "act").unwrap()).collect()
}

#[tokio::test]
async fn a_manager_alone_changes_nothing_that_is_said_of_a_place_in_use() {
    for test in test_apps(setup()).await {
        let before = phone(&test).await;
        let ([first, second], change) = proposed(&test).await;
        assert_eq!(phone(&test).await, before, "the old one is in force");
        assert!(!change.is_theirs);
        assert_eq!(decide(&test, &first, &change, Decision::Confirm).await, Err(Refusal::TakesAnother));
        for (n, role, office) in [(3, Role::CounterClerk, "nanshan"), (4, Role::OfficeManager, "demo-bay")] {
            let other = staff_at(&test, n, role, office).await;
            assert!(waiting(&test, &other).await.is_empty());
            for decision in [Decision::Confirm, Decision::Decline] {
                assert_eq!(decide(&test, &other, &change, decision).await, Err(Refusal::NothingToConfirm), "{role:?}");
            }
        }
        assert_eq!(phone(&test).await, before);
        assert_eq!(place_change::waiting_for(&test.app, &first, test.now()).await.unwrap(), 0);
        assert_eq!(place_change::waiting_for(&test.app, &second, test.now()).await.unwrap(), 1);
        assert_eq!(decide(&test, &second, &change, Decision::Confirm).await, Ok(()));
        assert_eq!(phone(&test).await, "0755-22222222", "what was remembered is forgotten");
        assert_eq!(decide(&test, &second, &change, Decision::Decline).await, Err(Refusal::NothingToConfirm), "once");
        assert_eq!(acts(&test).await, ["place_change_proposed", "place_described"]);
        let statement = "select actor, detail from audit where act = 'place_described'";
        let row = sql(statement, []).fetch_one(&mut test.connection().await).await.unwrap();
        assert_eq!(text(&row, "actor").unwrap(), format!("staff:{}", second.person()));
        let detail: serde_json::Value = serde_json::from_str(&text(&row, "detail").unwrap()).unwrap();
        assert_eq!(detail["proposer"], first.person().as_str());
        assert_eq!((&detail["from"]["phone"], &detail["to"]["phone"]), (&before.into(), &"0755-22222222".into()));
        holds(&test).await;
    }
}

#[tokio::test]
async fn where_an_office_has_one_manager_its_account_administrator_is_the_second_person() {
    for test in test_apps(setup()).await {
        clock(&test, "08:00:00");
        let administrator = staff_at(&test, 3, Role::AccountAdministrator, "nanshan").await;
        let manager = manager(&test, 1).await;
        test.wait(TimeDelta::minutes(1));
        propose(&test, &manager, "12345").await.unwrap();
        let change = waiting(&test, &administrator).await.remove(0);
        assert!(change.is_theirs);
        assert_eq!(decide(&test, &administrator, &change, Decision::Confirm).await, Ok(()));
        assert_eq!(phone(&test).await, "12345");
        holds(&test).await;
    }
}

#[tokio::test]
async fn one_change_waits_at_a_time_until_it_is_withdrawn_declined_or_three_days_old() {
    for test in test_apps(setup()).await {
        let before = phone(&test).await;
        let ([first, second], change) = proposed(&test).await;
        assert_eq!(propose(&test, &first, "0755-22222222").await.unwrap(), Change::Proposed, "the same press");
        for by in [&first, &second] {
            let other = propose(&test, by, "0755-33333333").await.unwrap_err();
            assert_eq!(refusal(&other), Refusal::PlaceChangeWaits);
        }
        assert_eq!(waiting(&test, &second).await.len(), 1);
        assert_eq!(decide(&test, &first, &change, Decision::Decline).await, Ok(()), "withdrawn");
        assert_eq!(decide(&test, &second, &change, Decision::Confirm).await, Err(Refusal::NothingToConfirm));
        propose(&test, &first, "0755-33333333").await.unwrap();
        let change = waiting(&test, &second).await.remove(0);
        assert_eq!(decide(&test, &second, &change, Decision::Decline).await, Ok(()));
        propose(&test, &first, "0755-44444444").await.unwrap();
        let change = waiting(&test, &second).await.remove(0);
        test.wait(TimeDelta::hours(72));
        assert!(waiting(&test, &second).await.is_empty());
        assert_eq!(decide(&test, &second, &change, Decision::Confirm).await, Err(Refusal::NothingToConfirm));
        assert_eq!(propose(&test, &first, "0755-44444444").await.unwrap(), Change::Proposed, "anew");
        assert_eq!(phone(&test).await, before);
        let proposed = "place_change_proposed";
        let told = [proposed, "place_change_withdrawn", proposed, "place_change_declined", proposed, proposed];
        assert_eq!(acts(&test).await, told);
        holds(&test).await;
    }
}

#[tokio::test]
async fn whoever_became_a_manager_after_it_was_proposed_is_not_the_second_person() {
    for test in test_apps(setup()).await {
        let (_, change) = proposed(&test).await;
        let late = manager(&test, 3).await;
        assert!(!waiting(&test, &late).await[0].is_theirs);
        assert_eq!(decide(&test, &late, &change, Decision::Confirm).await, Err(Refusal::NotTheSecond));
        assert_eq!(decide(&test, &late, &change, Decision::Decline).await, Ok(()), "to stop it takes no second");
    }
}

#[tokio::test]
async fn both_halves_ask_who_is_there() {
    for test in test_apps(setup()).await {
        let ([first, second], change) = proposed(&test).await;
        test.wait(TimeDelta::minutes(6));
        let first = authority::again(&test.app, &first, test.now()).await.unwrap();
        let second = authority::again(&test.app, &second, test.now()).await.unwrap();
        let unproved = propose(&test, &first, "12345").await.unwrap_err();
        assert_eq!(refusal(&unproved), Refusal::SignInAgain);
        for decision in [Decision::Confirm, Decision::Decline] {
            assert_eq!(decide(&test, &second, &change, decision).await, Err(Refusal::SignInAgain));
        }
    }
}

#[tokio::test]
async fn a_new_place_is_changed_at_once_until_it_offers_something() {
    for test in test_apps(setup()).await {
        let manager = manager(&test, 1).await;
        let stands = described::list(&test.app, &manager, &nanshan()).await.unwrap().remove(0);
        let mut said = stands.said;
        said.name.zh = "海湾路分厅".to_owned();
        let place = further::add(&test.app, &manager, &nanshan(), (said, None), test.now()).await.unwrap();
        let change = async |phone: &str| {
            let all = described::list(&test.app, &manager, &nanshan()).await.unwrap();
            let stands = all.into_iter().find(|said| said.id == place).unwrap();
            let said = Said { phone: phone.to_owned(), ..stands.said.clone() };
            described::change(&test.app, &manager, &place, (&said, &stands.seen()), test.now()).await.unwrap()
        };
        assert_eq!(change("12345").await, Change::Made);
        assert_eq!(change("12345").await, Change::Made, "nothing is different");
        offering::offer(&test.app, &manager, (&place, &SERVICE), test.now()).await.unwrap();
        assert_eq!(change("110").await, Change::Proposed);
        holds(&test).await;
    }
}

#[tokio::test]
async fn of_a_confirmation_and_a_withdrawal_at_the_same_instant_one_counts() {
    for test in test_apps(setup()).await {
        let ([first, second], change) = proposed(&test).await;
        let (one, other) = tokio::join!(
            decide(&test, &second, &change, Decision::Confirm),
            decide(&test, &first, &change, Decision::Decline),
        );
        assert_ne!(one.is_ok(), other.is_ok(), "{one:?} {other:?}");
        assert_eq!(phone(&test).await == "0755-22222222", one.is_ok());
        holds(&test).await;
    }
}

#[tokio::test]
async fn the_database_knows_that_two_persons_change_a_place() {
    for test in test_apps(setup()).await {
        let ([first, second], _) = proposed(&test).await;
        let refused = test.app.database().write_with(first.person().clone(), confirmed).await.unwrap_err();
        assert!(matches!(refused, DatabaseError::Refused(Rule::TwoPersons)), "{refused:?}");
        let twice = test.app.database().write_with(second.person().clone(), again).await.unwrap_err();
        assert!(matches!(twice, DatabaseError::Refused(Rule::PlaceChangedOnce)), "{twice:?}");
        test.app.database().write_with(second.person().clone(), confirmed).await.unwrap();
    }
}

async fn confirmed(connection: &mut sqlx::AnyConnection, by: &StaffId) -> Result<(), DatabaseError> {
    let statement = "update place_change set outcome = 'confirmed', decided_by = $1, decided_at = 1";
    sql(statement, [by.as_str().into()]).execute(connection).await?;
    Ok(())
}

async fn again(connection: &mut sqlx::AnyConnection, by: &StaffId) -> Result<(), DatabaseError> {
    let statement = "insert into place_change (id, place, was, said, proposer, proposed_at, expires_at) \
         select 'another', place, was, said, $1, proposed_at, expires_at from place_change";
    sql(statement, [by.as_str().into()]).execute(connection).await?;
    Ok(())
}

#[tokio::test]
async fn places_that_one_person_adds_and_what_is_said_of_them_are_read_by_the_manager_and_the_auditor() {
    for test in test_apps(setup()).await {
        let ([first, second], change) = proposed(&test).await;
        decide(&test, &second, &change, Decision::Confirm).await.unwrap();
        test.wait(TimeDelta::minutes(1));
        let said = Said { name: Localised::new("海湾路分厅", "Bay Street branch"), ..change.said.clone() };
        let added = further::add(&test.app, &first, &nanshan(), (said.clone(), None), test.now()).await.unwrap();
        test.wait(TimeDelta::minutes(1));
        further::withdraw(&test.app, &first, &nanshan(), &added, test.now()).await.unwrap();
        assert_eq!(propose(&test, &first, "0755-33333333").await.unwrap(), Change::Proposed);
        let dropped = waiting(&test, &first).await.remove(0);
        test.wait(TimeDelta::minutes(1));
        decide(&test, &second, &dropped, Decision::Decline).await.unwrap();
        let auditor = staff_at(&test, 3, Role::Auditor, "nanshan").await;
        let read = async |by: &Staff| listed::list(&test.app, by, &nanshan(), (Back::Month, 0), test.now()).await;
        let by = |staff: &Staff| By::Staff(Some(staff.account().clone()));
        let (from, to) = (change.was.clone(), change.said.clone());
        let (was, wanted) = (dropped.was.clone(), dropped.said.clone());
        let all = [
            (by(&second), What::NotChanged { from: was.clone(), to: wanted.clone(), withdrawn: false }),
            (by(&first), What::Proposed { from: was, to: wanted }),
            (by(&first), What::TakenOut),
            (by(&first), What::Added(said)),
            (by(&second), What::Changed { from: from.clone(), to: to.clone(), by_two: true }),
            (by(&first), What::Proposed { from, to }),
        ];
        for reader in [&auditor, &second] {
            let listed = read(reader).await.unwrap();
            let what: Vec<_> = listed.entries.iter().map(|entry| (entry.by.clone(), entry.what.clone())).collect();
            assert_eq!((what.as_slice(), listed.total), (&all[..], 6));
            assert_eq!(listed.entries[3].place.zh, "海湾路分厅");
        }
        for (n, role, office) in [(4, Role::CounterClerk, "nanshan"), (5, Role::Auditor, "demo-hill")] {
            assert!(is_not_allowed(&read(&staff_at(&test, n, role, office).await).await));
        }
        holds(&test).await;
    }
}
