//! The directory's part of a demo region: stations on the real names of streets and communities, with invented addresses,
//! points, hours, and numbers that nobody has. On the same day the same data make the same stations, always.

mod again;
mod station;

pub(super) use again::renew;

use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;
use serde::Deserialize;
use shared::directory::{Confirmation, Grade, Listing, Section, ServiceHere};
use shared::places::PlaceId;
use sqlx::AnyConnection;

use super::{english, kinds, store};
use crate::error::Error;
use crate::places;
use crate::region::{self, Damaged, Founding};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Described {
    source: String,
    streets: Vec<Street>,
    /// Places of other domains that are listed too.
    listed: Vec<Listed>,
}

/// A street with where it lies, roughly, in millionths of a degree of GCJ-02.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Street {
    code: String,
    zh: String,
    latitude: i32,
    longitude: i32,
    /// Whether it has a centre.
    centre: bool,
    stations: usize,
    points: usize,
    /// The first of them have the stations, those after them the points.
    communities: Vec<Community>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Community {
    code: String,
    zh: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    place: PlaceId,
    services: Vec<String>,
    /// Only where it is known who gave it and when.
    #[serde(default)]
    grade: Option<Grade>,
}

pub(super) fn load<'c>(
    connection: &'c mut AnyConnection,
    founding: Founding<'c>,
    section: &'c serde_json::Value,
) -> BoxFuture<'c, Result<(), Error>> {
    Box::pin(async move {
        let described: Described = region::section(section)?;
        let made = DateTime::<Utc>::UNIX_EPOCH;
        for station in stations(founding, &described)? {
            store::put(connection, &station, made).await?;
        }
        store::bump(connection, station::KIND).await?;
        for listed in &described.listed {
            let listing = of_another_domain(connection, listed).await?;
            store::put(connection, &listing, made).await?;
            store::bump(connection, &listing.kind).await?;
        }
        Ok(())
    })
}

/// The stations of a region's data, each after what it belongs to.
fn stations(founding: Founding<'_>, described: &Described) -> Result<Vec<Listing>, Damaged> {
    let (mut centres, mut below) = (Vec::new(), Vec::new());
    for street in &described.streets {
        let seen = station::Seen { founding, street, source: &described.source };
        let centre = street.centre.then(|| seen.centre()).transpose()?;
        let parent = centre.as_ref().map(|centre| centre.id.clone());
        let (with_stations, rest) = street
            .communities
            .split_at_checked(street.stations)
            .ok_or_else(|| Damaged(format!("{} has fewer communities than stations", street.zh)))?;
        let first = with_stations.first().map(station::Seen::station_id).transpose()?;
        let stations = with_stations.iter().map(|community| seen.station(community, parent.clone()));
        let points = rest.iter().take(street.points).map(|community| seen.point(community, first.clone()));
        below.extend(stations.chain(points).collect::<Result<Vec<_>, _>>()?);
        centres.extend(centre);
    }
    centres.extend(below);
    Ok(centres)
}

/// What a street or a community is called in English: the names are real.
fn in_english(code: &str) -> Result<&'static str, Damaged> {
    english::area(code).ok_or_else(|| Damaged(format!("{code} has no English name")))
}

