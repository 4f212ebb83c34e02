//! What a file would change, before it changes anything.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use shared::directory::{Kind, Listing};
use shared::places::PlaceId;

use super::before::Before;
use super::rows::Options;
use crate::directory::export;
use crate::directory::file::{MOST_PLACES, columns::Column};

/// What would be new, other and gone.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    pub added: Vec<Listing>,
    /// With what is said otherwise.
    pub changed: Vec<(Listing, Vec<Difference>)>,
    /// As they were, but confirmed anew.
    pub confirmed: Vec<Listing>,
    pub same: usize,
    /// Open places that the file speaks for and does not have.
    pub gone: Vec<Listing>,
    /// Open places that the file speaks for, before.
    pub open_before: usize,
    /// All places of the kind before, closed ones too.
    pub all_before: usize,
    /// Nobody has said of which division the file is the whole list.
    pub is_whole_list_guessed: bool,
    /// As of which change of the kind; see [`Before`].
    pub version: i64,
    /// An import of the kind that was not over then.
    pub unfinished: Option<String>,
}

/// What is said otherwise, as a list would write it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub column: Column,
    pub from: String,
    pub to: String,
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
    #[error(
        "no place stands in the file: nothing was changed. Look whether it is the right file, with its rows under its headings; to close \
         the last place of a list, give it its last day in a list"
    )]
    Nothing,
    #[error("{0}")]
    Question(Missing),
    #[error(
        "{gone} of {open} places would close at once, more than a tenth: nothing was changed. Look whether the file is whole; \
         take it in with --gone keep, and close places one by one"
    )]
    TooManyGone { gone: usize, open: usize },
    #[error("mistakes in the file: {0}; nothing was changed")]
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
    #[error(
        "somebody else has changed places of this kind since the file was held against them: nothing was changed. Run the same \
         command again, and look at what it would change now"
    )]
    ChangedMeanwhile,
    #[error("somebody has taken import {0} back while it was being written: everything is as it was before")]
    TakenBack(String),
}

/// Places that the file speaks for and does not have, and what is asked about them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing {
    pub places: usize,
    /// Of which division the file is the whole list follows from its places: it may be of less.
    pub is_whole_list_guessed: bool,
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.places {
            1 => f.write_str("1 place is not in the file: say whether it closes (--gone close) or stays (--gone keep)"),
            places => write!(
                f,
                "{places} places are not in the file: say whether they close (--gone close) or stay (--gone keep)"
            ),
        }?;
        if self.is_whole_list_guessed {
            f.write_str(", or of which division the file is the whole list (--whole-of)")?;
        }
        Ok(())
    }
}

/// Of all open places, no more than one in so many vanishes by one file; a single one may, of however few.
const A_TENTH: usize = 10;

impl Preview {
    pub fn of(listings: Vec<Listing>, before: &Before, options: &Options) -> Self {
        let known: BTreeMap<&PlaceId, &Listing> = before.listings.iter().map(|one| (&one.id, one)).collect();
        let ids: BTreeSet<&PlaceId> = listings.iter().map(|one| &one.id).collect();
        let whole_of = spoken_for(&listings, options);
        let is_spoken_for = |one: &&&Listing| {
            one.closed.is_none()
                && (whole_of.iter().any(|code| one.division.starts_with(code.as_str())) || is_of(one, options))
        };
        let open: Vec<&&Listing> = known.values().filter(is_spoken_for).collect();
        let mut preview = Self {
            gone: open.iter().filter(|one| !ids.contains(&one.id)).map(|one| (**one).clone()).collect(),
            open_before: open.len(),
            all_before: known.len(),
            is_whole_list_guessed: options.whole_of.is_empty(),
            version: before.version,
            unfinished: before.unfinished.clone(),
            ..Self::default()
        };
        for listing in listings {
            let Some(before) = known.get(&listing.id) else {
                preview.added.push(listing);
                continue;
            };
            let differences = differences(options.kind, before, &listing);
            match (differences.is_empty(), listing.confirmed == before.confirmed) {
                (false, _) => preview.changed.push((listing, differences)),
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
        if let Some(other) = &self.unfinished {
            return Err(Refused::Unfinished(other.clone()));
        }
        if self.added.len() + self.changed.len() + self.confirmed.len() + self.same == 0 {
            return Err(Refused::Nothing);
        }
        let all = self.all_before + self.added.len();
        if all > MOST_PLACES && !self.added.is_empty() {
            Err(Refused::TooMany(all))
        } else if self.gone.is_empty() || gone == Gone::Keep {
            Ok(())
        } else if self.gone.len() > 1.max(self.open_before / A_TENTH) {
            Err(Refused::TooManyGone { gone: self.gone.len(), open: self.open_before })
        } else if gone == Gone::Ask {
            let (places, is_whole_list_guessed) = (self.gone.len(), self.is_whole_list_guessed);
            Err(Refused::Question(Missing { places, is_whole_list_guessed }))
        } else {
            Ok(())
        }
    }
}

/// The beginnings of the codes of the divisions whose whole list a file is: what somebody said, or else the smallest area that has
/// all of its places, so that a list of a city that lost a district is not taken for a list of the others.
fn spoken_for(listings: &[Listing], options: &Options) -> Vec<String> {
    if !options.whole_of.is_empty() {
        return options.whole_of.clone();
    }
    let Some(first) = listings.first().map(|one| one.division.as_str()) else { return Vec::new() };
    let fits = |digits: &usize| {
        let code = first.get(..*digits);
        code.is_some() && listings.iter().all(|one| one.division.get(..*digits) == code)
    };
    let digits = [6, 4, 2].into_iter().find(fits).unwrap_or(0);
    vec![first[..digits].to_owned()]
}

/// Whether whoever made the list confirmed something of a place before: then it is theirs to speak of, wherever it lies.
fn is_of(listing: &Listing, options: &Options) -> bool {
    options.whole_of.is_empty() && listing.confirmed.values().any(|confirmed| confirmed.by == options.source)
}

/// What two say differently, who confirmed it and when aside.
fn differences(kind: &Kind, one: &Listing, other: &Listing) -> Vec<Difference> {
    if one == other {
        return Vec::new();
    }
    let difference = |column: Column| {
        let [from, to] = [one, other].map(|listing| export::cell(kind, listing, column));
        (from != to).then_some(Difference { column, from, to })
    };
    Column::all().into_iter().filter(|column| !column.is_confirmation()).filter_map(difference).collect()
}
