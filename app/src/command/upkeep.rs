//! Schema and keys.

use server::{App, database::Database, keys::Keys, settings::Settings};

use super::Failure;

pub async fn migrate(settings: &Settings) -> Result<(), Failure> {
    let database = Database::open(&settings.database()).await?;
    database.close().await;
    println!("The database is up to date.");
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
