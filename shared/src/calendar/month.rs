//! A calendar month.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Months, NaiveDate};

/// One month of the years 1900 to 9999, written `2026-05` in URLs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Month {
    first: NaiveDate,
}

/// A text that is not a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a month: expected for example 2026-05")]
pub struct InvalidMonth;

impl Month {
    pub fn new(year: i32, month: u32) -> Option<Self> {
        (1900..=9999)
            .contains(&year)
            .then(|| NaiveDate::from_ymd_opt(year, month, 1))
            .flatten()
            .map(|first| Self { first })
    }

    /// The month that has `date`; the nearest one for a date outside the range.
    pub fn of(date: NaiveDate) -> Self {
        let year = date.year().clamp(1900, 9999);
        // Every year in the range has every month.
        Self { first: NaiveDate::from_ymd_opt(year, date.month(), 1).unwrap_or(date) }
    }

    pub fn first_day(self) -> NaiveDate {
        self.first
    }

    pub fn last_day(self) -> NaiveDate {
        self.first.checked_add_months(Months::new(1)).and_then(|next| next.pred_opt()).unwrap_or(self.first)
    }

    pub fn year(self) -> i32 {
        self.first.year()
    }

    /// 1 to 12.
    pub fn month(self) -> u32 {
        self.first.month()
    }

    pub fn previous(self) -> Option<Self> {
        let first = self.first.checked_sub_months(Months::new(1))?;
        Self::new(first.year(), first.month())
    }

    pub fn next(self) -> Option<Self> {
        let first = self.first.checked_add_months(Months::new(1))?;
        Self::new(first.year(), first.month())
    }

    pub fn contains(self, date: NaiveDate) -> bool {
        (self.first..=self.last_day()).contains(&date)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.month())
    }
}

impl FromStr for Month {
    type Err = InvalidMonth;

    fn from_str(text: &str) -> Result<Self, InvalidMonth> {
        let (year, month) = text.split_once('-').ok_or(InvalidMonth)?;
        let digits = |text: &str, length| text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(year, 4) || !digits(month, 2) {
            return Err(InvalidMonth);
        }
        let year = year.parse().map_err(|_| InvalidMonth)?;
        let month = month.parse().map_err(|_| InvalidMonth)?;
        Self::new(year, month).ok_or(InvalidMonth)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn may_2026_stands_between_april_and_june() {
        let month: Month = "2026-05".parse().unwrap();
        assert_eq!(
            (month.first_day().to_string(), month.last_day().to_string()),
            ("2026-05-01".into(), "2026-05-31".into())
        );
        assert_eq!(month.next().unwrap().to_string(), "2026-06");
        assert_eq!(month.previous().unwrap().to_string(), "2026-04");
    }

    #[test]
    fn texts_that_are_no_month_are_refused() {
        for text in ["", "2026", "2026-13", "2026-00", "2026-5", "1899-12", "+026-05", "2026-05-01", "２０２６-05"]
        {
            assert_eq!(text.parse::<Month>(), Err(InvalidMonth), "{text:?}");
        }
    }

    #[test]
    fn the_range_ends_quietly() {
        assert_eq!("1900-01".parse::<Month>().unwrap().previous(), None);
        let last = "9999-12".parse::<Month>().unwrap();
        assert_eq!(last.next(), None);
        assert_eq!(Month::of(NaiveDate::MAX).to_string(), "9999-12");
        assert_eq!(Month::of(NaiveDate::MIN).to_string(), "1900-01");
    }

    proptest! {
        #[test]
        fn a_month_holds_its_first_day_to_its_last(year in 1900..=9999_i32, month in 1..=12_u32) {
            let month = Month::new(year, month).unwrap();
            let (first, last) = (month.first_day(), month.last_day());
            prop_assert!(month.contains(first) && month.contains(last));
            prop_assert_eq!(first.day(), 1);
            prop_assert!(!first.pred_opt().is_some_and(|day| month.contains(day)));
            prop_assert!(!last.succ_opt().is_some_and(|day| month.contains(day)));
            prop_assert_eq!((Month::of(first), Month::of(last)), (month, month));
            prop_assert_eq!(month.to_string().parse::<Month>(), Ok(month));
        }
    }
}
