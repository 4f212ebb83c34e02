//! Rules as they were written, read and checked.

use super::{
    Announced, Change, ChangeKind, Hours, Known, On, Rule, Span, Status,
    span::{Minutes, NoSpan},
};
use crate::field::{FieldErrors, Reason};

/// Most of each that anybody announces.
const MOST_RULES: usize = 60;
const MOST_SPANS: usize = 8;
const MOST_DATES: usize = 400;
/// Changes of a place that its hours are read with.
pub const MOST_CHANGES: usize = 60;

/// Why hours cannot be meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoursReason {
    TooMany(usize),
    /// Open, and no word of when.
    NoSpans,
    /// Closed or unknown, and a time all the same.
    SpansOfNothing,
    Opens,
    Closes,
    Same,
    Backwards,
    TooLong,
    /// Two spans of one rule have minutes in common.
    Overlap,
    /// No day, a weekday that is none, or one twice.
    Days,
    Nth,
    /// It ends before it begins.
    Range,
    /// Other hours that begin or end within a day.
    WholeDays,
    /// Another rule says something else of the same days; its number, from 1.
    Contradiction(usize),
}

impl Hours {
    /// # Errors
    /// [`FieldErrors`] at `rules.0.spans.1.closes` and the like, and at `changes.0.to`.
    pub fn read(rules: &[Rule], changes: Vec<Change>) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        for (field, count, most) in [("rules", rules.len(), MOST_RULES), ("changes", changes.len(), MOST_CHANGES)] {
            if count > most {
                return Err(FieldErrors::one(field, HoursReason::TooMany(most)));
            }
        }
        let mut known: Vec<Known> = Vec::new();
        for (n, rule) in rules.iter().enumerate() {
            let Some(rule) = errors.keep_all(read_rule(rule).map_err(|errors| errors.at(&format!("rules.{n}")))) else {
                continue;
            };
            if let Some(other) = known.iter().position(|other| other.contradicts(&rule)) {
                errors.push(format!("rules.{n}.on"), HoursReason::Contradiction(other + 1));
            }
            known.push(rule);
        }
        let mut announced = Vec::new();
        for (n, change) in changes.into_iter().enumerate() {
            let read = read_change(change).map_err(|errors| errors.at(&format!("changes.{n}")));
            announced.extend(errors.keep_all(read));
        }
        errors.into_result()?;
        Ok(Self { rules: known, changes: announced })
    }
}

fn read_rule(rule: &Rule) -> Result<Known, FieldErrors> {
    let mut errors = FieldErrors::new();
    errors.keep("on", check_days(&rule.on));
    if rule.from.zip(rule.to).is_some_and(|(from, to)| to < from) {
        errors.push("to", HoursReason::Range);
    }
    let spans = errors.keep_all(read_spans(&rule.spans)).unwrap_or_default();
    match rule.status {
        Status::Open if rule.spans.is_empty() => errors.push("spans", HoursReason::NoSpans),
        Status::Closed | Status::Unknown if !rule.spans.is_empty() => {
            errors.push("spans", HoursReason::SpansOfNothing);
        }
        _ => {}
    }
    errors.into_result()?;
    let Rule { from, to, on, status, note, service, .. } = rule.clone();
    Ok(Known { from, to, on, status, spans, note, service })
}

fn check_days(on: &On) -> Result<(), Reason> {
    let weekday = |weekday: &u32| (1..=7).contains(weekday);
    match on {
        On::Weekdays(days) if is_set(days) && days.iter().all(weekday) => Ok(()),
        On::NthWeekday { weekday: day, nth } if weekday(day) => match nth {
            -1 | 1..=5 => Ok(()),
            _ => Err(HoursReason::Nth.into()),
        },
        On::Classes(classes) if is_set(classes) => Ok(()),
        On::Dates(dates) if dates.len() > MOST_DATES => Err(HoursReason::TooMany(MOST_DATES).into()),
        On::Dates(dates) if is_set(dates) => Ok(()),
        _ => Err(HoursReason::Days.into()),
    }
}

/// Whether there is one, and none twice.
fn is_set<T: PartialEq>(items: &[T]) -> bool {
    !items.is_empty() && items.iter().enumerate().all(|(n, item)| !items[..n].contains(item))
}

/// In their order.
fn read_spans(spans: &[Span]) -> Result<Vec<Minutes>, FieldErrors> {
    if spans.len() > MOST_SPANS {
        return Err(FieldErrors::one("spans", HoursReason::TooMany(MOST_SPANS)));
    }
    let (mut errors, mut read): (_, Vec<Minutes>) = (FieldErrors::new(), Vec::new());
    for (n, span) in spans.iter().enumerate() {
        match span.minutes() {
            Ok(span) if read.iter().any(|other| other.opens < span.closes && span.opens < other.closes) => {
                errors.push(format!("spans.{n}.opens"), HoursReason::Overlap);
            }
            Ok(span) => read.insert(read.partition_point(|other| *other < span), span),
            Err(no) => {
                let (field, reason) = no.at();
                errors.push(format!("spans.{n}.{field}"), reason);
            }
        }
    }
    errors.into_result()?;
    Ok(read)
}

