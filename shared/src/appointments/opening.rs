//! The hours of a week that times are published from, as an office sets them.

use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::calendar::{DAY_MINUTES, shanghai_date};
use crate::field::{Asked, FieldErrors, Reason};
use crate::locale::Locale;
use crate::whole::{figures, narrow};

/// Hours that some weekdays have in common, cut into times of one length.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Hours {
    /// Monday is 1; in order, each once.
    pub weekdays: Vec<u32>,
    /// Minutes of the Shanghai day.
    pub starts: u32,
    pub ends: u32,
    pub slot_minutes: u32,
    /// Places of each time.
    pub capacity: u32,
}

/// As it is typed, right or wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    pub lines: Vec<Line>,
    /// The first day on which it holds.
    pub from: String,
}

/// One line of a [`Draft`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    pub weekdays: Vec<String>,
    pub starts: String,
    pub ends: String,
    pub slot_minutes: String,
    pub capacity: String,
}

/// Lines of a week, at most: two for each day.
pub const MOST_LINES: usize = 14;

const STARTS: &Asked =
    &Asked::typed("opening_starts_missing", ("请填写几点开始。", "Enter when it begins."), ("时间", "time"));
const ENDS: &Asked =
    &Asked::typed("opening_ends_missing", ("请填写几点结束。", "Enter when it ends."), ("时间", "time"));
const LENGTH: RangeOf =
    RangeOf { code: "opening_minutes", range: (5, 240), zh: "每个时段的分钟数", en: "minutes of a time" };
const CAPACITY: RangeOf =
    RangeOf { code: "opening_capacity", range: (1, 200), zh: "每个时段的名额", en: "places of a time" };
const LATEST: Days = Days::new(366);

struct RangeOf {
    code: &'static str,
    range: (u32, u32),
    zh: &'static str,
    en: &'static str,
}

impl Hours {
    /// How many times they are cut into on each of their days.
    pub fn times(&self) -> u32 {
        (self.ends.saturating_sub(self.starts)).checked_div(self.slot_minutes).unwrap_or(0)
    }

    fn overlaps(&self, other: &Self) -> Option<u32> {
        let shared = self.weekdays.iter().find(|weekday| other.weekdays.contains(weekday));
        shared.copied().filter(|_| self.starts < other.ends && other.starts < self.ends)
    }
}

impl Line {
    pub fn of(hours: &Hours) -> Self {
        Self {
            weekdays: hours.weekdays.iter().map(ToString::to_string).collect(),
            starts: clock(hours.starts),
            ends: clock(hours.ends),
            slot_minutes: hours.slot_minutes.to_string(),
            capacity: hours.capacity.to_string(),
        }
    }

    /// Whether nobody wrote anything into it that says when.
    pub fn is_blank(&self) -> bool {
        self.weekdays.is_empty() && self.starts.trim().is_empty() && self.ends.trim().is_empty()
    }

    fn read(&self) -> Result<Hours, FieldErrors> {
        let mut errors = FieldErrors::new();
        let weekdays = errors.keep("weekdays", weekdays(&self.weekdays));
        let starts = errors.keep("starts", minute(&self.starts, STARTS));
        let ends = errors.keep("ends", minute(&self.ends, ENDS));
        let slot_minutes = errors.keep("slot_minutes", number(&self.slot_minutes, &LENGTH));
        let capacity = errors.keep("capacity", number(&self.capacity, &CAPACITY));
        let (Some(weekdays), Some(starts), Some(ends), Some(slot_minutes), Some(capacity)) =
            (weekdays, starts, ends, slot_minutes, capacity)
        else {
            return Err(errors);
        };
        let hours = Hours { weekdays, starts, ends, slot_minutes, capacity };
        if hours.times() == 0 {
            let reason = Reason::own(
                "opening_too_short",
                "结束要晚于开始，中间至少够一个时段。",
                "It has to end after it begins, with room for one time at least.",
            );
            return Err(FieldErrors::one("ends", reason));
        }
        Ok(hours)
    }
}

impl Draft {
    /// Hours that hold, to be changed from tomorrow on.
    pub fn of(hours: &[Hours], now: DateTime<Utc>) -> Self {
        Self { lines: hours.iter().map(Line::of).collect(), from: tomorrow(now).to_string() }
    }

