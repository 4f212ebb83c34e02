//! One row.

use std::collections::{BTreeMap, BTreeSet};

use shared::directory::{Access, Dial, Listing, Times};
use shared::field::Reason;
use shared::localised::Localised;
use shared::places::{PlaceId, phone};

use super::Options;
use super::facts::{closing, confirm, facts};
use super::ids::{ByName, Known, which};
use super::row_cells::{Cells, say};
use super::whereabouts::{belongings, point, unknown_area};
use super::whole::Whole;
use crate::directory::file::columns::{Column, Plain};
use crate::directory::file::{Headings, Mistake, Row, Wrong};
use crate::directory::import::{Before, Mistakes, cells};

/// What is there already.
pub(super) struct There<'a> {
    pub by_id: BTreeMap<&'a str, &'a Listing>,
    pub by_name: ByName<'a>,
    /// Ids of other places.
    pub taken: &'a BTreeSet<String>,
    pub options: &'a Options,
}

impl<'a> There<'a> {
    pub(super) fn of(before: &'a Before, options: &'a Options) -> Self {
        let by_id = before.listings.iter().map(|one| (one.id.as_str(), one)).collect();
        let mut by_name = ByName::new();
        for one in &before.listings {
            by_name.entry((one.division.as_str(), one.name.zh.as_str())).or_default().push(one);
        }
        Self { by_id, by_name, taken: &before.taken, options }
    }
}

/// The place that a row is about, as it is from now on; none where that cannot be said.
pub(super) fn read(
    headings: &Headings,
    row: &Row,
    there: &There<'_>,
    (mistakes, whole): (&mut Mistakes, &mut Whole),
) -> Option<Listing> {
    let before = mistakes.count();
    for Wrong { column, value, reason } in row.wrong.iter().cloned() {
        mistakes.add(Mistake { row: row.number, column, value, reason });
    }
    let mut cells = Cells { headings, row, mistakes, whole };
    let Some(name) = cells.words(Plain::Name) else {
        if cells.mistakes.count() == before {
            cells.wrong(Column::Plain(Plain::Name), merged());
        }
        return None;
    };
    let division = division(&mut cells, there)?;
    let (known, mut listing) = match which(&mut cells, there, &division, &name)? {
        Known::Listed(listing) => (Some(listing), listing.clone()),
        Known::New(id) => (None, blank(id, there.options)),
    };
    // Closed places that are on the list again are open again.
    listing.closed = None;
    listing.division.clone_from(&division);
    // Whoever takes what is invented for real is told so by the list.
    let is_demo = cells.read(Plain::Demo, cells::yes_or_no);
    listing.demo = is_demo.unwrap_or(listing.demo || there.options.demo);
    say(&mut listing.name, Some(name), cells.words(Plain::NameEn));
    let address = cells.words(Plain::Address);
    say(&mut listing.address, address, cells.words(Plain::AddressEn));
    belongings(&mut cells, &mut listing, there);
    point(&mut cells, &mut listing, there.options);
    dial(&mut cells, &mut listing, there.options);
    facts(&mut cells, &mut listing, there.options);
    closing(&mut cells, &mut listing, known);
    confirm(&mut cells, &mut listing, (known, there.options));
    (cells.mistakes.count() == before).then_some(listing)
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

/// The phone, which can be dialled from anywhere: a landline has its area code.
fn dial(cells: &mut Cells<'_>, listing: &mut Listing, options: &Options) {
    if cells.clears(Plain::Phone) {
        listing.phone = None;
    }
    let known = listing.phone.clone();
    let read = |text: &str| {
        let dial = Dial::parse(text).map_err(|_| bad_phone())?;
        if known.as_ref() == Some(&dial) || !phone::lacks_area(&dial.dashed()) {
            return Ok(dial);
        }
        let code = options.area_code.as_deref().ok_or_else(no_area_code)?;
        Dial::parse(&format!("{code}-{}", dial.dashed())).map_err(|_| bad_phone())
    };
    if let Some(phone) = cells.read(Plain::Phone, read) {
        listing.phone = Some(phone);
    }
}

fn merged() -> Reason {
    Reason::own(
        "cell_empty",
        "这一格是空的，可能是合并单元格留下的。请取消合并，每一行都填写。",
        "This cell is empty, perhaps since cells were merged. Unmerge them and fill every row.",
    )
}

fn bad_phone() -> Reason {
    Reason::own(
        "cell_phone",
        "电话只写数字和短横线，一格一个，例如 0755-12345678，分机写成 0755-12345678-8001。",
        "Write one phone a cell with digits and dashes, such as 0755-12345678, and an extension as 0755-12345678-8001.",
    )
}

fn no_area_code() -> Reason {
    Reason::own(
        "cell_area_code",
        "固定电话请带区号，例如 0755-12345678，否则用手机打不通；整份名单都没有区号时，请加 --area-code 0755。",
        "Write a landline with its area code, such as 0755-12345678: without it no mobile gets through. Where the whole list has none, \
         add --area-code 0755.",
    )
}
