use proptest::prelude::*;

use super::*;
use crate::directory::found::tests::{calendar, day, letters, station, stations};
use crate::directory::position::CHINA;
use crate::directory::{Area, Closed, Spot, Times};
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
        times: Times::default().announced(Some("日出到日落".into())),
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
        let sent = postcard::to_allocvec(&bundle).unwrap();
        let expected: Vec<_> = all.iter().map(published).collect();
        let came: Bundle = postcard::from_bytes(&sent).unwrap();
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
    let broken: [fn(&mut Bundle); 7] = [
        |bundle| bundle.format += 1,
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
    let places = whole.open().unwrap();
    assert!(places.names.ranks("haizhu").iter().all(Option::is_some));
    assert_eq!((places.kind.id.as_str(), places.kind.columns.len()), ("elderly_station", 0));
}

#[test]
fn how_a_place_stands_is_the_same_on_a_phone_as_at_home() {
    let open = bundle(&[station("a")]).open().unwrap();
    for at in ["2026-05-13T10:00:00", "2026-02-17T10:00:00", "2027-02-05T10:00:00"] {
        let at = at.parse().unwrap();
        assert_eq!(open.listings[0].now(at, None, &open.days), station("a").now(at, None, &calendar()));
    }
}
