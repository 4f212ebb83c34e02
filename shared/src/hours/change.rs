//! What is otherwise for a while: announced with its first and its last instant, and over by itself.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use serde::{Deserialize, Serialize};

use super::span::Span;
use crate::localised::Localised;

/// A change from one civil instant in Shanghai to another, the second not included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = HoursChange))]
#[serde(deny_unknown_fields)]
pub struct Change {
    pub from: NaiveDateTime,
    pub to: NaiveDateTime,
    pub kind: ChangeKind,
    /// Said to everybody.
    pub reason: Localised,
}

/// The four kinds of a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = HoursChangeKind))]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// The whole place, also what is left of a span that began before.
    Closed,
    /// These spans on each of its days, in place of what the rules say of the place, and of its services without hours of
    /// their own. From midnight to midnight, since a day has one announcement.
    Hours(Vec<Span>),
    /// Open as usual, with a word to everybody.
    Message,
    /// One service is not there; the place is.
    WithoutService(String),
}

impl Change {
    /// Whether it holds at an instant.
    pub fn holds(&self, at: NaiveDateTime) -> bool {
        (self.from..self.to).contains(&at)
    }

    /// Whether it begins and ends at midnight.
    pub(super) fn is_of_whole_days(&self) -> bool {
        [self.from, self.to].iter().all(|at| at.time() == NaiveTime::MIN)
    }

    /// As it was announced, and taken back before its end where somebody did so. Other hours hold for a whole day or not at
    /// all, so that whoever reads them after their end says of that day what was said before. None where nothing is left.
    pub fn kept(self, taken_back: Option<NaiveDateTime>) -> Option<Self> {
        let midnight = |at: NaiveDateTime| at.date().and_time(NaiveTime::MIN);
        let next = |at: NaiveDateTime| if midnight(at) < at { midnight(at) + TimeDelta::days(1) } else { at };
        let to = taken_back.map_or(self.to, |at| at.min(self.to));
        let (from, to) = match &self.kind {
            ChangeKind::Hours(_) if to < self.to => (midnight(self.from), midnight(to)),
            ChangeKind::Hours(_) => (midnight(self.from), next(to)),
            _ => (self.from, to),
        };
        (from < to).then_some(Self { from, to, ..self })
    }

    /// Whether it holds at some time of a day.
    pub(super) fn touches(&self, date: NaiveDate) -> bool {
        let (first, last) = (self.from.date(), self.to.date());
        // A change until midnight is over when the day begins.
        let ends_at_midnight = self.to.time() == NaiveTime::MIN;
        first <= date && if ends_at_midnight { date < last } else { date <= last }
    }

    /// Whether a service is not there at an instant, wherever the place is open.
    pub(super) fn suspends(&self, service: &str, at: NaiveDateTime) -> bool {
        self.holds(at) && matches!(&self.kind, ChangeKind::WithoutService(off) if off == service)
    }

    /// Whether nobody comes in for `service`, or at all where none is named.
    pub(super) fn closes(&self, service: Option<&str>) -> bool {
        match &self.kind {
            ChangeKind::Closed => true,
            ChangeKind::WithoutService(off) => service == Some(off.as_str()),
            ChangeKind::Hours(_) | ChangeKind::Message => false,
        }
    }
}
