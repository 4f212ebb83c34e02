//! What can be wrong with what people tell.

use crate::field::Reason;

/// Why something that was told cannot be used, and where it stands: `people.0.birth`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    pub field: String,
    pub what: Wrong,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    #[error("there is no such fact here")]
    UnknownFact,
    #[error("there is no such option")]
    UnknownOption,
    #[error("this fact is told in another way")]
    WrongKind,
    #[error("the amount is not readable")]
    Unreadable,
    #[error("the number is out of range")]
    OutOfRange { least: i64, most: i64 },
    /// In yuan, from nothing.
    #[error("the sum is out of range")]
    SumOutOfRange { most: i64 },
    #[error("the date lies after the day of the check")]
    InFuture,
    #[error("not an age in full years")]
    NotAnAge,
    #[error("nobody has lived that long")]
    TooOld,
    #[error("the range ends before it begins")]
    Backwards,
    #[error("more people than a household has")]
    TooManyPeople,
}

impl From<Wrong> for Reason {
    fn from(wrong: Wrong) -> Self {
        match wrong {
            Wrong::UnknownFact => Self::own("fact_unknown", "这里没有这一项。", "There is no such question here."),
            Wrong::UnknownOption => {
                Self::own("option_unknown", "请从列出的选项里选。", "Please choose one of the options.")
            }
            Wrong::WrongKind => {
                Self::own("fact_kind", "请按这一项的样子填写。", "Please answer in the form that is asked for.")
            }
            Wrong::Unreadable => Self::own(
                "amount_unreadable",
                "请只写数字，例如 3200 或者 3200.50。",
                "Please write figures only, such as 3200 or 3200.50.",
            ),
            Wrong::OutOfRange { least, most } => Self::own(
                "number_out_of_range",
                format!("请填写 {least} 到 {most} 之间的数。"),
                format!("Please give a number from {least} to {most}."),
            ),
            Wrong::SumOutOfRange { most } => Self::own(
                "number_out_of_range",
                format!("请填写 0 元到 {most} 元之间的数。"),
                format!("Please give a sum from 0 to {most} yuan."),
            ),
            Wrong::InFuture => {
                Self::own("date_in_future", "出生日期不能晚于今天。", "A date of birth cannot be later than today.")
            }
            Wrong::NotAnAge => Self::own(
                "age_unreadable",
                "请填周岁，例如 72；不满一岁的可以填月数，例如 8 个月。",
                "Please give the age in full years, such as 72; for a baby the months will do, such as 8 months.",
            ),
            Wrong::TooOld => {
                Self::own("age_too_great", "请填写 0 到 130 之间的年龄。", "Please give an age from 0 to 130.")
            }
            Wrong::Backwards => Self::own(
                "range_backwards",
                "开头比结尾大，请换过来。",
                "The beginning is above the end; please swap them.",
            ),
            Wrong::TooManyPeople => Self::own(
                "people_too_many",
                "最多可以填写 30 个人。更大的家庭请到街道办理。",
                "At most 30 people. For a larger household please ask at the street office.",
            ),
        }
    }
}
