//! The booking of somebody who stands at the desk with a document: whoever never booked knows no reference number.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Value as Json, json};
use shared::appointments::{AppointmentState, BookingReference, HoldId, Service};
use shared::calendar::shanghai_date;
use shared::identity::PersonName;
use shared::problem::Problem;
use sqlx::AnyConnection;

use super::duplicate::booking_of;
use super::{disown, release::WHO, withheld};
use crate::app::App;
use crate::appointments::bookable::Bookable;
use crate::appointments::record::{self, Record};
use crate::appointments::{attendees, point};
use crate::audit::{self, Actor, ChainedEvent, Event};
use crate::clock::office;
use crate::database::{
    DatabaseError,
    sql::{flag, instant, sql, word},
};
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

/// [`of_document`] on somebody else's authority, who has written down already that they ask: as those who hold it read it, since
/// whoever stands at a desk may be the one who is not to learn that the office has ended it.
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
        let record =
            if *actor == Actor::Operator { record } else { withheld::as_held(&mut connection, record, now).await? };
        drop(connection);
        if record.state.observed(now, record.starts_at) != AppointmentState::Booked {
            continue;
        }
        let Some(reference) = record.reference else { continue };
        let point = point::one(app, &record.service, &record.place).await?;
        let (starts_at, at_desk) = (record.starts_at, record.at_desk);
        let whose = whose(app, bookable, &record, &index);
        note(app, actor, record, whose, now).await?;
        return Ok(Some(Found { reference, person: index, place: point.place, starts_at, at_desk }));
    }
    Ok(None)
}

/// So many that have ended are looked at.
const MOST_ENDED: i64 = 5;

/// Those with their day before them that read as ended, or go on for those who hold them though an office has booked one of their
/// people again since, and which the one with this document has not disowned themselves, with their blind index in each. That
/// somebody came upon them is recorded with each.
///
/// # Errors
/// As [`of_document`].
pub(crate) async fn ended_of_document(
    app: &App,
    actor: &Actor,
    bookable: &Bookable,
    (number, born): (&str, Option<NaiveDate>),
    now: DateTime<Utc>,
) -> Result<Vec<(BookingReference, String)>, Error> {
    const STATEMENT: &str = "select a.reference, p.live from person p join appointment a on a.id = p.appointment_id \
         join slot s on s.id = a.slot_id where p.service = $1 and p.person_index = $2 and a.people is not null \
         and a.reference is not null and (a.state = 'cancelled' or a.released = 1) and s.date >= $3 \
         order by s.starts_at limit $4";
    let mut found = Vec::new();
    for identity in (bookable.known_as)(number, born) {
        let index = attendees::person_index(app.keys(), &identity);
        let mut connection = app.database().read().await?;
        let today = shanghai_date(now);
        let values = [bookable.service.name().into(), index.as_str().into(), today.into(), MOST_ENDED.into()];
        let mut ended = Vec::new();
        for row in sql(STATEMENT, values).fetch_all(&mut *connection).await? {
            let reference = word(&row, "reference", |text| BookingReference::parse(text).ok())?;
            let Some(record) = record::by_reference(&mut connection, reference).await? else { continue };
            let place = attendees::place_of(app.keys(), &*bookable.people_of(app.keys(), &record)?, &index);
            let is_theirs = disown::is_disowned_by(&mut connection, &record.id, place).await?;
            let as_held = withheld::as_held(&mut connection, record.clone(), now).await?;
            // One that counts them as booked is found by that.
            if !is_theirs && (disown::reads_as_ended(&as_held) || !flag(&row, "live")?) {
                ended.push((reference, record, Why::Document(place)));
            }
        }
        drop(connection);
        for (reference, record, whose) in ended {
            note(app, actor, record, whose, now).await?;
            found.push((reference, index.clone()));
        }
    }
    Ok(found)
}

