//! One appointment as the database holds it, with the slot it stands on.

use chrono::{DateTime, Utc};
use shared::appointments::{AppointmentState, BookingReference, HoldId, Refusal, Service, SlotId};
use shared::locale::Locale;
use shared::places::PlaceId;
use sqlx::{AnyConnection, any::AnyRow};

use crate::audit::Head;
use crate::database::{
    DatabaseError,
    sql::{flag, instant, int, maybe_bytes, maybe_instant, maybe_text, sql, text, word},
};

/// A hold or a booking.
#[derive(Clone, Debug)]
pub struct Record {
    pub id: HoldId,
    pub service: Service,
    pub slot: SlotId,
    pub place: PlaceId,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    /// As the office knows it.
    pub state: AppointmentState,
    /// As those who hold it read it while they are not to know that the office has ended it.
    pub(super) held_as: AppointmentState,
    /// The place closed its time after it was taken.
    pub closed: bool,
    /// Whose its phones are could not be known: the desk checks the identity of each.
    pub at_desk: bool,
    /// The hall has begun with it, and only a counter changes it.
    pub arrived: bool,
    pub reference: Option<BookingReference>,
    /// Sealed; opened by the service that wrote it.
    pub people: Option<Vec<u8>>,
    pub session: Option<String>,
    /// Whose hold it is: a browser's, a phone's, or that of a booking which moves.
    pub(super) holder: Option<String>,
    pub locale: Locale,
    /// How often its booking has been moved or cancelled, for the calendar file's sequence number.
    pub changes: i64,
    pub head: Head,
}

impl Record {
    /// What messages about it name as their subject.
    pub fn subject(&self) -> String {
        subject(&self.id)
    }

    /// Refuses what is done online to a booking that the hall has begun with.
    pub(super) fn untouched(&self, now: DateTime<Utc>) -> Result<(), Refusal> {
        let stands = self.state.observed(now, self.starts_at) == AppointmentState::Booked;
        if stands && self.arrived { Err(Refusal::Arrived) } else { Ok(()) }
    }

    /// Blind index of the phone that was confirmed for a hold, where it is a phone's.
    pub(super) fn phone_of_hold(&self) -> Option<&str> {
        self.holder.as_deref()?.strip_prefix(OF_PHONE)
    }
}

/// Whose hold it is for which a phone was confirmed.
pub(super) fn of_phone(phone_index: &str) -> String {
    format!("{OF_PHONE}{phone_index}")
}

const OF_PHONE: &str = "phone:";

/// What messages about an appointment name as their subject.
pub fn subject(id: &HoldId) -> String {
    subject_of(id.as_str())
}

pub(super) fn subject_of(id: &str) -> String {
    format!("appointment:{id}")
}

/// A statement that [`read`] can read. Columns are named, here and everywhere: a server that asks for all of a table would
/// fail in the middle of its work when a newer version adds one.
macro_rules! appointments {
    ($condition:literal) => {
        concat!(
            "select a.id, a.service, a.slot_id, a.state, a.occupies_until, a.extensions_left, a.reference, a.people, \
             a.session, a.holder, a.locale, a.changes, a.at_desk, a.arrived, a.released, a.audit_length, a.audit_head, s.place_id, \
             s.starts_at, s.ends_at, s.closed \
             from appointment a join slot s on s.id = a.slot_id where ",
            $condition
        )
    };
}

const SELECT_BY_ID: &str = appointments!("a.id = $1");
const SELECT_BY_REFERENCE: &str = appointments!("a.reference = $1");
const SELECT_BY_SESSION: &str = appointments!(
    "a.session = $1 and a.service = $2 and a.state = 'held' and a.occupies_until > $3 order by a.created_at desc"
);

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

/// The live holds of a browser for one service, the newest first.
pub async fn live_holds(
    connection: &mut AnyConnection,
    session: &str,
    service: &Service,
    now: DateTime<Utc>,
) -> Result<Vec<Record>, DatabaseError> {
    let values = [session.into(), service.name().into(), now.into()];
    let rows = sql(SELECT_BY_SESSION, values).fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

fn read(row: &AnyRow) -> Result<Record, DatabaseError> {
    let left = u8::try_from(int(row, "extensions_left")?).map_err(|_| DatabaseError::unreadable("extensions_left"))?;
    let until = maybe_instant(row, "occupies_until")?;
    let held_as = word(row, "state", |name| AppointmentState::restore(name, until, left))?;
    let state = if flag(row, "released")? { AppointmentState::Released } else { held_as };
    Ok(Record {
        id: word(row, "id", |id| HoldId::parse(id).ok())?,
        service: word(row, "service", |name| Service::parse(name).ok())?,
        slot: SlotId(int(row, "slot_id")?),
        place: word(row, "place_id", |id| PlaceId::parse(id).ok())?,
        starts_at: instant(row, "starts_at")?,
        ends_at: instant(row, "ends_at")?,
        state,
        held_as,
        closed: flag(row, "closed")?,
        at_desk: flag(row, "at_desk")?,
        arrived: flag(row, "arrived")?,
        reference: maybe_text(row, "reference")?.and_then(|text| BookingReference::parse(&text).ok()),
        people: maybe_bytes(row, "people")?,
        session: maybe_text(row, "session")?,
        holder: maybe_text(row, "holder")?,
        locale: word(row, "locale", Locale::from_tag)?,
        changes: int(row, "changes")?,
        head: Head { length: int(row, "audit_length")?, hash: text(row, "audit_head")? },
    })
}
