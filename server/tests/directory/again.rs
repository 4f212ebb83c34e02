//! A portal that is started, and started again on a later day.

use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use server::App;
use server::audit::Actor;
use server::database::sql::{int, sql};
use server::directory::{confirm, kinds, shown, store};
use server::jobs;
use shared::calendar::shanghai_date;
use shared::directory::{Confirmation, Freshness, Kind, Section};
use shared::places::PlaceId;
use tokio::time::timeout;

use super::files::kind;
use crate::support::{Setup, test_apps};

/// How old each station is said to be.
async fn ages(app: &App) -> Vec<(PlaceId, Freshness)> {
    let (directory, today) = (shown::of(app, kind(), app.now()).await.unwrap(), shanghai_date(app.now()));
    directory.listings.iter().map(|one| (one.id.clone(), one.freshness(kind(), today))).collect()
}

fn registries() -> &'static Kind {
    kinds::kind("marriage_registry").unwrap()
}

async fn version(app: &App) -> i64 {
    let row = sql("select cast(sum(version) as bigint) as n from listing_kind", []);
    let row = row.fetch_one(&mut *app.database().read().await.unwrap()).await.unwrap();
    int(&row, "n").unwrap()
}

#[tokio::test]
async fn a_demonstration_that_is_started_again_is_as_fresh_as_on_its_first_day_and_what_somebody_confirmed_stays_theirs()
 {
    for test in test_apps(Setup::default()).await {
        let first = ages(&test.app).await;
        let centre = PlaceId::parse("es-440305007").unwrap();
        let theirs = Confirmation { on: shanghai_date(test.now()), by: "粤海街道办".into() };
        let confirmed =
            confirm::confirm(&test.app, &centre, &[Section::Hours], theirs.clone(), Actor::Operator, test.now()).await;
        assert_eq!(confirmed.unwrap(), [Section::Hours]);
        test.wait(TimeDelta::days(400));
        assert!(ages(&test.app).await.iter().all(|(_, age)| age.is_last()), "as everywhere, while nobody starts it");

        let again = test.reopened().await;
        assert_eq!(ages(&again).await, first);
        let directory = shown::of(&again, kind(), again.now()).await.unwrap();
        let listing = directory.get(&centre).unwrap();
        assert_eq!(listing.confirmed[&Section::Hours], theirs);
        assert_ne!(listing.confirmed[&Section::Contact].on, theirs.on);

        let before = version(&again).await;
        let once_more = test.reopened().await;
        assert_eq!(version(&once_more).await, before, "on the same day there is nothing to count anew");
    }
}

#[tokio::test]
async fn what_was_only_read_of_a_real_office_is_confirmed_by_nobody_until_somebody_does() {
    for test in test_apps(Setup::default()).await {
        let nanshan = PlaceId::parse("nanshan").unwrap();
        let confirmed = async |app: &App| {
            let directory = shown::of(app, registries(), app.now()).await.unwrap();
            directory.get(&nanshan).unwrap().confirmed.clone()
        };
        assert!(confirmed(&test.app).await.is_empty());
        // As demonstrations were made before.
        let mut connection = test.connection().await;
        let mut listing = store::one(&mut connection, &nanshan).await.unwrap().unwrap();
        let read = Confirmation { on: listing.checked, by: listing.source.clone() };
        listing.confirmed = [Section::Contact, Section::Location].map(|section| (section, read.clone())).into();
        store::put(&mut connection, &listing, test.now()).await.unwrap();
        drop(connection);
        test.wait(TimeDelta::days(1));
        let again = test.reopened().await;
        assert!(confirmed(&again).await.is_empty());

        let theirs = Confirmation { on: shanghai_date(test.now()), by: "示例登记处".into() };
        let said = confirm::confirm(&again, &nanshan, &[], theirs.clone(), Actor::Operator, test.now()).await;
        assert_eq!(said.unwrap(), [Section::Contact, Section::Location]);
        test.wait(TimeDelta::days(1));
        let once_more = test.reopened().await;
        assert_eq!(confirmed(&once_more).await[&Section::Contact], theirs);
    }
}

#[tokio::test]
async fn a_list_is_read_before_anybody_asks_for_it() {
    for test in test_apps(Setup::default()).await {
        jobs::before_opening(&test.app).await;
        let mut connection = test.connection().await;
        sql("delete from listing_section", []).execute(&mut connection).await.unwrap();
        let directory = shown::of(&test.app, kind(), test.now()).await.unwrap();
        assert!(directory.listings.iter().all(|one| !one.confirmed.is_empty()), "it was in memory");
    }
}

#[tokio::test]
async fn a_list_is_read_to_its_end_although_everybody_who_asked_is_gone() {
    for test in test_apps(Setup::default()).await {
        // What is asked first is which lists were changed.
        shown::of(&test.app, registries(), test.now()).await.unwrap();
        let begun = Instant::now();
        while timeout(Duration::from_millis(1), shown::of(&test.app, kind(), test.now())).await.is_err() {
            assert!(begun.elapsed() < Duration::from_secs(20), "each who asks begins anew");
        }
    }
}

#[tokio::test]
async fn a_list_is_not_read_again_because_another_was_changed() {
    for test in test_apps(Setup::default()).await {
        let read = async |kind| shown::of(&test.app, kind, test.now()).await.unwrap();
        let (stations, others) = (read(kind()).await, read(registries()).await);
        store::bump(&mut test.connection().await, &registries().id).await.unwrap();
        test.wait(TimeDelta::seconds(1));
        assert!(Arc::ptr_eq(&stations, &read(kind()).await));
        assert!(!Arc::ptr_eq(&others, &read(registries()).await));
    }
}

#[tokio::test]
async fn of_a_list_that_changes_and_changes_only_the_newest_stays_in_memory() {
    for test in test_apps(Setup::default()).await {
        let mut connection = test.connection().await;
        let ask = async || shown::of(&test.app, kind(), test.now()).await.unwrap();
        let mut versions = Vec::new();
        for _ in 0..10 {
            let statement = "update listing_kind set version = version + 1 where kind = 'elderly_station'";
            sql(statement, []).execute(&mut connection).await.unwrap();
            test.wait(TimeDelta::seconds(1));
            versions.push(Arc::downgrade(&ask().await));
        }
        let begun = Instant::now();
        while versions.iter().filter(|version| version.upgrade().is_some()).count() > 1 {
            assert!(begun.elapsed() < Duration::from_secs(20), "older ones stay");
            ask().await;
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}
