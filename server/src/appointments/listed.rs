//! A plan as announced hours: what is given out on which days, said in the rules of a directory.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use shared::appointments::{Service, opening::Hours};
use shared::calendar::{DayClass, shanghai, shanghai_date};
use shared::directory::Times;
use shared::hours::{Change, ChangeKind, On, Rule, Span, Status};
use shared::localised::Localised;
use shared::places::PlaceId;
use sqlx::AnyConnection;

use super::open_hours::ended_at;
use super::plan::{Plan, Special, Week};
use crate::database::sql::{flag, sql, word};
use crate::error::Error;

/// Special days that are announced, the next ones.
const MOST_SPECIAL: usize = 20;
/// Weeks that are announced: the one that holds, and what is planned after it.
const MOST_WEEKS: usize = 4;

/// Of each place that plans hours of a service: these, whether they are invented, and that it has ended its day where it has. A plan
/// that cannot be said in rules is left out.
pub(crate) async fn planned(
    connection: &mut AnyConnection,
    service: &Service,
    now: DateTime<Utc>,
) -> Result<BTreeMap<PlaceId, Times>, Error> {
    let today = shanghai_date(now);
    let statement = "select s.place_id, s.demo as point_demo from service_point s where s.service = $1 \
         and exists (select 1 from opening o where o.place_id = s.place_id and o.service = s.service)";
    let rows = sql(statement, [service.name().into()]).fetch_all(&mut *connection).await?;
    let mut all = BTreeMap::new();
    for row in &rows {
        let place = word(row, "place_id", |id| PlaceId::parse(id).ok())?;
        let plan = Plan::load(connection, (&place, service), eve(today)).await?;
        let ended = ended_at(connection, &place, today).await?;
        let ended = ended.and_then(over).into_iter().collect();
        if let Ok(times) = Times::read(of(&plan, today), ended) {
            all.insert(place, times.invented(flag(row, "point_demo")?));
        }
    }
    Ok(all)
}

/// What begins on the eve may last until tonight.
fn eve(today: NaiveDate) -> NaiveDate {
    today.pred_opt().unwrap_or(today)
}

/// The rest of a day that was ended.
fn over(ended: DateTime<Utc>) -> Option<Change> {
    let from = shanghai(ended).naive_local();
    let to = from.date().succ_opt()?.and_time(NaiveTime::MIN);
    let reason = Localised::new("今天的办理已经结束。", "The office has ended its day.");
    Some(Change { from, to, kind: ChangeKind::Closed, reason })
}

/// The same days and times in rules, from the eve of today on; before its first week nobody is served.
fn of(plan: &Plan, today: NaiveDate) -> Vec<Rule> {
    let holds = plan.weeks.iter().rposition(|week| week.from <= eve(today)).unwrap_or_default();
    let next = &plan.weeks[holds..];
    let next = &next[..next.len().min(MOST_WEEKS)];
    let first = next.first().and_then(|week| week.from.pred_opt());
    let before = first.map(|last| Rule { to: Some(last), ..rule(On::Weekdays((1..=7).collect()), Vec::new()) });
    let weeks = next.iter().enumerate().flat_map(|(n, week)| {
        let last = plan.weeks.get(holds + n + 1).and_then(|next| next.from.pred_opt());
        week_rules(week).into_iter().map(move |rule| Rule { from: Some(week.from), to: last, ..rule })
    });
    let special = plan.special.iter().filter(|special| special.date >= eve(today)).take(MOST_SPECIAL);
    before.into_iter().chain(weeks).chain(special.map(|special| special_rule(plan, special))).collect()
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

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn off(date: NaiveDate) -> Special {
        Special { date, like: None, hours: Vec::new(), reason: Localised::new("停电", "Power cut") }
    }

    /// At an instant, as it is said on that day.
    fn state(plan: &Plan, at: &str) -> (State, Option<String>) {
        let at: chrono::NaiveDateTime = at.parse().unwrap();
        let announced = Announced::read(&of(plan, at.date()), Vec::new()).unwrap();
        let calendar = include_str!("../../../shared/packs/cn/calendar.json");
        let calendar = Calendar::new(serde_json::from_str(calendar).unwrap()).unwrap();
        let now = announced.at(at, None, &calendar);
        (now.state, now.next.map(|next| next.to_string()))
    }

    #[test]
    fn the_nearest_of_many_special_days_is_announced() {
        let from = day("2026-05-14");
        let special = from.iter_days().step_by(7).take(30).map(off).collect();
        let weeks = vec![Week { from: day("2026-01-01"), hours: vec![hours(&[1, 2, 3, 4, 5], 540, 720)] }];
        let plan = Plan { weeks, special };
        assert_eq!(state(&plan, "2026-05-14T10:00:00").0, State::Closed);
        assert_eq!(state(&plan, "2026-05-13T10:00:00"), (State::Open, Some("2026-05-15 09:00:00".into())));
        assert_eq!(state(&plan, "2026-06-11T10:00:00").0, State::Closed, "those that are over take no room");
    }

    #[test]
    fn a_first_week_to_come_holds_from_its_day_and_one_that_holds_is_not_dropped_for_later_ones() {
        let week = |from: &str, ends| Week { from: day(from), hours: vec![hours(&[1, 2, 3, 4, 5], 540, ends)] };
        let plan = Plan { weeks: vec![week("2026-06-01", 720)], special: Vec::new() };
        assert_eq!(state(&plan, "2026-05-13T10:00:00"), (State::Closed, Some("2026-06-01 09:00:00".into())));
        assert_eq!(state(&plan, "2026-06-01T10:00:00").0, State::Open);
        let froms = ["2026-01-01", "2026-06-01", "2026-07-01", "2026-08-03", "2026-09-01", "2026-10-08"];
        let plan =
            Plan { weeks: (0..).zip(froms).map(|(n, from)| week(from, 720 + n * 60)).collect(), special: Vec::new() };
        for (at, expected) in [
            ("2026-05-13T11:30:00", State::Open),
            ("2026-05-13T12:30:00", State::Closed),
            ("2026-06-02T12:30:00", State::Open),
            ("2026-10-09T16:30:00", State::Open),
        ] {
            assert_eq!(state(&plan, at).0, expected, "{at}");
        }
        assert_eq!(of(&Plan::default(), day("2026-05-13")), []);
    }

    #[test]
    fn what_is_announced_is_what_is_planned() {
        let plan = Plan {
            weeks: vec![
                Week {
                    from: day("2024-05-01"),
                    hours: vec![hours(&[1, 2, 3, 4, 5], 540, 720), hours(&[1, 2, 3, 4, 5], 840, 1050)],
                },
                Week { from: day("2026-06-01"), hours: vec![hours(&[1, 2, 3, 4, 5, 6], 540, 720)] },
            ],
            special: vec![
                off(day("2026-05-14")),
                Special {
                    date: day("2026-05-16"),
                    like: Some(6),
                    hours: vec![hours(&[], 600, 660)],
                    reason: Localised::new("加开", "More"),
                },
            ],
        };
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
            assert_eq!(state(&plan, at).0, expected, "{at}");
        }
    }
}
