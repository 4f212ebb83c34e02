//! What to ask next: only what can still matter, topic by topic.

use std::collections::BTreeMap;

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
    /// Places in [`Pack::facts`], the most useful first.
    pub facts: Vec<usize>,
    /// Benefits that wait for this page.
    pub benefits: usize,
}

/// All pages that are still worth asking, in order; the pack's topics are in order, sensitive ones last.
///
/// `wanted` narrows it to the benefits that somebody chose; none means all.
pub fn pages(pack: &Pack, household: &Household, outcome: &Outcome, wanted: &[usize]) -> Vec<Page> {
    let case = Case::new(pack, household, outcome.as_of, outcome.known_on);
    let mut waiting: BTreeMap<(usize, Who), BTreeMap<usize, Vec<usize>>> = BTreeMap::new();
    let open = outcome.verdicts.iter().filter(|verdict| verdict.status == Status::Ask);
    let open = open.filter(|verdict| wanted.is_empty() || wanted.contains(&verdict.benefit));
    for verdict in open {
        for asked in &verdict.open {
            let (who, fact) = match asked {
                Asked::Household(fact) => (None, *fact),
                Asked::Person(person, fact) => (Some(*person), *fact),
                Asked::People => continue,
            };
            if household.answer(*asked) == Answer::NotAsked && is_asked_of(&case, fact, who) {
                let topic = (pack.facts[fact].topic, who);
                waiting.entry(topic).or_default().entry(fact).or_default().push(verdict.benefit);
            }
        }
    }
    waiting.into_iter().map(|((topic, who), facts)| page(topic, who, facts)).collect()
}

fn page(topic: usize, who: Who, facts: BTreeMap<usize, Vec<usize>>) -> Page {
    let mut benefits: Vec<usize> = facts.values().flatten().copied().collect();
    benefits.sort_unstable();
    benefits.dedup();
    Page { topic, who, facts: facts.into_keys().collect(), benefits: benefits.len() }
}

/// Whether a question makes sense for somebody, as far as is known.
fn is_asked_of(case: &Case<'_>, fact: usize, who: Who) -> bool {
    let fact = &case.pack.facts[fact];
    let who = who.filter(|_| fact.scope == Scope::Person);
    fact.asked_if.as_ref().is_none_or(|condition| case.truth(condition, who) != Truth::No)
}
