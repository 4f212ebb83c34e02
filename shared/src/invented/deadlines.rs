//! Cases over three calendar years whose office has so many days, what a clock has to say of each, and what is wrong with what was
//! told of it.

use chrono::{Days, NaiveDate};

use crate::calendar::{Classes, Limit, Unit};
use crate::procedures::{Alert, Clock, Pause};

/// The clock of the `n`th case: begun on some day of 2024 to 2026, with up to sixty days and up to two times in which the office
/// waited for the family, both of which are over.
pub fn clock(n: u64) -> Clock {
    let drawn = |what: u64, below: u64| mixed(n.wrapping_mul(8).wrapping_add(what)) % below;
    let (unit, roll) = match drawn(0, 3) {
        0 => (Unit::Working, false),
        1 => (Unit::Calendar, false),
        _ => (Unit::Calendar, true),
    };
    let days = usize::try_from(drawn(1, 60)).unwrap_or_default();
    let limit = Limit::new(days, unit, roll).expect("sixty days are no more than a limit may have");
    let first = NaiveDate::from_ymd_opt(2024, 1, 1).expect("there was such a day");
    let begun = first + Days::new(drawn(2, 1096));
    let (mut day, mut pauses) = (begun, Vec::new());
    for what in (3..).step_by(2).take(usize::try_from(drawn(7, 3)).unwrap_or_default()) {
        let asked = day + Days::new(drawn(what, 40));
        day = asked + Days::new(drawn(what + 1, 40));
        pauses.push(Pause { asked, came: Some(day) });
    }
    Clock { limit, begun, pauses }
}

/// What a clock says of a case that is asked on each day that it names itself, and anew after whatever is done. Every time in which
/// the office waited for the family is over.
pub fn told(clock: &Clock, calendar: &impl Classes) -> Vec<(NaiveDate, Alert)> {
    let Clock { limit, begun, pauses } = clock;
    let mut turns: Vec<(NaiveDate, Vec<Pause>)> = vec![(*begun, Vec::new())];
    for (place, pause) in pauses.iter().enumerate() {
        let waiting = Pause { came: None, ..*pause };
        turns.push((pause.asked, pauses[..place].iter().copied().chain([waiting]).collect()));
        turns.extend(pause.came.map(|came| (came, pauses[..=place].to_vec())));
    }
    let mut told = Vec::new();
    for (place, (from, known)) in turns.iter().enumerate() {
        // The job has run on the day on which something else is done.
        let until = turns.get(place + 1).map(|(day, _)| *day);
        let clock = Clock { limit: *limit, begun: *begun, pauses: known.clone() };
        let mut next = Some(*from);
        while let Some(today) = next.filter(|day| until.is_none_or(|until| *day <= until)) {
            told.extend(clock.alert(today, calendar).map(|alert| (today, alert)));
            next = clock.next_alert(today, calendar);
        }
    }
    told
}

/// What is wrong with what was `told` of a case; nothing where somebody was warned before its last day, told on it, and not told
/// before it that it is there.
pub fn wrong(clock: &Clock, told: &[(NaiveDate, Alert)], calendar: &impl Classes) -> Option<&'static str> {
    let Some(due) = clock.due(calendar).map(|due| due.date) else { return Some("it has no last day") };
    let is_warning = |(day, alert): &(NaiveDate, Alert)| *day < due && *alert < Alert::Due;
    if !told.contains(&(due, Alert::Due)) {
        Some("its last day passed without a word")
    } else if clock.limit.days() >= 2 && !told.iter().any(is_warning) {
        Some("nobody was warned before its last day")
    } else if told.iter().any(|(day, alert)| *day < due && *alert >= Alert::Due) {
        Some("it counted as late before it was")
    } else {
        None
    }
}

/// A number that looks as if it was drawn at random (`splitmix64`).
fn mixed(n: u64) -> u64 {
    let n = n.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let n = (n ^ (n >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let n = (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    n ^ (n >> 31)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::calendar::Calendar;

    #[test]
    fn cases_of_three_years_are_of_every_kind_and_none_ends_unseen() {
        let calendar =
            Calendar::new(serde_json::from_str(include_str!("../../packs/cn/calendar.json")).unwrap()).unwrap();
        let mut kinds = BTreeSet::new();
        for n in 0..300 {
            let clock = clock(n);
            kinds.insert((clock.limit.days() / 20, clock.pauses.len(), clock.begun.to_string()[..4].to_owned()));
            assert_eq!(wrong(&clock, &told(&clock, &calendar), &calendar), None, "{clock:?}");
        }
        assert_eq!(kinds.len(), 3 * 3 * 3);
    }
}
