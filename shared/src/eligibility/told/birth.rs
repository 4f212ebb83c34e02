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

/// The days on which somebody can have been born who is `age` on a given day.
pub fn born(age: i64, as_of: NaiveDate) -> Result<Span, Wrong> {
    let back = |years: i64| {
        let months = u32::try_from(years).ok()?.checked_mul(12)?;
        as_of.checked_sub_months(Months::new(months)).map(days)
    };
    if !(0..=i64::from(OLDEST)).contains(&age) {
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

    proptest! {
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
