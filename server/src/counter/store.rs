//! A visit as the database holds it, with the slot it stands on and the booking it is of.

mod booking;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Serialize, de::DeserializeOwned};
use shared::appointments::{Service, SlotId};
use shared::counter::{ActName, CounterId, Kept, StateName, Visit, VisitId, VisitState};
use shared::places::PlaceId;
use shared::staff::OfficeId;
use sqlx::{AnyConnection, any::AnyRow};

use super::office::{self, here};
use crate::audit::Head;
use crate::database::{
    DatabaseError,
    sql::{Value, date, flag, instant, int, maybe_instant, maybe_int, maybe_text, sql, sql_list, text, word},
};
use crate::error::Error;
pub(super) use booking::{BookedTime, Booking};

/// A visit, whether or not anything was done with it yet.
#[derive(Clone)]
pub(super) struct Stored {
    pub(super) id: VisitId,
    pub(super) office: OfficeId,
    pub(super) date: NaiveDate,
    pub(super) service: Service,
    pub(super) place: PlaceId,
    pub(super) slot: SlotId,
    /// None of somebody who took a ticket.
    pub(super) booking: Option<Booking>,
    pub(super) ticket: Option<u32>,
    /// What their place among those who wait goes by, from their arrival on.
    pub(super) queue_at: Option<DateTime<Utc>>,
    /// The visit that was sent on to this one.
    pub(super) sent_from: Option<VisitId>,
    pub(super) visit: Visit,
    pub(super) head: Head,
    /// Whether it has a row, and the version there.
    pub(super) written: Option<u32>,
}

impl Stored {
    /// The act that can be undone now, and until when, excluded. Nothing comes back to a booking that was ended.
    pub(super) fn undoable(&self, now: DateTime<Utc>) -> Option<(ActName, DateTime<Utc>)> {
        self.visit.undoable(now).filter(|_| self.stands())
    }

    /// Whether they booked, were marked as gone or as a no-show or sent on today, and may wait again. A booking that the office
    /// has ended unseen is offered as any other: whoever presses reads what to say, and whoever looks on reads nothing.
    pub(super) fn comes_back(&self, now: DateTime<Utc>) -> bool {
        let is_unseen = self.booking.as_ref().is_some_and(|booking| booking.is_unseen);
        if is_unseen {
            return self.visit.as_left().back_as(now).is_some();
        }
        self.stands() && self.visit.back_as(now).is_some()
    }

    /// Whether it is of a booking for which nobody has to come.
    pub(super) fn is_excused(&self) -> bool {
        self.booking.as_ref().is_some_and(|booking| booking.time.is_excused())
    }

    /// Whether the time that was booked is none of those of its day.
    pub(super) fn is_outside(&self) -> bool {
        self.booking.as_ref().is_some_and(|booking| booking.time.is_outside())
    }

    /// Whether nobody has ended the booking that it is of, or that it was sent on from.
    pub(super) fn stands(&self) -> bool {
        let ended_with_it = || self.visit.last().is_some_and(|done| done.act == ActName::Release);
        self.booking.as_ref().map_or_else(|| !ended_with_it(), |booking| booking.stands)
    }

    /// Whether a place of its slot is counted for it, beside what bookings are counted for: from the ticket on, and as long
    /// as it was or may be of use.
    pub(super) fn occupies(&self) -> bool {
        self.booking.is_none() && occupies(self.visit.state().kind())
    }
}

/// Whether somebody with a ticket takes a place of their slot in this state.
pub(super) fn occupies(state: StateName) -> bool {
    !matches!(state, StateName::Left | StateName::NoShow | StateName::Redirected)
}

/// Whether the time of a visit is closed or no more, and whether nobody has to come for its booking.
macro_rules! excused {
    () => {
        "s.closed, case when s.cut_to = 0 and s.added = 0 then 1 else 0 end as no_more, case when s.closed = 1 or exists (select 1 from outbox o where o.subject = 'appointment:' || a.id \
         and o.kind = 'booking_day_closed' and o.useful_until is null and not exists (select 1 from outbox l where l.subject = o.subject \
         and l.id > o.id and (l.kind = 'booking_moved' or l.kind = 'booking_day_reopened' and l.state <> 'failed'))) \
         then 1 else 0 end as excused, "
    };
}

