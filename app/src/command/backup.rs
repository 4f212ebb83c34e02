//! Backups of the embedded database, made while it is in use.

use std::path::Path;

use server::{
    database::{Backend, Database},
    files::Lock,
    keys::tie,
    settings::Settings,
};

use super::{Failure, Said, files, unfinished::Unfinished};

/// Copies the embedded database as of one instant, and then the files that it names; writers go on meanwhile. Neither copy has its
/// name before both are whole.
pub async fn backup(settings: &Settings, file: &Path) -> Said {
    embedded_only(settings, "pg_dump")?;
    let _alone = alone(file)?;
    let beside = files::beside(file);
    if let Some(there) = [file, beside.as_path()].into_iter().find(|path| path.exists()) {
        return Err(format!("{} exists already; name a new file", there.display()).into());
    }
    let database = open(&settings.database()).await?;
    let (unfinished, _) = Unfinished::beside(file)?;
    let copied = copy(&database, settings, &unfinished).await;
    database.close().await;
    copied?;
    check(&unfinished, file).await?;
    let files = files::copy(settings, file).await?;
    unfinished.become_file(file)?;
    let keys = settings.keys.display();
    Ok(format!("Copied to {}. Keep the key file ({keys}) in another place.{files}\n", file.display()))
}

/// One whose records nobody could read afterwards is none to rely on.
async fn copy(database: &Database, settings: &Settings, unfinished: &Unfinished) -> Result<(), Failure> {
    tie::compare(database, &settings.keys).await?;
    Ok(database.copy_to(&unfinished.0).await?)
}

/// A database that is there; none is made to be copied.
async fn open(url: &str) -> Result<Database, Failure> {
    match url.strip_prefix("sqlite://").filter(|path| !Path::new(path).exists()) {
        Some(missing) => Err(format!("there is no database at {missing}").into()),
        None => Ok(Database::open(url).await?),
    }
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
