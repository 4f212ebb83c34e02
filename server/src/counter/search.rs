//! Finding a visit by what somebody says at the desk: a reference number, a document number or a phone. Only visits of one
//! office are found, and nothing tells whether there are others.

use chrono::{DateTime, Days, Utc};
use serde_json::json;
use shared::appointments::BookingReference;
use shared::calendar::shanghai_date;
use shared::counter::{Refusal, VisitId, VisitState};
use shared::identity::{MaskedPerson, Phone, number18::Number18};
use shared::staff::{OfficeId, Right};
use sqlx::AnyConnection;

use super::day::{self, Row};
use super::store::{self, Stored};
use super::{by_card, kept, office, people};
use crate::app::App;
use crate::appointments::person_index;
use crate::audit::Actor;
use crate::clock;
use crate::database::{
    DatabaseError,
    sql::{Value, sql, word},
};
use crate::error::Error;
use crate::phone_codes::phone_index;
use crate::staff::authority::Staff;
use crate::staff::budget::Purse;

/// How far back a booking is found; older ones are for whoever reads the record.
const BACK: Days = Days::new(BACK_DAYS);
/// The same as a number.
pub const BACK_DAYS: u64 = 30;

/// What was found, and where it was looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The nearest first.
    pub rows: Vec<Row>,
    pub looked: Looked,
}

/// Which bookings of the office were looked through, so that nobody is told more than was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looked {
    /// None: it can be nobody's number.
    Nowhere,
    /// None: it is as long as the number of an identity card, and none.
    Mistyped,
    /// All of them, by their reference.
    EveryDay,
    /// Those of [`BACK_DAYS`] before today and all to come, by a document.
    Documents,
    /// The same by a phone that a code confirmed, and all of today by any phone.
    Phones,
    /// Those of today, by a number of which there is no index.
    Today,
}

/// The visits of an office that fit what was typed: by reference number, by the document of somebody who comes, or by a phone.
/// Nobody is found in a booking that was ended before anybody came.
///
/// A reference names a visit and nobody. A document or a phone tells whether somebody is about to come, whoever asks: it is
/// paid for and written down before it is looked for, so that whoever finds nothing has left a trace as well.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`]; [`shared::problem::Problem::NotFound`] for no office;
/// [`Refusal::TooManySearches`], and nobody was looked for.
pub async fn search(app: &App, staff: &Staff, id: &OfficeId, typed: &str, now: DateTime<Utc>) -> Result<Found, Error> {
    staff.may(Right::SeeDay, &office::one(app, id).await?.whereabouts)?;
    let looked = look(app, typed);
    let mut found = match (looked, BookingReference::parse(typed)) {
        (Looked::Nowhere | Looked::Mistyped, _) => Vec::new(),
        (_, Ok(reference)) => by_reference(app, id, reference).await?,
        (_, Err(_)) => {
            pay(app, staff, id, now).await?;
            by_own_number(app, id, typed, now).await?
        }
    };
    found.retain(|stored| stored.stands() || *stored.visit.state() != VisitState::Booked);
    found.sort_by_key(|stored| (stored.visit.starts_at() - now).abs());
    let mut rows = Vec::with_capacity(found.len());
    for stored in found {
        rows.push(day::of_stored(app, &stored, now).await);
    }
    Ok(Found { rows, looked })
}

/// Pays for a look that tells whether somebody is about to come here, and writes it down before there is an answer.
///
/// # Errors
/// [`Refusal::TooManySearches`], and nothing is told.
async fn pay(app: &App, staff: &Staff, id: &OfficeId, now: DateTime<Utc>) -> Result<(), Error> {
    let asking = Asking {
        purse: Purse::searches(app.keys(), staff.person()),
        documents: None,
        actor: staff.actor(),
        office: id.clone(),
        now: kept(now),
    };
    app.database().write_with(asking, asked).await
}

/// The same of a booking, which tells of whatever office where somebody is booked already: paid for as a document is that is
/// looked up there, and given back by [`Purse::give_back`] where it told nothing.
///
/// # Errors
/// [`Refusal::TooManySearches`]; [`Refusal::TooManyLookups`].
pub(super) async fn pay_to_book(app: &App, staff: &Staff, id: &OfficeId, now: DateTime<Utc>) -> Result<Purse, Error> {
    let documents = Purse::documents(app.keys(), staff.person());
    let asking = Asking {
        purse: Purse::searches(app.keys(), staff.person()),
        documents: Some(documents.clone()),
        actor: staff.actor(),
        office: id.clone(),
        now: kept(now),
    };
    app.database().write_with(asking, asked).await?;
    Ok(documents)
}

