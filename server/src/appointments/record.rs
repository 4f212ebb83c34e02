//! One appointment as the database holds it, with the slot it stands on.

use chrono::{DateTime, Utc};
use shared::appointments::{AppointmentState, BookingReference, HoldId, PlaceId, SlotId};
use shared::locale::Locale;
use sqlx::{AnyConnection, any::AnyRow};

use crate::audit::Head;
use crate::database::{
    DatabaseError,
    sql::{instant, int, maybe_bytes, maybe_instant, maybe_text, sql, text, word},
};

/// A hold or a booking.
#[derive(Clone, Debug)]
pub struct Record {
    pub id: HoldId,
    pub slot: SlotId,
    pub registry: PlaceId,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub state: AppointmentState,
    pub reference: Option<BookingReference>,
    /// Sealed; opened by the service that wrote it.
    pub parties: Option<Vec<u8>>,
    pub session: Option<String>,
    pub locale: Locale,
    /// How often its booking has been moved or cancelled, for the calendar file's sequence number.
    pub changes: i64,
    pub head: Head,
}

const SELECT_BY_ID: &str = "select a.*, s.registry_id, s.starts_at, s.ends_at from appointment a \
     join slot s on s.id = a.slot_id where a.id = $1";
const SELECT_BY_REFERENCE: &str = "select a.*, s.registry_id, s.starts_at, s.ends_at from appointment a \
     join slot s on s.id = a.slot_id where a.reference = $1";
const SELECT_BY_SESSION: &str = "select a.*, s.registry_id, s.starts_at, s.ends_at from appointment a \
     join slot s on s.id = a.slot_id where a.session = $1 and a.state = 'held' and a.occupies_until > $2 \
     order by a.created_at desc";

pub async fn by_id(connection: &mut AnyConnection, id: &HoldId) -> Result<Option<Record>, DatabaseError> {
    let row = sql(SELECT_BY_ID, [id.as_str().into()]).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

pub async fn by_reference(
    connection: &mut AnyConnection,
    reference: BookingReference,
) -> Result<Option<Record>, DatabaseError> {
    let row = sql(SELECT_BY_REFERENCE, [reference.as_str().into()]).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

/// The live holds of a browser, the newest first.
pub async fn live_holds(
    connection: &mut AnyConnection,
    session: &str,
    now: DateTime<Utc>,
) -> Result<Vec<Record>, DatabaseError> {
    let rows = sql(SELECT_BY_SESSION, [session.into(), now.into()]).fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

fn read(row: &AnyRow) -> Result<Record, DatabaseError> {
    let extensions = u8::try_from(int(row, "extensions")?).map_err(|_| DatabaseError::unreadable("extensions"))?;
    let until = maybe_instant(row, "occupies_until")?;
    Ok(Record {
        id: word(row, "id", |id| HoldId::parse(id).ok())?,
        slot: SlotId(int(row, "slot_id")?),
        registry: word(row, "registry_id", |id| PlaceId::parse(id).ok())?,
        starts_at: instant(row, "starts_at")?,
        ends_at: instant(row, "ends_at")?,
        state: word(row, "state", |name| AppointmentState::restore(name, until, extensions))?,
        reference: maybe_text(row, "reference")?.and_then(|text| BookingReference::parse(&text).ok()),
        parties: maybe_bytes(row, "parties")?,
        session: maybe_text(row, "session")?,
        locale: word(row, "locale", Locale::from_tag)?,
        changes: int(row, "changes")?,
        head: Head { length: int(row, "audit_length")?, hash: text(row, "audit_head")? },
    })
}
