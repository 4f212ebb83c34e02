//! Texts in both languages, and moments and deadlines as pages say them.

use chrono::{DateTime, Datelike, FixedOffset, NaiveTime, Timelike, Utc};
use shared::{calendar::shanghai, locale::Locale, say};

/// A text in Chinese and in English that waits for a visitor.
#[derive(Clone, Copy, Debug)]
pub struct Text(pub &'static str, pub &'static str);

impl Text {
    pub fn say(self, locale: Locale) -> &'static str {
        locale.say(self.0, self.1)
    }
}

/// The text as a line begins with it, its first letter in upper case: data has names as they stand within a sentence.
pub fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}

/// Follows a text that was written in Chinese alone, where English is read.
pub const CHINESE_ONLY: &str = " (said in Chinese only)";

/// `2026年5月20日 星期三 上午 9:15` or `Wednesday 20 May 2026, 9:15 am`.
pub fn moment(locale: Locale, instant: DateTime<Utc>) -> String {
    on_clock(locale, shanghai(instant))
}

/// A moment near in time, without weekday and year: `5月20日 上午 9:15` or `20 May, 9:15 am`.
pub fn short_moment(locale: Locale, instant: DateTime<Utc>) -> String {
    let local = shanghai(instant);
    let (date, year) = (locale.date(local.date_naive()), local.year());
    let date = match locale {
        Locale::Zh => date.replacen(&format!("{year}年"), "", 1),
        Locale::En => date.replacen(&format!(" {year}"), "", 1),
    };
    let time = locale.time(local.time());
    say!(locale, "{date} {time}", "{date}, {time}")
}

/// A moment within hours of another: its clock, with the day only where that is another.
pub fn near(locale: Locale, instant: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let (local, now) = (shanghai(instant), shanghai(now));
    if local.date_naive() == now.date_naive() { locale.time(local.time()) } else { short_moment(locale, instant) }
}

/// A slot's time from one to the other on its day: `… 上午 9:15 至 9:30` or `…, 9:15 to 9:30 am`.
pub fn period(locale: Locale, from: DateTime<Utc>, to: DateTime<Utc>) -> String {
    let (from, to) = (shanghai(from), shanghai(to));
    let (start, end) = (on_clock(locale, from), locale.time(to.time()));
    // The part of the day is named once where both times are in it.
    match locale {
        Locale::Zh => {
            let part = |time: &str| time.split(' ').next().map(str::to_owned);
            let same = part(&locale.time(from.time())) == part(&end);
            let end = end.split_once(' ').filter(|_| same).map_or(end.as_str(), |(_, clock)| clock);
            format!("{start} 至 {end}")
        }
        Locale::En => {
            let end_part = end.rsplit_once(' ').map_or("", |(_, part)| part);
            let start = start.strip_suffix(end_part).map_or(start.as_str(), str::trim_end);
            format!("{start} to {end}")
        }
    }
}

/// When something opens, as it is read at `now`: what opens at midnight opens "tonight at 12" for whoever waits for it in
/// the evening before, and on its own day at any other time.
///
/// Reads before "放号", or after "open".
pub fn opening(locale: Locale, instant: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let (local, now) = (shanghai(instant), shanghai(now));
    let day = local.date_naive();
    if day == now.date_naive() {
        let time = locale.time(local.time());
        return say!(locale, "今天 {time}", "today at {time}");
    }
    if local.time() != NaiveTime::MIN {
        return say!(locale, "{}", "on {}", on_clock(locale, local));
    }
    let evening = now.hour() >= EVENING && now.date_naive().succ_opt() == Some(day);
    let date = locale.full_date(day);
    match (locale, evening) {
        (Locale::Zh, true) => format!("今晚 12 点（{}月{}日 0:00）", day.month(), day.day()),
        (Locale::Zh, false) => on_clock(locale, local),
        (Locale::En, true) => format!("at midnight tonight (0:00 on {date})"),
        (Locale::En, false) => format!("at 0:00 on {date}"),
    }
}

/// The hour from which people say "tonight" of the midnight to come.
const EVENING: u32 = 18;

fn on_clock(locale: Locale, local: DateTime<FixedOffset>) -> String {
    let (date, time) = (locale.full_date(local.date_naive()), locale.time(local.time()));
    say!(locale, "{date} {time}", "{date}, {time}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_moment_has_its_weekday_and_part_of_the_day() {
        let nine = instant("2026-05-20T09:15:00+08:00");
        assert_eq!(moment(Locale::Zh, nine), "2026年5月20日 星期三 上午 9:15");
        assert_eq!(moment(Locale::En, nine), "Wednesday 20 May 2026, 9:15 am");
        let half_past = instant("2026-05-20T09:30:00+08:00");
        assert_eq!(period(Locale::Zh, nine, half_past), "2026年5月20日 星期三 上午 9:15 至 9:30");
        assert_eq!(period(Locale::En, nine, half_past), "Wednesday 20 May 2026, 9:15 to 9:30 am");
        let noon = instant("2026-05-20T12:00:00+08:00");
        assert_eq!(period(Locale::Zh, half_past, noon), "2026年5月20日 星期三 上午 9:30 至 中午 12:00");
        assert_eq!(period(Locale::En, half_past, noon), "Wednesday 20 May 2026, 9:30 am to 12:00 noon");
    }

    #[test]
    fn a_moment_that_is_near_is_said_in_short() {
        let nine = instant("2026-05-20T09:15:00+08:00");
        assert_eq!(short_moment(Locale::Zh, nine), "5月20日 上午 9:15");
        assert_eq!(short_moment(Locale::En, nine), "20 May, 9:15 am");
        assert_eq!(near(Locale::Zh, nine, instant("2026-05-20T07:00:00+08:00")), "上午 9:15");
        let late = instant("2026-05-19T23:30:00+08:00");
        assert_eq!(near(Locale::Zh, instant("2026-05-20T01:30:00+08:00"), late), "5月20日 凌晨 1:30");
    }

    #[test]
    fn what_opens_at_midnight_opens_tonight_only_for_the_evening_before() {
        let midnight = instant("2026-05-19T00:00:00+08:00");
        let zh = |now: &str| opening(Locale::Zh, midnight, instant(now));
        assert_eq!(zh("2026-05-18T18:00:00+08:00"), "今晚 12 点（5月19日 0:00）");
        assert_eq!(zh("2026-05-18T23:59:59+08:00"), "今晚 12 点（5月19日 0:00）");
        for now in ["2026-05-18T17:59:59+08:00", "2026-05-17T23:00:00+08:00"] {
            assert_eq!(zh(now), "2026年5月19日 星期二 凌晨 0:00", "{now}");
        }
        let en = |now: &str| opening(Locale::En, midnight, instant(now));
        assert_eq!(en("2026-05-18T20:00:00+08:00"), "at midnight tonight (0:00 on Tuesday 19 May 2026)");
        assert_eq!(en("2026-05-18T10:00:00+08:00"), "at 0:00 on Tuesday 19 May 2026");
        let morning = instant("2026-05-19T08:30:00+08:00");
        let evening = instant("2026-05-18T20:00:00+08:00");
        assert_eq!(opening(Locale::Zh, morning, evening), "2026年5月19日 星期二 上午 8:30");
        assert_eq!(opening(Locale::En, morning, evening), "on Tuesday 19 May 2026, 8:30 am");
        assert_eq!(opening(Locale::Zh, morning, midnight), "今天 上午 8:30");
        assert_eq!(opening(Locale::En, morning, midnight), "today at 8:30 am");
    }
}
