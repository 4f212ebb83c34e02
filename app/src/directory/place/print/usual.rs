//! The usual week of a place or of a service, season by season, and the days of a month that are unlike the others.

use leptos::prelude::*;
use shared::{
    directory::{Listing, said::month_day::short_date},
    hours::{DayHours, Nth, Status, Usual},
    locale::Locale,
    say,
};

use super::super::{super::Scene, hours};

/// Seasons that a sheet has room for.
const MOST: usize = 4;

pub(super) fn draw(scene: &Scene<'_>, listing: &Listing, service: Option<&str>) -> AnyView {
    let usual = listing.times.hours().usual(scene.now.date(), service);
    usual.iter().take(MOST).map(|season| one(scene, season)).collect_view().into_any()
}

fn one(scene: &Scene<'_>, season: &Usual) -> AnyView {
    let locale = scene.locale();
    let title = when(scene, season).map(|when| view! { <h3>{when}</h3> });
    let is_known = season.week.iter().any(|day| day.status != Status::Unknown) || !season.nth.is_empty();
    if !is_known {
        let text = locale
            .say("没有固定的开放时间，去之前先打电话问。", "There are no fixed hours of the week. Call before you go.");
        return view! { {title} <p>{text}</p> }.into_any();
    }
    // Days of the week that follow each other and are alike stand in one row.
    let days: Vec<_> = season.week.iter().zip(locale.weekdays()).collect();
    let week = days.chunk_by(|(one, _), (other, _)| one == other).map(|alike| {
        let (first, last) = (alike[0].1, alike[alike.len() - 1].1);
        let days = if first == last { first.to_owned() } else { say!(locale, "{first}至{last}", "{first} to {last}") };
        row(locale, days, alike[0].0)
    });
    let nth = season.nth.iter().map(|nth| row(locale, name(locale, nth), &nth.hours));
    view! {
        {title}
        <table class="week"><tbody>{week.chain(nth).collect_view()}</tbody></table>
    }
    .into_any()
}

fn row(locale: Locale, days: String, hours: &DayHours) -> AnyView {
    let note = hours.note.as_ref().map(|note| note.say(locale).to_owned()).filter(|note| !note.is_empty());
    let note = note.map(|note| view! { <span class="week-note">{note}</span> });
    view! { <tr><th scope="row">{days}</th><td>{hours::said(locale, hours)}{note}</td></tr> }.into_any()
}

/// From when to when it holds; nothing of what holds now and for ever.
fn when(scene: &Scene<'_>, season: &Usual) -> Option<String> {
    let (locale, today) = (scene.locale(), scene.now.date());
    let day = |date| short_date(locale, date, today);
    match (season.from > today, season.to) {
        (false, None) => None,
        (false, Some(to)) => Some(say!(locale, "到 {}", "Until {}", day(to))),
        (true, None) => Some(say!(locale, "{} 起", "From {}", day(season.from))),
        (true, Some(to)) => Some(say!(locale, "{} 到 {}", "{} to {}", day(season.from), day(to))),
    }
}

