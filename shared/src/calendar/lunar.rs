//! The lunar calendar (农历), from a table of its months: the first days and lengths are published, never computed here.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::numeral;
use crate::source::Source;

use super::pack::PackError;

/// Lunar years with their months.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LunarPack {
    pub source: Source,
    pub checked: NaiveDate,
    pub years: Vec<LunarYear>,
}

/// One lunar year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LunarYear {
    /// The civil year in which most of it lies.
    pub year: i32,
    /// 春节.
    pub begins: NaiveDate,
    /// The month that comes twice, the second time as 闰.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leap: Option<u32>,
    /// The lengths of its 12 or 13 months, in days.
    pub days: Vec<u64>,
}

/// A day of the lunar calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LunarDay {
    /// 1 to 12.
    pub month: u32,
    /// The second month of this number in its year.
    pub leap: bool,
    /// 1 to 30.
    pub day: u32,
}

impl LunarDay {
    /// `四月`, `闰六月`, `正月`, `腊月`.
    pub fn month_name(self) -> String {
        let leap = if self.leap { "闰" } else { "" };
        let name = match self.month {
            1 => "正".to_owned(),
            11 => "冬".to_owned(),
            12 => "腊".to_owned(),
            month => numeral::chinese(month),
        };
        format!("{leap}{name}月")
    }

    /// `初一`, `初十`, `廿三`, `三十`.
    pub fn day_name(self) -> String {
        match self.day {
            day @ 1..=10 => format!("初{}", numeral::chinese(day)),
            day @ 21..=29 => format!("廿{}", numeral::chinese(day - 20)),
            day => numeral::chinese(day),
        }
    }
}

/// The first days of all months in a pack.
#[derive(Clone, Debug, Default)]
pub(super) struct Lunar(BTreeMap<NaiveDate, LunarMonth>);

#[derive(Clone, Copy, Debug)]
struct LunarMonth {
    month: u32,
    leap: bool,
    days: u64,
}

impl Lunar {
    pub(super) fn new(pack: LunarPack) -> Result<Self, PackError> {
        let mut months = BTreeMap::new();
        let mut follows = None;
        for LunarYear { year, begins, leap, days } in pack.years {
            let fits = days.len() == if leap.is_some() { 13 } else { 12 }
                && leap.is_none_or(|leap| (1..=12).contains(&leap))
                && days.iter().all(|days| matches!(days, 29 | 30))
                && follows.is_none_or(|follows| follows == begins);
            if !fits {
                return Err(PackError::LunarYear(year));
            }
            let numbers = (1..=12).flat_map(|month| {
                let second = (leap == Some(month)).then_some((month, true));
                [Some((month, false)), second].into_iter().flatten()
            });
            let mut first = begins;
            for ((month, leap), days) in numbers.zip(days) {
                months.insert(first, LunarMonth { month, leap, days });
                first = first + Days::new(days);
            }
            follows = Some(first);
        }
        Ok(Self(months))
    }

    /// The lunar date of a civil day; none outside the table.
    pub(super) fn day(&self, date: NaiveDate) -> Option<LunarDay> {
        let (first, LunarMonth { month, leap, days }) = self.0.range(..=date).next_back()?;
        let since = u64::try_from(date.signed_duration_since(*first).num_days()).ok()?;
        let day = u32::try_from(since + 1).ok()?;
        (since < *days).then_some(LunarDay { month: *month, leap: *leap, day })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(month: u32, leap: bool, day: u32) -> String {
        let day = LunarDay { month, leap, day };
        day.month_name() + &day.day_name()
    }

    #[test]
    fn days_and_months_have_their_old_names() {
        for (day, name) in [
            (named(1, false, 1), "正月初一"),
            (named(4, false, 10), "四月初十"),
            (named(6, true, 11), "闰六月十一"),
            (named(8, false, 15), "八月十五"),
            (named(10, false, 20), "十月二十"),
            (named(11, false, 21), "冬月廿一"),
            (named(12, false, 30), "腊月三十"),
        ] {
            assert_eq!(day, name);
        }
    }

    #[test]
    fn a_year_that_does_not_follow_the_one_before_is_refused() {
        let year = |year, begins: &str, days: u64| LunarYear {
            year,
            begins: begins.parse().unwrap(),
            leap: None,
            days: vec![days; 12],
        };
        let pack = |years| LunarPack { source: Source::of("a test"), checked: "2026-11-28".parse().unwrap(), years };
        let next = "2027-02-12";
        assert!(Lunar::new(pack(vec![year(2026, "2026-02-17", 30), year(2027, next, 29)])).is_ok());
        for (years, wrong) in [
            (vec![year(2026, "2026-02-17", 31)], 2026),
            (vec![year(2026, "2026-02-17", 30), year(2027, "2027-02-06", 29)], 2027),
            (vec![LunarYear { leap: Some(6), ..year(2026, "2026-02-17", 30) }], 2026),
        ] {
            assert_eq!(Lunar::new(pack(years)).unwrap_err(), PackError::LunarYear(wrong));
        }
    }
}
