//! What the names of places are found by: characters, pinyin, initials, with one slip; and the words of their English names.

use super::sight::Sight;
use crate::search::{self, Entry, Letters, Query, Rank, Words};

/// The places of a list as search sees them.
#[derive(Clone, Debug)]
pub struct Names {
    letters: Letters,
    /// Each of the place at the same position.
    entries: Vec<Entry>,
    /// Their English names, in the same order.
    english: Vec<Box<str>>,
}

impl Names {
    /// The letters are those of [`Sight::texts`] of these places, made where the list was.
    pub fn of<'a>(letters: Letters, places: impl IntoIterator<Item = Sight<'a>>) -> Self {
        let (mut entries, mut english) = (Vec::new(), Vec::new());
        for place in places {
            let [name, community, address] = place.texts();
            entries.push(letters.entry(&name, &community, &address));
            english.push(place.name.en.into());
        }
        Self { letters, entries, english }
    }

    pub fn letters(&self) -> &Letters {
        &self.letters
    }

    /// How well each goes by what was typed; none where it does not. Nothing goes by what has no letter or digit.
    pub fn ranks(&self, typed: &str) -> Vec<Option<Rank>> {
        let mut ranks = match Query::parse(typed) {
            Some(query) => search::ranks(&query, &self.letters, &self.entries),
            None => vec![None; self.entries.len()],
        };
        if let Some(words) = Words::parse(typed) {
            for (rank, name) in ranks.iter_mut().zip(&self.english) {
                *rank = [*rank, words.rank(name)].into_iter().flatten().min();
            }
        }
        ranks
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::Listing;
    use crate::directory::found::tests::{letters, station};
    use crate::localised::Localised;

    #[test]
    fn a_name_copied_from_the_english_page_finds_its_place_first() {
        let named = |id: &str, en: &str| Listing { name: Localised::new("海珠", en), ..station(id) };
        let all = [
            named("garden", "Majialong Demo Garden"),
            named("far", "Nantou Street Elderly Centre (north of the river, behind the old school and the market)"),
            named("centre", "Nantou Street Elderly Centre"),
        ];
        let names = Names::of(letters(), all.iter().map(Listing::sight));
        let found = |typed: &str| {
            let mut found: Vec<_> = names.ranks(typed).into_iter().zip(["garden", "far", "centre"]).collect();
            found.retain(|(rank, _)| rank.is_some_and(|rank| !rank.is_guess()));
            found.sort_by_key(|(rank, _)| *rank);
            found.into_iter().map(|(_, id)| id).collect::<Vec<_>>()
        };
        assert_eq!(found("Nantou Street Elderly Centre"), ["centre", "far"]);
        assert_eq!(found("  nantou street, ELDERLY cent"), ["centre", "far"], "while it is being typed");
        assert_eq!(found("elderly"), ["far", "centre"]);
        assert_eq!(found("majialong demo garden"), ["garden"]);
        assert_eq!(found("garden majialong"), [""; 0], "in their order");
        assert_eq!(found(&all[1].name.en), ["far"], "however long it is");
        assert_eq!(found("海边 elderly"), [""; 0], "all of it counts");
        assert_eq!(found("e"), [""; 0]);
    }
}
