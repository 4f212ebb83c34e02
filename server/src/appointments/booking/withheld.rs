//! That the office has ended a booking, while those who hold it are not to learn of it: whoever made it may be with the person
//! whom the office keeps safe. One that nobody could have called off any more keeps its row as it was, and with it its place, its
//! people, its texts and what can be done with it, until its day is over or they are told; for whoever works at the office, and
//! for the hall, it is ended by its mark alone.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use shared::appointments::{AppointmentState, BookingRule, HoldId, Service};
use shared::problem::Problem;
use sqlx::AnyConnection;

use super::copy::COPIED_AT_DESK;
use super::deadlines::Deadlines;
use super::messages::{AtWhoseHand, BookingEvent};
use super::search::LOOKED_UP;
use crate::app::App;
use crate::appointments;
use crate::appointments::record::Record;
use crate::audit::{self, Actor, Event, Head};
use crate::database::{
    DatabaseError,
    sql::{int, sql, text, word},
};
use crate::error::Error;

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

    /// Whether its row goes on as that of a booking that stands.
    pub(super) fn stands(self) -> bool {
        self != Self::Cancelled
    }
}

/// A booking as those who hold it read it now.
pub(crate) async fn as_held(
    connection: &mut AnyConnection,
    record: Record,
    now: DateTime<Utc>,
) -> Result<Record, DatabaseError> {
    let is_withheld =
        record.state == AppointmentState::Released && of_booking(connection, &record.id, now).await?.is_some();
    Ok(if is_withheld { Record { state: record.held_as, ..record } } else { record })
}

/// As what a booking stands now for those who hold it; none where the office has not ended it, or they may know.
pub(crate) async fn of_booking(
    connection: &mut AnyConnection,
    id: &HoldId,
    now: DateTime<Utc>,
) -> Result<Option<Guise>, DatabaseError> {
    let statement = "select e.detail, a.state from audit e join appointment a on a.id = e.stream \
         where e.stream = $1 and e.act = $2 order by e.sequence desc limit 1";
    let values = [id.as_str().into(), BookingEvent::Released.kind().into()];
    let Some(row) = sql(statement, values).fetch_optional(connection).await? else { return Ok(None) };
    let detail: Json = word(&row, "detail", |detail| serde_json::from_str(detail).ok())?;
    // One that stood for them they may have called off since, as when its day was closed.
    let is_cancelled = text(&row, "state")? == AppointmentState::Cancelled.name();
    Ok(of_detail(&detail, now).map(|guise| if is_cancelled { Guise::Cancelled } else { guise }))
}

/// As what it was to go on, as the detail of the event says.
pub(crate) fn of_detail(detail: &Json, now: DateTime<Utc>) -> Option<Guise> {
    let told_at = detail.get("told_at")?;
    let is_told = serde_json::from_value::<DateTime<Utc>>(told_at.clone()).is_ok_and(|told_at| told_at <= now);
    if is_told {
        return None;
    }
    // Events from before there were others.
    Some(serde_json::from_value(detail["shown_as"].clone()).unwrap_or(Guise::Cancelled))
}

/// Done to a booking by the office alone, and read by nobody who holds it.
const UNSEEN: [&str; 3] = [LOOKED_UP, FREED, COPIED_AT_DESK];
/// The act by which its people no longer count as booked, while it stands for those who hold it.
pub(in crate::appointments) const FREED: &str = "people_freed";

/// The name under which those who hold a booking read of an event of its stream; none where they do not read of it. Whoever
/// made it may be the one from whom a person is kept safe for whom the office looked for it.
pub(super) fn act(act: String, detail: &Json, now: DateTime<Utc>) -> Option<String> {
    if act != BookingEvent::Released.kind() {
        return (!UNSEEN.contains(&&*act)).then_some(act);
    }
    match of_detail(detail, now) {
        None => Some(act),
        Some(Guise::Cancelled) => Some(BookingEvent::Cancelled(AtWhoseHand::Holder).kind().to_owned()),
        Some(Guise::Standing | Guise::VisitOver) => None,
    }
}

/// Frees these people for a booking that the office makes: no booking that it has ended keeps them from it, whatever those who
/// hold that one read; of how many.
pub(super) async fn free(
    app: &App,
    service: &Service,
    people: &[String],
    by: &Actor,
    now: DateTime<Utc>,
) -> Result<usize, Error> {
    appointments::write(app, (service.clone(), people.to_vec(), by.clone(), now), write_freed).await
}

async fn write_freed(
    connection: &mut AnyConnection,
    (service, people, by, now): &(Service, Vec<String>, Actor, DateTime<Utc>),
) -> Result<usize, Error> {
    let statement = "select a.id, a.audit_length, a.audit_head from person p join appointment a on a.id = p.appointment_id \
         where p.service = $1 and p.person_index = $2 and p.live = 1 and a.released = 1";
    let mut freed = 0;
    for person in people {
        let values = [service.name().into(), person.as_str().into()];
        let Some(row) = sql(statement, values).fetch_optional(&mut *connection).await? else { continue };
        let (id, head) =
            (text(&row, "id")?, Head { length: int(&row, "audit_length")?, hash: text(&row, "audit_head")? });
        let link =
            audit::prepare(&head, &Event { stream: &id, actor: by.clone(), act: FREED, detail: json!({}) }, *now);
        let next = link.head();
        let statement = "update appointment set audit_length = $1, audit_head = $2 where id = $3 and audit_length = $4";
        let values = [next.length.into(), next.hash.into(), id.as_str().into(), head.length.into()];
        if sql(statement, values).execute(&mut *connection).await?.rows_affected() == 0 {
            return Err(Problem::Busy.into());
        }
        audit::insert(connection, &link).await?;
        sql("update person set live = 0 where appointment_id = $1", [id.into()]).execute(&mut *connection).await?;
        freed += 1;
    }
    Ok(freed)
}
