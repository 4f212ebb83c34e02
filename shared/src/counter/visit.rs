//! A visit as the acts of its stream make it, and the undoing of the last of them.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::act::{Act, ActName};
use super::ended::Ended;
use super::refusal::Refusal;
use super::state::VisitState;
use crate::calendar::shanghai_date;

/// How long an act can be undone; what it tells people waits as long.
pub const UNDO_WITHIN: TimeDelta = TimeDelta::seconds(60);

/// What the stream of a visit records, one after the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Step {
    Act(Act),
    Undo(Undo),
}

/// Undoing the last act that stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "kebab-case")]
pub enum Undo {
    Undo,
}

/// A visit: the same steps at the same instants always make the same one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    starts_at: DateTime<Utc>,
    state: VisitState,
    /// Whether they are served before the others who wait.
    priority: bool,
    version: u32,
    /// When the last step was taken, or the visit began.
    changed_at: DateTime<Utc>,
    /// The acts that stand, the last one at the end.
    done: Vec<Done>,
}

/// An act that stands, with what undoing it gives back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    pub act: ActName,
    /// When it was done or entered, by the clock of that moment.
    pub at: DateTime<Utc>,
    /// The version that it made, by which what it tells people is known.
    pub version: u32,
    pub before: VisitState,
    /// Whether they had priority before.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub priority: bool,
    /// Since when it had been so, where that was long before the act was entered.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub since: Option<DateTime<Utc>>,
}

/// All that a visit is kept as; [`Visit::restore`] reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub starts_at: DateTime<Utc>,
    pub state: VisitState,
    pub priority: bool,
    pub version: u32,
    pub changed_at: DateTime<Utc>,
    pub done: Vec<Done>,
}

impl Step {
    pub const UNDO: Self = Self::Undo(Undo::Undo);

    /// Which act it is.
    pub fn kind(&self) -> ActName {
        match self {
            Self::Act(act) => act.kind(),
            Self::Undo(Undo::Undo) => ActName::Undo,
        }
    }
}

impl Visit {
    /// Of a booking made at `booked_at` for the time that begins at `starts_at`.
    pub fn booked(starts_at: DateTime<Utc>, booked_at: DateTime<Utc>) -> Self {
        Self::begin(VisitState::Booked, starts_at, booked_at)
    }

    /// Of somebody who came without a booking and was given the time that begins at `starts_at`.
    pub fn walked_in(starts_at: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        Self::begin(VisitState::walked_in(now), starts_at, now)
    }

    /// The visit that was kept.
    pub fn restore(kept: Kept) -> Self {
        let Kept { starts_at, state, priority, version, changed_at, done } = kept;
        Self { starts_at, state, priority, version, changed_at, done }
    }

    /// What to keep of it.
    pub fn keep(&self) -> Kept {
        let Self { starts_at, state, priority, version, changed_at, done } = self.clone();
        Kept { starts_at, state, priority, version, changed_at, done }
    }

    /// Of a booking that was moved while nobody has come.
    #[must_use]
    pub fn moved_to(self, starts_at: DateTime<Utc>) -> Self {
        Self { starts_at, ..self }
    }

    /// As it begins, with or without priority.
    #[must_use]
    pub fn with_priority(self, priority: bool) -> Self {
        Self { priority, ..self }
    }

    fn begin(state: VisitState, starts_at: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        Self { starts_at, state, priority: false, version: 0, changed_at: now, done: Vec::new() }
    }

    /// Takes a step on the visit as it was `seen`. Its time never runs back: where the clock was set back, the step counts as
    /// taken when the last one was. How long it can be undone goes by the clock as it is, as what it tells people does.
    ///
    /// # Errors
    /// [`Refusal::Changed`] where somebody has taken another step since, before anything else is looked at.
    pub fn take(&self, seen: u32, step: &Step, now: DateTime<Utc>) -> Result<Self, Refusal> {
        if seen != self.version {
            return Err(Refusal::Changed { state: self.state.kind() });
        }
        let (mut next, since) = match step {
            Step::Act(act) => (self.act(act, now)?, None),
            Step::Undo(Undo::Undo) => self.undo(now)?,
        };
        next.version = self.version + 1;
        next.changed_at = since.unwrap_or(now.max(self.changed_at));
        Ok(next)
    }

