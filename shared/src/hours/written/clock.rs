//! Times of a day as lists write them.

use super::super::reading::HoursReason;
use super::super::span::{NoSpan, Span};
use super::half_width;

/// Parts of a day, and whether a time of them may count from noon.
const HALVES: [(&str, bool); 5] = [("上午", false), ("早上", false), ("凌晨", false), ("下午", true), ("晚上", true)];
const TO: [char; 3] = ['-', '至', '到'];
const NEXT_DAY: [&str; 3] = ["次日", "翌日", "第二天"];
const ALL_DAY: [&str; 11] = [
    "全天",
    "24小时",
    "全天24小时",
    "24小时全天",
    "全天开放",
    "24小时开放",
    "24小时营业",
    "24小时服务",
    "24/7",
    "7*24小时",
    "7×24小时",
];
/// Who opens from this hour on and closes up to that one, closes in the same night.
const NIGHT: (u32, u32) = (18, 6);

/// Whether it says that there is no closing time.
pub(super) fn is_all_day(text: &str) -> bool {
    let text: String = text.chars().filter(|character| *character != ' ').collect();
    ALL_DAY.contains(&text.as_str())
}

/// `9:00-12:00,14:00-17:30`, `上午9:00-12:00 下午2:00-5:30`, `22:00-次日2:00`.
pub(super) fn spans(text: &str) -> Option<Vec<Span>> {
    if is_all_day(text) {
        return Some(vec![Span { opens: "00:00".into(), closes: "24:00".into() }]);
    }
    let text = halves_apart(&joined(text));
    text.split([',', '、', ' ']).filter(|span| !span.is_empty()).map(|one| span(one).map(night)).collect()
}

/// Two times of a text that can be none, whatever else it says: `12:00-12:00`, `24:00-8:00`, `9:60-12:00`.
pub fn impossible(text: &str) -> Option<HoursReason> {
    let text = joined(&text.chars().map(half_width).collect::<String>());
    let is_of_time = |c: char| c.is_ascii_digit() || c == ':';
    text.match_indices(TO).find_map(|(at, sign)| {
        let (before, after) = (&text[..at], &text[at + sign.len()..]);
        let opens = before.trim_end_matches(is_of_time);
        let half = HALVES.iter().find(|(words, _)| opens.ends_with(words)).map_or(0, |(words, _)| words.len());
        let words = NEXT_DAY.iter().copied().chain(HALVES.map(|(words, _)| words));
        let mut closes = after;
        for words in words {
            closes = closes.strip_prefix(words).unwrap_or(closes);
        }
        let end = after.len() - closes.trim_start_matches(is_of_time).len();
        let one = format!("{}-{}", &before[opens.len() - half..], &after[..end]);
        match span(&one)?.minutes() {
            // Past midnight, or from noon on.
            Ok(_) | Err(NoSpan::Backwards) => None,
            Err(no) => Some(no.at().1),
        }
    })
}

/// Without spaces within a span.
fn joined(text: &str) -> String {
    let mut joined = String::new();
    for word in text.split_whitespace() {
        let is_within = |text: &str| {
            let words = HALVES.map(|(words, _)| words);
            words.iter().chain(&NEXT_DAY).any(|words| text.ends_with(words)) || text.ends_with(TO)
        };
        if !joined.is_empty() && !is_within(&joined) && !word.starts_with(TO) {
            joined.push(' ');
        }
        joined.push_str(word);
    }
    NEXT_DAY.iter().fold(joined, |text, next| text.replace(&format!("{next}凌晨"), next))
}

/// With a comma before each half of the day that begins a span.
fn halves_apart(text: &str) -> String {
    let mut apart = String::new();
    for (at, character) in text.char_indices() {
        let begins = HALVES.iter().any(|(words, _)| text[at..].starts_with(words));
        if begins && !apart.ends_with(TO) {
            apart.push(',');
        }
        apart.push(character);
    }
    apart
}

fn span(text: &str) -> Option<Span> {
    let (opens, closes) = text.split_once(TO)?;
    let (opens_late, opens) = half(opens);
    let next_day = NEXT_DAY.iter().find_map(|words| closes.strip_prefix(words));
    if let Some(closes) = next_day {
        let (late, closes) = half(closes);
        return Some(Span { opens: clock(opens, opens_late)?, closes: later(&clock(closes, late)?, 24)? });
    }
    let (closes_late, closes) = half(closes);
    // An evening ends in the night where it says so.
    let early = closes_late == Some(false) && opens_late == Some(true);
    let closes = clock(closes, closes_late.or(opens_late))?;
    Some(Span { opens: clock(opens, opens_late)?, closes: if early { later(&closes, 24)? } else { closes } })
}

/// `22:00` to `02:00` goes on past midnight; `14:00` to `05:30` is a slip, or counts from noon.
fn night(span: Span) -> Span {
    let hour = |clock: &str| clock.get(..2).and_then(|hour| hour.parse::<u32>().ok());
    let is_night = hour(&span.opens).is_some_and(|hour| hour >= NIGHT.0)
        && (hour(&span.closes).is_some_and(|hour| hour < NIGHT.1) || span.closes == format!("{:02}:00", NIGHT.1));
    match later(&span.closes, 24).filter(|_| is_night) {
        Some(closes) => Span { closes, ..span },
        None => span,
    }
}

/// A time so many hours later.
pub(super) fn later(clock: &str, hours: u32) -> Option<String> {
    let (hour, minutes) = clock.split_once(':')?;
    Some(format!("{:02}:{minutes}", hour.parse::<u32>().ok()? + hours))
}

/// Whether a time is of the second half of the day, where it says so, and the time itself.
fn half(text: &str) -> (Option<bool>, &str) {
    let found = HALVES.iter().find_map(|(words, is_late)| Some((Some(*is_late), text.strip_prefix(words)?)));
    found.unwrap_or((None, text))
}

/// `9:05` as `09:05`, and `2:00` of an afternoon as `14:00`.
pub(super) fn clock(text: &str, is_late: Option<bool>) -> Option<String> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let is_number =
        |digits: &str, most| (1..=most).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    if !is_number(hours, 2) || !is_number(minutes, 2) || minutes.len() != 2 {
        return None;
    }
    let hours: u32 = hours.parse().ok()?;
    let hours = if is_late == Some(true) && (1..12).contains(&hours) { hours + 12 } else { hours };
    Some(format!("{hours:02}:{minutes}"))
}
