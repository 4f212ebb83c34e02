use proptest::prelude::*;

use super::*;
use crate::directory::found::tests::{day, letters, station};
use crate::directory::{Area, Closed, Spot, Times};
use crate::places::{Coordinates, Datum, PlaceId};

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
        let bundle = Bundle::of("elderly_station", &all, letters());
        prop_assert_eq!(bundle.len(), all.len());
        let expected: Vec<_> = all.iter().map(published).collect();
        prop_assert_eq!(bundle.listings().unwrap(), expected);
    }
}

#[test]
fn what_places_have_in_common_is_written_once() {
    let all: Vec<_> = (0..100).map(|n| station(&format!("p{n}"))).collect();
    let bundle = Bundle::of("elderly_station", &all, letters());
    let numbers = [bundle.timetables.len(), bundle.offers.len(), bundle.areas.len(), bundle.confirmations.len()];
    assert_eq!(numbers, [1, 1, 2, 1]);
}

#[test]
fn a_bundle_of_another_format_or_with_a_number_that_leads_nowhere_is_refused() {
    let whole = Bundle::of("elderly_station", &[station("a"), rich()], letters());
    let broken: [fn(&mut Bundle); 7] = [
        |bundle| bundle.format += 1,
        |bundle| bundle.times[0] = 9,
        |bundle| bundle.times[0] = 0,
        |bundle| drop(bundle.phones.pop()),
        |bundle| bundle.latitudes.clear(),
        |bundle| bundle.latitudes[0] = i32::MAX,
        |bundle| bundle.capacities[0].0 = 2,
    ];
    for (n, damage) in broken.iter().enumerate() {
        let mut bundle = whole.clone();
        damage(&mut bundle);
        assert_eq!(bundle.listings(), Err(BadBundle), "{n}");
    }
    assert!(whole.names(&whole.listings().unwrap()).unwrap().ranks("haizhu").iter().all(Option::is_some));
    assert!(Bundle { letters: None, ..whole }.names(&[]).is_err());
}
