//! The schema's history, one folder per database; a test keeps the two equal.

use sqlx::{
    AnyPool, SqlSafeStr,
    migrate::{Migration, MigrationType, Migrator},
};

use super::{Backend, DatabaseError};

/// Number, name, and the text for SQLite and for PostgreSQL.
const MIGRATIONS: [(i64, &str, &str, &str); 1] = [(
    1,
    "appointments",
    include_str!("../../migrations/sqlite/1_appointments.sql"),
    include_str!("../../migrations/postgres/1_appointments.sql"),
)];

/// Brings the schema up to date; safe when several processes start at once.
pub async fn run(pool: &AnyPool, backend: Backend) -> Result<(), DatabaseError> {
    let migrations = MIGRATIONS.map(|(version, name, sqlite, postgres)| {
        let text = match backend {
            Backend::Sqlite => sqlite,
            Backend::Postgres => postgres,
        };
        Migration::new(version, name.into(), MigrationType::Simple, text.into_sql_str(), false)
    });
    let migrator = Migrator::with_migrations(migrations.into());
    migrator.run(pool).await.map_err(|error| DatabaseError::Other(error.into()))
}
