//! Many places in one small piece, for a phone to keep: column by column, since what stands in one column is alike and packs
//! well, and what many places have in common written once.
//!
//! It is meant for postcard, which writes numbers short and names not at all, so no part of it may leave a field out.

mod pack;
mod unpack;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::access::Access;
use super::listing::Listing;
use super::names::Names;
use super::section::{Capacity, Confirmation, Grade, Section, ServiceHere};
use crate::hours::{Change, On, Span, Status};
use crate::localised::Localised;
use crate::search::Letters;

/// The shape of [`Bundle`]; whoever finds another asks for a new one.
pub const FORMAT: u16 = 1;

/// A kind's places, as they are published: coordinates in GCJ-02 with five decimals, whatever they were measured in.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Bundle {
    pub format: u16,
    pub kind: String,
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
    confirmations: Vec<Vec<(Section, Confirmation)>>,
    /// Readings of the characters of all names, for [`Names`].
    letters: Option<Letters>,
    // Of the few that have one, with their place.
    capacities: Vec<(u32, Capacity)>,
    grades: Vec<(u32, Grade)>,
    closed: Vec<(u32, (NaiveDate, Localised))>,
}

/// [`super::Times`], as they are written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Timetable {
    rules: Vec<Line>,
    changes: Vec<Change>,
    announced: Option<String>,
}

/// [`crate::hours::Rule`] with every field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
    pub fn of(kind: &str, listings: &[Listing], letters: Letters) -> Self {
        Self { letters: Some(letters), ..pack::pack(kind, listings) }
    }

    /// What the names of the listings that came out of it are found by.
    ///
    /// # Errors
    /// [`BadBundle`] where it has no letters.
    pub fn names(&self, listings: &[Listing]) -> Result<Names, BadBundle> {
        self.letters.clone().map(|letters| Names::of(letters, listings)).ok_or(BadBundle)
    }

    /// The places again.
    ///
    /// # Errors
    /// [`BadBundle`].
    pub fn listings(&self) -> Result<Vec<Listing>, BadBundle> {
        unpack::unpack(self)
    }

    pub fn len(&self) -> usize {
        self.ids.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }
}

#[cfg(test)]
mod tests;
