//! Rows to places: each over what is known of the place already, so that a file only changes what it speaks of.

mod facts;
mod ids;
mod one;
mod order;
mod row_cells;
mod totals;
mod whereabouts;
mod whole;

pub use whole::Silent;

use std::collections::BTreeMap;
use std::io;

use chrono::NaiveDate;
use shared::directory::{Kind, Listing};
use shared::field::Reason;
use shared::places::{Datum, PlaceId};

use self::one::There;
use self::whole::Whole;
use super::before::Before;
use super::mistakes::Mistakes;
use crate::directory::file::{BadFile, Headings, Mistake, areas::Areas, columns::Column, columns::Plain, each_row};

/// What a file does not say itself.
#[derive(Clone, Debug)]
pub struct Options {
    pub kind: &'static Kind,
    /// The six digits of the division whose places these are, where no column says so.
    pub division: String,
    /// What its coordinates were measured in, where no column says so.
    pub datum: Option<Datum>,
    /// The area code of landlines that are written without one.
    pub area_code: Option<String>,
    /// Who made the list, in words that residents read.
    pub source: String,
    /// The day on which it was right.
    pub checked: NaiveDate,
    /// Its places are invented.
    pub demo: bool,
    pub areas: Areas,
    /// The beginnings of the codes of the divisions whose whole list it is; empty where that follows from its places.
    pub whole_of: Vec<String>,
}

/// What stands in a row and no rule could be read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    pub row: u64,
    pub value: String,
}

/// What a file says.
#[derive(Clone, Debug, Default)]
pub struct Read {
    /// What a place belongs to comes before it.
    pub listings: Vec<Listing>,
    /// Headings that nobody knows.
    pub unknown: Vec<String>,
    /// Hours that are shown as they are written, since no rule could be read from them.
    pub unread_hours: Vec<Unread>,
    /// Rows that count the others, and are no places.
    pub totals: Vec<u64>,
    /// Columns that say something of some places and nothing of others of which nothing was known either.
    pub silent: Vec<Silent>,
    pub mistakes: Mistakes,
}

/// Reads all rows over what is there; `progress` is told how many it has read.
///
/// The file is looked through before anything of it is kept: one that is too long ends there, in the memory of one row. Of any
/// other the places are kept, [`MOST_PLACES`](crate::directory::file::MOST_PLACES) at most, and of what is wrong the first.
///
/// # Errors
/// As [`BadFile`] has them.
pub fn read(
    file: &mut (impl io::Read + io::Seek),
    before: &Before,
    options: &Options,
    mut progress: impl FnMut(usize),
) -> Result<Read, BadFile> {
    each_row(file, options.kind, |_, _| {})?;
    let mut areas = options.areas.clone();
    for area in before.listings.iter().flat_map(|one| [&one.street, &one.community]).flatten() {
        areas.learn(area);
    }
    let options = Options { areas, ..options.clone() };
    let there = There::of(before, &options);

    let (mut read, mut whole, mut count) = (Read::default(), Whole::default(), 0);
    let mut rows: BTreeMap<PlaceId, u64> = BTreeMap::new();
    let headings = each_row(file, options.kind, |headings, row| {
        count += 1;
        progress(count);
        if totals::is_one(headings, row) {
            read.totals.push(row.number);
            return;
        }
        let Some(listing) = one::read(headings, row, &there, (&mut read.mistakes, &mut whole)) else { return };
        if let Some(other) = rows.insert(listing.id.clone(), row.number) {
            read.mistakes.add(twice(headings, row.number, other, &listing));
        }
        if let Some(words) = listing.times.words() {
            read.unread_hours.push(Unread { row: row.number, value: words.to_owned() });
        }
        read.listings.push(listing);
    })?;
    read.unknown = headings.unknown().map(str::to_owned).collect();
    whole.tell(&headings, &mut read);
    // A row that cannot be read is missing where others belong to it.
    if read.mistakes.is_empty() {
        order::put_in_order(&mut read, &rows, &headings, &there);
        order::find_loops(&mut read, &rows, &headings, &there);
    }
    Ok(read)
}

fn twice(headings: &Headings, row: u64, other: u64, listing: &Listing) -> Mistake {
    let has_id = headings.columns().any(|column| column == Column::Plain(Plain::Id));
    let column = if has_id { Plain::Id } else { Plain::Name };
    Mistake {
        row,
        column: headings.heading(Column::Plain(column)).to_owned(),
        value: if has_id { listing.id.to_string() } else { listing.name.zh.clone() },
        reason: Reason::own(
            "row_twice",
            format!("第 {other} 行已经有了。是同一处请删去一行；是两处请写不同的编号或名称。"),
            format!(
                "Row {other} has it already. Delete one if they are the same place; else give them different ids or names."
            ),
        ),
    }
}
