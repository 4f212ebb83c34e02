//! Databases that an earlier version filled, and servers of two versions on one database.
//!
//! `upgrade/version_1.json` is what a portal with the first four migrations kept: invented people, and the keys of a
//! portal that never was. Each release that migrates adds a file of its own and a line here; none is ever changed.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value as Json;
use server::appointments::booking::{cancel, find, view};
use server::appointments::{Bookable, hold};
use server::audit::{self, checkpoint};
use server::clock::Clock;
use server::database::{Backend, migrate};
use server::drafts::{self, Key};
use server::phone_codes::Asker;
use server::session::Session;
use server::{App, ceremony, domains, marriage, outbox, phone_codes};
use shared::appointments::{AppointmentState, BookingReference};
use shared::calendar::shanghai_date;
use shared::identity::Phone;
use sqlx::any::{AnyPoolOptions, install_default_drivers};
use sqlx::migrate::Migrator;
use sqlx::{AnyPool, AssertSqlSafe};

use super::support::people::{self, book};
use super::support::store::Store;
use super::support::{Setup, anyone, settings, test_apps};

const FIRST: &str = include_str!("upgrade/version_1.json");
const NOW: &str = "2026-05-13T10:05:00+08:00";
const FLAGS: [&str; 7] = ["--demo", "--messages", "mailbox", "--phone-codes", "off", "--rate-limit", "off"];

#[derive(Deserialize)]
struct Kept {
    /// Each after those it points at.
    tables: Vec<(String, Vec<BTreeMap<String, Json>>)>,
    keys: Json,
    links: Vec<Link>,
    /// Of a browser with a live hold and a draft.
    session: String,
    /// Sent to 13800000000 for a marriage registration and not used yet.
    code: String,
}

/// What opened a booking then.
#[derive(Deserialize)]
struct Link {
    service: String,
    state: String,
    reference: String,
    token: String,
}

#[tokio::test]
async fn everything_that_the_first_version_kept_is_there_after_the_upgrade() {
    let kept: Kept = serde_json::from_str(FIRST).unwrap();
    for (backend, store) in [(Backend::Sqlite, Some(Store::sqlite())), (Backend::Postgres, Store::postgres().await)] {
        let Some(store) = store else { continue };
        let settings = settings(&store, &FLAGS);
        fs::write(&settings.keys, kept.keys.to_string()).unwrap();
        private(&settings.keys);
        fill(&settings.database(), backend, 4, &kept).await;

        let now = NOW.parse().unwrap();
        let app = App::open_with_clock(settings, Clock::starting_at(Some(now))).await.unwrap();
        let bookable = |service: &str| -> &'static Bookable {
            let all = [&marriage::BOOKABLE, &ceremony::BOOKABLE];
            all.into_iter().find(|bookable| bookable.service.name() == service).unwrap()
        };
        for link in &kept.links {
            let reference = BookingReference::parse(&link.reference).unwrap();
            let holder = find::by_token(&app, reference, &link.token).await.unwrap();
            let bookable = bookable(&link.service);
            let view = view::view(&app, bookable, &holder, now).await.unwrap();
            let cancelled = link.state == "cancelled";
            assert_eq!(view.state, if cancelled { AppointmentState::Cancelled } else { AppointmentState::Booked });
            assert!(!view.messages.is_empty());
            if !cancelled {
                assert_eq!(view.changes > 0, link.state == "moved");
                cancel::cancel(&app, bookable, &holder, now).await.unwrap();
            }
        }

        let session = Session::parse(&kept.session).unwrap();
        let service = &marriage::BOOKABLE.service;
        let live = hold::all_of_session(&app, &session, service, now).await.unwrap();
        let (record, held) = live.into_iter().next().expect("the hold runs on");
        assert_eq!(shanghai_date(record.starts_at).to_string(), "2026-05-20");
        let key = Key { session: &session, form: service.name(), subject: "" };
        assert_eq!(drafts::load::<String>(&app, key, now).await.unwrap().as_deref(), Some("甲"));
        book(&app, &people::couple(9, &held), None, now).await.unwrap();
        let phone = Phone::parse("13800000000").unwrap();
        let (asker, purpose) = (Asker::unknown(), marriage::BOOKABLE.purpose());
        phone_codes::confirm(&app, &asker, &phone, purpose, &kept.code, now).await.unwrap();

        assert!(outbox::newest(&app, 100).await.unwrap().len() > 12, "each could be opened");
        let verified = audit::verify_all(app.database(), domains::streams()).await.unwrap();
        assert!(matches!(verified, Ok(streams) if streams > 6), "{verified:?}");
        assert_eq!(checkpoint::verify(&app).await.unwrap().unwrap(), 1);
        app.database().close().await;
    }
}

