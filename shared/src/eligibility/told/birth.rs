//! Dates of birth, which people often know as an age.

use chrono::{Months, NaiveDate};

use super::{
    super::{
        dates::{OLDEST, days, years_between},
        span::Span,
    },
    Limit, Value,
    mistake::Wrong,
};
use crate::{identity::clean::half_width, whole::leading};

/// The days on which somebody can have been born who is `age` on a given day.
pub fn born(age: i64, as_of: NaiveDate) -> Result<Span, Wrong> {
    let back = |years: i64| {
        let months = u32::try_from(years).ok()?.checked_mul(12)?;
        as_of.checked_sub_months(Months::new(months)).map(days)
    };
    if age < 0 {
        return Err(Wrong::NotAnAge);
    }
    if age > i64::from(OLDEST) {
        return Err(Wrong::TooOld);
    }
    let (Some(mut first), Some(mut last)) = (back(age + 1), back(age)) else { return Err(Wrong::TooOld) };
    while years_between(first, as_of) > age {
        first += 1;
    }
    // Leap days: somebody born on the 29th is as old as somebody born on the 28th.
    while last < days(as_of) && years_between(last + 1, as_of) == age {
        last += 1;
    }
    Ok(Span::between(first, last))
}

/// Full years as people write an age: `72`, `72周岁`, `七十二岁`, `1岁8个月`, `72 years old`; a baby's months, weeks or
/// days, `8个月`, are its age too.
///
/// Nothing that is only about right (`70多岁`), and no age by the calendar of years (`虚岁`).
pub fn age(text: &str) -> Option<i64> {
    let plain = text.chars().map(half_width).map(|c| c.to_ascii_lowercase()).collect::<String>();
    let mut pieces = plain.split_whitespace();
    let mut plain = pieces.next()?.to_owned();
    for piece in pieces {
        // A space is passed over between words and numbers, not within a number.
        if leading(piece).is_some() && plain.ends_with(|c: char| leading(c.encode_utf8(&mut [0; 4])).is_some()) {
            return None;
        }
        plain.push_str(piece);
    }
    let mut rest = plain.as_str();
    rest = ["已满", "刚满", "年满", "满"].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
    if rest == "半岁" {
        return Some(0);
    }
    let (number, unit) = leading(rest)?;
    if unit.is_empty() {
        return Some(number.into());
    }
    let (mut months, mut largest) = (0, None);
    while !rest.is_empty() {
        let (number, after) = leading(rest)?;
        let (unit, after) = Unit::leading(after)?;
        // From the largest down, each once: 1岁8个月.
        if largest.replace(unit).is_some_and(|larger| larger <= unit) || number > unit.most() {
            return None;
        }
        months += i64::from(number) * unit.months();
        rest = after;
    }
    Some(months / 12)
}

/// What an age is counted in, the smallest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Unit {
    Days,
    Weeks,
    Months,
    Years,
}

impl Unit {
    /// The unit that a text begins with, and what follows it. A half more makes nobody a year older.
    fn leading(text: &str) -> Option<(Self, &str)> {
        // A longer word before one that it begins with.
        const WORDS: [(Unit, &[&str]); 4] = [
            (Unit::Years, &["周岁", "岁半", "岁", "yearsold", "years", "yearold", "year", "yrs", "yr", "y"]),
            (
                Unit::Months,
                &["个半月", "个月大", "个月", "月大", "monthsold", "months", "monthold", "month", "mos", "mo"],
            ),
            (Unit::Weeks, &["周大", "周", "weeksold", "weeks", "weekold", "week"]),
            (Unit::Days, &["天大", "天", "daysold", "days", "dayold", "day"]),
        ];
        WORDS.iter().find_map(|(unit, words)| {
            let after = words.iter().find_map(|word| text.strip_prefix(word))?;
            Some((*unit, after))
        })
    }

    fn months(self) -> i64 {
        match self {
            Self::Years => 12,
            Self::Months => 1,
            Self::Weeks | Self::Days => 0,
        }
    }

