//! Where a test keeps its data: a folder, and on PostgreSQL a database, both gone afterwards.

use std::{env, path::Path, thread};

use server::keys::token::new_id;
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Row, any::install_default_drivers};
use tempfile::TempDir;

/// A place for one server, still empty or a copy of another one's.
pub struct Store {
    folder: TempDir,
    database: Option<Database>,
}

/// A database of its own on the server that the tests were given.
struct Database {
    name: String,
}

impl Store {
    pub fn sqlite() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), database: None }
    }

    /// An empty database on the server that `HUIMIN_TEST_POSTGRES` names; without one there is no such place.
    pub async fn postgres() -> Option<Self> {
        server()?;
        Some(Self::postgres_like("template1").await)
    }

    /// A copy of a database that nobody is connected to.
    pub(crate) async fn postgres_like(template: &str) -> Self {
        let name = format!("huimin_test_{}", new_id());
        run(&format!("create database {name} template {template}")).await;
        Self { folder: tempfile::tempdir().unwrap(), database: Some(Database { name }) }
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The database to name in the settings; SQLite's is in the data folder.
    pub fn url(&self) -> Option<String> {
        self.database.as_ref().map(|database| url(&database.name))
    }
}

/// What a database goes through from outside.
impl Store {
    /// A connection beside those of the servers.
    pub async fn connection(&self) -> AnyConnection {
        install_default_drivers();
        let embedded = || format!("sqlite://{}", self.folder().join("data").join("huimin.sqlite").display());
        AnyConnection::connect(&self.url().unwrap_or_else(embedded)).await.unwrap()
    }

    /// What no server would do.
    pub async fn execute(&self, statement: &str) {
        let mut connection = self.connection().await;
        sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    }

    /// The rows of a statement that gives texts.
    pub async fn rows(&self, statement: &'static str) -> Vec<Vec<String>> {
        let rows = sqlx::query(statement).fetch_all(&mut self.connection().await).await.unwrap();
        rows.iter().map(|row| (0..row.len()).map(|column| row.get(column)).collect()).collect()
    }

    /// Ends every connection to the database but this one, as its restart does.
    pub async fn cut_off(&self) {
        let statement = "select pg_terminate_backend(pid) from pg_stat_activity \
             where datname = current_database() and pid <> pg_backend_pid()";
        let mut connection = self.connection().await;
        sqlx::raw_sql(statement).execute(&mut connection).await.unwrap();
    }
}

impl Drop for Database {
    /// From a thread of its own, since a destructor cannot wait on its test's runtime.
    fn drop(&mut self) {
        let statement = format!("drop database {} with (force)", self.name);
        let removed = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(run(&statement));
        });
        let removed = removed.join();
        if !thread::panicking() {
            removed.unwrap();
        }
    }
}

/// The PostgreSQL server of this run, if there is one.
pub(crate) fn server() -> Option<String> {
    env::var("HUIMIN_TEST_POSTGRES").ok().filter(|url| !url.is_empty())
}

/// The address of one database on it.
pub(crate) fn url(database: &str) -> String {
    let server = server().expect("only called where there is a server");
    let (address, options) = server.split_once('?').unwrap_or((&server, ""));
    let (host, _) = address.rsplit_once('/').expect("the server's address names a database");
    let join = if options.is_empty() { "" } else { "?" };
    format!("{host}/{database}{join}{options}")
}

/// A connection to the server's own database, from which others are made and removed.
pub(crate) async fn connect() -> AnyConnection {
    install_default_drivers();
    AnyConnection::connect(&server().expect("only called where there is a server")).await.unwrap()
}

/// One statement that names databases made here.
pub(crate) async fn run(statement: &str) {
    let mut connection = connect().await;
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}
