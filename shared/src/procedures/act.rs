//! What is done to a case, and by whom.

use serde::{Deserialize, Serialize};

use super::state::Outcome;
use crate::localised::Localised;
use crate::staff::StaffId;

/// Who does something to a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// Whoever applied, or whoever holds the link or the code of the case.
    Family,
    Office(StaffId),
    /// The portal by itself, since a time has passed.
    Clock,
}

/// What is done to a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum Act {
    /// 受理.
    Accept,
    /// Accepted since nobody asked for more in time, where a rule says so (行政许可法 第三十二条).
    AcceptBySilence,
    /// 开始审核.
    Review,
    /// 一次性告知补正: the fields and papers that are asked for, all at once.
    Ask { items: Vec<String> },
    /// What was asked for has come.
    Supply,
    /// The office puts an answer right, with a reason; what was proposed is void then.
    Correct,
    /// 拟定意见: what is signed is known by its hash.
    Propose { outcome: Outcome, hash: String },
    /// 复核同意, by another person.
    Approve { hash: String },
    /// 退回: back to whoever reviews it.
    SendBack,
    /// The proposal found no second signature in time.
    Lapse,
    /// 撤回 by the family.
    Withdraw,
    /// 转由家属接着办: the applicant has died, and a relative whom the office names goes on with it.
    Pass,
    /// 办结.
    Close,
    /// 重新审核 of what was decided or withdrawn.
    Reopen,
}

/// [`Act`] without what it carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = CaseAct))]
#[serde(rename_all = "snake_case")]
pub enum ActName {
    Accept,
    AcceptBySilence,
    Review,
    Ask,
    Supply,
    Correct,
    Propose,
    Approve,
    SendBack,
    Lapse,
    Withdraw,
    Pass,
    Close,
    Reopen,
}

impl Act {
    pub fn name(&self) -> ActName {
        match self {
            Self::Accept => ActName::Accept,
            Self::AcceptBySilence => ActName::AcceptBySilence,
            Self::Review => ActName::Review,
            Self::Ask { .. } => ActName::Ask,
            Self::Supply => ActName::Supply,
            Self::Correct => ActName::Correct,
            Self::Propose { .. } => ActName::Propose,
            Self::Approve { .. } => ActName::Approve,
            Self::SendBack => ActName::SendBack,
            Self::Lapse => ActName::Lapse,
            Self::Withdraw => ActName::Withdraw,
            Self::Pass => ActName::Pass,
            Self::Close => ActName::Close,
            Self::Reopen => ActName::Reopen,
        }
    }
}

impl ActName {
    /// What it is called.
    pub fn words(self) -> Localised {
        let [zh, en] = match self {
            Self::Accept => ["受理", "accepting it"],
            Self::AcceptBySilence => ["到期视为受理", "acceptance by the end of the time"],
            Self::Review => ["开始审核", "beginning the review"],
            Self::Ask => ["要求补正", "asking for what is missing"],
            Self::Supply => ["提交补正", "handing in what was asked for"],
            Self::Correct => ["更正", "putting an answer right"],
            Self::Propose => ["提出意见", "proposing a decision"],
            Self::Approve => ["复核同意", "the second signature"],
            Self::SendBack => ["退回审核", "sending it back"],
            Self::Lapse => ["意见到期", "the end of a proposal"],
            Self::Withdraw => ["撤回申请", "withdrawing the application"],
            Self::Pass => ["转由家属接着办", "passing it on to a relative"],
            Self::Close => ["办结", "closing it"],
            Self::Reopen => ["重新审核", "reopening it"],
        };
        Localised::new(zh, en)
    }
}
