//! Roles and rights as a table, and what nobody may hold together.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use shared::locale::Locale;
use shared::staff::{
    Grant, GrantedBy, NewGrant, OfficeId, Refusal, Right, Role, Scope, StaffId, Whereabouts, allowed_by, check_new,
};

/// A row for each right: who has it, in the order clerk, reviewer, approver, finance, editor, manager, auditor,
/// administrator.
const TABLE: &[(Right, &str)] = &[
    (Right::SeeDay, "x....x.."),
    (Right::WorkAtCounter, "x....x.."),
    (Right::CallOutOfOrder, ".....x.."),
    (Right::BookForPeople, "x....x.."),
    (Right::Unmask, "xxx..x.."),
    (Right::ReleaseBooking, "x....x.."),
    (Right::SeeCases, ".xxx...."),
    (Right::ReviewCases, ".x......"),
    (Right::DecideCases, "..x....."),
    (Right::ReleasePayouts, "...x...."),
    (Right::EditTexts, "....x..."),
    (Right::ManageOffice, ".....x.."),
    (Right::AddPlaces, ".....x.x"),
    (Right::CorrectClosedDay, ".....x.."),
    (Right::SeeFigures, "..xx.xx."),
    (Right::ReadLogs, "......x."),
    (Right::SeeSafetyLooks, ".....xx."),
    (Right::SeeClosedAccounts, ".....xxx"),
    (Right::ManageAccounts, ".......x"),
    (Right::GrantRoles, ".......x"),
    (Right::ConfirmAccounts, ".....x.x"),
];

/// Pairs that one person may hold at a time, in the same order; the diagonal is the same role at two offices.
const TOGETHER: [&str; 8] =
    ["xxxxxx..", "xxxxxx..", "xxxxxx..", "xxxxxx..", "xxxxxx.x", "xxxxxx..", "......x.", "....x..x"];

fn instant(hours: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::hours(hours)
}

fn person(name: &str) -> StaffId {
    StaffId::parse(name).expect("an id")
}

fn office(name: &str) -> OfficeId {
    OfficeId::parse(name).expect("an id")
}

fn at(name: &str) -> Whereabouts {
    Whereabouts { office: Some(office(name)), ..Whereabouts::default() }
}

fn grant(role: Role, from: i64, until: Option<i64>) -> Grant {
    Grant { role, scope: Scope::Office(office("nanshan")), from: instant(from), until: until.map(instant) }
}

fn new(role: Role, by: GrantedBy) -> NewGrant {
    NewGrant { person: person("li"), grant: grant(role, 0, None), by }
}

#[test]
fn every_role_has_exactly_the_rights_of_the_table() {
    assert_eq!(TABLE.iter().map(|(right, _)| *right).collect::<Vec<_>>(), Right::ALL);
    for (right, row) in TABLE {
        let marks: String = Role::ALL.iter().map(|role| if role.allows(*right) { 'x' } else { '.' }).collect();
        assert_eq!(marks, *row, "{right:?}");
    }
}

#[test]
fn an_administrator_sees_nobody_and_an_auditor_changes_nothing_whatever_else_they_hold() {
    for (role, row) in Role::ALL.iter().zip(TOGETHER) {
        let marks: String = Role::ALL.iter().map(|other| if role.excludes(*other) { '.' } else { 'x' }).collect();
        assert_eq!(marks, row, "{role:?}");
    }
    let rights = |role: Role| Role::ALL.iter().filter(move |other| !role.excludes(**other)).flat_map(|r| r.rights());
    assert!(rights(Role::AccountAdministrator).all(|right| !right.shows_people()));
    assert!(rights(Role::Auditor).all(|right| !right.changes()));
    assert!(Role::Auditor.excludes(Role::AccountAdministrator));
}

#[test]
fn a_role_holds_where_and_when_it_was_given_and_nowhere_else() {
    let grants = [grant(Role::CounterClerk, 8, Some(10))];
    let may = |right, place: &str, now| allowed_by(&grants, right, &at(place), instant(now)).is_some();
    assert!(may(Right::WorkAtCounter, "nanshan", 8) && may(Right::WorkAtCounter, "nanshan", 9));
    assert!(!may(Right::WorkAtCounter, "nanshan", 7) && !may(Right::WorkAtCounter, "nanshan", 10));
    assert!(!may(Right::WorkAtCounter, "futian", 9));
    assert!(!may(Right::ManageOffice, "nanshan", 9));
    assert!(allowed_by(&grants, Right::SeeDay, &Whereabouts::default(), instant(9)).is_none());
}

