//! What to do about a date, by the part that cannot be taken.

use crate::field::reason::{DatePart, Reason};
use crate::locale::Locale;

pub(super) fn date(reason: &Reason, locale: Locale) -> String {
    match (reason, locale) {
        (Reason::DatePartMissing(part), _) => match part {
            DatePart::Year => locale.say("请填写年份，例如 1998。", "Enter the year, such as 1998."),
            DatePart::Month => locale.say("请填写月份，1 到 12。", "Enter the month, 1 to 12."),
            DatePart::Day => locale.say("请填写日，例如 27。", "Enter the day, such as 27."),
        }
        .to_owned(),
        (Reason::DateYear { earliest, latest }, Locale::Zh) => {
            format!("年份请填写 4 位数字，在 {earliest} 到 {latest} 之间。")
        }
        (Reason::DateYear { earliest, latest }, Locale::En) => {
            format!("Enter the year with four digits, between {earliest} and {latest}.")
        }
        (Reason::DateMonth, _) => locale.say("月份请填写 1 到 12。", "The month must be from 1 to 12.").to_owned(),
        (Reason::DateDay { month, last }, Locale::Zh) => {
            format!("这一年的 {month} 月只有 {last} 天，日请填写 1 到 {last}。")
        }
        (Reason::DateDay { last, .. }, Locale::En) => {
            format!("That month has {last} days. Enter a day from 1 to {last}.")
        }
        (Reason::NoLeapDay { year }, Locale::Zh) => {
            format!("{year} 年没有 2 月 29 日，请对照证件核对年份和日。")
        }
        (Reason::NoLeapDay { year }, Locale::En) => {
            format!("There was no 29 February in {year}. Please check the year and the day.")
        }
        (Reason::BirthDateInFuture, _) => locale
            .say("出生日期在今天之后，请核对年份。", "This date of birth is after today. Please check the year.")
            .to_owned(),
        (Reason::DateRange { most }, Locale::Zh) => {
            format!("结束日期不能早于开始日期，一次最多查询 {most} 天。")
        }
        (Reason::DateRange { most }, Locale::En) => {
            format!("The end must not be before the beginning, and one request covers up to {most} days.")
        }
        _ => locale
            .say(
                "请按年、月、日填写日期，例如 1998-03-27。",
                "Enter the date as year, month and day, such as 1998-03-27.",
            )
            .to_owned(),
    }
}
