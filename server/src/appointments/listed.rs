//! A plan as announced hours: what is given out on which days, said in the rules of a directory. Of today, and of days that
//! differ, the times that are published decide, as they do for whoever books.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use shared::appointments::{Service, opening::Hours};
use shared::calendar::{DayClass, shanghai, shanghai_date};
use shared::directory::Times;
use shared::hours::{Change, ChangeKind, On, Rule, Span, Status};
use shared::localised::Localised;
use shared::places::PlaceId;
use sqlx::AnyConnection;

use super::open_hours::{self, ended_at};
use super::plan::{Plan, Special, Week};
use crate::database::DatabaseError;
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
        let published = published(connection, (&place, service), (&plan, today)).await?;
        let ended = ended_at(connection, &place, today).await?;
        let ended = ended.and_then(over).into_iter().collect();
        if let Ok(times) = Times::read(of(&plan, &published, today), ended) {
            all.insert(place, times.invented(flag(row, "point_demo")?));
        }
    }
    Ok(all)
}

/// What is given out on a day that has times.
type Published = BTreeMap<NaiveDate, Vec<Span>>;

/// Of today and of the special days that are announced; nothing of a day that has no times yet.
async fn published(
    connection: &mut AnyConnection,
    there: (&PlaceId, &Service),
    (plan, today): (&Plan, NaiveDate),
) -> Result<Published, DatabaseError> {
    let days: BTreeSet<NaiveDate> = announced(plan, today).map(|special| special.date).chain([today]).collect();
    let mut all = Published::new();
    for day in days {
        let Some(times) = open_hours::published(connection, there, day).await? else { continue };
        let midnight = day.and_time(NaiveTime::MIN);
        let minute = |at: DateTime<Utc>| (shanghai(at).naive_local() - midnight).num_minutes();
        let minute = |at| u32::try_from(minute(at)).unwrap_or_default();
        all.insert(day, times.into_iter().map(|[from, to]| span((minute(from), minute(to)))).collect());
    }
    Ok(all)
}

/// The special days that are announced.
fn announced(plan: &Plan, today: NaiveDate) -> impl Iterator<Item = &Special> {
    plan.special.iter().filter(move |special| special.date >= eve(today)).take(MOST_SPECIAL)
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
fn of(plan: &Plan, published: &Published, today: NaiveDate) -> Vec<Rule> {
    let holds = plan.weeks.iter().rposition(|week| week.from <= eve(today)).unwrap_or_default();
    let next = &plan.weeks[holds..];
    let next = &next[..next.len().min(MOST_WEEKS)];
    let first = next.first().and_then(|week| week.from.pred_opt());
    let before = first.map(|last| Rule { to: Some(last), ..rule(On::Weekdays((1..=7).collect()), Vec::new()) });
    let weeks = next.iter().enumerate().flat_map(|(n, week)| {
        let last = plan.weeks.get(holds + n + 1).and_then(|next| next.from.pred_opt());
        week_rules(week).into_iter().map(move |rule| Rule { from: Some(week.from), to: last, ..rule })
    });
    let special = announced(plan, today);
    let special = special.map(|special| special_rule(plan, published.get(&special.date).map(Vec::as_slice), special));
    let is_special = announced(plan, today).any(|special| special.date == today);
    let of_today = published.get(&today).filter(|_| !is_special);
    let of_today = of_today.map(|spans| rule(On::Dates(vec![today]), spans.clone()));
    before.into_iter().chain(weeks).chain(special).chain(of_today).collect()
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

fn special_rule(plan: &Plan, published: Option<&[Span]>, special: &Special) -> Rule {
    let like = |weekday: u32| {
        let week = plan.on(special.date).map_or(&[][..], |week| &week.hours);
        spans(week.iter().filter(|hours| hours.weekdays.contains(&weekday)))
    };
    let spans = match (published, special.like) {
        (Some(published), _) => published.to_vec(),
        (None, None) => Vec::new(),
        (None, Some(_)) if !special.hours.is_empty() => spans(&special.hours),
        (None, Some(weekday)) => like(weekday),
    };
    let note = match (special.like, spans.last()) {
        // Where the rest of a day is closed, what comes before it is not.
        (None, Some(Span { closes, .. })) => Localised::new(
            format!("{closes} 以后停办：{}", special.reason.zh),
            format!("Closed after {closes}: {}", special.reason.en),
        ),
        _ => special.reason.clone(),
    };
    Rule { note: Some(note), ..rule(On::Dates(vec![special.date]), spans) }
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
    joined.into_iter().map(span).collect()
}

/// From and to in minutes of a day.
fn span((starts, ends): (u32, u32)) -> Span {
    let clock = |minute: u32| format!("{:02}:{:02}", minute / 60, minute % 60);
    Span { opens: clock(starts), closes: clock(ends) }
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
        state_of(plan, &Published::new(), at)
    }

    fn state_of(plan: &Plan, published: &Published, at: &str) -> (State, Option<String>) {
        let at: chrono::NaiveDateTime = at.parse().unwrap();
        let announced = Announced::read(&of(plan, published, at.date()), Vec::new()).unwrap();
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
        assert_eq!(of(&Plan::default(), &Published::new(), day("2026-05-13")), []);
    }

    #[test]
    fn of_a_day_that_has_times_these_are_announced() {
        let weeks = vec![Week { from: day("2026-01-01"), hours: vec![hours(&[1, 2, 3, 4, 5], 540, 1050)] }];
        let ordinary = Plan { weeks, special: Vec::new() };
        let closing = Plan { special: vec![off(day("2026-05-14"))], ..ordinary.clone() };
        let until_four = Published::from([(day("2026-05-14"), vec![span((540, 720)), span((840, 960))])]);
        for plan in [&ordinary, &closing] {
            assert_eq!(state_of(plan, &until_four, "2026-05-14T15:00:00").0, State::Open);
            assert_eq!(state_of(plan, &until_four, "2026-05-13T15:00:00").0, State::Open);
            let closed = (State::Closed, Some("2026-05-15 09:00:00".to_owned()));
            assert_eq!(state_of(plan, &until_four, "2026-05-14T16:00:00"), closed);
            let none = Published::from([(day("2026-05-14"), Vec::new())]);
            assert_eq!(state_of(plan, &none, "2026-05-14T10:00:00"), closed);
        }
        let rule = special_rule(&closing, Some(&until_four[&day("2026-05-14")]), &closing.special[0]);
        assert_eq!(rule.note, Some(Localised::new("16:00 以后停办：停电", "Closed after 16:00: Power cut")));
        assert_eq!(special_rule(&closing, Some(&[]), &closing.special[0]).note.unwrap().zh, "停电");
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