    /// The hours and their first day. Lines that say nothing of when are left out.
    ///
    /// # Errors
    /// One for each field that needs attention, those of lines at `lines.0.starts`.
    pub fn read(&self, now: DateTime<Utc>) -> Result<(NaiveDate, Vec<Hours>), FieldErrors> {
        let mut errors = FieldErrors::new();
        let mut hours: Vec<Hours> = Vec::new();
        for (place, line) in self.lines.iter().enumerate().filter(|(_, line)| !line.is_blank()) {
            let at = format!("lines.{place}");
            let Some(read) = errors.keep_all(line.read().map_err(|wrong| wrong.at(&at))) else { continue };
            match hours.iter().find_map(|before| before.overlaps(&read)) {
                Some(weekday) => errors.push(format!("{at}.starts"), overlapping(weekday)),
                None => hours.push(read),
            }
        }
        let from = errors.keep("from", first_day(&self.from, now));
        if hours.is_empty() && errors.is_empty() {
            errors.push("lines.0.starts", nothing());
        }
        match from.filter(|_| errors.is_empty()) {
            Some(from) => Ok((from, hours)),
            None => Err(errors),
        }
    }
}

/// The day on which a change can begin at the earliest: who comes today was told today's hours.
pub fn tomorrow(now: DateTime<Utc>) -> NaiveDate {
    shanghai_date(now) + Days::new(1)
}

/// A day to come on which a change begins.
///
/// # Errors
/// [`Reason`] at the field.
pub fn first_day(typed: &str, now: DateTime<Utc>) -> Result<NaiveDate, Reason> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Reason::Missing(Asked::DATE));
    }
    within_reach(typed.parse().map_err(|_| Reason::DateShape)?, now)
}

/// The same of a day that is no text any more.
///
/// # Errors
/// [`Reason`] at the field.
pub fn within_reach(day: NaiveDate, now: DateTime<Utc>) -> Result<NaiveDate, Reason> {
    let days = tomorrow(now)..=tomorrow(now) + LATEST;
    days.contains(&day).then_some(day).ok_or_else(too_early)
}

/// A day that was switched off and opens again: today can, for what is left of it.
///
/// # Errors
/// [`Reason`] at the field.
pub fn day_to_reopen(typed: &str, now: DateTime<Utc>) -> Result<NaiveDate, Reason> {
    let today = shanghai_date(now);
    if typed.trim().parse() == Ok(today) { Ok(today) } else { first_day(typed, now) }
}

/// A day that has begun, or lies too far away.
pub fn too_early() -> Reason {
    Reason::own(
        "opening_from",
        "最早从明天起，最晚一年以内。今天的人已经按现在的时间来了。",
        "Tomorrow at the earliest, since whoever comes today was told today's hours, and within a year.",
    )
}

/// A day that is switched off takes no hours of its own.
pub fn switched_off() -> Reason {
    Reason::own(
        "opening_switched_off",
        "这一天已经停办。要开放，请先恢复办理。",
        "That day is switched off. Switch it on first.",
    )
}

/// What is to be taken back is not there any more.
pub fn not_there() -> Reason {
    Reason::own(
        "opening_not_there",
        "这一项已经没有了，可能有人先改了。",
        "It is not there any more: somebody may have changed it already.",
    )
}

/// No day of those is switched off.
pub fn not_switched_off() -> Reason {
    Reason::own(
        "opening_not_switched_off",
        "这几天没有停办，请核对日期。",
        "None of these days is switched off. Please check the dates.",
    )
}

/// Monday is 1.
pub fn weekday_name(locale: Locale, weekday: u32) -> &'static str {
    // A Monday.
    let monday = NaiveDate::from_ymd_opt(2026, 5, 11).unwrap_or_default();
    locale.weekday(monday + Days::new(u64::from(weekday.saturating_sub(1))))
}

