use std::{collections::BTreeMap, slice::Iter};

use shared::{
    calendar::DayClasses,
    directory::{
        Access, Area, Confirmation, Dial, Kind, Listing, Section, ServiceHere, ServiceKind, Spot, Times, bundle,
        kind::Ages, position::Bounds,
    },
    hours::{On, Rule, Span, Status},
    localised::Localised,
    places::{Coordinates, Datum, PlaceId},
    search::Letters,
};

use super::*;
use shared::directory::said::{Bit, words};

const BOUNDS: Bounds = Bounds { south: 22_380_000, west: 113_760_000, north: 22_670_000, east: 114_020_000 };
/// A Wednesday at ten, on the civil clock.
const NOW: u32 = 1_778_666_400;

fn kind() -> Kind {
    let meals = ServiceKind {
        id: "meals".into(),
        name: Localised::new("助餐", "Meals"),
        benefit: None,
        subsidy: None,
        comes_home: false,
        free_of_charge: false,
        unlisted_is_unknown: false,
        note: None,
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
    bundle::write(&kind(), &all, &letters, &DayClasses::default(), BOUNDS)
}

fn list(language: Locale) -> &'static List {
    List::open(sent().leak(), language).unwrap()
}

/// As a page takes it apart.
#[derive(Debug)]
struct Taken {
    count: u32,
    is_sorted: bool,
    is_far: bool,
    heading: String,
    notes: Vec<String>,
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    id: String,
    name: String,
    far: String,
    place: String,
    of: String,
    state: String,
    class: String,
    sure: String,
    is_weak: bool,
    services: String,
    dial: String,
    silent: String,
}

fn number(bits: &mut Iter<'_, Bit<'_>>) -> u32 {
    match bits.next() {
        Some(Bit::Number(number)) => *number,
        other => panic!("no number: {other:?}"),
    }
}

impl Taken {
    fn of(said: &Said<'_>, locale: Locale) -> Self {
        let bits = &mut said.bits().iter();
        let next = |bits: &mut Iter<'_, Bit<'_>>| words(bits, locale);
        let (count, is_sorted, is_far) = (number(bits), number(bits) == 1, number(bits) == 1);
        let heading = next(bits);
        let notes = (0..number(bits)).map(|_| next(bits)).collect();
        let rows = (0..number(bits))
            .map(|_| Row {
                id: next(bits),
                name: next(bits),
                far: next(bits),
                place: next(bits),
                of: next(bits),
                state: next(bits),
                class: next(bits),
                sure: next(bits),
                is_weak: number(bits) == 1,
                services: next(bits),
                dial: next(bits),
                silent: next(bits),
            })
            .collect();
        assert_eq!(bits.next(), None);
        Self { count, is_sorted, is_far, heading, notes, rows }
    }

    fn ids(&self) -> Vec<&str> {
        self.rows.iter().map(|row| row.id.as_str()).collect()
    }
}

fn fix(accuracy: f64) -> Fix {
    Fix { point: Wgs84(Degrees::new(22.543_847, 113.912_316)), accuracy }
}

fn here(locale: Locale, asked: &str, accuracy: f64) -> Taken {
    Taken::of(&list(locale).nearest(asked, civil(NOW), fix(accuracy), 0, 20), locale)
}

fn typed(asked: &str) -> Taken {
    Taken::of(&list(Locale::Zh).search(asked, civil(NOW), 6), Locale::Zh)
}

#[test]
fn the_nearest_comes_first_with_how_far_it_is_and_whether_it_is_open() {
    let Taken { count, is_sorted, is_far, heading, notes, rows } = here(Locale::Zh, "booked\nnorth east", 20.0);
    assert_eq!((count, is_sorted, is_far, heading.as_str()), (3, true, false, "离您近的在前，共 3 个"));
    assert!(notes.len() == 1 && notes[0].starts_with("位置准到约 50 米"), "{notes:?}");
    let [south, north, quiet] = &rows[..] else { panic!("there are three: {rows:?}") };
    assert_eq!([&south.id, &south.name, &south.far], ["south", "海月", "约 400 米，步行约 9 分钟"]);
    // The kind's word for what is open stands on the page.
    assert_eq!([&south.place, &south.state, &south.class], ["示例路 1 号", "，到 17:00", "state-open"]);
    assert_eq!((south.sure.as_str(), south.is_weak, south.services.as_str()), ("5月1日核实过", false, "助餐"));
    assert_eq!(south.of, "");
    assert_eq!([&south.dial, &south.silent], ["0755-26661013", ""]);
    assert_eq!([&north.id, &north.sure], ["north", "预约的时间也在这里面；网上随时可以约"]);
    assert_eq!([&quiet.id, &quiet.far, &quiet.dial, &quiet.silent], ["quiet", "", "", "没有登记电话"]);
    assert!(quiet.state.starts_with("不清楚开不开") && quiet.sure.is_empty(), "{quiet:?}");
}

