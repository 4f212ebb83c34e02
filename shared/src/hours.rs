//! When a place is open: rules as they are announced, and what follows from them at an instant. The one evaluator of pages,
//! islands and the API.
//!
//! What a rule says of a day belongs to that day alone: a span that passes midnight is cut by no rule of the next day. A day
//! that nobody said anything about is unknown, which is never the same as closed.

mod change;
mod day;
mod night;
mod now;
mod overlap;
pub(crate) mod packed;
mod reading;
mod rule;
mod span;
mod usual;
pub mod written;

pub use change::{Change, ChangeKind};
pub use day::DayHours;
pub use now::{Now, State, Untimed};
pub use reading::{HoursReason, MOST_CHANGES};
pub use rule::{On, Rule, Status};
pub use span::Span;
pub use usual::{Nth, Usual};

use chrono::NaiveDate;

use self::span::Minutes;
use crate::localised::Localised;

/// Rules that were read and do not contradict each other, with the changes that hold for a while. Made by [`Hours::read`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hours {
    rules: Vec<Known>,
    changes: Vec<Announced>,
}

/// A rule whose times are numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Known {
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    on: On,
    status: Status,
    spans: Vec<Minutes>,
    note: Option<Localised>,
    service: Option<String>,
}

/// A change whose times are numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Announced {
    change: Change,
    /// In their order; of a change of hours alone.
    spans: Vec<Minutes>,
}

#[cfg(test)]
mod vectors;
