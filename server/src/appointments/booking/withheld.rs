//! That the office has ended a booking, while those who hold it are not to learn of it: whoever made it may be with the person
//! whom the office keeps safe. Until they are told, and where they never are, it stands for them as it would without the
//! office, and what they do with it is refused as it would be then.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use shared::appointments::{AppointmentState, BookingRule, HoldId};
use sqlx::AnyConnection;

use super::deadlines::Deadlines;
use super::messages::{AtWhoseHand, BookingEvent};
use crate::appointments::record::Record;
use crate::database::{
    DatabaseError,
    sql::{sql, word},
};

/// As what a booking goes on for those who hold it, once the office has ended it out of their sight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Guise {
    /// Called off, which each of them could have done then.
    Cancelled,
    /// As it was, until its day is over: nobody could have called it off any more.
    Standing,
    /// As a visit that is over: they had come, or had been called in vain.
    VisitOver,
}

impl Guise {
    /// Of a booking that is ended now.
    pub(crate) fn of(record: &Record, rule: &BookingRule, now: DateTime<Utc>) -> Self {
        if record.arrived {
            Self::VisitOver
        } else if now < Deadlines::of(record, rule).cancel {
            Self::Cancelled
        } else {
            Self::Standing
        }
    }

    /// The booking as those who hold it read it.
    fn of_record(self, record: Record) -> Record {
        match self {
            Self::Cancelled => Record { state: AppointmentState::Cancelled, ..record },
            // That it was ended counts as a change of it; whoever holds it is told of no day that was closed since either.
            Self::Standing => {
                Record { state: AppointmentState::Booked, changes: record.changes - 1, closed: false, ..record }
            }
            Self::VisitOver => Record { state: AppointmentState::Booked, changes: record.changes - 1, ..record },
        }
    }
}

/// A booking as those who hold it read it now.
pub(super) async fn as_held(
    connection: &mut AnyConnection,
    record: Record,
    now: DateTime<Utc>,
) -> Result<Record, DatabaseError> {
    if record.state != AppointmentState::Released {
        return Ok(record);
    }
    Ok(match of_booking(connection, &record.id, now).await? {
        Some(guise) => guise.of_record(record),
        None => record,
    })
}

/// As what a booking stands now for those who hold it; none where the office has not ended it, or they may know.
pub(crate) async fn of_booking(
    connection: &mut AnyConnection,
    id: &HoldId,
    now: DateTime<Utc>,
) -> Result<Option<Guise>, DatabaseError> {
    let statement = "select detail from audit where stream = $1 and act = $2 order by sequence desc limit 1";
    let values = [id.as_str().into(), BookingEvent::Released.kind().into()];
    let Some(row) = sql(statement, values).fetch_optional(connection).await? else { return Ok(None) };
    let detail: Json = word(&row, "detail", |detail| serde_json::from_str(detail).ok())?;
    Ok(of_detail(&detail, now))
}

/// The same, as the detail of the event says.
pub(crate) fn of_detail(detail: &Json, now: DateTime<Utc>) -> Option<Guise> {
    let told_at = detail.get("told_at")?;
    let is_told = serde_json::from_value::<DateTime<Utc>>(told_at.clone()).is_ok_and(|told_at| told_at <= now);
    if is_told {
        return None;
    }
    // Events from before there were others.
    Some(serde_json::from_value(detail["shown_as"].clone()).unwrap_or(Guise::Cancelled))
}

/// The name under which those who hold a booking read of an event of its stream; none where they do not read of it.
pub(super) fn act(act: String, shown: AppointmentState) -> Option<String> {
    match shown {
        AppointmentState::Released => Some(act),
        _ if act != BookingEvent::Released.kind() => Some(act),
        AppointmentState::Cancelled => Some(BookingEvent::Cancelled(AtWhoseHand::Holder).kind().to_owned()),
        _ => None,
    }
}
