//! From places to a bundle.

use chrono::NaiveDate;

use super::{
    ADDRESS_EN, ADDRESS_ZH, CLOSED, COMMUNITY, CONFIRMED, FORMAT, HOURS_CONFIRMED, ID, IS_DEMO, IS_PLACED,
    IS_STEP_FREE, MARKS, NAME_EN, NAME_ZH, NUMBERS, OFFERS, PHONE, STREET, TEXTS, TIER, TIMES,
};
use crate::bytes::Writer;
use crate::calendar::DayClasses;
use crate::directory::position::Bounds;
use crate::directory::{Kind, Listing, ServiceHere, Spot};
use crate::localised::Localised;
use crate::search::Letters;

/// Of places of one kind, with the letters of their names; see [`super::Places`] for the rest.
pub fn write(kind: &Kind, listings: &[Listing], letters: &Letters, days: &DayClasses, bounds: Bounds) -> Vec<u8> {
    let mut to = Writer::default();
    self::kind(&mut to, kind);
    days.write(&mut to);
    for edge in [bounds.south, bounds.west, bounds.north, bounds.east] {
        to.signed(edge);
    }
    to.text(letters.as_str());
    let sights: Vec<_> = listings.iter().map(Listing::sight).collect();
    let (mut areas, mut timetables, mut offers) = (Vec::new(), Vec::new(), Vec::new());
    let numbers: Vec<[u32; NUMBERS]> = sights
        .iter()
        .zip(listings)
        .map(|(place, listing)| {
            let mut row = [0; NUMBERS];
            row[TIER] = position(kind.rank(place.tier)) % position(kind.tiers.len());
            row[STREET] = place.street.map_or(0, |area| number(&mut areas, area));
            row[COMMUNITY] = place.community.map_or(0, |area| number(&mut areas, area));
            row[TIMES] = number(&mut timetables, place.hours);
            row[OFFERS] = number(&mut offers, place.services);
            let marks =
                [(IS_DEMO, place.is_demo), (IS_STEP_FREE, place.is_step_free), (IS_PLACED, listing.spot.is_some())];
            row[MARKS] = marks.into_iter().filter(|(_, is_so)| *is_so).map(|(mark, _)| mark).sum();
            row[CONFIRMED] = day(place.confirmed);
            row[HOURS_CONFIRMED] = place.hours_confirmed.map_or(0, day);
            row[CLOSED] = place.closed.map_or(0, day);
            row
        })
        .collect();
    to.many(&areas, |to, (code, name)| {
        to.text(code);
        to.text(name);
    });
    to.many(&timetables, |to, hours| hours.pack(to));
    to.many(&offers, |to, offers| to.many(offers, |to, service| offer(to, kind, service)));
    to.number(count(sights.len()));
    for column in 0..TEXTS {
        for place in &sights {
            to.text(match column {
                ID => place.id,
                NAME_ZH => place.name.zh,
                NAME_EN => place.name.en,
                ADDRESS_ZH => place.address.zh,
                ADDRESS_EN => place.address.en,
                PHONE => place.phone.unwrap_or_default(),
                _ => "",
            });
        }
    }
    for column in 0..NUMBERS {
        for row in &numbers {
            to.number(row[column]);
        }
    }
    let points: Vec<_> = listings.iter().filter_map(|one| one.spot).map(published).collect();
    ways(&mut to, points.iter().map(|point| point.0));
    ways(&mut to, points.iter().map(|point| point.1));
    to.bytes(FORMAT)
}

fn kind(to: &mut Writer, kind: &Kind) {
    to.many(&kind.tiers, |to, tier| to.text(&tier.id));
    to.many(&kind.services, |to, service| {
        to.number(u32::from(service.unlisted_is_unknown));
        let Localised { zh, en } = &service.name;
        for text in [&service.id, zh, en] {
            to.text(text);
        }
        to.number(u32::from(service.free_of_charge));
    });
    for age in [kind.ages.unconfirmed, kind.ages.last, kind.ages.hidden] {
        to.number(age);
    }
}

/// Each as its way from the one before.
fn ways(to: &mut Writer, axis: impl Iterator<Item = i32>) {
    let mut last = 0;
    for here in axis {
        to.signed(here - last);
        last = here;
    }
}

/// Which of the kind's it is, and what it costs, where somebody has said.
fn offer(to: &mut Writer, kind: &Kind, offer: &ServiceHere) {
    let place = kind.services.iter().position(|service| service.id == offer.service).unwrap_or(kind.services.len());
    to.number(count(place));
    to.maybe(offer.price_fen.as_ref(), |to, fen| to.number(*fen));
}

/// The number of a value among those that were seen, from 1.
fn number<T: PartialEq>(seen: &mut Vec<T>, value: T) -> u32 {
    let place = seen.iter().position(|one| *one == value).unwrap_or_else(|| {
        seen.push(value);
        seen.len() - 1
    });
    position(place)
}

/// From 1.
fn position(place: usize) -> u32 {
    count(place + 1)
}

/// Since 1970.
fn day(date: NaiveDate) -> u32 {
    u32::try_from(date.to_epoch_days()).unwrap_or(0)
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// In hundred-thousandths of a degree of GCJ-02.
fn published(spot: Spot) -> (i32, i32) {
    let point = spot.published().0;
    #[expect(clippy::cast_possible_truncation, reason = "at most 18 million")]
    let whole = |degrees: f64| (degrees * 100_000.0).round() as i32;
    (whole(point.latitude), whole(point.longitude))
}
