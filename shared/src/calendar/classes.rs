//! What hours need of a calendar, small enough to travel with a list of places: neither names nor sources.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::days::{Basis, Calendar, DayClass, DayKind};
use super::wire;
use crate::localised::Localised;
use crate::source::Source;

/// The classes of all days.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayClasses {
    /// Years that are known, and whether the notice of their holidays is out.
    years: Vec<(i32, bool)>,
    /// Days that are not what their weekday says.
    days: Vec<Classed>,
    /// Month and day of the statutory days of all other years.
    fixed: Vec<(u32, u32)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Classed {
    #[serde(with = "wire::date")]
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

    /// A calendar that knows the class of every day and whether it may still change, and nothing else of it.
    pub fn calendar(&self) -> Calendar {
        let basis = |notified| Basis { notified, source: Source::of(""), checked: NaiveDate::default() };
        Calendar {
            days: self.days.iter().map(|day| (day.date, nameless(day.class))).collect(),
            years: self.years.iter().map(|(year, notified)| (*year, basis(*notified))).collect(),
            fixed: self.fixed.iter().map(|day| (*day, nobody())).collect(),
            fixed_basis: basis(false),
            hot_every_year: BTreeMap::new(),
            hot_dated: BTreeMap::new(),
            lunar: super::lunar::Lunar::default(),
        }
    }
}

fn nameless(class: DayClass) -> DayKind {
    match class {
        DayClass::StatutoryHoliday => DayKind::Holiday { name: nobody(), statutory: true },
        DayClass::RestOfHoliday => DayKind::Holiday { name: nobody(), statutory: false },
        DayClass::MakeUpWorkday => DayKind::MakeUpWorkday { holiday: nobody() },
        DayClass::Workday => DayKind::Workday,
        DayClass::Weekend => DayKind::Weekend,
    }
}

fn nobody() -> Localised {
    Localised::new("", "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_travels_says_of_every_day_of_ten_years_what_the_calendar_says() {
        let pack = serde_json::from_str(include_str!("../../packs/cn/calendar.json")).unwrap();
        let calendar = Calendar::new(pack).unwrap();
        let bytes = postcard::to_allocvec(&DayClasses::of(&calendar)).unwrap();
        assert!(bytes.len() < 2_000, "{} bytes", bytes.len());
        let travelled = postcard::from_bytes::<DayClasses>(&bytes).unwrap().calendar();
        let from: NaiveDate = "2022-01-01".parse().unwrap();
        for date in from.iter_days().take(3_652) {
            let [here, there] = [&calendar, &travelled].map(|one| (one.class(date), one.is_provisional(date)));
            assert_eq!(here, there, "{date}");
        }
    }
}
