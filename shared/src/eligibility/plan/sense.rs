//! Of whom a question makes sense, and after which answers.

use super::super::{
    answers::{Answer, Question, mask},
    bits::Bits,
    evaluate::{Evaluation, Who},
    expr::{Condition, Mention},
    pack::{Fact, Kind, Pack, Scope},
    truth::Truth,
};

impl Pack {
    /// The question of the same topic that alone decides whether this one is asked, with the options after which it is.
    pub(super) fn parent(&self, asked: Question) -> Option<(Question, u64)> {
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
    pub(crate) fn facts_behind(&self, condition: &Condition) -> Vec<usize> {
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
    pub fn is_unanswered(&self, asked: Question) -> bool {
        let Some((fact, _)) = asked.fact() else { return false };
        match self.household.answer(asked) {
            Answer::NotAsked => true,
            Answer::OneOf(options) => self.pack.facts[fact].named() == Some(options) && !options.is_power_of_two(),
            _ => false,
        }
    }

    /// Whether it is asked only after another answer that is asked for too.
    pub(super) fn waits_for_another(&self, asked: Question, waiting: &Bits) -> bool {
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
