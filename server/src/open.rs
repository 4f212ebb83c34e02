//! Opening a server process: the database, the keys, the calendar, the packs, and in demonstrations a region.

use std::io::ErrorKind;

use shared::calendar::{Calendar, CalendarPack, PackError};

use crate::app::{App, Parts};
use crate::clock::{Clock, office};
use crate::database::{Database, DatabaseError};
use crate::demo::{self, DemoError};
use crate::domains;
use crate::keys::{
    KeyError, Keys,
    tie::{is_tied, tie},
};
use crate::policy::{Policies, PolicyError};
use crate::procedures::files::{Store, StoreError};
use crate::settings::Settings;

const CALENDAR: &str = include_str!("../../shared/packs/cn/calendar.json");

/// Why the server cannot start.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("the database cannot be opened: {0}")]
    Database(#[from] DatabaseError),
    #[error(transparent)]
    Keys(#[from] KeyError),
    #[error("the calendar cannot be read: {0}")]
    CalendarText(#[from] serde_json::Error),
    #[error("the calendar contradicts itself: {0}")]
    Calendar(#[from] PackError),
    #[error(transparent)]
    Demo(#[from] DemoError),
    #[error(
        "this database holds the places and times of a demonstration, which nobody would be expected at; name another \
         one, or set HUIMIN_DEMO=1"
    )]
    MadeUp,
    #[error(transparent)]
    Policy(#[from] PolicyError),
    #[error("the storage that HUIMIN_FILES names cannot be used: {0}")]
    Files(#[from] StoreError),
}

impl App {
    /// Opens the database (bringing its schema up to date), the keys and the calendar; on an empty database
    /// in demo mode also loads the demo region.
    pub async fn open(settings: Settings) -> Result<Self, OpenError> {
        let clock = Clock::starting_at(settings.now.map(|now| now.to_utc()));
        Self::open_with_clock(settings, clock).await
    }

    /// [`Self::open`] with a clock of one's own.
    pub async fn open_with_clock(settings: Settings, clock: Clock) -> Result<Self, OpenError> {
        let database = Database::open(&settings.database()).await?;
        let keys = open_keys(&settings, &database).await?;
        tie(&database, &keys, &settings.keys).await?;
        let calendar = calendar()?;
        let policies = if settings.demo { Policies::of_demonstration() } else { Policies::embedded() };
        if let Some(folder) = &settings.packs {
            policies.load(folder)?;
        }
        let bookable = domains::bookable(&settings).collect();
        let files = Store::open(&settings)?;
        let app = Self::of(Parts { settings, clock, keys, database, calendar, policies, bookable, files });
        office::compare(&app).await?;
        if app.settings().demo {
            demo::load(&app).await?;
        } else if app.settings().production() && demo::is_made_up(app.database()).await? {
            return Err(OpenError::MadeUp);
        }
        Ok(app)
    }
}

/// The national calendar of holidays, make-up workdays and hot dates.
fn calendar() -> Result<Calendar, OpenError> {
    let pack: CalendarPack = serde_json::from_str(CALENDAR)?;
    Ok(Calendar::new(pack)?)
}

/// Loads the key file; makes one only where nothing has been sealed yet.
async fn open_keys(settings: &Settings, database: &Database) -> Result<Keys, OpenError> {
    let file = &settings.keys;
    // Asked before the file is looked for again: another process makes it before it ties the database to it.
    let tied = !file.exists() && is_tied(database).await?;
    if file.exists() {
        return Ok(Keys::load(file)?);
    }
    if tied {
        return Err(KeyError::Missing(file.display().to_string()).into());
    }
    match Keys::create(file, settings.cipher) {
        // Another process that opens this database made it at the same moment.
        Err(KeyError::File { error, .. }) if error.kind() == ErrorKind::AlreadyExists => Ok(Keys::load(file)?),
        made => Ok(made?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_calendar_reads() {
        calendar().unwrap();
    }
}
