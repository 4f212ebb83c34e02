//! What no row tells alone, but all of them together.

use std::collections::BTreeMap;

use shared::directory::position::{Decimals, Of, Point, is_few};

use super::Read;
use crate::directory::file::columns::{Column, Plain};
use crate::directory::file::{Headings, Mistake};
use crate::directory::import::Mistakes;

/// A column that says nothing of some places, perhaps since its cells were merged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Silent {
    /// As the file calls it.
    pub column: String,
    pub places: usize,
}

/// What the rows so far say together.
#[derive(Default)]
pub(super) struct Whole {
    latitudes: Fine,
    longitudes: Fine,
    /// By the finer of their two numbers.
    points: Fine,
    /// Rows whose tier the kind has, and those whose tier it has not.
    tiers: usize,
    no_tiers: Mistakes,
    /// Rows that say something, and those that neither do nor need to.
    said: BTreeMap<Plain, [usize; 2]>,
}

/// How finely numbers are written, and those that are coarse if their list is.
#[derive(Default)]
struct Fine {
    decimals: Decimals,
    coarse: Mistakes,
}

impl Fine {
    fn add(&mut self, decimals: usize, coarse: Mistake) {
        self.decimals.add(decimals);
        if is_few(decimals) {
            self.coarse.add(coarse);
        }
    }

    fn wrong(self, of: Of) -> Option<Mistakes> {
        self.decimals.are_coarse(of).then_some(self.coarse)
    }
}

impl Whole {
    /// A point, and what is wrong with its latitude and its longitude if the list is coarse.
    pub(super) fn point(&mut self, point: Point, [north, east]: [Mistake; 2]) {
        let [latitude, longitude] = point.decimals;
        self.points.add(latitude.max(longitude), north.clone());
        self.latitudes.add(latitude, north);
        self.longitudes.add(longitude, east);
    }

    /// A tier, or what is wrong where the kind has no such tier.
    pub(super) fn tier(&mut self, tier: Result<(), Mistake>) {
        match tier {
            Ok(()) => self.tiers += 1,
            Err(mistake) => self.no_tiers.add(mistake),
        }
    }

    /// Whether a row says something in a column, or nothing although nothing is known there.
    pub(super) fn said(&mut self, column: Plain, says: bool) {
        self.said.entry(column).or_default()[usize::from(!says)] += 1;
    }

    /// Adds what follows from all rows to what was read.
    pub(super) fn tell(self, headings: &Headings, read: &mut Read) {
        let columns = [self.latitudes, self.longitudes].map(|fine| fine.wrong(Of::Column));
        if columns.iter().any(Option::is_some) {
            columns.into_iter().flatten().for_each(|wrong| read.mistakes.append(wrong));
        } else if let Some(wrong) = self.points.wrong(Of::Points) {
            read.mistakes.append(wrong);
        }
        // A column of other types, such as 餐饮企业, is none of ours.
        if self.tiers > 0 {
            read.mistakes.append(self.no_tiers);
        } else if !self.no_tiers.is_empty() {
            read.unknown.push(headings.heading(Column::Plain(Plain::Tier)).to_owned());
        }
        for (column, [says, silent]) in self.said {
            if says > 0 && silent > 0 {
                let column = headings.heading(Column::Plain(column)).to_owned();
                read.silent.push(Silent { column, places: silent });
            }
        }
    }
}
