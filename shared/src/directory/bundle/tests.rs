use proptest::prelude::*;

use super::*;
use crate::calendar::DayClass;
use crate::directory::found::tests::{calendar, day, letters, station, stations};
use crate::directory::position::CHINA;
use crate::directory::{Area, Closed, Spot, Times};
use crate::hours::{ChangeKind, Rule};
use crate::places::{Coordinates, Datum, PlaceId};

fn bundle(listings: &[Listing]) -> Bundle {
    Bundle::of(&stations(), listings, letters(), DayClasses::of(&calendar()), CHINA)
}

/// As it is published.
fn published(listing: &Listing) -> Listing {
    let point = listing.spot.map(|spot| {
        let point = spot.published().0;
        #[expect(clippy::cast_possible_truncation, reason = "degrees of the earth")]
        let millionths = |degrees: f64| (degrees * 1e6).round() as i32;
        Spot::of(Coordinates::new(millionths(point.latitude), millionths(point.longitude), Datum::Gcj02).unwrap())
    });
    Listing { spot: point, ..listing.clone() }
}

/// One of each.
fn rules() -> Vec<Rule> {
    let rule = |on, status, spans: &[(&str, &str)]| Rule {
        from: None,
        to: Some(day("2027-12-31")),
        on,
        status,
        spans: spans.iter().map(|(opens, closes)| Span { opens: (*opens).into(), closes: (*closes).into() }).collect(),
        note: Some(Localised::new("凭证", "Bring your card.")),
        service: None,
    };
    vec![
        rule(On::Weekdays(vec![1, 7]), Status::Open, &[("14:00", "17:30"), ("09:00", "12:00")]),
        rule(On::NthWeekday { weekday: 3, nth: -1 }, Status::ByAppointment, &[("22:00", "26:00")]),
        rule(On::Classes(vec![DayClass::StatutoryHoliday, DayClass::RestOfHoliday]), Status::Closed, &[]),
        rule(On::Dates(vec![day("2026-02-16"), day("1969-07-20")]), Status::Unknown, &[]),
        Rule { service: Some("meals".into()), ..rule(On::Weekdays(vec![2]), Status::Open, &[("11:00", "13:00")]) },
    ]
}

fn changes() -> Vec<Change> {
    let spans = vec![Span { opens: "10:00".into(), closes: "11:00".into() }];
    let kinds =
        [ChangeKind::Closed, ChangeKind::Hours(spans), ChangeKind::Message, ChangeKind::WithoutService("meals".into())];
    let change = |kind| Change {
        from: "2026-05-20T00:00:00".parse().unwrap(),
        to: "2026-05-21T23:59:59".parse().unwrap(),
        kind,
        reason: Localised::new("维修", "Repairs"),
    };
    kinds.map(change).into()
}

fn rich() -> Listing {
    let closed = Closed { on: day("2026-06-01"), reason: Localised::new("搬走了", "It moved away.") };
    let grade = Grade {
        grade: Localised::new("三星级", "Three stars"),
        issuer: Localised::new("示例", "Sample"),
        on: day("2026-01-01"),
    };
    Listing {
        tier: None,
        parent: PlaceId::parse("centre").ok(),
        street: None,
        community: Some(Area { code: "440305001001".into(), name: "南头城社区".into() }),
        directions: Some(Localised::new("地铁口", "By the metro")),
        capacity: Some(Capacity { beds: Some(3), nursing_beds: None, places: Some(20), as_of: day("2026-05-01") }),
        grade: Some(grade),
        closed: Some(closed),
        times: Times::read(rules(), changes()).unwrap().announced(Some("日出到日落".into())),
        services: vec![ServiceHere {
            price_fen: Some(1_200),
            who: Localised::new("老人", "Elders"),
            ..ServiceHere::of("meals")
        }],
        ..station("rich")
    }
}

proptest! {
    #[test]
    fn places_come_out_as_they_are_published(
        points in prop::collection::vec(prop::option::of((22_400_000..22_700_000_i32, 113_700_000..114_100_000_i32, 0..4_usize)), 0..30),
    ) {
        let place = |(n, point): (usize, &Option<(i32, i32, usize)>)| {
            let spot = point.and_then(|(north, east, datum)| Coordinates::new(north, east, Datum::ALL[datum])).map(Spot::of);
            Listing { spot, phone: if n % 3 == 0 { None } else { station("a").phone }, ..station(&format!("p{n}")) }
        };
        let mut all: Vec<_> = points.iter().enumerate().map(place).collect();
        all.push(rich());
        let bundle = bundle(&all);
        prop_assert_eq!(bundle.len(), all.len());
        let expected: Vec<_> = all.iter().map(published).collect();
        let came = Bundle::read(&bundle.bytes()).unwrap();
        prop_assert_eq!(came.open().unwrap().listings, expected);
    }
}

#[test]
fn what_places_have_in_common_is_written_once() {
    let all: Vec<_> = (0..100).map(|n| station(&format!("p{n}"))).collect();
    let Columns { timetables, offers, areas, confirmations, .. } = bundle(&all).columns;
    let numbers = [timetables.len(), offers.len(), areas.len(), confirmations.len()];
    assert_eq!(numbers, [1, 1, 2, 1]);
}

#[test]
fn a_bundle_of_another_format_or_with_a_number_that_leads_nowhere_is_refused() {
    let whole = bundle(&[station("a"), rich()]);
    let broken: [fn(&mut Bundle); 6] = [
        |bundle| bundle.columns.times[0] = 9,
        |bundle| bundle.columns.times[0] = 0,
        |bundle| drop(bundle.columns.phones.pop()),
        |bundle| bundle.columns.latitudes.clear(),
        |bundle| bundle.columns.latitudes[0] = i32::MAX,
        |bundle| bundle.columns.capacities[0].0 = 2,
    ];
    for (n, damage) in broken.iter().enumerate() {
        let mut bundle = whole.clone();
        damage(&mut bundle);
        assert_eq!(bundle.open().err(), Some(BadBundle), "{n}");
    }
    let sent = whole.bytes();
    let other = [&[sent[0] + 1], &sent[1..]].concat();
    for damaged in [&other[..], &[], &sent[..sent.len() - 1], &[&sent[..], &[0]].concat()] {
        assert!(Bundle::read(damaged).is_err(), "{} bytes of {}", damaged.len(), sent.len());
    }
    let places = whole.open().unwrap();
    assert!(places.names.ranks("haizhu").iter().all(Option::is_some));
    assert_eq!((places.kind.id.as_str(), places.kind.columns.len()), ("elderly_station", 0));
}

#[test]
fn how_a_place_stands_is_the_same_on_a_phone_as_at_home() {
    let open = Bundle::read(&bundle(&[station("a")]).bytes()).unwrap().open().unwrap();
    for at in ["2026-05-13T10:00:00", "2026-02-17T10:00:00", "2027-02-05T10:00:00"] {
        let at = at.parse().unwrap();
        assert_eq!(open.listings[0].now(at, None, &open.days), station("a").now(at, None, &calendar()));
    }
}
