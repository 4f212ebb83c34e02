//! One step of a visit, in one transaction: the visit, its call, its booking, its place, its messages, its day, its record.

mod booked;
pub(super) mod paper;
mod sent_on;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use shared::appointments::{Refusal as NotBooked, Service, SlotId};
use shared::calendar::shanghai_date;
use shared::counter::{
    Act, Coming, CounterId, Done, Press, Reason, Refusal, StateName, Step, UNDO_WITHIN, VisitId, VisitState,
};
use shared::places::PlaceId;
use shared::staff::OfficeId;
use sqlx::AnyConnection;

use super::by::Hand;
use super::changes::Told;
use super::conclude::{Entry, conclude};
use super::day::turn::{Of, Turn};
use super::messages::Sealed;
use super::store::{self, Stored, occupies};
use super::{calls, rules};
use crate::appointments::counted;
use crate::database::Backend;
use crate::error::Error;
use crate::outbox;

pub(super) use booked::reads_as_ended;
pub(super) use sent_on::{TAKEN, begun};

/// What is done, by whom, and what is known of it besides.
#[derive(Clone)]
pub(super) struct Stepping {
    pub(super) step: Step,
    pub(super) hand: Hand,
    /// The counter that this transaction keeps already, with its clerk at it.
    pub(super) seat: Option<CounterId>,
    pub(super) press: Option<Press>,
    /// Called although it is not their turn.
    pub(super) out_of_order: bool,
    pub(super) reason: Option<Reason>,
    /// Whether the day may be closed.
    pub(super) of: Of,
    /// For whoever is told.
    pub(super) telling: Option<Sealed>,
    pub(super) backend: Backend,
    pub(super) now: DateTime<Utc>,
}

/// How a visit begins, said with its first event and again where its booking was moved before anybody came.
#[derive(Serialize, Deserialize)]
pub(super) struct Begun {
    pub(super) office: OfficeId,
    pub(super) date: NaiveDate,
    pub(super) service: Service,
    pub(super) place: PlaceId,
    pub(super) starts_at: DateTime<Utc>,
    /// Since when it has been as it was.
    pub(super) since: DateTime<Utc>,
    /// Of somebody who took a ticket.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) slot: Option<SlotId>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) sent_from: Option<VisitId>,
    /// Whether a ticket was given out with it.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub(super) priority: bool,
}

impl Begun {
    pub(super) fn of(stored: &Stored) -> Self {
        Self {
            office: stored.office.clone(),
            date: stored.date,
            service: stored.service.clone(),
            place: stored.place.clone(),
            starts_at: stored.visit.starts_at(),
            since: stored.visit.changed_at(),
            slot: stored.booking.is_none().then_some(stored.slot),
            sent_from: stored.sent_from.clone(),
            priority: stored.visit.priority(),
        }
    }
}

/// Takes a step on the visit as it was `seen`. None where somebody else has written it since it was read; nothing was
/// written then but counters that were kept.
///
/// # Errors
/// What the visit refuses, [`Refusal::NotYet`] with it; [`NotBooked::BookingEnded`], and where whoever comes is not to know
/// [`Refusal::EndedUntold`], at a kiosk [`Refusal::NotHere`]; [`Refusal::TimeClosed`] for a no-show of a time that is closed;
/// [`Refusal::DayClosed`]; what a counter refuses; [`Error::Overtaken`] where the booking was changed meanwhile.
pub(super) async fn take(
    connection: &mut AnyConnection,
    mut stored: Stored,
    seen: u32,
    stepping: &Stepping,
) -> Result<Option<(Stored, Told)>, Error> {
    let Stepping { step, hand, seat, now, .. } = stepping;
    let arrives = matches!(step, Step::Act(Act::Arrive));
    let is_unseen = arrives && booked::is_ended_unseen(connection, &stored, *now).await?;
    let before = if is_unseen { stored.visit.as_left() } else { stored.visit.clone() };
    let after = before.take(seen, step, *now)?;
    before.is_due(step, *now)?;
    let (was, is) = (before.state().clone(), after.state().clone());
    let is_first = was == VisitState::Booked;
    let is_undone = *step == Step::UNDO;
    let is_corrected = matches!(step, Step::Act(Act::Correct { .. }));
    // Whoever is in the hall with a booking that was ended can still go; nothing else begins or comes back.
    if (is_first || arrives || is_undone || is_corrected) && !stored.stands() && !is_unseen {
        return Err(NotBooked::BookingEnded.into());
    }
    if is == VisitState::NoShow && stored.is_excused() {
        return Err(Refusal::TimeClosed.into());
    }
    // Nobody waits at two places.
    let is_elsewhere = match &stored.sent_from {
        Some(from) if is_undone => !sent_on::is_from(connection, (&stored.id, from)).await?,
        _ => arrives && was.kind() == StateName::Redirected && sent_on::goes_on(connection, &stored.id).await?,
    };
    if is_elsewhere {
        return Err(Refusal::Over { state: was.kind() }.into());
    }
    // Only where anybody else would be let in.
    if is_unseen {
        return Err(booked::unseen(connection, &stored, hand).await?.into());
    }
    calls::prepare(connection, &stored.office, (&was, &is, is_undone), (hand, *seat), *now).await?;
    stored.queue_at = match &is {
        VisitState::Booked => None,
        VisitState::Arrived { arrived_at, .. } if arrives => Some(queue_at(connection, &stored, *arrived_at).await?),
        _ => stored.queue_at,
    };
    let begun = is_first.then(|| Begun::of(&stored));
    stored.visit = after;
    if !store::save(connection, &stored).await? {
        return Ok(None);
    }
    booked::follow(connection, &stored, (&was, &is)).await?;
    if is_undone || is_corrected {
        put_right(connection, &stored, (was.kind(), is.kind())).await?;
    } else {
        follow_place(connection, &stored, (was.kind(), is.kind()), *now).await?;
    }
    calls::follow(connection, &stored.id, (&was, &is)).await?;
    let mut sent_on = match (step, &is) {
        (Step::Act(Act::Redirect(elsewhere)), _) => {
            sent_on::begin(connection, &stored, (elsewhere, was.arrived_at()), stepping).await?
        }
        (Step::Undo(_), _) if was.kind() == StateName::Redirected => {
            sent_on::withdraw(connection, &stored, stepping).await?;
            None
        }
        _ => None,
    };
    if let (Step::Undo(_), Some(undone)) = (step, before.last()) {
        withdraw_messages(connection, &stored, undone).await?;
    }
    tell(connection, &stored, stepping).await?;

    let entry = entry(&stored, begun.as_ref(), was.counter(), stepping);
    // Whoever was in the hall has a number, also where nobody had seen them.
    let was_here = arrives || (is_corrected && is.kind() != StateName::NoShow);
    let turning = Turn { ticket: was_here && stored.ticket.is_none(), of: stepping.of, backend: stepping.backend };
    let mut told = conclude(connection, &mut stored, (hand, entry), turning, *now).await?;
    if let Some(new) = &mut sent_on {
        told = sent_on::conclude_new(connection, new, stepping).await?;
    }
    Ok(Some((stored, told)))
}