/// What another domain's place shows in the directory.
async fn of_another_domain(connection: &mut AnyConnection, listed: &Listed) -> Result<Listing, Error> {
    let place = places::one(connection, &listed.place).await?;
    let place = place.ok_or_else(|| Damaged(format!("there is no place {}", listed.place)))?;
    let kind = kinds::kind(&place.kind).ok_or_else(|| Damaged(format!("there is no kind {}", place.kind)))?;
    if let Some(strange) = listed.services.iter().find(|id| kind.service(id).is_none()) {
        return Err(Damaged(format!("{} has no service {strange}", kind.id)).into());
    }
    let confirmation = Confirmation { on: place.checked, by: place.source.clone() };
    // Of a real one somebody has read its address and phone, which nobody at the office has confirmed, and not what is offered.
    let invented = [Section::Contact, Section::Location, Section::Services].into_iter().filter(|_| place.demo);
    let sections = invented.chain(listed.grade.is_some().then_some(Section::Grade));
    Ok(Listing {
        services: listed.services.iter().map(ServiceHere::of).collect(),
        grade: listed.grade.clone(),
        confirmed: sections.map(|section| (section, confirmation.clone())).collect(),
        ..store::of_place(place)
    })
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use chrono::NaiveDate;
    use serde_json::Value;
    use shared::directory::Freshness;

    use super::*;

    fn file() -> Value {
        serde_json::from_str(include_str!("../../regions/440305.json")).unwrap()
    }

    fn described() -> Described {
        region::section(&file()["sections"]["directory"]).unwrap()
    }

    fn founded(today: &str) -> Vec<Listing> {
        stations(Founding { code: "440305", today: today.parse().unwrap() }, &described()).unwrap()
    }

    fn nanshan() -> Vec<Listing> {
        founded("2026-05-13")
    }

    #[test]
    fn nanshan_has_as_many_stations_as_its_plan_names_and_always_the_same() {
        let all = nanshan();
        let mut counts = BTreeMap::new();
        for station in &all {
            *counts.entry(station.tier.as_deref().unwrap()).or_insert(0) += 1;
        }
        assert_eq!(
            counts.into_iter().collect::<Vec<_>>(),
            [("community_station", 28), ("point", 23), ("street_centre", 6)]
        );
        assert_eq!(all, nanshan());
        let ids: BTreeSet<_> = all.iter().map(|one| &one.id).collect();
        assert_eq!(ids.len(), 57);
    }

    #[test]
    fn nobody_is_served_a_meal_behind_a_closed_door_and_unknown_hours_are_confirmed_by_nobody() {
        let pack = serde_json::from_str(include_str!("../../../shared/packs/cn/calendar.json")).unwrap();
        let calendar = shared::calendar::Calendar::new(pack).unwrap();
        let from: NaiveDate = "2026-09-28".parse().unwrap();
        for station in nanshan() {
            for day in from.iter_days().take(14).filter(|_| station.times.has_own("meals")) {
                let [open, meals] = [None, Some("meals")].map(|of| station.times.day(day, of, &calendar).spans);
                let is_within =
                    |(from, to): &(u32, u32)| open.iter().any(|(opens, closes)| opens <= from && to <= closes);
                assert!(meals.iter().all(is_within), "{} {day}: {open:?} {meals:?}", station.id);
            }
            let is_unknown = station.times.rules().iter().all(|rule| rule.status == shared::hours::Status::Unknown);
            assert!(!is_unknown || !station.confirmed.contains_key(&Section::Hours), "{}", station.id);
        }
    }

    #[test]
    fn where_each_is_from_and_who_confirmed_it_is_known_in_english() {
        for station in nanshan() {
            let by = station.confirmed.values().map(|one| one.by.as_str());
            assert!(by.chain([station.source.as_str()]).all(|source| english::source(source).is_some()), "{station:?}");
        }
    }

    #[test]
    fn no_station_has_as_many_beds_as_a_home_for_the_elderly() {
        let beds: Vec<_> = nanshan().iter().filter_map(|one| one.capacity?.beds).collect();
        assert!(beds.len() == 6 && beds.iter().all(|beds| (1..10).contains(beds)), "{beds:?}");
    }

    #[test]
    fn each_is_marked_as_invented_and_nobody_can_be_sent_or_put_through() {
        for station in nanshan() {
            assert!(
                station.demo && station.name.zh.contains("演示") && station.address.zh.contains("虚构"),
                "{station:?}"
            );
            assert!(station.phone.is_some() && station.tel().is_none());
            assert!(shared::directory::map_link::Map::ALL.iter().all(|map| map.link(&station).is_none()));
        }
    }

    #[test]
    fn a_demonstration_is_as_fresh_on_whatever_day_it_is_made_and_nothing_but_days_differs() {
        let undated =
            |one: Listing| Listing { capacity: None, confirmed: BTreeMap::new(), checked: NaiveDate::default(), ..one };
        let kind = kinds::kind(station::KIND).unwrap();
        let ages = |today: &str| {
            let day = today.parse().unwrap();
            founded(today).iter().map(|one| one.freshness(kind, day)).collect::<Vec<_>>()
        };
        let first = ages("2026-05-13");
        for today in ["2026-11-29", "2027-06-01", "2031-01-01"] {
            assert_eq!(ages(today), first);
            let [one, other] =
                ["2026-05-13", today].map(|day| founded(day).into_iter().map(undated).collect::<Vec<_>>());
            assert_eq!(one, other);
        }
        let fresh = first.iter().filter(|freshness| **freshness == Freshness::Fresh).count();
        assert!(fresh > 40 && first.iter().any(|one| one.is_last()) && first.iter().all(|one| !one.is_hidden()));
    }

    #[test]
    fn a_grade_is_said_with_its_issuer_and_of_no_real_registry_without_a_source() {
        let file = file();
        let places = file["sections"]["places"].as_array().unwrap();
        let is_real = |id: &str| places.iter().any(|place| place["id"] == id && place["demo"] == false);
        let listed = described().listed;
        assert!(listed.iter().any(|one| one.grade.is_some()));
        for Listed { place, grade, .. } in listed {
            let Some(grade) = grade else { continue };
            assert!(!is_real(place.as_str()), "nobody has read who graded {place}, and when");
            assert!(grade.grade.zh.contains("演示") && grade.issuer.zh.contains("虚构"), "{grade:?}");
            assert!(grade.grade.en.contains("Demo") && grade.issuer.en.contains("invented"), "{grade:?}");
        }
    }

    #[test]
    fn each_belongs_to_one_that_comes_before_it() {
        let mut seen = BTreeSet::new();
        for station in nanshan() {
            assert!(station.parent.as_ref().is_none_or(|parent| seen.contains(parent)), "{}", station.id);
            seen.insert(station.id);
        }
    }
}