/// A statement that [`read`] can read: of visits of bookings.
macro_rules! bookings {
    ($before:expr, $condition:literal) => {
        concat!(
            $before,
            " select ",
            excused!(),
            "a.id, a.id as booking_id, a.state as booking, coalesce(a.released, 0) as released, a.reference, a.at_desk, a.people, a.booked_at, \
             s.id as slot_id, s.service, s.place_id, s.starts_at, s.date, v.office as ticket_office, \
             v.date as ticket_date, v.ticket, v.detail, v.priority, v.done, v.version, v.queue_at, v.sent_from, \
             v.changed_at, v.audit_length, v.audit_head \
             from appointment a join slot s on s.id = a.slot_id left join visit v on v.id = a.id \
             where a.reference is not null and ",
            $condition
        )
    };
}

/// The same of those without one.
macro_rules! tickets {
    ($condition:literal) => {
        concat!(
            "select ",
            excused!(),
            "v.id, a.id as booking_id, a.state as booking, coalesce(a.released, 0) as released, a.reference, a.at_desk, a.people, a.booked_at, \
             s.id as slot_id, s.service, s.place_id, s.starts_at, s.date, v.office as ticket_office, \
             v.date as ticket_date, v.ticket, v.detail, v.priority, v.done, v.version, v.queue_at, v.sent_from, \
             v.changed_at, v.audit_length, v.audit_head \
             from visit v join slot s on s.id = v.slot_id left join appointment a on a.id = v.appointment_id \
             where v.appointment_id is null and ",
            $condition
        )
    };
}

/// One visit; none where there is neither a booking nor a ticket of this name.
pub(super) async fn load(connection: &mut AnyConnection, id: &VisitId) -> Result<Option<Stored>, Error> {
    for statement in [bookings!("", "a.id = $1"), tickets!("v.id = $1")] {
        let row = sql(statement, [id.as_str().into()]).fetch_optional(&mut *connection).await?;
        if let Some(row) = row {
            let place = word(&row, "place_id", |id| PlaceId::parse(id).ok())?;
            let office = office::of_place(connection, &place).await?;
            return Ok(Some(read(&row, office)?));
        }
    }
    Ok(None)
}

/// A visit, and all that it was sent on to from there.
pub(super) async fn along(connection: &mut AnyConnection, id: &VisitId) -> Result<Vec<Stored>, Error> {
    let statement = "with recursive further (id) as (select id from visit where sent_from = $1 \
         union select v.id from further f join visit v on v.sent_from = f.id) select id from further order by id";
    let rows = sql(statement, [id.as_str().into()]).fetch_all(&mut *connection).await?;
    let further = rows.iter().map(|row| word(row, "id", |id| VisitId::parse(id).ok()));
    let mut visits = Vec::new();
    for id in std::iter::once(Ok(id.clone())).chain(further) {
        visits.extend(load(connection, &id?).await?);
    }
    Ok(visits)
}

/// All visits of an office on a day: those of bookings that stand or were begun, and all tickets.
pub(super) async fn of_day(
    connection: &mut AnyConnection,
    office: &OfficeId,
    date: NaiveDate,
) -> Result<Vec<Stored>, DatabaseError> {
    const BOOKINGS: &str = bookings!(
        here!("$1"),
        "s.place_id in (select id from here) and s.date = $2 \
         and (a.released = 0 and a.state in ('booked', 'past') or v.state <> 'booked')"
    );
    const TICKETS: &str = tickets!("v.office = $1 and v.date = $2");
    let mut visits = Vec::new();
    for statement in [BOOKINGS, TICKETS] {
        let rows = sql(statement, [office.as_str().into(), date.into()]).fetch_all(&mut *connection).await?;
        for row in &rows {
            visits.push(read(row, office.clone())?);
        }
    }
    Ok(visits)
}

/// Writes a visit as it now is, unless somebody has changed it since it was read; whether it was written. Its record and
/// its ticket come afterwards.
pub(super) async fn save(connection: &mut AnyConnection, stored: &Stored) -> Result<bool, DatabaseError> {
    const INSERT: &str = "insert into visit (id, office, date, appointment_id, slot_id, occupies, service, place_id, \
         starts_at, state, detail, done, version, arrived_at, queue_at, waits_for, counter_id, sent_from, changed_at, ticket, \
         priority, audit_length, audit_head) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, \
         $17, $18, $19, $20, $21, 0, '') on conflict do nothing";
    const UPDATE: &str = "update visit set office = $2, date = $3, appointment_id = $4, slot_id = $5, occupies = $6, \
         service = $7, place_id = $8, starts_at = $9, state = $10, detail = $11, done = $12, version = $13, \
         arrived_at = $14, queue_at = $15, waits_for = $16, counter_id = $17, sent_from = $18, changed_at = $19, \
         ticket = $20, priority = $21 where id = $1 and version = $22";
    let kept = stored.visit.keep();
    let number = |counter: Option<CounterId>| Value::from(counter.map(|counter| counter.0));
    let own_slot = stored.booking.is_none().then_some(stored.slot.0);
    let mut values: Vec<Value> = vec![
        stored.id.as_str().into(),
        stored.office.as_str().into(),
        stored.date.into(),
        stored.booking.as_ref().map(|booking| booking.id.to_string()).into(),
        own_slot.into(),
        stored.occupies().into(),
        stored.service.name().into(),
        stored.place.as_str().into(),
        kept.starts_at.into(),
        kept.state.name().into(),
        json(&kept.state).into(),
        json(&kept.done).into(),
        kept.version.into(),
        kept.state.arrived_at().into(),
        stored.queue_at.into(),
        number(waits_for(&kept.state)),
        number(kept.state.counter()),
        stored.sent_from.as_ref().map(|id| id.as_str().to_owned()).into(),
        kept.changed_at.into(),
        stored.ticket.map(i64::from).into(),
        kept.priority.into(),
    ];
    let statement = match stored.written {
        None => INSERT,
        Some(version) => {
            values.push(version.into());
            UPDATE
        }
    };
    Ok(sql_list(statement, values).execute(connection).await?.rows_affected() == 1)
}

