//! Places that an office adds: nobody sees one before it has times, and only whoever looks after the office adds it.

use axum::http::StatusCode;
use chrono::TimeDelta;
use server::appointments::hours::{Outcome, PlanChange};
use server::appointments::point;
use server::counter::described;
use server::counter::hours;
use server::counter::{further, offering};
use server::marriage::registry;
use server::staff::authority::{self, Staff};
use server::staff::roles;
use shared::appointments::Service;
use shared::appointments::opening::Hours;
use shared::marriage::SERVICE;
use shared::places::{Coordinates, Datum, PlaceId, further::Draft, said};
use shared::problem::Problem;
use shared::staff::{Grant, NewGrant, Refusal, Right, Role, Scope, Whereabouts};

use super::super::support::staff::by_whom;
use super::super::support::{TestApp, http::Api, test_apps};
use super::hall::*;

const FROM: &str = "2026-05-15";

fn branch(name: &str) -> (said::Said, Option<Coordinates>) {
    let text = |text: &str| text.to_owned();
    let said = said::Draft {
        name_zh: text(name),
        name_en: text("Bay Street branch"),
        address_zh: text("海湾路 9 号"),
        address_en: text("9 Bay Street"),
        phone: text("0755-12345678"),
        ..said::Draft::default()
    };
    let draft =
        Draft { said, latitude: text("22.533"), longitude: text("113.93"), datum: Datum::Gcj02.name().to_owned() };
    draft.read().unwrap()
}

async fn add(test: &TestApp, by: &Staff, name: &str) -> Result<PlaceId, server::Error> {
    further::add(&test.app, by, &nanshan(), branch(name), test.now()).await
}

async fn shown(test: &TestApp, place: &PlaceId) -> bool {
    registry::all(&test.app).await.unwrap().iter().any(|registry| registry.point.place.id == *place)
}

fn is_not_found<T: std::fmt::Debug>(outcome: Result<T, server::Error>) -> bool {
    matches!(outcome, Err(server::Error::Problem(Problem::NotFound)))
}

