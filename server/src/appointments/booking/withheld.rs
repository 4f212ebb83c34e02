//! That the office has ended a booking, while those who hold it are not to learn of it: whoever made it may be with the person
//! whom the office keeps safe. Until they are told, and where they never are, it ended as any booking that is called off, by
//! whomever; nothing that is said of it is untrue.

use chrono::{DateTime, Utc};
use serde_json::Value as Json;
use shared::appointments::AppointmentState;
use sqlx::AnyConnection;

use super::messages::BookingEvent;
use crate::appointments::record::Record;
use crate::database::{
    DatabaseError,
    sql::{sql, word},
};

/// The state as those who hold the booking read it now.
pub(super) async fn state(
    connection: &mut AnyConnection,
    record: &Record,
    now: DateTime<Utc>,
) -> Result<AppointmentState, DatabaseError> {
    let state = record.state.observed(now, record.starts_at);
    if state == AppointmentState::Released && is_withheld(connection, record, now).await? {
        return Ok(AppointmentState::Cancelled);
    }
    Ok(state)
}

/// The name under which they read of an event of its stream.
pub(super) fn act(act: String, shown: AppointmentState) -> String {
    if act == BookingEvent::Released.kind() && shown == AppointmentState::Cancelled {
        return BookingEvent::Cancelled.kind().to_owned();
    }
    act
}

/// The event of the release says when they are told, where that is not at once.
async fn is_withheld(
    connection: &mut AnyConnection,
    record: &Record,
    now: DateTime<Utc>,
) -> Result<bool, DatabaseError> {
    let statement = "select detail from audit where stream = $1 and act = $2 order by sequence desc limit 1";
    let values = [record.id.as_str().into(), BookingEvent::Released.kind().into()];
    let Some(row) = sql(statement, values).fetch_optional(connection).await? else { return Ok(false) };
    let detail: Json = word(&row, "detail", |detail| serde_json::from_str(detail).ok())?;
    Ok(says_withheld(&detail, now))
}

/// Whether those who hold a booking are not to learn yet, or ever, that the office released it, as the detail of that event
/// says.
pub(crate) fn says_withheld(detail: &Json, now: DateTime<Utc>) -> bool {
    let told_at = detail.get("told_at").map(|told_at| serde_json::from_value::<DateTime<Utc>>(told_at.clone()).ok());
    match told_at {
        None => false,
        Some(None) => true,
        Some(Some(told_at)) => now < told_at,
    }
}
