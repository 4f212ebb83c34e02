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
    Bundle::of(&kind(), &all, letters, DayClasses::default(), BOUNDS).bytes()
}

fn list(language: &str) -> List {
    List::open(&sent(), language, "营业中", "north east").unwrap()
}

/// As a page takes it apart.
#[derive(Debug)]
struct Answer {
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Answer {
    fn of(text: &str) -> Self {
        let lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
        let (head, rows) = lines.split_at(7);
        Self { head: head.to_vec(), rows: rows.chunks_exact(12).map(<[String]>::to_vec).collect() }
    }

    fn ids(&self) -> Vec<&str> {
        self.rows.iter().map(|row| row[0].as_str()).collect()
    }
}

fn here(language: &str, asked: &str, accuracy: f64) -> Answer {
    Answer::of(&list(language).nearest(asked, NOW, 22.543_847, 113.912_316, accuracy, 0, 20))
}

fn typed(asked: &str) -> Answer {
    Answer::of(&list("zh-CN").search(asked, NOW, 6))
}

#[test]
fn the_nearest_comes_first_with_how_far_it_is_and_whether_it_is_open() {
    let Answer { head, rows } = here("zh-CN", "", 20.0);
    assert_eq!(head[..4], ["3", "1", "", "离您近的在前，共 3 个"]);
    assert!(head[4].starts_with("位置准到约 50 米") && head[5..] == ["", ""], "{head:?}");
    let [south, north, quiet] = &rows[..] else { panic!("there are three: {rows:?}") };
    assert_eq!(south[..3], ["south", "海月", "约 400 米，步行约 9 分钟"]);
    assert_eq!(south[3..9], ["示例路 1 号", "营业中，到 17:00", "state-open", "5月1日核实过", "", "助餐"]);
    assert_eq!(south[9..], ["075526661013", "0755-26661013", ""]);
    assert_eq!((north[0].as_str(), north[6].as_str()), ("north", "网上预约也按这个时间"));
    assert_eq!((quiet[0].as_str(), quiet[2].as_str()), ("quiet", ""));
    assert_eq!(quiet[9..], ["", "", "没有登记电话"]);
    assert!(quiet[4].starts_with("不清楚开不开"), "{quiet:?}");
}

#[test]
fn more_of_them_go_on_where_those_before_ended() {
    let more = Answer::of(&list("zh-CN").nearest("", NOW, 22.543_847, 113.912_316, 20.0, 1, 1));
    assert_eq!((more.head[0].as_str(), more.ids()), ("3", vec!["north"]));
}

#[test]
fn what_stands_in_the_address_holds_and_what_cannot_be_meant_does_not() {
    assert_eq!(here("zh-CN", "open_at\nnow\ntier\npalace\npage\n2", 20.0).ids(), ["south", "north"]);
    assert_eq!(here("zh-CN", "step_free\n1", 20.0).head[..4], ["0", "1", "1", "没有完全符合的"]);
}

#[test]
fn a_position_that_is_too_vague_sorts_nothing() {
    let vague = here("en", "", 20_000.0);
    assert_eq!((&vague.head[..3], vague.rows.len()), (&["0", "", ""].map(str::to_owned)[..], 0));
    assert!(vague.head[4].contains("Choose a street"));
}

#[test]
fn what_is_typed_is_found_as_on_the_server() {
    let found = typed("q\nhaiyue\nservice\nmeals");
    assert_eq!((found.ids(), found.head[3].as_str()), (vec!["south"], "找到 1 个"));
    let none = typed("q\nxyz");
    assert!(none.rows.is_empty() && none.head[3].starts_with("没有找到"));
}

#[test]
fn what_is_no_list_is_none() {
    let mut other = sent();
    other[0] += 1;
    for damaged in [&other[..], &[], &sent()[..40]] {
        assert!(List::open(damaged, "zh-CN", "", "").is_none());
    }
}
