use chrono::{NaiveDateTime, TimeDelta};
use proptest::prelude::*;

use super::*;
use crate::calendar::DayClass;
use crate::directory::found::tests::{calendar, day, letters, station, stations};
use crate::directory::position::CHINA;
use crate::directory::{Area, Closed, Listing, Spot, Times};
use crate::hours::{Change, ChangeKind, On, Rule, Span, State, Status};
use crate::localised::Localised;
use crate::places::{Coordinates, Datum};

fn sent(listings: &[Listing]) -> Vec<u8> {
    write(&stations(), listings, &letters(), &DayClasses::of(&calendar()), CHINA)
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
    let change = |(n, kind)| {
        // Other hours are of whole days.
        let end = if matches!(kind, ChangeKind::Hours(_)) { "2026-05-22T00:00:00" } else { "2026-05-21T23:59:59" };
        Change {
            from: instant("2026-05-20T00:00:00") + TimeDelta::days(n * 3),
            to: instant(end) + TimeDelta::days(n * 3),
            kind,
            reason: Localised::new("维修", "Repairs"),
        }
    };
    (0_i64..).zip(kinds).map(change).collect()
}

fn instant(text: &str) -> NaiveDateTime {
    text.parse().unwrap()
}

fn rich() -> Listing {
    Listing {
        tier: None,
        street: None,
        community: Some(Area { code: "440305001001".into(), name: "南头城社区".into() }),
        closed: Some(Closed { on: day("2026-06-20"), reason: Localised::new("搬走了", "It moved away.") }),
        times: Times::read(rules(), changes()).unwrap(),
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
            let price_fen = [Some(0), None, Some(1_250)][n % 3];
            let bathing = ServiceHere { price_fen, ..ServiceHere::of("bathing") };
            let services = if n % 2 == 0 { vec![bathing] } else { Vec::new() };
            Listing { spot, services, phone: if n % 3 == 0 { None } else { station("a").phone }, ..station(&format!("p{n}")) }
        };
        let all: Vec<_> = points.iter().enumerate().map(place).collect();
        let sent = sent(&all);
        let came = Places::read(&sent).unwrap();
        prop_assert_eq!(came.len(), all.len());
        for (n, listing) in all.iter().enumerate() {
            prop_assert_eq!(came.get(n), Some(listing.sight()));
            prop_assert_eq!(came.point(n), listing.spot.map(Spot::published));
        }
    }
}

#[test]
fn what_places_have_in_common_is_written_once() {
    let all: Vec<_> = (0..100).map(|n| station(&format!("p{n}"))).collect();
    let sent = sent(&all);
    let Places { timetables, offers, areas, .. } = Places::read(&sent).unwrap();
    assert_eq!([timetables.len(), offers.len(), areas.len()], [1, 1, 2]);
}

#[test]
fn a_bundle_of_another_format_or_a_damaged_one_is_refused() {
    let sent = sent(&[station("a"), rich()]);
    let other = [&[sent[0] + 1], &sent[1..]].concat();
    for damaged in [&other[..], &[], &sent[..sent.len() - 1], &[&sent[..], &[0]].concat()] {
        assert!(Places::read(damaged).is_err(), "{} bytes of {}", damaged.len(), sent.len());
    }
    // Wherever it is damaged it is refused or read: nothing panics, and nobody waits.
    for at in 0..sent.len() {
        let mut damaged = sent.clone();
        damaged[at] ^= 0xff;
        if let Ok(places) = Places::read(&damaged) {
            assert!(places.all().count() <= places.len() && places.names().ranks("haizhu").len() <= 2);
        }
    }
    assert!(Places::read(&sent).unwrap().names().ranks("haizhu").iter().all(Option::is_some));
}

#[test]
fn how_a_place_stands_is_the_same_on_a_phone_as_at_home() {
    for listing in [station("a"), rich()] {
        let sent = sent(std::slice::from_ref(&listing));
        let places = Places::read(&sent).unwrap();
        let place = places.get(0).unwrap();
        let mut states = Vec::new();
        for hour in 0..24 * 60 {
            let at = instant("2026-05-01T00:30:00") + TimeDelta::hours(hour);
            for service in [None, Some("meals")] {
                let (here, home) = (place.now(at, service, &places.days), listing.now(at, service, &calendar()));
                let [here, home] =
                    [here, home].map(|now| (now.state, now.until, now.next, now.untimed, now.provisional));
                assert_eq!(here, home, "{at} {service:?}");
                states.push(here.0);
            }
        }
        assert!([State::Open, State::Closed].iter().all(|state| states.contains(state)));
        let ahead = [instant("2026-02-17T10:00:00"), instant("2027-02-05T10:00:00")];
        for at in ahead {
            let (here, home) = (place.now(at, None, &places.days), listing.now(at, None, &calendar()));
            assert_eq!((here.state, here.provisional), (home.state, home.provisional), "{at}");
        }
    }
}
