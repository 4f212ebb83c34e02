//! The calendar as data: `packs/cn/calendar.json` and whatever a region adds.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::localised::Localised;
use crate::source::Source;

use super::lunar::LunarPack;

/// One file of the calendar. The caller parses the text; this crate only knows the shape.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarPack {
    pub years: Vec<YearPack>,
    /// Statutory holidays with a fixed date, for years that `years` does not have.
    pub fixed_holidays: YearlyDays,
    pub hot_dates: HotDates,
    /// The lunar calendar; without it no day has a lunar date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lunar: Option<LunarPack>,
}

/// One year's holidays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YearPack {
    pub year: i32,
    /// Whether the State Council's notice for the year is out; without it every day is provisional.
    pub notified: bool,
    pub source: Source,
    pub checked: NaiveDate,
    pub holidays: Vec<Break>,
    /// Weekend days that are worked (调休).
    pub make_up_workdays: Vec<MakeUpDay>,
}

/// A holiday with all days off, both ends included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Break {
    pub name: Localised,
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// The days of the festival itself; none where its break is listed in two parts.
    pub statutory: Vec<NaiveDate>,
}

/// A weekend day worked in exchange for a day off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MakeUpDay {
    pub date: NaiveDate,
    /// The holiday whose break it pays for.
    pub holiday: Localised,
}

/// Days that return every year on the same date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YearlyDays {
    pub source: Source,
    pub checked: NaiveDate,
    pub days: Vec<YearlyDay>,
}

/// A day of every year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YearlyDay {
    pub month: u32,
    pub day: u32,
    pub name: Localised,
}

/// Days on which many couples want to register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HotDates {
    pub source: Source,
    pub checked: NaiveDate,
    pub every_year: Vec<YearlyDay>,
    /// Days that follow the lunar calendar, year by year.
    pub dated: Vec<DatedDay>,
}

/// A day of one year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatedDay {
    pub date: NaiveDate,
    pub name: Localised,
}

/// Why a pack cannot be meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PackError {
    #[error("the year {0} is there twice")]
    YearTwice(i32),
    #[error("{date} does not belong to the year {year}")]
    WrongYear { year: i32, date: NaiveDate },
    #[error("the break that begins on {0} ends before it or lasts more than 31 days")]
    Break(NaiveDate),
    #[error("{0} is a day of a festival outside its break")]
    StatutoryOutside(NaiveDate),
    #[error("{0} is there twice")]
    DateTwice(NaiveDate),
    #[error("{0} is a make-up working day but no Saturday or Sunday")]
    MakeUpOnWeekday(NaiveDate),
    #[error("there is no day {day} in month {month}")]
    NoSuchDay { month: u32, day: u32 },
    #[error("the lunar year {0} does not follow the one before, or its months are not 12 or 13 of 29 or 30 days")]
    LunarYear(i32),
}
