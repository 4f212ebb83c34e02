//! A booking as its holder sees it: people masked, deadlines and messages in plain sight.

use chrono::{DateTime, NaiveDate, Utc};
use shared::appointments::{AppointmentState, BookingReference};
use shared::calendar::shanghai_date;
use shared::localised::Localised;
use shared::problem::Problem;

use super::{Holder, deadlines::Deadlines, find, messages, whose_copy::WhoseCopy, withheld};
use crate::app::App;
use crate::appointments::attendees::Masked;
use crate::appointments::bookable::Bookable;
use crate::appointments::hours::{OwnDay, own_day};
use crate::appointments::point::{self, ServicePoint};
use crate::appointments::record::{self, Record};
use crate::appointments::{closure, erasing};
use crate::error::Error;
use crate::outbox::{self, Posted};

/// One booking.
pub struct BookingView {
    pub reference: BookingReference,
    pub point: ServicePoint,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    /// As the clock makes it: a booking whose day is over is past. That the office has ended it is told when the office has it
    /// told.
    pub state: AppointmentState,
    /// Whose its phones are could not be known: the desk checks the identity of each.
    pub at_desk: bool,
    /// Why the place closed its time, where it did.
    pub closed: Option<Localised>,
    /// Whether its phones were told that its time is closed, and nothing since, while it is open again.
    pub told_closed: bool,
    /// The hours of its day and why it has those, where its time is none of them.
    pub outside: Option<OwnDay>,
    pub people: Masked,
    /// Whose details a copy gives in full.
    pub copy: WhoseCopy,
    /// The first day to which these people can move it.
    pub earliest_day: Option<NaiveDate>,
    /// The instants from which it can no longer be cancelled or moved online.
    pub cancel_until: DateTime<Utc>,
    pub reschedule_until: DateTime<Utc>,
    /// Times it was changed; the sequence number of its calendar entry.
    pub changes: i64,
    pub manage_link: String,
    /// The last day on which its people are kept.
    pub kept_until: NaiveDate,
    pub messages: Vec<Posted>,
}

/// Shows the booking to its holder.
pub async fn view(app: &App, bookable: &Bookable, holder: &Holder, now: DateTime<Utc>) -> Result<BookingView, Error> {
    let record = load(app, bookable, holder, now).await?;
    let point = point::one(app, &record.service, &record.place).await?;
    let rule = point.rule(now)?;
    let until = Deadlines::of(&record, rule);
    let closed = if record.closed { Some(closure::reason(app, &record).await?) } else { None };
    let reference = record.reference.ok_or(Problem::NotFound)?;
    let people = bookable.people_of(app.keys(), &record)?;
    let state = record.state.observed(now, record.starts_at);
    let outside = match (state, &closed) {
        (AppointmentState::Booked, None) => own_day::outside(&mut *app.database().read().await?, record.slot).await?,
        _ => None,
    };
    let mut messages = outbox::of_subject(app, &record.subject()).await?;
    messages.retain(|posted| messages::may_be_read(posted, now));
    Ok(BookingView {
        reference,
        starts_at: record.starts_at,
        ends_at: record.ends_at,
        state,
        earliest_day: people.earliest_day(),
        people: people.masked(),
        copy: WhoseCopy::of(&*people, holder),
        at_desk: record.at_desk,
        told_closed: closed.is_none() && messages::ends_with_closing(&messages),
        outside,
        closed,
        cancel_until: until.cancel,
        reschedule_until: until.reschedule,
        changes: record.changes,
        manage_link: find::manage_link(app, reference, &record),
        kept_until: erasing::kept_until(app, shanghai_date(record.starts_at)),
        messages,
        point,
    })
}

/// The holder's booking: to staff as it is stored, and else as those who hold it may know it.
///
/// # Errors
/// [`Problem::NotFound`] for a booking of another service.
pub async fn load(app: &App, bookable: &Bookable, holder: &Holder, now: DateTime<Utc>) -> Result<Record, Error> {
    let mut connection = app.database().read().await?;
    let record = record::by_id(&mut connection, holder.id()).await?;
    let record = record.filter(|record| record.service == bookable.service).ok_or(Problem::NotFound)?;
    if holder.is_staff() { Ok(record) } else { Ok(withheld::as_held(&mut connection, record, now).await?) }
}
