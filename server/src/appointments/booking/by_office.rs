//! Booking for people by the office itself, which has seen or invented them, or has them on the phone: nobody's phone is asked
//! for a code.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use shared::appointments::Refusal;
use shared::counter::Refusal as TooMany;
use shared::locale::Locale;
use sqlx::AnyConnection;

use super::by_clerk::{self, Change};
use super::idempotency::RequestKey;
use super::search::{self, Why};
use super::{Booked, Booking, Claimed, Left, Request, duplicate, is_duplicate, owned, standing, write};
use crate::app::App;
use crate::appointments::attendees::{self, Attendees};
use crate::appointments::bookable::Bookable;
use crate::appointments::{self, ending, hold::Hold, named, point};
use crate::audit::Actor;
use crate::client::Client;
use crate::error::Error;

/// Who books.
pub(crate) struct ByOffice<'a> {
    pub actor: Actor,
    /// By which the same press is known again.
    pub key: Option<&'a RequestKey>,
    /// Nobody has seen their documents, so that the desk checks them.
    pub at_desk: bool,
}

/// Turns a hold into a booking.
///
/// # Errors
/// As [`super::book`], but for codes; of somebody of the staff [`TooMany::TooManyBookings`], and [`TooMany::PhoneOfMany`] where
/// they have given one of the phones for as many people as one is good for.
pub(crate) async fn book_by_office(
    app: &App,
    bookable: &Bookable,
    hold: &Hold,
    (people, locale): (Box<dyn Attendees>, Locale),
    by: ByOffice<'_>,
    now: DateTime<Utc>,
) -> Result<Booked, Error> {
    let actor = by.actor.clone();
    let asker = Client { address: std::net::Ipv4Addr::LOCALHOST.into(), session: None };
    let hold = Claimed::Token(hold.id.clone(), hold.token.clone());
    let request = Request { asker, hold, locale, attendees: people, phones: Vec::new() };
    let mut record = owned(app, bookable, &request).await?;
    record.at_desk = by.at_desk;
    let booked = record.state.book(now, record.starts_at)?;
    let point = point::one(app, &record.service, &record.place).await?;
    request.attendees.admissible(app.database(), &record, now).await?;
    let indexes = attendees::person_indexes(app.keys(), &*request.attendees);
    if let Actor::Staff(person) = &actor {
        let phones = request.attendees.phones();
        named::count_of_clerk(app, person, &phones, &indexes, now).await.map_err(of_one_phone)?;
    }
    let booking = Booking::prepare(app, bookable, &request, (record, booked, indexes), &point, (by.actor, by.key), now);
    let booking = Arc::new(booking);
    let made = || (actor.clone(), Arc::clone(&booking));
    let mut written = appointments::write(app, made(), write_alone).await;
    // Neither a booking whose day is over nor one that an office has ended keeps anybody from another.
    if is_duplicate(&written) {
        let freed = ending::close_past_of(app, &bookable.service, &booking.people, Some(&actor), now).await?;
        if freed > 0 {
            written = appointments::write(app, made(), write_alone).await;
        }
    }
    // The phones of that booking are not told: whoever stands at the desk may be the one it was made against. It is on its record.
    if is_duplicate(&written) {
        for met in duplicate::booked(app, bookable, &booking.people).await? {
            search::note(app, &actor, met, Why::Booking, now).await?;
        }
        return Err(Refusal::AlreadyBooked.into());
    }
    written?;
    app.outbox_wakes();
    standing(app, booking.record.clone()).await.map_err(Error::after_a_write)
}

/// Of one person's bookings at the same instant no more than so many are written.
async fn write_alone(connection: &mut AnyConnection, (actor, booking): &(Actor, Arc<Booking>)) -> Result<Left, Error> {
    by_clerk::alone(connection, (actor, Change::Books), booking.now).await?;
    write(connection, booking).await
}

/// Whoever books for others is told so in other words than whoever books for themselves.
fn of_one_phone(error: Error) -> Error {
    match error.refusal() {
        Some(Refusal::TooManyPeople { again_at, retry_after }) => TooMany::PhoneOfMany { again_at, retry_after }.into(),
        _ => error,
    }
}
