//! Other hours for a while.

use super::*;

fn other_hours(rules: &[Rule], from: &str, to: &str, times: &str) -> Result<Hours, crate::field::FieldErrors> {
    let reason = Localised::new("空调维修", "Repairs");
    let kind = ChangeKind::Hours(spans(times));
    Hours::read(rules, vec![Change { from: time(from), to: time(to), kind, reason }])
}

#[test]
fn other_hours_are_of_whole_days_so_that_a_day_has_one_announcement() {
    let rules = [open(days(1..=5), "09:00-17:00")];
    for (from, to) in [("2026-05-13 08:00", "2026-05-14 00:00"), ("2026-05-13 00:00", "2026-05-13 12:00")] {
        let errors = other_hours(&rules, from, to, "10:00-11:00").unwrap_err();
        let said: Vec<_> = errors.iter().map(|error| (error.field.as_str(), error.reason.code())).collect();
        assert_eq!(said, [("changes.0.to", "hours_whole_days")]);
    }
    let hours = other_hours(&rules, "2026-05-13 00:00", "2026-05-14 00:00", "10:00-11:00").unwrap();
    assert_eq!(say(&hours, "2026-05-13 14:00"), "closed, then 2026-05-14 09:00");
}

#[test]
fn a_service_with_hours_of_its_own_keeps_them_while_its_place_has_others() {
    let meals = Rule { service: Some("meals".into()), ..open(days(1..=5), "11:00-13:00") };
    let rules = [open(days(1..=5), "09:00-17:00"), meals];
    let hours = other_hours(&rules, "2026-05-11 00:00", "2026-05-18 00:00", "09:00-16:00").unwrap();
    let day = |service| hours.day("2026-05-13".parse().unwrap(), service, &calendar()).spans;
    assert_eq!(day(Some("meals")), [(660, 780)]);
    assert_eq!((day(None), day(Some("bathing"))), (vec![(540, 960)], vec![(540, 960)]));
    assert_eq!(hours.at(time("2026-05-13 10:00"), Some("meals"), &calendar()).state, State::Closed);
}

#[test]
fn what_is_kept_of_other_hours_says_the_same_before_and_after_their_end() {
    let change = |from: &str, to: &str, kind| Change {
        from: time(from),
        to: time(to),
        kind,
        reason: Localised::new("停电", "Power cut"),
    };
    let hours = |from, to| change(from, to, ChangeKind::Hours(spans("10:00-12:00")));
    let ends = |kept: Option<Change>| kept.map(|kept| (kept.from.to_string(), kept.to.to_string()));
    let whole = |from: &str, to: &str| Some((format!("{from} 00:00:00"), format!("{to} 00:00:00")));
    assert_eq!(ends(hours("2026-05-12 09:00", "2026-05-13 12:00").kept(None)), whole("2026-05-12", "2026-05-14"));
    let asked = hours("2026-05-12 00:00", "2026-05-16 00:00");
    assert_eq!(ends(asked.clone().kept(Some(time("2026-05-14 10:00")))), whole("2026-05-12", "2026-05-14"));
    assert_eq!(ends(asked.clone().kept(Some(time("2026-05-12 10:00")))), None, "that day too is as usual again");
    assert_eq!(ends(asked.kept(Some(time("2026-05-20 10:00")))), whole("2026-05-12", "2026-05-16"));
    let closed =
        change("2026-05-12 09:00", "2026-05-13 12:00", ChangeKind::Closed).kept(Some(time("2026-05-12 10:00")));
    assert_eq!(closed.map(|kept| kept.to), Some(time("2026-05-12 10:00")));
}
