//! Databases that are migrated, filled with the demo region and published once in each process, and copied for each test.

use std::{
    collections::HashMap,
    fs::{self, OpenOptions},
    io::Write,
    os::unix::fs::OpenOptionsExt,
    sync::{Arc, Mutex},
};

use chrono::{DateTime, Utc};
use server::{App, appointments::publish, clock::Clock, database::Backend, keys::token::new_id, settings::Settings};
use sqlx::{AnyConnection, AssertSqlSafe, Row};
use tokio::sync::OnceCell;

use crate::store::{self, Store};

/// All that decides what is in a database that has just been published.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    postgres: bool,
    region: String,
    demo: bool,
    now: DateTime<Utc>,
}

/// A database and the key file that it is tied to.
struct Template {
    keys: Vec<u8>,
    database: Published,
}

enum Published {
    /// The bytes of the file: a folder would outlive the process.
    Sqlite(Vec<u8>),
    /// The database's name.
    Postgres(String),
}

/// A store whose database is as a server with these settings, flags alone, has published it at `now`.
pub(crate) async fn published(backend: Backend, settings: impl Fn(&Store) -> Settings, now: DateTime<Utc>) -> Store {
    static TEMPLATES: Mutex<Option<HashMap<Key, Arc<OnceCell<Template>>>>> = Mutex::new(None);
    let Settings { region, demo, .. } = settings(&Store::sqlite());
    let key = Key { postgres: backend == Backend::Postgres, region, demo, now };
    let template = {
        let mut templates = TEMPLATES.lock().unwrap();
        Arc::clone(templates.get_or_insert_default().entry(key).or_default())
    };
    let Template { keys, database } = template.get_or_init(|| make(backend, &settings, now)).await;
    let store = match database {
        Published::Sqlite(bytes) => {
            let store = Store::sqlite();
            let file = file(&settings(&store));
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, bytes).unwrap();
            store
        }
        Published::Postgres(name) => Store::postgres_like(name).await,
    };
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(settings(&store).keys).unwrap();
    file.write_all(keys).unwrap();
    store
}

async fn make(backend: Backend, settings: &impl Fn(&Store) -> Settings, now: DateTime<Utc>) -> Template {
    let store = Store::sqlite();
    let mut settings = settings(&store);
    let name = format!("{PREFIX}{}", new_id());
    if backend == Backend::Postgres {
        keep(&name).await;
        store::run(&format!("create database {name}")).await;
        settings.database_url = Some(store::url(&name));
    }
    let app = App::open_with_clock(settings.clone(), Clock::starting_at(Some(now))).await.unwrap();
    publish::publish(&app, now).await.unwrap();
    let keys = fs::read(&settings.keys).unwrap();
    if backend == Backend::Postgres {
        app.database().close().await;
        return Template { keys, database: Published::Postgres(name) };
    }
    let copy = store.folder().join("copy.sqlite");
    app.database().copy_to(&copy).await.unwrap();
    app.database().close().await;
    Template { keys, database: Published::Sqlite(fs::read(copy).unwrap()) }
}

fn file(settings: &Settings) -> std::path::PathBuf {
    settings.database().strip_prefix("sqlite://").expect("no PostgreSQL is named").into()
}

const PREFIX: &str = "huimin_template_";

/// Claims a template's name for as long as this process runs, and removes the templates of processes that have ended.
async fn keep(name: &str) {
    static KEEPERS: Mutex<Vec<AnyConnection>> = Mutex::new(Vec::new());
    let mut connection = store::connect().await;
    assert!(claim(&mut connection, name).await, "{name} is new");
    let all = format!("select cast(datname as text) as name from pg_database where datname like '{PREFIX}%'");
    for row in sqlx::raw_sql(AssertSqlSafe(all)).fetch_all(&mut connection).await.unwrap() {
        let name: String = row.get("name");
        if claim(&mut connection, &name).await {
            let drop = format!("drop database if exists {name} with (force)");
            sqlx::raw_sql(AssertSqlSafe(drop)).execute(&mut connection).await.unwrap();
        }
    }
    KEEPERS.lock().unwrap().push(connection);
}

/// Whether no other process holds this name; from now on this connection does.
async fn claim(connection: &mut AnyConnection, name: &str) -> bool {
    let statement = format!("select cast(pg_try_advisory_lock(hashtext('{name}')) as int) as free");
    let row = sqlx::raw_sql(AssertSqlSafe(statement)).fetch_one(connection).await.unwrap();
    row.get::<i32, _>("free") == 1
}
