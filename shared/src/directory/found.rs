//! What fits a filter, in the order in which it is shown: the nearest first, and whatever nobody has confirmed for long last.
//! There is no radius, so the nearest is always shown.

use std::cmp::Ordering;

use chrono::NaiveDateTime;

use super::filter::Filter;
use super::freshness::Freshness;
use super::kind::Kind;
use super::listing::Listing;
use super::names::Names;
use super::spot::Spot;
use crate::calendar::Classes;
use crate::geo::{Gcj02, Wgs84};
use crate::search::Rank;

/// Where somebody is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Near {
    /// As their phone measures it: metres are those of the ground.
    Ground(Wgs84),
    /// As maps number it, so that no point of a map has to be taken back: metres within half a hundredth.
    Map(Gcj02),
}

impl Near {
    fn metres_to(self, spot: Spot) -> f64 {
        match self {
            Self::Ground(here) => here.metres_to(spot.ground()),
            Self::Map(here) => here.metres_to(spot.published()),
        }
    }
}

/// One that was found, by its place in the list that was looked through.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    pub index: usize,
    /// Straight, where somebody said where they are and the place has coordinates.
    pub metres: Option<f64>,
    pub freshness: Freshness,
    /// Its name differs by a slip from what was typed: worth the words "did you mean".
    pub is_guess: bool,
}

impl Found {
    /// Whole metres.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "metres on the earth")]
    pub fn metres(&self) -> Option<u32> {
        self.metres.map(|metres| metres.round() as u32)
    }
}

/// All places that fit: neither closed for good nor hidden. Where words were typed, what goes best by them comes first.
///
/// `names` are those of these listings, in their order.
pub fn find(
    listings: &[Listing],
    names: &Names,
    kind: &Kind,
    filter: &Filter,
    near: Option<Near>,
    now: NaiveDateTime,
    calendar: &impl Classes,
) -> Vec<Found> {
    let today = now.date();
    let ranks = (!filter.q.is_empty()).then(|| names.ranks(&filter.q));
    let one = |(index, listing): (usize, &Listing)| {
        let rank = match &ranks {
            None => None,
            Some(ranks) => Some((*ranks.get(index)?)?),
        };
        let freshness = listing.freshness(kind, today);
        let is_there = listing.is_open_for_good(today) && !freshness.is_hidden();
        (is_there && filter.fits(listing, now, calendar)).then(|| {
            let metres = near.zip(listing.spot).map(|(near, spot)| near.metres_to(spot));
            (rank, Found { index, metres, freshness, is_guess: rank.is_some_and(Rank::is_guess) })
        })
    };
    let mut found: Vec<(Option<Rank>, Found)> = listings.iter().enumerate().filter_map(one).collect();
    // Nothing is equal to anything else, and the list goes to phones: the smaller sort does.
    found.sort_unstable_by(|(rank, one), (other_rank, other)| {
        let (first, second) = (&listings[one.index], &listings[other.index]);
        let last = one.freshness.is_last().cmp(&other.freshness.is_last());
        let listed = || order(kind, first).cmp(&order(kind, second)).then(one.index.cmp(&other.index));
        last.then(rank.cmp(other_rank)).then_with(|| nearer(one, other)).then_with(listed)
    });
    found.into_iter().map(|(_, found)| found).collect()
}

/// What lies nobody knows where comes after what does.
fn nearer(one: &Found, other: &Found) -> Ordering {
    match (one.metres, other.metres) {
        (Some(one), Some(other)) => one.total_cmp(&other),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

/// The order of a list that nobody is near to: the large ones first, then by street and community.
fn order<'a>(kind: &Kind, listing: &'a Listing) -> (usize, Option<&'a str>, Option<&'a str>) {
    let code = |area: &'a Option<super::Area>| area.as_ref().map(|area| area.code.as_str());
    (kind.rank(listing.tier.as_deref()), code(&listing.street), code(&listing.community))
}

#[cfg(test)]
pub(crate) mod tests;
