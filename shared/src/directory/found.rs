//! What fits a filter, in the order in which it is shown: the nearest first, after all others whatever nobody has confirmed for long,
//! and last what may not have what is looked for. There is no radius, so the nearest is always shown.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use chrono::NaiveDateTime;

use super::filter::{Filter, Fit};
use super::freshness::Freshness;
use super::kind::Kind;
use super::listing::Listing;
use super::names::Names;
use super::sight::Sight;
use crate::calendar::Classes;
use crate::geo::Wgs84;
use crate::search::Rank;

/// One that was found, by its place in the list that was looked through.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    pub index: usize,
    /// Straight, where somebody said where they are and the place has coordinates.
    pub metres: Option<f64>,
    pub freshness: Freshness,
    /// Nobody has said whether it has what is looked for.
    pub is_unsure: bool,
    /// Its name differs by a slip from what was typed: worth the words "did you mean".
    pub is_guess: bool,
}

impl Found {
    /// Whole metres.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "metres on the earth")]
    pub fn metres(&self) -> Option<u32> {
        self.metres.map(|metres| (metres + 0.5) as u32)
    }
}

/// What is looked for.
#[derive(Clone, Copy, Debug)]
pub struct Sought<'a> {
    pub kind: &'a Kind,
    pub filter: &'a Filter,
    /// Ids, between spaces, of places that are shown however long nobody has confirmed them: times are given out for them.
    pub kept: &'a str,
    /// In civil time of Shanghai.
    pub now: NaiveDateTime,
    /// So many of them are shown: only these are put in order.
    pub most: usize,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Looked {
    /// The first in their order.
    pub first: Vec<Found>,
    /// All that fit.
    pub count: usize,
    /// Those of them of which nobody has said whether they have what is looked for.
    pub unsure: usize,
    /// Whole metres to the nearest of all.
    pub nearest: Option<u32>,
    /// Each of all differs by a slip from what was typed.
    pub is_guess: bool,
}

/// Whether an id is one of those between spaces.
pub fn is_among(ids: &str, id: &str) -> bool {
    ids.split(' ').any(|one| one == id)
}

/// Listings that fit: neither closed for good nor hidden. Where words were typed, what goes best by them comes first, and where
/// somebody is, the nearest of what goes by them.
///
/// `names` are those of these listings, in their order;
/// `near` is where somebody is, as their phone measures it.
pub fn find(
    listings: &[Listing],
    names: &Names,
    sought: Sought<'_>,
    near: Option<Wgs84>,
    calendar: &impl Classes,
) -> Looked {
    let metres = |index: usize| {
        let (near, spot) = near.zip(listings.get(index)?.spot)?;
        Some(spot.ground().metres_to(near))
    };
    let q = &sought.filter.q;
    let ranks = (!q.is_empty()).then(|| names.ranks(q));
    look(listings.iter().map(Listing::sight), metres, ranks, sought, calendar)
}

/// As [`find`], of places wherever they are kept: `metres` is how far one is, where that is known, and `ranks` how well each goes
/// by the words that were typed, where there are any.
pub fn look<'a>(
    places: impl Iterator<Item = Sight<'a>>,
    metres: impl Fn(usize) -> Option<f64>,
    ranks: Option<Vec<Option<Rank>>>,
    Sought { kind, filter, kept, now, most }: Sought<'_>,
    calendar: &impl Classes,
) -> Looked {
    let today = now.date();
    let one = |(index, place): (usize, Sight<'a>)| {
        let rank = match &ranks {
            None => None,
            Some(ranks) => Some((*ranks.get(index)?)?),
        };
        let freshness = place.freshness(kind.ages, today);
        let freshness = freshness.where_booked(freshness.is_hidden() && is_among(kept, place.id));
        let is_there = place.is_open_for_good(today) && !freshness.is_hidden();
        let fit = if is_there { filter.fit(&place, kind, now, calendar) } else { Fit::No };
        (fit != Fit::No).then(|| {
            let code = |area: Option<(&'a str, &'a str)>| area.map(|(code, _)| code);
            let found = Found {
                index,
                metres: metres(index),
                freshness,
                is_unsure: fit == Fit::Unsure,
                is_guess: rank.is_some_and(Rank::is_guess),
            };
            Seen {
                rank,
                found,
                tier: kind.rank(place.tier),
                street: code(place.street),
                community: code(place.community),
            }
        })
    };
    // As a heap, since the list goes to phones, and the library's other sorts are several times as much code; and of no more than
    // are shown, whose last gives way to whatever comes before it.
    let (mut looked, mut first) = (Looked { is_guess: true, ..Looked::default() }, BinaryHeap::new());
    for place in places.enumerate() {
        let Some(seen) = one(place) else { continue };
        looked.add(&seen.found);
        if first.len() < most {
            first.push(seen);
        } else if let Some(mut last) = first.peek_mut()
            && seen < *last
        {
            *last = seen;
        }
    }
    looked.first = first.into_sorted_vec().into_iter().map(|seen| seen.found).collect();
    looked
}

impl Looked {
    fn add(&mut self, found: &Found) {
        self.count += 1;
        self.unsure += usize::from(found.is_unsure);
        self.is_guess &= found.is_guess;
        self.nearest = [self.nearest, found.metres()].into_iter().flatten().min();
    }
}

/// One that fits, with what its place in the order follows from.
struct Seen<'a> {
    rank: Option<Rank>,
    found: Found,
    tier: usize,
    street: Option<&'a str>,
    community: Option<&'a str>,
}

impl Ord for Seen<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        // Whoever is somewhere wants the nearest of what goes by the words; a slip away it only may.
        let place = |one: &Self| (one.found.is_unsure, one.found.freshness.is_last(), one.found.is_guess);
        let near = place(self).cmp(&place(other)).then(nearer(&self.found, &other.found));
        near.then(self.rank.cmp(&other.rank)).then_with(|| self.listed(other))
    }
}

impl PartialOrd for Seen<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Seen<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Seen<'_> {}

impl Seen<'_> {
    /// The order of a list that nobody is near to: the large ones first, then by street and community.
    fn listed(&self, other: &Self) -> Ordering {
        let tier = self.tier.cmp(&other.tier);
        let area = || self.street.cmp(&other.street).then(self.community.cmp(&other.community));
        tier.then_with(area).then(self.found.index.cmp(&other.found.index))
    }
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

#[cfg(test)]
pub(crate) mod tests;
