//! A booking as its holder sees it: people masked, deadlines and messages in plain sight.

use chrono::{DateTime, Utc};
use shared::appointments::{AppointmentState, BookingReference};
use shared::calendar::shanghai_date;
use shared::marriage::PartyKind;
use shared::problem::Problem;

use super::{Holder, find, parties};
use crate::app::App;
use crate::appointments::record::{self, Record};
use crate::appointments::registry::Registry;
use crate::error::Error;
use crate::outbox::{self, Posted};

/// One booking.
pub struct BookingView {
    pub reference: BookingReference,
    pub registry: Registry,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    /// As the clock makes it: a booking whose time has come is past.
    pub state: AppointmentState,
    pub parties: [MaskedParty; 2],
    /// The instants from which it can no longer be cancelled or moved online.
    pub cancel_until: DateTime<Utc>,
    pub reschedule_until: DateTime<Utc>,
    /// Times it was changed; the sequence number of its calendar entry.
    pub changes: i64,
    pub manage_link: String,
    pub messages: Vec<Posted>,
}

/// A party with everything hidden that the couple does not need to recognise itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaskedParty {
    pub kind: PartyKind,
    pub name: String,
    pub id_number: String,
    pub phone: String,
}

/// Shows the booking to its holder.
pub async fn view(app: &App, holder: &Holder, now: DateTime<Utc>) -> Result<BookingView, Error> {
    let record = load(app, holder).await?;
    let registry = app.registry(&record.registry).await?;
    let rule = registry.rule(now)?;
    let date = shanghai_date(record.starts_at);
    let (cancel_until, reschedule_until) = (rule.cancel_until(date), rule.reschedule_until(date));
    let reference = record.reference.ok_or(Problem::NotFound)?;
    Ok(BookingView {
        reference,
        starts_at: record.starts_at,
        ends_at: record.ends_at,
        state: record.state.observed(now, record.starts_at),
        parties: masked(app, &record)?,
        cancel_until,
        reschedule_until,
        changes: record.changes,
        manage_link: find::manage_link(app, reference, &record),
        messages: outbox::of_appointment(app, &record.id).await?,
        registry,
    })
}

/// The holder's booking as it is stored.
pub async fn load(app: &App, holder: &Holder) -> Result<Record, Error> {
    let record = record::by_id(&mut *app.database().read().await?, holder.id()).await?;
    Ok(record.ok_or(Problem::NotFound)?)
}

fn masked(app: &App, record: &Record) -> Result<[MaskedParty; 2], Error> {
    let sealed = record.parties.as_deref().ok_or(Problem::NotFound)?;
    let [first, second] = parties::open(app.keys(), &record.id, sealed)?;
    Ok([first, second].map(|party| MaskedParty {
        kind: party.identity.kind(),
        name: party.identity.name().masked(),
        id_number: party.identity.document().masked(),
        phone: party.contact.phone.masked(),
    }))
}
