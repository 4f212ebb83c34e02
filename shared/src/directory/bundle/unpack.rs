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
    let id = PlaceId::parse(id).map_err(|_| BadBundle)?;
    let row = &mut Row { n, is_broken: false };
    let mut area = |column: &[u32]| {
        let (code, name) = row.numbered(&columns.areas, column)?;
        Some(Area { code, name })
    };
    let (street, community) = (area(&columns.streets), area(&columns.communities));
    let parent = row.numbered(&columns.texts, &columns.parents).map(|id| PlaceId::parse(&id).ok());
    let phone = Some(row.cell(&columns.phones)).filter(|phone| !phone.is_empty()).map(|phone| Dial::parse(&phone).ok());
    row.is_broken |= parent == Some(None) || phone == Some(None);
    let division = row.numbered(&columns.texts, &columns.divisions);
    let times = row.numbered(timetables, &columns.times);
    let services = row.numbered(&columns.offers, &columns.services);
    let access = row.numbered(&columns.entrances, &columns.access);
    let confirmed = row.numbered(&columns.confirmations, &columns.confirmed);
    let source = row.numbered(&columns.texts, &columns.sources);
    let listing = Listing {
        id,
        kind: kind.to_owned(),
        tier: row.numbered(&columns.texts, &columns.tiers),
        parent: parent.flatten(),
        name: Localised { zh: row.cell(&columns.names_zh), en: row.cell(&columns.names_en) },
        address: Localised { zh: row.cell(&columns.addresses_zh), en: row.cell(&columns.addresses_en) },
        division: row.there(division),
        street,
        community,
        spot,
        phone: phone.flatten(),
        directions: row.numbered(&columns.words, &columns.directions),
        demo: row.cell(&columns.demo),
        times: row.there(times),
        services: row.there(services),
        access: row.there(access),
        capacity: None,
        grade: None,
        confirmed: row.there(confirmed),
        closed: None,
        source: row.there(source),
        checked: row.cell(&columns.checked),
    };
    if row.is_broken { Err(BadBundle) } else { Ok(listing) }
}

/// What stands in the columns of one place. What is not there reads as nothing, and is remembered.
struct Row {
    n: usize,
    is_broken: bool,
}

impl Row {
    fn cell<T: Clone + Default>(&mut self, column: &[T]) -> T {
        self.there(column.get(self.n).cloned())
    }

    /// What its number stands for.
    fn numbered<T: Clone>(&mut self, values: &[T], column: &[u32]) -> Option<T> {
        let number = self.cell(column).checked_sub(1)?;
        let value = values.get(number as usize).cloned();
        self.is_broken |= value.is_none();
        value
    }

    fn there<T: Default>(&mut self, value: Option<T>) -> T {
        self.is_broken |= value.is_none();
        value.unwrap_or_default()
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
