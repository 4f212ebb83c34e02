//! Civil dates: Shanghai time, and which days are worked.
//!
//! Civil dates are Asia/Shanghai dates and instants are UTC. China has kept one time, UTC+8
//! without daylight saving, since September 1991, so a fixed offset is exact for every
//! appointment and no time-zone table is needed in the browser.

pub mod classes;
pub mod days;
pub mod deadline;
pub mod lunar;
pub mod month;
pub mod pack;

pub use classes::{Classes, DayClasses};
pub use days::{Calendar, CalendarAnswer, Day, DayClass, DayKind, HotDate};
pub use deadline::{Deadline, Limit, Unit};
pub use lunar::{LunarDay, LunarPack, LunarYear};
pub use month::{InvalidMonth, Month};
pub use pack::{CalendarPack, PackError};

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, TimeDelta, Timelike, Utc};

/// UTC+8, the offset of Asia/Shanghai.
pub const SHANGHAI: FixedOffset = match FixedOffset::east_opt(8 * 60 * 60) {
    Some(offset) => offset,
    None => panic!("eight hours is a valid offset"),
};

/// Minutes in a civil day.
pub const DAY_MINUTES: u32 = 24 * 60;

/// The instant as a Shanghai clock shows it.
pub fn shanghai(instant: DateTime<Utc>) -> DateTime<FixedOffset> {
    instant.with_timezone(&SHANGHAI)
}

/// The civil date in Shanghai at an instant: the new day begins at 16:00 UTC.
pub fn shanghai_date(instant: DateTime<Utc>) -> NaiveDate {
    shanghai(instant).date_naive()
}

/// Whole minutes since midnight in Shanghai, 0 to 1439.
pub fn shanghai_minute(instant: DateTime<Utc>) -> u32 {
    let clock = shanghai(instant).time();
    clock.hour() * 60 + clock.minute()
}

/// The instant at which the Shanghai clock shows `minute` minutes after midnight of `date`.
///
/// `minute` may exceed a day (1440 is the next midnight). Dates at the end of chrono's range
/// (the year 262142) give the nearest instant there is.
pub fn at(date: NaiveDate, minute: u32) -> DateTime<Utc> {
    let since_midnight = TimeDelta::minutes(i64::from(minute)) - TimeDelta::hours(8);
    let nearest = if since_midnight < TimeDelta::zero() { NaiveDateTime::MIN } else { NaiveDateTime::MAX };
    date.and_time(chrono::NaiveTime::MIN).checked_add_signed(since_midnight).unwrap_or(nearest).and_utc()
}

/// Midnight after the civil day of an instant.
pub fn end_of_day(instant: DateTime<Utc>) -> DateTime<Utc> {
    at(shanghai_date(instant), DAY_MINUTES)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn the_day_turns_at_sixteen_hundred_utc() {
        assert_eq!(shanghai_date(instant("2026-05-19T15:59:59Z")), date("2026-05-19"));
        assert_eq!(shanghai_date(instant("2026-05-19T16:00:00Z")), date("2026-05-20"));
        assert_eq!(shanghai_minute(instant("2026-05-19T15:59:59Z")), 1439);
        assert_eq!(shanghai_minute(instant("2026-05-19T16:00:00Z")), 0);
    }

    #[test]
    fn half_past_eight_in_shanghai_is_half_past_midnight_utc() {
        assert_eq!(at(date("2026-05-20"), 8 * 60 + 30), instant("2026-05-20T00:30:00Z"));
        assert_eq!(at(date("2026-05-20"), 0), instant("2026-05-19T16:00:00Z"));
    }

    #[test]
    fn the_ends_of_the_calendar_do_not_panic() {
        assert_eq!(at(NaiveDate::MIN, 0).naive_utc(), NaiveDateTime::MIN);
        assert_eq!(at(NaiveDate::MAX, 10 * DAY_MINUTES).naive_utc(), NaiveDateTime::MAX);
    }

    proptest! {
        #[test]
        fn a_date_and_minute_come_back_from_their_instant(
            days in -40_000_i32..60_000, minute in 0..DAY_MINUTES
        ) {
            let date = NaiveDate::from_epoch_days(days).unwrap();
            prop_assert_eq!(shanghai_date(at(date, minute)), date);
            prop_assert_eq!(shanghai_minute(at(date, minute)), minute);
        }
    }
}
