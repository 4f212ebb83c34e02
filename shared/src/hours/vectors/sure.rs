//! What may still change, and what only those may who have asked.

use super::*;

#[test]
fn what_is_said_of_now_is_provisional_only_where_that_may_change() {
    let hours = read(&[open(workdays(), "09:00-17:00"), closed(days([6, 7]))]);
    // The year 2027 has no notice: when it opens next is not said while it is open.
    assert_eq!(say(&hours, "2026-12-31 10:00"), "open until 2026-12-31 17:00, then 2027-01-04 09:00");
    assert_eq!(say(&hours, "2026-12-31 18:00"), "closed, then 2027-01-04 09:00, provisional");
    let night = read(&[open(workdays(), "18:00-24:00")]);
    assert_eq!(say(&night, "2026-12-31 20:00"), "open until 2027-01-01 00:00, then 2027-01-04 18:00");
    let late = read(&[open(workdays(), "18:00-26:00")]);
    assert_eq!(
        say(&late, "2027-01-01 01:00"),
        "open until 2027-01-01 02:00, then 2027-01-04 18:00",
        "last year's evening"
    );
    assert_eq!(say(&late, "2027-01-05 01:00"), "open until 2027-01-05 02:00, then 2027-01-05 18:00, provisional");
}

#[test]
fn a_date_or_a_closure_is_certain_in_a_year_without_a_notice() {
    let date = On::Dates(vec![time("2027-02-05 00:00").date()]);
    let hours = read(&[open(workdays(), "09:00-17:00"), open(date, "10:00-12:00")]);
    assert_eq!(say(&hours, "2027-02-05 11:00"), "open until 2027-02-05 12:00, then 2027-02-09 09:00");
    let day = |hours: &Hours, date: &str| hours.day(date.parse().unwrap(), None, &calendar()).provisional;
    assert!(!day(&hours, "2027-02-05") && day(&hours, "2027-02-04"));
    let shut = Change {
        from: time("2027-02-04 00:00"),
        to: time("2027-02-05 00:00"),
        kind: ChangeKind::Closed,
        reason: Localised::new("停电", "Power cut"),
    };
    let hours = Hours::read(&[open(workdays(), "09:00-17:00")], vec![shut]).unwrap();
    assert!(!day(&hours, "2027-02-04") && day(&hours, "2027-02-03"));
}

#[test]
fn whoever_may_come_only_by_appointment_is_told_apart() {
    let hours = read(&[rule(days(1..=5), Status::ByAppointment, "09:00-12:00"), open(days([6]), "09:00-12:00")]);
    let next = |at: &str| {
        let Now { next, next_is_asked, .. } = hours.at(time(at), None, &calendar());
        (next.unwrap().to_string()[..10].to_owned(), next_is_asked)
    };
    assert_eq!(next("2026-05-13 08:00"), ("2026-05-13".to_owned(), true));
    assert_eq!(next("2026-05-15 13:00"), ("2026-05-16".to_owned(), false));
    assert_eq!(next("2026-05-16 13:00"), ("2026-05-18".to_owned(), true));
}
