//! The sheet of a day as programs read it: people masked, instants in civil time.

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::Serialize;
use shared::appointments::{BookingReference, Service};
use shared::calendar::shanghai;
use shared::counter::{ActName, CounterId, CounterName, CounterState, Outcome, StateName, VisitId, VisitState};
use shared::identity::MaskedPerson;
use shared::staff::OfficeId;

use crate::counter::counters::Counter;
use crate::counter::day::{DaySheet, Row};

/// A day of an office as it stood at one instant.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct DayShown {
    office: OfficeId,
    date: NaiveDate,
    /// Grows with every change.
    version: i64,
    /// When the day was closed.
    closed: Option<DateTime<FixedOffset>>,
    counters: Vec<CounterShown>,
    /// By time, then by ticket.
    visits: Vec<VisitShown>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct CounterShown {
    id: CounterId,
    name: CounterName,
    state: CounterState,
    /// Who is called to it or served there.
    visit: Option<VisitId>,
}

/// One visit; what does not belong to its state is null.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct VisitShown {
    id: VisitId,
    ticket: Option<u32>,
    state: StateName,
    version: u32,
    starts_at: DateTime<FixedOffset>,
    /// Since when it is what it is.
    since: DateTime<FixedOffset>,
    arrived_at: Option<DateTime<FixedOffset>>,
    /// The counter that they are called to or served at.
    counter: Option<CounterId>,
    /// The only counter whose "next" takes them, after a hand-over.
    waits_for: Option<CounterId>,
    outcome: Option<OutcomeShown>,
    service: Service,
    reference: Option<BookingReference>,
    people: Vec<MaskedPerson>,
    /// Nobody could know whose the phones are: the desk checks the identity of each.
    check_at_desk: bool,
    walk_in: bool,
    /// They are served before the others who wait.
    priority: bool,
    undoable: Option<Undoable>,
}

/// How a visit ended, without the ground and the papers: those stand on no list.
#[derive(Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum OutcomeShown {
    Registered,
    Refused,
    ToReturn,
    /// As they were told at the counter.
    NotDone,
}

/// The act that can be undone, and until when, excluded.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct Undoable {
    act: ActName,
    until: DateTime<FixedOffset>,
}

impl From<DaySheet> for DayShown {
    fn from(sheet: DaySheet) -> Self {
        Self {
            office: sheet.office,
            date: sheet.date,
            version: sheet.version,
            closed: sheet.closed.map(shanghai),
            counters: sheet.counters.into_iter().map(CounterShown::from).collect(),
            visits: sheet.visits.into_iter().map(VisitShown::from).collect(),
        }
    }
}

impl From<Counter> for CounterShown {
    fn from(counter: Counter) -> Self {
        Self { id: counter.id, name: counter.name, state: counter.state, visit: counter.visit.map(|there| there.id) }
    }
}

impl From<Outcome> for OutcomeShown {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Registered => Self::Registered,
            Outcome::Refused { .. } => Self::Refused,
            outcome if outcome == Outcome::as_told() => Self::NotDone,
            Outcome::ToReturn { .. } => Self::ToReturn,
        }
    }
}

impl From<Row> for VisitShown {
    fn from(row: Row) -> Self {
        let state = row.state.kind();
        let (arrived_at, counter) = (row.state.arrived_at().map(shanghai), row.state.counter());
        let (waits_for, outcome) = match row.state {
            VisitState::Arrived { waits_for, .. } => (waits_for, None),
            VisitState::Finished(outcome) => (None, Some(OutcomeShown::from(outcome))),
            _ => (None, None),
        };
        Self {
            id: row.id,
            ticket: row.ticket,
            state,
            version: row.version,
            starts_at: shanghai(row.starts_at),
            since: shanghai(row.since),
            arrived_at,
            counter,
            waits_for,
            outcome,
            service: row.service,
            reference: row.reference,
            people: row.people.to_vec(),
            check_at_desk: row.at_desk,
            walk_in: row.walk_in,
            priority: row.priority,
            undoable: row.undoable.map(|(act, until)| Undoable { act, until: shanghai(until) }),
        }
    }
}
