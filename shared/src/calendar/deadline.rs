//! When a time limit ends: the one way in which days are counted.
//!
//! The first day is not counted, so a limit ends so many days after the day of the event (民法典 第二百零一条; 行政复议法
//! 第八十八条). Days of administrative licences are working days (行政许可法 第八十二条). A last day of rest moves to the next
//! day that is worked only where a rule says so (民法典 第二百零三条), so whoever asks says whether one does.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Classes, DayClass};
use crate::civil_date::parse_date;
use crate::field::{Asked, FieldErrors, Reason, choice};
use crate::identity::clean;

/// How the days of a limit are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// 工作日: days that are worked by the national calendar, make-up workdays among them.
    Working,
    /// 自然日: every day.
    Calendar,
}

/// A limit as a text sets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Said")]
pub struct Limit {
    days: usize,
    unit: Unit,
    roll: bool,
}

/// A limit that may be longer than any.
#[derive(Deserialize)]
struct Said {
    days: usize,
    unit: Unit,
    roll: bool,
}

impl TryFrom<Said> for Limit {
    type Error = &'static str;

    fn try_from(Said { days, unit, roll }: Said) -> Result<Self, Self::Error> {
        Self::new(days, unit, roll).ok_or("a limit of more than ten years")
    }
}

/// The last day of a limit; the limit ends with that day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Deadline {
    pub date: NaiveDate,
    /// Some day that was counted lies in a year whose holiday notice is not out, so the date may still change where holidays matter
    /// to it; or in one before the first notice that is here.
    pub provisional: bool,
}

impl Limit {
    /// The longest limit that can be asked about, in days: ten years.
    pub const MOST: usize = 3650;

    /// `days` up to [`Self::MOST`]; `roll`: a last day of rest moves to the next day that is worked.
    pub fn new(days: usize, unit: Unit, roll: bool) -> Option<Self> {
        (days <= Self::MOST).then_some(Self { days, unit, roll })
    }

    pub fn days(self) -> usize {
        self.days
    }

    /// How they are counted.
    pub fn unit(self) -> Unit {
        self.unit
    }

    /// Whether a holiday notice can change its last day: where every day counts and none moves, it cannot.
    pub fn heeds_holidays(self) -> bool {
        self.unit == Unit::Working || self.roll
    }

    /// The last day of a limit that an event on `from` begins.
    pub fn ends(self, from: NaiveDate, calendar: &impl Classes) -> Deadline {
        self.ends_without(from, |_| false, calendar)
    }

    /// The same where some days are not counted, since the clock stands still on them.
    pub fn ends_without(
        self,
        from: NaiveDate,
        stands_still: impl Fn(NaiveDate) -> bool,
        calendar: &impl Classes,
    ) -> Deadline {
        let mut counted = self.counted(from, &stands_still, calendar);
        let last = match self.days.checked_sub(1) {
            None => from,
            Some(before) => counted.nth(before).unwrap_or(NaiveDate::MAX),
        };
        // It does not move into time that is not counted either.
        let next_worked = || last.iter_days().find(|day| is_worked(*day, calendar) && !stands_still(*day));
        let date = if self.roll { next_worked().unwrap_or(last) } else { last };
        Deadline { date, provisional: rests_on_unknown(from, date, calendar) }
    }

    /// The days after `from` that count, one after the other.
    pub fn counted<'a>(
        self,
        from: NaiveDate,
        stands_still: &'a impl Fn(NaiveDate) -> bool,
        calendar: &'a impl Classes,
    ) -> impl Iterator<Item = NaiveDate> + 'a {
        from.iter_days().skip(1).filter(move |day| self.counts(*day, calendar) && !stands_still(*day))
    }

    /// Whether a day is one of those that are counted.
    pub fn counts(self, day: NaiveDate, calendar: &impl Classes) -> bool {
        self.unit == Unit::Calendar || is_worked(day, calendar)
    }
}

/// What a form or an address says, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// The day of the event, `2026-02-10`.
    pub from: String,
    pub days: String,
    /// `working` or `calendar`.
    pub unit: String,
    /// `true` or `false`, which nothing means too.
    pub roll: String,
}

impl Question {
    /// # Errors
    /// At `from`, `days`, `unit` and `roll`.
    pub fn read(&self) -> Result<(NaiveDate, Limit), FieldErrors> {
        let mut errors = FieldErrors::new();
        let from = errors.keep("from", parse_date(Asked::DATE, &self.from, YEARS.0, YEARS.1));
        let days = errors.keep("days", days(&self.days));
        let unit = errors.keep("unit", choice(UNIT, &self.unit, Unit::of));
        let roll = errors.keep("roll", roll(&self.roll));
        match (from, days, unit, roll) {
            (Some(from), Some(days), Some(unit), Some(roll)) => Ok((from, Limit { days, unit, roll })),
            _ => Err(errors),
        }
    }
}

impl Unit {
    fn of(name: &str) -> Option<Self> {
        match name {
            "working" => Some(Self::Working),
            "calendar" => Some(Self::Calendar),
            _ => None,
        }
    }
}

/// Years in which a limit may begin.
const YEARS: (i32, i32) = (1900, 9000);
const DAYS: &Asked = &Asked::typed(
    "days_missing",
    ("请填期限是多少天。", "Say how many days the limit has."),
    ("天数", "number of days"),
);
const UNIT: &Asked = &Asked::one_of(
    "unit_missing",
    "请选按工作日（working）还是按自然日（calendar）算。",
    "Choose whether working days (working) or all days (calendar) count.",
);
const ROLL: &Asked = &Asked::one_of(
    "roll_missing",
    "最后一天休息时顺延的写 true，不顺延的写 false。",
    "Say true where a last day of rest moves to the next worked day, or else false.",
);

fn days(text: &str) -> Result<usize, Reason> {
    let typed = clean::readable(DAYS, 12, text)?;
    let days = typed.strip_suffix(['天', '日']).unwrap_or(&typed).trim_end();
    days.parse().ok().filter(|days| *days <= Limit::MOST).ok_or_else(|| {
        Reason::own(
            "days_range",
            format!("天数请填 0 到 {} 的整数。", Limit::MOST),
            format!("Give the days as a whole number from 0 to {}.", Limit::MOST),
        )
    })
}

fn roll(text: &str) -> Result<bool, Reason> {
    match text.trim() {
        "" => Ok(false),
        text => choice(ROLL, text, |text| text.parse().ok()),
    }
}

fn is_worked(date: NaiveDate, calendar: &impl Classes) -> bool {
    matches!(calendar.class(date), DayClass::Workday | DayClass::MakeUpWorkday)
}

fn rests_on_unknown(from: NaiveDate, last: NaiveDate, calendar: &impl Classes) -> bool {
    let Some(first) = from.succ_opt().filter(|first| *first <= last) else { return false };
    let new_year = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(last);
    (first.year()..=last.year()).any(|year| calendar.is_provisional(new_year(year)))
}

#[cfg(test)]
mod tests;