#[test]
fn where_times_are_given_out_a_place_is_shown_however_long_nobody_has_confirmed_it() {
    let years_on = civil(NOW + 800 * 86_400);
    let said =
        |asked: &'static str| Taken::of(&list(Locale::Zh).nearest(asked, years_on, fix(20.0), 0, 20), Locale::Zh);
    assert_eq!(said("").count, 0);
    let kept = said("booked\nnorth\nkept\nnorth south");
    assert_eq!(kept.ids(), ["south", "north"]);
    assert!(kept.rows[1].is_weak && kept.rows[1].sure.contains("天没有人核实"), "{kept:?}");
}

#[test]
fn more_of_them_go_on_where_those_before_ended() {
    let list = list(Locale::Zh);
    let more = Taken::of(&list.nearest("", civil(NOW), fix(20.0), 1, 1), Locale::Zh);
    assert_eq!((more.count, more.ids()), (3, vec!["north"]));
}

#[test]
fn what_stands_in_the_address_holds_and_what_cannot_be_meant_does_not() {
    let some = here(Locale::Zh, "open_at\nnow\ntier\npalace\npage\n2", 20.0);
    assert_eq!(some.ids(), ["south", "north"]);
    let none = here(Locale::Zh, "step_free\n1", 20.0);
    assert_eq!((none.count, none.is_sorted, none.is_far, none.heading.as_str()), (0, true, true, "没有完全符合的"));
}

#[test]
fn what_it_costs_counts_as_on_the_server_and_the_state_is_of_the_time_that_is_asked_for() {
    let priced = |id, price_fen| {
        let meals = ServiceHere { price_fen, ..ServiceHere::of("meals") };
        Listing { services: vec![meals], ..station(id, "海珠", 22_537_000) }
    };
    let all = [priced("cheap", Some(1_200)), priced("dear", Some(1_201)), priced("silent", None)];
    let letters = Letters::try_from("海hai 珠zhu |".to_owned()).unwrap();
    let sent = bundle::write(&kind(), &all, &letters, &DayClasses::default(), BOUNDS);
    let list = List::open(sent.leak(), Locale::Zh).unwrap();
    let asked = "most\n12\nopen_at\n2026-05-14T16:00";
    let found = Taken::of(&list.nearest(asked, civil(NOW), fix(20.0), 0, 20), Locale::Zh);
    assert_eq!(found.ids(), ["cheap"]);
    assert_eq!([&found.rows[0].of, &found.rows[0].state], ["明天 5月14日 星期四 16:00：", "，到 17:00"]);
}

#[test]
fn a_position_that_is_too_vague_sorts_nothing() {
    let vague = here(Locale::En, "", 20_000.0);
    assert_eq!((vague.count, vague.is_sorted, vague.rows.len()), (0, false, 0));
    assert!(vague.notes[0].contains("Choose from the list"), "{vague:?}");
}

#[test]
fn what_is_typed_is_found_as_on_the_server() {
    let found = typed("q\nhaiyue\nservice\nmeals");
    assert_eq!((found.ids(), found.heading.as_str()), (vec!["south"], "找到 1 个"));
    let none = typed("q\nxyz");
    assert!(none.rows.is_empty() && none.heading.starts_with("没有找到"));
    assert!(typed("q\nhaiyur").heading.contains("没有叫“haiyur”的"));
}

#[test]
fn words_that_the_server_refuses_find_nothing_and_are_refused_alike() {
    let refused = typed(&format!("q\n{}\nservice\nmeals", "a".repeat(61)));
    assert_eq!((refused.count, refused.rows.len()), (0, 0));
    assert_eq!(refused.heading, "要找的最多 60 个字符，请删去多余的内容。");
    assert!(typed(&format!("q\n{}", "a".repeat(60))).heading.starts_with("没有找到"));
    assert!(typed("q\na\u{1}b").heading.contains("控制字符"));
}

#[test]
fn a_place_of_which_nobody_knows_what_it_offers_comes_last_and_says_so() {
    let silent = Listing { services: Vec::new(), ..station("silent", "海月", 22_537_000) };
    let all = [silent, station("meals", "海珠", 22_550_000)];
    let letters = Letters::try_from("月yue 海hai 珠zhu |".to_owned()).unwrap();
    let sent = bundle::write(&kind(), &all, &letters, &DayClasses::default(), BOUNDS);
    let list = List::open(sent.leak(), Locale::Zh).unwrap();
    let found = Taken::of(&list.nearest("service\nmeals", civil(NOW), fix(20.0), 0, 20), Locale::Zh);
    assert_eq!(
        (found.ids(), found.rows[1].services.as_str()),
        (vec!["meals", "silent"], "有没有这项服务不清楚，先打电话问")
    );
    assert!(found.notes[0].starts_with("1 个还不清楚有没有要找的"), "{:?}", found.notes);
    let typed = Taken::of(&list.search("q\nhai\nservice\nmeals", civil(NOW), 6), Locale::Zh);
    assert_eq!((typed.heading.as_str(), typed.notes.len(), typed.ids()), ("找到 2 个", 1, vec!["meals", "silent"]));
}

#[test]
fn what_is_no_list_is_none() {
    let mut other = sent();
    other[0] += 1;
    for damaged in [other, Vec::new(), sent()[..40].to_vec()] {
        assert!(List::open(damaged.leak(), Locale::Zh).is_none());
    }
}