/// `09:05` of a minute of the day.
pub fn clock(minute: u32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

fn weekdays(typed: &[String]) -> Result<Vec<u32>, Reason> {
    let mut days: Vec<u32> =
        typed.iter().filter_map(|day| day.parse().ok()).filter(|day| (1..=7).contains(day)).collect();
    days.sort_unstable();
    days.dedup();
    if days.is_empty() {
        return Err(Reason::own("opening_weekdays", "请选择星期几。", "Choose the weekdays."));
    }
    Ok(days)
}

/// `9:05`, `09:05` or `09:05:00`.
pub(super) fn minute(typed: &str, asked: &'static Asked) -> Result<u32, Reason> {
    let typed = narrow(typed);
    if typed.is_empty() {
        return Err(Reason::Missing(asked));
    }
    let parts: Vec<_> = typed.split(':').map(|part| part.parse::<u32>().ok().filter(|_| part.len() <= 2)).collect();
    let minute = match parts.as_slice() {
        [Some(hour), Some(minute)] | [Some(hour), Some(minute), Some(0)] if *minute < 60 => hour * 60 + minute,
        _ => DAY_MINUTES,
    };
    (minute < DAY_MINUTES).then_some(minute).ok_or_else(|| {
        Reason::own("opening_clock", "时间请这样写：9:00、14:30。", "Write the time like this: 9:00 or 14:30.")
    })
}

fn number(typed: &str, of: &RangeOf) -> Result<u32, Reason> {
    let (least, most) = of.range;
    let number = figures(typed).filter(|number| (least..=most).contains(number));
    number.ok_or_else(|| {
        let (zh, en) = (of.zh, of.en);
        Reason::own(of.code, format!("{zh}请填写 {least} 到 {most}。"), format!("Enter the {en}, {least} to {most}."))
    })
}

fn overlapping(weekday: u32) -> Reason {
    let [zh, en] = [Locale::Zh, Locale::En].map(|locale| weekday_name(locale, weekday));
    Reason::own(
        "opening_overlaps",
        format!("这一行和上面的一行在{zh}有重叠，请改时间或者星期。"),
        format!("This overlaps with a line above on {en}: change the times or the weekdays."),
    )
}

fn nothing() -> Reason {
    Reason::own(
        "opening_nothing",
        "一周里至少要开一段时间。想几天不办，请用“停办几天”。",
        "A week has some hours at least. To close for some days, switch the service off for them.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-05-13T02:00:00Z".parse().unwrap()
    }

    fn line(weekdays: &[u32], starts: &str, ends: &str) -> Line {
        Line {
            weekdays: weekdays.iter().map(ToString::to_string).collect(),
            starts: starts.to_owned(),
            ends: ends.to_owned(),
            slot_minutes: "30".to_owned(),
            capacity: "2".to_owned(),
        }
    }

    fn codes(lines: Vec<Line>) -> Vec<(String, &'static str)> {
        let errors = Draft { lines, from: "2026-05-14".to_owned() }.read(now()).unwrap_err();
        errors.iter().map(|error| (error.field.clone(), error.reason.code())).collect()
    }

    #[test]
    fn a_week_comes_back_as_it_was_typed_without_its_blank_lines() {
        let lines = vec![line(&[5, 1, 1], "9:00", "12:00"), Line::default(), line(&[1], "14：00", "17:15:00")];
        let (from, hours) = Draft { lines, from: " 2026-05-14 ".to_owned() }.read(now()).unwrap();
        assert_eq!((from.to_string(), hours.len()), ("2026-05-14".to_owned(), 2));
        assert_eq!(
            (&hours[0].weekdays[..], hours[0].starts, hours[0].ends, hours[0].times()),
            (&[1, 5][..], 540, 720, 6)
        );
        assert_eq!((hours[1].ends, hours[1].times()), (1035, 6), "what is left over gives no time");
        let again = Draft::of(&hours, now());
        assert_eq!(again.read(now()).unwrap(), (from, hours));
    }

    #[test]
    fn what_cannot_be_is_said_at_its_field() {
        assert_eq!(codes(vec![Line::default()]), [("lines.0.starts".to_owned(), "opening_nothing")]);
        let bad = Line { slot_minutes: "4".to_owned(), capacity: "-1".to_owned(), ..line(&[], "25:00", "") };
        let wrong = codes(vec![bad]);
        let wrong: Vec<_> = wrong.iter().map(|(field, code)| (field.as_str(), *code)).collect();
        assert_eq!(
            wrong,
            [
                ("lines.0.weekdays", "opening_weekdays"),
                ("lines.0.starts", "opening_clock"),
                ("lines.0.ends", "opening_ends_missing"),
                ("lines.0.slot_minutes", "opening_minutes"),
                ("lines.0.capacity", "opening_capacity"),
            ]
        );
        assert_eq!(codes(vec![line(&[1], "9:00", "9:20")]), [("lines.0.ends".to_owned(), "opening_too_short")]);
        let two = vec![line(&[1, 2], "9:00", "12:00"), line(&[2], "11:30", "13:00"), line(&[3], "11:30", "13:00")];
        assert_eq!(codes(two), [("lines.1.starts".to_owned(), "opening_overlaps")]);
        for from in ["2026-05-13", "2027-05-16"] {
            let draft = Draft { lines: vec![line(&[1], "9:00", "12:00")], from: from.to_owned() };
            assert_eq!(draft.read(now()).unwrap_err().for_field("from").unwrap().code(), "opening_from", "{from}");
        }
    }
}