struct Asking {
    purse: Purse,
    documents: Option<Purse>,
    actor: Actor,
    office: OfficeId,
    now: DateTime<Utc>,
}

async fn asked(connection: &mut AnyConnection, asking: &Asking) -> Result<(), Error> {
    let Asking { purse, documents, actor, office: id, now } = asking;
    purse.pay_or(connection, *now, |retry_after| Refusal::TooManySearches { retry_after }).await?;
    if let Some(documents) = documents {
        by_card::pay(connection, documents, *now).await?;
    }
    let event = ("document_looked_up", json!({ "office": id }));
    Ok(clock::office::note_of(connection, actor.clone(), event, *now).await?)
}

async fn by_reference(app: &App, id: &OfficeId, reference: BookingReference) -> Result<Vec<Stored>, Error> {
    const BY_REFERENCE: &str = "select id from appointment where reference = $1";
    let mut connection = app.database().read().await?;
    let mut found = Vec::new();
    for candidate in ids(&mut connection, BY_REFERENCE, [reference.as_str().into()]).await? {
        found.extend(store::load(&mut connection, &candidate).await?.filter(|stored| stored.office == *id));
    }
    Ok(found)
}

/// What a text could be.
fn look(app: &App, typed: &str) -> Looked {
    if BookingReference::parse(typed).is_ok() {
        Looked::EveryDay
    } else if Phone::parse(typed).is_ok() {
        Looked::Phones
    } else if app.bookable().iter().any(|bookable| !(bookable.known_as)(typed, None).is_empty()) {
        Looked::Documents
    } else if is_mistyped(&close(typed)) {
        Looked::Mistyped
    } else if is_number(&close(typed)) {
        Looked::Today
    } else {
        Looked::Nowhere
    }
}

async fn by_own_number(app: &App, id: &OfficeId, typed: &str, now: DateTime<Utc>) -> Result<Vec<Stored>, Error> {
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
        if found.iter().all(|known| known.id != stored.id) && names(app, &stored, typed).await {
            found.push(stored);
        }
    }
    Ok(found)
}

/// Bookings of whatever office that an index finds.
async fn candidates(
    connection: &mut AnyConnection,
    app: &App,
    typed: &str,
    now: DateTime<Utc>,
) -> Result<Vec<VisitId>, Error> {
    const BY_PERSON: &str = "select a.id from person p join appointment a on a.id = p.appointment_id \
         join slot s on s.id = a.slot_id where p.service = $1 and p.person_index = $2 and s.date >= $3";
    const BY_PHONE: &str = "select a.id from confirmed_phone c join appointment a on a.id = c.appointment_id \
         join slot s on s.id = a.slot_id where c.phone_index = $1 and s.date >= $2 and a.reference is not null";
    let from: Value = (shanghai_date(now) - BACK).into();
    let mut found = Vec::new();
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

/// Whether somebody who comes has this phone or this document. What lists show of people is remembered, so that of thousands
/// only those are opened in full whose numbers end alike.
async fn names(app: &App, stored: &Stored, typed: &str) -> bool {
    let Some(booking) = &stored.booking else { return false };
    let (phone, number) = (Phone::parse(typed).ok(), close(typed));
    if phone.is_none() && !is_number(&number) {
        return false;
    }
    let listed = app.hall().people().of(app, &stored.service, booking).await;
    let may_be = |person: &MaskedPerson| {
        let has_phone = phone.as_ref().is_some_and(|phone| phone.as_str().ends_with(&person.phone_tail));
        has_phone || person.id_number_tail.as_deref().is_some_and(|tail| number.ends_with(&close(tail)))
    };
    if !listed.iter().any(may_be) {
        return false;
    }
    let Some(attendees) = people::open(app, &stored.service, booking) else { return false };
    let has_phone = phone.is_some_and(|phone| attendees.phones().contains(&phone));
    has_phone || attendees.stated_identities().iter().any(|stated| close(&stated.id_number) == number)
}

/// A number as it is compared: whatever was typed between its digits.
fn close(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_uppercase()
}

/// Whether it is eighteen characters as those of an identity card, and can be none.
fn is_mistyped(close: &str) -> bool {
    let is_card = |(place, character): (usize, char)| character.is_ascii_digit() || (place == 17 && character == 'X');
    close.chars().count() == 18 && close.chars().enumerate().all(is_card) && Number18::parse(close).is_err()
}

/// Whether a text could be a document's number: long enough, and with a digit in it.
fn is_number(close: &str) -> bool {
    close.chars().count() >= SHORTEST_NUMBER && close.contains(char::is_numeric)
}

/// No document has a shorter number.
const SHORTEST_NUMBER: usize = 5;
