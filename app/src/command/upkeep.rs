//! Schema, keys and clock.

use server::{
    App,
    clock::office,
    database::Database,
    keys::{Keys, rotate::rotate},
    settings::Settings,
};
use shared::calendar::shanghai;

use super::Said;

pub async fn migrate(settings: &Settings) -> Said {
    let database = Database::open(&settings.database()).await?;
    database.close().await;
    Ok("The database is up to date.\n".to_owned())
}

/// Makes a new sealing key, then seals every record with it.
pub async fn rotate_keys(settings: &Settings) -> Said {
    // Where there is none, none is made to be rotated.
    Keys::load(&settings.keys)?;
    let app = App::open(settings.clone()).await?;
    let rotated = rotate(&app).await;
    app.database().close().await;
    let count = rotated?;
    Ok(format!(
        "Sealed {count} records with a new key. Servers that run take it up by themselves.\nCopy the key file ({}) to \
         where you keep it, and to every other machine that serves this database.\n",
        settings.keys.display()
    ))
}

/// Goes on although the clock is behind what was last written.
pub async fn accept_clock(settings: Settings) -> Said {
    let app = App::open(settings).await?;
    let accepted = office::accept(&app).await;
    app.database().close().await;
    let accepted = accepted?;
    let now = shanghai(accepted.now);
    Ok(match accepted.seen.map(shanghai) {
        None => format!("The clock ({now}) is not behind what was last written; nothing had to be accepted.\n"),
        Some(seen) => format!(
            "The clock ({now}) is accepted, though the office was last at work at {seen}. Servers that only read write \
             again within half a minute.\n"
        ),
    })
}
