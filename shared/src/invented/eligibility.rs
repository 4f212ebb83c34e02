//! Invented households of which everything is known.

use chrono::NaiveDate;

use crate::eligibility::{
    answers::{Answer, EVERYBODY, Household, Question},
    pack::{Kind, Pack, Scope},
    told,
};

/// A household of which everything is known, drawn from all possible answers.
pub fn household(pack: &Pack, numbers: &mut impl Iterator<Item = u64>, people: usize, as_of: NaiveDate) -> Household {
    let mut household = Household::new(pack);
    household.list = EVERYBODY;
    for place in 0..people {
        household.add(place.to_string());
    }
    let mut below = |limit: u64| i64::try_from(numbers.next().unwrap_or(0) % limit.max(1)).unwrap_or(0);
    for (place, fact) in pack.facts.iter().enumerate() {
        let whose: Vec<Question> = match fact.scope {
            Scope::Household => vec![Question::Household(place)],
            Scope::Person => (0..people).map(|person| Question::Person(person, place)).collect(),
        };
        for asked in whose {
            let answer = match &fact.kind {
                Kind::Choice(options) => Answer::OneOf(1 << below(options.len() as u64)),
                Kind::Money { .. } => Answer::exactly(below(20_000) * 100),
                Kind::Count { least, most } => Answer::exactly(least + below((most - least + 1).unsigned_abs())),
                Kind::Birth => told::birth::born(below(110), as_of).map_or(Answer::NotAsked, Answer::Number),
            };
            household.set(asked, answer);
        }
    }
    household
}

/// A household of so many people of whom nothing is known.
pub fn unasked(pack: &Pack, people: usize) -> Household {
    let mut nothing = Household::new(pack);
    for place in 0..people {
        nothing.add(place.to_string());
    }
    nothing
}

/// Numbers that follow from a seed (`SplitMix64`), so that every run draws the same people.
pub fn numbers(seed: u64) -> impl Iterator<Item = u64> {
    let mut state = seed;
    std::iter::repeat_with(move || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    })
}
