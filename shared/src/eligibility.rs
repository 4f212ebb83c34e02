//! "Can I get this?": dated rules as data, answers that may be missing, and reasons.
//!
//! A [`pack::Pack`] holds the rules of a region, a [`answers::Household`] what people have told, and
//! [`verdict::check`] gives the [`verdict::Outcome`]. What is not known is a set of possibilities, so that learning more
//! can never turn a yes into a no or a no into a yes.

pub mod answer;
pub mod answers;
mod bits;
mod chances;
#[cfg(feature = "compile")]
pub mod compile;
pub mod dates;
pub mod deciding;
pub mod evaluate;
pub mod expr;
pub mod figures;
pub mod flip;
mod memo;
mod open;
pub mod pack;
pub mod plan;
pub mod prospect;
pub mod reason;
pub mod shown;
pub mod span;
pub mod told;
pub mod truth;
pub mod verdict;
pub mod words;
