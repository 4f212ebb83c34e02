//! What people announce, and what somebody finds who stands before the door.

mod always;
mod changed;
mod closer;
mod meeting;
mod night;
mod sure;
mod unknown;
mod usual;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use super::*;
use crate::calendar::{Calendar, DayClass};
use crate::field::Reason;

fn calendar() -> Calendar {
    Calendar::new(serde_json::from_str(include_str!("../../packs/cn/calendar.json")).unwrap()).unwrap()
}

fn time(text: &str) -> NaiveDateTime {
    let seconds = if text.len() == 16 { ":00" } else { "" };
    format!("{text}{seconds}").replace(' ', "T").parse().unwrap()
}

fn spans(text: &str) -> Vec<Span> {
    let one = |span: &str| {
        let (opens, closes) = span.split_once('-').unwrap();
        Span { opens: opens.into(), closes: closes.into() }
    };
    text.split_whitespace().map(one).collect()
}

fn rule(on: On, status: Status, times: &str) -> Rule {
    Rule { from: None, to: None, on, status, spans: spans(times), note: None, service: None }
}

fn open(on: On, times: &str) -> Rule {
    rule(on, Status::Open, times)
}

fn closed(on: On) -> Rule {
    rule(on, Status::Closed, "")
}

fn days(days: impl IntoIterator<Item = u32>) -> On {
    On::Weekdays(days.into_iter().collect())
}

fn workdays() -> On {
    On::Classes(vec![DayClass::Workday, DayClass::MakeUpWorkday])
}

fn read(rules: &[Rule]) -> Hours {
    Hours::read(rules, Vec::new()).unwrap()
}

/// As one line: `open until 2026-05-13 12:00, then 2026-05-13 14:00`.
fn say(hours: &Hours, at: &str) -> String {
    let Now { state, until, next, provisional, .. } = hours.at(time(at), None, &calendar());
    let at = |at: NaiveDateTime| at.to_string()[..16].to_owned();
    let mut said = match state {
        State::Open => "open",
        State::ByAppointment => "by appointment",
        State::Closed => "closed",
        State::Unknown => "unknown",
    }
    .to_owned();
    said.extend(until.map(|until| format!(" until {}", at(until))));
    said.extend(next.map(|next| format!(", then {}", at(next))));
    said.extend(provisional.then_some(", provisional"));
    said
}

#[test]
fn a_lunch_break_ends_today_and_friday_evening_on_monday() {
    let hours = read(&[open(days(1..=5), "09:00-12:00 14:00-17:30")]);
    for (at, said) in [
        ("2026-05-13 11:59:59", "open until 2026-05-13 12:00, then 2026-05-13 14:00"),
        ("2026-05-13 12:00", "closed, then 2026-05-13 14:00"),
        ("2026-05-13 13:50", "closed, then 2026-05-13 14:00"),
        ("2026-05-15 17:30", "closed, then 2026-05-18 09:00"),
        ("2026-05-16 10:00", "closed, then 2026-05-18 09:00"),
    ] {
        assert_eq!(say(&hours, at), said, "{at}");
    }
}

#[test]
fn a_span_belongs_to_the_day_it_begins_on() {
    let hours = read(&[open(days([6]), "22:00-26:00"), closed(days([7]))]);
    assert_eq!(say(&hours, "2026-05-17 01:00"), "open until 2026-05-17 02:00, then 2026-05-23 22:00");
    let joined = read(&[open(days([1]), "18:00-24:00"), open(days([2]), "00:00-02:00")]);
    assert_eq!(say(&joined, "2026-05-11 23:59"), "open until 2026-05-12 02:00, then 2026-05-18 18:00");
    let always = read(&[open(days(1..=7), "00:00-24:00")]);
    assert_eq!(say(&always, "2026-05-11 23:59"), "open");
}

#[test]
fn a_class_of_days_is_what_the_holiday_notice_makes_of_it() {
    let hours = read(&[open(workdays(), "09:00-17:00")]);
    for (at, said) in [
        ("2026-02-14 10:00", "open until 2026-02-14 17:00, then 2026-02-24 09:00"),
        ("2026-02-20 10:00", "closed, then 2026-02-24 09:00"),
        ("2026-02-17 10:00", "closed, then 2026-02-24 09:00"),
        ("2027-02-04 10:00", "open until 2027-02-04 17:00, then 2027-02-09 09:00, provisional"),
        ("2027-02-05 10:00", "closed, then 2027-02-09 09:00, provisional"),
        // The answer of a year with a notice rests on one without.
        ("2026-12-31 17:00", "closed, then 2027-01-04 09:00, provisional"),
    ] {
        assert_eq!(say(&hours, at), said, "{at}");
    }
    let but_festivals =
        read(&[open(days(1..=6), "11:00-13:00"), closed(On::Classes(vec![DayClass::StatutoryHoliday]))]);
    assert_eq!(say(&but_festivals, "2026-02-20 12:00"), "open until 2026-02-20 13:00, then 2026-02-21 11:00");
    assert_eq!(say(&but_festivals, "2026-02-17 12:00"), "closed, then 2026-02-20 11:00");
    let weekly = read(&[open(days(1..=7), "09:00-17:00")]);
    assert_eq!(say(&weekly, "2026-02-17 10:00"), "open until 2026-02-17 17:00, then 2026-02-18 09:00");
    assert_eq!(
        say(&weekly, "2027-02-05 10:00"),
        "open until 2027-02-05 17:00, then 2027-02-06 09:00",
        "no class is named"
    );
}

