//! What to ask next: only what can still matter, topic by topic, and of several people at once.

use super::{
    answers::{Answer, Household, Question, mask},
    bits::Bits,
    evaluate::{Evaluation, Who},
    expr::{Condition, Mention},
    pack::{Fact, Kind, Pack, Scope},
    truth::Truth,
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

/// All pages that are still worth asking, in order; the pack's topics are in order, sensitive ones last.
///
/// `wanted` narrows it to the benefits that somebody chose; none means all.
pub fn pages(pack: &Pack, household: &Household, outcome: &Outcome, wanted: &[usize]) -> Vec<Page> {
    let evaluation = Evaluation::new(pack, household, outcome.as_of, outcome.known_on);
    let waiting = waiting(&evaluation, outcome, wanted);
    let topics = (0..pack.topics.len()).map(|topic| asks(&evaluation, &waiting, topic)).filter(|asks| !asks.is_empty());
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
        let whose: Vec<Who> = match asked.scope {
            Scope::Household => vec![None],
            Scope::Person => (0..household.people.len()).map(Some).collect(),
        };
        let is_due = |who: &Who| {
            let question = Question::of(fact, *who);
            let follows = pack
                .parent(question)
                .is_some_and(|(parent, _)| alone.contains(&parent) || together.contains(&Ask::One(parent)));
            waiting.contains(evaluation.place(question))
                && (follows || !evaluation.waits_for_another(question, waiting))
        };
        let due: Vec<Who> = whose.into_iter().filter(is_due).collect();
        if asked.scope == Scope::Household {
            together.extend(due.into_iter().map(|who| Ask::One(Question::of(fact, who))));
            continue;
        }
        let people = due.into_iter().flatten();
        let (new, named): (Vec<usize>, Vec<usize>) =
            people.partition(|person| household.answer(Question::Person(*person, fact)) == Answer::NotAsked);
        let (group, single) = if asked.who.is_some() && new.len() > 1 { (new, Vec::new()) } else { (Vec::new(), new) };
        together.extend((!group.is_empty()).then_some(Ask::Who { fact, people: group }));
        alone.extend(single.into_iter().chain(named).map(|person| Question::Person(person, fact)));
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

impl Question {
    /// The fact it is about, and whose.
    pub fn fact(self) -> Option<(usize, Who)> {
        match self {
            Self::Household(fact) => Some((fact, None)),
            Self::Person(person, fact) => Some((fact, Some(person))),
            Self::People => None,
        }
    }
}

impl Pack {
    /// The question of the same topic that alone decides whether this one is asked, with the options after which it is.
    fn parent(&self, asked: Question) -> Option<(Question, u64)> {
        let (place, who) = asked.fact()?;
        let (parent, options) = match self.facts[place].asked_if.as_ref()? {
            Condition::Is(parent, options) => (*parent, *options),
            Condition::Not(condition) => {
                let Condition::Is(parent, options) = **condition else { return None };
                let Kind::Choice(known) = &self.facts[parent].kind else { return None };
                (parent, mask(known.len()) & !options)
            }
            _ => return None,
        };
        let who = who.filter(|_| self.facts[parent].scope == Scope::Person);
        (self.facts[parent].topic == self.facts[place].topic).then(|| (Question::of(parent, who), options))
    }

    /// The facts that a condition rests on, by itself or through derived figures.
    pub(super) fn facts_behind(&self, condition: &Condition) -> Vec<usize> {
        let (mut facts, mut mentions) = (Vec::new(), condition.mentions());
        while let Some(mention) = mentions.pop() {
            match mention {
                Mention::Fact(fact) => facts.push(fact),
                Mention::Computed(computed) => mentions.extend(self.computed[computed].value.mentions()),
                Mention::Param(_) | Mention::People | Mention::Benefit(_) => {}
            }
        }
        facts
    }
}

impl Fact {
    /// The options of those who are named when it is asked who.
    pub fn named(&self) -> Option<u64> {
        let Kind::Choice(options) = &self.kind else { return None };
        self.who.as_ref().map(|who| mask(options.len()) & !(1 << who.others))
    }
}

impl Evaluation<'_> {
    /// Whether a question makes sense for somebody, as far as is known. Who cannot tell the answer that it rests on
    /// cannot tell this one either.
    pub fn is_askable(&self, asked: Question) -> bool {
        let is_unknown = |other| match self.household.answer(other) {
            Answer::Unsure => true,
            Answer::NotAsked => !self.is_askable(other),
            _ => false,
        };
        self.asked_if(asked).is_none_or(|(condition, who)| match self.truth(condition, who) {
            Truth::Yes => true,
            Truth::No => false,
            Truth::Open => !self.rests_on(condition, who, is_unknown),
        })
    }

    fn asked_if(&self, asked: Question) -> Option<(&Condition, Who)> {
        let (fact, who) = asked.fact()?;
        self.pack.facts[fact].asked_if.as_ref().map(|condition| (condition, who))
    }

    /// Not asked yet, or named only when it was asked who, and which of several options is still to be told.
    fn is_unanswered(&self, asked: Question) -> bool {
        let Some((fact, _)) = asked.fact() else { return false };
        match self.household.answer(asked) {
            Answer::NotAsked => true,
            Answer::OneOf(options) => self.pack.facts[fact].named() == Some(options) && !options.is_power_of_two(),
            _ => false,
        }
    }

    /// Whether it is asked only after another answer that is asked for too.
    fn waits_for_another(&self, asked: Question, waiting: &Bits) -> bool {
        self.asked_if(asked).is_some_and(|(condition, who)| {
            self.truth(condition, who) == Truth::Open
                && self.rests_on(condition, who, |other| waiting.contains(self.place(other)))
        })
    }

    /// Whether a condition rests on one of these questions.
    fn rests_on(&self, condition: &Condition, who: Who, is_one: impl Fn(Question) -> bool) -> bool {
        self.pack.facts_behind(condition).into_iter().any(|fact| is_one(self.asked(fact, who)))
    }
}
