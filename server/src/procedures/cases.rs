//! A case as the family and as the office see it.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use shared::calendar::Deadline;
use shared::eligibility::verdict::Verdict;
use shared::localised::Localised;
use shared::procedures::{ActName, Alert, CaseId, CaseReference, State, StateName};
use shared::staff::StaffId;

use super::looks::Look;
use crate::app::App;
use crate::error::Error;
use crate::policy::Offered;
use crate::staff::authority::Staff;

pub use super::queue::{Page, Queue, Row, queue};
pub use super::usual::Usual;

/// Who did something, as the family reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Office,
    Family,
    Clock,
}

/// One line of what happened; that it was handed in is not among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    pub at: DateTime<Utc>,
    pub act: ActName,
    pub side: Side,
    /// Who of the office did it; none for the family's eyes.
    pub by: Option<StaffId>,
    /// The ground or reason that was given with it.
    pub said: Option<String>,
}

/// A case as the family sees it. `Debug` shows its reference alone.
#[derive(Clone)]
pub struct FamilyCase {
    pub id: CaseId,
    pub reference: CaseReference,
    pub offered: Arc<Offered>,
    pub state: State,
    pub version: u32,
    /// Ids of fields and papers that the family was asked for and has not handed in yet.
    pub asked_items: Vec<String>,
    /// Where a text sets a time that runs now.
    pub latest_on: Option<Deadline>,
    /// How long such cases took, where enough of them were decided.
    pub usual: Option<Usual>,
    pub looks: Vec<Look>,
    /// The oldest first.
    pub history: Vec<Done>,
    /// The ground of a decision, in the office's words.
    pub ground: Option<String>,
    pub decided_at: Option<DateTime<Utc>>,
    pub receipt: String,
    pub submitted_at: DateTime<Utc>,
}

/// One answer as the office sees it before it asks for more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub field: String,
    pub label: Localised,
    /// In words, masked where it names somebody or their money.
    pub shown: Localised,
    /// Whether there is more to reveal.
    pub is_masked: bool,
    /// As it stood before the family or the office changed it, masked alike.
    pub before: Option<Localised>,
}

/// Another open or granted case with the same value where one is granted once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rival {
    pub id: CaseId,
    pub reference: CaseReference,
    pub state: StateName,
    pub granted: bool,
    pub submitted_at: DateTime<Utc>,
}

/// A case as the office sees it, with its answers masked. `Debug` shows its reference alone.
#[derive(Clone)]
pub struct OfficeCase {
    pub id: CaseId,
    pub reference: CaseReference,
    pub offered: Arc<Offered>,
    pub state: State,
    pub version: u32,
    pub submitted_at: DateTime<Utc>,
    pub accepted_at: Option<DateTime<Utc>>,
    pub decided_at: Option<DateTime<Utc>>,
    pub filed_by: Option<StaffId>,
    pub proposed_by: Option<StaffId>,
    pub approved_by: Option<StaffId>,
    pub assigned_to: Option<StaffId>,
    /// In the order of the form, without what was left out.
    pub answers: Vec<Answer>,
    /// Ids of papers that are needed by what was answered.
    pub papers: Vec<String>,
    /// Ids of fields and papers that were asked for and have not come yet.
    pub asked_items: Vec<String>,
    /// Whether the one time of asking is used.
    pub was_asked: bool,
    /// What the rules make of the answers; none where they are not in force today.
    pub verdict: Option<Verdict>,
    pub latest_on: Option<Deadline>,
    pub alert: Option<Alert>,
    pub rivals: Vec<Rival>,
    /// What this person may do now.
    pub may: Vec<ActName>,
    /// The oldest first.
    pub history: Vec<Done>,
    pub looks: Vec<Look>,
    /// What the second signature has to name; none where nothing is proposed.
    pub proposal_hash: Option<String>,
    pub receipt: String,
}

/// A family's own case.
///
/// # Errors
/// [`shared::problem::Problem::Unauthorized`] for an unknown reference and for a wrong token alike.
pub async fn for_family(
    app: &App,
    reference: CaseReference,
    token: &str,
    now: DateTime<Utc>,
) -> Result<FamilyCase, Error> {
    todo!()
}

/// A case for somebody of the office; that they looked is written down and shown to the family.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`]; [`shared::problem::Problem::NotFound`].
pub async fn one(app: &App, staff: &Staff, id: &CaseId, now: DateTime<Utc>) -> Result<OfficeCase, Error> {
    todo!()
}

/// One answer in full, for a reason that is written down before it is shown.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`]; [`shared::problem::Problem::NotFound`]; a field error at `why`.
pub async fn reveal(
    app: &App,
    staff: &Staff,
    id: &CaseId,
    field: &str,
    why: &str,
    now: DateTime<Utc>,
) -> Result<String, Error> {
    todo!()
}

impl fmt::Debug for FamilyCase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FamilyCase({}, hidden)", self.reference)
    }
}

impl fmt::Debug for OfficeCase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OfficeCase({}, hidden)", self.reference)
    }
}