/// Whoever made an invitation was not kept then, so each would open an account without a second person.
#[tokio::test]
async fn invitations_from_before_there_was_a_second_person_are_void() {
    for (backend, store) in [(Backend::Sqlite, Some(Store::sqlite())), (Backend::Postgres, Store::postgres().await)] {
        let Some(store) = store else { continue };
        let url = settings(&store, &FLAGS).database();
        fill(&url, backend, 17, &nothing()).await;
        let pool = pool(&url, backend).await;
        for statement in [
            "insert into staff (id, person, person_index, created_at, audit_length, audit_head) values ('w', $1, 'w', 1, 0, '')",
            "insert into staff_account (name, staff_id, created_at) select 'wang.min', id, 1 from staff where person = $1",
            "insert into staff_invitation (account, code_hash, totp_secret, expires_at) values ('wang.min', 'h', $1, 2)",
        ] {
            sqlx::query(statement).bind(vec![0_u8]).execute(&pool).await.unwrap();
        }
        migrate::migrator(backend).run(&pool).await.unwrap();
        let left: i64 = sqlx::query_scalar("select count(*) from staff_invitation").fetch_one(&pool).await.unwrap();
        assert_eq!(left, 0);
        pool.close().await;
    }
}

/// No rows at all.
fn nothing() -> Kept {
    Kept { tables: Vec::new(), keys: Json::Null, links: Vec::new(), session: String::new(), code: String::new() }
}

/// What waits for a second person was ordered by clocks until the record's own order was kept with it.
#[tokio::test]
async fn what_somebody_began_before_the_order_was_kept_stays_before_or_after_what_stopped_them() {
    for (backend, store) in [(Backend::Sqlite, Some(Store::sqlite())), (Backend::Postgres, Store::postgres().await)] {
        let Some(store) = store else { continue };
        let url = settings(&store, &FLAGS).database();
        fill(&url, backend, 36, &nothing()).await;
        let pool = pool(&url, backend).await;
        for person in ["first", "second", "about"] {
            let statement = "insert into staff (id, person, person_index, created_at, audit_length, audit_head) \
                 values ($1, $2, $1, 1, 0, '')";
            sqlx::query(statement).bind(person).bind(vec![0_u8]).execute(&pool).await.unwrap();
        }
        for statement in [
            "insert into audit (stream, sequence, at, actor, act, detail, previous, hash) \
             values ('staff:first', 1, 100, 'operator', 'account_set_up', '{}', '', 'a')",
            "insert into audit (stream, sequence, at, actor, act, detail, previous, hash) \
             values ('staff:first', 2, 300, 'operator', 'password_changed', '{}', 'a', 'b')",
            "insert into staff_role (id, staff_id, role, scope, scope_id, from_at, granted_at, ending_by, ending_at) \
             values ('before', 'about', 'auditor', 'office', 'nanshan', 1, 1, 'first', 200)",
            "insert into staff_role (id, staff_id, role, scope, scope_id, from_at, granted_at, ending_by, ending_at) \
             values ('after', 'about', 'auditor', 'office', 'demo-bay', 1, 1, 'first', 400)",
            "insert into staff_role (id, staff_id, role, scope, scope_id, from_at, granted_at, ending_by, ending_at) \
             values ('other', 'about', 'auditor', 'office', 'demo-harbour', 1, 1, 'second', 200)",
        ] {
            sqlx::raw_sql(statement).execute(&pool).await.unwrap();
        }
        migrate::migrator(backend).run(&pool).await.unwrap();
        let statement = "select id, ending_after from staff_role order by id";
        let kept: Vec<(String, i64)> = sqlx::query_as(statement).fetch_all(&pool).await.unwrap();
        let expected = [("after", 2), ("before", 1), ("other", 0)];
        assert_eq!(kept, expected.map(|(role, after)| (role.to_owned(), after)));
        pool.close().await;
    }
}

