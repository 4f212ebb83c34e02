//! What people have typed so far: each subject by itself, and only for as long as it is needed.

use chrono::TimeDelta;
use server::database::DatabaseError;
use server::database::sql::sql;
use server::drafts::{self, Key};
use server::jobs;
use server::session::Session;
use sqlx::AnyConnection;

use super::support::{Setup, TestApp, test_apps};

async fn typed(test: &TestApp, key: Key<'_>) -> Option<String> {
    drafts::load(&test.app, key, test.now()).await.unwrap()
}

async fn remove(
    connection: &mut AnyConnection,
    (browser, subject): &(String, &'static str),
) -> Result<(), DatabaseError> {
    drafts::remove(connection, browser, "old_age_allowance", subject).await
}

#[tokio::test]
async fn a_helper_keeps_a_draft_of_one_form_for_each_subject_and_sees_nobody_elses() {
    for test in test_apps(Setup::default()).await {
        let (helper, stranger) = (Session::new(), Session::new());
        let of = |subject| Key { session: &helper, form: "old_age_allowance", subject };
        let until = test.now() + TimeDelta::minutes(10);
        drafts::save(&test.app, of("father"), &"甲".to_owned(), until).await.unwrap();
        drafts::save(&test.app, of("mother"), &"乙".to_owned(), until).await.unwrap();
        drafts::save(&test.app, of("mother"), &"丙".to_owned(), until).await.unwrap();

        assert_eq!(typed(&test, of("father")).await.as_deref(), Some("甲"));
        assert_eq!(typed(&test, of("mother")).await.as_deref(), Some("丙"));
        let browser = helper.fingerprint(test.app.keys());
        test.app.database().write_with((browser, "father"), remove).await.unwrap();
        assert_eq!(typed(&test, of("father")).await, None);
        assert_eq!(typed(&test, of("mother")).await.as_deref(), Some("丙"), "what is done for one is done for one");

        assert_eq!(typed(&test, of("")).await, None);
        assert_eq!(typed(&test, Key { form: "funeral_grant", ..of("mother") }).await, None);
        assert_eq!(typed(&test, Key { session: &stranger, ..of("mother") }).await, None);
    }
}

#[tokio::test]
async fn a_draft_lives_as_long_as_it_was_promised_and_leaves_nothing_behind() {
    for test in test_apps(Setup::default()).await {
        let session = Session::new();
        let key = Key { session: &session, form: "old_age_allowance", subject: "" };
        let until = test.now() + TimeDelta::minutes(10);
        drafts::save(&test.app, key, &"甲".to_owned(), until).await.unwrap();
        test.wait(TimeDelta::minutes(10) - TimeDelta::seconds(1));
        assert_eq!(typed(&test, key).await.as_deref(), Some("甲"));
        test.wait(TimeDelta::seconds(1));
        assert_eq!(typed(&test, key).await, None);
        jobs::round(&test.app, test.now()).await.unwrap();
        let mut connection = test.app.database().read().await.unwrap();
        let rows = sql("select 1 from draft", []).fetch_all(&mut *connection).await.unwrap();
        assert!(rows.is_empty(), "the sealed form is still there");
    }
}
