//! What the pages say of places, without a server.

mod invented;
mod looked_for;
mod near;
mod only_read;
mod walked;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::{Days, NaiveDate};
use leptos::prelude::*;
use server::directory::{Directory, kinds};
use shared::{
    calendar::Calendar,
    directory::{
        Access, Area, Capacity, Confirmation, Dial, Filter, Grade, Listing, Section, ServiceHere, Spot, Times, When,
        access::Fact,
    },
    hours::{Change, ChangeKind, On, Rule, Span, Status},
    locale::Locale,
    localised::Localised,
    places::{Coordinates, Datum, PlaceId},
};

use super::{
    Scene,
    place::{access, changes, facts, hours, way},
};
use crate::{draw::fragment, pages::stations::STATIONS, visit::tests::visit};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn rule(on: On, spans: &[(&str, &str)]) -> Rule {
    let spans = spans.iter().map(|(opens, closes)| Span { opens: (*opens).into(), closes: (*closes).into() }).collect();
    Rule { from: None, to: None, on, status: Status::Open, spans, note: None, service: None }
}

/// Open from nine to half past five with a break on weekdays, invented, confirmed on the first of May.
pub(super) fn station(id: &str) -> Listing {
    let week = rule(On::Weekdays(vec![1, 2, 3, 4, 5]), &[("09:00", "12:00"), ("14:00", "17:30")]);
    let area = |code: &str, name: &str| Some(Area { code: code.into(), name: name.into() });
    let confirmed = Confirmation { on: day("2026-05-01"), by: "示例街道办".into() };
    Listing {
        id: PlaceId::parse(id).unwrap(),
        kind: "elderly_station".into(),
        tier: Some("community_station".into()),
        parent: None,
        name: Localised::new("海珠社区长者服务站", "Haizhu station"),
        address: Localised::new("示例路 1 号", "1 Sample Road"),
        division: "440305".into(),
        street: area("440305007", "粤海街道"),
        community: area("440305007015", "海珠社区"),
        spot: Coordinates::new(22_520_000, 113_930_000, Datum::Gcj02).map(Spot::of),
        phone: Dial::parse("0755-00000001").ok(),
        directions: None,
        demo: true,
        times: Times::read(vec![week], Vec::new()).unwrap(),
        services: vec![ServiceHere::of("meals"), ServiceHere { price_fen: Some(0), ..ServiceHere::of("culture") }],
        access: Access::default(),
        capacity: None,
        grade: None,
        confirmed: BTreeMap::from([Section::Contact, Section::Hours].map(|section| (section, confirmed.clone()))),
        closed: None,
        source: "示例".into(),
        checked: day("2026-05-01"),
    }
}

pub(super) fn at(id: &str, latitude: i32, longitude: i32) -> Listing {
    Listing { spot: Coordinates::new(latitude, longitude, Datum::Gcj02).map(Spot::of), ..station(id) }
}

/// Not invented: it can be called, and maps show it.
pub(super) fn real() -> Listing {
    Listing { demo: false, phone: Dial::parse("0755-26661013").ok(), ..station("real") }
}

fn calendar() -> Calendar {
    let pack = serde_json::from_str(include_str!("../../../shared/packs/cn/calendar.json")).unwrap();
    Calendar::new(pack).unwrap()
}

/// What `draw` draws of the first of these places at an instant.
pub(super) fn drawn_at(
    now: &str,
    listings: Vec<Listing>,
    draw: impl FnOnce(&Scene<'_>, &Listing) -> AnyView,
    locale: Locale,
) -> String {
    let (visit, calendar) = (visit(locale, "/stations", ""), calendar());
    let directory = Arc::new(Directory::of(kinds::kind("elderly_station").unwrap(), listings, &calendar));
    let now = now.parse().unwrap();
    let scene =
        Scene { visit: &visit, pages: &STATIONS, directory, calendar: &calendar, now, bookable: BTreeSet::new() };
    fragment(|| draw(&scene, &scene.listings()[0]))
}

/// On a Wednesday at ten.
pub(super) fn drawn(listings: Vec<Listing>, draw: impl FnOnce(&Scene<'_>, &Listing) -> AnyView) -> String {
    drawn_at("2026-05-13T10:00:00", listings, draw, Locale::Zh)
}

/// In a list of everything.
fn entry(scene: &Scene<'_>, listing: &Listing) -> AnyView {
    super::entry::entry(scene, listing, &Filter::default())
}

pub(super) fn text(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            _ if !inside => text.push(c),
            _ => {}
        }
    }
    text
}

