//! Hearing of changes that other processes made: PostgreSQL tells of each, and a look every two seconds is the net below. It
//! also catches what this process changed for somebody who went away before it could tell.

use std::{collections::HashMap, time::Duration};

use chrono::{Days, NaiveDate};
use shared::calendar::shanghai_date;
use shared::staff::OfficeId;
use sqlx::postgres::PgListener;
use tokio::time::sleep;

use super::{CHANNEL, Told};
use crate::app::App;
use crate::database::{
    Backend,
    sql::{date, int, sql, word},
};
use crate::error::Error;

/// How often days are looked at whatever was told.
const LOOK: Duration = Duration::from_secs(2);
/// After how long a line that broke is tried again.
const AGAIN: Duration = Duration::from_secs(1);

/// Hears of changes for as long as the process runs.
pub async fn run(app: App) {
    match app.database().backend() {
        Backend::Sqlite => look(&app).await,
        Backend::Postgres => {
            tokio::join!(listen(&app), look(&app));
        }
    }
}

async fn listen(app: &App) {
    loop {
        if let Err(error) = hear(app).await {
            tracing::warn!(%error, "changes of the halls are not told for a moment");
        }
        sleep(AGAIN).await;
    }
}

async fn hear(app: &App) -> Result<(), sqlx::Error> {
    let mut listener = PgListener::connect(&app.settings().database()).await?;
    listener.listen(CHANNEL).await?;
    loop {
        if let Some(told) = Told::read(listener.recv().await?.payload()) {
            app.hall().changes().tell(told);
        }
    }
}

/// Tells what may have been missed while the line was down.
async fn look(app: &App) {
    let mut seen = HashMap::new();
    loop {
        // A database that is away is said where somebody needs it.
        if let Ok(days) = days(app).await {
            for told in days {
                let last = seen.insert((told.office.clone(), told.date), told.version);
                if last != Some(told.version) {
                    app.hall().changes().tell(told);
                }
            }
        }
        sleep(LOOK).await;
    }
}

/// The days that may still change: today, and yesterday where a night shift goes on.
async fn days(app: &App) -> Result<Vec<Told>, Error> {
    let from: NaiveDate = shanghai_date(app.now()) - Days::new(1);
    let statement = "select office, date, version from office_day where date >= $1";
    let rows = sql(statement, [from.into()]).fetch_all(&mut *app.database().read().await?).await?;
    let told = rows.iter().map(|row| {
        let office = word(row, "office", |id| OfficeId::parse(id).ok())?;
        Ok(Told { office, date: date(row, "date")?, version: int(row, "version")? })
    });
    told.collect()
}