/// The bookings of a service of which something of the one with this document is kept, whether they stand or not, the latest
/// first, with the blind index of them that is in each. That somebody came upon them is recorded with each.
pub(crate) async fn all_of_document(
    app: &App,
    actor: &Actor,
    bookable: &Bookable,
    (number, born): (&str, Option<NaiveDate>),
    now: DateTime<Utc>,
) -> Result<Vec<(BookingReference, String)>, Error> {
    const STATEMENT: &str = "select a.reference from person p join appointment a on a.id = p.appointment_id \
         join slot s on s.id = a.slot_id where p.service = $1 and p.person_index = $2 and a.people is not null \
         and a.reference is not null order by s.starts_at desc limit 20";
    let mut found = Vec::new();
    for identity in (bookable.known_as)(number, born) {
        let index = attendees::person_index(app.keys(), &identity);
        let mut connection = app.database().read().await?;
        let values = [bookable.service.name().into(), index.as_str().into()];
        let rows = sql(STATEMENT, values).fetch_all(&mut *connection).await?;
        drop(connection);
        for row in rows {
            let reference = word(&row, "reference", |text| BookingReference::parse(text).ok())?;
            let record = record::by_reference(&mut *app.database().read().await?, reference).await?;
            let record = record.ok_or(Problem::NotFound)?;
            let whose = whose(app, bookable, &record, &index);
            note(app, actor, record, whose, now).await?;
            found.push((reference, index.clone()));
        }
    }
    Ok(found)
}

/// The one of a booking who bears this name, by their blind index in it: for whoever cannot be found by their document, since it
/// was mistyped. None where nobody does, and where both do.
pub(crate) async fn of_name(
    app: &App,
    actor: &Actor,
    reference: BookingReference,
    name: &PersonName,
    now: DateTime<Utc>,
) -> Result<Option<String>, Error> {
    let record = record::by_reference(&mut *app.database().read().await?, reference).await?;
    let Some(record) = record else { return Ok(None) };
    let bookable = app.bookable_of(&record.service);
    let Some((bookable, sealed)) = bookable.zip(record.people.as_deref()) else { return Ok(None) };
    let people = bookable.open(app.keys(), &record.id, sealed)?;
    let of_name: Vec<_> =
        people.in_full().into_iter().enumerate().filter(|(_, person)| person.name == name.as_str()).collect();
    let [(place, _)] = of_name.as_slice() else { return Ok(None) };
    let indexes = attendees::person_indexes(app.keys(), &*people);
    // Where one is left, that one alone has an index.
    let found = indexes.get(if people.left().is_some() { 0 } else { *place }).cloned();
    note(app, actor, record, Why::Document(Some(*place)), now).await?;
    Ok(found)
}

/// By the document of whom a booking was found.
fn whose(app: &App, bookable: &Bookable, record: &Record, index: &str) -> Why {
    let people = bookable.people_of(app.keys(), record).ok();
    Why::Document(people.and_then(|people| attendees::place_of(app.keys(), &*people, index)))
}

/// When a booking was found by the document of the one at a place: of these alone they are told, and by whose document it was is not
/// on record of those from before there was a place.
pub(super) async fn looked_up_by(
    connection: &mut AnyConnection,
    id: &HoldId,
    place: usize,
) -> Result<Vec<DateTime<Utc>>, DatabaseError> {
    let statement = "select at, detail from audit where stream = $1 and act = $2 order by sequence";
    let rows = sql(statement, [id.as_str().into(), LOOKED_UP.into()]).fetch_all(connection).await?;
    let mut found = Vec::new();
    for row in &rows {
        let detail: Json = word(row, "detail", |detail| serde_json::from_str(detail).ok())?;
        if detail[WHO] == json!(place) {
            found.push(instant(row, "at")?);
        }
    }
    Ok(found)
}

async fn asked(connection: &mut AnyConnection, (service, now): &(Service, DateTime<Utc>)) -> Result<(), Error> {
    let detail = json!({ "service": service.name() });
    Ok(office::note(connection, "document_looked_up", detail, *now).await?)
}

/// How somebody came upon a booking that is not of their asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// They looked for it by the document of the one at this place among those listed.
    Document(Option<usize>),
    /// They would have booked somebody whom it names.
    Booking,
}

/// The act under which that stands in the booking's record.
pub(crate) const LOOKED_UP: &str = "booking_looked_up";
/// In the detail, where they would have booked.
pub(crate) const BOOKING: &str = "booking";

pub(super) async fn note(app: &App, actor: &Actor, record: Record, why: Why, now: DateTime<Utc>) -> Result<(), Error> {
    let detail = match why {
        Why::Document(None) => json!({}),
        Why::Document(Some(place)) => json!({ WHO: place }),
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
