//! Days and times of day as parts of what is said, as [`super::month_day`] and [`Locale`] have them in words.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use super::{Bit, Phrase, Said};
use crate::calendar::DAY_MINUTES;
use crate::locale::Locale;

/// As [`super::month_day::until`].
pub(super) fn until(to: &mut Said<'_>, locale: Locale, end: NaiveDateTime, now: NaiveDateTime) {
    if end.time() == NaiveTime::MIN && end.date().pred_opt() == Some(now.date()) {
        to.push(Bit::Phrase(Phrase::Clock));
        return to.push(Bit::Clock(DAY_MINUTES));
    }
    moment(to, locale, end, now);
}

/// As [`super::month_day::moment`].
pub(super) fn moment(to: &mut Said<'_>, locale: Locale, at: NaiveDateTime, now: NaiveDateTime) {
    if at.date() == now.date() {
        to.push(Bit::Phrase(Phrase::Clock));
    } else {
        to.push(Bit::Phrase(Phrase::DayClock));
        near_day(to, locale, at.date(), now.date());
    }
    to.push(Bit::Clock(at.hour() * 60 + at.minute()));
}

/// As [`Locale::near_day`], of a day that is not today.
pub(super) fn near_day(to: &mut Said<'_>, locale: Locale, date: NaiveDate, today: NaiveDate) {
    if date.pred_opt() == Some(today) {
        to.push(Bit::Phrase(Phrase::Tomorrow));
    }
    let is_of_year = date.year() == today.year();
    to.push(Bit::Phrase(if is_of_year { Phrase::Day } else { Phrase::DayOfYear }));
    let weekday = Bit::Weekday(date.weekday().num_days_from_monday());
    if locale == Locale::En {
        to.push(weekday);
    }
    day_of_month(to, locale, date, !is_of_year);
    if locale == Locale::Zh {
        to.push(weekday);
    }
}

/// As [`super::month_day::short_date`].
pub(super) fn short_date(to: &mut Said<'_>, locale: Locale, date: NaiveDate, today: NaiveDate) {
    let is_of_year = date.year() == today.year();
    to.push(Bit::Phrase(if is_of_year { Phrase::Short } else { Phrase::ShortOfYear }));
    day_of_month(to, locale, date, !is_of_year);
}

fn day_of_month(to: &mut Said<'_>, locale: Locale, date: NaiveDate, with_year: bool) {
    let year = Bit::Number(date.year().unsigned_abs());
    let (month, day) = match locale {
        Locale::Zh => (Bit::Number(date.month()), Bit::Number(date.day())),
        Locale::En => (Bit::Number(date.day()), Bit::Month(date.month0())),
    };
    if with_year && locale == Locale::Zh {
        to.push(year);
    }
    to.push(month);
    to.push(day);
    if with_year && locale == Locale::En {
        to.push(year);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::month_day;
    use super::*;

    proptest! {
        #[test]
        fn days_and_times_are_said_as_everywhere_else(ahead in 0..900_000_u32, later in 1..900_u32, midnight: bool) {
            let base: NaiveDateTime = "2026-01-01T00:00:00".parse().unwrap();
            let now = base + chrono::TimeDelta::minutes(i64::from(ahead));
            let at = now + chrono::TimeDelta::minutes(i64::from(later) * 37);
            let at = if midnight { at.date().and_time(NaiveTime::MIN) } else { at };
            prop_assume!(at >= now);
            for locale in Locale::ALL {
                let said = |say: fn(&mut Said<'_>, Locale, NaiveDateTime, NaiveDateTime)| {
                    let mut said = Said::default();
                    say(&mut said, locale, at, now);
                    said.text(locale)
                };
                prop_assert_eq!(said(until), month_day::until(locale, at, now));
                prop_assert_eq!(said(moment), month_day::moment(locale, at, now));
                let mut short = Said::default();
                short_date(&mut short, locale, now.date(), at.date());
                prop_assert_eq!(short.text(locale), month_day::short_date(locale, now.date(), at.date()));
            }
        }
    }
}
