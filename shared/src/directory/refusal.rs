//! What is refused where something is looked for or written down, each in its own words.

use crate::field::Reason;
use crate::problem::{self, Problem, Words};

/// A text that cannot be dialled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a phone: digits and dashes, such as 0755-12345678")]
pub struct BadDial;

/// Why a filter cannot be meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadFilter {
    When,
    Switch,
    Yuan,
}

impl From<BadFilter> for Reason {
    fn from(bad: BadFilter) -> Self {
        match bad {
            BadFilter::When => Self::own(
                "open_at",
                "时间请写成 2026-05-20T14:30 这样，年份从 1949 到 2100，或者写 now。",
                "Write the time such as 2026-05-20T14:30, in a year from 1949 to 2100, or now.",
            ),
            BadFilter::Switch => Self::own("switch", "请写 1 或者 0。", "Write 1 or 0."),
            BadFilter::Yuan => {
                Self::own("yuan", "请写整数的元，例如 15。", "Write a whole number of yuan, such as 15.")
            }
        }
    }
}

/// Why a place is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nobody has confirmed anything of it for years.
    Unconfirmed,
    /// A list of an earlier time, which nobody keeps any more.
    BundleGone,
    /// Nothing is confirmed, nor announced of what nobody sees, nor said of a place on it, while a list of the kind is being written
    /// or taken back, or broke off.
    ListUnfinished,
}

impl Refusal {
    /// One of each, for the tests of words and documents.
    pub fn examples() -> Vec<Problem> {
        [Self::Unconfirmed, Self::BundleGone, Self::ListUnfinished].map(Problem::from).into()
    }
}

impl problem::Refusal for Refusal {
    fn words(&self) -> Words {
        match self {
            Self::Unconfirmed => Words::new(
                "place_unconfirmed",
                410,
                ["很久没有核实", "Not confirmed for a long time"],
                [
                    "这个地点的信息太久没有人核实，已经不再显示。请看附近其他地点，或拨打 12345 询问。",
                    "Nobody has confirmed what is known of this place for too long, so it is not shown. Look at others nearby, or \
                     call 12345.",
                ],
            ),
            Self::ListUnfinished => Words::new(
                "list_unfinished",
                409,
                ["名单还没有登记完", "A list is being taken in"],
                [
                    "这一类地点的名单正在登记或撤销，还没有完成，现在不能核实，名单上的地点不能改，新登记的地点也还不能登记变动。请等它完成再试；一直没有完成的，请系统管理员先用 huimin places undo 撤回。",
                    "A list of this kind is being written or taken back, so nothing can be confirmed now, nothing that is said of a \
                     place on it can be changed, and nothing is announced of one that is new on it. Try again once it is over; one \
                     that broke off is taken back first by whoever runs the portal, with huimin places undo.",
                ],
            ),
            Self::BundleGone => Words::new(
                "bundle_gone",
                404,
                ["这份名单已经更新", "This list was replaced"],
                [
                    "这份名单已经有了新的一版。请重新打开页面，取最新的名单。",
                    "There is a newer version of this list. Open the page again to get it.",
                ],
            ),
        }
    }
}
