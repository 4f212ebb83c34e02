//! When a place serves people, in one line: today, and the week.

use chrono::{DateTime, Utc};
use server::appointments::open_hours::OpenHours;
use shared::{
    appointments::opening::{Hours, weekday_name},
    calendar::shanghai,
    locale::Locale,
    say,
};

/// Nothing where nothing is planned; holidays are in the calendar alone.
pub(super) fn line(locale: Locale, hours: &OpenHours) -> Option<String> {
    let week = week(locale, &hours.week)?;
    let comma = locale.say("、", ", ");
    let today: Vec<_> = hours.today.iter().map(|[from, to]| format!("{}–{}", clock(*from), clock(*to))).collect();
    let today = if hours.ended {
        locale.say("今天已经结束", "Closed for today").to_owned()
    } else if today.is_empty() {
        locale.say("今天不办理", "Closed today").to_owned()
    } else {
        say!(locale, "今天 {}", "Today {}", today.join(comma))
    };
    Some(say!(
        locale,
        "{today}。平时{week}，节假日以预约日历为准。",
        "{today}. Usually {week}; on holidays the booking calendar counts."
    ))
}

/// Those of the week alone, as paper can say it.
pub fn usual(locale: Locale, hours: &OpenHours) -> Option<String> {
    let week = week(locale, &hours.week)?;
    Some(say!(locale, "{week}，节假日以预约日历为准", "{week}; on holidays the booking calendar counts"))
}

/// `周一至周五 9:00–12:00、14:00–17:30`, weekdays with the same hours together.
fn week(locale: Locale, hours: &[Hours]) -> Option<String> {
    let mut groups: Vec<(u32, u32, String)> = Vec::new();
    for weekday in 1..=7 {
        let Some(text) = of_day(locale, hours, weekday) else { continue };
        match groups.last_mut().filter(|(_, to, known)| *to + 1 == weekday && *known == text) {
            Some((_, to, _)) => *to = weekday,
            None => groups.push((weekday, weekday, text)),
        }
    }
    let lines = groups.into_iter().map(|(from, to, text)| {
        let (first, last) = (weekday_name(locale, from), weekday_name(locale, to));
        if from == to {
            format!("{first} {text}")
        } else {
            say!(locale, "{first}至{last} {text}", "{first} to {last} {text}")
        }
    });
    let lines: Vec<_> = lines.collect();
    (!lines.is_empty()).then(|| lines.join(locale.say("；", "; ")))
}

fn of_day(locale: Locale, hours: &[Hours], weekday: u32) -> Option<String> {
    let mut spans: Vec<[u32; 2]> = hours
        .iter()
        .filter(|hours| hours.weekdays.contains(&weekday))
        .map(|hours| [hours.starts, hours.ends])
        .collect();
    spans.sort_unstable();
    let spans = spans.into_iter().fold(Vec::<[u32; 2]>::new(), |mut spans, [from, to]| {
        match spans.last_mut().filter(|[_, until]| *until >= from) {
            Some([_, until]) => *until = to.max(*until),
            None => spans.push([from, to]),
        }
        spans
    });
    let minute = |minute: u32| format!("{}:{:02}", minute / 60, minute % 60);
    let text: Vec<_> = spans.iter().map(|[from, to]| format!("{}–{}", minute(*from), minute(*to))).collect();
    (!text.is_empty()).then(|| text.join(locale.say("、", ", ")))
}

/// `9:05`, as a door says it.
fn clock(instant: DateTime<Utc>) -> String {
    shanghai(instant).format("%-H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(weekdays: &[u32], starts: u32, ends: u32) -> Hours {
        Hours { weekdays: weekdays.to_vec(), starts, ends, slot_minutes: 15, capacity: 3 }
    }

    #[test]
    fn weekdays_with_the_same_hours_are_said_together_and_today_first() {
        let week = vec![hours(&[1, 2, 3, 4, 5], 540, 720), hours(&[1, 2, 3, 4, 5], 840, 1050), hours(&[6], 570, 690)];
        let at = |text: &str| format!("2026-05-13T{text}:00+08:00").parse().unwrap();
        let mut open = OpenHours { today: vec![[at("09:00"), at("12:00")]], ended: false, week };
        assert_eq!(
            line(Locale::Zh, &open).unwrap(),
            "今天 9:00–12:00。平时星期一至星期五 9:00–12:00、14:00–17:30；星期六 9:30–11:30，节假日以预约日历为准。"
        );
        open.ended = true;
        assert!(line(Locale::Zh, &open).unwrap().starts_with("今天已经结束。平时"), "whatever was published");
        open.ended = false;
        open.today.clear();
        assert!(
            line(Locale::En, &open).unwrap().starts_with("Closed today. Usually Monday to Friday 9:00–12:00, 14:00")
        );
        assert_eq!(line(Locale::Zh, &OpenHours::default()), None, "nothing is said where nothing is planned");
    }
}
