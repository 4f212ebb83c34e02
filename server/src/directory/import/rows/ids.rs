//! Which place a row is about.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use shared::directory::Listing;
use shared::field::Reason;
use shared::places::PlaceId;

use super::one::There;
use super::row_cells::Cells;
use crate::directory::file::columns::{Column, Plain};
use crate::directory::import::cells::one_line;

/// Listed places by division and name, which several may share once all but one have closed.
pub(super) type ByName<'a> = BTreeMap<(&'a str, &'a str), Vec<&'a Listing>>;

pub(super) enum Known<'a> {
    Listed(&'a Listing),
    New(PlaceId),
}

/// The place of the row's id, or of its name where it has none.
pub(super) fn which<'a>(cells: &mut Cells<'_>, there: &There<'a>, division: &str, name: &str) -> Option<Known<'a>> {
    let Some(text) = cells.said(Plain::Id) else {
        return Some(by_name(cells, there, division, name));
    };
    if let Some(listing) = there.by_id.get(text) {
        return Some(Known::Listed(listing));
    }
    match PlaceId::parse(text) {
        Ok(id) if !there.taken.contains(id.as_str()) => return Some(Known::New(id)),
        Ok(_) => cells.wrong(
            Column::Plain(Plain::Id),
            Reason::own(
                "id_taken",
                "这个编号已经是别的地点的，也可能那里已经撤销。编号不能重复，请换一个。",
                "Another place has this id, or had it. Ids are never used twice: choose another.",
            ),
        ),
        Err(_) => cells.wrong(
            Column::Plain(Plain::Id),
            Reason::own(
                "id_shape",
                "编号只写英文字母、数字、- 和 _，最多 64 个。",
                "An id has letters, digits, - and _, 64 at most.",
            ),
        ),
    }
    None
}

/// The open place of a name, or one that has closed where the list says of no other address; else a new one.
fn by_name<'a>(cells: &Cells<'_>, there: &There<'a>, division: &str, name: &str) -> Known<'a> {
    let all = there.by_name.get(&(division, name)).map_or(&[][..], Vec::as_slice);
    let address = cells.said(Plain::Address).map(one_line);
    let is_there = |one: &&&Listing| address.as_ref().is_some_and(|address| one.address.zh == *address);
    let is_open = |one: &&&Listing| one.closed.is_none();
    let may_be = |one: &&&Listing| address.is_none() || one.address.zh.is_empty() || is_there(one);
    let found = all.iter().find(|one| is_open(one) && is_there(one));
    let found = found.or_else(|| all.iter().find(is_open)).or_else(|| all.iter().find(may_be)).copied();
    if let Some(listing) = found {
        return Known::Listed(listing);
    }
    // The same list makes the same ids; none that was ever another place's.
    let kind = &there.options.kind.id;
    let address = if all.is_empty() { String::new() } else { address.unwrap_or_default() };
    let id = |n: u32| {
        let more = if n == 0 && address.is_empty() { String::new() } else { format!(" {address} {n}") };
        let digest = HEXLOWER.encode(&Sha256::digest(format!("{kind} {division} {name}{more}"))[..6]);
        PlaceId::parse(&format!("{division}-{digest}")).expect("a code and a digest are an id")
    };
    let is_free = |id: &PlaceId| !there.by_id.contains_key(id.as_str()) && !there.taken.contains(id.as_str());
    Known::New((0..=u32::MAX).map(id).find(is_free).expect("there are more digests than places"))
}
