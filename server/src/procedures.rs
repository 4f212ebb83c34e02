//! Applications that take their time: drafts that are not lost, cases with their acts, and who looked at them.
//!
//! What is done to a case is an act of [`shared::procedures::Case`] and an event of its stream; the row is what the acts made of
//! it. Nothing that a family typed stands in either: it is sealed.

pub mod acts;
pub mod cases;
mod clock;
mod contents;
pub mod domain;
pub mod drafts;
pub mod family;
mod jobs;
pub mod looks;
mod messages;
mod once;
pub mod queue;
mod replay;
mod rules;
mod store;
pub mod submit;
mod usual;

use chrono::{DateTime, SubsecRound, Utc};
use shared::problem::Problem;
use shared::procedures::Refusal;
use shared::staff::{Refusal as NotStaff, Right, Scope};

use crate::error::Error;
use crate::staff::authority::Staff;

/// The name of the domain.
pub const NAME: &str = "procedures";

/// Whether somebody has a right over the bureau's cases: with a role for the bureau as a whole, or at one of its offices. A case
/// belongs to no single hall.
///
/// # Errors
/// [`NotStaff::NotAllowed`].
pub fn may(staff: &Staff, right: Right) -> Result<(), NotStaff> {
    todo!()
}
