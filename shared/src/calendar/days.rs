//! Which days are worked, and which are in demand.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use crate::localised::Localised;
use crate::source::Source;

use super::classes::Classes;
use super::lunar::{Lunar, LunarDay};
use super::pack::{CalendarPack, PackError, YearPack, YearlyDay};

/// What kind of civil day it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum DayKind {
    Workday,
    Weekend,
    /// A day off by the holiday notice, weekend days inside the break included.
    Holiday {
        name: Localised,
        /// The day of the festival itself (全国年节及纪念日放假办法), and not one that was moved beside it.
        statutory: bool,
    },
    /// A Saturday or Sunday that is worked (调休) for the break of `holiday`.
    MakeUpWorkday {
        holiday: Localised,
    },
}

impl DayKind {
    /// Whether offices work on it by the national calendar; a registry may still open or close.
    pub fn is_worked(&self) -> bool {
        matches!(self, Self::Workday | Self::MakeUpWorkday { .. })
    }

    pub fn class(&self) -> DayClass {
        match self {
            Self::Workday => DayClass::Workday,
            Self::Weekend => DayClass::Weekend,
            Self::Holiday { statutory: true, .. } => DayClass::StatutoryHoliday,
            Self::Holiday { statutory: false, .. } => DayClass::RestOfHoliday,
            Self::MakeUpWorkday { .. } => DayClass::MakeUpWorkday,
        }
    }
}

/// What a day counts as where hours are announced: "法定节假日休息".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DayClass {
    StatutoryHoliday,
    /// Another day off of the same break.
    RestOfHoliday,
    /// A Saturday or Sunday that is worked.
    MakeUpWorkday,
    Workday,
    Weekend,
}

impl DayClass {
    /// On its way to a phone.
    pub(crate) fn number(self) -> u32 {
        match self {
            Self::StatutoryHoliday => 0,
            Self::RestOfHoliday => 1,
            Self::MakeUpWorkday => 2,
            Self::Workday => 3,
            Self::Weekend => 4,
        }
    }

    pub(crate) fn numbered(number: u32) -> Self {
        match number {
            0 => Self::StatutoryHoliday,
            1 => Self::RestOfHoliday,
            2 => Self::MakeUpWorkday,
            3 => Self::Workday,
            _ => Self::Weekend,
        }
    }
}

/// A date on which many couples want to register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HotDate {
    /// Why, for example 七夕.
    pub name: Localised,
}

/// One civil day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Day {
    pub date: NaiveDate,
    pub kind: DayKind,
    /// The year's holiday notice is not out, so `kind` may still change.
    pub provisional: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hot: Option<HotDate>,
}

/// The answer of `GET /api/v1/calendar/{date}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CalendarAnswer {
    pub day: Day,
    /// What the kind of the day rests on.
    pub source: Source,
    /// When somebody last looked at that source.
    pub checked: NaiveDate,
}

/// The days of all years, built once from a pack.
#[derive(Clone, Debug)]
pub struct Calendar {
    pub(super) days: BTreeMap<NaiveDate, DayKind>,
    pub(super) years: BTreeMap<i32, Basis>,
    pub(super) fixed: BTreeMap<(u32, u32), Localised>,
    /// For years that no pack knows.
    fixed_basis: Basis,
    hot_every_year: BTreeMap<(u32, u32), Localised>,
    hot_dated: BTreeMap<NaiveDate, Localised>,
    lunar: Lunar,
}

/// What the days of a year rest on.
#[derive(Clone, Debug)]
pub(super) struct Basis {
    pub notified: bool,
    source: Source,
    checked: NaiveDate,
}

impl Calendar {
    /// Builds the calendar and refuses a pack that contradicts itself.
    pub fn new(pack: CalendarPack) -> Result<Self, PackError> {
        let mut days = BTreeMap::new();
        let mut years = BTreeMap::new();
        for year in pack.years {
            for (date, kind) in days_of(&year)? {
                insert_once(&mut days, date, kind)?;
            }
            let basis = Basis { notified: year.notified, source: year.source, checked: year.checked };
            if years.insert(year.year, basis).is_some() {
                return Err(PackError::YearTwice(year.year));
            }
        }
        let mut hot_dated = BTreeMap::new();
        for hot in pack.hot_dates.dated {
            insert_once(&mut hot_dated, hot.date, hot.name)?;
        }
        let fixed = pack.fixed_holidays;
        Ok(Self {
            days,
            years,
            fixed: yearly(fixed.days)?,
            fixed_basis: Basis { notified: false, source: fixed.source, checked: fixed.checked },
            hot_every_year: yearly(pack.hot_dates.every_year)?,
            hot_dated,
            lunar: pack.lunar.map(Lunar::new).transpose()?.unwrap_or_default(),
        })
    }

