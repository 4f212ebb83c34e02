//! Who was called on a day before their turn, and why, as the record has it.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value as Json;
use shared::staff::OfficeId;

use crate::app::App;
use crate::database::{
    DatabaseError,
    sql::{instant, maybe_int, sql, word},
};
use crate::error::Error;

/// A call that came before its turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutOfOrder {
    pub at: DateTime<Utc>,
    pub ticket: Option<u32>,
    /// As it is kept: one of [`shared::counter::First`] by its name, or words.
    pub reason: String,
}

/// The calls of a day out of their order, the first one first; without those that were a slip and undone. Whoever shows them
/// has asked for [`shared::staff::Right::ManageOffice`].
///
/// # Errors
/// Those of the database.
pub async fn on(app: &App, office: &OfficeId, date: NaiveDate) -> Result<Vec<OutOfOrder>, Error> {
    let statement = "select v.ticket, a.at, a.detail from visit v join audit a on a.stream = 'visit:' || v.id \
         where v.office = $1 and v.date = $2 and a.act = 'call' and not exists (select 1 from audit u \
         where u.stream = a.stream and u.sequence = a.sequence + 1 and u.act = 'undo') order by a.at, v.id, a.sequence";
    let values = [office.as_str().into(), date.into()];
    let rows = sql(statement, values).fetch_all(&mut *app.database().read().await?).await?;
    let mut calls = Vec::new();
    for row in &rows {
        let detail: Json = word(row, "detail", |detail| serde_json::from_str(detail).ok())?;
        if detail["out_of_order"] != true {
            continue;
        }
        let ticket = maybe_int(row, "ticket")?.map(u32::try_from).transpose();
        calls.push(OutOfOrder {
            at: instant(row, "at")?,
            ticket: ticket.map_err(|_| DatabaseError::unreadable("ticket"))?,
            reason: detail["reason"].as_str().unwrap_or_default().to_owned(),
        });
    }
    Ok(calls)
}
