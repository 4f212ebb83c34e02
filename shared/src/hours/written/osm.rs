//! Hours as OpenStreetMap writes them, where they are simple: `Mo-Fr 09:00-12:00,14:00-17:30; PH off`. No seasons, no sun, no open
//! ends. A later rule holds in place of an earlier one on its days.

use super::super::{On, Rule, Span, Status};
use super::HOLIDAYS;
use super::clock::{clock, later};

const WEEKDAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
const OFF: [&str; 2] = ["off", "closed"];

/// The rules; none where any part is not understood.
pub(super) fn read(text: &str) -> Option<Vec<Rule>> {
    let mut rules: Vec<Rule> = Vec::new();
    for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        for rule in parts(part)? {
            for earlier in &mut rules {
                replace(earlier, &rule);
            }
            rules.retain(|rule| rule.on != On::Weekdays(Vec::new()));
            rules.push(rule);
        }
    }
    (!rules.is_empty()).then_some(rules)
}

/// Of weekdays, of holidays, or of both.
fn parts(part: &str) -> Option<Vec<Rule>> {
    let (days, holidays, times) = if part == "24/7" {
        ((1..=7).collect(), false, "00:00-24:00")
    } else {
        let (days, times) = part.split_once(' ')?;
        let (days, holidays) = selected(days)?;
        (days, holidays, times.trim())
    };
    let (status, spans) = if OFF.contains(&times) {
        (Status::Closed, Vec::new())
    } else {
        (Status::Open, times.split(',').map(|span| self::span(span.trim())).collect::<Option<_>>()?)
    };
    let rule = |on| Rule { from: None, to: None, on, status, spans: spans.clone(), note: None, service: None };
    let weekdays = (!days.is_empty()).then(|| rule(On::Weekdays(days)));
    let classes = holidays.then(|| rule(On::Classes(HOLIDAYS.to_vec())));
    Some(weekdays.into_iter().chain(classes).collect())
}

/// `Mo-Fr,Su`, `Fr-Mo`, `PH`: the weekdays, and whether public holidays are among them.
fn selected(text: &str) -> Option<(Vec<u32>, bool)> {
    let weekday = |name: &str| (1..).zip(WEEKDAYS).find(|(_, known)| *known == name).map(|(number, _)| number);
    let (mut days, mut holidays) = (Vec::new(), false);
    for one in text.split(',') {
        if one == "PH" {
            holidays = true;
            continue;
        }
        let (first, last) = one.split_once('-').unwrap_or((one, one));
        let (first, last): (u32, u32) = (weekday(first)?, weekday(last)?);
        let last = if last < first { last + 7 } else { last };
        days.extend((first..=last).map(|day| (day - 1) % 7 + 1));
    }
    days.sort_unstable();
    days.dedup();
    Some((days, holidays))
}

fn span(text: &str) -> Option<Span> {
    let (opens, closes) = text.split_once('-')?;
    let (opens, closes) = (clock(opens, None)?, clock(closes, None)?);
    let closes = if closes < opens { later(&closes, 24)? } else { closes };
    Some(Span { opens, closes })
}

/// Takes the days of a later rule out of an earlier one.
fn replace(earlier: &mut Rule, later: &Rule) {
    if let (On::Weekdays(before), On::Weekdays(after)) = (&mut earlier.on, &later.on) {
        before.retain(|day| !after.contains(day));
    }
}

#[cfg(test)]
mod tests {
    use crate::hours::written;

    #[test]
    fn what_maps_announce_is_read_where_it_is_simple() {
        for (text, same) in [
            (
                "Mo-Fr 09:00-12:00,14:00-17:30; PH off",
                "周一、周二、周三、周四、周五 09:00-12:00,14:00-17:30；节假日休息",
            ),
            ("24/7", "每天 00:00-24:00"),
            ("Mo,We 9:00-12:00, 14:00-17:00", "周一、周三 09:00-12:00,14:00-17:00"),
            ("Fr-Mo 22:00-02:00", "周一、周五、周六、周日 22:00-26:00"),
            ("Mo-Su,PH 10:00-20:00", "每天 10:00-20:00；节假日 10:00-20:00"),
            ("Mo-Fr 09:00-17:00; We off", "周一、周二、周四、周五 09:00-17:00；周三休息"),
            ("Sa 22:00-26:00", "周六 22:00-26:00"),
        ] {
            let rules = written::read(text, |_| None).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(written::write(&rules, |_| None).as_deref(), Some(same), "{text}");
        }
        for text in [
            "Mo-Fr sunrise-sunset",
            "Mo-Fr 10:00+",
            "Jan-Mar Mo 09:00-12:00",
            "Mo 12:00-12:00",
            "SH off",
            "Mo",
            "Xx 9:00-12:00",
        ] {
            assert_eq!(written::read(text, |_| None), None, "{text}");
        }
    }
}
