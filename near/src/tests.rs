use std::collections::BTreeMap;

use shared::{
    calendar::DayClasses,
    directory::{
        Access, Area, Confirmation, Dial, Kind, Listing, Section, ServiceHere, ServiceKind, Spot, Times, kind::Ages,
        position::Bounds,
    },
    hours::{On, Rule, Span, Status},
    localised::Localised,
    places::{Coordinates, Datum, PlaceId},
    search::Letters,
};

use super::*;

const BOUNDS: Bounds = Bounds { south: 22_380_000, west: 113_760_000, north: 22_670_000, east: 114_020_000 };
/// A Wednesday at ten, on the civil clock.
const NOW: f64 = 1_778_666_400_000.0;

fn kind() -> Kind {
    let meals = ServiceKind {
        id: "meals".into(),
        name: Localised::new("助餐", "Meals"),
        benefit: None,
        subsidy: None,
        comes_home: false,
    };
    Kind {
        id: "elderly_station".into(),
        name: Localised::new("长者服务站", "elderly station"),
        path: "/stations".into(),
        tiers: Vec::new(),
        services: vec![meals],
        ages: Ages::default(),
        columns: BTreeMap::new(),
    }
}

/// Open on weekdays from nine to five, invented; its point is one of GCJ-02.
fn station(id: &str, name: &str, latitude: i32) -> Listing {
    let rule = Rule {
        from: None,
        to: None,
        on: On::Weekdays(vec![1, 2, 3, 4, 5]),
        status: Status::Open,
        spans: vec![Span { opens: "09:00".into(), closes: "17:00".into() }],
        note: None,
        service: None,
    };
    let confirmed = Confirmation { on: "2026-05-01".parse().unwrap(), by: "示例".into() };
    Listing {
        id: PlaceId::parse(id).unwrap(),
        kind: "elderly_station".into(),
        tier: None,
        parent: None,
        name: Localised::new(name, id),
        address: Localised::new("示例路 1 号", "1 Sample Road"),
        division: "440305".into(),
        street: Some(Area { code: "440305007".into(), name: "粤海街道".into() }),
        community: None,
        spot: Coordinates::new(latitude, 113_917_176, Datum::Gcj02).map(Spot::of),
        phone: Dial::parse("0755-26661013").ok(),
        directions: None,
        demo: false,
        times: Times::read(vec![rule], Vec::new()).unwrap(),
        services: vec![ServiceHere::of("meals")],
        access: Access::default(),
        capacity: None,
        grade: None,
        confirmed: BTreeMap::from([(Section::Hours, confirmed)]),
        closed: None,
        source: "示例".into(),
        checked: "2026-05-01".parse().unwrap(),
    }
}

/// `north` lies about a kilometre from the point below, `south` some four hundred metres, `quiet` has nothing known of it.
fn sent() -> Vec<u8> {
    let quiet = Listing { spot: None, phone: None, times: Times::default(), ..station("quiet", "南山", 0) };
    let all = [station("north", "海珠", 22_550_000), station("south", "海月", 22_537_000), quiet];
    let letters = Letters::try_from("南nan 山shan 月yue 海hai 珠zhu |".to_owned()).unwrap();
    postcard::to_allocvec(&Bundle::of(&kind(), &all, letters, DayClasses::default(), BOUNDS)).unwrap()
}

fn list(language: &str) -> List {
    List::open(&sent(), language, "营业中".into(), vec!["north".into()]).unwrap()
}

fn asked(pairs: &[(&str, &str)]) -> Vec<String> {
    pairs.iter().flat_map(|(name, value)| [(*name).to_owned(), (*value).to_owned()]).collect()
}

fn here(list: &List, pairs: &[(&str, &str)], accuracy: f64) -> Answer {
    list.nearest(asked(pairs), NOW, 22.543_847, 113.912_316, accuracy)
}

fn ids(list: &List, answer: &Answer) -> Vec<String> {
    list.rows(answer, 0, 20).into_iter().map(|row| row.id).collect()
}

#[test]
fn the_nearest_comes_first_with_how_far_it_is_and_whether_it_is_open() {
    let list = list("zh-CN");
    let answer = here(&list, &[], 20.0);
    assert!(answer.sorted() && !answer.far());
    assert_eq!(ids(&list, &answer), ["south", "north", "quiet"]);
    assert_eq!(answer.heading(), "离您近的在前，共 3 个");
    let rows = list.rows(&answer, 0, 2);
    assert_eq!(rows[0].far, "约 400 米，步行约 9 分钟");
    assert_eq!((rows[0].state.as_str(), rows[0].sure.as_str()), ("营业中，到 17:00", "5月1日核实过"));
    assert_eq!((rows[0].tel.as_str(), rows[0].silent.as_str()), ("075526661013", ""));
    assert_eq!(rows[1].sure, "网上预约也按这个时间");
    let last = &list.rows(&answer, 2, 20)[0];
    assert_eq!((last.far.as_str(), last.tel.as_str(), last.silent.as_str()), ("", "", "没有登记电话"));
    assert!(last.state.starts_with("不清楚开不开"));
}

#[test]
fn what_stands_in_the_address_holds_and_what_cannot_be_meant_does_not() {
    let list = list("zh-CN");
    assert_eq!(
        ids(&list, &here(&list, &[("open_at", "now"), ("tier", "palace"), ("page", "2")], 20.0)),
        ["south", "north"]
    );
    let none = here(&list, &[("step_free", "1")], 20.0);
    assert_eq!((none.count(), none.heading().as_str(), none.far()), (0, "没有完全符合的", true));
}

#[test]
fn a_position_that_is_too_vague_sorts_nothing() {
    let answer = here(&list("en"), &[], 20_000.0);
    assert_eq!((answer.sorted(), answer.count()), (false, 0));
    assert!(answer.notes()[0].contains("Choose a street"));
}

#[test]
fn what_is_typed_is_found_as_on_the_server() {
    let list = list("zh-CN");
    let found = list.search(asked(&[("q", "haiyue"), ("service", "meals")]), NOW, 6);
    assert_eq!((ids(&list, &found), found.heading().as_str()), (vec!["south".to_owned()], "找到 1 个"));
    let none = list.search(asked(&[("q", "xyz")]), NOW, 6);
    assert!(none.count() == 0 && none.heading().starts_with("没有找到"));
}

#[test]
fn what_is_no_list_is_none() {
    let mut other = sent();
    other[0] += 1;
    for damaged in [&other[..], &[], &sent()[..40]] {
        assert!(List::open(damaged, "zh-CN", String::new(), Vec::new()).is_none());
    }
}
