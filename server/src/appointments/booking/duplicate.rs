//! When somebody books a person who is already booked, the earlier booking's phones hear of it.

use chrono::{DateTime, Utc};
use shared::appointments::HoldId;
use shared::calendar::shanghai_date;
use sqlx::AnyConnection;

use super::messages;
use crate::app::App;
use crate::appointments::bookable::Bookable;
use crate::appointments::record::{self, Record};
use crate::database::sql::{sql, word};
use crate::error::Error;
use crate::outbox;

const KIND: &str = "duplicate_tried";

/// Warns the phones of the live bookings that already name one of these people, at most once a day for a booking, so
/// that nobody can flood its phones.
pub(super) async fn warn(app: &App, bookable: &Bookable, people: Vec<String>, now: DateTime<Utc>) -> Result<(), Error> {
    for record in booked(app, bookable, &people).await? {
        let Some(sealed) = &record.people else { continue };
        let phones = bookable.open(app.keys(), &record.id, sealed)?.phones();
        let sealed = messages::warn_of_duplicate(app, &phones, bookable, record.locale);
        app.database().write_with(Warning { subject: record.subject(), sealed, now }, insert).await?;
    }
    app.outbox_wakes();
    Ok(())
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
