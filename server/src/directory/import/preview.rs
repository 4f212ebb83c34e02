//! What a file would change, before it changes anything.

use std::collections::{BTreeMap, BTreeSet};

use shared::directory::Listing;
use shared::places::PlaceId;

use crate::directory::file::MOST_PLACES;

/// What would be new, other and gone.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    pub added: Vec<Listing>,
    /// With the names of what is said otherwise.
    pub changed: Vec<(Listing, Vec<&'static str>)>,
    /// As they were, but confirmed anew.
    pub confirmed: Vec<Listing>,
    pub same: usize,
    /// Open places of the divisions that the file speaks of, which it does not have.
    pub gone: Vec<Listing>,
    /// Open places of those divisions before.
    pub open_before: usize,
    /// All places of the kind before, closed ones too.
    pub all_before: usize,
}

/// What becomes of places that are not in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gone {
    /// Nobody has said: then nothing is taken in.
    Ask,
    /// They close for good, and are not deleted.
    Close,
    /// The file is no whole list: they stay as they are.
    Keep,
}

/// Why a file is not taken in although every row can be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("{0} places are not in the file: say whether they close (--gone close) or stay (--gone keep)")]
    Question(usize),
    #[error(
        "{gone} of {open} places would close at once, more than a tenth: nothing was changed. Look whether the file is whole; \
         take it in with --gone keep, and close places one by one"
    )]
    TooManyGone { gone: usize, open: usize },
    #[error("{0} things are wrong; nothing was changed")]
    Mistakes(usize),
    #[error(
        "there would be {0} places of this kind, and a portal keeps no more than {MOST_PLACES}, closed ones too: nothing was \
         changed. Please take in only the list of its own city"
    )]
    TooMany(usize),
    #[error(
        "import {0} of this kind is being written or taken back at this moment, or broke off: wait until it is over, or take it back \
         with `huimin places undo {0}`. Nothing was changed"
    )]
    Unfinished(String),
    #[error("somebody has taken import {0} back while it was being written: everything is as it was before")]
    TakenBack(String),
}

/// Of all open places, no more than one in so many vanishes by one file.
const A_TENTH: usize = 10;

impl Preview {
    pub fn of(listings: Vec<Listing>, known: &[Listing]) -> Self {
        let known: BTreeMap<&PlaceId, &Listing> = known.iter().map(|one| (&one.id, one)).collect();
        let divisions: BTreeSet<String> = listings.iter().map(|one| one.division.clone()).collect();
        let ids: BTreeSet<PlaceId> = listings.iter().map(|one| one.id.clone()).collect();
        let open = known.values().filter(|one| one.closed.is_none() && divisions.contains(&one.division));
        let open: Vec<&&Listing> = open.collect();
        let mut preview = Self {
            gone: open.iter().filter(|one| !ids.contains(&one.id)).map(|one| (**one).clone()).collect(),
            open_before: open.len(),
            all_before: known.len(),
            ..Self::default()
        };
        for listing in listings {
            let Some(before) = known.get(&listing.id) else {
                preview.added.push(listing);
                continue;
            };
            let fields = differences(before, &listing);
            match (fields.is_empty(), listing.confirmed == before.confirmed) {
                (false, _) => preview.changed.push((listing, fields)),
                (true, false) => preview.confirmed.push(listing),
                (true, true) => preview.same += 1,
            }
        }
        preview
    }

    /// Whether it may be taken in.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn admit(&self, gone: Gone) -> Result<(), Refused> {
        let all = self.all_before + self.added.len();
        if all > MOST_PLACES && !self.added.is_empty() {
            Err(Refused::TooMany(all))
        } else if self.gone.is_empty() || gone == Gone::Keep {
            Ok(())
        } else if self.gone.len() * A_TENTH > self.open_before {
            Err(Refused::TooManyGone { gone: self.gone.len(), open: self.open_before })
        } else if gone == Gone::Ask {
            Err(Refused::Question(self.gone.len()))
        } else {
            Ok(())
        }
    }
}

/// The names of what two say differently, who confirmed it and when aside.
fn differences(one: &Listing, other: &Listing) -> Vec<&'static str> {
    let rules = |listing: &Listing| (listing.times.rules().to_vec(), listing.times.words().map(str::to_owned));
    let all = [
        ("name", one.name != other.name),
        ("address", one.address != other.address),
        ("tier", one.tier != other.tier),
        ("parent", one.parent != other.parent),
        ("area", (&one.division, &one.street, &one.community) != (&other.division, &other.street, &other.community)),
        ("position", one.spot != other.spot),
        ("phone", one.phone != other.phone),
        ("hours", rules(one) != rules(other)),
        ("services", one.services != other.services),
        ("access", one.access != other.access),
        (
            "capacity",
            one.capacity.map(|c| (c.beds, c.nursing_beds, c.places))
                != other.capacity.map(|c| (c.beds, c.nursing_beds, c.places)),
        ),
        ("grade", one.grade != other.grade),
        ("directions", one.directions != other.directions),
        ("closed", one.closed != other.closed),
        ("demo", one.demo != other.demo),
    ];
    all.into_iter().filter_map(|(name, differs)| differs.then_some(name)).collect()
}
