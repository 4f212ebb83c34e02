//! Rules that speak of one day: which of them is said most closely of it.

use super::*;

fn of(from: &str, to: &str, rule: Rule) -> Rule {
    Rule { from: Some(from.parse().unwrap()), to: Some(to.parse().unwrap()), ..rule }
}

fn holidays() -> On {
    On::Classes(vec![DayClass::StatutoryHoliday, DayClass::RestOfHoliday])
}

/// Until when it is open at noon; nothing where it is closed.
fn until(hours: &Hours, day: &str) -> Option<String> {
    let now = hours.at(time(&format!("{day} 12:00")), None, &calendar());
    now.until.map(|until| until.time().to_string()[..5].to_owned())
}

#[test]
fn a_long_evening_and_summer_hours_hold_beside_workdays() {
    let hours = read(&[
        open(workdays(), "09:00-17:00"),
        open(On::NthWeekday { weekday: 3, nth: 1 }, "09:00-21:00"),
        of("2026-07-06", "2026-08-31", open(days(1..=5), "08:00-14:00")),
    ]);
    for (day, end) in [
        ("2026-06-30", Some("17:00")),
        ("2026-07-01", Some("21:00")),
        ("2026-07-02", Some("17:00")),
        ("2026-07-08", Some("14:00")),
        // The season is said of the week more closely than a weekday of every month.
        ("2026-08-05", Some("14:00")),
        ("2026-08-31", Some("14:00")),
        ("2026-09-01", Some("17:00")),
        ("2026-09-02", Some("21:00")),
        ("2026-07-04", None),
    ] {
        assert_eq!(until(&hours, day).as_deref(), end, "{day}");
    }
}

#[test]
fn weekends_that_are_off_leave_a_saturday_of_the_month_and_a_summer_of_every_day() {
    let weekends = closed(On::Classes(vec![DayClass::Weekend]));
    let first = open(On::NthWeekday { weekday: 6, nth: 1 }, "09:00-12:30");
    let summer = of("2026-07-06", "2026-08-31", open(days(1..=7), "08:00-20:00"));
    let hours = read(&[open(days(1..=7), "09:00-17:00"), weekends, first, summer]);
    for (day, end) in [
        ("2026-06-06", Some("12:30")),
        ("2026-06-13", None),
        ("2026-07-12", Some("20:00")),
        ("2026-09-06", None),
        ("2026-09-07", Some("17:00")),
    ] {
        assert_eq!(until(&hours, day).as_deref(), end, "{day}");
    }
}

#[test]
fn a_class_that_the_notice_gives_goes_before_seasons_and_nth_weekdays_and_a_date_before_all() {
    let hours = read(&[
        of("2026-09-01", "2026-12-31", open(days(1..=7), "08:00-14:00")),
        open(On::NthWeekday { weekday: 3, nth: 1 }, "09:00-21:00"),
        closed(holidays()),
        open(On::Classes(vec![DayClass::MakeUpWorkday]), "10:00-15:00"),
        open(On::Dates(vec!["2026-10-02".parse().unwrap()]), "11:00-13:00"),
    ]);
    for (day, end) in [
        ("2026-09-30", Some("14:00")),
        ("2026-10-01", None),
        ("2026-10-02", Some("13:00")),
        // The first Wednesday of the month, and the last day of the break.
        ("2026-10-07", None),
        ("2026-10-10", Some("15:00")),
    ] {
        assert_eq!(until(&hours, day).as_deref(), end, "{day}");
    }
}

#[test]
fn a_weekday_holds_on_every_class_that_no_rule_names() {
    let hours = read(&[open(days([6]), "09:00-12:30"), open(workdays(), "09:00-17:00")]);
    // A Saturday of a break, one that is worked, and one like any other.
    for (day, end) in [("2026-02-21", "12:30"), ("2026-02-14", "17:00"), ("2026-03-14", "12:30")] {
        assert_eq!(until(&hours, day).as_deref(), Some(end), "{day}");
    }
}

#[test]
fn rules_of_one_class_and_season_that_differ_contradict_each_other() {
    let some = open(On::Classes(vec![DayClass::Workday]), "09:00-12:00");
    let both = |other: Rule| Hours::read(&[open(workdays(), "09:00-17:00"), other], Vec::new());
    assert!(both(some.clone()).is_err());
    assert!(both(of("2026-07-01", "2026-08-31", some)).is_ok());
    assert!(both(open(days(1..=5), "09:00-12:00")).is_ok());
}
