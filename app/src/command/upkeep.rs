//! Schema, keys and clock.

use server::{
    App,
    clock::office,
    database::Database,
    keys::{Keys, rotate::rotate},
    settings::Settings,
};
use shared::calendar::shanghai;

use super::Failure;

pub async fn migrate(settings: &Settings) -> Result<(), Failure> {
    let database = Database::open(&settings.database()).await?;
    database.close().await;
    println!("The database is up to date.");
    Ok(())
}

/// Makes a new sealing key, then seals every record with it.
pub async fn rotate_keys(settings: &Settings) -> Result<(), Failure> {
    // Where there is none, none is made to be rotated.
    Keys::load(&settings.keys)?;
    let app = App::open(settings.clone()).await?;
    let rotated = rotate(&app).await;
    app.database().close().await;
    let count = rotated?;
    println!("Sealed {count} records with a new key. Servers that run take it up by themselves.");
    Ok(())
}

/// Goes on although the clock is behind what was last written.
pub async fn accept_clock(settings: Settings) -> Result<(), Failure> {
    let app = App::open(settings).await?;
    let accepted = office::accept(&app).await;
    app.database().close().await;
    let accepted = accepted?;
    let now = shanghai(accepted.now);
    match accepted.seen.map(shanghai) {
        None => println!("The clock ({now}) is not behind what was last written; nothing had to be accepted."),
        Some(seen) => println!(
            "The clock ({now}) is accepted, though the office was last at work at {seen}. Servers that only read write \
             again within half a minute."
        ),
    }
    Ok(())
}
