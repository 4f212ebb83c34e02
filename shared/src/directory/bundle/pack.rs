//! From places to columns.

use super::{Closing, Columns, Line, Timetable};
use crate::directory::{Area, Listing, Spot, Times};
use crate::hours::Rule;

pub(super) fn pack(listings: &[Listing]) -> Columns {
    let ids = listings.iter().map(|listing| listing.id.to_string()).collect();
    let mut columns = Columns { ids, ..Columns::default() };
    let mut last = (0, 0);
    for (place, listing) in (0_u32..).zip(listings) {
        columns.add(place, listing, &mut last);
    }
    columns
}

impl Columns {
    fn add(&mut self, place: u32, listing: &Listing, last: &mut (i32, i32)) {
        self.tiers.push(number(&mut self.texts, listing.tier.clone()));
        self.parents.push(number(&mut self.texts, listing.parent.as_ref().map(ToString::to_string)));
        self.names_zh.push(listing.name.zh.clone());
        self.names_en.push(listing.name.en.clone());
        self.addresses_zh.push(listing.address.zh.clone());
        self.addresses_en.push(listing.address.en.clone());
        self.divisions.push(number(&mut self.texts, Some(listing.division.clone())));
        let area = |area: &Option<Area>| area.as_ref().map(|area| (area.code.clone(), area.name.clone()));
        self.streets.push(number(&mut self.areas, area(&listing.street)));
        self.communities.push(number(&mut self.areas, area(&listing.community)));
        self.placed.push(listing.spot.is_some());
        if let Some(spot) = listing.spot {
            let (latitude, longitude) = published(spot);
            self.latitudes.push(latitude - last.0);
            self.longitudes.push(longitude - last.1);
            *last = (latitude, longitude);
        }
        self.phones.push(listing.phone.as_ref().map_or_else(String::new, |phone| phone.as_str().to_owned()));
        self.directions.push(number(&mut self.words, listing.directions.clone()));
        self.demo.push(listing.demo);
        self.times.push(number(&mut self.timetables, Some(Timetable::of(&listing.times))));
        self.services.push(number(&mut self.offers, Some(listing.services.clone())));
        self.access.push(number(&mut self.entrances, Some(listing.access)));
        self.confirmed.push(number(&mut self.confirmations, Some(listing.confirmed.clone())));
        self.sources.push(number(&mut self.texts, Some(listing.source.clone())));
        self.checked.push(listing.checked);
        self.capacities.extend(listing.capacity.map(|capacity| (place, capacity)));
        self.grades.extend(listing.grade.clone().map(|grade| (place, grade)));
        let closed = listing.closed.as_ref().map(|closed| Closing { on: closed.on, reason: closed.reason.clone() });
        self.closed.extend(closed.map(|closed| (place, closed)));
    }
}

/// The number of a value among those that were seen, from 1; 0 for none.
fn number<T: PartialEq>(seen: &mut Vec<T>, value: Option<T>) -> u32 {
    let Some(value) = value else { return 0 };
    let place = seen.iter().position(|one| *one == value).unwrap_or_else(|| {
        seen.push(value);
        seen.len() - 1
    });
    u32::try_from(place + 1).unwrap_or(0)
}

/// In hundred-thousandths of a degree of GCJ-02.
fn published(spot: Spot) -> (i32, i32) {
    let point = spot.published().0;
    #[expect(clippy::cast_possible_truncation, reason = "at most 18 million")]
    let whole = |degrees: f64| (degrees * 100_000.0).round() as i32;
    (whole(point.latitude), whole(point.longitude))
}

impl Timetable {
    fn of(times: &Times) -> Self {
        let line = |rule: &Rule| {
            let Rule { from, to, on, status, spans, note, service } = rule.clone();
            Line { from, to, on, status, spans, note, service }
        };
        Self {
            rules: times.rules().iter().map(line).collect(),
            changes: times.changes().to_vec(),
            announced: times.words().map(str::to_owned),
        }
    }
}
