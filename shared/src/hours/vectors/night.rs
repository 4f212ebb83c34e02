//! What lasts from the eve, and a service that is not there for a while.

use super::*;

#[test]
fn what_is_left_of_last_night_is_known_until_it_is_over() {
    let hours = read(&[open(days(1..=7), "10:00-12:00 22:00-26:00")]);
    let left = |at: &str| hours.left_of_eve(time(at), None, &calendar()).map(|day| day.spans);
    assert_eq!(left("2026-05-13 00:01"), Some(vec![(0, 120)]));
    assert_eq!(left("2026-05-13 01:59"), Some(vec![(0, 120)]));
    assert_eq!(left("2026-05-13 02:00"), None);
    assert_eq!(
        read(&[open(days(1..=7), "00:00-24:00")]).left_of_eve(time("2026-05-13 00:01"), None, &calendar()),
        None
    );
}

#[test]
fn what_is_announced_to_go_on_after_another_suspends_with_it() {
    let off = |from: &str, to: &str, service: &str| Change {
        from: time(from),
        to: time(to),
        kind: ChangeKind::WithoutService(service.into()),
        reason: Localised::new("维修", "Repairs"),
    };
    let changes = vec![
        off("2026-05-15 00:00", "2026-05-20 00:00", "meals"),
        off("2026-05-12 00:00", "2026-05-15 00:00", "meals"),
        off("2026-05-12 00:00", "2026-06-15 00:00", "bathing"),
    ];
    let hours = Hours::read(&[open(days(1..=7), "09:00-17:00")], changes).unwrap();
    let until = |at: &str| hours.suspended_until("meals", time(at));
    assert_eq!(until("2026-05-13 10:00"), Some(time("2026-05-20 00:00")));
    assert_eq!((until("2026-05-11 23:59"), until("2026-05-20 00:00")), (None, None));
}
