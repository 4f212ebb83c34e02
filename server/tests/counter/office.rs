//! What an office says of its places, what it switches off, and how it calls those who wait.

use chrono::TimeDelta;
use server::appointments::closure::{ClosureError, Kind, Seen, SlotChange};
use server::appointments::point;
use server::counter::described::{self, Change, PlaceSaid};
use server::counter::place_change::{self, Decision};
use server::counter::rules::Outcome;
use server::counter::{offered, rules, still_right};
use server::database::sql::{sql, text};
use server::directory::shown;
use server::staff::authority::{self, Staff};
use server::staff::session::FRESH;
use shared::calendar::shanghai_date;
use shared::counter::{CallingOrder, CallingRule};
use shared::directory::{Refusal as Listed, Section};
use shared::localised::Localised;
use shared::marriage::SERVICE;
use shared::places::PlaceId;
use shared::places::said::Said;
use shared::problem::Problem;
use shared::staff::{Refusal as NotStaff, Role};

use super::super::support::{TestApp, test_apps};
use super::hall::*;

fn place() -> PlaceId {
    PlaceId::parse("nanshan").unwrap()
}

async fn stands(test: &TestApp, by: &Staff) -> PlaceSaid {
    described::list(&test.app, by, &nanshan()).await.unwrap().remove(0)
}

/// Who did what, in the record of the office's place.
async fn recorded(test: &TestApp) -> Vec<(String, String)> {
    let statement = "select act, actor from audit where stream = 'place:nanshan' order by sequence";
    let rows = sql(statement, []).fetch_all(&mut test.connection().await).await.unwrap();
    rows.iter().map(|row| (text(row, "act").unwrap(), text(row, "actor").unwrap())).collect()
}

#[tokio::test]
async fn a_place_is_described_by_its_manager_and_whoever_was_slower_changes_nothing() {
    for test in test_apps(setup()).await {
        let ([manager, second], clerk) = ([manager(&test, 1).await, manager(&test, 4).await], clerk(&test, 2).await);
        test.wait(TimeDelta::minutes(1));
        let stranger = staff_at(&test, 3, Role::OfficeManager, "demo-bay").await;
        let before = stands(&test, &manager).await;
        let said = Said { phone: "12345".to_owned(), ..before.said.clone() };
        for other in [&clerk, &stranger] {
            let outcome = described::change(&test.app, other, &place(), (&said, &before.seen()), test.now()).await;
            assert!(matches!(outcome.unwrap_err(), server::Error::Problem(Problem::NotFound)));
            assert!(is_not_allowed(&described::list(&test.app, other, &nanshan()).await));
        }
        point::one(&test.app, &SERVICE, &place()).await.unwrap();
        let made = described::change(&test.app, &manager, &place(), (&said, &before.seen()), test.now()).await.unwrap();
        assert_eq!(made, Change::Proposed, "a second person confirms it");
        let change = place_change::waiting(&test.app, &second, test.now()).await.unwrap().remove(0);
        place_change::decide(&test.app, &second, &change.id, Decision::Confirm, test.now()).await.unwrap();
        let point = point::one(&test.app, &SERVICE, &place()).await.unwrap();
        assert_eq!(point.place.phone, "12345", "what was remembered is forgotten");
        let late = described::change(&test.app, &manager, &place(), (&before.said, &before.seen()), test.now()).await;
        assert_eq!(late.unwrap(), Change::Overtaken(said));
        let by = [("place_change_proposed", &manager), ("place_described", &second)];
        let by = by.map(|(act, staff)| (act.to_owned(), format!("staff:{}", staff.person())));
        assert_eq!(recorded(&test).await, by);
        holds(&test).await;
    }
}

