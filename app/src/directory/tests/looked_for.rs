//! What pages say of what somebody looks for.

use super::*;

#[test]
fn a_place_in_a_list_stands_as_the_service_does_that_is_looked_for_and_at_that_time() {
    let meals =
        Rule { service: Some("meals".into()), ..rule(On::Weekdays(vec![1, 2, 3, 4, 5]), &[("11:00", "13:00")]) };
    let week = rule(On::Weekdays(vec![1, 2, 3, 4, 5]), &[("09:00", "17:30")]);
    let listing = || Listing { times: Times::read(vec![week.clone(), meals.clone()], Vec::new()).unwrap(), ..real() };
    let said = |service: Option<&str>, open_at: Option<&str>| {
        let open_at = open_at.map(|at| When::At(at.parse().unwrap()));
        let filter = Filter { service: service.map(str::to_owned), open_at, ..Filter::default() };
        text(&drawn(vec![listing()], |scene, listing| super::super::entry::entry(scene, listing, &filter)))
    };
    assert!(said(None, None).contains("示例路 1 号开放中，到 17:30"));
    assert!(said(Some("meals"), None).contains("助餐：现在关着，11:00 开"), "it is ten o'clock");
    assert!(said(Some("culture"), None).contains("示例路 1 号开放中，到 17:30"), "it keeps the hours of the place");
    let asked = said(Some("meals"), Some("2026-05-14T12:00:00"));
    assert!(asked.contains("助餐，明天 5月14日 星期四 12:00：开放中，到 13:00"), "{asked}");
    let evening = said(None, Some("2026-05-14T17:00:00"));
    assert!(evening.contains("明天 5月14日 星期四 17:00：开放中，到 17:30"), "{evening}");
}

#[test]
fn beds_and_grades_that_nobody_confirmed_for_long_say_so_where_they_stand() {
    let confirmed = |days: u64| Confirmation { on: day("2026-05-13") - Days::new(days), by: "示例".into() };
    let listing = |days| Listing {
        capacity: Some(Capacity { beds: Some(20), nursing_beds: None, places: None, as_of: day("2026-01-01") }),
        grade: Some(Grade {
            grade: Localised::new("五星级", "Five stars"),
            issuer: Localised::new("市民政局", "The bureau"),
            on: day("2025-01-01"),
        }),
        confirmed: BTreeMap::from([(Section::Capacity, confirmed(days)), (Section::Grade, confirmed(days))]),
        ..real()
    };
    let said = |days| text(&drawn(vec![listing(days)], |scene, listing| facts::draw(scene, listing).into_any()));
    assert!(!said(89).contains("没有人核实"));
    let old = said(90);
    assert!(old.contains("床位已有 90 天没有人核实") && old.contains("等级已有 90 天没有人核实"), "{old}");
}

#[test]
fn a_place_at_the_same_point_is_not_the_middle_of_the_diagram() {
    let all = vec![at("a", 22_520_000, 113_930_000), at("b", 22_520_000, 113_930_000)];
    let words = text(&drawn(all, |scene, listing| super::super::picture::around(scene, listing).into_any()));
    assert!(words.matches("站 就是这里").count() == 1 && words.matches("站 同一处").count() == 1, "{words}");
}

#[test]
fn streets_count_what_fits_and_name_those_where_nothing_does() {
    let other = Some(Area { code: "440305002".into(), name: "南头街道".into() });
    let name = Localised::new("南头长者服务站", "Nantou station");
    let all = vec![station("a"), station("b"), Listing { street: other, name, ..station("c") }];
    let with = |service: &str| Filter { service: Some(service.into()), ..Filter::default() };
    let said = |filter: Filter| {
        let html = drawn(all.clone(), |scene, _| super::super::streets::choose(scene, &filter).into_any());
        (text(&html), html.matches("<a ").count())
    };
    let (words, links) = said(Filter::default());
    assert!(words.contains("粤海街道 2 个") && words.contains("南头街道 1 个") && links == 2, "{words}");
    let (words, links) = said(with("respite"));
    assert!(words.contains("粤海街道 没有") && words.contains("南头街道 没有") && links == 0, "{words}");
    let (words, links) = said(Filter { q: "南头".into(), ..Filter::default() });
    assert!(words.contains("粤海街道 没有") && words.contains("南头街道 1 个") && links == 1, "{words}");
}

#[test]
fn what_nobody_has_said_is_not_compared_as_missing() {
    let silent = Listing { services: Vec::new(), ..station("silent") };
    let bathing = Listing { services: vec![ServiceHere::of("bathing")], ..station("bathing") };
    let html = drawn(vec![real(), silent, bathing], |scene, _| {
        let all: Vec<&Listing> = scene.listings().iter().collect();
        super::super::compare::table(scene, &all)
    });
    let row = html.split("<tr>").find(|row| row.contains(">助餐<")).unwrap();
    assert!(text(row).contains("✓不清楚✗ 没有"), "{row}");
}

#[test]
fn an_empty_list_names_what_gives_something() {
    let filter = Filter { service: Some("bathing".into()), step_free: true, ..Filter::default() };
    let ramp = Listing { access: Access { ramp: Fact::Yes, ..Access::default() }, ..station("ramp") };
    let home = Listing { services: vec![ServiceHere::of("meal_delivery")], ..station("home") };
    let html = drawn(vec![ramp, home], |scene, _| super::super::empty::empty(scene, &filter));
    let words = text(&html);
    assert!(words.contains("去掉一个条件就有") && html.contains(r#"href="/stations?step_free=1""#), "{html}");
    assert!(html.contains(r#"href="/stations?service=meal_delivery""#) && html.contains("tel:12345"), "{html}");
}
