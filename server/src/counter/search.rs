//! Finding a visit by what somebody says at the desk: a reference number, a document number or a phone. Only visits of one
//! office are found, and nothing tells whether there are others.

use chrono::{DateTime, Days, Utc};
use shared::appointments::BookingReference;
use shared::calendar::shanghai_date;
use shared::counter::VisitId;
use shared::identity::Phone;
use shared::staff::{OfficeId, Right};
use sqlx::AnyConnection;

use super::day::{self, Row};
use super::store::{self, Stored};
use super::{office, people};
use crate::app::App;
use crate::appointments::person_index;
use crate::database::{
    DatabaseError,
    sql::{Value, sql, word},
};
use crate::error::Error;
use crate::phone_codes::phone_index;
use crate::staff::authority::Staff;

/// How far back a booking is found; older ones are for whoever reads the record.
const BACK: Days = Days::new(30);

/// The visits of an office that fit what was typed, the nearest first: by reference number, by the document of somebody who
/// comes, or by a phone. An empty list for what fits none of its visits.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`]; [`shared::problem::Problem::NotFound`] for no office.
pub async fn search(
    app: &App,
    staff: &Staff,
    id: &OfficeId,
    typed: &str,
    now: DateTime<Utc>,
) -> Result<Vec<Row>, Error> {
    staff.may(Right::SeeDay, &office::one(app, id).await?.whereabouts)?;
    let mut connection = app.database().read().await?;
    let mut found: Vec<Stored> = Vec::new();
    for candidate in candidates(&mut connection, app, typed, now).await? {
        let Some(stored) = store::load(&mut connection, &candidate).await? else { continue };
        if stored.office == *id && found.iter().all(|known| known.id != stored.id) {
            found.push(stored);
        }
    }
    // Phones are found by index only where a code confirmed them; those of today are read.
    let today = store::of_day(&mut connection, id, shanghai_date(now)).await?;
    drop(connection);
    for stored in today {
        if found.iter().all(|known| known.id != stored.id) && names(app, &stored, typed) {
            found.push(stored);
        }
    }
    found.sort_by_key(|stored| (stored.visit.starts_at() - now).abs());
    let mut rows = Vec::with_capacity(found.len());
    for stored in found {
        rows.push(day::of_stored(app, &stored, now).await);
    }
    Ok(rows)
}

/// Bookings of whatever office that an index finds.
async fn candidates(
    connection: &mut AnyConnection,
    app: &App,
    typed: &str,
    now: DateTime<Utc>,
) -> Result<Vec<VisitId>, Error> {
    const BY_REFERENCE: &str = "select id from appointment where reference = $1";
    const BY_PERSON: &str = "select a.id from person p join appointment a on a.id = p.appointment_id \
         join slot s on s.id = a.slot_id where p.service = $1 and p.person_index = $2 and s.date >= $3";
    const BY_PHONE: &str = "select a.id from confirmed_phone c join appointment a on a.id = c.appointment_id \
         join slot s on s.id = a.slot_id where c.phone_index = $1 and s.date >= $2 and a.reference is not null";
    let from: Value = (shanghai_date(now) - BACK).into();
    let mut found = Vec::new();
    if let Ok(reference) = BookingReference::parse(typed) {
        found.extend(ids(connection, BY_REFERENCE, [reference.as_str().into()]).await?);
    }
    for bookable in app.bookable() {
        for identity in (bookable.known_as)(typed, None) {
            let index = person_index(app.keys(), &identity);
            let values = [bookable.service.name().into(), index.into(), from.clone()];
            found.extend(ids(connection, BY_PERSON, values).await?);
        }
    }
    if let Ok(phone) = Phone::parse(typed) {
        found.extend(ids(connection, BY_PHONE, [phone_index(app, &phone).into(), from]).await?);
    }
    Ok(found)
}

async fn ids<const N: usize>(
    connection: &mut AnyConnection,
    statement: &'static str,
    values: [Value; N],
) -> Result<Vec<VisitId>, DatabaseError> {
    let rows = sql(statement, values).fetch_all(connection).await?;
    rows.iter().map(|row| word(row, "id", |id| VisitId::parse(id).ok())).collect()
}

/// Whether somebody who comes has this phone or this document.
fn names(app: &App, stored: &Stored, typed: &str) -> bool {
    let Some(booking) = &stored.booking else { return false };
    let close = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_uppercase();
    let (phone, number) = (Phone::parse(typed).ok(), close(typed));
    if phone.is_none() && number.len() < SHORTEST_NUMBER {
        return false;
    }
    let Some(attendees) = people::open(app, &stored.service, booking) else { return false };
    let has_phone = phone.is_some_and(|phone| attendees.phones().contains(&phone));
    has_phone || attendees.stated_identities().iter().any(|stated| close(&stated.id_number) == number)
}

/// No document has a number as short as that.
const SHORTEST_NUMBER: usize = 5;