#[tokio::test]
async fn nothing_is_said_of_a_place_that_a_list_has_half_written() {
    for test in test_apps(setup()).await {
        let [first, second] = [manager(&test, 1).await, manager(&test, 2).await];
        test.wait(TimeDelta::minutes(1));
        let before = stands(&test, &first).await;
        let (said, seen) = (Said { phone: "12345".to_owned(), ..before.said.clone() }, before.seen());
        let change = async || described::change(&test.app, &first, &place(), (&said, &seen), test.now()).await;
        assert_eq!(change().await.unwrap(), Change::Proposed);
        let waits = place_change::waiting(&test.app, &second, test.now()).await.unwrap().remove(0);
        let decide = async |decision| place_change::decide(&test.app, &second, &waits.id, decision, test.now()).await;
        half_write(&test).await;
        assert_eq!(change().await.unwrap_err().refusal(), Some(Listed::ListUnfinished));
        assert_eq!(decide(Decision::Confirm).await.unwrap_err().refusal(), Some(Listed::ListUnfinished));
        assert_eq!(stands(&test, &first).await.said, before.said);
        decide(Decision::Decline).await.expect("what waits can be declined at any time");
    }
}

/// A list of registries that has written the place, and broke off.
async fn half_write(test: &TestApp) {
    let mut connection = test.connection().await;
    let import = "insert into listing_import (id, kind, imported_at, imported_by, file_hash, added, changed, gone, \
         audit_length, audit_head) values ('half', 'marriage_registry', 0, '演示', '', 0, 1, 0, 1, '')";
    sql(import, []).execute(&mut connection).await.unwrap();
    let row = "insert into listing_import_row (import_id, place_id, revision) \
         select 'half', place_id, revision from listing where place_id = 'nanshan'";
    assert_eq!(sql(row, []).execute(&mut connection).await.unwrap().rows_affected(), 1);
}

