//! What to ask next: only what can still matter, topic by topic.

use super::{
    answers::{Answer, Household, Question},
    bits::Bits,
    evaluate::{Evaluation, Who},
    pack::{Pack, Scope},
    truth::Truth,
    verdict::{Outcome, Status},
};

/// The questions of one page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Index in [`Pack::topics`].
    pub topic: usize,
    /// Of whom, when it is about one person.
    pub who: Who,
    /// Indexes in [`Pack::facts`], in their order.
    pub facts: Vec<usize>,
}

/// All pages that are still worth asking, in order; the pack's topics are in order, sensitive ones last.
///
/// `wanted` narrows it to the benefits that somebody chose; none means all.
pub fn pages(pack: &Pack, household: &Household, outcome: &Outcome, wanted: &[usize]) -> Vec<Page> {
    let evaluation = Evaluation::new(pack, household, outcome.as_of, outcome.known_on);
    let mut waiting = Bits::default();
    let open = outcome.verdicts.iter().filter(|verdict| verdict.status == Status::Ask);
    let open = open.filter(|verdict| wanted.is_empty() || wanted.contains(&verdict.benefit));
    for asked in open.flat_map(|verdict| &verdict.open) {
        let (who, fact) = match asked {
            Question::Household(fact) => (None, *fact),
            Question::Person(person, fact) => (Some(*person), *fact),
            Question::People => continue,
        };
        if household.answer(*asked) == Answer::NotAsked && is_asked_of(&evaluation, fact, who) {
            waiting.insert(evaluation.place(*asked));
        }
    }
    let whose = || std::iter::once(None).chain((0..household.people.len()).map(Some));
    let pages = (0..pack.topics.len()).flat_map(|topic| whose().map(move |who| (topic, who)));
    let pages = pages.map(|(topic, who)| {
        let facts = (0..pack.facts.len()).filter(|fact| {
            pack.facts[*fact].topic == topic && waiting.contains(evaluation.place(Question::of(*fact, who)))
        });
        Page { topic, who, facts: facts.collect() }
    });
    pages.filter(|page| !page.facts.is_empty()).collect()
}

/// Whether a question makes sense for somebody, as far as is known.
pub(super) fn is_asked_of(evaluation: &Evaluation<'_>, fact: usize, who: Who) -> bool {
    let fact = &evaluation.pack.facts[fact];
    let who = who.filter(|_| fact.scope == Scope::Person);
    fact.asked_if.as_ref().is_none_or(|condition| evaluation.truth(condition, who) != Truth::No)
}
