//! One row.

use std::collections::{BTreeMap, BTreeSet};

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use shared::directory::{Access, Area, Dial, Listing, Spot, Times, position};
use shared::field::Reason;
use shared::localised::Localised;
use shared::places::{Datum, PlaceId};

use super::Options;
use super::facts::{closing, confirm, facts};
use super::row_cells::{Cells, say};
use crate::directory::file::areas::bounds;
use crate::directory::file::columns::{Column, Plain};
use crate::directory::file::{Headings, Row};
use crate::directory::import::{Mistakes, cells};

/// What is there already.
pub(super) struct There<'a> {
    pub by_id: BTreeMap<&'a str, &'a Listing>,
    /// By division and name.
    pub by_name: BTreeMap<(&'a str, &'a str), &'a Listing>,
    /// Ids of places of other kinds.
    pub taken: &'a BTreeSet<String>,
    pub options: &'a Options,
}

/// The place that a row is about, as it is from now on; none where that cannot be said.
pub(super) fn read(headings: &Headings, row: &Row, there: &There<'_>, mistakes: &mut Mistakes) -> Option<Listing> {
    let before = mistakes.count();
    let mut cells = Cells { headings, row, mistakes };
    let Some(name) = cells.words(Plain::Name) else {
        if cells.mistakes.count() == before {
            cells.wrong(Column::Plain(Plain::Name), merged());
        }
        return None;
    };
    let division = division(&mut cells, there)?;
    let known = which(&mut cells, there, &division, &name)?;
    let mut listing = match known {
        Known::Listed(listing) => listing.clone(),
        Known::New(id) => blank(id, there.options),
    };
    // Closed places that are on the list again are open again.
    listing.closed = None;
    listing.division.clone_from(&division);
    listing.source.clone_from(&there.options.source);
    listing.checked = there.options.checked;
    listing.demo = there.options.demo;
    say(&mut listing.name, Some(name), cells.words(Plain::NameEn));
    let address = cells.words(Plain::Address);
    say(&mut listing.address, address, cells.words(Plain::AddressEn));
    belongings(&mut cells, &mut listing, there);
    point(&mut cells, &mut listing, there.options);
    if let Some(phone) = cells.read(Plain::Phone, |text| Dial::parse(text).map_err(|_| bad_phone())) {
        listing.phone = Some(phone);
    }
    facts(&mut cells, &mut listing, there.options);
    closing(&mut cells, &mut listing);
    confirm(&mut cells, &mut listing, there.options);
    (cells.mistakes.count() == before).then_some(listing)
}

enum Known<'a> {
    Listed(&'a Listing),
    New(PlaceId),
}

fn division(cells: &mut Cells<'_>, there: &There<'_>) -> Option<String> {
    let options = there.options;
    let Some(text) = cells.text(Plain::Division) else { return Some(options.division.clone()) };
    let is_code = text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit());
    let found = if is_code { Some(text) } else { options.areas.code(text, 6, "") };
    if let Some(code) = found {
        return Some(code.to_owned());
    }
    let reason = if text.is_empty() { merged() } else { unknown_area() };
    cells.wrong(Column::Plain(Plain::Division), reason);
    None
}

/// The place of the row's id, or of its name where it has none.
fn which<'a>(cells: &mut Cells<'_>, there: &There<'a>, division: &str, name: &str) -> Option<Known<'a>> {
    let Some(text) = cells.said(Plain::Id) else {
        if let Some(listing) = there.by_name.get(&(division, name)) {
            return Some(Known::Listed(listing));
        }
        // The same list makes the same ids.
        let kind = &there.options.kind.id;
        let digest = HEXLOWER.encode(&Sha256::digest(format!("{kind} {division} {name}"))[..6]);
        return PlaceId::parse(&format!("{division}-{digest}")).ok().map(Known::New);
    };
    if let Some(listing) = there.by_id.get(text) {
        return Some(Known::Listed(listing));
    }
    match PlaceId::parse(text) {
        Ok(id) if !there.taken.contains(id.as_str()) => Some(Known::New(id)),
        Ok(_) => {
            let reason = Reason::own(
                "id_taken",
                "这个编号已经是另一类地点的。编号不能重复，请换一个。",
                "A place of another kind has this id. Ids are never used twice: choose another.",
            );
            cells.wrong(Column::Plain(Plain::Id), reason);
            None
        }
        Err(_) => {
            let reason = Reason::own(
                "id_shape",
                "编号只写英文字母、数字、- 和 _，最多 64 个。",
                "An id has letters, digits, - and _, 64 at most.",
            );
            cells.wrong(Column::Plain(Plain::Id), reason);
            None
        }
    }
}

