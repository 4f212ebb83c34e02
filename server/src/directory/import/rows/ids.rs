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
use crate::directory::import::cells::{narrow, one_line};

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
        if let Some(reason) = taken_over(cells, listing, name) {
            cells.wrong(Column::Plain(Plain::Id), reason);
            return None;
        }
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

/// Why a row cannot be about the closed place of its id: it has another name and another address, or one of them and does not say
/// that the place is open again (无 under 停办日期).
fn taken_over(cells: &Cells<'_>, closed: &Listing, name: &str) -> Option<Reason> {
    let on = closed.closed.as_ref()?.on;
    let is_other = |said: &str, known: &str| !known.is_empty() && plain(said) != plain(known);
    let has_other_name = is_other(name, &closed.name.zh);
    let has_other_address = cells.said(Plain::Address).is_some_and(|said| is_other(said, &closed.address.zh));
    let was = [closed.name.zh.as_str(), closed.address.zh.as_str()].join(" ");
    let says_when = cells.said(Plain::ClosedOn).is_some() || cells.clears(Plain::ClosedOn);
    match (has_other_name, has_other_address) {
        (true, true) => Some(Reason::own(
            "id_of_another",
            format!(
                "这个编号是“{was}”的，那里 {on} 已经停办；名称和地址都不同，是另一处。编号不能给别处再用，请换一个。"
            ),
            format!(
                "This id is that of {was}, which has closed ({on}); with another name and another address this is another place. Ids \
                 are never used twice: choose another."
            ),
        )),
        (true, false) | (false, true) if !says_when => Some(Reason::own(
            "id_reopened",
            format!(
                "这个编号是“{was}”的，那里 {on} 已经停办。是同一处重新开办，请在“停办日期”一列写 无；是另一处，请换一个编号。"
            ),
            format!(
                "This id is that of {was}, which has closed ({on}). If the same place has opened again, write 无 under 停办日期 \
                 (closed_on); if it is another, choose another id."
            ),
        )),
        _ => None,
    }
}

/// Without spaces, and with signs of any width alike.
fn plain(text: &str) -> String {
    narrow(text).chars().filter(|c| !c.is_whitespace()).collect()
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
