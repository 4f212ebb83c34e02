//! What comes next where nobody knows of a day between.

use super::*;

fn untimed(hours: &Hours, at: &str) -> Option<(String, State)> {
    let day = hours.at(time(at), None, &calendar()).untimed?;
    Some((day.date.to_string(), day.state))
}

#[test]
fn a_day_that_nobody_knows_is_not_passed_over_on_the_way_to_the_next_opening() {
    let hours = read(&[open(days([1]), "09:00-12:00"), rule(days([2]), Status::Unknown, "")]);
    assert_eq!(say(&hours, "2026-05-11 13:00"), "closed");
    assert_eq!(untimed(&hours, "2026-05-11 13:00"), Some(("2026-05-12".into(), State::Unknown)));
    assert_eq!(say(&hours, "2026-05-11 10:00"), "open until 2026-05-11 12:00");
    assert_eq!(say(&hours, "2026-05-12 10:00"), "unknown");
    assert_eq!(say(&hours, "2026-05-13 10:00"), "closed, then 2026-05-18 09:00");
    assert_eq!(untimed(&hours, "2026-05-13 10:00"), None);
}

#[test]
fn after_a_season_nobody_knows_though_a_date_of_later_is_announced() {
    let season = Rule { to: Some("2026-08-31".parse().unwrap()), ..open(days(1..=7), "09:00-17:00") };
    let hours = read(&[season, open(On::Dates(vec!["2026-10-08".parse().unwrap()]), "10:00-12:00")]);
    assert_eq!(say(&hours, "2026-08-31 18:00"), "closed");
    assert_eq!(untimed(&hours, "2026-08-31 18:00"), Some(("2026-09-01".into(), State::Unknown)));
    assert_eq!(say(&hours, "2026-08-30 18:00"), "closed, then 2026-08-31 09:00");
}

#[test]
fn a_day_by_appointment_is_named_and_the_opening_after_it_too() {
    let hours = read(&[open(days([1]), "09:00-12:00"), rule(days([3]), Status::ByAppointment, "")]);
    assert_eq!(say(&hours, "2026-05-11 13:00"), "closed, then 2026-05-18 09:00");
    assert_eq!(untimed(&hours, "2026-05-11 13:00"), Some(("2026-05-13".into(), State::ByAppointment)));
    assert_eq!(untimed(&hours, "2026-05-13 13:00"), None, "it is said already");
    let unsure = read(&[
        open(days([1]), "09:00-12:00"),
        rule(days([3]), Status::ByAppointment, ""),
        rule(days([4]), Status::Unknown, ""),
    ]);
    assert_eq!(say(&unsure, "2026-05-11 13:00"), "closed", "of Thursday nobody knows");
}

#[test]
fn what_a_closure_leaves_of_a_day_that_nobody_knows_is_unknown() {
    let rules = [open(days([1]), "09:00-12:00"), rule(days([2]), Status::Unknown, "")];
    let closed = |from: &str, to: &str| {
        let reason = Localised::new("停电", "Power cut");
        let change = Change { from: time(from), to: time(to), kind: ChangeKind::Closed, reason };
        Hours::read(&rules, vec![change]).unwrap()
    };
    let morning = closed("2026-05-12 08:00", "2026-05-12 12:00");
    assert_eq!(say(&morning, "2026-05-12 10:00"), "closed");
    assert_eq!(untimed(&morning, "2026-05-12 10:00"), Some(("2026-05-12".into(), State::Unknown)));
    assert_eq!(say(&morning, "2026-05-12 12:00"), "unknown");
    let all = closed("2026-05-12 00:00", "2026-05-13 00:00");
    assert_eq!(say(&all, "2026-05-11 13:00"), "closed, then 2026-05-18 09:00", "it is closed, which is known");
    let rest = closed("2026-05-12 08:00", "2026-05-13 00:00");
    assert_eq!(say(&rest, "2026-05-12 10:00"), "closed, then 2026-05-18 09:00");
}

#[test]
fn a_closure_of_a_whole_day_shows_in_its_row_of_the_week_whatever_the_day_is() {
    let reason = Localised::new("停电", "Power cut");
    let change = |from: &str, to: &str, kind| Change { from: time(from), to: time(to), kind, reason: reason.clone() };
    let day = |status, change: Change| {
        let hours = Hours::read(&[rule(days(1..=7), status, "")], vec![change]).unwrap();
        let day = hours.day("2026-05-12".parse().unwrap(), None, &calendar());
        (day.status, day.note)
    };
    for status in [Status::Unknown, Status::ByAppointment] {
        let whole = change("2026-05-12 00:00", "2026-05-13 00:00", ChangeKind::Closed);
        assert_eq!(day(status, whole), (Status::Closed, Some(reason.clone())), "{status:?}");
        let morning = change("2026-05-12 00:00", "2026-05-12 12:00", ChangeKind::Closed);
        assert_eq!(day(status, morning).0, status);
        let meals = ChangeKind::WithoutService("meals".into());
        assert_eq!(day(status, change("2026-05-12 00:00", "2026-05-13 00:00", meals)).0, status);
    }
}
