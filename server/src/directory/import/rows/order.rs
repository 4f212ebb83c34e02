//! What belongs to what, over all rows.

use std::collections::{BTreeMap, BTreeSet};

use shared::directory::Listing;
use shared::field::Reason;
use shared::places::PlaceId;

use super::Read;
use super::one::There;
use crate::directory::file::columns::{Column, Plain};
use crate::directory::file::{Headings, Mistake};

/// As the database has it: three belong to each other in a row.
const MOST_ABOVE: usize = 4;

/// What belongs to itself by way of places that the file does not have.
pub(super) fn find_loops(read: &mut Read, rows: &BTreeMap<PlaceId, u64>, headings: &Headings, there: &There<'_>) {
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

/// Each after what it belongs to, which is in the file or known; nothing belongs to itself, however far above.
pub(super) fn put_in_order(read: &mut Read, rows: &BTreeMap<PlaceId, u64>, headings: &Headings, there: &There<'_>) {
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
