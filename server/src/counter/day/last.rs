//! The last step that somebody took on a day, whose undoing a sheet offers however they came back to it.

use chrono::{DateTime, NaiveDate, Utc};
use shared::counter::{UNDO_WITHIN, VisitId};
use shared::staff::OfficeId;

use crate::app::App;
use crate::database::sql::{sql, word};
use crate::error::Error;
use crate::staff::authority::Staff;

/// The visit where this person took the last step of all, as long as one is undone; none where others were there since.
pub async fn of(
    app: &App,
    staff: &Staff,
    (office, date): (&OfficeId, NaiveDate),
    now: DateTime<Utc>,
) -> Result<Option<VisitId>, Error> {
    let statement = "select v.id from visit v join audit a on a.stream = 'visit:' || v.id and a.sequence = v.audit_length \
         where v.office = $1 and v.date = $2 and v.changed_at > $3 and a.actor = $4 order by v.changed_at desc, v.id limit 1";
    let values = [office.as_str().into(), date.into(), (now - UNDO_WITHIN).into(), staff.actor().words().into()];
    let row = sql(statement, values).fetch_optional(&mut *app.database().read().await?).await?;
    Ok(row.map(|row| word(&row, "id", |id| VisitId::parse(id).ok())).transpose()?)
}
