//! What whoever goes through a list and chooses from it is told.

use super::{super::place::print, *};

#[test]
fn at_night_the_ones_that_open_first_are_named_and_offered() {
    let week =
        |opens| Times::read(vec![rule(On::Weekdays((1..=7).collect()), &[(opens, "17:30")])], Vec::new()).unwrap();
    let late = |id: &str| Listing { times: week("10:00"), ..station(id) };
    let early = |id: &str| Listing { times: week("08:00"), ..station(id) };
    let filter = Filter { open_at: Some(When::Now), ..Filter::default() };
    let said = |now: &str, all: Vec<Listing>| {
        drawn_at(now, all, |scene, _| super::super::empty::empty(scene, &filter), Locale::Zh)
    };
    let all = vec![late("late"), early("a"), early("b"), early("c"), early("d")];
    let html = said("2026-05-13T22:00:00", all.clone());
    let words = text(&html);
    assert!(words.contains("现在都关着，明天 5月14日 星期四 08:00 最先开的有："), "{words}");
    assert!(html.contains(r#"href="/stations/a""#) && !html.contains(r#"href="/stations/late""#), "{html}");
    assert!(words.contains("那时候开着的一共 4 个"), "{words}");
    assert!(html.contains("open_at=2026-05-14T08"), "{html}");
    let words = text(&said("2026-05-13T06:00:00", all));
    assert!(words.contains("现在都关着，今天 08:00 最先开的有："), "{words}");
    let unknown = Listing { times: Times::read(Vec::new(), Vec::new()).unwrap(), ..station("unknown") };
    assert!(!text(&said("2026-05-13T22:00:00", vec![unknown])).contains("最先开"), "nobody knows when");
}

#[test]
fn each_thing_that_is_compared_names_its_place_for_those_who_see_one_under_the_other() {
    let other = Listing { name: Localised::new("南头长者服务站", "Nantou station"), ..station("b") };
    let html = drawn(vec![station("a"), other], |scene, _| {
        let all: Vec<&Listing> = scene.listings().iter().collect();
        super::super::compare::table(scene, &all)
    });
    for name in ["海珠社区", "南头"] {
        let cells = html.matches(&format!("<td data-of=\"{name}\"")).count();
        assert_eq!(cells, html.matches("<th scope=\"row\"").count(), "{name}: {html}");
    }
}

#[test]
fn times_that_are_compared_may_stand_one_under_the_other_and_read_as_one_line() {
    let week = rule(On::Weekdays(vec![3]), &[("08:00", "11:30"), ("14:30", "17:00")]);
    let other = Listing { times: Times::read(vec![week], Vec::new()).unwrap(), ..station("b") };
    let html = drawn(vec![station("a"), other], |scene, _| {
        let all: Vec<&Listing> = scene.listings().iter().collect();
        super::super::compare::table(scene, &all)
    });
    assert!(text(&html).contains("09:00–12:00，14:00–17:30"), "{html}");
    assert_eq!(html.matches("<span class=\"compare-comma\">，</span>").count(), 2, "{html}");
}

/// In English, of the first of two that offer different things.
fn in_english(draw: impl FnOnce(&Scene<'_>, &Listing) -> AnyView) -> String {
    let other = Listing { services: vec![ServiceHere::of("bathing")], ..station("b") };
    drawn_at("2026-05-13T10:00:00", vec![station("a"), other], draw, Locale::En)
}

#[test]
fn in_english_a_line_begins_with_a_capital_and_what_is_named_within_it_does_not() {
    let compared = in_english(|scene, _| {
        let all: Vec<&Listing> = scene.listings().iter().collect();
        super::super::compare::table(scene, &all)
    });
    for words in [">Meals<", ">Bathing<", ">Culture and sport<", "✓ free of charge"] {
        assert!(compared.contains(words), "{words}: {compared}");
    }
    // Its style gives the line of a list its capital, since a phone writes such lines too.
    assert!(text(&in_english(entry)).contains("meals, culture and sport"));
    let sheet = in_english(|scene, listing| print::sheet(scene, listing, "https://example.org"));
    let sheet = text(&sheet);
    assert!(sheet.contains("Meals, culture and sport (free of charge)"), "{sheet}");
    let day_care = kinds::kind("elderly_station").unwrap().service("day_care").unwrap();
    assert_eq!(hours::title_of(Locale::En, day_care), "Day care: hours");
    assert_eq!(hours::title_of(Locale::Zh, day_care), "日间照料的时间");
}
