//! A plan as announced hours: what is given out on which days, said in the rules of a directory.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use shared::appointments::{Service, opening::Hours};
use shared::calendar::DayClass;
use shared::hours::{On, Rule, Span, Status};
use shared::localised::Localised;
use shared::places::PlaceId;
use sqlx::AnyConnection;

use super::plan::{Plan, Special, Week};
use crate::database::sql::{sql, word};
use crate::error::Error;

/// Special days that are announced; those of years ago say nothing to anybody.
const MOST_SPECIAL: usize = 20;
/// Weeks that are announced: the one that holds, and what is planned after it.
const MOST_WEEKS: usize = 4;

/// The rules of each place that plans hours of a service.
pub(crate) async fn rules(
    connection: &mut AnyConnection,
    service: &Service,
) -> Result<BTreeMap<PlaceId, Vec<Rule>>, Error> {
    let statement = "select distinct place_id from opening where service = $1";
    let rows = sql(statement, [service.name().into()]).fetch_all(&mut *connection).await?;
    let mut all = BTreeMap::new();
    for row in &rows {
        let place = word(row, "place_id", |id| PlaceId::parse(id).ok())?;
        let plan = Plan::load(connection, (&place, service), NaiveDate::default()).await?;
        all.insert(place, of(&plan));
    }
    Ok(all)
}

/// The same days and times in rules.
fn of(plan: &Plan) -> Vec<Rule> {
    let last = &plan.weeks[plan.weeks.len().saturating_sub(MOST_WEEKS)..];
    let ends = |n: usize| last.get(n + 1).and_then(|next| next.from.pred_opt());
    let weeks = last.iter().enumerate().flat_map(|(n, week)| {
        let from = (n > 0).then_some(week.from);
        let (first, last) = (from, ends(n));
        week_rules(week).into_iter().map(move |rule| Rule { from: first, to: last, ..rule })
    });
    let special = plan.special.iter().rev().take(MOST_SPECIAL).map(|special| special_rule(plan, special));
    weeks.chain(special).collect()
}

/// A week, what it becomes on a worked Saturday, and that holidays are off.
fn week_rules(week: &Week) -> Vec<Rule> {
    let weekdays: BTreeSet<u32> = week.hours.iter().flat_map(|hours| hours.weekdays.iter().copied()).collect();
    let mut by_spans: Vec<(Vec<Span>, Vec<u32>)> = Vec::new();
    for weekday in weekdays {
        let spans = spans(week.hours.iter().filter(|hours| hours.weekdays.contains(&weekday)));
        match by_spans.iter_mut().find(|(known, _)| *known == spans) {
            Some((_, days)) => days.push(weekday),
            None => by_spans.push((spans, vec![weekday])),
        }
    }
    let monday = spans(week.hours.iter().filter(|hours| hours.weekdays.contains(&1)));
    let holidays = On::Classes(vec![DayClass::StatutoryHoliday, DayClass::RestOfHoliday]);
    let mut rules: Vec<Rule> = by_spans.into_iter().map(|(spans, days)| rule(On::Weekdays(days), spans)).collect();
    rules.push(rule(holidays, Vec::new()));
    rules.push(rule(On::Classes(vec![DayClass::MakeUpWorkday]), monday));
    rules
}

fn special_rule(plan: &Plan, special: &Special) -> Rule {
    let like = |weekday: u32| {
        let week = plan.on(special.date).map_or(&[][..], |week| &week.hours);
        spans(week.iter().filter(|hours| hours.weekdays.contains(&weekday)))
    };
    let spans = match special.like {
        None => Vec::new(),
        Some(_) if !special.hours.is_empty() => spans(&special.hours),
        Some(weekday) => like(weekday),
    };
    Rule { note: Some(special.reason.clone()), ..rule(On::Dates(vec![special.date]), spans) }
}

fn rule(on: On, spans: Vec<Span>) -> Rule {
    let status = if spans.is_empty() { Status::Closed } else { Status::Open };
    Rule { from: None, to: None, on, status, spans, note: None::<Localised>, service: None }
}

/// Without gaps, since times of different lengths may meet or overlap.
fn spans<'a>(hours: impl IntoIterator<Item = &'a Hours>) -> Vec<Span> {
    let mut minutes: Vec<(u32, u32)> = hours.into_iter().map(|hours| (hours.starts, hours.ends)).collect();
    minutes.sort_unstable();
    let mut joined: Vec<(u32, u32)> = Vec::new();
    for (starts, ends) in minutes {
        match joined.last_mut().filter(|(_, until)| *until >= starts) {
            Some((_, until)) => *until = ends.max(*until),
            None => joined.push((starts, ends)),
        }
    }
    let clock = |minute: u32| format!("{:02}:{:02}", minute / 60, minute % 60);
    joined.into_iter().map(|(starts, ends)| Span { opens: clock(starts), closes: clock(ends) }).collect()
}

#[cfg(test)]
mod tests {
    use shared::calendar::Calendar;
    use shared::hours::{Hours as Announced, State};

    use super::*;

    fn hours(weekdays: &[u32], starts: u32, ends: u32) -> Hours {
        Hours { weekdays: weekdays.to_vec(), starts, ends, slot_minutes: 30, capacity: 1 }
    }

    #[test]
    fn what_is_announced_is_what_is_planned() {
        let day = |text: &str| -> NaiveDate { text.parse().unwrap() };
        let plan = Plan {
            weeks: vec![
                Week {
                    from: day("2024-05-01"),
                    hours: vec![hours(&[1, 2, 3, 4, 5], 540, 720), hours(&[1, 2, 3, 4, 5], 840, 1050)],
                },
                Week { from: day("2026-06-01"), hours: vec![hours(&[1, 2, 3, 4, 5, 6], 540, 720)] },
            ],
            special: vec![
                Special {
                    date: day("2026-05-14"),
                    like: None,
                    hours: Vec::new(),
                    reason: Localised::new("停电", "Power cut"),
                },
                Special {
                    date: day("2026-05-16"),
                    like: Some(6),
                    hours: vec![hours(&[], 600, 660)],
                    reason: Localised::new("加开", "More"),
                },
            ],
        };
        let announced = Announced::read(&of(&plan), Vec::new()).unwrap();
        let calendar = include_str!("../../../shared/packs/cn/calendar.json");
        let calendar = Calendar::new(serde_json::from_str(calendar).unwrap()).unwrap();
        let state = |at: &str| announced.at(at.parse().unwrap(), None, &calendar).state;
        for (at, expected) in [
            ("2026-05-13T10:00:00", State::Open),
            ("2026-05-13T12:30:00", State::Closed),
            ("2026-05-14T10:00:00", State::Closed),
            ("2026-05-16T10:30:00", State::Open),
            ("2026-05-16T14:30:00", State::Closed),
            // A worked Saturday, a day of a holiday, and the week that follows.
            ("2026-02-14T10:00:00", State::Open),
            ("2026-02-17T10:00:00", State::Closed),
            ("2026-06-06T10:00:00", State::Open),
            ("2026-06-05T15:00:00", State::Closed),
        ] {
            assert_eq!(state(at), expected, "{at}");
        }
    }
}
