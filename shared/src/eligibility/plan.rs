//! What to ask next: only what can still matter, topic by topic, and of several people at once.

mod sense;

use super::{
    answers::{Answer, Household, Question},
    bits::Bits,
    evaluate::Evaluation,
    pack::{Pack, Scope},
    verdict::{Outcome, Status},
};

/// What is asked on one page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    pub asks: Vec<Ask>,
}

/// One thing to decide about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// A question with all its answers.
    One(Question),
    /// Of whom among these people a fact is true.
    Who { fact: usize, people: Vec<usize> },
}

/// Things to decide about on one page, at most; a topic with more has a page for itself.
const ROOM: usize = 5;

/// Topics on one page, at most: its heading names them.
const TOPICS: usize = 2;

/// What somebody came for, as indexes of benefits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Those that are asked about; none means all.
    pub benefits: Vec<usize>,
    /// Those that are for nothing but what happened: what decides them is asked first.
    pub foremost: Vec<usize>,
}

/// All pages that are still worth asking, in order; the pack's topics are in order, sensitive ones last, after those
/// that decide what somebody came for.
pub fn pages(pack: &Pack, household: &Household, outcome: &Outcome, wanted: &Wanted) -> Vec<Page> {
    let evaluation = Evaluation::new(pack, household, outcome.as_of, outcome.known_on);
    let decides_foremost = |topic: &usize| {
        let mut open = outcome.verdicts.iter().filter(|verdict| wanted.foremost.contains(&verdict.benefit));
        open.any(|verdict| {
            verdict.open.iter().any(|asked| asked.fact().is_some_and(|(fact, _)| pack.facts[fact].topic == *topic))
        })
    };
    let (first, later): (Vec<usize>, Vec<usize>) = (0..pack.topics.len()).partition(decides_foremost);
    let waiting = waiting(&evaluation, outcome, &wanted.benefits);
    let topics = first.into_iter().chain(later).map(|topic| asks(&evaluation, &waiting, topic));
    let topics = topics.filter(|asks| !asks.is_empty());
    let mut pages: Vec<Page> = Vec::new();
    let mut on_last = 0;
    for asks in topics {
        let fits = |page: &&mut Page| on_last < TOPICS && weight(pack, &page.asks) + weight(pack, &asks) <= ROOM;
        if let Some(page) = pages.last_mut().filter(fits) {
            page.asks.extend(asks);
            on_last += 1;
        } else {
            pages.push(Page { asks });
            on_last = 1;
        }
    }
    pages
}

/// Everything that can still decide a benefit and was not answered.
fn waiting(evaluation: &Evaluation<'_>, outcome: &Outcome, wanted: &[usize]) -> Bits {
    let mut waiting = Bits::default();
    let open = outcome.verdicts.iter().filter(|verdict| verdict.status == Status::Ask);
    let open = open.filter(|verdict| wanted.is_empty() || wanted.contains(&verdict.benefit));
    for asked in open.flat_map(|verdict| &verdict.open) {
        if evaluation.is_unanswered(*asked) && evaluation.is_askable(*asked) {
            waiting.insert(evaluation.place(*asked));
        }
    }
    waiting
}

/// What is asked of a topic: of the household and of several people first, then of each person alone.
fn asks(evaluation: &Evaluation<'_>, waiting: &Bits, topic: usize) -> Vec<Ask> {
    let Evaluation { pack, household, .. } = evaluation;
    let (mut together, mut alone): (Vec<Ask>, Vec<Question>) = (Vec::new(), Vec::new());
    for (fact, asked) in pack.facts.iter().enumerate().filter(|(_, fact)| fact.topic == topic) {
        let is_on_page = |asked: Question| alone.contains(&asked) || together.contains(&Ask::One(asked));
        let is_due = |asked: Question| {
            waiting.contains(evaluation.place(asked))
                && (pack.parent(asked).is_some_and(|(parent, _)| is_on_page(parent))
                    || !evaluation.waits_for_another(asked, waiting))
        };
        if asked.scope == Scope::Household {
            together.extend(Some(Question::Household(fact)).filter(|asked| is_due(*asked)).map(Ask::One));
            continue;
        }
        let people = (0..household.people.len()).filter(|person| is_due(Question::Person(*person, fact)));
        let (new, named): (Vec<usize>, Vec<usize>) =
            people.partition(|person| household.answer(Question::Person(*person, fact)) == Answer::NotAsked);
        alone.extend(named.into_iter().map(|person| Question::Person(person, fact)));
        if asked.who.is_some() && new.len() > 1 {
            together.push(Ask::Who { fact, people: new });
        } else {
            alone.extend(new.into_iter().map(|person| Question::Person(person, fact)));
        }
    }
    alone.sort_unstable();
    together.into_iter().chain(alone.into_iter().map(Ask::One)).collect()
}

/// How much there is to decide about; what is asked only after another answer on the same page does not count.
fn weight(pack: &Pack, asks: &[Ask]) -> usize {
    asks.iter().filter(|ask| follows(pack, asks, ask).is_none()).count()
}

/// The question on the same page whose answer decides whether this one is asked, with the options after which it is.
pub fn follows(pack: &Pack, asks: &[Ask], ask: &Ask) -> Option<(Question, u64)> {
    let Ask::One(asked) = ask else { return None };
    pack.parent(*asked).filter(|(parent, _)| asks.contains(&Ask::One(*parent)))
}

impl Ask {
    /// The fact it is about.
    pub fn fact(&self) -> Option<usize> {
        match self {
            Self::One(asked) => asked.fact().map(|(fact, _)| fact),
            Self::Who { fact, .. } => Some(*fact),
        }
    }

    /// Every question that it answers.
    pub fn questions(&self) -> Vec<Question> {
        match self {
            Self::One(asked) => vec![*asked],
            Self::Who { fact, people } => people.iter().map(|person| Question::Person(*person, *fact)).collect(),
        }
    }
}