#[test]
fn nobody_gives_themselves_a_role_alone_or_with_another() {
    let other = || person("wang");
    for by in [
        GrantedBy::One(person("li")),
        GrantedBy::Two { proposer: person("li"), approver: other() },
        GrantedBy::Two { proposer: other(), approver: person("li") },
    ] {
        for role in Role::ALL {
            assert_eq!(check_new(&new(*role, by.clone()), []), Err(Refusal::OwnRole), "{role:?} {by:?}");
        }
    }
}

#[test]
fn a_further_administrator_takes_two_people_and_the_first_ones_the_operator() {
    let two = |second: &str| GrantedBy::Two { proposer: person("wang"), approver: person(second) };
    let administrator = |by| check_new(&new(Role::AccountAdministrator, by), []);
    assert_eq!(administrator(GrantedBy::One(person("wang"))), Err(Refusal::TakesTwo));
    assert_eq!(administrator(two("wang")), Err(Refusal::TakesTwo), "one person is not two");
    assert_eq!(administrator(two("zhao")), Ok(()));
    assert_eq!(administrator(GrantedBy::Operator), Ok(()));
    assert_eq!(check_new(&new(Role::CounterClerk, GrantedBy::One(person("wang"))), []), Ok(()));
}

#[test]
fn roles_that_exclude_each_other_may_follow_but_not_overlap() {
    let by = || GrantedBy::Operator;
    for (from, until, refused) in
        [(-5, None, true), (-5, Some(1), true), (-5, Some(0), false), (3, Some(4), true), (3, Some(3), false)]
    {
        let held = grant(Role::CounterClerk, from, until);
        let expected = Refusal::RolesExclude { role: Role::Auditor, held: Role::CounterClerk };
        let given = check_new(&new(Role::Auditor, by()), [&held]);
        assert_eq!(given, if refused { Err(expected) } else { Ok(()) }, "{from} {until:?}");
    }
    let backwards = NewGrant { grant: grant(Role::Reviewer, 3, Some(3)), ..new(Role::Reviewer, by()) };
    assert_eq!(check_new(&backwards, []), Err(Refusal::EmptyTime));
}

#[test]
fn every_role_has_words_of_its_own_in_both_languages() {
    for locale in Locale::ALL {
        let words: std::collections::BTreeSet<_> = Role::ALL.iter().map(|role| role.words(locale)).collect();
        assert_eq!(words.len(), Role::ALL.len());
    }
}

fn any_grant() -> impl Strategy<Value = Grant> {
    let role = prop::sample::select(Role::ALL);
    (role, 0_i64..20, proptest::option::of(0_i64..20), prop::sample::select(&["nanshan", "futian"][..])).prop_map(
        |(role, from, until, place)| Grant { scope: Scope::Office(office(place)), ..grant(role, from, until) },
    )
}

proptest! {
    #[test]
    fn whatever_is_given_one_after_the_other_an_administrator_sees_nobody_and_an_auditor_changes_nothing(
        asked in proptest::collection::vec(any_grant(), 0..12), now in 0_i64..20,
    ) {
        let mut held: Vec<Grant> = Vec::new();
        for grant in asked {
            let new = NewGrant { person: person("li"), grant: grant.clone(), by: GrantedBy::Operator };
            if check_new(&new, &held).is_ok() {
                held.push(grant);
            }
        }
        let may = |right| ["nanshan", "futian"].iter().any(|p| allowed_by(&held, right, &at(p), instant(now)).is_some());
        let sees = Right::ALL.iter().any(|right| right.shows_people() && may(*right));
        let changes = Right::ALL.iter().any(|right| right.changes() && may(*right));
        prop_assert!(!(may(Right::ManageAccounts) && sees), "{held:?}");
        prop_assert!(!(may(Right::ReadLogs) && changes), "{held:?}");
    }
}
