use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::*;
use crate::calendar::Calendar;
use crate::directory::access::{Access, Fact};
use crate::directory::kind::{Ages, ServiceKind, Shape, Tier};
use crate::directory::listing::{Area, Closed};
use crate::directory::section::{Confirmation, Section, ServiceHere};
use crate::directory::{Dial, Spot, Times, When};
use crate::geo::Degrees;
use crate::hours::{On, Rule, Span, Status};
use crate::localised::Localised;
use crate::places::{Coordinates, Datum, PlaceId};
use crate::search::Letters;

/// A kind with three tiers.
pub(crate) fn stations() -> Kind {
    let tier = |id: &str, zh: &str, shape| Tier { id: id.into(), name: Localised::new(zh, id), shape };
    let service = |id: &str, zh: &str| ServiceKind {
        id: id.into(),
        name: Localised::new(zh, id),
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
        tiers: vec![
            tier("street_centre", "街道长者服务中心", Shape::Diamond),
            tier("community_station", "社区长者服务站", Shape::Circle),
            tier("point", "小区长者服务点", Shape::Triangle),
        ],
        services: vec![service("meals", "助餐"), service("bathing", "助浴")],
        ages: Ages::default(),
        columns: BTreeMap::new(),
    }
}

/// Open on weekdays from nine to five, invented, in 粤海.
pub(crate) fn station(id: &str) -> Listing {
    let rule = Rule {
        from: None,
        to: None,
        on: On::Weekdays(vec![1, 2, 3, 4, 5]),
        status: Status::Open,
        spans: vec![Span { opens: "09:00".into(), closes: "17:00".into() }],
        note: None,
        service: None,
    };
    let area = |code: &str, name: &str| Some(Area { code: code.into(), name: name.into() });
    Listing {
        id: PlaceId::parse(id).unwrap(),
        kind: "elderly_station".into(),
        tier: Some("community_station".into()),
        parent: None,
        name: Localised::new(format!("海珠社区长者服务站 {id}"), format!("Haizhu station {id}")),
        address: Localised::new("示例路 1 号", "1 Sample Road"),
        division: "440305".into(),
        street: area("440305007", "粤海街道"),
        community: area("440305007015", "海珠社区"),
        spot: Coordinates::new(22_520_000, 113_930_000, Datum::Gcj02).map(Spot::of),
        phone: Dial::parse("0755-00000001").ok(),
        directions: None,
        demo: true,
        times: Times::read(vec![rule], Vec::new()).unwrap(),
        services: vec![ServiceHere::of("meals")],
        access: Access::default(),
        capacity: None,
        grade: None,
        confirmed: BTreeMap::from([(Section::Contact, Confirmation { on: day("2026-05-01"), by: "示例".into() })]),
        closed: None,
        source: "示例".into(),
        checked: day("2026-05-01"),
    }
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Of a few letters.
pub(crate) fn letters() -> Letters {
    Letters::try_from("区qu 海hai 珠zhu 社she 路lu |".to_owned()).unwrap()
}

fn names(listings: &[Listing]) -> Names {
    Names::of(letters(), listings.iter().map(Listing::sight))
}

pub(crate) fn calendar() -> Calendar {
    let pack = serde_json::from_str(include_str!("../../../packs/cn/calendar.json")).unwrap();
    Calendar::new(pack).unwrap()
}

/// A Wednesday at ten.
fn now() -> NaiveDateTime {
    "2026-05-13T10:00:00".parse().unwrap()
}

fn looked(listings: &[Listing], filter: &Filter, near: Option<Wgs84>, most: usize) -> Looked {
    let sought = Sought { kind: &stations(), filter, kept: "", now: now(), most };
    find(listings, &names(listings), sought, near, &calendar())
}

fn found(listings: &[Listing], filter: &Filter, near: Option<Wgs84>) -> Vec<String> {
    let found = looked(listings, filter, near, usize::MAX).first;
    found.iter().map(|found| listings[found.index].id.to_string()).collect()
}

fn at(id: &str, latitude: i32) -> Listing {
    let spot = Coordinates::new(latitude, 113_930_000, Datum::Wgs84).map(Spot::of);
    Listing { spot, ..station(id) }
}

#[test]
fn the_nearest_comes_first_however_far_it_is_and_what_has_no_point_comes_after() {
    let far_away = Some(Wgs84(Degrees::new(39.9, 116.4)));
    let nowhere = Listing { spot: None, ..station("nowhere") };
    let all = [nowhere, at("south", 22_500_000), at("north", 22_600_000)];
    assert_eq!(found(&all, &Filter::default(), far_away), ["north", "south", "nowhere"]);
    let close_by = Some(Wgs84(Degrees::new(22.49, 113.93)));
    assert_eq!(found(&all, &Filter::default(), close_by), ["south", "north", "nowhere"]);
}

#[test]
fn the_nearest_of_what_goes_by_the_words_comes_first_and_a_guess_after_it() {
    let named = |id: &str, name: &str, latitude| Listing { name: Localised::new(name, id), ..at(id, latitude) };
    let all = [named("whole", "海珠", 22_600_000), named("part", "小海珠区", 22_510_000)];
    let haizhu = Filter { q: "海珠".into(), ..Filter::default() };
    assert_eq!(found(&all, &haizhu, None), ["whole", "part"]);
    let close_by = Some(Wgs84(Degrees::new(22.49, 113.93)));
    assert_eq!(found(&all, &haizhu, close_by), ["part", "whole"]);
}

#[test]
fn on_a_map_all_is_as_far_as_on_the_ground_but_for_half_a_hundredth() {
    let here = Wgs84(Degrees::new(22.53, 113.91));
    for n in 0..40 {
        let spot = at("p", 22_460_000 + n * 7_000).spot.unwrap();
        let (ground, map) = (here.metres_to(spot.ground()), here.to_gcj02().metres_to(spot.published()));
        assert!((ground - map).abs() <= 0.005 * ground + 1.0, "{n}: {ground} m and {map} m");
    }
}

#[test]
fn without_a_place_to_be_near_to_the_large_ones_come_first_then_street_by_street() {
    let tier = |id: &str, tier: &str, street: &str| Listing {
        tier: Some(tier.into()),
        street: Some(Area { code: street.into(), name: "街道".into() }),
        ..station(id)
    };
    let all = [
        tier("d", "point", "440305001"),
        tier("c", "community_station", "440305007"),
        tier("b", "community_station", "440305002"),
        tier("a", "street_centre", "440305007"),
    ];
    assert_eq!(found(&all, &Filter::default(), None), ["a", "b", "c", "d"]);
}

#[test]
fn what_nobody_confirmed_for_a_year_comes_last_though_it_is_near_and_after_two_years_not_at_all() {
    let confirmed = |id: &str, days: u64| {
        let on = now().date() - Days::new(days);
        let one = Confirmation { on, by: "示例".into() };
        Listing { confirmed: BTreeMap::from([(Section::Hours, one)]), checked: on, ..at(id, 22_500_000) }
    };
    let all = [confirmed("old", 400), confirmed("gone", 800), confirmed("marked", 100), at("far", 22_600_000)];
    let near = Some(Wgs84(Degrees::new(22.5, 113.93)));
    assert_eq!(found(&all, &Filter::default(), near), ["marked", "far", "old"]);
}

#[test]
fn where_times_are_given_out_a_place_is_never_hidden_and_comes_last() {
    let confirmed = |id: &str, days: u64| {
        let on = now().date() - Days::new(days);
        let one = Confirmation { on, by: "示例".into() };
        Listing { confirmed: BTreeMap::from([(Section::Hours, one)]), checked: on, ..station(id) }
    };
    let all = [confirmed("gone", 800), confirmed("booked", 900), confirmed("fresh", 1)];
    let (kind, filter) = (stations(), Filter::default());
    let sought = |kept| Sought { kind: &kind, filter: &filter, kept, now: now(), most: usize::MAX };
    let ids = |kept| {
        let found = find(&all, &names(&all), sought(kept), None, &calendar()).first;
        found.iter().map(|one| (all[one.index].id.to_string(), one.freshness)).collect::<Vec<_>>()
    };
    let (fresh, booked) = (("fresh".to_owned(), Freshness::Fresh), ("booked".to_owned(), Freshness::Old { days: 900 }));
    assert_eq!(ids("other booked"), [fresh.clone(), booked]);
    assert_eq!(ids("other"), [fresh]);
}

#[test]
fn a_place_that_was_listed_anew_but_never_confirmed_again_is_as_old_as_its_confirmations() {
    let on = now().date() - Days::new(800);
    let one = Confirmation { on, by: "示例".into() };
    let old = Listing { confirmed: BTreeMap::from([(Section::Hours, one)]), checked: now().date(), ..station("old") };
    assert_eq!(found(&[old], &Filter::default(), None), [""; 0]);
    let never = Listing { confirmed: BTreeMap::new(), checked: now().date(), ..station("never") };
    assert_eq!(found(&[never], &Filter::default(), None), ["never"]);
}

#[test]
fn what_nobody_has_said_to_be_offered_comes_after_all_that_is_and_is_counted() {
    let free = ServiceHere { price_fen: Some(0), ..ServiceHere::of("bathing") };
    let all = [
        Listing { services: Vec::new(), ..at("silent", 22_500_000) },
        Listing { services: vec![free], ..at("free", 22_600_000) },
        at("meals", 22_500_000),
    ];
    let near = Some(Wgs84(Degrees::new(22.5, 113.93)));
    let bathing = Filter { service: Some("bathing".into()), ..Filter::default() };
    for filter in [
        bathing.clone(),
        Filter { free_of_charge: true, ..Filter::default() },
        Filter { most_yuan: Some(5), ..bathing.clone() },
    ] {
        assert_eq!(found(&all, &filter, near), ["free", "silent"], "{filter:?}");
        assert_eq!((looked(&all, &filter, near, 1).count, looked(&all, &filter, near, 1).unsure), (2, 1));
    }
    let mut kind = stations();
    kind.services[1].unlisted_is_unknown = true;
    let sought = Sought { kind: &kind, filter: &bathing, kept: "", now: now(), most: usize::MAX };
    let unlisted = find(&all, &names(&all), sought, None, &calendar());
    assert_eq!((unlisted.count, unlisted.unsure), (3, 2), "who lists something else may have it too");
}

#[test]
fn what_is_closed_for_good_is_not_found_from_that_day_on() {
    let closed = |on: &str| Some(Closed { on: day(on), reason: Localised::new("搬走了", "It moved away.") });
    let all = [
        Listing { closed: closed("2026-05-13"), ..station("closed") },
        Listing { closed: closed("2026-05-14"), ..station("tomorrow") },
    ];
    assert_eq!(found(&all, &Filter::default(), None), ["tomorrow"]);
    let state = all[0].now(now(), None, &calendar());
    assert_eq!((state.state, state.next), (crate::hours::State::Closed, None));
}

#[test]
fn each_part_of_a_filter_takes_only_what_is_known_to_fit() {
    let unknown = Listing { times: Times::default(), ..station("unknown") };
    let free = ServiceHere { price_fen: Some(0), ..ServiceHere::of("bathing") };
    let paid = ServiceHere { price_fen: Some(100), ..ServiceHere::of("bathing") };
    let all = [
        unknown,
        Listing { services: vec![free], ..station("free") },
        Listing { services: vec![paid], ..station("paid") },
        Listing { access: Access { ramp: Fact::Yes, ..Access::default() }, ..station("ramp") },
        Listing { community: None, street: None, ..station("nowhere") },
    ];
    let fits = |filter: &Filter| found(&all, filter, None);
    let some = |text: &str| Some(text.to_owned());
    let nothing = Filter::default;
    assert_eq!(fits(&Filter { service: some("bathing"), ..nothing() }), ["free", "paid"]);
    assert_eq!(fits(&Filter { free_of_charge: true, ..nothing() }), ["free"]);
    assert_eq!(fits(&Filter { service: some("meals"), free_of_charge: true, ..nothing() }), [""; 0]);
    assert_eq!(fits(&Filter { most_yuan: Some(1), ..nothing() }), ["free", "paid"]);
    let dear = ServiceHere { price_fen: Some(101), ..ServiceHere::of("bathing") };
    let dear = [Listing { services: vec![dear, ServiceHere::of("meals")], ..station("dear") }];
    assert_eq!(
        found(&dear, &Filter { most_yuan: Some(1), ..nothing() }, None),
        [""; 0],
        "nobody has said what meals cost"
    );
    assert_eq!(found(&dear, &Filter { most_yuan: Some(2), ..nothing() }, None), ["dear"]);
    assert_eq!(found(&dear, &Filter { service: some("meals"), most_yuan: Some(2), ..nothing() }, None), [""; 0]);
    assert_eq!(fits(&Filter { step_free: true, ..nothing() }), ["ramp"]);
    assert!(!fits(&Filter { open_at: Some(When::Now), ..nothing() }).contains(&"unknown".to_owned()));
    let sunday = Some(When::At("2026-05-17T10:00:00".parse().unwrap()));
    assert_eq!(fits(&Filter { open_at: sunday, ..nothing() }), [""; 0]);
    assert!(!fits(&Filter { street: some("440305007"), ..nothing() }).contains(&"nowhere".to_owned()));
    assert_eq!(fits(&Filter { community: some("440305007016"), ..nothing() }), [""; 0]);
}

#[test]
fn a_name_goes_before_a_community_and_that_before_an_address() {
    let all = [
        Listing {
            name: Localised::new("甲", "A"),
            address: Localised::new("海珠路", "x"),
            community: None,
            ..station("by-address")
        },
        Listing { name: Localised::new("甲", "A"), ..station("by-community") },
        station("by-name"),
        Listing { name: Localised::new("甲", "A"), community: None, ..station("not") },
    ];
    let filter = Filter { q: "海珠".into(), ..Filter::default() };
    assert_eq!(found(&all, &filter, None), ["by-name", "by-community", "by-address"]);
    let pinyin = Filter { q: "haizhu".into(), ..Filter::default() };
    assert_eq!(found(&all, &pinyin, None), ["by-name", "by-community", "by-address"]);
    assert_eq!(found(&all, &Filter { q: "！".into(), ..Filter::default() }, None), [""; 0]);
}

proptest! {
    #[test]
    fn every_place_is_found_once_and_no_farther_one_before_a_nearer(
        latitudes in prop::collection::vec(22_400_000..22_700_000_i32, 0..40),
        from in 22.3..22.8_f64,
    ) {
        let all: Vec<_> = latitudes.iter().enumerate().map(|(n, latitude)| at(&format!("p{n}"), *latitude)).collect();
        let near = Some(Wgs84(Degrees::new(from, 113.9)));
        let Looked { first: found, count, nearest, .. } = looked(&all, &Filter::default(), near, usize::MAX);
        let mut indices: Vec<_> = found.iter().map(|found| found.index).collect();
        indices.sort_unstable();
        prop_assert_eq!(indices, (0..all.len()).collect::<Vec<_>>());
        prop_assert!(found.is_sorted_by(|one, other| one.metres <= other.metres));
        // Who is shown only some of them is shown the first, and told the same of all.
        for most in [0, 1, 7, 50] {
            let some = looked(&all, &Filter::default(), near, most);
            prop_assert_eq!(&some.first, &found[..most.min(found.len())]);
            prop_assert_eq!((some.count, some.nearest), (count, nearest));
        }
        prop_assert_eq!((count, nearest), (all.len(), found.first().and_then(Found::metres)));
    }
}
