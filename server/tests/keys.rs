//! A database is opened with its own keys only, and one of a demonstration only for a demonstration.

use std::fs;

use server::appointments::hold;
use server::clock::Clock;
use server::database::sql::{sql, text};
use server::keys::rotate::{RotateError, rotate};
use server::keys::{KeyError, Keys};
use server::open::OpenError;
use server::settings::{Cipher, Settings};
use server::{App, marriage, outbox};

use super::support::people::{self, book};
use super::support::{Setup, TestApp, anyone, test_apps};

/// A booking's messages and people, which are sealed.
async fn seal_something(test: &TestApp) {
    let slot = test.free_slot("nanshan", "2026-05-19").await;
    let held = hold::take(&test.app, &marriage::BOOKABLE, slot.id, anyone(), test.now()).await.unwrap();
    book(&test.app, &people::couple(1, &held), None, test.now()).await.unwrap();
}

async fn open(test: &TestApp, settings: &Settings) -> Result<App, OpenError> {
    App::open_with_clock(settings.clone(), Clock::starting_at(Some(test.now()))).await
}

/// Another key file of the same portal, as on another machine.
fn elsewhere(test: &TestApp) -> Settings {
    let own = test.app.settings().clone();
    let keys = own.keys.with_file_name("elsewhere.json");
    fs::copy(&own.keys, &keys).unwrap();
    Settings { keys, ..own }
}

/// The files beside a key file whose names begin like its own.
fn files(settings: &Settings) -> usize {
    let name = settings.keys.file_name().unwrap().to_str().unwrap();
    let all = fs::read_dir(settings.keys.parent().unwrap()).unwrap();
    all.filter(|entry| entry.as_ref().unwrap().file_name().to_str().unwrap().starts_with(name)).count()
}

async fn refused(settings: &Settings) -> bool {
    let opened = App::open(settings.clone()).await;
    match opened {
        Ok(app) => {
            app.database().close().await;
            false
        }
        Err(OpenError::Keys(KeyError::Foreign(_))) => true,
        Err(error) => panic!("{error}"),
    }
}

#[tokio::test]
async fn another_key_file_or_one_from_before_a_rotation_is_refused() {
    for test in test_apps(Setup::default()).await {
        let own = test.app.settings().clone();
        test.app.database().close().await;
        let beside = |name: &str| Settings { keys: own.keys.with_file_name(name), ..own.clone() };
        let (other, old) = (beside("other.json"), beside("old.json"));
        Keys::create(&other.keys, Cipher::Aes256Gcm).unwrap();
        fs::copy(&own.keys, &old.keys).unwrap();
        assert!(refused(&other).await);
        assert!(!refused(&own).await && !refused(&old).await);

        let app = open(&test, &Settings { cipher: Cipher::Sm4Gcm, ..own.clone() }).await.unwrap();
        rotate(&app).await.unwrap();
        app.database().close().await;
        assert!(!refused(&own).await);
        assert!(refused(&old).await, "what was sealed since could not be opened with it");
    }
}

#[tokio::test]
async fn of_two_rotations_at_once_one_is_refused_and_every_record_can_still_be_opened() {
    for test in test_apps(Setup { phone_codes: false, ..Setup::default() }).await {
        seal_something(&test).await;
        let (first, second) = tokio::join!(rotate(&test.app), rotate(&test.app));
        assert!(first.unwrap() > 0);
        assert!(matches!(second, Err(RotateError::Key(OpenError::Keys(KeyError::Rotating(_))))), "{second:?}");

        let places = [test.app.settings().clone(), elsewhere(&test)];
        let other = open(&test, &places[1]).await.unwrap();
        let before = fs::read(&places[1].keys).unwrap();
        let outcomes: [_; 2] = tokio::join!(rotate(&test.app), rotate(&other)).into();
        let [won, lost] = if outcomes[0].is_ok() { [0, 1] } else { [1, 0] };
        assert!(outcomes[won].is_ok(), "{outcomes:?}");
        // It finds the other's key in the database, or already in a record.
        let overtaken = matches!(
            outcomes[lost],
            Err(RotateError::Key(OpenError::Keys(KeyError::Overtaken(_))) | RotateError::Unopened(_))
        );
        assert!(overtaken, "{outcomes:?}");
        assert_eq!(fs::read(&places[lost].keys).unwrap(), before, "no key that the database does not know");
        assert!(matches!(open(&test, &places[lost]).await, Err(OpenError::Keys(KeyError::Foreign(_)))));
        for app in [&test.app, &other] {
            app.database().close().await;
        }
        let app = open(&test, &places[won]).await.unwrap();
        assert!(!outbox::newest(&app, 100).await.unwrap().is_empty(), "each could be opened");
        rotate(&app).await.unwrap();
        assert!(places.iter().all(|settings| files(settings) == 1), "nothing is left lying about");
        app.database().close().await;
    }
}

