//! What the clock told of a case stands before whoever has to know of it, higher up the less time is left, until they say that they
//! know.

use server::procedures::acts;
use server::procedures::alerts::{self, Running};
use server::staff::authority::{self, Staff};
use server::staff::roles;
use shared::notices::bureau;
use shared::procedures::{Act, Alert, Outcome};
use shared::staff::{Grant, GrantedBy, NewGrant, Role, Scope};

use super::super::counter::hall::{holds, is_not_allowed, number, setup};
use super::super::support::{TestApp, test_apps};
use super::desk::{act, approver, granted, jobs, proposes, reviewer, signed, submitted, with_times};

const TEN_DAYS: &str = "clock = { days = 10, unit = \"working\", source = \"sz2023\" }";
const SILENCE: &str = "silence = { days = 5, unit = \"working\", source = \"sz2023\" }";

/// A day begins, and the jobs run.
async fn on(test: &TestApp, day: &str) {
    test.set_clock(&format!("{day}T10:00:00+08:00"));
    jobs(test).await;
}

/// Somebody who signs for the bureau as a whole.
async fn director(test: &TestApp, n: usize) -> Staff {
    let (staff, at) = (approver(test, n).await, bureau());
    let scope = Scope::Organisation(at.organisation.clone().unwrap());
    let grant = Grant { role: Role::Approver, scope, from: test.now(), until: None };
    let new = NewGrant { person: staff.person().clone(), grant, by: GrantedBy::Operator };
    roles::give(&test.app, &new, &at, test.now()).await.unwrap();
    authority::again(&test.app, &staff, test.now()).await.unwrap()
}

/// What somebody is told, and whether it is theirs to know.
async fn told(test: &TestApp, staff: &Staff) -> Vec<(Running, Alert, bool)> {
    let told = alerts::standing(&test.app, staff, test.now()).await.unwrap();
    told.into_iter().map(|told| (told.running, told.alert, told.is_theirs)).collect()
}

fn office(alert: Alert, is_theirs: bool) -> Vec<(Running, Alert, bool)> {
    vec![(Running::Office, alert, is_theirs)]
}

#[tokio::test]
async fn the_more_time_is_gone_the_higher_up_somebody_has_to_know() {
    for test in test_apps(setup()).await {
        with_times(&test, TEN_DAYS);
        let [by, other, signs] = [reviewer(&test, 11).await, reviewer(&test, 12).await, approver(&test, 13).await];
        let chief = director(&test, 14).await;
        let id = submitted(&test, 1).await.id;
        act(&test, &by, &id, Act::Accept).await.unwrap();
        on(&test, "2026-05-19").await;
        assert!(told(&test, &by).await.is_empty());
        on(&test, "2026-05-20").await;
        for staff in [&by, &other] {
            assert_eq!(told(&test, staff).await, office(Alert::Half, true), "nobody's is everybody's");
        }
        assert!(told(&test, &signs).await.is_empty());
        acts::assign(&test.app, &by, &id, Some(by.person()), test.now()).await.unwrap();
        assert_eq!(told(&test, &by).await, office(Alert::Half, true));
        assert!(told(&test, &other).await.is_empty());
        on(&test, "2026-05-25").await;
        assert_eq!(told(&test, &by).await, office(Alert::Near, false), "their own case, for another to know");
        for staff in [&signs, &chief] {
            assert_eq!(told(&test, staff).await, office(Alert::Near, true));
        }
        for day in ["2026-05-27", "2026-05-28"] {
            let alert = if day == "2026-05-27" { Alert::Due } else { Alert::Over };
            on(&test, day).await;
            assert_eq!(told(&test, &chief).await, office(alert, true));
            assert_eq!(told(&test, &by).await, office(alert, false));
            assert!(told(&test, &signs).await.is_empty());
        }
        holds(&test).await;
    }
}

#[tokio::test]
async fn where_nobody_signs_for_the_bureau_whoever_signs_has_to_know() {
    for test in test_apps(setup()).await {
        with_times(&test, TEN_DAYS);
        let [by, signs] = [reviewer(&test, 11).await, approver(&test, 12).await];
        let id = submitted(&test, 1).await.id;
        act(&test, &by, &id, Act::Accept).await.unwrap();
        on(&test, "2026-06-10").await;
        assert_eq!(told(&test, &signs).await, office(Alert::Over, true));
        assert!(told(&test, &by).await.is_empty(), "it is nobody's, and theirs to know it is not");
    }
}

