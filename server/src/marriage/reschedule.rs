//! Moving a booking: it swaps places with a hold, so no count of taken places changes and nothing can be lost.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::json;
use shared::appointments::{HoldId, Refusal, Service, SlotId, returning_delay};
use shared::calendar::shanghai_date;
use shared::marriage::Party;
use sqlx::AnyConnection;

use super::messages::{self, About, BookingEvent};
use super::{Holder, find, parties, view};
use crate::app::App;
use crate::appointments::hold::{self, Hold};
use crate::appointments::record::Record;
use crate::appointments::registry::Registry;
use crate::appointments::slots;
use crate::audit::{self, Actor, ChainedEvent, Event};
use crate::database::sql::sql;
use crate::error::Error;
use crate::outbox;

/// Moves the holder's booking to the time of a hold; people and reference stay as they are.
///
/// # Errors
/// [`Refusal::TooLate`] after the cut-off, [`Refusal::HoldExpired`], [`shared::marriage::Refusal::NoForeignAuthority`],
/// [`Problem::Fields`] when a party is under age on the new day.
pub async fn reschedule(
    app: &App,
    holder: &Holder,
    hold_id: &HoldId,
    hold_token: &str,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let booking = movable(app, holder, now).await?;
    let target = hold::owned(app, hold_id, hold_token).await?;
    target.state.book(now, target.starts_at)?;
    let new_registry = app.registry(&target.registry).await?;

    let stored = stored(app, &booking)?;
    parties::admissible(&stored, target.starts_at, &new_registry)?;
    let [first, second] = stored;
    let phones = messages::distinct([first.contact.phone, second.contact.phone]);
    let moving = Arc::new(Moving::prepare(app, booking, target, &new_registry, &phones, now)?);
    app.database().write(move |connection| Box::pin(write(connection, Arc::clone(&moving)))).await?;
    app.outbox_wakes();
    Ok(())
}

/// Holds a time that the holder's booking could move to, and gives back the one held for that before.
///
/// # Errors
/// As [`reschedule`], told before anything is taken; the slot's own reason when it cannot be held.
pub async fn hold(app: &App, holder: &Holder, slot: SlotId, now: DateTime<Utc>) -> Result<Hold, Error> {
    let booking = movable(app, holder, now).await?;
    let placed = slots::one(app, slot, Service::MarriageRegistration).await?;
    let registry = app.registry(&placed.registry).await?;
    parties::admissible(&stored(app, &booking)?, placed.slot.starts_at, &registry)?;
    let earlier = hold::of_booking(app, &booking.id, now).await?;
    if let Some((_, same)) = earlier.iter().find(|(record, _)| record.slot == slot) {
        return Ok(same.clone());
    }
    let taken = hold::take_for_booking(app, slot, &booking.id, booking.locale, now).await?;
    for (_, earlier) in earlier {
        hold::release(app, &earlier.id, earlier.token.reveal(), now).await?;
    }
    Ok(taken)
}

/// The time last held for the holder's booking to move to, if that hold still runs.
pub async fn held(app: &App, holder: &Holder, now: DateTime<Utc>) -> Result<Option<(Record, Hold)>, Error> {
    Ok(hold::of_booking(app, holder.id(), now).await?.into_iter().next())
}

/// The booking, if it may still be moved.
async fn movable(app: &App, holder: &Holder, now: DateTime<Utc>) -> Result<Record, Error> {
    let booking = view::load(app, holder).await?;
    let registry = app.registry(&booking.registry).await?;
    let until = registry.rule(now)?.reschedule_until(shanghai_date(booking.starts_at));
    booking.state.reschedule(now, booking.starts_at, until)?;
    Ok(booking)
}

fn stored(app: &App, booking: &Record) -> Result<[Party; 2], Error> {
    Ok(parties::open(app.keys(), &booking.id, booking.parties.as_deref().ok_or(Refusal::BookingEnded)?)?)
}

struct Moving {
    booking: HoldId,
    booking_length: i64,
    booking_link: ChainedEvent,
    old_slot: SlotId,
    hold: HoldId,
    hold_length: i64,
    hold_link: ChainedEvent,
    new_slot: SlotId,
    messages: Vec<Vec<u8>>,
    returns_at: DateTime<Utc>,
    now: DateTime<Utc>,
}

impl Moving {
    fn prepare(
        app: &App,
        booking: Record,
        target: Record,
        registry: &Registry,
        phones: &[shared::identity::Phone],
        now: DateTime<Utc>,
    ) -> Result<Self, Error> {
        let reference = booking.reference.ok_or(Refusal::BookingEnded)?;
        let manage_link = find::manage_link(app, reference, &booking);
        let (starts_at, locale) = (target.starts_at, booking.locale);
        let about = About { reference, registry, starts_at, manage_link: &manage_link, locale };
        let detail = json!({ "from": booking.slot, "to": target.slot });
        let moved =
            Event { stream: booking.id.as_str(), actor: Actor::Holder, act: BookingEvent::Moved.kind(), detail };
        let detail = json!({ "from": target.slot, "to": booking.slot });
        let swapped = Event { stream: target.id.as_str(), actor: Actor::Holder, act: "hold_swapped", detail };
        Ok(Self {
            booking_link: audit::prepare(&booking.head, &moved, now),
            hold_link: audit::prepare(&target.head, &swapped, now),
            booking_length: booking.head.length,
            hold_length: target.head.length,
            old_slot: booking.slot,
            new_slot: target.slot,
            messages: messages::compose(app, phones, BookingEvent::Moved, &about),
            returns_at: now + returning_delay(rand::random()),
            booking: booking.id,
            hold: target.id,
            now,
        })
    }
}

async fn write(connection: &mut AnyConnection, moving: Arc<Moving>) -> Result<(), Error> {
    let head = moving.hold_link.head();
    let statement = "update appointment set state = 'released', slot_id = $1, occupies_until = $2, holder = null, \
         holder_place = null, audit_length = $3, audit_head = $4 \
         where id = $5 and state = 'held' and occupies_until > $6 and audit_length = $7";
    let values = [
        moving.old_slot.0.into(),
        moving.returns_at.into(),
        head.length.into(),
        head.hash.into(),
        moving.hold.as_str().into(),
        moving.now.into(),
        moving.hold_length.into(),
    ];
    if sql(statement, values).execute(&mut *connection).await?.rows_affected() == 0 {
        return Err(Refusal::HoldExpired.into());
    }
    let head = moving.booking_link.head();
    let statement = "update appointment set slot_id = $1, changes = changes + 1, audit_length = $2, audit_head = $3 \
         where id = $4 and state = 'booked' and slot_id = $5 and audit_length = $6";
    let values = [
        moving.new_slot.0.into(),
        head.length.into(),
        head.hash.into(),
        moving.booking.as_str().into(),
        moving.old_slot.0.into(),
        moving.booking_length.into(),
    ];
    if sql(statement, values).execute(&mut *connection).await?.rows_affected() == 0 {
        return Err(Refusal::BookingEnded.into());
    }
    audit::insert(connection, &moving.hold_link).await?;
    audit::insert(connection, &moving.booking_link).await?;
    let kind = BookingEvent::Moved.kind();
    Ok(outbox::insert(connection, Some(&moving.booking), kind, &moving.messages, moving.now).await?)
}
