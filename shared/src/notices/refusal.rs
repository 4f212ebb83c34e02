//! What editors of notices are refused.

use crate::problem::{self, Problem, Words};

/// Why a notice was not changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Somebody changed it after it was read.
    Changed,
    /// It was never changed.
    NothingToUndo,
}

impl Refusal {
    /// One of each, for the tests of words and documents.
    pub fn examples() -> Vec<Problem> {
        [Self::Changed, Self::NothingToUndo].map(Problem::from).into()
    }
}

impl problem::Refusal for Refusal {
    fn words(&self) -> Words {
        match self {
            Self::Changed => Words::new(
                "notice_changed",
                409,
                ["没有保存：刚刚有人改过", "Not saved: it was just changed"],
                [
                    "您打开以后，这条通知有人改过。下面是现在的样子；您写的都还在，看过之后可以再保存。",
                    "Somebody changed this notice after you had opened it. It is shown as it stands now; what you wrote is \
                     kept, and can be saved once you have looked.",
                ],
            ),
            Self::NothingToUndo => Words::new(
                "notice_never_changed",
                409,
                ["没有可以撤销的", "Nothing to undo"],
                [
                    "这条通知发布以后没有改过。不想要了，请按“现在结束”。",
                    "This notice was not changed since it was made. To take it down, end it now.",
                ],
            ),
        }
    }
}
