//! The week as a sheet on a wall has it.

use super::*;

fn season(rule: Rule, from: Option<&str>, to: Option<&str>) -> Rule {
    let day = |text: &str| text.parse().unwrap();
    Rule { from: from.map(day), to: to.map(day), ..rule }
}

/// Each season as `2026-05-13..2026-05-31: 0900 …`, with when it opens on each weekday.
fn seasons(rules: &[Rule]) -> Vec<String> {
    let usual = read(rules).usual("2026-05-13".parse().unwrap(), None);
    let opens = |day: &DayHours| match (day.status, day.spans.first()) {
        (Status::Open, Some((opens, _))) => (opens / 60).to_string(),
        (Status::Unknown, _) => "?".to_owned(),
        _ => "-".to_owned(),
    };
    let season = |one: &Usual| {
        let to = one.to.map_or_else(String::new, |to| to.to_string());
        let week = one.week.iter().map(opens).collect::<Vec<_>>().join(" ");
        let nth = one.nth.iter().map(|nth| format!(", {}:{} {}", nth.weekday, nth.nth, opens(&nth.hours)));
        format!("{}..{to}: {week}{}", one.from, nth.collect::<String>())
    };
    usual.iter().map(season).collect()
}

#[test]
fn what_holds_on_some_dates_or_once_a_month_is_no_usual_week() {
    let dates = On::Dates((1..=31).map(|day| format!("2026-05-{day:02}").parse().unwrap()).collect());
    let first = On::NthWeekday { weekday: 3, nth: 1 };
    let last = On::NthWeekday { weekday: 3, nth: -1 };
    let week = [open(days(1..=5), "09:00-17:00"), closed(dates.clone())];
    assert_eq!(seasons(&week), ["2026-05-13..: 9 9 9 9 9 - -"]);
    let rules = [open(days(1..=5), "09:00-17:00"), open(last, "11:00-12:00"), open(first.clone(), "13:00-20:00")];
    assert_eq!(seasons(&rules), ["2026-05-13..: 9 9 9 9 9 - -, 3:1 13, 3:-1 11"]);
    assert_eq!(seasons(&[open(first, "13:00-20:00")]), ["2026-05-13..: - - - - - - -, 3:1 13"]);
    assert_eq!(seasons(&[open(dates, "13:00-20:00")]), ["2026-05-13..: ? ? ? ? ? ? ?"]);
    let classes = [open(workdays(), "08:00-17:00"), closed(On::Classes(vec![DayClass::StatutoryHoliday]))];
    assert_eq!(seasons(&classes), ["2026-05-13..: 8 8 8 8 8 - -"]);
}

#[test]
fn each_season_has_its_first_and_last_day_and_a_closer_rule_of_it_takes_a_day_of_the_month() {
    let summer = season(open(days(1..=5), "07:00-12:00"), Some("2026-06-01"), Some("2026-09-30"));
    let rules = [open(days(1..=5), "09:00-17:00"), open(On::NthWeekday { weekday: 3, nth: 1 }, "13:00-20:00"), summer];
    assert_eq!(
        seasons(&rules),
        [
            "2026-05-13..2026-05-31: 9 9 9 9 9 - -, 3:1 13",
            "2026-06-01..2026-09-30: 7 7 7 7 7 - -",
            "2026-10-01..: 9 9 9 9 9 - -, 3:1 13"
        ]
    );
    let old = season(open(days(1..=5), "09:00-17:00"), Some("2020-01-01"), None);
    assert_eq!(seasons(&[old]), ["2026-05-13..: 9 9 9 9 9 - -"], "what has begun is no season");
}
