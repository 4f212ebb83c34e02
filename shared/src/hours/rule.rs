//! A rule as somebody writes it down.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::span::Span;
use crate::calendar::DayClass;
use crate::localised::Localised;

/// What holds on some days: "周一至周五 9:00–12:00、14:00–17:30".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = HoursRule))]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The first day on which it holds; without one it has always held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// The last day on which it holds; without one it holds until another does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
    pub on: On,
    pub status: Status,
    /// In any order; none where the place is closed or nobody knows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spans: Vec<Span>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Localised>,
    /// The service that it is about; without one the place as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
}

/// The days that a rule is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = HoursOn))]
#[serde(rename_all = "snake_case")]
pub enum On {
    /// Monday is 1, Sunday 7; on every class of day, unless a rule names that class. One that is said of a season, or of the
    /// nth weekday, also holds where a rule names workdays or weekends.
    Weekdays(Vec<u32>),
    /// Such as the first Wednesday of each month.
    NthWeekday {
        weekday: u32,
        /// From 1 to 5, or -1 for the last.
        nth: i32,
    },
    Classes(Vec<DayClass>),
    Dates(Vec<NaiveDate>),
}

/// What a rule says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = HoursStatus))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Open,
    Closed,
    ByAppointment,
    /// Whoever wants to come has to ask first.
    Unknown,
}
