//! Many places in one small piece, for a phone to keep: column by column, since what stands in one column is alike and packs
//! well, and what many places have in common written once.
//!
//! It is sent as bytes of a form of its own ([`Bundle::bytes`]), which a phone reads with little code.

mod bytes;
mod pack;
mod read;
mod unpack;
mod write;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::access::Access;
use super::kind::Kind;
use super::listing::Listing;
use super::names::Names;
use super::position::Bounds;
use super::section::{Capacity, Confirmation, Grade, Section, ServiceHere};
use crate::calendar::DayClasses;
use crate::hours::{Change, On, Span, Status};
use crate::localised::Localised;
use crate::search::Letters;

/// The shape of [`Bundle`]; whoever finds another asks for a new one.
pub const FORMAT: u16 = 2;

/// A kind's places, as they are published: coordinates in GCJ-02 with five decimals, whatever they were measured in. With all that
/// it takes to find them and to say how they stand without asking anybody.
#[derive(Clone, Debug)]
pub struct Bundle {
    kind: Kind,
    /// By which hours are read.
    days: DayClasses,
    /// Where all of them can lie.
    bounds: Bounds,
    /// Readings of the characters of all names, for [`Names`].
    letters: Letters,
    columns: Columns,
}

/// What there is of the places.
#[derive(Clone, Debug, Default)]
struct Columns {
    // Each of as many entries as there are places. In what is numbered 0 is none, and the others count from 1.
    ids: Vec<String>,
    tiers: Vec<u32>,
    parents: Vec<u32>,
    names_zh: Vec<String>,
    names_en: Vec<String>,
    addresses_zh: Vec<String>,
    addresses_en: Vec<String>,
    divisions: Vec<u32>,
    streets: Vec<u32>,
    communities: Vec<u32>,
    placed: Vec<bool>,
    phones: Vec<String>,
    directions: Vec<u32>,
    demo: Vec<bool>,
    times: Vec<u32>,
    services: Vec<u32>,
    access: Vec<u32>,
    confirmed: Vec<u32>,
    sources: Vec<u32>,
    checked: Vec<NaiveDate>,
    /// Of those that are placed, in hundred-thousandths of a degree, each as its way from the one before.
    latitudes: Vec<i32>,
    longitudes: Vec<i32>,
    // What is numbered.
    texts: Vec<String>,
    areas: Vec<(String, String)>,
    words: Vec<Localised>,
    timetables: Vec<Timetable>,
    offers: Vec<Vec<ServiceHere>>,
    entrances: Vec<Access>,
    confirmations: Vec<BTreeMap<Section, Confirmation>>,
    // Of the few that have one, with their place.
    capacities: Vec<(u32, Capacity)>,
    grades: Vec<(u32, Grade)>,
    closed: Vec<(u32, Closing)>,
}

/// [`super::Closed`], as it is written.
#[derive(Clone, Debug, PartialEq)]
struct Closing {
    on: NaiveDate,
    reason: Localised,
}

/// [`super::Times`], as they are written.
#[derive(Clone, Debug, PartialEq)]
struct Timetable {
    rules: Vec<Line>,
    changes: Vec<Change>,
    announced: Option<String>,
}

/// [`crate::hours::Rule`] with every field.
#[derive(Clone, Debug, PartialEq)]
struct Line {
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    on: On,
    status: Status,
    spans: Vec<Span>,
    note: Option<Localised>,
    service: Option<String>,
}

/// A bundle of another format, or one that was damaged on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a list of places that can be read")]
pub struct BadBundle;

impl Bundle {
    /// Of places of one kind, with the letters of their names.
    pub fn of(kind: &Kind, listings: &[Listing], letters: Letters, days: DayClasses, bounds: Bounds) -> Self {
        // What an import knows columns by is nothing to a phone.
        let kind = Kind { columns: BTreeMap::new(), ..kind.clone() };
        Self { kind, days, bounds, letters, columns: pack::pack(listings) }
    }

    /// The places again.
    ///
    /// # Errors
    /// [`BadBundle`].
    pub fn open(self) -> Result<Places, BadBundle> {
        let listings = unpack::unpack(&self.kind.id, &self.columns)?;
        let names = Names::of(self.letters, &listings);
        Ok(Places { kind: self.kind, listings, names, days: self.days, bounds: self.bounds })
    }

    pub fn len(&self) -> usize {
        self.columns.ids.len()
    }

    pub fn is_empty(&self) -> bool {
        self.columns.ids.is_empty()
    }
}

/// What came out of a bundle.
#[derive(Clone, Debug)]
pub struct Places {
    pub kind: Kind,
    pub listings: Vec<Listing>,
    /// What they are found by.
    pub names: Names,
    /// By which hours are read.
    pub days: DayClasses,
    pub bounds: Bounds,
}

#[cfg(test)]
mod tests;
