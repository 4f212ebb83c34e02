//! Closing the rest of a day that has begun: from when on.

use chrono::{DateTime, Utc};

use super::opening::minute;
use crate::calendar::{DAY_MINUTES, at, shanghai_date, shanghai_minute};
use crate::field::{Asked, Reason};

const QUARTER: u32 = 15;
const FROM: &Asked =
    &Asked::typed("closing_time_missing", ("请填写从几点起停办。", "Enter from when it is closed."), ("时间", "time"));

/// The next quarter of an hour of today; in the last of them, midnight is no time of today any more.
pub fn next_quarter(now: DateTime<Utc>) -> Option<u32> {
    let minute = (shanghai_minute(now) / QUARTER + 1) * QUARTER;
    (minute < DAY_MINUTES).then_some(minute)
}

/// The instant of today from which on it is closed, as it was typed.
///
/// # Errors
/// [`Reason`] at the field.
pub fn from_today(typed: &str, now: DateTime<Utc>) -> Result<DateTime<Utc>, Reason> {
    let from = at(shanghai_date(now), minute(typed, FROM)?);
    // A page that was open for a moment may name the minute that it is.
    let this_minute = at(shanghai_date(now), shanghai_minute(now));
    if from >= this_minute { Ok(from) } else { Err(begun()) }
}

fn begun() -> Reason {
    Reason::own(
        "closing_time_begun",
        "这个时间已经过了，请填写现在或者今天以后的时间。",
        "That time has passed. Enter the present or a later time of today.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at_clock(text: &str) -> DateTime<Utc> {
        format!("2026-05-13T{text}+08:00").parse().unwrap()
    }

    #[test]
    fn the_next_quarter_comes_after_now_and_before_midnight() {
        assert_eq!(next_quarter(at_clock("13:59:59")), Some(14 * 60));
        assert_eq!(next_quarter(at_clock("14:00:00")), Some(14 * 60 + 15));
        assert_eq!(next_quarter(at_clock("23:45:00")), None);
    }

    #[test]
    fn what_has_passed_is_no_time_to_close_from() {
        let now = at_clock("13:05:40");
        assert_eq!(from_today("14:00", now).unwrap(), at_clock("14:00:00"));
        assert_eq!(from_today("13：05", now).unwrap(), at_clock("13:05:00"));
        let code = |typed| from_today(typed, now).unwrap_err().code();
        assert_eq!(
            [code("13:04"), code(""), code("25:00")],
            ["closing_time_begun", "closing_time_missing", "opening_clock"]
        );
    }
}