#[tokio::test]
async fn what_somebody_knows_is_told_no_more_and_stands_in_the_record() {
    for test in test_apps(setup()).await {
        with_times(&test, TEN_DAYS);
        let [by, signs] = [reviewer(&test, 11).await, approver(&test, 12).await];
        let id = submitted(&test, 1).await.id;
        act(&test, &by, &id, Act::Accept).await.unwrap();
        on(&test, "2026-05-25").await;
        let knows = async |staff: &Staff, alert| alerts::acknowledge(&test.app, staff, &id, alert, test.now()).await;
        assert!(is_not_allowed(&knows(&by, Alert::Near).await), "it is for whoever signs");
        // What stands no more was read on an old page.
        knows(&by, Alert::Half).await.unwrap();
        assert_eq!(told(&test, &signs).await, office(Alert::Near, true));
        knows(&signs, Alert::Near).await.unwrap();
        knows(&signs, Alert::Near).await.unwrap();
        assert!(told(&test, &signs).await.is_empty());
        assert_eq!(number(&test.app, "select count(*) from audit where act = 'case_alert_known'").await, 1);
        jobs(&test).await;
        assert!(told(&test, &signs).await.is_empty(), "it comes once");
        on(&test, "2026-05-27").await;
        assert_eq!(told(&test, &signs).await, office(Alert::Due, true), "more is told anew");
        holds(&test).await;
    }
}

#[tokio::test]
async fn what_is_decided_is_told_of_no_more_and_what_waits_for_the_family_is_told_of_again() {
    for test in test_apps(setup()).await {
        with_times(&test, TEN_DAYS);
        let [by, signs] = [reviewer(&test, 11).await, approver(&test, 12).await];
        let [one, other] = [submitted(&test, 1).await, submitted(&test, 2).await];
        for id in [&one.id, &other.id] {
            act(&test, &by, id, Act::Accept).await.unwrap();
        }
        on(&test, "2026-05-28").await;
        assert_eq!(told(&test, &signs).await.len(), 2);
        act(&test, &by, &other.id, Act::Ask { items: vec!["burial_certificate".to_owned()] }).await.unwrap();
        assert_eq!(told(&test, &signs).await.len(), 1);
        act(&test, &by, &one.id, Act::Review).await.unwrap();
        act(&test, &by, &one.id, proposes(Outcome::Granted)).await.unwrap();
        signed(&test, &one.id, &signs).await.unwrap();
        assert!(told(&test, &signs).await.is_empty());
        on(&test, "2026-06-02").await;
        act(&test, &by, &other.id, Act::Supply).await.unwrap();
        assert_eq!(told(&test, &signs).await, office(Alert::Over, true), "nobody has said that they know");
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_case_that_nobody_looks_at_is_told_of_before_silence_accepts_it() {
    for test in test_apps(setup()).await {
        with_times(&test, &format!("{TEN_DAYS}\n{SILENCE}"));
        let [by, signs] = [reviewer(&test, 11).await, approver(&test, 12).await];
        let [silent, looked_at] = [submitted(&test, 1).await.id, submitted(&test, 2).await.id];
        let silence = |alert| vec![(Running::Silence, alert, true)];
        on(&test, "2026-05-15").await;
        assert!(told(&test, &by).await.is_empty());
        on(&test, "2026-05-18").await;
        assert_eq!(told(&test, &by).await, [silence(Alert::Half), silence(Alert::Half)].concat());
        granted(&test, &looked_at, (&by, &signs)).await;
        assert_eq!(told(&test, &by).await, silence(Alert::Half));
        on(&test, "2026-05-19").await;
        assert_eq!(told(&test, &signs).await, silence(Alert::Near));
        on(&test, "2026-05-20").await;
        assert_eq!(told(&test, &signs).await, silence(Alert::Due));
        // It counts as accepted on the day on which it came: half of the time to decide is gone, which is told although half of
        // another time was told of the same day.
        on(&test, "2026-05-21").await;
        assert_eq!(told(&test, &by).await, office(Alert::Half, true));
        act(&test, &by, &silent, Act::Review).await.unwrap();
        assert_eq!(told(&test, &by).await, office(Alert::Half, true));
        holds(&test).await;
    }
}
