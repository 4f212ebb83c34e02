//! Days and times of day as hours are read: on the clock of 24 hours, which is how they stand on doors.

use crate::locale::Locale;
use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

/// `17:30`.
pub fn clock(time: NaiveTime) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// Minutes since a day's midnight: `09:00`, `24:00`, and what lies beyond as the next day's (`次日 02:00`).
pub fn minute(locale: Locale, since: u32) -> String {
    match since {
        0..=1440 => minutes(since),
        _ => say!(locale, "次日 {}", "{} the next day", minutes(since - 1440)),
    }
}

/// `17:30` of minutes since midnight.
pub(super) fn minutes(minutes: u32) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// When something that is on ends: today's by the clock, midnight as the end of its day, otherwise with the day.
pub fn until(locale: Locale, end: NaiveDateTime, now: NaiveDateTime) -> String {
    if end.time() == NaiveTime::MIN && end.date().pred_opt() == Some(now.date()) {
        return "24:00".to_owned();
    }
    moment(locale, end, now)
}

/// `14:00` today, otherwise `明天 5月14日 星期四 09:00`.
pub fn moment(locale: Locale, at: NaiveDateTime, now: NaiveDateTime) -> String {
    if at.date() == now.date() {
        return clock(at.time());
    }
    let (day, time) = (locale.near_day(at.date(), now.date()), clock(at.time()));
    say!(locale, "{day} {time}", "{day}, {time}")
}

/// `5月1日` or `1 May`; with the year where it is another.
pub fn short_date(locale: Locale, date: NaiveDate, today: NaiveDate) -> String {
    let whole = locale.date(date);
    if date.year() != today.year() {
        return whole;
    }
    let year = date.year();
    match locale {
        Locale::Zh => whole.replacen(&format!("{year}年"), "", 1),
        Locale::En => whole.replacen(&format!(" {year}"), "", 1),
    }
}

/// From one instant to another: `5月20日 09:00 到 5月22日 18:00`; whole days without their midnights.
pub fn span(locale: Locale, from: NaiveDateTime, to: NaiveDateTime, today: NaiveDate) -> String {
    let date = |date| short_date(locale, date, today);
    if from.time() == NaiveTime::MIN && to.time() == NaiveTime::MIN {
        let last = to.date().pred_opt().unwrap_or(to.date());
        return if last == from.date() {
            say!(locale, "{} 全天", "all of {}", date(last))
        } else {
            say!(locale, "{} 到 {}", "{} to {}", date(from.date()), date(last))
        };
    }
    let whole = |at: NaiveDateTime| format!("{} {}", date(at.date()), clock(at.time()));
    let end = if from.date() == to.date() { clock(to.time()) } else { whole(to) };
    say!(locale, "{} 到 {end}", "{} to {end}", whole(from))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    #[test]
    fn times_are_those_of_a_door_and_another_day_is_named() {
        let now = at("2026-05-13T10:00:00");
        assert_eq!(until(Locale::Zh, at("2026-05-13T17:30:00"), now), "17:30");
        assert_eq!(until(Locale::Zh, at("2026-05-14T00:00:00"), now), "24:00");
        assert_eq!(until(Locale::Zh, at("2026-05-14T02:00:00"), now), "明天 5月14日 星期四 02:00");
        assert_eq!(moment(Locale::En, at("2026-05-18T09:00:00"), now), "Monday 18 May, 09:00");
        assert_eq!((minute(Locale::Zh, 1440), minute(Locale::En, 1560)), ("24:00".into(), "02:00 the next day".into()));
    }

    #[test]
    fn a_change_is_said_from_its_first_to_its_last_day_or_hour() {
        let today = "2026-05-13".parse().unwrap();
        let zh = |from, to| span(Locale::Zh, at(from), at(to), today);
        assert_eq!(zh("2026-05-20T00:00:00", "2026-05-21T00:00:00"), "5月20日 全天");
        assert_eq!(zh("2026-05-20T00:00:00", "2026-05-23T00:00:00"), "5月20日 到 5月22日");
        assert_eq!(zh("2026-05-20T14:00:00", "2026-05-20T18:00:00"), "5月20日 14:00 到 18:00");
        assert_eq!(zh("2026-12-31T14:00:00", "2027-01-02T09:00:00"), "12月31日 14:00 到 2027年1月2日 09:00");
    }
}
