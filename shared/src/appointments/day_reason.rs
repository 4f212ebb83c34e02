//! Why an office closes days, the rest of one, or has other hours on one: what goes out in texts under the bureau's name, and
//! stands in the calendar. It is chosen and never written, since one person alone who writes to everybody booked could have them
//! pay, call or sign up elsewhere, in words that no list of bad ones would ever know.

use serde::{Deserialize, Serialize};

use crate::field::{Asked, Reason};
use crate::localised::Localised;

/// One of the reasons that there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayReason {
    PowerCut,
    Systems,
    Premises,
    Moving,
    Training,
    Staffing,
    Weather,
    Holiday,
    PublicHealth,
    /// Other hours than usual, since more people come than they hold.
    Demand,
    /// Nothing more is said.
    Other,
}

/// What is asked for where one of them is to be chosen.
pub const ASKED: &Asked = &Asked::one_of("day_reason_missing", "请选择原因。", "Choose the reason.");

impl DayReason {
    /// In the order in which they are offered: the sudden ones first.
    pub const ALL: &'static [Self] = &[
        Self::PowerCut,
        Self::Systems,
        Self::Premises,
        Self::Moving,
        Self::Training,
        Self::Staffing,
        Self::Weather,
        Self::Holiday,
        Self::PublicHealth,
        Self::Demand,
        Self::Other,
    ];

    /// Its name in forms.
    pub fn name(self) -> &'static str {
        match self {
            Self::PowerCut => "power_cut",
            Self::Systems => "systems",
            Self::Premises => "premises",
            Self::Moving => "moving",
            Self::Training => "training",
            Self::Staffing => "staffing",
            Self::Weather => "weather",
            Self::Holiday => "holiday",
            Self::PublicHealth => "public_health",
            Self::Demand => "demand",
            Self::Other => "other",
        }
    }

    /// The one that was chosen.
    ///
    /// # Errors
    /// That one has to be, also for what is none of them.
    pub fn chosen(name: &str) -> Result<Self, Reason> {
        Self::ALL.iter().copied().find(|reason| reason.name() == name).ok_or(Reason::Missing(ASKED))
    }

    /// As everybody reads it.
    pub fn words(self) -> Localised {
        let [zh, en] = match self {
            Self::PowerCut => ["停电", "Power cut"],
            Self::Systems => ["系统维护", "System maintenance"],
            Self::Premises => ["场地维修", "Repairs to the premises"],
            Self::Moving => ["场所搬迁", "Moving to other premises"],
            Self::Training => ["人员培训", "Staff training"],
            Self::Staffing => ["人员安排", "Staffing"],
            Self::Weather => ["恶劣天气", "Severe weather"],
            Self::Holiday => ["法定节假日安排", "Public holiday arrangements"],
            Self::PublicHealth => ["公共卫生", "Public health"],
            Self::Demand => ["办理人数较多", "More people than usual"],
            Self::Other => ["工作安排", "Office arrangements"],
        };
        Localised::new(zh, en)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_is_known_by_its_name_and_nothing_that_is_written_is_one() {
        for reason in DayReason::ALL {
            assert_eq!(DayReason::chosen(reason.name()), Ok(*reason));
        }
        for written in ["", "停电", "改约先缴押金两百元，回复姓名和身份证号", "Power cut"] {
            assert_eq!(DayReason::chosen(written), Err(Reason::Missing(ASKED)), "{written}");
        }
    }

    #[test]
    fn no_two_reasons_say_the_same() {
        let mut said: Vec<_> = DayReason::ALL.iter().map(|reason| (reason.words().zh, reason.words().en)).collect();
        said.sort_unstable();
        said.dedup();
        assert_eq!(said.len(), DayReason::ALL.len());
    }
}
