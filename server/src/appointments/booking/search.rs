//! The booking of somebody who stands at the desk with a document: whoever never booked knows no reference number.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;
use shared::appointments::{AppointmentState, BookingReference, Service};
use shared::problem::Problem;
use sqlx::AnyConnection;

use super::duplicate::booking_of;
use crate::app::App;
use crate::appointments::bookable::Bookable;
use crate::appointments::record::{self, Record};
use crate::appointments::{attendees, point};
use crate::audit::{self, Actor, ChainedEvent, Event};
use crate::clock::office;
use crate::database::sql::sql;
use crate::error::Error;
use crate::places::Place;

/// A booking that stands, without anything of its people.
pub struct Found {
    pub reference: BookingReference,
    /// The blind index of the one by whom it was found.
    pub(crate) person: String,
    pub place: Place,
    pub starts_at: DateTime<Utc>,
    /// Whose its phones are could not be known.
    pub at_desk: bool,
}

/// The live booking of a service that names the person with this document, or where the service asks for none, with this
/// phone. `born` is needed for passports, whose numbers are unique only within their country. That somebody was looked for
/// is recorded, whether or not there is such a booking, and with the one that is found.
///
/// # Errors
/// [`Problem::Busy`] when it is changed in the same moment.
pub async fn of_document(
    app: &App,
    bookable: &Bookable,
    document: (&str, Option<NaiveDate>),
    now: DateTime<Utc>,
) -> Result<Option<Found>, Error> {
    // Before anything is looked for, so that whoever finds nothing has left a trace as well.
    app.database().write_with((bookable.service.clone(), now), asked).await?;
    of_document_for(app, &Actor::Operator, bookable, document, now).await
}

/// [`of_document`] on somebody else's authority, who has written down already that they ask.
///
/// # Errors
/// As [`of_document`].
pub(crate) async fn of_document_for(
    app: &App,
    actor: &Actor,
    bookable: &Bookable,
    (number, born): (&str, Option<NaiveDate>),
    now: DateTime<Utc>,
) -> Result<Option<Found>, Error> {
    for identity in (bookable.known_as)(number, born) {
        let index = attendees::person_index(app.keys(), &identity);
        let mut connection = app.database().read().await?;
        let Some(id) = booking_of(&mut connection, bookable, &index).await? else { continue };
        let record = record::by_id(&mut connection, &id).await?.ok_or(Problem::NotFound)?;
        drop(connection);
        if record.state.observed(now, record.starts_at) != AppointmentState::Booked {
            continue;
        }
        let Some(reference) = record.reference else { continue };
        let point = point::one(app, &record.service, &record.place).await?;
        let (starts_at, at_desk) = (record.starts_at, record.at_desk);
        note(app, actor, record, Why::Document, now).await?;
        return Ok(Some(Found { reference, person: index, place: point.place, starts_at, at_desk }));
    }
    Ok(None)
}

async fn asked(connection: &mut AnyConnection, (service, now): &(Service, DateTime<Utc>)) -> Result<(), Error> {
    let detail = json!({ "service": service.name() });
    Ok(office::note(connection, "document_looked_up", detail, *now).await?)
}

/// How somebody came upon a booking that is not of their asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// They looked for it by a document.
    Document,
    /// They would have booked somebody whom it names.
    Booking,
}

/// The act under which that stands in the booking's record.
pub(crate) const LOOKED_UP: &str = "booking_looked_up";
/// In the detail, where they would have booked.
pub(crate) const BOOKING: &str = "booking";

pub(super) async fn note(app: &App, actor: &Actor, record: Record, why: Why, now: DateTime<Utc>) -> Result<(), Error> {
    let detail = match why {
        Why::Document => json!({}),
        Why::Booking => json!({ "by": BOOKING }),
    };
    let event = Event { stream: record.id.as_str(), actor: actor.clone(), act: LOOKED_UP, detail };
    let link = audit::prepare(&record.head, &event, now);
    app.database().write_with((record, link), write).await
}

async fn write(connection: &mut AnyConnection, (record, link): &(Record, ChainedEvent)) -> Result<(), Error> {
    let head = link.head();
    let statement = "update appointment set audit_length = $1, audit_head = $2 where id = $3 and audit_length = $4";
    let values = [head.length.into(), head.hash.into(), record.id.as_str().into(), record.head.length.into()];
    if sql(statement, values).execute(&mut *connection).await?.rows_affected() == 0 {
        return Err(Problem::Busy.into());
    }
    Ok(audit::insert(connection, link).await?)
}
