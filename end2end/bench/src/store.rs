//! Where a portal keeps its data in a measurement: a folder with SQLite in it, or a database in PostgreSQL.

use std::{
    fmt,
    path::Path,
    sync::atomic::{AtomicU32, Ordering},
};

use sqlx::{AnyPool, any::AnyPoolOptions};
use tempfile::TempDir;

use crate::{Outcome, plan::Plan};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Store<'a> {
    Sqlite,
    Postgres { server: &'a str },
}

/// The data of one portal; gone when dropped, but for a PostgreSQL database, which goes with its cluster.
pub struct Place {
    pub folder: TempDir,
    /// What to set `DATABASE_URL` to.
    pub database: Option<String>,
}

impl<'a> Store<'a> {
    /// SQLite, and PostgreSQL where there is one.
    pub fn all(plan: &'a Plan) -> impl Iterator<Item = Self> {
        let postgres = plan.postgres.as_deref().map(|server| Self::Postgres { server });
        std::iter::once(Self::Sqlite).chain(postgres)
    }

    /// An empty place of one's own.
    pub async fn place(self, scratch: &Path) -> Outcome<Place> {
        static COUNT: AtomicU32 = AtomicU32::new(1);
        let folder = tempfile::tempdir_in(scratch)?;
        let Self::Postgres { server } = self else { return Ok(Place { folder, database: None }) };
        let name = format!("bench_{}", COUNT.fetch_add(1, Ordering::Relaxed));
        let pool = AnyPoolOptions::new().max_connections(1).connect(server).await?;
        // Writes what earlier measurements left in memory, so that this one does not pay for them.
        sqlx::raw_sql("checkpoint").execute(&pool).await?;
        sqlx::raw_sql(sqlx::AssertSqlSafe(format!("create database {name}"))).execute(&pool).await?;
        pool.close().await;
        let base = server.rsplit_once('/').map_or(server, |(base, _)| base);
        Ok(Place { folder, database: Some(format!("{base}/{name}")) })
    }
}

impl fmt::Display for Store<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sqlite => "SQLite",
            Self::Postgres { .. } => "PostgreSQL",
        })
    }
}

impl Place {
    /// Connections to the data beside the server, or after it.
    pub async fn connect(&self, connections: u32) -> Outcome<AnyPool> {
        let url = match &self.database {
            Some(url) => url.clone(),
            None => format!("sqlite://{}?mode=rw", self.folder.path().join("huimin.sqlite").display()),
        };
        Ok(AnyPoolOptions::new().max_connections(connections).connect(&url).await?)
    }
}
