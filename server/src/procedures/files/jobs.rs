//! What is done with files every round; each step is safe beside its twins in other processes.

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::BoxFuture;
use shared::procedures::FileId;
use sqlx::AnyConnection;

use super::rows::{self, Row};
use super::scan::{Verdict, scan};
use super::{doomed, open};
use crate::app::App;
use crate::database::{DatabaseError, sql::sql};
use crate::error::Error;

/// Files scanned in one round.
const SCANNED_AT_ONCE: i64 = 20;
/// How long a file waits that the scanner gave no answer for the second time; twice as long after each time more.
const TRIED_AGAIN_AFTER: TimeDelta = TimeDelta::minutes(1);
/// After so many times it waits no longer than before.
const MOST_DOUBLED: u32 = 6;
/// After how long a file is forgotten of which only parts came.
const UNFINISHED_FOR: TimeDelta = TimeDelta::days(1);

/// Scans what waits for it: what came while the scanner did not answer, or before there was one.
pub fn scan_waiting(app: &App, now: DateTime<Utc>) -> BoxFuture<'_, Result<(), Error>> {
    Box::pin(async move {
        let Some(clamd) = &app.settings().storage.clamd else { return Ok(()) };
        let waiting = rows::unscanned(&mut *app.database().read().await?, SCANNED_AT_ONCE, now).await?;
        let mut outcome = Ok(());
        for row in waiting {
            let Some(whole) = &row.whole else { continue };
            let opened = open::unsealed(app, app.files(), (&row, whole)).await;
            let bytes = match opened {
                Ok((_, bytes)) => bytes,
                // One that cannot be read, as one that gets no answer, goes behind the others.
                Err(error) => {
                    outcome = Err(error);
                    app.database().write_with((row, now), put_off).await?;
                    continue;
                }
            };
            match scan(clamd, &bytes).await {
                Verdict::Clean => app.database().write_with((row, now), clear).await?,
                Verdict::Found(_) => app.database().write_with((row, now), refuse).await?,
                Verdict::Unknown => app.database().write_with((row, now), put_off).await?,
                Verdict::Away => break,
            }
        }
        outcome
    })
}

/// Removes files of which only parts came, and those whose draft is no more.
pub fn forget(app: &App, now: DateTime<Utc>) -> BoxFuture<'_, Result<(), Error>> {
    Box::pin(async move {
        if !app.may_end(now) {
            return Ok(());
        }
        let unfinished = rows::unfinished(&mut *app.database().read().await?, now - UNFINISHED_FOR).await?;
        // Each by itself, so that nobody who writes waits for all of them.
        for row in unfinished {
            app.database().write_with((row.id, now), rows::remove_unfinished).await?;
        }
        let orphans = rows::orphans(&mut *app.database().read().await?).await?;
        for row in orphans {
            app.database().write_with((row.id, now), remove).await?;
        }
        Ok(())
    })
}

/// Removes from the store what no row names any more.
pub fn sweep(app: &App, now: DateTime<Utc>) -> BoxFuture<'_, Result<(), Error>> {
    Box::pin(async move { if app.may_end(now) { doomed::remove_due(app, now).await } else { Ok(()) } })
}

async fn clear(connection: &mut AnyConnection, (row, now): &(Row, DateTime<Utc>)) -> Result<(), Error> {
    let statement = "update case_file set scanned_at = $1 where id = $2 and state = 'kept'";
    sql(statement, [(*now).into(), row.id.as_str().into()]).execute(connection).await?;
    Ok(())
}

/// Its row stays, so that the family is told to hand it in anew.
async fn refuse(connection: &mut AnyConnection, (row, now): &(Row, DateTime<Utc>)) -> Result<(), Error> {
    let statement = "update case_file set state = 'refused', kind = null, size = null, address = null, object = null \
         where id = $1 and state = 'kept' and scanned_at is null";
    let refused = sql(statement, [row.id.as_str().into()]).execute(&mut *connection).await?.rows_affected() > 0;
    if let Some(whole) = row.whole.as_ref().filter(|_| refused) {
        doomed::doom(connection, &whole.object, *now).await?;
    }
    Ok(())
}

/// It comes again once the others had their turn: at first in the next round, and later and later after that.
async fn put_off(connection: &mut AnyConnection, (row, now): &(Row, DateTime<Utc>)) -> Result<(), Error> {
    let tries = row.scan_tries;
    let wait =
        if tries == 0 { TimeDelta::zero() } else { TRIED_AGAIN_AFTER * (1_i32 << (tries - 1).min(MOST_DOUBLED)) };
    let statement = "update case_file set scan_tries = scan_tries + 1, scan_from = $1 \
         where id = $2 and state = 'kept' and scanned_at is null";
    sql(statement, [(*now + wait).into(), row.id.as_str().into()]).execute(connection).await?;
    Ok(())
}

async fn remove(connection: &mut AnyConnection, (id, now): &(FileId, DateTime<Utc>)) -> Result<(), DatabaseError> {
    rows::remove(connection, id, *now).await
}
