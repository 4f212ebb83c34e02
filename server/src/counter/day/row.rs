//! One visit as it stands on the sheet: people masked, what can be undone, since when.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use shared::appointments::{BookingReference, Service};
use shared::counter::{ActName, CounterId, StateName, Visit, VisitId, VisitState};
use shared::identity::MaskedPerson;
use shared::places::PlaceId;
use shared::problem::Problem;

use crate::app::App;
use crate::counter::store::{self, Stored};
use crate::error::Error;

/// A visit on the sheet.
#[expect(clippy::struct_excessive_bools, reason = "a line of a sheet, each of which is a mark of its own")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub id: VisitId,
    pub ticket: Option<u32>,
    pub state: VisitState,
    pub version: u32,
    pub starts_at: DateTime<Utc>,
    /// None of somebody who took a ticket.
    pub reference: Option<BookingReference>,
    /// Nobody where nobody was asked for a name, and where they were erased.
    pub people: Arc<[MaskedPerson]>,
    /// Whose its phones are could not be known: the desk checks the identity of each.
    pub at_desk: bool,
    /// Since when it is what it is.
    pub since: DateTime<Utc>,
    /// When it ended, whatever was put right since; none while it goes on, and where paper alone says it by now.
    pub ended_at: Option<DateTime<Utc>>,
    /// When its end was put right.
    pub corrected_at: Option<DateTime<Utc>>,
    /// The act that can be undone now, and until when, excluded.
    pub undoable: Option<(ActName, DateTime<Utc>)>,
    pub walk_in: bool,
    /// Whether nobody has to come: the time that was booked is closed, or they were told so.
    pub excused: bool,
    /// Whether the time that was booked is closed, or is no more among the hours of its day.
    pub outside: bool,
    /// Whether it is a ticket that was given back at once: nobody of the day stands behind it.
    pub given_back: bool,
    /// They are served before the others who wait.
    pub priority: bool,
    /// Whether they were marked as gone or as a no-show, or sent on, and may wait again where they are checked in; also
    /// where the office has ended the booking unseen, and the press is refused.
    pub comes_back: bool,
    pub service: Service,
    pub place: PlaceId,
    pub times: Times,
}

/// What the paper of a day has columns for, as far as the acts that stand tell it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Times {
    pub came: Option<DateTime<Utc>>,
    /// For the last time.
    pub called: Option<DateTime<Utc>>,
    /// Where they are, or were last.
    pub counter: Option<CounterId>,
}

impl Row {
    /// When it ended, or since when it is what it is.
    pub fn ended(&self) -> DateTime<Utc> {
        self.ended_at.unwrap_or(self.since)
    }

    /// Since when it stands as it does: who waits does so since they came, whatever was marked of them since.
    pub fn stands_since(&self) -> DateTime<Utc> {
        let arrived = self.state.arrived_at().filter(|_| self.state.kind() == StateName::Arrived);
        arrived.unwrap_or(self.since)
    }

    /// Until when nobody can say that they did not come: they booked a later time. None where they can by now, and of tickets.
    pub fn not_due_until(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        (!self.walk_in && now < self.starts_at).then_some(self.starts_at)
    }

    /// The time that a list has them by: the one that was booked, or when a ticket was taken, whichever place of the day it
    /// has used.
    pub fn time(&self) -> DateTime<Utc> {
        self.times.came.filter(|_| self.walk_in).unwrap_or(self.starts_at)
    }
}

impl Times {
    fn of(stored: &Stored) -> Self {
        let (state, done) = (stored.visit.state(), stored.visit.done());
        let before = || done.iter().rev().map(|done| &done.before);
        let came = state.arrived_at().or_else(|| before().find_map(VisitState::arrived_at));
        // The place of a ticket goes by when it was taken.
        let came = came.or_else(|| stored.queue_at.filter(|_| stored.booking.is_none()));
        let called = done.iter().rev().find(|done| done.act == ActName::Call).map(|done| done.at);
        Self { came, called, counter: state.counter().or_else(|| before().find_map(VisitState::counter)) }
    }
}

/// What an act is answered, as far as the act has changed it; the rest is read anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::counter) struct Answered {
    pub(in crate::counter) visit: VisitId,
    ticket: Option<u32>,
    state: VisitState,
    version: u32,
    since: DateTime<Utc>,
    undoable: Option<(ActName, DateTime<Utc>)>,
    #[serde(default)]
    priority: bool,
}

impl Answered {
    pub(in crate::counter) fn of(stored: &Stored, now: DateTime<Utc>) -> Self {
        let visit = &stored.visit;
        Self {
            visit: stored.id.clone(),
            ticket: stored.ticket,
            state: visit.state().clone(),
            version: visit.version(),
            since: visit.changed_at(),
            undoable: stored.undoable(now),
            priority: visit.priority(),
        }
    }
}

/// The row of a visit.
pub(in crate::counter) async fn of_stored(app: &App, stored: &Stored, now: DateTime<Utc>) -> Row {
    let visit: &Visit = &stored.visit;
    let booking = stored.booking.as_ref();
    let people = match booking {
        Some(booking) => app.hall().people().of(app, &stored.service, booking).await,
        None => Arc::default(),
    };
    Row {
        id: stored.id.clone(),
        ticket: stored.ticket,
        state: visit.state().clone(),
        version: visit.version(),
        starts_at: visit.starts_at(),
        reference: booking.and_then(|booking| booking.reference),
        people,
        at_desk: booking.is_some_and(|booking| booking.at_desk),
        since: visit.changed_at(),
        ended_at: visit.ended_at(),
        corrected_at: visit.corrected_at(),
        undoable: stored.undoable(now),
        walk_in: booking.is_none(),
        excused: stored.is_excused(),
        outside: stored.is_outside(),
        given_back: visit.is_given_back(),
        priority: visit.priority(),
        comes_back: stored.comes_back(now),
        service: stored.service.clone(),
        place: stored.place.clone(),
        times: Times::of(stored),
    }
}

/// The row that an act was answered, now or when its press first came.
pub(in crate::counter) async fn of_answer(app: &App, answered: Answered, now: DateTime<Utc>) -> Result<Row, Error> {
    let stored = store::load(&mut *app.database().read().await?, &answered.visit).await?.ok_or(Problem::NotFound)?;
    let Answered { ticket, state, version, since, undoable, priority, .. } = answered;
    Ok(Row { ticket, state, version, since, undoable, priority, ..of_stored(app, &stored, now).await })
}
