//! When a person was born, and what a document says about it and about their sex.

use crate::field::{Asked, Reason};

/// The question for a date of birth.
pub const BIRTH_DATE: &Asked = &Asked::typed(
    "birth_date_missing",
    ("请填写出生日期，例如 1998 年 3 月 27 日。", "Enter the date of birth, for example 27 March 1998."),
    ("日期", "date"),
);

/// Why what was answered about a person cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PersonReason {
    /// A birth date after today.
    BirthDateInFuture,
    /// The birth date typed is not the one in the document number.
    BirthDateContradictsId,
    /// The sex chosen is not the one in the document number.
    SexContradictsId,
}

impl From<PersonReason> for Reason {
    fn from(reason: PersonReason) -> Self {
        match reason {
            PersonReason::BirthDateInFuture => Self::own(
                "birth_date_in_future",
                "出生日期在今天之后，请核对年份。",
                "This date of birth is after today. Please check the year.",
            ),
            PersonReason::BirthDateContradictsId => Self::own(
                "birth_date_contradicts_id",
                "这个出生日期和证件号码里的不一样，请对照证件核对，两处要一致。",
                "This date of birth is not the one in the document number. Please compare both with the document.",
            ),
            PersonReason::SexContradictsId => Self::own(
                "sex_contradicts_id",
                "这里选的性别和证件号码里的不一样，请对照证件核对，两处要一致。",
                "This is not the sex in the document number. Please compare both with the document.",
            ),
        }
    }
}
