//! What is otherwise for a while: announced with its first and its last instant, and over by itself.

use chrono::{NaiveDate, NaiveDateTime};
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
    /// These spans on each day that it touches, in place of what the rules say.
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

    /// Whether it holds at some time of a day.
    pub(super) fn touches(&self, date: NaiveDate) -> bool {
        let (first, last) = (self.from.date(), self.to.date());
        // A change until midnight is over when the day begins.
        let ends_at_midnight = self.to.time() == chrono::NaiveTime::MIN;
        first <= date && if ends_at_midnight { date < last } else { date <= last }
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
