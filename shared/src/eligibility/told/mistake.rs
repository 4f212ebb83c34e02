//! What can be wrong with what people tell.

use crate::locale::Locale;

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
    #[error("the date lies after the day of the check")]
    InFuture,
    #[error("nobody has lived that long")]
    TooOld,
    #[error("the range ends before it begins")]
    Backwards,
    #[error("more people than a household has")]
    TooManyPeople,
}

impl Wrong {
    /// The name on the wire.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownFact => "fact_unknown",
            Self::UnknownOption => "option_unknown",
            Self::WrongKind => "fact_kind",
            Self::Unreadable => "amount_unreadable",
            Self::OutOfRange { .. } => "number_out_of_range",
            Self::InFuture => "date_in_future",
            Self::TooOld => "age_too_great",
            Self::Backwards => "range_backwards",
            Self::TooManyPeople => "people_too_many",
        }
    }

    /// What to do about it.
    pub fn sentence(&self, locale: Locale) -> String {
        let said = match self {
            Self::UnknownFact => locale.say("这里没有这一项。", "There is no such question here."),
            Self::UnknownOption => locale.say("请从列出的选项里选。", "Please choose one of the options."),
            Self::WrongKind => locale.say("请按这一项的样子填写。", "Please answer in the form that is asked for."),
            Self::Unreadable => locale
                .say("请只写数字，例如 3200 或者 3200.50。", "Please write figures only, such as 3200 or 3200.50."),
            Self::OutOfRange { least, most } => {
                return match locale {
                    Locale::Zh => format!("请填写 {least} 到 {most} 之间的数。"),
                    Locale::En => format!("Please give a number from {least} to {most}."),
                };
            }
            Self::InFuture => locale.say("出生日期不能晚于今天。", "A date of birth cannot be later than today."),
            Self::TooOld => locale.say("请填写 0 到 130 之间的年龄。", "Please give an age from 0 to 130."),
            Self::Backwards => {
                locale.say("开头比结尾大，请换过来。", "The beginning is above the end; please swap them.")
            }
            Self::TooManyPeople => locale.say(
                "最多可以填写 30 个人。更大的家庭请到街道办理。",
                "At most 30 people. For a larger household please ask at the street office.",
            ),
        };
        said.to_owned()
    }
}
