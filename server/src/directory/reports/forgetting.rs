//! A report is kept for some time after its answer, and not for ever without one. The record keeps that there was one, when, of
//! what, and how it was answered; the words of whoever said so are nowhere any more.

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::BoxFuture;
use serde_json::json;
use shared::places::PlaceId;
use sqlx::AnyConnection;

use crate::app::App;
use crate::audit::Actor;
use crate::database::sql::{sql, text, word};
use crate::error::Error;
use crate::places;

/// Days after which a report goes although nobody has answered it.
pub const UNANSWERED_DAYS: u32 = 365;

/// Reports removed in one transaction.
const BATCH: i64 = 100;

/// Removes the reports whose time is over.
pub(in crate::directory) fn forget(app: &App, now: DateTime<Utc>) -> BoxFuture<'_, Result<(), Error>> {
    Box::pin(async move {
        if !app.may_end(now) {
            return Ok(());
        }
        let before = |days: u32| now - TimeDelta::days(days.into());
        let over = (before(app.settings().keep_days), before(UNANSWERED_DAYS), now);
        app.database().write_with(over, remove).await
    })
}

async fn remove(
    connection: &mut AnyConnection,
    (answered, made, now): &(DateTime<Utc>, DateTime<Utc>, DateTime<Utc>),
) -> Result<(), Error> {
    // Asked twice, since somebody may answer one while it is being removed.
    let statement = "delete from place_report where id in (select id from place_report where answered_at <= $1 \
         or (answered_at is null and created_at <= $2) limit $3) and (answered_at <= $1 or answered_at is null) \
         returning id, place_id";
    let values = [(*answered).into(), (*made).into(), BATCH.into()];
    let rows = sql(statement, values).fetch_all(&mut *connection).await?;
    for row in &rows {
        let place = word(row, "place_id", |id| PlaceId::parse(id).ok())?;
        let detail = json!({ "report": text(row, "id")? });
        places::record_by(connection, &place, (Actor::System, "wrong_erased", detail), *now).await?;
    }
    Ok(())
}
