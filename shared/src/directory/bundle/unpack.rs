//! From columns to places; a number that leads nowhere is no bundle of ours.

use super::{BadBundle, Closing, Columns, Line, Timetable};
use crate::directory::{Area, Closed, Dial, Listing, Spot, Times};
use crate::hours::Rule;
use crate::localised::Localised;
use crate::places::{Coordinates, Datum, PlaceId};

pub(super) fn unpack(kind: &str, columns: &Columns) -> Result<Vec<Listing>, BadBundle> {
    let timetables: Vec<Times> = columns.timetables.iter().map(times).collect::<Result<_, _>>()?;
    let spots = spots(columns)?;
    let places = columns.ids.iter().enumerate().zip(spots);
    let mut listings =
        places.map(|((n, id), spot)| one(kind, columns, n, id, spot, &timetables)).collect::<Result<Vec<_>, _>>()?;
    for (place, capacity) in &columns.capacities {
        at(&mut listings, *place)?.capacity = Some(*capacity);
    }
    for (place, grade) in &columns.grades {
        at(&mut listings, *place)?.grade = Some(grade.clone());
    }
    for (place, Closing { on, reason }) in &columns.closed {
        at(&mut listings, *place)?.closed = Some(Closed { on: *on, reason: reason.clone() });
    }
    Ok(listings)
}

fn one(
    kind: &str,
    columns: &Columns,
    n: usize,
    id: &str,
    spot: Option<Spot>,
    timetables: &[Times],
) -> Result<Listing, BadBundle> {
    let text = |column: &[u32]| numbered(&columns.texts, column, n);
    let area = |column: &[u32]| {
        let found = numbered(&columns.areas, column, n)?;
        Ok(found.map(|(code, name)| Area { code, name }))
    };
    let parent = text(&columns.parents)?.map(|id| PlaceId::parse(&id)).transpose().map_err(|_| BadBundle)?;
    let phone = cell(&columns.phones, n)?;
    Ok(Listing {
        id: PlaceId::parse(id).map_err(|_| BadBundle)?,
        kind: kind.to_owned(),
        tier: text(&columns.tiers)?,
        parent,
        name: Localised::new(cell(&columns.names_zh, n)?, cell(&columns.names_en, n)?),
        address: Localised::new(cell(&columns.addresses_zh, n)?, cell(&columns.addresses_en, n)?),
        division: text(&columns.divisions)?.ok_or(BadBundle)?,
        street: area(&columns.streets)?,
        community: area(&columns.communities)?,
        spot,
        phone: if phone.is_empty() { None } else { Some(Dial::parse(&phone).map_err(|_| BadBundle)?) },
        directions: numbered(&columns.words, &columns.directions, n)?,
        demo: cell(&columns.demo, n)?,
        times: numbered(timetables, &columns.times, n)?.ok_or(BadBundle)?,
        services: numbered(&columns.offers, &columns.services, n)?.ok_or(BadBundle)?,
        access: numbered(&columns.entrances, &columns.access, n)?.ok_or(BadBundle)?,
        capacity: None,
        grade: None,
        confirmed: numbered(&columns.confirmations, &columns.confirmed, n)?.ok_or(BadBundle)?.into_iter().collect(),
        closed: None,
        source: text(&columns.sources)?.ok_or(BadBundle)?,
        checked: cell(&columns.checked, n)?,
    })
}

fn cell<T: Clone>(column: &[T], n: usize) -> Result<T, BadBundle> {
    column.get(n).cloned().ok_or(BadBundle)
}

/// What the number of place `n` stands for.
fn numbered<T: Clone>(values: &[T], column: &[u32], n: usize) -> Result<Option<T>, BadBundle> {
    match cell(column, n)?.checked_sub(1) {
        None => Ok(None),
        Some(number) => values.get(number as usize).cloned().map(Some).ok_or(BadBundle),
    }
}

fn at(listings: &mut [Listing], place: u32) -> Result<&mut Listing, BadBundle> {
    listings.get_mut(place as usize).ok_or(BadBundle)
}

fn spots(columns: &Columns) -> Result<Vec<Option<Spot>>, BadBundle> {
    let mut ways = columns.latitudes.iter().zip(&columns.longitudes);
    let (mut latitude, mut longitude) = (0_i32, 0_i32);
    let one = |placed: &bool| {
        if !placed {
            return Ok(None);
        }
        let (north, east) = ways.next().ok_or(BadBundle)?;
        latitude = latitude.checked_add(*north).ok_or(BadBundle)?;
        longitude = longitude.checked_add(*east).ok_or(BadBundle)?;
        let millionths = latitude.checked_mul(10).zip(longitude.checked_mul(10)).ok_or(BadBundle)?;
        let point = Coordinates::new(millionths.0, millionths.1, Datum::Gcj02).ok_or(BadBundle)?;
        Ok(Some(Spot::published_at(point)))
    };
    columns.placed.iter().map(one).collect()
}

fn times(timetable: &Timetable) -> Result<Times, BadBundle> {
    let rule = |line: &Line| {
        let Line { from, to, on, status, spans, note, service } = line.clone();
        Rule { from, to, on, status, spans, note, service }
    };
    let rules = timetable.rules.iter().map(rule).collect();
    let times = Times::known(rules, timetable.changes.clone()).map_err(|_| BadBundle)?;
    Ok(times.announced(timetable.announced.clone()))
}
