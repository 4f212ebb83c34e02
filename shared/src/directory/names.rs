//! What the names of places are found by: characters, pinyin, initials, with one slip.

use super::sight::Sight;
use crate::search::{self, Entry, Letters, Query, Rank};

/// The places of a list as search sees them.
#[derive(Clone, Debug)]
pub struct Names {
    letters: Letters,
    /// Each of the place at the same position.
    entries: Vec<Entry>,
}

impl Names {
    /// The letters are those of [`Sight::texts`] of these places, made where the list was.
    pub fn of<'a>(letters: Letters, places: impl IntoIterator<Item = Sight<'a>>) -> Self {
        let mut entries = Vec::new();
        for place in places {
            let [name, community, address] = place.texts();
            entries.push(letters.entry(&name, &community, &address));
        }
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
