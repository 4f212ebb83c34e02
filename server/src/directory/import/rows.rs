//! Rows to places: each over what is known of the place already, so that a file only changes what it speaks of.

mod facts;
mod one;
mod row_cells;

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use chrono::NaiveDate;
use shared::directory::{Kind, Listing};
use shared::field::Reason;
use shared::places::{Datum, PlaceId};

use super::mistakes::Mistakes;
use crate::directory::file::{BadFile, Headings, Mistake, areas::Areas, columns::Column, columns::Plain, each_row};

/// What a file does not say itself.
#[derive(Clone, Debug)]
pub struct Options {
    pub kind: &'static Kind,
    /// The division whose places these are, where no column says so.
    pub division: String,
    /// What its coordinates were measured in, where no column says so.
    pub datum: Option<Datum>,
    /// Who made the list, in words that residents read.
    pub source: String,
    /// The day on which it was right.
    pub checked: NaiveDate,
    pub demo: bool,
    pub areas: Areas,
}

/// What a file says.
#[derive(Clone, Debug, Default)]
pub struct Read {
    /// What a place belongs to comes before it.
    pub listings: Vec<Listing>,
    /// Headings that nobody knows.
    pub unknown: Vec<String>,
    /// Places whose hours are shown as they are written, since no rule could be read from them.
    pub unread_hours: Vec<PlaceId>,
    pub mistakes: Mistakes,
}

/// As the database has it: three belong to each other in a row.
const MOST_ABOVE: usize = 4;

/// Reads all rows over what is there; `progress` is told how many it has read.
///
/// The file is looked through before anything of it is kept: one that is too long ends there, in the memory of one row. Of any
/// other the places are kept, [`MOST_PLACES`](crate::directory::file::MOST_PLACES) at most, and of what is wrong the first.
///
/// # Errors
/// As [`BadFile`] has them.
pub fn read(
    file: &mut (impl io::Read + io::Seek),
    known: &[Listing],
    taken: &BTreeSet<String>,
    options: &Options,
    mut progress: impl FnMut(usize),
) -> Result<Read, BadFile> {
    each_row(file, options.kind, |_, _| {})?;
    let mut areas = options.areas.clone();
    for area in known.iter().flat_map(|one| [&one.street, &one.community]).flatten() {
        areas.learn(area);
    }
    let options = Options { areas, ..options.clone() };
    let by_id = known.iter().map(|one| (one.id.as_str(), one)).collect();
    let by_name = known.iter().map(|one| ((one.division.as_str(), one.name.zh.as_str()), one)).collect();
    let there = one::There { by_id, by_name, taken, options: &options };

    let (mut read, mut count) = (Read::default(), 0);
    let mut rows: BTreeMap<PlaceId, u64> = BTreeMap::new();
    let headings = each_row(file, options.kind, |headings, row| {
        count += 1;
        progress(count);
        let Some(listing) = one::read(headings, row, &there, &mut read.mistakes) else { return };
        if let Some(other) = rows.insert(listing.id.clone(), row.number) {
            read.mistakes.add(twice(headings, row.number, other, &listing));
        }
        if listing.times.words().is_some() {
            read.unread_hours.push(listing.id.clone());
        }
        read.listings.push(listing);
    })?;
    read.unknown = headings.unknown().map(str::to_owned).collect();
    // A row that cannot be read is missing where others belong to it.
    if read.mistakes.is_empty() {
        put_in_order(&mut read, &rows, &headings, &there);
        find_loops(&mut read, &rows, &headings, &there);
    }
    Ok(read)
}

/// What belongs to itself by way of places that the file does not have.
fn find_loops(read: &mut Read, rows: &BTreeMap<PlaceId, u64>, headings: &Headings, there: &one::There<'_>) {
    let parents: BTreeMap<&PlaceId, Option<&PlaceId>> =
        read.listings.iter().map(|one| (&one.id, one.parent.as_ref())).collect();
    let above = |id: &PlaceId| match parents.get(id) {
        Some(parent) => parent.cloned(),
        None => there.by_id.get(id.as_str()).and_then(|one| one.parent.clone()),
    };
    let loops = |one: &&Listing| {
        let mut up = one.parent.clone();
        // More than so many above each other are no tiers.
        for _ in 0..MOST_ABOVE {
            match up {
                None => return false,
                Some(id) if id == one.id => return true,
                Some(id) => up = above(&id),
            }
        }
        up.is_some()
    };
    let found: Vec<_> = read.listings.iter().filter(loops).map(|one| loop_at(headings, rows, one)).collect();
    for mistake in found {
        read.mistakes.add(mistake);
    }
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

/// Each after what it belongs to, which is in the file or known; nothing belongs to itself, however far above.
fn put_in_order(read: &mut Read, rows: &BTreeMap<PlaceId, u64>, headings: &Headings, there: &one::There<'_>) {
    let mut waiting: Vec<Listing> = std::mem::take(&mut read.listings);
    let mut placed: BTreeSet<PlaceId> = BTreeSet::new();
    loop {
        let is_ready = |one: &Listing| match &one.parent {
            None => true,
            Some(parent) => {
                placed.contains(parent) || (!rows.contains_key(parent) && there.by_id.contains_key(parent.as_str()))
            }
        };
        let (ready, rest): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|one| is_ready(one));
        if ready.is_empty() {
            waiting = rest;
            break;
        }
        placed.extend(ready.iter().map(|one| one.id.clone()));
        read.listings.extend(ready);
        waiting = rest;
    }
    for listing in waiting {
        let is_known = listing.parent.as_ref().is_some_and(|parent| rows.contains_key(parent));
        let mistake = loop_at(headings, rows, &listing);
        let unknown = || {
            Reason::own(
                "parent_unknown",
                "没有这个编号的地点。上级要么在这份名单里，要么已经登记过。",
                "There is no place of this id: neither in this file nor known before.",
            )
        };
        read.mistakes.add(if is_known { mistake } else { Mistake { reason: unknown(), ..mistake } });
    }
}

fn loop_at(headings: &Headings, rows: &BTreeMap<PlaceId, u64>, listing: &Listing) -> Mistake {
    Mistake {
        row: rows.get(&listing.id).copied().unwrap_or_default(),
        column: headings.heading(Column::Plain(Plain::Parent)).to_owned(),
        value: listing.parent.as_ref().map_or_else(String::new, ToString::to_string),
        reason: Reason::own(
            "parent_loop",
            "上级绕了一圈又回到自己，或者层级太多。请核对上级编号。",
            "It belongs to itself, by way of what it belongs to, or to too many in a row. Please check what belongs to what.",
        ),
    }
}
