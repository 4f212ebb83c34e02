//! A day as the booking calendar shows it: what it is, and whether something is free.

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::calendar::{Day, DayKind, HotDate, shanghai, shanghai_date};
use crate::locale::Locale;
use crate::localised::Localised;

use super::rule::BookingRule;

/// One cell of the month calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DayView {
    pub date: NaiveDate,
    pub kind: DayKind,
    /// The year's holiday notice is not out, so `kind` may still change.
    pub provisional: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hot: Option<HotDate>,
    pub availability: DayAvailability,
}

/// Whether a day can be booked, and if not, why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum DayAvailability {
    /// Places left over all times of the day.
    Free {
        remaining: u32,
    },
    /// It has times, and all are taken.
    Full,
    NotYetReleased {
        opens_at: DateTime<FixedOffset>,
    },
    /// Nearer than the lead time of the service there.
    TooSoon,
    Past,
    Closed {
        why: ClosedWhy,
    },
    /// A working day for which no times are set.
    NoSlots,
}

/// Why nobody is served on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ClosedWhy {
    Weekend,
    Holiday {
        name: Localised,
    },
    /// The place closed the day and says why.
    Place {
        note: Localised,
    },
}

/// What stands for the reason where a place closes a day and gives none.
pub const NO_REASON: [&str; 2] = ["当天不办理", "Closed on this day"];

/// What a place says of a day it closed, where that adds something to its being closed.
pub fn closing_reason(note: &Localised, locale: Locale) -> Option<&str> {
    let [zh, en] = NO_REASON;
    Some(note.say(locale)).filter(|said| *said != locale.say(zh, en) && !said.is_empty())
}

/// What the server knows of a day at a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DaySlots {
    /// Times that have not begun and are not closed.
    pub open: u32,
    /// Places left in them.
    pub remaining: u32,
    /// The place has closed the whole day.
    pub closed: Option<Localised>,
}

impl DayView {
    /// The day as it stands at `now` under the rule there.
    pub fn at(rule: &BookingRule, now: DateTime<Utc>, day: Day, slots: DaySlots) -> Self {
        let availability = availability(rule, now, &day, slots);
        Self { date: day.date, kind: day.kind, provisional: day.provisional, hot: day.hot, availability }
    }
}

/// The first reason that holds: past, closed by the place, a day off without times, not yet
/// released, too soon, no times, full.
fn availability(rule: &BookingRule, now: DateTime<Utc>, day: &Day, slots: DaySlots) -> DayAvailability {
    let date = day.date;
    if date < shanghai_date(now) {
        return DayAvailability::Past;
    }
    if let Some(note) = slots.closed {
        return DayAvailability::Closed { why: ClosedWhy::Place { note } };
    }
    // Some places open on a Saturday or for a hot date, so times come before the calendar.
    if slots.open == 0
        && let Some(why) = day_off(&day.kind)
    {
        return DayAvailability::Closed { why };
    }
    if date > rule.last_day(now) {
        let opens_at = shanghai(rule.released_at(date));
        return DayAvailability::NotYetReleased { opens_at };
    }
    if date < rule.first_day(now) {
        return DayAvailability::TooSoon;
    }
    match (slots.open, slots.remaining) {
        (0, _) => DayAvailability::NoSlots,
        (_, 0) => DayAvailability::Full,
        (_, remaining) => DayAvailability::Free { remaining },
    }
}

fn day_off(kind: &DayKind) -> Option<ClosedWhy> {
    match kind {
        DayKind::Weekend => Some(ClosedWhy::Weekend),
        DayKind::Holiday { name, .. } => Some(ClosedWhy::Holiday { name: name.clone() }),
        DayKind::Workday | DayKind::MakeUpWorkday { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::rule::tests::rule_a;
    use super::*;

    /// The day at 10:00 on Sunday 10 May 2026.
    fn view(date: &str, kind: DayKind, slots: DaySlots) -> DayAvailability {
        let now = "2026-05-10T10:00:00+08:00".parse().unwrap();
        let day = Day { date: date.parse().unwrap(), kind, provisional: false, hot: None };
        DayView::at(&rule_a(), now, day, slots).availability
    }

    fn open(remaining: u32) -> DaySlots {
        DaySlots { open: 8, remaining, closed: None }
    }

    #[test]
    fn a_day_gives_the_first_reason_that_holds() {
        let work = || DayKind::Workday;
        let holiday =
            || DayKind::Holiday { name: Localised::new("端午节", "Dragon Boat Festival"), statutory: true };
        let no_times = DaySlots::default;
        assert_eq!(view("2026-05-09", work(), open(3)), DayAvailability::Past);
        assert_eq!(view("2026-05-10", work(), open(3)), DayAvailability::TooSoon);
        assert_eq!(view("2026-05-11", work(), open(3)), DayAvailability::Free { remaining: 3 });
        assert_eq!(view("2026-05-11", work(), open(0)), DayAvailability::Full);
        assert_eq!(view("2026-05-11", work(), no_times()), DayAvailability::NoSlots);
        assert_eq!(
            view("2026-05-16", DayKind::Weekend, no_times()),
            DayAvailability::Closed { why: ClosedWhy::Weekend }
        );
        assert_eq!(view("2026-05-16", DayKind::Weekend, open(2)), DayAvailability::Free { remaining: 2 });
        assert!(matches!(
            view("2026-06-19", holiday(), no_times()),
            DayAvailability::Closed { why: ClosedWhy::Holiday { .. } }
        ));
        assert!(matches!(view("2026-05-26", work(), open(3)), DayAvailability::NotYetReleased { .. }));
        let note = Localised::new("系统升级", "Maintenance");
        let closed = DaySlots { closed: Some(note.clone()), ..open(3) };
        assert_eq!(view("2026-05-12", work(), closed), DayAvailability::Closed { why: ClosedWhy::Place { note } });
    }

    #[test]
    fn the_wire_form_says_when_a_day_opens() {
        let json = serde_json::to_string(&view("2026-05-26", DayKind::Workday, open(3))).unwrap();
        assert_eq!(json, r#"{"state":"not_yet_released","opens_at":"2026-05-11T08:30:00+08:00"}"#);
    }
}
