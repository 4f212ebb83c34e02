//! The hall: counters, those who wait, who is called where, and what each day becomes.
//!
//! A visit is one stream, and its row what the stream makes of it. Whoever acts names the version they saw and the press of
//! the button. Two rules of the database hold the hall together: a visit is called to one counter, and a counter calls one
//! visit. The row of the day is written last by every change, so that whatever is refused is refused before.

pub mod acting;
pub mod beside;
pub mod board;
pub mod by;
mod by_card;
mod calls;
pub mod changes;
pub mod check_in;
mod conclude;
pub mod copied;
pub mod counters;
pub mod day;
mod demo;
pub mod demo_day;
pub mod described;
pub mod disowned;
pub mod domain;
mod ends;
pub mod for_people;
pub mod further;
pub mod given_back;
mod hall;
pub mod history;
pub mod hours;
pub mod looks;
mod messages;
pub mod more;
pub mod next;
pub mod offered;
pub mod offering;
pub mod office;
pub mod one_visit;
pub(crate) mod overtaken;
pub mod own_data;
pub mod paper;
mod people;
pub mod place_change;
pub(crate) mod press;
pub mod releasing;
mod replay;
pub mod rules;
pub mod screens;
pub mod search;
pub mod still_right;
mod store;
pub mod streams;
mod taking;
pub mod unmask;
pub mod untold;
pub mod waiting;
pub mod walk_in;

pub use by::{By, Kiosk};
pub use hall::Hall;
pub use messages::{Lacking, WouldTell, WouldTellOfPapers};

use chrono::{DateTime, SubsecRound, Utc};
use shared::counter::Refusal;
use shared::problem::Problem;

use crate::error::Error;

/// The counter's name among the domains.
pub const NAME: &str = "counter";

/// An instant as both databases keep it, so that what is recomputed from the record is the same to the millisecond.
fn kept(now: DateTime<Utc>) -> DateTime<Utc> {
    now.trunc_subsecs(3)
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Problem(Problem::from(refusal))
    }
}