    /// What `date` is. A year that no pack knows has its weekends and the fixed statutory days.
    pub fn day(&self, date: NaiveDate) -> Day {
        let kind = self.days.get(&date).cloned().or_else(|| self.fixed_holiday(date).map(statutory));
        Day {
            date,
            kind: kind.unwrap_or_else(|| ordinary(date)),
            provisional: self.is_provisional(date),
            hot: self.hot(date),
        }
    }

    /// The hot date that `date` is, if it is one.
    pub fn hot(&self, date: NaiveDate) -> Option<HotDate> {
        self.hot_dated
            .get(&date)
            .or_else(|| self.hot_every_year.get(&(date.month(), date.day())))
            .map(|name| HotDate { name: name.clone() })
    }

    /// Its lunar date, as far as the pack reaches.
    pub fn lunar(&self, date: NaiveDate) -> Option<LunarDay> {
        self.lunar.day(date)
    }

    /// The first year of which the pack has a holiday notice: of those before, only weekends and fixed days are known here.
    pub fn begins(&self) -> Option<i32> {
        self.years.keys().next().copied()
    }

    /// The day together with what it rests on.
    pub fn answer(&self, date: NaiveDate) -> CalendarAnswer {
        let Basis { source, checked, .. } = self.basis(date);
        CalendarAnswer { day: self.day(date), source: source.clone(), checked: *checked }
    }

    fn basis(&self, date: NaiveDate) -> &Basis {
        self.years.get(&date.year()).unwrap_or(&self.fixed_basis)
    }

    /// The name of the fixed statutory day that `date` is in a year that no pack knows.
    fn fixed_holiday(&self, date: NaiveDate) -> Option<&Localised> {
        if self.years.contains_key(&date.year()) {
            return None;
        }
        self.fixed.get(&(date.month(), date.day()))
    }
}

impl Classes for Calendar {
    fn class(&self, date: NaiveDate) -> DayClass {
        match (self.days.get(&date), self.fixed_holiday(date)) {
            (Some(kind), _) => kind.class(),
            (None, Some(_)) => DayClass::StatutoryHoliday,
            (None, None) => ordinary(date).class(),
        }
    }

    fn is_provisional(&self, date: NaiveDate) -> bool {
        !self.basis(date).notified
    }
}

fn statutory(name: &Localised) -> DayKind {
    DayKind::Holiday { name: name.clone(), statutory: true }
}

/// The days that a year's notice sets; a New Year break may begin in the December before.
fn days_of(pack: &YearPack) -> Result<Vec<(NaiveDate, DayKind)>, PackError> {
    let mut days = Vec::new();
    for pause in &pack.holidays {
        let length = pause.to.signed_duration_since(pause.from).num_days();
        if !(0..31).contains(&length) {
            return Err(PackError::Break(pause.from));
        }
        if let Some(outside) = pause.statutory.iter().find(|date| !(pause.from..=pause.to).contains(date)) {
            return Err(PackError::StatutoryOutside(*outside));
        }
        let dates = pause.from.iter_days().take_while(|date| *date <= pause.to);
        days.extend(dates.map(|date| {
            let statutory = pause.statutory.contains(&date);
            (date, DayKind::Holiday { name: pause.name.clone(), statutory })
        }));
    }
    for make_up in &pack.make_up_workdays {
        if !is_weekend(make_up.date) {
            return Err(PackError::MakeUpOnWeekday(make_up.date));
        }
        days.push((make_up.date, DayKind::MakeUpWorkday { holiday: make_up.holiday.clone() }));
    }
    let belongs = |date: NaiveDate| date.year() == pack.year || (date.year() == pack.year - 1 && date.month() == 12);
    match days.iter().find(|(date, _)| !belongs(*date)) {
        Some((date, _)) => Err(PackError::WrongYear { year: pack.year, date: *date }),
        None => Ok(days),
    }
}

fn insert_once<V>(map: &mut BTreeMap<NaiveDate, V>, date: NaiveDate, value: V) -> Result<(), PackError> {
    match map.insert(date, value) {
        None => Ok(()),
        Some(_) => Err(PackError::DateTwice(date)),
    }
}

fn yearly(days: Vec<YearlyDay>) -> Result<BTreeMap<(u32, u32), Localised>, PackError> {
    days.into_iter()
        .map(|YearlyDay { month, day, name }| {
            // 2024 is a leap year, so 29 February may be meant.
            NaiveDate::from_ymd_opt(2024, month, day)
                .map(|_| ((month, day), name))
                .ok_or(PackError::NoSuchDay { month, day })
        })
        .collect()
}

fn ordinary(date: NaiveDate) -> DayKind {
    if is_weekend(date) { DayKind::Weekend } else { DayKind::Workday }
}

pub(super) fn is_weekend(date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}
