//! Booking for people by the office itself, which has seen or invented them: nobody's phone is asked for a code.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use shared::locale::Locale;

use super::{Booked, Booking, Claimed, Request, owned, standing, write};
use crate::app::App;
use crate::appointments::attendees::{self, Attendees};
use crate::appointments::bookable::Bookable;
use crate::appointments::{self, hold::Hold, point};
use crate::client::Client;
use crate::error::Error;

/// Turns a hold into a booking.
///
/// # Errors
/// As [`super::book`], but for codes and for how many people somebody names.
pub(crate) async fn book_by_office(
    app: &App,
    bookable: &Bookable,
    hold: &Hold,
    (people, locale): (Box<dyn Attendees>, Locale),
    now: DateTime<Utc>,
) -> Result<Booked, Error> {
    let asker = Client { address: std::net::Ipv4Addr::LOCALHOST.into(), session: None };
    let hold = Claimed::Token(hold.id.clone(), hold.token.clone());
    let request = Request { asker, hold, locale, attendees: people, phones: Vec::new() };
    let record = owned(app, bookable, &request).await?;
    let booked = record.state.book(now, record.starts_at)?;
    let point = point::one(app, &record.service, &record.place).await?;
    request.attendees.admissible(app.database(), &record, now).await?;
    let indexes = attendees::person_indexes(app.keys(), &*request.attendees);
    let booking = Booking::prepare(app, bookable, &request, (record, booked, indexes), &point, None, now);
    let booking = Arc::new(booking);
    appointments::write(app, Arc::clone(&booking), write).await?;
    app.outbox_wakes();
    standing(app, booking.record.clone()).await.map_err(Error::after_a_write)
}
