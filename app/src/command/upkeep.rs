//! Schema, backups and keys.

use std::{fs, path::Path};

use server::{App, database::Backend, database::Database, keys::Keys, settings::Settings};

use super::Failure;

pub async fn migrate(settings: &Settings) -> Result<(), Failure> {
    let database = Database::open(&settings.database()).await?;
    database.close().await;
    println!("The database is up to date.");
    Ok(())
}

/// Copies the embedded database as of one instant; writers go on meanwhile.
pub async fn backup(settings: &Settings, file: &Path) -> Result<(), Failure> {
    embedded_only(settings, "pg_dump")?;
    if file.exists() {
        return Err(format!("{} exists already; name a new file", file.display()).into());
    }
    let database = Database::open(&settings.database()).await?;
    database.copy_to(file).await?;
    database.close().await;
    println!("Copied to {}. Keep the key file ({}) in another place.", file.display(), settings.keys.display());
    Ok(())
}

pub async fn restore(settings: &Settings, file: &Path) -> Result<(), Failure> {
    embedded_only(settings, "pg_restore")?;
    let target = settings.data.join("huimin.sqlite");
    if target.exists() {
        return Err(format!("there is a database at {}; move it away first", target.display()).into());
    }
    fs::create_dir_all(&settings.data)?;
    fs::copy(file, &target)?;
    let app = App::open(settings.clone()).await?;
    app.database().close().await;
    println!("Restored to {}.", target.display());
    Ok(())
}

/// Makes a new sealing key, then seals every record with it.
pub async fn rotate_keys(settings: &Settings) -> Result<(), Failure> {
    let keys = Keys::load(&settings.keys)?;
    keys.rotate(&settings.keys, settings.cipher)?;
    let app = App::open(settings.clone()).await?;
    let count = server::keys::reseal::all(&app, server::domains::sealed()).await?;
    app.database().close().await;
    println!("Sealed {count} records with a new key. Servers that run take it up by themselves.");
    Ok(())
}

fn embedded_only(settings: &Settings, instead: &str) -> Result<(), Failure> {
    match Backend::of(&settings.database()) {
        Backend::Sqlite => Ok(()),
        Backend::Postgres => Err(format!("this is for the embedded database; use {instead} for PostgreSQL").into()),
    }
}
