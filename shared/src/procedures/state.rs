//! Where a case stands.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::localised::Localised;
use crate::staff::StaffId;

/// How long a proposal waits for its second signature.
pub const PROPOSAL_LIFETIME: TimeDelta = TimeDelta::hours(72);

/// What a decision says; a refusal has its ground, evidence and the ways to contest it in the letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = CaseOutcome))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// 准予.
    Granted,
    /// 不予, in writing.
    Refused,
}

/// What one person proposes and another is to sign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    pub outcome: Outcome,
    pub by: StaffId,
    pub at: DateTime<Utc>,
    /// A keyed hash of all that was proposed: what is signed is what was proposed.
    pub hash: String,
}

/// Where a case stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum State {
    /// 已提交: nobody has looked at it.
    Submitted,
    /// 已受理.
    Accepted,
    /// 审核中.
    Reviewing,
    /// 待补正: the family has been asked, once and in full; the office's time stands still.
    Supplementing {
        /// Whether it had been accepted before.
        accepted: bool,
    },
    /// 待复核: one person has proposed, another has to sign.
    Proposed(Proposal),
    /// 已决定.
    Decided { outcome: Outcome },
    /// 已办结: the letter is out, and what was granted is on its way.
    Closed { outcome: Outcome },
    /// 已撤回 by the family.
    Withdrawn,
}

/// [`State`] without what it carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = CaseState))]
#[serde(rename_all = "snake_case")]
pub enum StateName {
    Submitted,
    Accepted,
    Reviewing,
    Supplementing,
    Proposed,
    Decided,
    Closed,
    Withdrawn,
}

impl Proposal {
    /// Whether it waited too long for its second signature.
    pub fn is_over(&self, now: DateTime<Utc>) -> bool {
        now >= self.at + PROPOSAL_LIFETIME
    }
}

impl State {
    pub fn name(&self) -> StateName {
        match self {
            Self::Submitted => StateName::Submitted,
            Self::Accepted => StateName::Accepted,
            Self::Reviewing => StateName::Reviewing,
            Self::Supplementing { .. } => StateName::Supplementing,
            Self::Proposed(_) => StateName::Proposed,
            Self::Decided { .. } => StateName::Decided,
            Self::Closed { .. } => StateName::Closed,
            Self::Withdrawn => StateName::Withdrawn,
        }
    }

    /// Whether the office still owes an answer.
    pub fn is_open(&self) -> bool {
        self.name().is_open()
    }
}

impl StateName {
    /// Whether the office still owes an answer.
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Decided | Self::Closed | Self::Withdrawn)
    }

    /// As the office says it.
    pub fn words(self) -> Localised {
        let [zh, en] = match self {
            Self::Submitted => ["已提交，还没有受理", "handed in and not yet accepted"],
            Self::Accepted => ["已受理", "accepted"],
            Self::Reviewing => ["审核中", "being reviewed"],
            Self::Supplementing => ["等申请人补正", "waiting for what the applicant was asked for"],
            Self::Proposed => ["已提出意见，等第二个人复核", "proposed and waiting for a second signature"],
            Self::Decided => ["已经作出决定", "decided"],
            Self::Closed => ["已经办结", "closed"],
            Self::Withdrawn => ["申请人已经撤回", "withdrawn by the applicant"],
        };
        Localised::new(zh, en)
    }
}
