//! What both sides of the wire agree on.

#[macro_use]
pub mod locale;

pub mod appointments;
mod bytes;
pub mod calendar;
pub mod civil_date;
pub mod contesting;
pub mod counter;
pub mod dice;
pub mod directory;
pub mod eligibility;
pub mod field;
pub mod geo;
pub mod hours;
pub mod id;
pub mod identity;
#[cfg(any(test, feature = "invented"))]
pub mod invented;
pub mod localised;
pub mod marriage;
pub mod notices;
pub mod numeral;
pub mod places;
pub mod plain_words;
pub mod problem;
pub mod procedures;
pub mod search;
pub mod source;
pub mod staff;
pub mod whole;
