//! Many places in one small piece, for a phone to keep: all that it takes to find them and to say how they stand in a list without
//! asking anybody. Column by column, since what stands in one column is alike and packs well, and what many places have in common
//! written once.
//!
//! Coordinates are GCJ-02 with five decimals, as they are published, whatever they were measured in.

mod read;
mod write;

use std::cell::OnceCell;

use chrono::NaiveDate;

use super::kind::Kind;
use super::names::Names;
use super::position::Bounds;
use super::section::ServiceHere;
use super::sight::{Sight, Words};
use crate::calendar::DayClasses;
use crate::geo::Gcj02;
use crate::hours::Hours;
use crate::search::Letters;

pub use write::write;

/// The shape of a bundle; whoever finds another asks for a new one.
pub const FORMAT: u32 = 4;

/// What came out of a bundle.
pub struct Places<'a> {
    /// Its tiers, its services, and from when on something is old; a list needs no more of it.
    pub kind: Kind,
    /// By which hours are read.
    pub days: DayClasses,
    /// Where all of them can lie.
    pub bounds: Bounds,
    /// Whether all of it was there, and led somewhere.
    pub is_whole: bool,
    /// Readings of the characters of all names, for [`Names`].
    letters: &'a str,
    names: OnceCell<Names>,
    // What is numbered: 0 is none, and the others count from 1.
    areas: Vec<(&'a str, &'a str)>,
    timetables: Vec<Hours>,
    offers: Vec<Vec<ServiceHere>>,
    /// Where each of them lies.
    points: Vec<Option<Gcj02>>,
    texts: [Vec<&'a str>; TEXTS],
    numbers: [Vec<u32>; NUMBERS],
}

// Columns of texts.
const ID: usize = 0;
const NAME_ZH: usize = 1;
const NAME_EN: usize = 2;
const ADDRESS_ZH: usize = 3;
const ADDRESS_EN: usize = 4;
const PHONE: usize = 5;
const TEXTS: usize = 6;

// Columns of numbers.
const TIER: usize = 0;
const STREET: usize = 1;
const COMMUNITY: usize = 2;
const TIMES: usize = 3;
const OFFERS: usize = 4;
const MARKS: usize = 5;
// Days since 1970, 0 for none.
const CONFIRMED: usize = 6;
const HOURS_CONFIRMED: usize = 7;
const CLOSED: usize = 8;
const NUMBERS: usize = 9;

// Of a place's marks, a bit each.
const IS_DEMO: u32 = 1;
const IS_STEP_FREE: u32 = 2;
const IS_PLACED: u32 = 4;

/// A bundle of another format, or one that was damaged on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a list of places that can be read")]
pub struct BadBundle;

impl Places<'_> {
    pub fn len(&self) -> usize {
        self.points.len()
    }

    pub fn is_empty(&self) -> bool {
        self.points.is_empty()
    }

    pub fn all(&self) -> impl Iterator<Item = Sight<'_>> {
        (0..self.len()).filter_map(|n| self.get(n))
    }

    /// Each has what its number says: it was read so.
    pub fn get(&self, n: usize) -> Option<Sight<'_>> {
        let text = |column: usize| self.texts[column].get(n).copied();
        let number = |column: usize| self.numbers[column].get(n).copied();
        let numbered = |column: usize| Some(number(column)?.wrapping_sub(1) as usize);
        let area = |column| self.areas.get(numbered(column)?).copied();
        let day = |column| number(column).filter(|days| *days > 0).map(date);
        let is_marked = |mark| number(MARKS).is_some_and(|marks| marks & mark != 0);
        Some(Sight {
            id: text(ID)?,
            name: Words { zh: text(NAME_ZH)?, en: text(NAME_EN)? },
            address: Words { zh: text(ADDRESS_ZH)?, en: text(ADDRESS_EN)? },
            tier: numbered(TIER).and_then(|tier| self.kind.tiers.get(tier)).map(|tier| tier.id.as_str()),
            street: area(STREET),
            community: area(COMMUNITY),
            hours: self.timetables.get(numbered(TIMES)?)?,
            services: self.offers.get(numbered(OFFERS)?)?,
            is_step_free: is_marked(IS_STEP_FREE),
            is_demo: is_marked(IS_DEMO),
            phone: text(PHONE).filter(|phone| !phone.is_empty()),
            closed: day(CLOSED),
            confirmed: day(CONFIRMED)?,
            hours_confirmed: day(HOURS_CONFIRMED),
        })
    }

    pub fn point(&self, n: usize) -> Option<Gcj02> {
        *self.points.get(n)?
    }

    /// What they are found by: made when somebody first types.
    pub fn names(&self) -> &Names {
        let letters = || Letters::try_from(self.letters.to_owned()).unwrap_or_default();
        self.names.get_or_init(|| Names::of(letters(), self.all()))
    }
}

fn date(days: u32) -> NaiveDate {
    i32::try_from(days).ok().and_then(NaiveDate::from_epoch_days).unwrap_or_default()
}

#[cfg(test)]
mod tests;
