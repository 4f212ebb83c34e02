//! What can be wrong with a field of any form, and the envelope for what only one domain knows.

use std::borrow::Cow;
use std::fmt;

use super::Asked;
use crate::locale::Locale;

/// One of the three boxes of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DatePart {
    Year,
    Month,
    Day,
}

/// Why a field cannot be taken as it is.
#[derive(Clone, PartialEq, Eq)]
pub enum Reason {
    /// Nothing was typed or chosen.
    Missing(&'static Asked),
    /// More than `limit` characters.
    TooLong { asked: &'static Asked, limit: usize },
    /// NUL or another control character.
    ControlCharacter,
    /// A choice that is not on the list.
    NotOffered(&'static Asked),
    /// Left out of a request to the API, or a number where a text belongs, and the like.
    WrongType,

    /// Not a date written as year, month and day.
    DateShape,
    /// One of the three boxes is empty.
    DatePartMissing(DatePart),
    /// Not a year of four digits between `earliest` and `latest`.
    DateYear { earliest: i32, latest: i32 },
    /// Not a month from 1 to 12.
    DateMonth,
    /// The month has only `last` days.
    DateDay { month: u32, last: u32 },
    /// 29 February in a year that has none.
    NoLeapDay { year: i32 },
    /// An end before its beginning, or more than `most` days.
    DateRange { most: i64 },

    /// What only one domain knows, from the closed enum that it keeps beside its types. Code and words are all that
    /// a form needs of it, so that nothing here has to know who said it.
    Own { code: &'static str, zh: Cow<'static, str>, en: Cow<'static, str> },
}

impl Reason {
    /// A domain's own reason: its stable code, and what to do, as a good clerk would say it.
    pub fn own(code: &'static str, zh: impl Into<Cow<'static, str>>, en: impl Into<Cow<'static, str>>) -> Self {
        Self::Own { code, zh: zh.into(), en: en.into() }
    }

    /// Stable name for the API, in `snake_case`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing(asked) => asked.missing_code,
            Self::TooLong { .. } => "too_long",
            Self::ControlCharacter => "control_character",
            Self::NotOffered(_) => "not_offered",
            Self::WrongType => "wrong_type",
            Self::DateShape => "date_shape",
            Self::DatePartMissing(DatePart::Year) => "date_year_missing",
            Self::DatePartMissing(DatePart::Month) => "date_month_missing",
            Self::DatePartMissing(DatePart::Day) => "date_day_missing",
            Self::DateYear { .. } => "date_year",
            Self::DateMonth => "date_month",
            Self::DateDay { .. } => "date_day",
            Self::NoLeapDay { .. } => "date_no_leap_day",
            Self::DateRange { .. } => "date_range",
            Self::Own { code, .. } => code,
        }
    }

    /// One or two sentences that say what to do.
    pub fn sentence(&self, locale: Locale) -> String {
        let both = |(zh, en)| locale.say(zh, en).to_owned();
        match self {
            Self::Missing(asked) => both(asked.missing),
            Self::NotOffered(asked) => both(asked.not_offered),
            Self::TooLong { asked, limit } => {
                let (zh, en) = asked.noun;
                say!(
                    locale,
                    "{zh}最多 {limit} 个字符，请删去多余的内容。",
                    "The {en} may have up to {limit} characters. Please take out the rest."
                )
            }
            Self::ControlCharacter => say!(
                locale,
                "这里有看不见的控制字符，请清空后用键盘重新输入。",
                "There is a hidden control character here. Please clear the field and type it again."
            ),
            Self::WrongType => say!(
                locale,
                "这一项没有填写，或者数据类型不对，请对照接口说明修改。",
                "This is missing, or not the type of value asked for. Please see the description of the API."
            ),
            Self::DateShape => say!(
                locale,
                "请按年、月、日填写日期，例如 1998-03-27。",
                "Enter the date as year, month and day, such as 1998-03-27."
            ),
            Self::DatePartMissing(DatePart::Year) => {
                say!(locale, "请填写年份，例如 1998。", "Enter the year, such as 1998.")
            }
            Self::DatePartMissing(DatePart::Month) => {
                say!(locale, "请填写月份，1 到 12。", "Enter the month, 1 to 12.")
            }
            Self::DatePartMissing(DatePart::Day) => say!(locale, "请填写日，例如 27。", "Enter the day, such as 27."),
            Self::DateYear { earliest, latest } => say!(
                locale,
                "年份请填写 4 位数字，在 {earliest} 到 {latest} 之间。",
                "Enter the year with four digits, between {earliest} and {latest}."
            ),
            Self::DateMonth => say!(locale, "月份请填写 1 到 12。", "The month must be from 1 to 12."),
            Self::DateDay { month, last } => say!(
                locale,
                "这一年的 {month} 月只有 {last} 天，日请填写 1 到 {last}。",
                "That month has {last} days. Enter a day from 1 to {last}."
            ),
            Self::NoLeapDay { year } => say!(
                locale,
                "{year} 年没有 2 月 29 日，请对照证件核对年份和日。",
                "There was no 29 February in {year}. Please check the year and the day."
            ),
            Self::DateRange { most } => say!(
                locale,
                "结束日期不能早于开始日期，一次最多查询 {most} 天。",
                "The end must not be before the beginning, and one request covers up to {most} days."
            ),
            Self::Own { zh, en, .. } => locale.say(zh, en).to_owned(),
        }
    }
}

/// Names the reason without what was typed, so that it may be logged.
impl fmt::Debug for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