/// A newer version has added a table, a column and its line in the history, and is running beside this one.
#[tokio::test]
async fn a_server_goes_on_and_starts_again_on_a_database_that_a_newer_version_has_expanded() {
    for test in test_apps(Setup { phone_codes: false, ..Setup::default() }).await {
        let before = test.free_slot("nanshan", "2026-05-19").await;
        let pool = pool(&test.app.settings().database(), test.backend()).await;
        for statement in [
            "create table station (id text primary key)",
            "alter table place add column hours text",
            "alter table appointment add column note text not null default ''",
            "insert into _sqlx_migrations (version, description, success, checksum, execution_time) \
             select 1000, 'stations', success, checksum, 0 from _sqlx_migrations where version = 1",
        ] {
            sqlx::raw_sql(statement).execute(&pool).await.unwrap();
        }
        pool.close().await;

        let bookable = &marriage::BOOKABLE;
        let taken = hold::take(&test.app, bookable, before.id, anyone(), test.now()).await.unwrap();
        book(&test.app, &people::couple(1, &taken), None, test.now()).await.unwrap();

        // Taking turns on the embedded database, side by side on the other.
        if test.backend() == Backend::Sqlite {
            test.app.database().close().await;
        }
        let clock = Clock::starting_at(Some(test.now()));
        let again = App::open_with_clock(test.app.settings().clone(), clock).await.unwrap();
        let taken = hold::take(&again, bookable, before.id, anyone(), test.now()).await.unwrap();
        book(&again, &people::couple(2, &taken), None, test.now()).await.unwrap();
        again.database().close().await;
    }
}

/// The answer to a prepared statement may not change its columns while a server runs.
#[test]
fn no_statement_asks_for_all_columns_of_a_table() {
    let mut asking = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let source = fs::read_to_string(&path).unwrap();
                let all = source.contains("select *") || source.contains(".*,") || source.contains("returning *");
                asking.extend(all.then_some(path));
            }
        }
    }
    assert_eq!(asking, Vec::<std::path::PathBuf>::new());
}

async fn pool(url: &str, backend: Backend) -> AnyPool {
    install_default_drivers();
    let url = if backend == Backend::Sqlite { format!("{url}?mode=rwc") } else { url.to_owned() };
    AnyPoolOptions::new().max_connections(1).connect(&url).await.unwrap()
}

/// Brings an empty database to a version of the schema and puts in what was kept.
async fn fill(url: &str, backend: Backend, version: i64, kept: &Kept) {
    if let Some(folder) = url.strip_prefix("sqlite://").and_then(|path| Path::new(path).parent()) {
        fs::create_dir_all(folder).unwrap();
    }
    let pool = pool(url, backend).await;
    let history = migrate::migrator(backend);
    let until = history.iter().filter(|migration| migration.version <= version).cloned();
    Migrator::with_migrations(until.collect()).run(&pool).await.unwrap();
    for (table, rows) in &kept.tables {
        for row in rows {
            insert(&pool, table, row).await;
        }
    }
    if backend == Backend::Postgres {
        for table in ["slot", "outbox"] {
            let next = format!("select setval(pg_get_serial_sequence('{table}', 'id'), max(id)) from {table}");
            sqlx::raw_sql(AssertSqlSafe(next)).execute(&pool).await.unwrap();
        }
    }
    pool.close().await;
}

async fn insert(pool: &AnyPool, table: &str, row: &BTreeMap<String, Json>) {
    let columns: Vec<_> = row.keys().map(String::as_str).collect();
    let places: Vec<_> = (1..=row.len()).map(|number| format!("${number}")).collect();
    let statement = format!("insert into {table} ({}) values ({})", columns.join(", "), places.join(", "));
    let mut query = sqlx::query(AssertSqlSafe(statement));
    for value in row.values() {
        query = match value {
            Json::Number(number) => query.bind(number.as_i64().unwrap()),
            Json::String(text) => query.bind(text.clone()),
            Json::Object(bytes) => {
                query.bind(data_encoding::HEXLOWER.decode(bytes["hex"].as_str().unwrap().as_bytes()).unwrap())
            }
            other => panic!("{table} keeps no {other}"),
        };
    }
    query.execute(pool).await.unwrap();
}

/// Key files that others can read are refused.
fn private(file: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(file, fs::Permissions::from_mode(0o600)).unwrap();
}
