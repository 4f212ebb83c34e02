//! What to ask next: only what can still matter, topic by topic.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    answers::{Answer, Asked, Household},
    evaluate::{Case, Who},
    pack::{Pack, Scope},
    truth::Truth,
    verdict::{Outcome, Status},
};

/// The questions of one page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Place in [`Pack::topics`].
    pub topic: usize,
    /// Of whom, when it is about one person.
    pub who: Who,
    /// Places in [`Pack::facts`], in their order.
    pub facts: Vec<usize>,
}

/// All pages that are still worth asking, in order; the pack's topics are in order, sensitive ones last.
///
/// `wanted` narrows it to the benefits that somebody chose; none means all.
pub fn pages(pack: &Pack, household: &Household, outcome: &Outcome, wanted: &[usize]) -> Vec<Page> {
    let case = Case::new(pack, household, outcome.as_of, outcome.known_on);
    let mut waiting: BTreeMap<(usize, Who), BTreeSet<usize>> = BTreeMap::new();
    let open = outcome.verdicts.iter().filter(|verdict| verdict.status == Status::Ask);
    let open = open.filter(|verdict| wanted.is_empty() || wanted.contains(&verdict.benefit));
    for asked in open.flat_map(|verdict| &verdict.open) {
        let (who, fact) = match asked {
            Asked::Household(fact) => (None, *fact),
            Asked::Person(person, fact) => (Some(*person), *fact),
            Asked::People => continue,
        };
        if household.answer(*asked) == Answer::NotAsked && is_asked_of(&case, fact, who) {
            waiting.entry((pack.facts[fact].topic, who)).or_default().insert(fact);
        }
    }
    let pages = waiting.into_iter();
    pages.map(|((topic, who), facts)| Page { topic, who, facts: facts.into_iter().collect() }).collect()
}

/// Whether a question makes sense for somebody, as far as is known.
fn is_asked_of(case: &Case<'_>, fact: usize, who: Who) -> bool {
    let fact = &case.pack.facts[fact];
    let who = who.filter(|_| fact.scope == Scope::Person);
    fact.asked_if.as_ref().is_none_or(|condition| case.truth(condition, who) != Truth::No)
}
