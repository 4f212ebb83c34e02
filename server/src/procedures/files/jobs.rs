//! What is done with files every round; each step is safe beside its twins in other processes.

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::BoxFuture;
use sqlx::AnyConnection;

use super::rows::{self, Row};
use super::scan::{Verdict, scan};
use super::{doomed, open};
use crate::app::App;
use crate::database::sql::sql;
use crate::error::Error;

/// Files scanned in one round.
const SCANNED_AT_ONCE: i64 = 20;
/// After how long a file is forgotten of which only parts came.
const UNFINISHED_FOR: TimeDelta = TimeDelta::days(1);

/// Scans what waits for it: what came while the scanner did not answer, or before there was one.
pub fn scan_waiting(app: &App, now: DateTime<Utc>) -> BoxFuture<'_, Result<(), Error>> {
    Box::pin(async move {
        let Some(clamd) = &app.settings().storage.clamd else { return Ok(()) };
        let waiting = rows::unscanned(&mut *app.database().read().await?, SCANNED_AT_ONCE).await?;
        let mut outcome = Ok(());
        for row in waiting {
            let Some(whole) = &row.whole else { continue };
            let bytes = match open::unsealed(app, app.files(), (&row, whole)).await {
                Ok((_, bytes)) => bytes,
                // One that cannot be read keeps none of the others waiting.
                Err(error) => {
                    outcome = Err(error);
                    continue;
                }
            };
            match scan(clamd, &bytes).await {
                Verdict::Clean => app.database().write_with((row, now), clear).await?,
                Verdict::Found(_) => app.database().write_with((row, now), refuse).await?,
                // The others would wait as long for no answer.
                Verdict::Unknown => break,
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
        app.database().write_with(now, forget_unfinished).await?;
        app.database().write_with(now, forget_orphans).await
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

async fn forget_unfinished(connection: &mut AnyConnection, now: &DateTime<Utc>) -> Result<(), Error> {
    for row in rows::unfinished(connection, *now - UNFINISHED_FOR).await? {
        rows::remove_unfinished(connection, &(row.id, *now)).await?;
    }
    Ok(())
}

async fn forget_orphans(connection: &mut AnyConnection, now: &DateTime<Utc>) -> Result<(), Error> {
    for row in rows::orphans(connection).await? {
        rows::remove(connection, &row.id, *now).await?;
    }
    Ok(())
}
