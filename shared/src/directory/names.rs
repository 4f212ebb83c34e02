//! What the names of places are found by: characters, pinyin, initials, with one slip.

use super::listing::Listing;
use crate::search::{self, Entry, Letters, Query, Rank};

/// The places of a list as search sees them.
#[derive(Clone, Debug)]
pub struct Names {
    letters: Letters,
    /// Each of the listing at the same place.
    entries: Vec<Entry>,
}

impl Names {
    /// The letters are those of [`texts`] of these listings, made where the list was.
    pub fn of(letters: Letters, listings: &[Listing]) -> Self {
        let entry = |listing: &Listing| {
            let [name, community, address] = texts(listing);
            letters.entry(&name, &community, &address)
        };
        let entries = listings.iter().map(entry).collect();
        Self { letters, entries }
    }

    pub fn letters(&self) -> &Letters {
        &self.letters
    }

    /// How well each goes by what was typed; none where it does not. Nothing goes by what has no letter or digit.
    pub fn ranks(&self, typed: &str) -> Vec<Option<Rank>> {
        match Query::parse(typed) {
            Some(query) => search::ranks(&query, &self.letters, &self.entries),
            None => vec![None; self.entries.len()],
        }
    }
}

/// What is searched of a place: its name, its community, and its street with its address.
pub fn texts(listing: &Listing) -> [String; 3] {
    let name = |area: &Option<super::Area>| area.as_ref().map_or_else(String::new, |area| area.name.clone());
    [listing.name.zh.clone(), name(&listing.community), name(&listing.street) + &listing.address.zh]
}
