//! What hours need of a calendar, small enough to travel with a list of places: neither names nor sources.

use chrono::{Datelike, NaiveDate};

use super::days::{Calendar, DayClass, is_weekend};
use crate::bytes::{Reader, Writer};
use crate::hours::packed;

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
    years: Vec<(i32, bool)>,
    /// Days that are not what their weekday says.
    days: Vec<Classed>,
    /// Month and day of the statutory days of all other years.
    fixed: Vec<(u32, u32)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Classed {
    date: NaiveDate,
    class: DayClass,
}

impl DayClasses {
    pub fn of(calendar: &Calendar) -> Self {
        Self {
            years: calendar.years.iter().map(|(year, basis)| (*year, basis.notified)).collect(),
            days: calendar.days.iter().map(|(date, kind)| Classed { date: *date, class: kind.class() }).collect(),
            fixed: calendar.fixed.keys().copied().collect(),
        }
    }

    pub(crate) fn write(&self, to: &mut Writer) {
        to.many(&self.years, |to, (year, notified)| {
            to.signed(*year);
            to.number(u32::from(*notified));
        });
        to.many(&self.days, |to, Classed { date, class }| {
            packed::date(to, *date);
            to.number(class.number());
        });
        to.many(&self.fixed, |to, (month, day)| {
            to.number(*month);
            to.number(*day);
        });
    }

    pub(crate) fn read(from: &mut Reader<'_>) -> Self {
        let day =
            |from: &mut Reader<'_>| Classed { date: packed::read_date(from), class: DayClass::numbered(from.number()) };
        Self {
            years: from.many(|from| (from.signed(), from.flag())),
            days: from.many(day),
            fixed: from.many(|from| (from.number(), from.number())),
        }
    }
}

impl Classes for DayClasses {
    fn class(&self, date: NaiveDate) -> DayClass {
        if let Some(day) = self.days.iter().find(|day| day.date == date) {
            return day.class;
        }
        let is_known = self.years.iter().any(|(year, _)| *year == date.year());
        if !is_known && self.fixed.contains(&(date.month(), date.day())) {
            return DayClass::StatutoryHoliday;
        }
        if is_weekend(date) { DayClass::Weekend } else { DayClass::Workday }
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