#[test]
fn what_is_said_most_closely_of_a_day_holds() {
    let hours = read(&[
        open(days([1]), "09:00-17:00"),
        closed(On::Classes(vec![DayClass::StatutoryHoliday, DayClass::RestOfHoliday])),
        open(On::Dates(vec!["2026-02-16".parse().unwrap()]), "10:00-13:00"),
    ]);
    assert_eq!(say(&hours, "2026-02-16 10:30"), "open until 2026-02-16 13:00, then 2026-03-02 09:00");
    assert_eq!(say(&hours, "2026-02-16 14:00"), "closed, then 2026-03-02 09:00");
    let first_wednesday =
        read(&[open(days(1..=5), "09:00-17:00"), open(On::NthWeekday { weekday: 3, nth: 1 }, "09:00-21:00")]);
    assert_eq!(say(&first_wednesday, "2026-07-01 12:00"), "open until 2026-07-01 21:00, then 2026-07-02 09:00");
    assert_eq!(say(&first_wednesday, "2026-07-08 12:00"), "open until 2026-07-08 17:00, then 2026-07-09 09:00");
    let last_friday = read(&[open(On::NthWeekday { weekday: 5, nth: -1 }, "09:00-12:00")]);
    assert_eq!(say(&last_friday, "2026-05-22 10:00"), "closed, then 2026-05-29 09:00");
    assert_eq!(say(&last_friday, "2026-05-29 10:00"), "open until 2026-05-29 12:00, then 2026-06-26 09:00");
}

#[test]
fn a_season_holds_before_every_week_and_the_one_that_began_last_before_the_others() {
    let season = |from: Option<&str>, to: Option<&str>, times: &str| Rule {
        from: from.map(|day| day.parse().unwrap()),
        to: to.map(|day| day.parse().unwrap()),
        ..open(days(1..=7), times)
    };
    let hours = read(&[
        season(None, None, "09:00-17:00"),
        season(Some("2026-09-01"), None, "09:00-18:00"),
        season(Some("2026-12-01"), Some("2027-02-28"), "10:00-16:00"),
    ]);
    for (at, until) in
        [("2026-08-31", "17:00"), ("2026-09-01", "18:00"), ("2026-12-01", "16:00"), ("2027-03-01", "18:00")]
    {
        let said = say(&hours, &format!("{at} 12:00"));
        assert!(said.starts_with(&format!("open until {at} {until}")), "{at}: {said}");
    }
    let ended = read(&[season(None, Some("2026-08-31"), "09:00-17:00")]);
    assert_eq!(say(&ended, "2026-09-01 10:00"), "unknown", "nobody says anything of that day");
    assert_eq!(say(&ended, "2026-08-31 18:00"), "closed");
}

#[test]
fn what_nobody_knows_is_unknown_and_never_closed() {
    let call_first = read(&[rule(days(1..=7), Status::Unknown, "")]);
    assert_eq!(say(&call_first, "2026-05-13 10:00"), "unknown");
    assert_eq!(say(&read(&[]), "2026-05-13 10:00"), "unknown");
    let half = read(&[open(days([1]), "09:00-12:00"), rule(days([2]), Status::Unknown, "")]);
    assert_eq!(say(&half, "2026-05-12 10:00"), "unknown");
    assert_eq!(say(&half, "2026-05-13 10:00"), "closed, then 2026-05-18 09:00");
    let only_a_date = read(&[open(On::Dates(vec!["2026-05-13".parse().unwrap()]), "09:00-12:00")]);
    assert_eq!(say(&only_a_date, "2026-05-14 10:00"), "unknown", "a date says nothing of the next");
    let asked =
        read(&[rule(days([3]), Status::ByAppointment, "09:00-12:00"), rule(days([4]), Status::ByAppointment, "")]);
    assert_eq!(say(&asked, "2026-05-13 10:00"), "by appointment until 2026-05-13 12:00, then 2026-05-20 09:00");
    assert_eq!(say(&asked, "2026-05-14 10:00"), "by appointment, then 2026-05-20 09:00");
}

#[test]
fn a_service_has_hours_of_its_own_or_those_of_its_place() {
    let meals = Rule { service: Some("meals".into()), ..open(days(1..=5), "11:00-13:00") };
    let hours = read(&[open(days(1..=5), "09:00-17:00"), meals]);
    let until = |service| hours.at(time("2026-05-13 12:00"), service, &calendar()).until.unwrap();
    assert_eq!(until(Some("meals")), time("2026-05-13 13:00"));
    assert_eq!(until(Some("bathing")), time("2026-05-13 17:00"));
    assert_eq!(until(None), time("2026-05-13 17:00"));
}

