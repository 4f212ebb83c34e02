//! Moving a booking: it swaps places with a hold, so no count of taken places changes and nothing can be lost.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use shared::appointments::{AppointmentState, HoldId, Refusal, SlotId, field::AppointmentReason};
use shared::field::FieldErrors;
use shared::identity::Phone;
use shared::problem::Problem;
use sqlx::AnyConnection;

use super::by_clerk::{self, Change};
use super::idempotency::{self, RequestKey};
use super::messages::{self, About, BookingEvent};
use super::{Holder, deadlines::Deadlines, release, view, withheld};
use crate::app::App;
use crate::appointments::bookable::Bookable;
use crate::appointments::hold::{self, Hold};
use crate::appointments::point::{self, ServicePoint};
use crate::appointments::record::Record;
use crate::appointments::{self, confirmed, slots, undisturbed};
use crate::audit::{self, Actor, ChainedEvent, Event};
use crate::database::sql::sql;
use crate::error::Error;
use crate::keys::token::Purpose;
use crate::outbox;

/// So many moves of one booking within so long: those of whoever holds it, and those of the office, which puts right what
/// they did, each counted apart.
const BY_HOLDERS: &[(i64, TimeDelta)] = &[(4, TimeDelta::hours(1)), (8, TimeDelta::hours(24))];
const BY_STAFF: &[(i64, TimeDelta)] = &[(4, TimeDelta::hours(1))];

/// Moves the holder's booking to the time of a hold; people and reference stay as they are. The same request again
/// changes nothing more.
///
/// # Errors
/// [`Refusal::MovedOften`], and [`shared::counter::Refusal::TooManyMoves`] for a clerk; [`Refusal::TooLate`] after the cut-off, [`Refusal::Arrived`], [`Refusal::HoldExpired`], [`Problem::NotFound`] for a hold of another
/// service, [`Refusal::SameTime`], what the service itself refuses at the new time and place, and a field error at
/// `hold_id` where a phone of nobody on the booking was confirmed for the hold.
pub async fn reschedule(
    app: &App,
    bookable: &Bookable,
    holder: &Holder,
    (hold_id, hold_token): (&HoldId, &str),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let swap = || swap(app, bookable, holder, (hold_id, hold_token), now);
    match undisturbed(swap).await {
        // What is refused now may have been granted a moment ago.
        Err(Error::Problem(refused)) => {
            let is_owned = app.keys().is_token(Purpose::Hold, hold_id.as_str(), hold_token);
            if is_owned && is_moved_by(app, bookable, holder, hold_id, now).await? {
                Ok(())
            } else {
                Err(refused.into())
            }
        }
        done => done,
    }
}