/// `每月第一个星期三`.
fn name(locale: Locale, Nth { weekday, nth, .. }: &Nth) -> String {
    let day = locale.weekdays()[(*weekday as usize).saturating_sub(1)];
    let (zh, en) = match nth {
        1 => ("第一个", "First"),
        2 => ("第二个", "Second"),
        3 => ("第三个", "Third"),
        4 => ("第四个", "Fourth"),
        5 => ("第五个", "Fifth"),
        _ => ("最后一个", "Last"),
    };
    say!(locale, "每月{zh}{day}", "{en} {day} of the month")
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use shared::{
        directory::Times,
        hours::{Change, ChangeKind, On, Rule, Span},
        localised::Localised,
    };

    use super::super::sheet;
    use super::*;
    use crate::directory::tests::{drawn_at, real, text};

    fn open(on: On, opens: &str, closes: &str) -> Rule {
        let spans = vec![Span { opens: opens.into(), closes: closes.into() }];
        Rule { from: None, to: None, on, status: Status::Open, spans, note: None, service: None }
    }

    fn week(opens: &str, closes: &str) -> Rule {
        open(On::Weekdays(vec![1, 2, 3, 4, 5]), opens, closes)
    }

    fn said(now: &str, rules: Vec<Rule>, changes: Vec<Change>) -> String {
        let listing = Listing { times: Times::read(rules, changes).unwrap(), ..real() };
        let draw = |scene: &Scene<'_>, listing: &Listing| sheet(scene, listing, "https://example.org");
        text(&drawn_at(now, vec![listing], draw, Locale::Zh))
    }

    fn change(from: &str, to: &str, kind: ChangeKind) -> Change {
        let at = |text: &str| format!("{text}T00:00:00").parse().unwrap();
        Change { from: at(from), to: at(to), kind, reason: Localised::new("装修", "Repairs") }
    }

    #[test]
    fn the_sheet_has_the_usual_week_whatever_is_otherwise_on_the_first_dates() {
        let all: Vec<NaiveDate> = "2026-05-13".parse::<NaiveDate>().unwrap().iter_days().take(90).collect();
        let dates = Rule { status: Status::Closed, spans: Vec::new(), ..open(On::Dates(all), "09:00", "10:00") };
        let words = said("2026-05-13T10:00:00", vec![week("09:00", "17:00"), dates], Vec::new());
        assert!(words.contains("星期一至星期五09:00–17:00") && words.contains("星期六至星期日不开"), "{words}");
        let first = open(On::NthWeekday { weekday: 3, nth: 1 }, "13:00", "20:00");
        let words = said("2026-06-03T10:00:00", vec![week("09:00", "17:00"), first], Vec::new());
        assert!(
            words.contains("星期一至星期五09:00–17:00") && words.contains("每月第一个星期三13:00–20:00"),
            "{words}"
        );
        let only = On::Dates(vec!["2026-05-14".parse().unwrap()]);
        let words = said("2026-05-13T10:00:00", vec![open(only, "09:00", "12:00")], Vec::new());
        assert!(words.contains("没有固定的开放时间") && !words.contains("09:00"), "{words}");
    }

    #[test]
    fn a_season_is_named_with_its_ends() {
        let day = |text: &str| Some(text.parse().unwrap());
        let summer = Rule { from: day("2026-06-01"), to: day("2026-09-30"), ..week("07:00", "12:00") };
        let words = said("2026-07-01T10:00:00", vec![week("09:00", "17:00"), summer.clone()], Vec::new());
        assert!(words.contains("到 9月30日星期一至星期五07:00–12:00"), "{words}");
        assert!(words.contains("10月1日 起星期一至星期五09:00–17:00"), "{words}");
        let before = said("2026-05-13T10:00:00", vec![week("09:00", "17:00"), summer], Vec::new());
        assert!(before.contains("6月1日 到 9月30日星期一至星期五07:00–12:00"), "{before}");
    }

    #[test]
    fn a_closure_for_longer_than_a_week_is_said_with_its_dates_and_the_usual_week_stays() {
        let long = change("2026-05-01", "2026-09-01", ChangeKind::Closed);
        let words = said("2026-05-13T10:00:00", vec![week("09:00", "17:00")], vec![long]);
        assert!(words.contains("暂停开放：5月1日 到 8月31日") && words.contains("装修"), "{words}");
        assert!(words.contains("星期一至星期五09:00–17:00"), "{words}");
        let short = change("2026-05-13", "2026-05-15", ChangeKind::Closed);
        let words = said("2026-05-13T10:00:00", vec![week("09:00", "17:00")], vec![short]);
        assert!(!words.contains("暂停"), "{words}");
        let off = change("2026-05-01", "2026-09-01", ChangeKind::WithoutService("meals".into()));
        let words = said("2026-05-13T10:00:00", vec![week("09:00", "17:00")], vec![off]);
        assert_eq!(words.matches("助餐").count(), 1, "{words}");
        assert!(words.contains("暂停助餐：5月1日 到 8月31日"), "{words}");
    }
}
