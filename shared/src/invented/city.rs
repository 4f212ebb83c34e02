//! An invented city of any size, for measuring: the same seed and size make the same city.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::dice::Dice;
use crate::directory::{Access, Area, Confirmation, Dial, Fact, Kind, Listing, Section, ServiceHere, Spot, Times};
use crate::hours::{On, Rule, Span, Status};
use crate::localised::Localised;
use crate::places::{Coordinates, Datum, PlaceId};

const SIGNS: [&str; 24] = [
    "南", "北", "东", "西", "海", "山", "湾", "园", "龙", "华", "新", "光", "桂", "荔", "莲", "福", "安", "和", "景",
    "康", "泰", "文", "兴", "祥",
];
/// The box of the city, in hundred-thousandths of a degree: some 60 km by 40.
const SOUTH: i32 = 2_245_000;
const WEST: i32 = 11_375_000;
const HEIGHT: u32 = 40_000;
const WIDTH: u32 = 60_000;
/// Communities have so many places.
const OF_A_COMMUNITY: u32 = 10;
const STREETS: u32 = 60;
/// A code of no division.
const DIVISION: &str = "990000";

/// So many places of a kind, in 60 streets of a division that there is not.
///
/// # Panics
/// Where its hours cannot be meant, which a test would find.
pub fn city(kind: &Kind, places: u32, checked: NaiveDate) -> Vec<Listing> {
    let timetables: Vec<Times> = (0..40).map(timetable).collect();
    (0..places).map(|n| place(kind, n, checked, &timetables)).collect()
}

fn place(kind: &Kind, n: u32, checked: NaiveDate, timetables: &[Times]) -> Listing {
    let mut dice = Dice::of(&format!("{} {n}", kind.id));
    let name = |dice: &mut Dice| (0..2 + dice.below(2)).map(|_| SIGNS[dice.below(24) as usize]).collect::<String>();
    let community = n / OF_A_COMMUNITY;
    let street = community % STREETS;
    let street_name = name(&mut Dice::of(&format!("street {street}")));
    let community_name = name(&mut Dice::of(&format!("community {community}")));
    let own = name(&mut dice);
    let confirmed = Confirmation { on: checked, by: "演示数据".to_owned() };
    let tier = kind.tiers.get(dice.below(3) as usize).or(kind.tiers.first()).map(|tier| tier.id.clone());
    let services =
        kind.services.iter().filter(|_| dice.below(2) == 0).map(|service| ServiceHere::of(&service.id)).collect();
    let mut within = |from: i32, size: u32| (from + dice.below(size).cast_signed()) * 10;
    let (latitude, longitude) = (within(SOUTH, HEIGHT), within(WEST, WIDTH));
    let number = 1 + dice.below(300);
    Listing {
        id: PlaceId::parse(&format!("city-{n:05}")).expect("a plain id"),
        kind: kind.id.clone(),
        tier,
        parent: None,
        name: Localised::new(format!("{own}{}（演示）", kind.name.zh), format!("Demo {} {n}", kind.name.en)),
        address: Localised::new(
            format!("{street_name}路 {number} 号（虚构）"),
            format!("{number} Demo Road (invented)"),
        ),
        division: DIVISION.to_owned(),
        street: Some(Area { code: format!("{DIVISION}{street:03}"), name: format!("{street_name}街道") }),
        community: Some(Area {
            code: format!("{DIVISION}{street:03}{:03}", community / STREETS),
            name: format!("{community_name}社区"),
        }),
        spot: Coordinates::new(latitude, longitude, Datum::Gcj02).map(Spot::of),
        phone: Dial::parse(&format!("0755-00{:06}", dice.below(1_000_000))).ok(),
        directions: None,
        demo: true,
        times: timetables[dice.below(40) as usize].clone(),
        services,
        access: Access {
            step_free_entrance: [Fact::Yes, Fact::No, Fact::Unknown][dice.below(3) as usize],
            ..Access::default()
        },
        capacity: None,
        grade: None,
        confirmed: BTreeMap::from(
            [Section::Contact, Section::Location, Section::Hours].map(|one| (one, confirmed.clone())),
        ),
        closed: None,
        source: "演示数据".to_owned(),
        checked,
    }
}

fn timetable(n: u32) -> Times {
    let (opens, closes) = (8 * 60 + n % 5 * 15, 17 * 60 + n / 5 * 15);
    let clock = |minute: u32| format!("{:02}:{:02}", minute / 60, minute % 60);
    let rule = Rule {
        from: None,
        to: None,
        on: On::Weekdays((1..=5 + n % 3).collect()),
        status: Status::Open,
        spans: vec![Span { opens: clock(opens), closes: clock(closes) }],
        note: None,
        service: None,
    };
    Times::read(vec![rule], Vec::new()).expect("hours that can be meant")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::directory::found::tests::stations;

    #[test]
    fn a_city_is_the_same_each_time_and_its_places_differ() {
        let (kind, checked) = (stations(), "2026-05-01".parse().unwrap());
        let places = city(&kind, 2_000, checked);
        assert_eq!(places, city(&kind, 2_000, checked));
        let point = |one: &Listing| one.spot.map(|spot| (spot.coordinates().latitude, spot.coordinates().longitude));
        let points: BTreeSet<_> = places.iter().filter_map(point).collect();
        assert!(points.len() > 1_990);
        let communities: BTreeSet<_> = places.iter().filter_map(|one| one.community.as_ref()).collect();
        assert_eq!(communities.len(), 200);
    }
}
