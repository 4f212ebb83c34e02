//! Where a test keeps its data: a folder, and on PostgreSQL a schema, both gone afterwards.

use std::{env, path::Path, thread};

use server::keys::token::new_id;
use sqlx::{AnyConnection, AssertSqlSafe, Connection, any::install_default_drivers};
use tempfile::TempDir;

pub struct Place {
    folder: TempDir,
    schema: Option<Schema>,
}

struct Schema {
    server: String,
    name: String,
}

impl Place {
    pub fn sqlite() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), schema: None }
    }

    /// A fresh schema on the server that `HUIMIN_TEST_POSTGRES` names; without one there is no such place.
    pub async fn postgres() -> Option<Self> {
        let server = env::var("HUIMIN_TEST_POSTGRES").ok().filter(|url| !url.is_empty())?;
        let schema = Schema { server, name: format!("test_{}", new_id()) };
        schema.run("create schema {schema}").await.unwrap();
        Some(Self { folder: tempfile::tempdir().unwrap(), schema: Some(schema) })
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The database to name in the settings; SQLite's is in the data folder.
    pub fn url(&self) -> Option<String> {
        let Schema { server, name } = self.schema.as_ref()?;
        let join = if server.contains('?') { '&' } else { '?' };
        Some(format!("{server}{join}options[search_path]={name}"))
    }
}

impl Schema {
    async fn run(&self, statement: &str) -> Result<(), sqlx::Error> {
        install_default_drivers();
        let mut connection = AnyConnection::connect(&self.server).await?;
        let statement = AssertSqlSafe(statement.replace("{schema}", &self.name));
        sqlx::raw_sql(statement).execute(&mut connection).await?;
        connection.close().await
    }

    /// From a thread of its own, since a destructor cannot wait on its test's runtime.
    fn remove(self) {
        let work = move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(self.run("set client_min_messages = warning; drop schema {schema} cascade"))
        };
        let removed = thread::spawn(work).join();
        if !thread::panicking() {
            removed.unwrap().unwrap();
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(schema) = self.schema.take() {
            schema.remove();
        }
    }
}
