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
    assert!(text(row).contains("✓？ 不清楚✗ 没有"), "{row}");
}

#[test]
fn a_service_that_is_suspended_is_compared_as_that_whatever_it_costs() {
    let meals = ServiceHere { price_fen: Some(1_500), ..ServiceHere::of("meals") };
    let off = Change {
        from: "2026-05-13T00:00:00".parse().unwrap(),
        to: "2026-05-15T00:00:00".parse().unwrap(),
        kind: ChangeKind::WithoutService("meals".into()),
        reason: Localised::new("厨房维修", "Repairs"),
    };
    let offers = |id: &str| Listing { services: vec![meals.clone()], ..station(id) };
    let times = station("off").times.with(vec![off]).unwrap();
    let all = vec![offers("on"), Listing { times, ..offers("off") }];
    let html = drawn(all.clone(), |scene, _| {
        let all: Vec<&Listing> = scene.listings().iter().collect();
        super::super::compare::table(scene, &all)
    });
    let row = html.split("<tr>").find(|row| row.contains(">助餐<")).unwrap();
    assert!(text(row).contains("✓ 15 元暂停"), "{row}");
    let words = text(&drawn(all, |scene, _| entry(scene, &scene.listings()[1])));
    assert!(words.contains("暂停：助餐"), "{words}");
}

#[test]
fn after_midnight_what_is_left_of_last_night_has_a_row_of_its_own() {
    let night = rule(On::Weekdays((1..=7).collect()), &[("22:00", "26:00")]);
    let times = Times::read(vec![night], Vec::new()).unwrap();
    let all = || vec![Listing { times: times.clone(), ..real() }, station("other")];
    let week = |now| text(&drawn_at(now, all(), |scene, _| hours::draw(scene, &scene.listings()[0]), Locale::Zh));
    let after = week("2026-05-13T00:01:00");
    assert!(after.contains("昨天夜里到 02:00今天 5月13日 星期三22:00–次日 02:00"), "{after}");
    assert!(!week("2026-05-13T02:00:00").contains("昨天夜里"));
    let compared = |scene: &Scene<'_>, _: &Listing| {
        let all: Vec<&Listing> = scene.listings().iter().collect();
        super::super::compare::table(scene, &all)
    };
    let words = text(&drawn_at("2026-05-13T00:01:00", all(), compared, Locale::Zh));
    assert!(words.contains("昨天夜里的到 02:00；22:00–次日 02:00"), "{words}");
}

#[test]
fn whoever_has_to_ask_first_is_told_so_before_it_opens() {
    let asked =
        Rule { status: Status::ByAppointment, ..rule(On::Weekdays(vec![1, 2, 3, 4, 5]), &[("09:00", "12:00")]) };
    let listing = Listing { times: Times::read(vec![asked], Vec::new()).unwrap(), ..real() };
    let words = text(&drawn_at("2026-05-13T08:00:00", vec![listing], entry, Locale::Zh));
    assert!(words.contains("现在关着，09:00 起可以来，要先预约"), "{words}");
}

#[test]
fn what_may_change_is_said_beside_who_confirmed_it() {
    let classes = rule(On::Classes(vec![shared::calendar::DayClass::Workday]), &[("09:00", "17:30")]);
    let confirmed = Confirmation { on: day("2026-12-20"), by: "示例".into() };
    let listing = Listing {
        times: Times::read(vec![classes], Vec::new()).unwrap(),
        confirmed: BTreeMap::from([(Section::Hours, confirmed)]),
        ..real()
    };
    let said = |now| text(&drawn_at(now, vec![listing.clone()], entry, Locale::Zh));
    let open = said("2026-12-31T10:00:00");
    assert!(open.contains("到 17:30") && open.contains("12月20日核实过") && !open.contains("放假安排"), "{open}");
    let closed = said("2026-12-31T18:00:00");
    assert!(closed.contains("放假安排还没有公布，时间可能会变；12月20日核实过"), "{closed}");
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

#[test]
fn what_does_not_tell_places_apart_is_said_once_for_all_of_them() {
    let one = Listing { access: Access { lift: Fact::Yes, ramp: Fact::Yes, ..Access::default() }, ..station("a") };
    let name = Localised::new("南头社区长者服务站", "Nantou station");
    let other = Listing { name, access: Access { ramp: Fact::No, ..one.access }, ..station("b") };
    let html = drawn(vec![one, other], |scene, _| {
        let all: Vec<&Listing> = scene.listings().iter().collect();
        super::super::compare::table(scene, &all)
    });
    let (table, same) = html.split_once("</table>").unwrap();
    assert!(table.contains(">有坡道<") && !table.contains("有电梯") && !table.contains("文体活动"), "{html}");
    let same = text(same);
    assert!(
        same.contains("都一样的") && same.contains("文体活动：✓ 不收费") && same.contains("有电梯：✓ 是"),
        "{same}"
    );
    assert!(table.contains("data-of=\"海珠\"") && table.contains("data-of=\"南头\""), "short names: {html}");
}
