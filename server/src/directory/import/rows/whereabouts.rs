//! Where a row says that a place is, and what it belongs to. Empty cells say nothing: what was known there stays.

use shared::directory::position::{self, BadPosition};
use shared::directory::{Area, Listing, Spot};
use shared::field::Reason;
use shared::geo::{Degrees, Gcj02, Wgs84};
use shared::places::{Coordinates, Datum, PlaceId};

use super::Options;
use super::one::There;
use super::row_cells::Cells;
use crate::directory::file::areas::bounds;
use crate::directory::file::columns::{Column, Plain};
use crate::directory::import::cells;

/// Tier, parent, street and community.
pub(super) fn belongings(cells: &mut Cells<'_>, listing: &mut Listing, there: &There<'_>) {
    tier(cells, listing, there.options);
    let bad_parent = || Reason::own("id_shape", "上级请写它的编号。", "Write the id of what it belongs to.");
    if cells.clears(Plain::Parent) {
        listing.parent = None;
    } else if let Some(id) = cells.read(Plain::Parent, |text| PlaceId::parse(text).map_err(|_| bad_parent())) {
        listing.parent = Some(id);
    }
    let street = area(cells, (Plain::Street, Plain::StreetCode, 9), &listing.division, there);
    let within = street.as_ref().map_or_else(|| listing.division.clone(), |area| area.code.clone());
    let community = area(cells, (Plain::Community, Plain::CommunityCode, 12), &within, there);
    // What lies elsewhere now is in none of the streets where it was.
    let kept = |cleared: bool, old: Option<Area>| old.filter(|area| !cleared && area.code.starts_with(&within));
    let cleared = [Plain::Street, Plain::Community].map(|column| cells.clears(column));
    listing.street = street.or_else(|| kept(cleared[0], listing.street.take()));
    listing.community = community.or_else(|| kept(cleared[1], listing.community.take()));
    for (column, is_known) in [
        (Plain::Tier, listing.tier.is_some()),
        (Plain::Parent, listing.parent.is_some()),
        (Plain::Street, listing.street.is_some()),
        (Plain::Community, listing.community.is_some()),
    ] {
        cells.note(column, is_known);
    }
}

fn tier(cells: &mut Cells<'_>, listing: &mut Listing, options: &Options) {
    if cells.clears(Plain::Tier) {
        listing.tier = None;
    }
    let Some(text) = cells.said(Plain::Tier) else { return };
    let tier = match cells::tier(text, options.kind) {
        Ok(tier) => {
            listing.tier = Some(tier.id.clone());
            Ok(())
        }
        Err(reason) => Err(cells.mistake(Column::Plain(Plain::Tier), reason)),
    };
    cells.whole.tier(tier);
}

fn area(
    cells: &mut Cells<'_>,
    (name, code, digits): (Plain, Plain, usize),
    within: &str,
    there: &There<'_>,
) -> Option<Area> {
    let called = cells.words(name)?;
    let given = cells.said(code).map(cells::narrow);
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

pub(super) fn point(cells: &mut Cells<'_>, listing: &mut Listing, options: &Options) {
    if cells.clears(Plain::Latitude) || cells.clears(Plain::Longitude) {
        listing.spot = None;
        return;
    }
    let [Some(latitude), Some(longitude)] = [Plain::Latitude, Plain::Longitude].map(|column| cells.text(column)) else {
        return;
    };
    let datum = match cells.said(Plain::Datum) {
        None => options.datum,
        Some(name) => Datum::from_name(&name.to_lowercase().replace(['-', ' '], "")),
    };
    match position::read(latitude, longitude, datum, bounds(&listing.division)) {
        Ok(None) => {}
        Ok(Some(point)) => {
            let coarse = [Plain::Latitude, Plain::Longitude]
                .map(|column| cells.mistake(Column::Plain(column), BadPosition::Coarse));
            cells.whole.point(point, coarse);
            // The same point as we publish it says nothing new, and what was measured is finer.
            if listing.spot.is_none_or(|known| !is_as_published(point.coordinates, known)) {
                listing.spot = Some(Spot::of(point.coordinates));
            }
        }
        Err(bad) => {
            let column = if bad == BadPosition::NoDatum { Plain::Datum } else { Plain::Latitude };
            cells.wrong(Column::Plain(column), bad);
        }
    }
    cells.note(Plain::Latitude, listing.spot.is_some());
}

/// Whether a point is what a file of ours has for another.
fn is_as_published(point: Coordinates, known: Spot) -> bool {
    let published = match point.datum {
        Datum::Gcj02 => {
            let Gcj02(degrees) = known.published();
            Some(degrees)
        }
        Datum::Wgs84 => known.measured().map(|Wgs84(degrees)| degrees),
        Datum::Cgcs2000 | Datum::Bd09 => None,
    };
    published.is_some_and(|degrees| millionths(degrees) == (point.latitude, point.longitude))
}

fn millionths(Degrees { latitude, longitude }: Degrees) -> (i32, i32) {
    #[expect(clippy::cast_possible_truncation, reason = "at most 180 million")]
    let whole = |degrees: f64| (degrees * 1e6).round() as i32;
    (whole(latitude), whole(longitude))
}

pub(super) fn unknown_area() -> Reason {
    Reason::own(
        "area_unknown",
        "不认识这个地区，或者不止一个。请写全称，或者加一列写区划代码，也可以用 --divisions 给一份区划表。",
        "No area of this name is known, or several are. Write its full name, add a column with its division code, or give a list of \
         divisions with --divisions.",
    )
}