/// Whether the holder's booking stands where this hold brought it.
pub async fn is_moved_by(
    app: &App,
    bookable: &Bookable,
    holder: &Holder,
    hold: &HoldId,
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    let booking = view::load(app, bookable, holder, now).await?;
    let key = swap_key(app, &booking, hold, booking.slot)?;
    match idempotency::find(&mut *app.database().read().await?, &key).await {
        Ok(found) => Ok(found.is_some() && booking.state == AppointmentState::Booked),
        // It has moved on from there.
        Err(Error::Problem(Problem::IdempotencyMismatch)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// What a hold that was swapped keeps in its row, so that the same move is known when it is asked for again.
fn swap_key(app: &App, booking: &Record, hold: &HoldId, to: SlotId) -> Result<RequestKey, Error> {
    let requester = format!("move:{}", booking.id);
    Ok(RequestKey::new(app.keys(), &requester, hold.as_str(), to.to_string().as_bytes())?)
}

async fn swap(
    app: &App,
    bookable: &Bookable,
    holder: &Holder,
    (hold_id, hold_token): (&HoldId, &str),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let (booking, _) = movable(app, bookable, holder, now).await?;
    let target = hold::owned(app, hold_id, hold_token).await?;
    if target.service != booking.service {
        return Err(Problem::NotFound.into());
    }
    target.state.book(now, target.starts_at)?;
    if target.starts_at == booking.starts_at && target.place == booking.place {
        return Err(Refusal::SameTime.into());
    }
    if target.closed {
        return Err(Refusal::SlotClosed.into());
    }
    let new_point = point::one(app, &target.service, &target.place).await?;

    let attendees = bookable.people_of(app.keys(), &booking)?;
    attendees.admissible(app.database(), &target, now).await?;
    if !confirmed::has_phone_of_hold(app, &target, &attendees.phones()) {
        return Err(FieldErrors::one("hold_id", AppointmentReason::PhoneNotOfHold).into());
    }
    let withheld = withheld::of_booking(&mut *app.database().read().await?, &booking.id, now).await?;
    let moved = (booking, target, holder.actor());
    let mut moving = Moving::prepare(app, bookable, moved, &new_point, &attendees.phones(), now)?;
    if let Some(due_at) = withheld.and_then(|withheld| withheld.until) {
        moving.ended(app, bookable, &new_point, (&attendees.phones(), due_at))?;
    }
    appointments::write(app, moving, write).await?;
    app.outbox_wakes();
    // Two windows may each have held one to move to.
    hold::release_of_booking(app, holder.id(), &bookable.service, now).await;
    Ok(())
}

/// Holds a time that the holder's booking could move to, and gives back the one held for that before.
///
/// # Errors
/// As [`reschedule`], told before anything is taken; [`Refusal::SameTime`]; the slot's own reason when it cannot be
/// held.
pub async fn hold(
    app: &App,
    bookable: &Bookable,
    holder: &Holder,
    slot: SlotId,
    now: DateTime<Utc>,
) -> Result<Hold, Error> {
    let (booking, until) = movable(app, bookable, holder, now).await?;
    let wanted = slots::one(app, slot, &booking.service).await?;
    if wanted.slot.starts_at == booking.starts_at && wanted.place == booking.place {
        return Err(Refusal::SameTime.into());
    }
    let at = Record {
        place: wanted.place,
        slot,
        starts_at: wanted.slot.starts_at,
        ends_at: wanted.slot.ends_at,
        closed: wanted.slot.closed,
        ..booking.clone()
    };
    bookable.people_of(app.keys(), &booking)?.admissible(app.database(), &at, now).await?;
    let earlier = hold::of_booking(app, &booking.id, &booking.service, now).await?;
    if let Some((_, same)) = earlier.iter().find(|(record, _)| record.slot == slot) {
        return Ok(same.clone());
    }
    let taken = hold::take_for_booking(app, slot, (&booking, until), now).await?;
    hold::give_back(app, earlier, now).await?;
    Ok(taken)
}

/// The time last held for the holder's booking to move to, if that hold still runs.
pub async fn held(
    app: &App,
    bookable: &Bookable,
    holder: &Holder,
    now: DateTime<Utc>,
) -> Result<Option<(Record, Hold)>, Error> {
    Ok(hold::of_booking(app, holder.id(), &bookable.service, now).await?.into_iter().next())
}

/// The booking, if it may still be moved, and the instant from which it no longer can.
async fn movable(
    app: &App,
    bookable: &Bookable,
    holder: &Holder,
    now: DateTime<Utc>,
) -> Result<(Record, DateTime<Utc>), Error> {
    let booking = view::load(app, bookable, holder, now).await?;
    if booking.people.is_none() {
        return Err(Refusal::Erased.into());
    }
    booking.untouched(now)?;
    let point = point::one(app, &booking.service, &booking.place).await?;
    let until = Deadlines::of(&booking, point.rule(now)?);
    let last = if holder.is_staff() { until.begins } else { until.reschedule };
    booking.state.observed(now, booking.starts_at).reschedule(now, until.begins, last)?;
    let mut connection = app.database().read().await?;
    seldom(&mut connection, (&booking, holder.is_staff()), now).await?;
    by_clerk::seldom(&mut connection, (&holder.actor(), Change::Moves), now).await?;
    Ok((booking, last.min(until.begins)))
}

/// Refuses one move too many: the place that each leaves comes back only after a while, and each is told to all. Who was as
/// fast changed the head of its record, and is overtaken.
async fn seldom(
    connection: &mut AnyConnection,
    (booking, by_staff): (&Record, bool),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let statement = "select at from audit where stream = $1 and act = $2 and at > $3 \
         and case when actor like 'staff:%' then 1 else 0 end = $4 order by at desc limit $5";
    for (most, within) in if by_staff { BY_STAFF } else { BY_HOLDERS } {
        let (stream, act) = (booking.id.as_str(), BookingEvent::Moved.kind());
        let values = [stream.into(), act.into(), (now - *within).into(), by_staff.into(), (*most).into()];
        let moves = sql(statement, values).fetch_all(&mut *connection).await?;
        if let Some(again_at) = by_clerk::used_up(&moves, *most, *within)? {
            let retry_after = by_clerk::seconds_until(again_at, now);
            return Err(Refusal::MovedOften { again_at, retry_after }.into());
        }
    }
    Ok(())
}

struct Moving {
    booking: Record,
    actor: Actor,
    booking_link: ChainedEvent,
    target: Record,
    target_link: ChainedEvent,
    key: RequestKey,
    messages: Vec<Vec<u8>>,
    /// Where they learn later that the office had ended it: the text that says so, of the time that it has now.
    told_later: Option<(Vec<Vec<u8>>, DateTime<Utc>)>,
    returns_at: DateTime<Utc>,
    now: DateTime<Utc>,
}

impl Moving {
    fn prepare(
        app: &App,
        bookable: &Bookable,
        (booking, target, actor): (Record, Record, Actor),
        point: &ServicePoint,
        phones: &[Phone],
        now: DateTime<Utc>,
    ) -> Result<Self, Error> {
        let reference = booking.reference.ok_or(Refusal::BookingEnded)?;
        let about = About { starts_at: target.starts_at, ..About::of(app, bookable, reference, &booking, point) };
        let detail = json!({ "from": booking.slot, "to": target.slot });
        let act = BookingEvent::Moved.kind();
        let moved = Event { stream: booking.id.as_str(), actor: actor.clone(), act, detail };
        let detail = json!({ "from": target.slot, "to": booking.slot });
        let swapped = Event { stream: target.id.as_str(), actor: actor.clone(), act: "hold_swapped", detail };
        Ok(Self {
            booking_link: audit::prepare(&booking.head, &moved, now),
            target_link: audit::prepare(&target.head, &swapped, now),
            messages: messages::compose(app, phones, BookingEvent::Moved, &about, booking.locale),
            returns_at: now + point.rule(now)?.returns.draw(rand::random()),
            key: swap_key(app, &booking, &target.id, target.slot)?,
            told_later: None,
            booking,
            actor,
            target,
            now,
        })
    }

    fn ended(
        &mut self,
        app: &App,
        bookable: &Bookable,
        point: &ServicePoint,
        (phones, due_at): (&[Phone], DateTime<Utc>),
    ) -> Result<(), Error> {
        let reference = self.booking.reference.ok_or(Refusal::BookingEnded)?;
        let about =
            About { starts_at: self.target.starts_at, ..About::of(app, bookable, reference, &self.booking, point) };
        let messages = messages::compose(app, phones, BookingEvent::Released, &about, self.booking.locale);
        self.told_later = Some((messages, due_at));
        Ok(())
    }
}

async fn write(connection: &mut AnyConnection, moving: &Moving) -> Result<(), Error> {
    by_clerk::alone(connection, (&moving.actor, Change::Moves), moving.now).await?;
    let (booking, target) = (&moving.booking, &moving.target);
    let head = moving.target_link.head();
    let statement = "update appointment set state = 'released', slot_id = $1, occupies_until = $2, holder = null, \
         holder_rank = null, network = null, audit_length = $3, audit_head = $4, request_key = $9, request_body = $10 \
         where id = $5 and state = 'held' and occupies_until > $6 and audit_length = $7 \
         and exists (select 1 from slot where id = $8 and closed = 0)";
    let values = [
        booking.slot.0.into(),
        moving.returns_at.into(),
        head.length.into(),
        head.hash.into(),
        target.id.as_str().into(),
        moving.now.into(),
        target.head.length.into(),
        target.slot.0.into(),
        moving.key.key.as_str().into(),
        moving.key.body.as_str().into(),
    ];
    if sql(statement, values).execute(&mut *connection).await?.rows_affected() == 0 {
        let closed = slots::is_closed(connection, target.slot).await?;
        return Err(if closed { Refusal::SlotClosed.into() } else { Error::Overtaken });
    }
    let head = moving.booking_link.head();
    let statement = "update appointment set slot_id = $1, changes = changes + 1, audit_length = $2, audit_head = $3 \
         where id = $4 and state = 'booked' and arrived = 0 and slot_id = $5 and audit_length = $6";
    let values = [
        target.slot.0.into(),
        head.length.into(),
        head.hash.into(),
        booking.id.as_str().into(),
        booking.slot.0.into(),
        booking.head.length.into(),
    ];
    if sql(statement, values).execute(&mut *connection).await?.rows_affected() == 0 {
        return Err(Error::Overtaken);
    }
    audit::insert(connection, &moving.target_link).await?;
    audit::insert(connection, &moving.booking_link).await?;
    let (subject, kind) = (booking.subject(), BookingEvent::Moved.kind());
    outbox::insert_once(connection, &subject, kind, target.id.as_str(), &moving.messages, moving.now).await?;
    match &moving.told_later {
        Some((messages, due_at)) => release::tell_later(connection, &subject, (messages, *due_at), moving.now).await,
        None => Ok(()),
    }
}
