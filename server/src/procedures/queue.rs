//! Queues: stored questions about which cases to look at next.

use chrono::{DateTime, Utc};
use shared::calendar::Deadline;
use shared::localised::Localised;
use shared::procedures::{Alert, CaseId, CaseReference, StateName};
use shared::staff::StaffId;

use crate::app::App;
use crate::error::Error;
use crate::staff::authority::Staff;

/// Which cases are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Queue {
    Mine,
    Unassigned,
    NearDeadline,
    WaitingOnFamily,
    SecondSignature,
    Rivals,
    All,
}

/// Rows on one page.
pub const ROWS: usize = 50;

/// One page of a list.
#[derive(Clone, Debug)]
pub struct Page<T> {
    pub rows: Vec<T>,
    /// The first one is 0.
    pub page: u32,
    pub has_more: bool,
}

/// A case in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub id: CaseId,
    pub reference: CaseReference,
    pub region: String,
    pub procedure: String,
    pub name: Localised,
    /// Masked.
    pub applicant: String,
    pub state: StateName,
    pub version: u32,
    pub submitted_at: DateTime<Utc>,
    pub due: Option<Deadline>,
    pub alert: Option<Alert>,
    pub assigned_to: Option<StaffId>,
    /// Whether another case names the same where one is granted.
    pub has_rivals: bool,
}

impl Queue {
    pub const ALL: [Self; 7] = [
        Self::Mine,
        Self::Unassigned,
        Self::NearDeadline,
        Self::WaitingOnFamily,
        Self::SecondSignature,
        Self::Rivals,
        Self::All,
    ];

    /// Its name in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Unassigned => "unassigned",
            Self::NearDeadline => "near_deadline",
            Self::WaitingOnFamily => "waiting_on_family",
            Self::SecondSignature => "second_signature",
            Self::Rivals => "rivals",
            Self::All => "all",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|queue| queue.name() == name)
    }
}

/// One page of a queue, what is due first before what is due later.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`].
pub async fn queue(app: &App, staff: &Staff, filter: Queue, page: u32, now: DateTime<Utc>) -> Result<Page<Row>, Error> {
    todo!()
}
