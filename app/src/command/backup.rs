//! Backups of the embedded database, made while it is in use.

use std::path::Path;

use server::{
    database::{Backend, Database},
    files::Lock,
    settings::Settings,
};

use super::{Failure, Said, unfinished::Unfinished};

/// Copies the embedded database as of one instant; writers go on meanwhile. The copy has its name only once it is whole.
pub async fn backup(settings: &Settings, file: &Path) -> Said {
    embedded_only(settings, "pg_dump")?;
    let _alone = alone(file)?;
    if file.exists() {
        return Err(format!("{} exists already; name a new file", file.display()).into());
    }
    let (unfinished, _) = Unfinished::beside(file)?;
    let database = Database::open(&settings.database()).await?;
    database.copy_to(&unfinished.0).await?;
    database.close().await;
    check(&unfinished, file).await?;
    unfinished.become_file(file)?;
    let keys = settings.keys.display();
    Ok(format!("Copied to {}. Keep the key file ({keys}) in another place.\n", file.display()))
}

/// Two at once would write into one another's copy.
pub(super) fn alone(file: &Path) -> Result<Lock, Failure> {
    Lock::try_take(file)?.ok_or_else(|| format!("another process is at work on {}", file.display()).into())
}

/// Every page of the copy is as SQLite wrote it, and the database is a portal's.
pub(super) async fn check(copy: &Unfinished, file: &Path) -> Result<(), Failure> {
    Database::check(&address(&copy.0)).await.map_err(|error| format!("{}: {error}", file.display()).into())
}

pub(super) fn embedded_only(settings: &Settings, instead: &str) -> Result<(), Failure> {
    match Backend::of(&settings.database()) {
        Backend::Sqlite => Ok(()),
        Backend::Postgres => Err(format!("this is for the embedded database; use {instead} for PostgreSQL").into()),
    }
}

pub(super) fn address(file: &Path) -> String {
    format!("sqlite://{}", file.display())
}
