//! What hours need of a calendar, small enough to travel with a list of places: neither names nor sources.

use chrono::{Datelike, NaiveDate};

use super::days::{Calendar, DayClass, ordinary};

/// Whoever knows what each day counts as: all that hours ask.
pub trait Classes {
    /// The class of `date`, which the notice of its year may still change.
    fn class(&self, date: NaiveDate) -> DayClass;

    /// Whether the holiday notice of its year is not out.
    fn is_provisional(&self, date: NaiveDate) -> bool;
}

/// The classes of all days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DayClasses {
    /// Years that are known, and whether the notice of their holidays is out.
    pub(crate) years: Vec<(i32, bool)>,
    /// Days that are not what their weekday says.
    pub(crate) days: Vec<Classed>,
    /// Month and day of the statutory days of all other years.
    pub(crate) fixed: Vec<(u32, u32)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Classed {
    pub date: NaiveDate,
    pub class: DayClass,
}

impl DayClasses {
    pub fn of(calendar: &Calendar) -> Self {
        Self {
            years: calendar.years.iter().map(|(year, basis)| (*year, basis.notified)).collect(),
            days: calendar.days.iter().map(|(date, kind)| Classed { date: *date, class: kind.class() }).collect(),
            fixed: calendar.fixed.keys().copied().collect(),
        }
    }
}

impl Classes for DayClasses {
    fn class(&self, date: NaiveDate) -> DayClass {
        if let Ok(at) = self.days.binary_search_by_key(&date, |day| day.date) {
            return self.days[at].class;
        }
        let is_known = self.years.iter().any(|(year, _)| *year == date.year());
        if !is_known && self.fixed.contains(&(date.month(), date.day())) {
            return DayClass::StatutoryHoliday;
        }
        ordinary(date).class()
    }

    fn is_provisional(&self, date: NaiveDate) -> bool {
        !self.years.contains(&(date.year(), true))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_travels_says_of_every_day_of_ten_years_what_the_calendar_says() {
        let pack = serde_json::from_str(include_str!("../../packs/cn/calendar.json")).unwrap();
        let calendar = Calendar::new(pack).unwrap();
        let travelled = DayClasses::of(&calendar);
        let from: NaiveDate = "2022-01-01".parse().unwrap();
        for date in from.iter_days().take(3_652) {
            assert_eq!(calendar.class(date), travelled.class(date), "{date}");
            assert_eq!(calendar.is_provisional(date), travelled.is_provisional(date), "{date}");
        }
    }
}