    /// What a line of paper made of the visit `before`, entered at an instant: all its acts are undone as one, within the
    /// minute after that, and the visit is then as it was, also since when.
    #[must_use]
    pub fn entered(mut self, before: &Self, at: DateTime<Utc>) -> Self {
        if self.version == before.version {
            return self;
        }
        let Some(Done { act, version, .. }) = self.done.pop() else { return self };
        self.done.clone_from(&before.done);
        let (priority, since) = (before.priority, Some(before.changed_at));
        self.done.push(Done { act, at, version, before: before.state.clone(), priority, since });
        self
    }

    /// What the recorded steps make of a visit as it began.
    ///
    /// # Errors
    /// That of the first step that could not have been taken: the record is not of this visit.
    pub fn replay<'a>(self, steps: impl IntoIterator<Item = (&'a Step, DateTime<Utc>)>) -> Result<Self, Refusal> {
        steps.into_iter().try_fold(self, |visit, (step, at)| visit.take(visit.version, step, at))
    }

    pub fn state(&self) -> &VisitState {
        &self.state
    }

    /// Whether they are served before the others who wait.
    pub fn priority(&self) -> bool {
        self.priority
    }

    /// How many steps it has behind it, undoings included.
    pub fn version(&self) -> u32 {
        self.version
    }

    pub fn starts_at(&self) -> DateTime<Utc> {
        self.starts_at
    }

    /// Since when it is what it is.
    pub fn changed_at(&self) -> DateTime<Utc> {
        self.changed_at
    }

    /// The acts that stand, the last one at the end. Those of a line of paper are one.
    pub fn done(&self) -> &[Done] {
        &self.done
    }

    /// The last act that stands, whether or not there is still time to undo it.
    pub fn last(&self) -> Option<&Done> {
        self.done.last()
    }

    /// When it ended, whatever was put right since; none while it goes on, and where paper alone says it by now.
    pub fn ended_at(&self) -> Option<DateTime<Utc>> {
        let end = self.done.iter().rfind(|done| done.act != ActName::Correct).filter(|_| self.state.is_over())?;
        match end.since {
            None => Some(end.at),
            Some(_) => (self.version == end.version).then_some(self.changed_at),
        }
    }

    /// When its end was put right, for the last time.
    pub fn corrected_at(&self) -> Option<DateTime<Utc>> {
        self.last().filter(|last| last.act == ActName::Correct).map(|last| last.at)
    }

    /// Whether somebody booked it, and did not come with a ticket.
    fn is_booked(&self) -> bool {
        *self.done.first().map_or(&self.state, |first| &first.before) == VisitState::Booked
    }

    /// Refuses what would make somebody a no-show before the time that they booked: whoever came early loses nothing by it.
    /// [`Self::take`] does not ask, since the record may hold such steps from before this rule.
    ///
    /// # Errors
    /// [`Refusal::NotYet`].
    pub fn is_due(&self, step: &Step, now: DateTime<Utc>) -> Result<(), Refusal> {
        let is_missed = matches!(step, Step::Act(Act::NoShow | Act::Correct { to: Ended::NoShow }));
        if is_missed && self.is_booked() && now < self.starts_at {
            return Err(Refusal::NotYet { starts_at: self.starts_at });
        }
        Ok(())
    }

    /// As what they wait again who booked today, were marked as gone or as a no-show, or sent on, and stand at the desk: in the
    /// place of their arrival, as if they had never been marked, or from now on where nobody had seen them. A ticket was worth
    /// something to whoever stood behind it and is none any more. Whether they go on where they were sent is known elsewhere.
    pub fn back_as(&self, now: DateTime<Utc>) -> Option<VisitState> {
        let last = self.last()?;
        let is_marked = matches!(
            (last.act, &self.state),
            (ActName::Left, VisitState::Left)
                | (ActName::NoShow, VisitState::NoShow)
                | (ActName::Redirect, VisitState::Redirected(_))
        );
        let is_today = shanghai_date(now) == shanghai_date(self.starts_at);
        (is_marked && is_today && self.is_booked()).then(|| {
            let arrived_at = last.before.arrived_at().unwrap_or(now);
            VisitState::Arrived { arrived_at, waits_for: None }
        })
    }

    /// As whoever is not to know that the office has ended it reads it: who was released has left.
    #[must_use]
    pub fn as_left(&self) -> Self {
        let mut left = self.clone();
        if let Some(last) = left.done.last_mut().filter(|last| last.act == ActName::Release) {
            last.act = ActName::Left;
        }
        left
    }

    /// Whether its ticket was given back at once: nobody of the day stands behind it.
    pub fn is_given_back(&self) -> bool {
        self.state == VisitState::Left && self.last().is_some_and(|last| last.act == ActName::GiveBack)
    }

    /// The act that can be undone now, and until when, excluded.
    pub fn undoable(&self, now: DateTime<Utc>) -> Option<(ActName, DateTime<Utc>)> {
        let Done { act, at, .. } = self.done.last()?;
        is_fresh(*at, now).then_some((*act, *at + UNDO_WITHIN))
    }

    fn act(&self, act: &Act, now: DateTime<Utc>) -> Result<Self, Refusal> {
        // What was written down wrongly a moment ago is undone, with what it would have told people.
        if let (Act::Correct { .. }, true, Some((slip, _))) = (act, self.state.is_over(), self.undoable(now)) {
            return Err(Refusal::UndoInstead { act: slip });
        }
        // Only a ticket that is fresh was none of somebody's: later, whoever had it went away.
        let taken_at = self.state.arrived_at().filter(|_| !self.is_booked());
        if *act == Act::GiveBack && taken_at.is_none_or(|taken_at| now >= taken_at + UNDO_WITHIN) {
            return Err(Refusal::NothingToUndo);
        }
        let state = match (act, self.back_as(now.max(self.changed_at))) {
            (Act::Arrive, Some(back)) => back,
            _ => self.state.after(act, self.starts_at, now.max(self.changed_at))?,
        };
        let priority = match act {
            Act::GivePriority => true,
            Act::EndPriority => false,
            _ => self.priority,
        };
        if matches!(act, Act::GivePriority | Act::EndPriority) && priority == self.priority {
            return Err(Refusal::Changed { state: state.kind() });
        }
        let mut next = Self { state, priority, ..self.clone() };
        let (version, before) = (self.version + 1, self.state.clone());
        let done = Done { act: act.kind(), at: now, version, before, priority: self.priority, since: None };
        next.done.push(done);
        Ok(next)
    }

    /// Gives back the state before the last act that stands, and since when it is so where that is not now. The one before that is then the last.
    fn undo(&self, now: DateTime<Utc>) -> Result<(Self, Option<DateTime<Utc>>), Refusal> {
        let mut next = self.clone();
        let Done { act, at, before, priority, since, .. } = next.done.pop().ok_or(Refusal::NothingToUndo)?;
        if !is_fresh(at, now) {
            return Err(Refusal::UndoTooLate { act, until: at + UNDO_WITHIN });
        }
        (next.state, next.priority) = (before, priority);
        Ok((next, since))
    }
}

/// Whether an act can still be undone. Two servers of an office may differ by as much as this is, and no more: by a clock that
/// was set back further nothing is a minute old, and nothing is undone.
fn is_fresh(at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    (now - at).abs() < UNDO_WITHIN
}
