//! Days as numbers, and ages.

use chrono::{Datelike, Months, NaiveDate};

/// Years that nobody has lived beyond.
pub const OLDEST: u32 = 130;

/// Days since 1970-01-01.
pub fn days(date: NaiveDate) -> i64 {
    i64::from(date.to_epoch_days())
}

/// The date of a number of days since 1970-01-01.
pub fn date(days: i64) -> Option<NaiveDate> {
    NaiveDate::from_epoch_days(i32::try_from(days).ok()?)
}

/// Whole years (周岁) from a day until `until`.
///
/// Somebody born on 29 February is a year older, in a year without that day, on 28 February: a period ends on the last
/// day of the month when the matching day is missing (Civil Code Art 202).
pub fn years_between(from: i64, until: NaiveDate) -> i64 {
    let Some(from) = date(from) else { return 0 };
    let years = until.year() - from.year();
    let reached = u32::try_from(years).ok().and_then(|years| from.checked_add_months(Months::new(years * 12)));
    i64::from(if reached.is_some_and(|day| day <= until) { years } else { years - 1 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_birthday_makes_a_year_and_the_day_before_does_not() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let age = |born, on| years_between(days(day(born)), day(on));
        assert_eq!([age("1954-05-20", "2024-05-19"), age("1954-05-20", "2024-05-20")], [69, 70]);
        assert_eq!([age("1956-02-29", "2026-02-27"), age("1956-02-29", "2026-02-28")], [69, 70]);
        assert_eq!([age("1956-02-29", "2024-02-28"), age("1956-02-29", "2024-02-29")], [67, 68]);
        assert_eq!(age("2024-01-01", "2024-01-01"), 0);
    }
}
