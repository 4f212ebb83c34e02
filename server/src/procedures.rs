//! Applications that take their time: drafts that are not lost, cases with their acts, and who looked at them.
//!
//! What is done to a case is an act of [`shared::procedures::Case`] and an event of its stream; the row is what the acts made of
//! it. Nothing that a family typed stands in either: it is sealed.

pub mod acts;
pub mod alerts;
mod alike;
mod apart;
pub mod batch;
pub mod cases;
mod clock;
pub mod consent;
mod contents;
pub mod cosign;
pub mod domain;
pub mod drafts;
mod erasing;
pub mod export;
pub mod family;
pub mod figures;
pub mod files;
pub mod filing;
mod jobs;
pub mod looks;
mod messages;
pub mod notes;
mod once;
pub(crate) mod overtaken;
pub mod own;
pub mod papers;
pub mod queue;
pub mod ratings;
mod reasons;
mod replay;
mod rules;
pub mod sheet;
mod store;
pub mod submit;
pub mod talk;
pub mod threshold;
pub mod unsettled;
mod usual;

use chrono::{DateTime, SubsecRound, Utc};
use shared::notices::bureau;
use shared::problem::Problem;
use shared::procedures::Refusal;
use shared::staff::{Grant, Refusal as NotStaff, Right, Scope};

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
    if may_in(staff.roles(), right) { Ok(()) } else { Err(NotStaff::NotAllowed) }
}

/// Whether roles that hold now give a right over the bureau's cases.
fn may_in<'a>(mut grants: impl Iterator<Item = &'a Grant>, right: Right) -> bool {
    let bureau = bureau();
    let is_of_bureau = |scope: &Scope| matches!(scope, Scope::Office(_)) || scope.covers(&bureau);
    grants.any(|grant| grant.role.allows(right) && is_of_bureau(&grant.scope))
}

/// An instant as both databases keep it, so that what is recomputed from the record is the same to the millisecond.
fn kept(now: DateTime<Utc>) -> DateTime<Utc> {
    now.trunc_subsecs(3)
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Problem(Problem::from(refusal))
    }
}