#[test]
fn a_place_in_a_list_says_whether_it_is_open_how_sure_that_is_what_it_offers_and_calls_by_one_press() {
    let html = drawn(vec![real()], entry);
    let words = text(&html);
    for said in ["海珠社区长者服务站", "海珠社区 · 示例路 1 号", "开放中，到 12:00", "5月1日核实过", "助餐、文体活动"]
    {
        assert!(words.contains(said), "{said}: {words}");
    }
    assert!(html.contains(r#"href="tel:075526661013""#) && html.contains(r#"href="/stations/real""#), "{html}");
}

#[test]
fn what_is_invented_cannot_be_called_and_no_map_shows_it() {
    for html in [drawn(vec![station("a")], entry), drawn(vec![station("a")], way::draw)] {
        assert!(!html.contains("tel:") && !html.contains("https://"), "{html}");
    }
    assert!(text(&drawn(vec![station("a")], entry)).contains("演示电话，打不通：0755-00000001"));
    let html = drawn(vec![real()], way::draw);
    assert!(
        html.contains("https://uri.amap.com/") && text(&html).contains("名称、地址和位置告诉它，不告诉它您是谁"),
        "{html}"
    );
}

#[test]
fn hours_that_nobody_confirmed_for_long_say_so() {
    let confirmed = Confirmation { on: day("2026-05-13") - Days::new(120), by: "示例".into() };
    let old = Listing { confirmed: BTreeMap::from([(Section::Hours, confirmed)]), ..real() };
    assert!(text(&drawn(vec![old], entry)).contains("已有 120 天没有人核实，去之前先打电话"));
    let confirmed = Confirmation { on: day("2026-05-13") - Days::new(400), by: "示例".into() };
    let old = Listing { checked: confirmed.on, confirmed: BTreeMap::from([(Section::Hours, confirmed)]), ..real() };
    let html = drawn(vec![old.clone()], entry);
    assert!(text(&html).contains("按旧记录开放中，到 12:00") && !html.contains("state-open"), "{html}");
    let words = text(&drawn(vec![old], |scene, listing| super::place::confirmed::old(scene, listing).into_any()));
    assert!(words.contains("已有 400 天没有人核实过") && words.contains("到2027年4月8日还没有人核实"), "{words}");
    let never = Listing { confirmed: BTreeMap::new(), ..real() };
    assert!(text(&drawn(vec![never], entry)).contains("还没有人核实过"));
    let classes = rule(On::Classes(vec![shared::calendar::DayClass::Workday]), &[("09:00", "17:30")]);
    let times = Times::read(vec![classes], Vec::new()).unwrap();
    let both = text(&drawn_at("2027-05-13T10:00:00", vec![Listing { times, ..real() }], entry, Locale::Zh));
    assert!(both.contains("放假安排还没有公布，时间可能会变；已有 377 天没有人核实"), "{both}");
}

#[test]
fn nobody_is_told_that_a_place_is_closed_where_nobody_knows() {
    let unknown = Listing { times: Times::default(), ..real() };
    let words = text(&drawn(vec![unknown.clone()], entry));
    assert!(words.contains("不清楚开不开，去之前先打电话问") && !words.contains("关着"), "{words}");
    let words = text(&drawn(vec![unknown], hours::draw));
    assert!(words.contains("开放时间还不清楚") && !words.contains("不开"), "{words}");
    let announced = Listing { times: Times::default().announced(Some("日出到日落".into())), ..real() };
    let words = text(&drawn(vec![announced], hours::draw));
    assert!(words.contains("公布的时间：日出到日落") && words.contains("没有录成日历"), "{words}");
}

#[test]
fn the_week_begins_today_and_names_holidays_and_days_made_up() {
    let classes = rule(
        On::Classes(vec![shared::calendar::DayClass::Workday, shared::calendar::DayClass::MakeUpWorkday]),
        &[("09:00", "17:00")],
    );
    let listing = || Listing { times: Times::read(vec![classes.clone()], Vec::new()).unwrap(), ..real() };
    let week = |now| text(&drawn_at(now, vec![listing()], hours::draw, Locale::Zh));
    let spring = week("2026-02-14T08:00:00");
    assert!(spring.contains("今天 2月14日 星期六09:00–17:00春节调休，这天上班"), "{spring}");
    assert!(spring.contains("2月17日 星期二不开春节放假"), "{spring}");
    let next = week("2027-02-05T08:00:00");
    assert!(next.contains("放假安排还没有公布"), "{next}");
    assert!(!spring.contains("放假安排还没有公布"), "{spring}");
}

#[test]
fn a_closure_says_from_when_to_when_and_why_and_is_gone_by_itself() {
    let change = |kind| Change {
        from: "2026-05-12T00:00:00".parse().unwrap(),
        to: "2026-05-15T00:00:00".parse().unwrap(),
        kind,
        reason: Localised::new("空调维修", "Repairs"),
    };
    let listing = |kind| {
        let week = rule(On::Weekdays(vec![1, 2, 3, 4, 5]), &[("09:00", "17:30")]);
        Listing { times: Times::read(vec![week], vec![change(kind)]).unwrap(), ..real() }
    };
    let draw = |scene: &Scene<'_>, listing: &Listing| changes::draw(scene, listing).into_any();
    let words = text(&drawn(vec![listing(ChangeKind::Closed)], draw));
    assert!(words.contains("暂停开放：5月12日 到 5月14日") && words.contains("空调维修"), "{words}");
    let off = listing(ChangeKind::WithoutService("meals".into()));
    assert!(text(&drawn(vec![off], draw)).contains("暂停助餐：5月12日 到 5月14日，其他照常"));
    let closed = text(&drawn(vec![listing(ChangeKind::Closed)], entry));
    assert!(closed.contains("现在关着，5月15日 星期五 09:00 开"), "{closed}");
    let after = drawn_at("2026-05-15T09:30:00", vec![listing(ChangeKind::Closed)], draw, Locale::Zh);
    assert_eq!(text(&after), "");
}

#[test]
fn what_nobody_knows_of_the_way_in_is_neither_yes_nor_no() {
    let known = Access { ramp: Fact::Yes, lift: Fact::No, ..Access::default() };
    let html = drawn(vec![Listing { access: known, ..real() }], access::draw);
    let words = text(&html);
    assert!(
        words.contains("有坡道✓ 是") && words.contains("有电梯✗ 不是") && words.contains("可以停车？ 不清楚"),
        "{words}"
    );
    let words = text(&drawn(vec![real()], access::draw));
    assert!(
        words.contains("还没有人来看过") && !words.contains("没有台阶、坡道和电梯。坐轮椅的，去之前先打电话问。？"),
        "{words}"
    );
}

#[test]
fn the_diagram_is_called_one_and_names_the_same_places_beside_it() {
    let all = vec![at("a", 22_520_000, 113_930_000), at("b", 22_525_000, 113_930_000)];
    let html = drawn(all, |scene, listing| super::picture::around(scene, listing).into_any());
    let words = text(&html);
    assert!(words.contains("示意图") && words.contains("约 550 米，步行约 12 分钟"), "{words}");
    assert_eq!(html.matches("class=\"mark-number\"").count(), html.matches("<li><a ").count(), "{html}");
}

#[test]
fn english_pages_have_no_chinese_but_names() {
    for draw in [entry, hours::draw, access::draw] {
        let words = text(&drawn_at("2026-05-13T10:00:00", vec![real()], draw, Locale::En));
        let words = words.replace("海珠社区", "").replace("粤海街道", "");
        let han = words.chars().find(|c| ('\u{4e00}'..='\u{9fff}').contains(c));
        assert_eq!(han, None, "{words}");
    }
}