#[test]
fn a_change_has_an_end() {
    let reason = crate::localised::Localised::new("停电", "No electricity");
    let change = |kind, from: &str, to: &str| Change { from: time(from), to: time(to), kind, reason: reason.clone() };
    let hours = |kind| {
        let rules = [open(days(1..=5), "09:00-17:00")];
        Hours::read(&rules, vec![change(kind, "2026-05-13 11:00", "2026-05-14 15:00")]).unwrap()
    };
    let closed = hours(ChangeKind::Closed);
    for (at, said) in [
        ("2026-05-13 10:00", "open until 2026-05-13 11:00, then 2026-05-14 15:00"),
        ("2026-05-13 12:00", "closed, then 2026-05-14 15:00"),
        ("2026-05-14 14:59:59", "closed, then 2026-05-14 15:00"),
        ("2026-05-14 15:00", "open until 2026-05-14 17:00, then 2026-05-15 09:00"),
    ] {
        assert_eq!(say(&closed, at), said, "{at}");
    }
    let without = hours(ChangeKind::WithoutService("meals".into()));
    let state = |service| without.at(time("2026-05-13 12:00"), service, &calendar());
    assert_eq!(state(Some("meals")).state, State::Closed);
    assert_eq!([state(None).state, state(Some("bathing")).state], [State::Open; 2]);
    let message = hours(ChangeKind::Message);
    assert_eq!(say(&message, "2026-05-13 12:00"), "open until 2026-05-13 17:00, then 2026-05-14 09:00");
    let until_midnight = change(ChangeKind::Hours(spans("10:00-12:00")), "2026-05-13 00:00", "2026-05-14 00:00");
    let one_day = Hours::read(&[open(days(1..=5), "09:00-17:00")], vec![until_midnight]).unwrap();
    assert!(say(&one_day, "2026-05-14 10:00").starts_with("open until 2026-05-14 17:00"));
}

#[test]
fn a_day_shows_its_spans_without_what_changes_take_away() {
    let change = |from: &str, to: &str| Change {
        from: time(from),
        to: time(to),
        kind: ChangeKind::Closed,
        reason: Localised::new("停电", "Power cut"),
    };
    let changes = vec![change("2026-05-13 10:00", "2026-05-13 11:00"), change("2026-05-14 00:00", "2026-05-15 00:00")];
    let hours = Hours::read(&[open(days(1..=5), "9:00-12:00 14:00-17:30")], changes).unwrap();
    let day = |text: &str| hours.day(text.parse().unwrap(), None, &calendar());
    assert_eq!(day("2026-05-12").spans, [(540, 720), (840, 1050)]);
    assert_eq!(day("2026-05-13").spans, [(540, 600), (660, 720), (840, 1050)]);
    let shut = day("2026-05-14");
    assert_eq!(
        (shut.status, shut.spans.len(), shut.note),
        (Status::Closed, 0, Some(Localised::new("停电", "Power cut")))
    );
    assert_eq!((day("2026-05-16").status, day("2026-05-16").note), (Status::Closed, None));
    assert_eq!(Hours::default().day("2026-05-16".parse().unwrap(), None, &calendar()).status, Status::Unknown);
}

#[test]
fn what_cannot_be_meant_is_told_at_its_field() {
    let wrong = |rules: &[Rule]| {
        let errors = Hours::read(rules, Vec::new()).unwrap_err();
        errors.iter().map(|error| (error.field.clone(), error.reason.clone())).collect::<Vec<_>>()
    };
    let weekly = |times| open(days(1..=5), times);
    for (rules, field, reason) in [
        (vec![weekly("12:00-12:00")], "rules.0.spans.0.closes", HoursReason::Same),
        (vec![weekly("22:00-02:00")], "rules.0.spans.0.closes", HoursReason::Backwards),
        (vec![weekly("09:00-12:00 25:00-26:00")], "rules.0.spans.1.opens", HoursReason::Opens),
        (vec![weekly("09:00-12:00 11:00-13:00")], "rules.0.spans.1.opens", HoursReason::Overlap),
        (vec![weekly("")], "rules.0.spans", HoursReason::NoSpans),
        (vec![rule(days([1]), Status::Closed, "09:00-12:00")], "rules.0.spans", HoursReason::SpansOfNothing),
        (vec![open(days([0]), "09:00-12:00")], "rules.0.on", HoursReason::Days),
        (vec![open(days([1, 1]), "09:00-12:00")], "rules.0.on", HoursReason::Days),
        (vec![open(days([]), "09:00-12:00")], "rules.0.on", HoursReason::Days),
        (vec![open(On::NthWeekday { weekday: 3, nth: 0 }, "09:00-12:00")], "rules.0.on", HoursReason::Nth),
        (vec![weekly("09:00-12:00"), open(days([5, 6]), "09:00-11:00")], "rules.1.on", HoursReason::Contradiction(1)),
    ] {
        assert_eq!(wrong(&rules), [(field.to_owned(), Reason::from(reason))], "{rules:?}");
    }
    let many = vec![weekly("09:00-12:00"); 61];
    assert_eq!(wrong(&many), [("rules".to_owned(), HoursReason::TooMany(60).into())]);
}
