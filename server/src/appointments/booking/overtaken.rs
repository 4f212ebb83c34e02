//! Whether what a text says of a booking is still so when it is sent, as those who hold the booking may know it.

use chrono::{DateTime, Utc};
use shared::appointments::{AppointmentState, HoldId};
use sqlx::AnyConnection;

use super::messages::{BookingEvent, CLOSED, Changes, REMINDER, REOPENED};
use super::withheld;
use crate::appointments::record;
use crate::counter::overtaken::KIND as OF_VISIT;
use crate::database::{DatabaseError, sql::sql};
use crate::error::Error;
use crate::outbox::{About, Truth};

/// What was done stays done: of a cancelling, a release, a copy, a correction or a second try nothing is asked.
pub(crate) async fn truth(
    connection: &mut AnyConnection,
    (id, about): (&HoldId, &About),
    now: DateTime<Utc>,
) -> Result<Truth, Error> {
    let (made, moved) = (BookingEvent::Made(Changes::NONE).kind(), BookingEvent::Moved.kind());
    let kind = about.kind.as_str();
    let is_of_visit = kind.starts_with(OF_VISIT);
    if !is_of_visit && ![made, moved, CLOSED, REOPENED, REMINDER].contains(&kind) {
        return Ok(Truth::Holds);
    }
    let Some(record) = record::by_id(connection, id).await? else { return Ok(Truth::Holds) };
    let record = withheld::as_held(connection, record, now).await?;
    if is_of_visit {
        // Whoever is told that the office has ended it reads nothing of a visit that went on as if it stood.
        return Ok(Truth::of(record.state != AppointmentState::Released));
    }
    let stands = record.state.observed(now, record.starts_at) == AppointmentState::Booked;
    let is_ahead = kind != REMINDER || (now < record.starts_at && !record.arrived);
    let is_as_said = stands && is_ahead && record.closed == (kind == CLOSED);
    Ok(Truth::of(is_as_said && !moved_since(connection, about).await?))
}

/// Whether another move was told after this text was written. Those of one move have one key.
async fn moved_since(connection: &mut AnyConnection, about: &About) -> Result<bool, DatabaseError> {
    let statement = "select 1 from outbox o join outbox l on l.subject = o.subject where o.id = $1 and l.id > o.id \
         and l.kind = $2 and (l.created_at > o.created_at or coalesce(l.once_key, '') not like $3) limit 1";
    let moved = BookingEvent::Moved.kind();
    let same = match about.once_key.as_deref().and_then(|key| key.rsplit_once('/')) {
        _ if about.kind != moved => "-".to_owned(),
        Some((one, _)) => format!("{one}/%"),
        // From before moves had keys.
        None => "%".to_owned(),
    };
    let values = [about.message.into(), moved.into(), same.into()];
    Ok(sql(statement, values).fetch_optional(connection).await?.is_some())
}