#[tokio::test]
async fn a_place_is_added_by_its_manager_and_seen_by_nobody_before_it_has_times() {
    for test in test_apps(setup()).await {
        let manager = manager(&test, 1).await;
        let place = add(&test, &manager, "海湾路分厅").await.unwrap();
        assert_eq!(place.as_str(), "nanshan-bay-street-branch");
        assert!(!shown(&test, &place).await);
        let said = described::list(&test.app, &manager, &nanshan()).await.unwrap();
        assert!(said.iter().any(|said| said.id == place && said.said.name.zh == "海湾路分厅"));

        let there = (&place, &SERVICE);
        assert!(is_not_found(hours::planned(&test.app, &manager, there, test.now()).await));
        offering::offer(&test.app, &manager, there, test.now()).await.unwrap();
        offering::offer(&test.app, &manager, there, test.now()).await.unwrap();
        assert!(!shown(&test, &place).await, "it has no hours");
        let listed = async || Api::of(&test.app).get(&format!("/api/v1/places/{place}")).await;
        assert_eq!(listed().await.status, StatusCode::NOT_FOUND);
        let like = point::one(&test.app, &SERVICE, &PlaceId::parse("nanshan").unwrap()).await.unwrap();
        let here = point::one(&test.app, &SERVICE, &place).await.unwrap();
        assert_eq!((here.rules, here.phone_codes), (like.rules, true));
        assert_eq!(here.place.coordinates, branch("x").1);

        let week = vec![Hours { weekdays: vec![5], starts: 540, ends: 600, slot_minutes: 30, capacity: 1 }];
        let change = PlanChange::Week { from: FROM.parse().unwrap(), hours: week };
        let effect = hours::preview(&test.app, &manager, there, &change, test.now()).await.unwrap();
        let read = hours::planned(&test.app, &manager, there, test.now()).await.unwrap().plan.seen();
        let change = (change, read, effect.seen());
        let made = hours::change(&test.app, &manager, there, change, false, test.now()).await.unwrap();
        assert_eq!(made, Outcome::Made);
        assert!(shown(&test, &place).await);
        test.wait(TimeDelta::seconds(30));
        let found = listed().await.body;
        assert_eq!((&found["name"]["zh"], &found["parent"]), (&"海湾路分厅".into(), &"nanshan".into()), "{found}");
        assert_eq!(found["services"][0]["service"], "marriage");
        assert_eq!(test.slots(place.as_str(), FROM).await.len(), 2);
        booked_on(&test, 1, (place.as_str(), FROM), 0).await;
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_place_is_taken_out_again_while_nothing_needs_it() {
    for test in test_apps(setup()).await {
        let manager = manager(&test, 1).await;
        let place = add(&test, &manager, "海湾路分厅").await.unwrap();
        let withdraw =
            async |by: &Staff, place: &PlaceId| further::withdraw(&test.app, by, &nanshan(), place, test.now()).await;
        let stranger = staff_at(&test, 3, Role::OfficeManager, "demo-bay").await;
        assert!(is_not_allowed(&withdraw(&stranger, &place).await));
        let listed = async || {
            let all = further::list(&test.app, &manager, &nanshan(), test.now()).await.unwrap();
            all.into_iter().map(|place| place.is_unused).collect::<Vec<_>>()
        };
        let before = listed().await;
        assert_eq!(before.iter().filter(|unused| **unused).count(), 1, "none of the office's own");
        withdraw(&manager, &place).await.unwrap();
        assert_eq!(listed().await.len(), before.len() - 1);
        assert!(is_not_found(withdraw(&manager, &place).await), "it is gone");
        let offered = offering::offer(&test.app, &manager, (&place, &SERVICE), test.now()).await;
        assert!(offered.is_ok() && point::one(&test.app, &SERVICE, &place).await.is_err());
        // Another of the same name may come, and stays once something needs it.
        let again = add(&test, &manager, "海湾路分厅").await.unwrap();
        offering::offer(&test.app, &manager, (&again, &SERVICE), test.now()).await.unwrap();
        let needed = withdraw(&manager, &again).await;
        assert!(matches!(needed, Err(server::Error::Problem(Problem::Fields(_)))), "{needed:?}");
        assert!(is_not_found(withdraw(&manager, &PlaceId::parse("nanshan").unwrap()).await), "an office stays");
        holds(&test).await;
    }
}

#[tokio::test]
async fn whoever_manages_accounts_adds_a_place_and_nobody_else_does() {
    for test in test_apps(setup()).await {
        clock(&test, "08:00:00");
        let administrator = staff_at(&test, 1, Role::AccountAdministrator, "nanshan").await;
        let place = add(&test, &administrator, "海湾路分厅").await.unwrap();
        let again = add(&test, &administrator, "海湾路分厅").await.unwrap_err();
        assert!(matches!(again, server::Error::Problem(Problem::Fields(_))), "{again:?}");
        let other = add(&test, &administrator, "海湾路二厅").await.unwrap();
        assert_eq!(other.as_str(), "nanshan-bay-street-branch-2", "two places have two names");
        let offered = offering::offer(&test.app, &administrator, (&place, &SERVICE), test.now()).await;
        assert!(is_not_found(offered), "services are the manager's");
        for (n, role, office) in [
            (2, Role::CounterClerk, "nanshan"),
            (3, Role::OfficeManager, "demo-bay"),
            (4, Role::ContentEditor, "nanshan"),
        ] {
            let stranger = staff_at(&test, n, role, office).await;
            assert!(is_not_allowed(&add(&test, &stranger, "别处").await), "{role:?} of {office}");
        }
        let manager = staff_at(&test, 5, Role::OfficeManager, "nanshan").await;
        let unknown = Service::parse("anything").unwrap();
        assert!(is_not_found(offering::offer(&test.app, &manager, (&place, &unknown), test.now()).await));
        holds(&test).await;
    }
}

#[tokio::test]
async fn adding_a_place_asks_who_is_there() {
    for test in test_apps(setup()).await {
        let manager = manager(&test, 1).await;
        test.wait(TimeDelta::minutes(6));
        let later = authority::again(&test.app, &manager, test.now()).await.unwrap();
        let unproved = add(&test, &later, "海湾路分厅").await.unwrap_err();
        assert_eq!(unproved.refusal(), Some(Refusal::SignInAgain));
        assert!(further::list(&test.app, &later, &nanshan(), test.now()).await.unwrap().iter().all(|p| !p.is_unused));
    }
}

#[tokio::test]
async fn a_role_can_be_given_at_a_place_that_was_added_and_holds_there_alone() {
    for test in test_apps(setup()).await {
        let manager = manager(&test, 1).await;
        let place = add(&test, &manager, "海湾路分厅").await.unwrap();
        let at = Whereabouts { office: Some(nanshan()), place: Some(place.clone()), organisation: None };
        let person = staff_at(&test, 2, Role::CounterClerk, "demo-bay").await;
        let role = Role::ContentEditor;
        let grant = Grant { role, scope: Scope::Place(place), from: test.now(), until: None };
        let new = NewGrant { person: person.person().clone(), grant, by: by_whom(&test, role).await };
        roles::give(&test.app, &new, &at, test.now()).await.unwrap();
        let held = authority::again(&test.app, &person, test.now()).await.unwrap();
        assert!(held.may(Right::EditTexts, &at).is_ok());
        let whole = Whereabouts { office: Some(nanshan()), place: PlaceId::parse("nanshan").ok(), organisation: None };
        assert!(held.may(Right::EditTexts, &whole).is_err());
    }
}