#[tokio::test]
async fn that_a_place_is_still_right_its_manager_says_of_what_it_says_and_it_is_on_record() {
    for test in test_apps(setup()).await {
        let (manager, clerk) = (manager(&test, 1).await, clerk(&test, 2).await);
        let stranger = staff_at(&test, 3, Role::OfficeManager, "demo-bay").await;
        let seen = stands(&test, &manager).await.seen();
        for other in [&clerk, &stranger] {
            let outcome = still_right::say(&test.app, other, &place(), &seen, test.now()).await;
            assert!(matches!(outcome.unwrap_err(), server::Error::Problem(Problem::NotFound)));
        }
        let stale = still_right::say(&test.app, &manager, &place(), "something else", test.now()).await;
        assert!(!stale.unwrap(), "it says something else by now");
        assert!(recorded(&test).await.is_empty());
        assert!(still_right::say(&test.app, &manager, &place(), &seen, test.now()).await.unwrap());
        let by = ("sections_confirmed".to_owned(), format!("staff:{}", manager.person()));
        assert_eq!(recorded(&test).await, [by]);
        let directory = shown::with(&test.app, &place(), test.now()).await.unwrap().unwrap();
        let listing = directory.get(&place()).unwrap();
        let today = Some(shanghai_date(test.now()));
        let days = [Section::Contact, Section::Location, Section::Access].map(|one| listing.confirmed_on(one));
        assert_eq!(days, [today, today, None]);
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_service_is_switched_off_once_its_effect_was_seen_and_everybody_booked_is_told() {
    for test in test_apps(setup()).await {
        booked(&test, 1, 0).await;
        let (manager, stranger) = (manager(&test, 1).await, staff_at(&test, 2, Role::OfficeManager, "demo-bay").await);
        let change = SlotChange {
            place: place(),
            service: SERVICE,
            from: DAY.parse().unwrap(),
            to: "2026-05-15".parse().unwrap(),
            kind: Kind::Close,
            reason: Localised::new("设备检修", "Maintenance"),
        };
        let foreign = offered::preview(&test.app, &stranger, &change, test.now()).await.unwrap_err();
        assert!(matches!(foreign, server::Error::Problem(Problem::NotFound)));
        let effect = offered::preview(&test.app, &manager, &change, test.now()).await.unwrap();
        assert_eq!(effect.bookings.len(), 1);
        let unseen = Seen::parse("guess");
        let blind = offered::switch_off(&test.app, &manager, change.clone(), unseen, test.now()).await;
        assert!(matches!(blind, Err(ClosureError::Unseen(_))));
        let told = test.messages().await.len();
        test.wait(FRESH);
        let late = authority::again(&test.app, &manager, test.now()).await.unwrap();
        let unproved = offered::switch_off(&test.app, &late, change.clone(), effect.seen(), test.now()).await;
        let Err(ClosureError::Error(unproved)) = unproved else { panic!("{unproved:?}") };
        assert_eq!(unproved.refusal(), Some(NotStaff::SignInAgain));
        assert_eq!(test.messages().await.len(), told, "nobody is told by whoever has not just proved who they are");
        offered::switch_off(&test.app, &manager, change, effect.seen(), test.now()).await.unwrap();
        assert!(test.messages().await.len() > told);
        let offers = offered::at(&test.app, &manager, &nanshan(), test.now()).await.unwrap();
        let here = offers.iter().find(|offer| offer.point.service == SERVICE).unwrap();
        assert!(!here.hours.is_empty());
        let closed = here.closed.iter().find(|days| days.reason.zh == "设备检修").unwrap();
        assert_eq!((closed.from.to_string(), closed.to.to_string()), (DAY.to_owned(), "2026-05-15".to_owned()));
        let by = format!("staff:{}", manager.person());
        assert_eq!(recorded(&test).await, [("opening_changed".to_owned(), by)]);
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_rule_of_calling_holds_from_its_day_on_and_never_for_those_who_are_here() {
    for test in test_apps(setup()).await {
        let (manager, clerk) = (manager(&test, 1).await, clerk(&test, 2).await);
        let rule = CallingRule { order: CallingOrder::Arrival, late_minutes: 5, ..CallingRule::usual() };
        let set = async |by: &Staff, day: &str| {
            let seen = rules::of(&test.app, &nanshan(), test.now()).await.unwrap().seen();
            rules::set(&test.app, by, &nanshan(), (day.parse().unwrap(), &rule, &seen), test.now()).await
        };
        let before = rules::of(&test.app, &nanshan(), test.now()).await.unwrap();
        assert!(is_not_allowed(&set(&clerk, DAY).await));
        assert!(set(&manager, "2026-05-13").await.is_err(), "today has begun");
        assert_eq!(set(&manager, DAY).await.unwrap(), Outcome::Made);
        let now = rules::of(&test.app, &nanshan(), test.now()).await.unwrap();
        assert_eq!((now.now, now.coming.len()), (before.now, 1));
        clock(&test, "00:00:00");
        let then = rules::of(&test.app, &nanshan(), test.now()).await.unwrap();
        assert_eq!((then.now, then.coming.len()), (rule.clone(), 0));
        holds(&test).await;
    }
}

#[tokio::test]
async fn of_two_who_set_the_rule_of_one_day_the_second_writes_over_nothing_unseen() {
    for test in test_apps(setup()).await {
        let (first, second) = (manager(&test, 1).await, manager(&test, 2).await);
        let standing = async || rules::of(&test.app, &nanshan(), test.now()).await.unwrap();
        let set = async |by: &Staff, late_minutes: u16, seen: &str| {
            let rule = CallingRule { late_minutes, ..CallingRule::usual() };
            rules::set(&test.app, by, &nanshan(), (DAY.parse().unwrap(), &rule, seen), test.now()).await.unwrap()
        };
        let seen = standing().await.seen();
        assert_eq!(set(&first, 5, &seen).await, Outcome::Made);
        assert_eq!(set(&second, 10, &seen).await, Outcome::Overtaken);
        let stands = standing().await;
        assert_eq!(stands.coming[0].1.late_minutes, 5, "that of the first stands");
        assert_eq!(set(&second, 10, &stands.seen()).await, Outcome::Made, "once it was looked at");
        assert_eq!(standing().await.coming[0].1.late_minutes, 10);
        holds(&test).await;
    }
}
