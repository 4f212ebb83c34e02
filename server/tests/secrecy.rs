//! A copy of the database tells nothing about anybody.

use std::fs;
use std::path::Path;

use chrono::TimeDelta;
use server::appointments::hold::{self, Asking};
use server::database::Backend;
use server::database::sql::{sql, text};
use server::drafts;
use server::marriage::{self, BOOKABLE};
use server::session::Session;
use shared::identity::Sex;

use super::support::people::{self, book};
use super::support::{Setup, TestApp, anyone, test_apps};

#[tokio::test]
async fn a_dump_holds_no_readable_name_number_phone_code_or_token() {
    for test in test_apps(Setup { phone_codes: false, ..Setup::default() }).await {
        let session = Session::new();
        let parties = [people::person(5, Sex::Male), people::person(5, Sex::Female)];
        let stranger = Session::new();
        let key = drafts::Key { session: &stranger, form: "marriage_registration", subject: "" };
        drafts::save(&test.app, key, &parties, test.now() + TimeDelta::minutes(10)).await.unwrap();
        let slot = test.free_slot("nanshan", "2026-05-19").await;
        let asking = Asking { session: session.clone(), ..anyone() };
        let hold = hold::take(&test.app, &BOOKABLE, slot.id, asking, test.now()).await.unwrap();
        let code = test.send_code(&marriage::BOOKABLE, &parties[0].phone).await;
        let booked = book(&test.app, &people::couple(5, &hold), None, test.now()).await.unwrap();

        let dump = dump(&test).await;
        let [first, second] = &parties;
        let reference = booked.reference.as_str().to_owned();
        assert!(holds(&dump, &reference), "the dump must hold what is stored in the clear");
        for secret in [&first.name, &second.name, &first.id_number, &second.id_number, &first.phone, &second.phone] {
            assert!(!holds(&dump, secret), "the dump shows {secret}");
            let most: String = secret.chars().skip(1).collect();
            assert!(!holds(&dump, &most), "the dump shows most of {secret}");
        }
        for secret in [&booked.manage_token, hold.token.reveal(), session.reveal(), &format!("\"{code}\"")] {
            assert!(!holds(&dump, secret), "the dump shows {secret}");
        }
    }
}

pub fn holds(dump: &[u8], text: &str) -> bool {
    dump.windows(text.len()).any(|window| window == text.as_bytes())
}

/// Everything there is: the files of SQLite, every row of PostgreSQL with bytes written out, and what was handed in as files.
pub async fn dump(test: &TestApp) -> Vec<u8> {
    match test.backend() {
        Backend::Sqlite => lying(&test.app.settings().data),
        Backend::Postgres => {
            let mut connection = test.app.database().read().await.unwrap();
            let tables = "select cast(table_name as text) as name from information_schema.tables \
                 where table_schema = current_schema()";
            let tables = sql(tables, []).fetch_all(&mut *connection).await.unwrap();
            let mut dump = lying(&test.app.settings().data.join("files"));
            for table in tables {
                let name = text(&table, "name").unwrap();
                // `escape` shows the printable bytes of a column as they are.
                let rows = format!("set bytea_output = 'escape'; select cast(t as text) as line from {name} t");
                let rows = sqlx::raw_sql(sqlx::AssertSqlSafe(rows)).fetch_all(&mut *connection).await.unwrap();
                for row in &rows {
                    dump.extend(text(row, "line").unwrap().into_bytes());
                }
            }
            dump
        }
    }
}

/// What lies in a folder, in whatever folder in it; nothing where there is none.
fn lying(folder: &Path) -> Vec<u8> {
    let entries = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { lying(&path) } else { fs::read(path).unwrap() }).collect()
}
