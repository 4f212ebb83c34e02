//! A calendar month as a table of weeks.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, Months, NaiveDate};

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

    /// The weeks from Monday to Sunday that show the whole month; days of its neighbours included.
    pub fn weeks(self) -> Vec<[NaiveDate; 7]> {
        let before = u64::from(self.first.weekday().num_days_from_monday());
        let monday = self.first - Days::new(before);
        let last = self.last_day();
        (0..6)
            .map(|week| monday + Days::new(week * 7))
            .take_while(|start| *start <= last)
            .map(|start| std::array::from_fn(|day| start + Days::new(day as u64)))
            .collect()
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
    fn may_2026_has_five_weeks_from_27_april_to_31_may() {
        let month: Month = "2026-05".parse().unwrap();
        let weeks = month.weeks();
        assert_eq!(weeks.len(), 5);
        assert_eq!(weeks[0][0].to_string(), "2026-04-27");
        assert_eq!(weeks[4][6].to_string(), "2026-05-31");
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
        assert_eq!(last.weeks().len(), 5);
        assert_eq!(Month::of(NaiveDate::MAX).to_string(), "9999-12");
        assert_eq!(Month::of(NaiveDate::MIN).to_string(), "1900-01");
    }

    proptest! {
        #[test]
        fn the_weeks_show_every_day_of_the_month_once(year in 1900..=9999_i32, month in 1..=12_u32) {
            let month = Month::new(year, month).unwrap();
            let days: Vec<_> = month.weeks().concat();
            prop_assert!(days.windows(2).all(|pair| pair[0].succ_opt() == Some(pair[1])));
            prop_assert_eq!(days.iter().find(|day| month.contains(**day)), Some(&month.first_day()));
            prop_assert_eq!(days.iter().rfind(|day| month.contains(**day)), Some(&month.last_day()));
            prop_assert!(month.contains(days[6]));
            prop_assert!(month.contains(days[days.len() - 7]));
            prop_assert_eq!(month.to_string().parse::<Month>(), Ok(month));
        }
    }
}