fn read_change(change: Change) -> Result<Announced, FieldErrors> {
    if change.to <= change.from {
        return Err(FieldErrors::one("to", HoursReason::Range));
    }
    let spans = match &change.kind {
        ChangeKind::Hours(_) if !change.is_of_whole_days() => {
            return Err(FieldErrors::one("to", HoursReason::WholeDays));
        }
        ChangeKind::Hours(spans) if spans.is_empty() => {
            return Err(FieldErrors::one("kind.hours", HoursReason::NoSpans));
        }
        ChangeKind::Hours(spans) => read_spans(spans).map_err(|errors| errors.at("kind.hours"))?,
        _ => Vec::new(),
    };
    Ok(Announced { change, spans })
}

impl NoSpan {
    pub(super) fn at(self) -> (&'static str, HoursReason) {
        match self {
            Self::Opens => ("opens", HoursReason::Opens),
            Self::Closes => ("closes", HoursReason::Closes),
            Self::Same => ("closes", HoursReason::Same),
            Self::Backwards => ("closes", HoursReason::Backwards),
            Self::TooLong => ("closes", HoursReason::TooLong),
        }
    }
}

impl From<HoursReason> for Reason {
    fn from(reason: HoursReason) -> Self {
        match reason {
            HoursReason::TooMany(most) => Self::own(
                "hours_too_many",
                format!("这里最多 {most} 项，请删去一些。"),
                format!("There is room for {most}. Please take some out."),
            ),
            HoursReason::NoSpans => Self::own(
                "hours_no_spans",
                "请写明从几点到几点；不开的请选“不开放”，不清楚的请选“先打电话”。",
                "Say from when to when. If it is closed, or nobody knows, say that instead.",
            ),
            HoursReason::SpansOfNothing => Self::own(
                "hours_spans_of_nothing",
                "这一条说不开放或者不清楚，却写了时间。请去掉时间，或者改成“开放”。",
                "This says closed or unknown, and has times. Take the times out, or say that it is open.",
            ),
            HoursReason::Opens => Self::own(
                "hours_opens",
                "请写开门的时间，00:00 到 23:59，例如 09:00。",
                "Write when it opens, from 00:00 to 23:59, such as 09:00.",
            ),
            HoursReason::Closes => Self::own(
                "hours_closes",
                "请写关门的时间，例如 17:30；半夜以后的接着数，次日两点写 26:00，最晚 48:00。",
                "Write when it closes, such as 17:30. After midnight go on counting: two in the morning is 26:00, and 48:00 \
                 is the latest.",
            ),
            HoursReason::Same => Self::own(
                "hours_same",
                "开门和关门是同一时间。全天开放请写 00:00 到 24:00。",
                "It opens and closes at the same time. If it is open all day, write 00:00 to 24:00.",
            ),
            HoursReason::Backwards => Self::own(
                "hours_backwards",
                "关门比开门早。过了半夜的请接着数，例如 22:00 到 26:00。",
                "It closes before it opens. Past midnight go on counting, such as 22:00 to 26:00.",
            ),
            HoursReason::TooLong => Self::own(
                "hours_too_long",
                "一段时间最长 24 小时，请分成几天写。",
                "A span is at most 24 hours long. Please write one for each day.",
            ),
            HoursReason::Overlap => Self::own(
                "hours_overlap",
                "这段时间和另一段重叠，请合成一段。",
                "These times overlap with others. Please make one span of them.",
            ),
            HoursReason::Days => Self::own(
                "hours_days",
                "请写明是哪些天，周一是 1，周日是 7，每天只写一次。",
                "Say which days, each once. Monday is 1, Sunday 7.",
            ),
            HoursReason::Nth => Self::own(
                "hours_nth",
                "请写每月第几个，1 到 5；最后一个写 -1。",
                "Say which of the month, from 1 to 5; the last is -1.",
            ),
            HoursReason::Range => {
                Self::own("hours_range", "结束不能早于开始。", "The end cannot be before the beginning.")
            }
            HoursReason::WholeDays => Self::own(
                "hours_whole_days",
                "改时间要从某天零点起、到某天零点止；只差半天的，请写那天的时间，或者写暂停开放。",
                "Other hours begin and end at midnight. For a part of a day, give the hours of that day, or say that it is closed.",
            ),
            HoursReason::Contradiction(other) => Self::own(
                "hours_contradiction",
                format!("第 {other} 条说的是同样的日子，分不清以哪条为准。请合成一条，或者写明各自从哪天起。"),
                format!(
                    "Rule {other} is about the same days, and nobody could tell which holds. Make one of them, or say from \
                     which day each holds."
                ),
            ),
        }
    }
}