    /// Days and weeks are those of the first year.
    fn most(self) -> u32 {
        match self {
            Self::Years | Self::Months => 2000,
            Self::Weeks => 51,
            Self::Days => 364,
        }
    }
}

pub(super) fn birth(value: &Value, as_of: NaiveDate) -> Result<Span, Wrong> {
    let date = |limit: &Limit| match limit {
        Limit::Word(word) => word.parse::<NaiveDate>().map_err(|_| Wrong::WrongKind),
        Limit::Whole(_) => Err(Wrong::WrongKind),
    };
    let (from, to) = match value {
        Value::Age { age } => return born(*age, as_of),
        Value::Word(word) => {
            let date = date(&Limit::Word(word.clone()))?;
            (date, date)
        }
        Value::Range { from: None, to: None } => return Err(Wrong::WrongKind),
        Value::Range { from, to } => {
            let oldest = as_of.checked_sub_months(Months::new(OLDEST * 12)).unwrap_or(as_of);
            (from.as_ref().map_or(Ok(oldest), date)?, to.as_ref().map_or(Ok(as_of), date)?)
        }
        _ => return Err(Wrong::WrongKind),
    };
    match () {
        () if from > to => Err(Wrong::Backwards),
        () if to > as_of => Err(Wrong::InFuture),
        () if years_between(days(from), as_of) > i64::from(OLDEST) => Err(Wrong::TooOld),
        () => Ok(Span::between(days(from), days(to))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Days;
    use proptest::prelude::*;

    #[test]
    fn an_age_is_read_as_people_write_it() {
        for (text, years) in [
            ("72", 72),
            (" ７２岁 ", 72),
            ("72周岁", 72),
            ("72 周岁", 72),
            ("满72周岁", 72),
            ("七十二", 72),
            ("七十二岁", 72),
            ("一百零三岁", 103),
            ("72 years old", 72),
            ("1 year", 1),
            ("0", 0),
            ("8个月", 0),
            ("八个月大", 0),
            ("8 months", 0),
            ("11个月", 0),
            ("12个月", 1),
            ("30 months", 2),
            ("1岁8个月", 1),
            ("1 岁 8 个月", 1),
            ("1 year 8 months", 1),
            ("1岁半", 1),
            ("半岁", 0),
            ("三个半月", 0),
            ("20天", 0),
            ("6周", 0),
        ] {
            assert_eq!(age(text), Some(years), "{text}");
        }
    }

    #[test]
    fn what_is_no_age_in_full_years_is_not_guessed() {
        for text in [
            "",
            "岁",
            "72虚岁",
            "虚岁72",
            "70多岁",
            "七十几",
            "七八十",
            "-1",
            "7.5",
            "1-5",
            "8个月1岁",
            "7 2",
            "七 十",
            "1 岁 8",
            "8个",
            "72元",
            "400天",
            "old",
            "1954",
        ] {
            let read = age(text);
            assert!(read.is_none_or(|years| years > i64::from(OLDEST)), "{text} {read:?}");
        }
    }

    proptest! {
        #[test]
        fn no_age_is_too_strange(text in "[0-9一二十百半满周岁个月天 a-z]{0,12}") {
            if let Some(years) = age(&text) {
                let _ = born(years, NaiveDate::from_ymd_opt(2026, 1, 1).unwrap());
            }
        }

        #[test]
        fn an_age_is_the_days_on_which_one_is_that_old(age in 0_i64..=130, offset in 0_u64..20_000) {
            let as_of = NaiveDate::from_ymd_opt(1990, 1, 1).unwrap() + Days::new(offset);
            let span = born(age, as_of).unwrap();
            let (first, last) = (span.low.unwrap().to_integer(), span.high.unwrap().to_integer());
            prop_assert_eq!(years_between(first, as_of), age);
            prop_assert_eq!(years_between(last, as_of), age);
            prop_assert_eq!(years_between(first - 1, as_of), age + 1);
            prop_assert!(last == days(as_of) || years_between(last + 1, as_of) == age - 1);
        }
    }
}
