//! When somebody books a person who is already booked, the earlier booking's phones hear of it.

use chrono::{DateTime, Utc};
use shared::appointments::HoldId;
use shared::calendar::shanghai_date;
use sqlx::AnyConnection;

use super::{messages, withheld};
use crate::app::App;
use crate::appointments::bookable::Bookable;
use crate::appointments::ending;
use crate::appointments::record::{self, Record};
use crate::database::sql::{sql, word};
use crate::error::Error;
use crate::outbox;

const KIND: &str = "duplicate_tried";

/// Warns the phones of the live bookings that already name one of these people, at most once a day for a booking, so
/// that nobody can flood its phones.
pub(super) async fn warn(app: &App, bookable: &Bookable, people: Vec<String>, now: DateTime<Utc>) -> Result<(), Error> {
    for record in refusing(app, bookable, &people, now).await? {
        let Some(sealed) = &record.people else { continue };
        let phones = bookable.open(app.keys(), &record.id, sealed)?.phones();
        let sealed = messages::warn_of_duplicate(app, &phones, bookable, record.locale);
        app.database().write_with(Warning { subject: record.subject(), sealed, now }, insert).await?;
    }
    app.outbox_wakes();
    Ok(())
}

/// The bookings for which these people are refused another online.
pub(super) async fn refusing(
    app: &App,
    bookable: &Bookable,
    people: &[String],
    now: DateTime<Utc>,
) -> Result<Vec<Record>, Error> {
    let mut refusing = booked(app, bookable, people).await?;
    refusing.extend(withheld_from(app, bookable, people, now).await?);
    Ok(refusing)
}

/// The booking that stands for those who hold it, though the office has ended it and both whom it names have had it ended: each of
/// them books with somebody else, and the two together are refused as before. Not where an office has booked one of them since.
pub(super) async fn withheld_from(
    app: &App,
    bookable: &Bookable,
    people: &[String],
    now: DateTime<Utc>,
) -> Result<Option<Record>, Error> {
    let [one, other] = people else { return Ok(None) };
    // Few at any time, by their own index: this is asked with every booking.
    let statement = "select a.id from appointment a join slot s on s.id = a.slot_id where a.state = 'booked' and a.released = 1 \
         and a.service = $1 and s.date >= $4 and not exists (select 1 from audit e where e.stream = a.id and e.act = $5) \
         and exists (select 1 from person p where p.appointment_id = a.id and p.person_index = $2 and p.live = 0) \
         and exists (select 1 from person p where p.appointment_id = a.id and p.person_index = $3 and p.live = 0)";
    let mut connection = app.database().read().await?;
    let values = [
        bookable.service.name().into(),
        one.as_str().into(),
        other.as_str().into(),
        shanghai_date(now).into(),
        ending::FREED.into(),
    ];
    for row in sql(statement, values).fetch_all(&mut *connection).await? {
        let id = word(&row, "id", |id| HoldId::parse(id).ok())?;
        if withheld::of_booking(&mut connection, &id, now).await?.is_some() {
            return Ok(record::by_id(&mut connection, &id).await?);
        }
    }
    Ok(None)
}

/// The live bookings that name these people, each once. Its connection is given back before anything is written: those
/// who keep one and wait for another would wait for each other.
pub(super) async fn booked(app: &App, bookable: &Bookable, people: &[String]) -> Result<Vec<Record>, Error> {
    let mut connection = app.database().read().await?;
    let mut booked: Vec<Record> = Vec::new();
    for person in people {
        let Some(id) = booking_of(&mut connection, bookable, person).await? else { continue };
        if booked.iter().all(|record| record.id != id) {
            booked.extend(record::by_id(&mut connection, &id).await?);
        }
    }
    Ok(booked)
}

/// The booking that counts a person as booked.
pub(super) async fn booking_of(
    connection: &mut AnyConnection,
    bookable: &Bookable,
    person: &str,
) -> Result<Option<HoldId>, Error> {
    let statement = "select appointment_id from person where service = $1 and person_index = $2 and live = 1";
    let row = sql(statement, [bookable.service.name().into(), person.into()]).fetch_optional(connection).await?;
    Ok(row.map(|row| word(&row, "appointment_id", |id| HoldId::parse(id).ok())).transpose()?)
}

struct Warning {
    subject: String,
    sealed: Vec<Vec<u8>>,
    now: DateTime<Utc>,
}

async fn insert(connection: &mut AnyConnection, Warning { subject, sealed, now }: &Warning) -> Result<(), Error> {
    let today = shanghai_date(*now).to_string();
    Ok(outbox::insert_once(connection, subject, KIND, &today, sealed, *now).await?)
}