/// Keeps the row of a visit to oneself as it was read, changing nothing; whether it still was so.
pub(super) async fn keep(connection: &mut AnyConnection, stored: &Stored) -> Result<bool, DatabaseError> {
    let statement = "update visit set version = version where id = $1 and version = $2";
    let values = [stored.id.as_str().into(), stored.visit.version().into()];
    Ok(sql(statement, values).execute(connection).await?.rows_affected() == 1)
}

/// Writes where the record of a visit ends, and its ticket.
pub(super) async fn save_head(connection: &mut AnyConnection, stored: &Stored) -> Result<(), DatabaseError> {
    let statement = "update visit set ticket = $1, audit_length = $2, audit_head = $3 where id = $4";
    let head = &stored.head;
    let ticket = stored.ticket.map(i64::from);
    let values = [ticket.into(), head.length.into(), head.hash.as_str().into(), stored.id.as_str().into()];
    sql(statement, values).execute(connection).await?;
    Ok(())
}

/// The counter whose "next" alone takes them.
pub(super) fn waits_for(state: &VisitState) -> Option<CounterId> {
    match state {
        VisitState::Arrived { waits_for, .. } => *waits_for,
        _ => None,
    }
}

/// As a column keeps it, and as the record is compared with it.
pub(super) fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("visits always serialise")
}

fn read(row: &AnyRow, office: OfficeId) -> Result<Stored, DatabaseError> {
    let (starts_at, day) = (instant(row, "starts_at")?, date(row, "date")?);
    let written = maybe_int(row, "version")?.map(|version| count(version, "version")).transpose()?;
    let visit = match written {
        None => Visit::booked(starts_at, instant(row, "booked_at")?),
        Some(version) => Visit::restore(Kept {
            starts_at,
            version,
            state: parsed(row, "detail")?,
            priority: flag(row, "priority")?,
            done: parsed(row, "done")?,
            changed_at: instant(row, "changed_at")?,
        }),
    };
    // Who was checked in by mistake and has moved the booking since gets a ticket of that day.
    let is_of_day = maybe_text(row, "ticket_date")? == Some(day.to_string())
        && maybe_text(row, "ticket_office")?.as_deref() == Some(office.as_str());
    let ticket = maybe_int(row, "ticket")?.filter(|_| is_of_day);
    let head = match maybe_int(row, "audit_length")? {
        Some(length) => Head { length, hash: text(row, "audit_head")? },
        None => Head::empty(),
    };
    Ok(Stored {
        id: word(row, "id", |id| VisitId::parse(id).ok())?,
        date: day,
        service: word(row, "service", |name| Service::parse(name).ok())?,
        place: word(row, "place_id", |id| PlaceId::parse(id).ok())?,
        slot: SlotId(int(row, "slot_id")?),
        booking: booking::read(row)?,
        ticket: ticket.map(|ticket| count(ticket, "ticket")).transpose()?,
        queue_at: maybe_instant(row, "queue_at")?,
        sent_from: maybe_text(row, "sent_from")?.and_then(|id| VisitId::parse(&id).ok()),
        office,
        visit,
        head,
        written,
    })
}

fn parsed<T: DeserializeOwned>(row: &AnyRow, column: &str) -> Result<T, DatabaseError> {
    word(row, column, |json| serde_json::from_str(json).ok())
}

fn count(number: i64, column: &str) -> Result<u32, DatabaseError> {
    u32::try_from(number).map_err(|_| DatabaseError::unreadable(column))
}
