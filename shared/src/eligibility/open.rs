//! Which facts can still change an outcome.

use std::collections::BTreeSet;

use super::{
    answers::Asked,
    evaluate::{Case, Standing, Who},
    expr::{Condition, Number},
    pack::{Figure, Kind, Rule, Scope},
    span::Span,
    truth::Truth,
};

/// What an open outcome waits for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waits {
    pub facts: BTreeSet<Asked>,
    /// Parameters whose figure is not known, or not for this day, by place in the pack.
    pub params: BTreeSet<usize>,
    /// Something that only the bureau can tell.
    pub bureau: bool,
}

impl Waits {
    fn join(mut self, other: Self) -> Self {
        self.facts.extend(other.facts);
        self.params.extend(other.params);
        self.bureau |= other.bureau;
        self
    }
}

impl Case<'_> {
    /// What keeps a benefit open; nothing when it is settled.
    pub fn benefit_waits(&self, benefit: usize, who: Who) -> Waits {
        if self.eligible(benefit, who) != Truth::Open {
            return Waits::default();
        }
        let asked = &self.pack.benefits[benefit];
        if asked.scope == Scope::Person && who.is_none() {
            let people = (0..self.household.people.len()).map(|person| self.benefit_waits(benefit, Some(person)));
            return people.fold(self.list_waits(), Waits::join);
        }
        let who = who.filter(|_| asked.scope == Scope::Person);
        asked
            .requires
            .iter()
            .map(|requirement| self.rule_waits(&requirement.rule, who))
            .fold(Waits::default(), Waits::join)
    }

    pub fn rule_waits(&self, rule: &Rule, who: Who) -> Waits {
        if self.rule(rule, who) != Truth::Open {
            return Waits::default();
        }
        match rule {
            Rule::Holds { condition, unless } => {
                let exceptions = unless.iter().map(|exception| self.waits(&exception.condition, who));
                exceptions.fold(self.waits(condition, who), Waits::join)
            }
            Rule::Bureau { .. } => Waits { bureau: true, ..Waits::default() },
        }
    }

    /// What keeps a condition open.
    ///
    /// A part that is settled waits for nothing. What remains can change its part; where one fact stands in several
    /// parts and has few possible answers, they are tried.
    pub fn waits(&self, condition: &Condition, who: Who) -> Waits {
        if self.truth(condition, who) != Truth::Open {
            return Waits::default();
        }
        match condition {
            Condition::Always(_) => Waits::default(),
            Condition::Is(fact, _) => self.fact_waits(*fact, who),
            Condition::Less(pair) => self.comparison_waits(pair, who),
            Condition::Equal(pair) => self.number_waits(&pair[0], who).join(self.number_waits(&pair[1], who)),
            Condition::Not(condition) => self.waits(condition, who),
            Condition::And(all) | Condition::Or(all) => {
                all.iter().map(|condition| self.waits(condition, who)).fold(Waits::default(), Waits::join)
            }
            Condition::Any(condition) | Condition::Every(condition) => {
                self.of_people_wait(|person| self.waits(condition, Some(person)))
            }
            Condition::Eligible(benefit) => self.benefit_waits(*benefit, who),
        }
    }

    /// Against a figure that is not known, no answer may be able to settle a comparison: if neither the least nor the
    /// greatest possible answer does, none between them does either.
    fn comparison_waits(&self, pair: &[Number; 2], who: Who) -> Waits {
        let [one, two] = [&pair[0], &pair[1]].map(|number| (self.number(number, who), self.number_waits(number, who)));
        let in_vain = |(answers, waits): &(Span, Waits), (figure, missing): &(Span, Waits), under: bool| {
            let settles = |end: Span| if under { end.less(*figure) } else { figure.less(end) } != Truth::Open;
            let rests_on_answers_alone = waits.params.is_empty() && missing.facts.is_empty();
            rests_on_answers_alone && !missing.params.is_empty() && !answers.ends().into_iter().any(settles)
        };
        if in_vain(&one, &two, true) {
            two.1
        } else if in_vain(&two, &one, false) {
            one.1
        } else {
            one.1.join(two.1)
        }
    }

    pub fn number_waits(&self, number: &Number, who: Who) -> Waits {
        if self.number(number, who).value().is_some() {
            return Waits::default();
        }
        let both = |pair: &[Number; 2]| self.number_waits(&pair[0], who).join(self.number_waits(&pair[1], who));
        match number {
            Number::Constant(_) => Waits::default(),
            Number::Fact(fact) => self.fact_waits(*fact, who),
            Number::Computed(computed) => {
                let figure = &self.pack.computed[*computed];
                self.number_waits(&figure.value, who.filter(|_| figure.scope == Scope::Person))
            }
            Number::Param(param) => self.param_waits(*param),
            Number::People => self.list_waits(),
            Number::Sum(pair) | Number::Difference(pair) | Number::Product(pair) | Number::Quotient(pair) => both(pair),
            Number::Least(pair) => {
                self.extreme_waits(pair, who, |one, two| self.number(two, who).less(self.number(one, who)))
            }
            Number::Greatest(pair) => {
                self.extreme_waits(pair, who, |one, two| self.number(one, who).less(self.number(two, who)))
            }
            Number::Rounded(number, _) | Number::YearsSince(number) => self.number_waits(number, who),
            Number::SumOver(number) => self.of_people_wait(|person| self.number_waits(number, Some(person))),
            Number::CountOf(condition) => self.of_people_wait(|person| self.waits(condition, Some(person))),
            Number::If(branches) => {
                let (condition, yes, no) = &**branches;
                let branches = match self.truth(condition, who) {
                    Truth::Yes => self.number_waits(yes, who),
                    Truth::No => self.number_waits(no, who),
                    Truth::Open => self.number_waits(yes, who).join(self.number_waits(no, who)),
                };
                self.waits(condition, who).join(branches)
            }
        }
    }

    /// Of two numbers, one that is surely passed by the other does not matter.
    fn extreme_waits(&self, pair: &[Number; 2], who: Who, passes: impl Fn(&Number, &Number) -> Truth) -> Waits {
        let [one, two] = pair;
        if passes(one, two) == Truth::Yes {
            self.number_waits(two, who)
        } else if passes(two, one) == Truth::Yes {
            self.number_waits(one, who)
        } else {
            self.number_waits(one, who).join(self.number_waits(two, who))
        }
    }

    fn fact_waits(&self, fact: usize, who: Who) -> Waits {
        let asked = self.asked(fact, who);
        let certain = match self.pack.facts[fact].kind {
            Kind::Birth => self.fact(fact, who).value().is_some(),
            _ => self.household.answer(asked).is_certain(&self.pack.facts[fact]),
        };
        let facts = if certain { BTreeSet::new() } else { BTreeSet::from([asked]) };
        Waits { facts, ..Waits::default() }
    }

    fn param_waits(&self, param: usize) -> Waits {
        let asked = &self.pack.params[param];
        let derived = match self.standing(asked) {
            Standing::Current(dated) => match &dated.value {
                Figure::Derived(number) => self.number_waits(number, None),
                Figure::Fixed(_) => Waits::default(),
            },
            _ => Waits { params: BTreeSet::from([param]), ..Waits::default() },
        };
        if derived == Waits::default() { Waits { params: BTreeSet::from([param]), ..derived } } else { derived }
    }

    fn list_waits(&self) -> Waits {
        let facts = if self.household.is_complete() { BTreeSet::new() } else { BTreeSet::from([Asked::People]) };
        Waits { facts, ..Waits::default() }
    }

    fn of_people_wait(&self, of: impl Fn(usize) -> Waits) -> Waits {
        (0..self.household.people.len()).map(of).fold(self.list_waits(), Waits::join)
    }
}
