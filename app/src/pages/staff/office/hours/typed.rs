//! What was typed into the forms of hours, read as one change.

use chrono::{DateTime, NaiveDate, Utc};
use server::{Error, appointments::hours::PlanChange};
use shared::{
    appointments::opening::{Draft, Line, MOST_LINES, day_to_reopen, first_day},
    field::{FieldErrors, Reason},
    problem::Problem,
};

use super::super::reason;
use crate::pairs::{Pairs, value};

/// The forms, by the kinds of change that they make.
pub const WEEK: &str = "week";
pub const GIVE_UP: &str = "give-up";
pub const LIKE: &str = "like";
pub const OWN: &str = "own";
pub const ORDINARY: &str = "ordinary";
pub const REOPEN: &str = "reopen";

/// # Errors
/// One for each field that needs attention; [`Problem::Malformed`] for what no form sends.
pub fn read(sent: &Pairs, now: DateTime<Utc>) -> Result<PlanChange, Error> {
    let text = |name: &str| value(sent, name).unwrap_or_default();
    let mut errors = FieldErrors::new();
    match text("kind") {
        WEEK => {
            let (from, hours) = week(sent).read(now)?;
            Ok(PlanChange::Week { from, hours })
        }
        GIVE_UP => Ok(PlanChange::GiveUp { from: day("from", text("from"), now)? }),
        ORDINARY => Ok(PlanChange::Ordinary { date: day("date", text("date"), now)? }),
        LIKE => {
            let date = errors.keep("date", first_day(text("date"), now));
            let weekday =
                text("weekday").parse::<u32>().ok().filter(|day| (1..=7).contains(day)).ok_or(Problem::Malformed)?;
            match (date, reason::read(sent, &mut errors)) {
                (Some(date), Some(reason)) => Ok(PlanChange::Like { date, weekday, reason }),
                _ => Err(errors.into()),
            }
        }
        OWN => {
            let hours = errors.keep_all(day_of(sent).read(now));
            match (hours, reason::read(sent, &mut errors)) {
                (Some((from, hours)), Some(reason)) => Ok(PlanChange::Own { from, hours, reason }),
                _ => Err(errors.into()),
            }
        }
        REOPEN => {
            let from = errors.keep("from", day_to_reopen(text("from"), now));
            let to = errors.keep("to", day_to_reopen(text("to"), now).and_then(|to| not_before(to, from)));
            match (from, to) {
                (Some(from), Some(to)) => Ok(PlanChange::Reopen { from, to }),
                _ => Err(errors.into()),
            }
        }
        _ => Err(Problem::Malformed.into()),
    }
}

/// The lines of a week as they were typed, each with its weekdays.
pub fn week(sent: &Pairs) -> Draft {
    let field = |line: usize, name: &str| value(sent, &format!("lines.{line}.{name}")).map(ToOwned::to_owned);
    let lines = (0..MOST_LINES).map_while(|line| {
        let name = format!("lines.{line}.weekdays");
        let weekdays = sent.iter().filter(|(known, _)| *known == name).map(|(_, day)| day.clone()).collect();
        Some(Line {
            weekdays,
            starts: field(line, "starts")?,
            ends: field(line, "ends").unwrap_or_default(),
            slot_minutes: field(line, "slot_minutes").unwrap_or_default(),
            capacity: field(line, "capacity").unwrap_or_default(),
        })
    });
    Draft { lines: lines.collect(), from: value(sent, "from").unwrap_or_default().to_owned() }
}

/// The lines of one day, of which no weekday is asked: all of them are of that day.
pub fn day_of(sent: &Pairs) -> Draft {
    let mut draft = week(sent);
    // Where nothing is said at all, the first line is asked for.
    let none = draft.lines.iter().all(Line::is_blank);
    for (_, line) in draft.lines.iter_mut().enumerate().filter(|(place, line)| !line.is_blank() || none && *place == 0)
    {
        line.weekdays = vec!["1".to_owned()];
    }
    draft
}

/// What was sent, with one line more or less where that was pressed.
pub fn with_lines(sent: Pairs) -> Pairs {
    let pressed = value(&sent, "do").unwrap_or_default().to_owned();
    let mut draft = week(&sent);
    if pressed == "more" && draft.lines.len() < MOST_LINES {
        // Most lines of a week have the same length and the same places.
        let like = draft.lines.last().cloned().unwrap_or_default();
        let blank = Line { weekdays: Vec::new(), starts: String::new(), ends: String::new(), ..like };
        draft.lines.push(blank);
    } else if let Some(line) = pressed.strip_prefix("drop:").and_then(|line| line.parse::<usize>().ok()) {
        if line < draft.lines.len() {
            draft.lines.remove(line);
        }
    } else {
        return sent;
    }
    let mut sent: Pairs = sent.into_iter().filter(|(name, _)| !name.starts_with("lines.")).collect();
    for (place, line) in draft.lines.into_iter().enumerate() {
        let mut add = |name: &str, text: String| sent.push((format!("lines.{place}.{name}"), text));
        for weekday in line.weekdays {
            add("weekdays", weekday);
        }
        add("starts", line.starts);
        add("ends", line.ends);
        add("slot_minutes", line.slot_minutes);
        add("capacity", line.capacity);
    }
    sent
}

/// A day that a button names.
fn day(field: &'static str, typed: &str, now: DateTime<Utc>) -> Result<NaiveDate, FieldErrors> {
    first_day(typed, now).map_err(|wrong| FieldErrors::one(field, wrong))
}

fn not_before(to: NaiveDate, from: Option<NaiveDate>) -> Result<NaiveDate, Reason> {
    if from.is_some_and(|from| to < from) { Err(Reason::DateRange { most: 366 }) } else { Ok(to) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(pressed: &str, lines: &[(&str, &str)]) -> Pairs {
        let fixed = [("kind", WEEK), ("do", pressed), ("from", "2026-05-14")];
        fixed.iter().chain(lines).map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    const TWO: [(&str, &str); 7] = [
        ("lines.0.weekdays", "1"),
        ("lines.0.weekdays", "3"),
        ("lines.0.starts", "9:00"),
        ("lines.0.capacity", "2"),
        ("lines.1.weekdays", "6"),
        ("lines.1.starts", "14:00"),
        ("lines.1.capacity", "4"),
    ];

    #[test]
    fn lines_are_read_with_all_their_weekdays() {
        let draft = week(&sent("preview", &TWO));
        assert_eq!(draft.lines.len(), 2);
        assert_eq!(draft.lines[0].weekdays, ["1", "3"]);
        assert_eq!((draft.lines[1].starts.as_str(), draft.from.as_str()), ("14:00", "2026-05-14"));
    }

    #[test]
    fn a_line_more_has_the_places_of_the_last_and_a_line_less_leaves_the_others() {
        let more = week(&with_lines(sent("more", &TWO)));
        assert_eq!((more.lines.len(), more.lines[2].capacity.as_str(), more.lines[2].is_blank()), (3, "4", true));
        let fewer = week(&with_lines(sent("drop:0", &TWO)));
        assert_eq!((fewer.lines.len(), fewer.lines[0].starts.as_str()), (1, "14:00"));
        assert_eq!(week(&with_lines(sent("drop:7", &TWO))).lines.len(), 2);
    }
}