#[tokio::test]
async fn where_a_record_needs_a_key_that_is_gone_no_new_key_is_made() {
    for test in test_apps(Setup { phone_codes: false, ..Setup::default() }).await {
        seal_something(&test).await;
        let before = fs::read(&test.app.settings().keys).unwrap();
        let statement = "update outbox set sealed = $1 where id = (select max(id) from outbox)";
        let gone = Keys::generate(Cipher::Aes256Gcm).seal("message", &1);
        sql(statement, [gone.into()]).execute(&mut test.connection().await).await.unwrap();
        let rotated = rotate(&test.app).await;
        assert!(matches!(&rotated, Err(RotateError::Unopened(_))), "{rotated:?}");
        assert_eq!(fs::read(&test.app.settings().keys).unwrap(), before);
        assert_eq!(files(test.app.settings()), 1);
    }
}

#[tokio::test]
async fn a_rotation_that_broke_off_is_brought_to_its_end_by_the_next_start() {
    for test in test_apps(Setup { phone_codes: false, ..Setup::default() }).await {
        seal_something(&test).await;
        let own = test.app.settings().clone();
        let old = elsewhere(&test).keys;
        rotate(&test.app).await.unwrap();
        let statement = "select value from office where name = 'sealing_key'";
        let known = text(&sql(statement, []).fetch_one(&mut test.connection().await).await.unwrap(), "value").unwrap();
        test.app.database().close().await;

        // As it was after the database knew the key and before the file had its name.
        let new = fs::read(&own.keys).unwrap();
        fs::rename(&own.keys, own.keys.with_file_name(format!("keys.json.{known}"))).unwrap();
        fs::rename(old, &own.keys).unwrap();
        let app = open(&test, &own).await.unwrap();
        assert_eq!(fs::read(&own.keys).unwrap(), new);
        assert_eq!(files(&own), 1);
        assert!(!outbox::newest(&app, 100).await.unwrap().is_empty(), "each could be opened");
        app.database().close().await;
    }
}

#[tokio::test]
async fn a_database_in_use_gets_no_new_keys_and_one_that_knows_none_no_wrong_ones() {
    for test in test_apps(Setup { phone_codes: false, ..Setup::default() }).await {
        let own = test.app.settings().clone();
        let away = Settings { keys: own.keys.with_file_name("away.json"), ..own.clone() };
        assert!(
            matches!(open(&test, &away).await, Err(OpenError::Keys(KeyError::Missing(_)))),
            "nothing is sealed yet"
        );
        assert_eq!(files(&away), 0);

        seal_something(&test).await;
        test.app.database().close().await;
        let forget = "delete from office where name in ('keys', 'sealing_key')";
        sql(forget, []).execute(&mut test.connection().await).await.unwrap();
        Keys::create(&away.keys, Cipher::Aes256Gcm).unwrap();
        assert!(matches!(open(&test, &away).await, Err(OpenError::Keys(KeyError::Foreign(_)))));
        open(&test, &own).await.unwrap().database().close().await;
    }
}

#[tokio::test]
async fn made_up_places_and_times_are_not_offered_in_production() {
    for test in test_apps(Setup::default()).await {
        let demo = test.app.settings().clone();
        assert!(demo.demo, "the tests' portals have demo data");
        test.app.database().close().await;
        let earnest = Settings { demo: false, public_url: Some("https://huimin.example".to_owned()), ..demo };
        assert!(matches!(App::open(earnest).await, Err(OpenError::MadeUp)));
    }
}