/// What the record says of a step: the step itself, and beside it what else is known.
fn entry(stored: &Stored, begun: Option<&Begun>, was_at: Option<CounterId>, stepping: &Stepping) -> Entry {
    let Stepping { step, press, out_of_order, reason, telling, .. } = stepping;
    let at_counter = stored.visit.state().counter().or(was_at);
    Entry::of_step(step)
        .maybe("begun", begun)
        .maybe("queue_at", stored.queue_at.as_ref())
        .maybe("at_counter", at_counter.as_ref())
        .maybe("press", press.as_ref())
        .maybe("out_of_order", out_of_order.then_some(&true))
        .maybe("reason", reason.as_ref())
        .maybe("told", telling.as_ref().map(|telling| &telling.kind))
        .maybe("told_digest", telling.as_ref().map(|telling| &telling.digest))
}

async fn queue_at(
    connection: &mut AnyConnection,
    stored: &Stored,
    arrived_at: DateTime<Utc>,
) -> Result<DateTime<Utc>, Error> {
    let rule = rules::in_force(connection, &stored.office, shanghai_date(arrived_at)).await?;
    Ok(rule.queue_at(coming(stored), arrived_at))
}

/// How somebody came to wait.
pub(super) fn coming(stored: &Stored) -> Coming {
    match stored.booking {
        Some(_) => Coming::Booking { starts_at: stored.visit.starts_at() },
        None => Coming::Ticket,
    }
}

/// Counts the place of somebody with a ticket as free once it is of no use, and as taken again where that was a slip.
pub(super) async fn follow_place(
    connection: &mut AnyConnection,
    stored: &Stored,
    (was, is): (StateName, StateName),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    if stored.booking.is_some() || occupies(was) == occupies(is) {
        return Ok(());
    }
    if occupies(is) {
        return counted::take(connection, stored.slot, now).await.map_err(no_place);
    }
    Ok(counted::give_back(connection, stored.slot, 1).await?)
}

/// The same where the record is put right: what happened is written down, whoever has had the place since.
pub(super) async fn put_right(
    connection: &mut AnyConnection,
    stored: &Stored,
    (was, is): (StateName, StateName),
) -> Result<(), Error> {
    if stored.booking.is_some() || occupies(was) == occupies(is) {
        return Ok(());
    }
    if occupies(is) {
        return Ok(counted::take_again(connection, stored.slot).await?);
    }
    Ok(counted::give_back(connection, stored.slot, 1).await?)
}

/// What the hall says of a slot that has no place.
pub(super) fn no_place(error: Error) -> Error {
    match error.refusal() {
        Some(NotBooked::SlotFull | NotBooked::SlotClosed) => Refusal::NoPlaceLeft.into(),
        _ => error,
    }
}

/// Takes back what the undone act would have told.
async fn withdraw_messages(connection: &mut AnyConnection, stored: &Stored, undone: &Done) -> Result<(), Error> {
    let Some(subject) = subject(stored) else { return Ok(()) };
    if outbox::withdraw(connection, &subject, &key(undone.version)).await? {
        return Ok(());
    }
    // By another process's clock the minute is over.
    Err(Refusal::UndoTooLate { act: undone.act, until: undone.at + UNDO_WITHIN }.into())
}

async fn tell(connection: &mut AnyConnection, stored: &Stored, stepping: &Stepping) -> Result<(), Error> {
    let (Some(telling), Some(subject)) = (&stepping.telling, subject(stored)) else { return Ok(()) };
    let (key, due_at) = (key(stored.visit.version()), stepping.now + UNDO_WITHIN);
    let whose = (&*subject, telling.kind, &*key);
    Ok(outbox::insert_later(connection, whose, &telling.messages, due_at, stepping.now).await?)
}

/// What messages of a visit are about: its booking.
fn subject(stored: &Stored) -> Option<String> {
    stored.booking.as_ref().map(|booking| crate::appointments::record::subject(&booking.id))
}

/// Under what the messages of an act are written once and found again.
pub(super) fn key(version: u32) -> String {
    format!("visit-{version}")
}
