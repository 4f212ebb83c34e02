//! Every entry that was meant, the best first.

use super::entry::{Entry, Text};
use super::letters::Letters;
use super::pattern::{Extent, Pattern, Typed, Way};
use super::query::Query;
use super::rank::Rank;
use super::slip::near;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Which of the entries it is, from 0.
    pub at: usize,
    pub rank: Rank,
}

/// What was found, the best first; entries of one rank stay in the order in which they were given.
pub fn find<'a>(query: &Query, letters: &Letters, entries: impl IntoIterator<Item = &'a Entry>) -> Vec<Hit> {
    let ranked = ranks(query, letters, entries).into_iter().enumerate();
    let mut hits: Vec<Hit> = ranked.filter_map(|(at, rank)| Some(Hit { at, rank: rank? })).collect();
    hits.sort_unstable_by_key(|hit| (hit.rank, hit.at));
    hits
}

/// How well each entry goes by what was typed; none where it does not.
pub fn ranks<'a>(query: &Query, letters: &Letters, entries: impl IntoIterator<Item = &'a Entry>) -> Vec<Option<Rank>> {
    let search = Search::new(query, letters);
    entries.into_iter().map(|entry| search.rank(entry)).collect()
}

struct Search<'a> {
    letters: &'a Letters,
    tries: Vec<Pattern>,
    terms: Vec<Pattern>,
}

/// An address holds nearly every letter, so that fewer say nothing of it.
const FEWEST_LETTERS_OF_AN_ADDRESS: usize = 4;

impl<'a> Search<'a> {
    fn new(query: &Query, letters: &'a Letters) -> Self {
        let pattern = |typed: &Vec<char>| Pattern::new(typed, letters);
        Self {
            letters,
            tries: query.tries.iter().map(pattern).collect(),
            terms: query.terms.iter().map(pattern).collect(),
        }
    }

    fn rank(&self, entry: &Entry) -> Option<Rank> {
        let tries = || self.tries.iter().enumerate();
        let as_typed = tries().find_map(|(number, pattern)| Some(self.as_typed(pattern, entry)?.of_try(number)));
        as_typed
            .or_else(|| self.holds_all_terms(entry).then_some(Rank::TERMS))
            .or_else(|| tries().find_map(|(number, pattern)| Some(self.with_a_slip(pattern, entry)?.of_try(number))))
    }

    fn as_typed(&self, pattern: &Pattern, entry: &Entry) -> Option<Rank> {
        let rank = |text| self.best(pattern, text);
        rank(entry.name())
            .or_else(|| rank(entry.community()).map(Rank::in_community))
            .or_else(|| speaks_of_addresses(pattern).then(|| rank(entry.address()).map(Rank::in_address))?)
    }

    /// In the best of all ways.
    fn best(&self, pattern: &Pattern, text: Text<'_>) -> Option<Rank> {
        if !pattern.is_in(text, self.letters) {
            return None;
        }
        let ways: &[Way] = match pattern.typed {
            Typed::Characters => &[Way::Characters],
            Typed::Letters => &[Way::Reading, Way::AnyReading, Way::Initial, Way::AnyInitial, Way::Parts],
            Typed::Mixed => &[Way::Parts],
        };
        let mut best: Option<Rank> = None;
        for way in ways {
            let Some(extent) = pattern.extent(text, *way, self.letters) else { continue };
            let rank = Rank::of_name(*way, extent);
            best = Some(best.map_or(rank, |best| best.min(rank)));
            if extent == Extent::Whole {
                break;
            }
        }
        best
    }

    fn holds_all_terms(&self, entry: &Entry) -> bool {
        let holds = |pattern: &Pattern| {
            let is_in = |text| pattern.is_in(text, self.letters);
            is_in(entry.name()) || is_in(entry.community()) || speaks_of_addresses(pattern) && is_in(entry.address())
        };
        !self.terms.is_empty() && self.terms.iter().all(holds)
    }

    fn with_a_slip(&self, pattern: &Pattern, entry: &Entry) -> Option<Rank> {
        let near = |text| near(pattern, text, self.letters);
        let name = near(entry.name()).map(Rank::of_slip);
        name.or_else(|| near(entry.community()).map(Rank::of_slip_in_community))
    }
}

fn speaks_of_addresses(pattern: &Pattern) -> bool {
    pattern.typed != Typed::Letters || pattern.length >= FEWEST_LETTERS_OF_AN_ADDRESS
}
