//! A database is opened with its own keys only, and one of a demonstration only for a demonstration.

use std::fs;

use server::App;
use server::keys::{KeyError, Keys};
use server::open::OpenError;
use server::settings::{Cipher, Settings};

use super::support::{Setup, test_apps};

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

        Keys::load(&own.keys).unwrap().rotate(&own.keys, Cipher::Sm4Gcm).unwrap();
        assert!(!refused(&own).await);
        assert!(refused(&old).await, "what was sealed since could not be opened with it");
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
