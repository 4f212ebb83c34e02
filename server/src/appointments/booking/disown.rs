//! One whom a booking names disowns it once it has ended, as another of them or the office has ended it before. It stands in its
//! record, and changes nothing but when those who hold it are told, where they do not know yet that the office has ended it.

use chrono::{DateTime, Utc};
use serde_json::{Value as Json, json};
use shared::appointments::{AppointmentState, BookingReference, HoldId, Refusal};
use shared::problem::Problem;
use sqlx::AnyConnection;

use super::messages::{self, About, BookingEvent};
use super::release::{self, Ending, WHO};
use crate::app::App;
use crate::appointments::attendees::place_of;
use crate::appointments::record::Record;
use crate::appointments::{self, point, undisturbed};
use crate::audit::{self, ChainedEvent, Event};
use crate::database::sql::{sql, word};
use crate::error::Error;

/// The act by which that stands in the booking's record.
pub(crate) const DISOWNED: &str = "booking_disowned";

/// Writes down that the one at the desk disowns it too, with when they wish others to be told. These are told when the last of
/// all of them wishes, and never where one of them wishes that.
///
/// # Errors
/// [`Problem::NotFound`]; [`Refusal::BookingEnded`] for one that reads as anything else than ended by now; [`Problem::Busy`] when
/// it keeps being changed.
pub(crate) async fn disown(
    app: &App,
    (reference, person): (BookingReference, &str),
    ending: &Ending,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    undisturbed(|| once(app, (reference, person), ending, now)).await
}

async fn once(
    app: &App,
    (reference, person): (BookingReference, &str),
    Ending { actor, reason, telling, .. }: &Ending,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let (record, before) = release::read(app, reference, true, now).await?;
    if !reads_as_ended(&record) {
        return Err(Refusal::BookingEnded.into());
    }
    let bookable = app.bookable_of(&record.service).ok_or(Problem::NotFound)?;
    let people = bookable.people_of(app.keys(), &record)?;
    let wished = telling.at(now);
    let who = place_of(app.keys(), &*people, person);
    let mut detail = json!({ "reason": reason, "wished": wished, WHO: who });
    let mut told_at = None;
    if let Some(before) = before {
        told_at = before.or_longer(wished);
        detail["told_at"] = json!(told_at);
    }
    let event = Event { stream: record.id.as_str(), actor: actor.clone(), act: DISOWNED, detail };
    let point = point::one(app, &record.service, &record.place).await?;
    let about = About::of(app, bookable, reference, &record, &point);
    let disowning = Disowning {
        link: audit::prepare(&record.head, &event, now),
        messages: messages::compose(app, &people.phones(), BookingEvent::Released, &about, record.locale),
        is_withheld: before.is_some(),
        told_at,
        record,
        now,
    };
    appointments::write(app, disowning, write).await
}

/// Called off, or ended by the office where those who hold it know.
pub(super) fn reads_as_ended(as_held: &Record) -> bool {
    matches!(as_held.state, AppointmentState::Cancelled | AppointmentState::Released)
}

struct Disowning {
    record: Record,
    link: ChainedEvent,
    /// That the office has ended it, in case they are told.
    messages: Vec<Vec<u8>>,
    is_withheld: bool,
    told_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
}

async fn write(connection: &mut AnyConnection, disowning: &Disowning) -> Result<(), Error> {
    let (record, head) = (&disowning.record, disowning.link.head());
    let statement = "update appointment set audit_length = $1, audit_head = $2 where id = $3 and audit_length = $4";
    let values = [head.length.into(), head.hash.into(), record.id.as_str().into(), record.head.length.into()];
    if sql(statement, values).execute(&mut *connection).await?.rows_affected() == 0 {
        return Err(Error::Overtaken);
    }
    audit::insert(connection, &disowning.link).await?;
    let subject = record.subject();
    match (disowning.is_withheld, disowning.told_at) {
        (false, _) => Ok(()),
        (true, None) => release::tell_never(connection, &subject).await,
        (true, Some(due_at)) => {
            release::tell_later(connection, &subject, (&disowning.messages, due_at), disowning.now).await
        }
    }
}

/// Whether the one at a place has disowned it already.
pub(super) async fn is_disowned_by(
    connection: &mut AnyConnection,
    id: &HoldId,
    place: Option<usize>,
) -> Result<bool, Error> {
    let statement = "select detail from audit where stream = $1 and act in ($2, $3)";
    let values = [id.as_str().into(), BookingEvent::Released.kind().into(), DISOWNED.into()];
    for row in sql(statement, values).fetch_all(connection).await? {
        let detail: Json = word(&row, "detail", |detail| serde_json::from_str(detail).ok())?;
        if place.is_some() && detail[WHO] == json!(place) {
            return Ok(true);
        }
    }
    Ok(false)
}
