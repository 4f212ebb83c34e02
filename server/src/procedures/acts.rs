//! What is done to a case, by the office, the family and the clock.

use chrono::{DateTime, Utc};
use shared::procedures::{Act, CaseId, Typed};
use shared::staff::StaffId;

use super::cases::{FamilyCase, OfficeCase};
use super::family::Family;
use crate::app::App;
use crate::error::Error;
use crate::staff::authority::Staff;

/// Does something to a case as it was `seen`. What is proposed gets its hash here, whatever the act says. Who enters at the
/// counter that what was asked for has come does it with [`Act::Supply`].
///
/// # Errors
/// [`shared::procedures::Refusal`]; [`shared::staff::Refusal::NotAllowed`]; [`shared::problem::Problem::NotFound`]; a field error
/// at `said` where a refusal, a sending back, a reopening or a closing of what was granted has no words;
/// [`shared::problem::Problem::Malformed`] for [`Act::Correct`], which is [`correct`].
pub async fn act(
    app: &App,
    staff: &Staff,
    id: &CaseId,
    seen: u32,
    act: Act,
    said: Option<&str>,
    now: DateTime<Utc>,
) -> Result<OfficeCase, Error> {
    todo!()
}

/// Puts answers right, with a reason; what was proposed is void.
///
/// # Errors
/// As [`act`], and at the ids of fields.
pub async fn correct(
    app: &App,
    staff: &Staff,
    id: &CaseId,
    seen: u32,
    typed: &Typed,
    said: &str,
    now: DateTime<Utc>,
) -> Result<OfficeCase, Error> {
    todo!()
}

/// Hands in what was asked for: of `typed` the fields that were asked for count.
///
/// # Errors
/// [`shared::procedures::Refusal`]; at the ids of fields.
pub async fn supply(
    app: &App,
    family: &Family,
    seen: u32,
    typed: &Typed,
    now: DateTime<Utc>,
) -> Result<FamilyCase, Error> {
    todo!()
}

/// Takes the application back.
///
/// # Errors
/// [`shared::procedures::Refusal`].
pub async fn withdraw(app: &App, family: &Family, seen: u32, now: DateTime<Utc>) -> Result<FamilyCase, Error> {
    todo!()
}

/// Gives a case to somebody, or to nobody.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`]; [`shared::problem::Problem::NotFound`], also for nobody's id.
pub async fn assign(
    app: &App,
    staff: &Staff,
    id: &CaseId,
    to: Option<&StaffId>,
    now: DateTime<Utc>,
) -> Result<OfficeCase, Error> {
    todo!()
}