fn blank(id: PlaceId, options: &Options) -> Listing {
    Listing {
        id,
        kind: options.kind.id.clone(),
        tier: None,
        parent: None,
        name: Localised::new("", ""),
        address: Localised::new("", ""),
        division: options.division.clone(),
        street: None,
        community: None,
        spot: None,
        phone: None,
        directions: None,
        demo: options.demo,
        times: Times::default(),
        services: Vec::new(),
        access: Access::default(),
        capacity: None,
        grade: None,
        confirmed: BTreeMap::new(),
        closed: None,
        source: options.source.clone(),
        checked: options.checked,
    }
}

fn belongings(cells: &mut Cells<'_>, listing: &mut Listing, there: &There<'_>) {
    let kind = there.options.kind;
    if let Some(tier) = cells.read(Plain::Tier, |text| cells::tier(text, kind).map(|tier| tier.id.clone())) {
        listing.tier = Some(tier);
    }
    let bad_parent = || Reason::own("id_shape", "上级请写它的编号。", "Write the id of what it belongs to.");
    match cells.text(Plain::Parent) {
        Some("") => listing.parent = None,
        Some(_) => listing.parent = cells.read(Plain::Parent, |text| PlaceId::parse(text).map_err(|_| bad_parent())),
        None => {}
    }
    let street = area(cells, (Plain::Street, Plain::StreetCode, 9), &listing.division, there);
    let within = street.as_ref().map_or_else(|| listing.division.clone(), |area| area.code.clone());
    let community = area(cells, (Plain::Community, Plain::CommunityCode, 12), &within, there);
    listing.street = street.or_else(|| listing.street.take());
    listing.community = community.or_else(|| listing.community.take());
}

fn area(
    cells: &mut Cells<'_>,
    (name, code, digits): (Plain, Plain, usize),
    within: &str,
    there: &There<'_>,
) -> Option<Area> {
    let called = cells.words(name)?;
    let given = cells.said(code).map(str::to_owned);
    let found = match &given {
        Some(given) => Some(given.as_str()).filter(|code| code.len() == digits && code.starts_with(within)),
        None => there.options.areas.code(&called, digits, within),
    };
    let Some(found) = found.filter(|code| code.bytes().all(|byte| byte.is_ascii_digit())) else {
        cells.wrong(Column::Plain(if given.is_some() { code } else { name }), unknown_area());
        return None;
    };
    Some(Area { code: found.to_owned(), name: called })
}

fn point(cells: &mut Cells<'_>, listing: &mut Listing, options: &Options) {
    let [Some(latitude), Some(longitude)] = [Plain::Latitude, Plain::Longitude].map(|column| cells.text(column)) else {
        return;
    };
    let datum = match cells.said(Plain::Datum) {
        None => options.datum,
        Some(name) => Datum::from_name(&name.to_lowercase().replace(['-', ' '], "")),
    };
    match position::read(latitude, longitude, datum, bounds(&listing.division)) {
        Ok(point) => listing.spot = point.map(Spot::of),
        Err(bad) => {
            let column = if bad == position::BadPosition::NoDatum { Plain::Datum } else { Plain::Latitude };
            cells.wrong(Column::Plain(column), bad);
        }
    }
}

fn merged() -> Reason {
    Reason::own(
        "cell_empty",
        "这一格是空的，可能是合并单元格留下的。请取消合并，每一行都填写。",
        "This cell is empty, perhaps since cells were merged. Unmerge them and fill every row.",
    )
}

fn unknown_area() -> Reason {
    Reason::own(
        "area_unknown",
        "不认识这个地区，或者不止一个。请写全称，或者加一列写区划代码，也可以用 --divisions 给一份区划表。",
        "No area of this name is known, or several are. Write its full name, add a column with its division code, or give a list of \
         divisions with --divisions.",
    )
}

fn bad_phone() -> Reason {
    Reason::own(
        "cell_phone",
        "电话只写数字和短横线，一格一个，例如 0755-12345678。",
        "Write one phone a cell with digits and dashes, such as 0755-12345678.",
    )
}
