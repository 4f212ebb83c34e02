//! Openings that meet, and those that never end.

use super::*;

#[test]
fn what_is_open_for_everybody_is_open_though_others_have_asked_for_that_time() {
    let eve = rule(days([6]), Status::ByAppointment, "22:00-26:00");
    let hours = read(&[eve, open(days([7]), "01:00-03:00")]);
    assert_eq!(say(&hours, "2026-05-16 23:00"), "by appointment until 2026-05-17 01:00, then 2026-05-17 01:00");
    assert_eq!(say(&hours, "2026-05-17 01:30"), "open until 2026-05-17 03:00, then 2026-05-23 22:00");
    let night = read(&[open(days([6]), "22:00-26:00"), rule(days([7]), Status::ByAppointment, "01:00-04:00")]);
    assert_eq!(say(&night, "2026-05-17 00:30"), "open until 2026-05-17 02:00, then 2026-05-17 02:00");
}

#[test]
fn what_never_closes_says_when_it_will() {
    let closed = |from: &str, to: &str| {
        let reason = Localised::new("停电", "Power cut");
        let change = Change { from: time(from), to: time(to), kind: ChangeKind::Closed, reason };
        Hours::read(&[open(days(1..=7), "00:00-24:00")], vec![change]).unwrap()
    };
    let soon = closed("2026-06-02 08:00", "2026-06-03 08:00");
    assert_eq!(say(&soon, "2026-05-13 10:00"), "open until 2026-06-02 08:00, then 2026-06-03 08:00");
    let later = closed("2026-09-02 08:00", "2026-09-03 08:00");
    assert_eq!(say(&later, "2026-05-13 10:00"), "open");
}
