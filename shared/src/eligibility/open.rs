//! Which facts can still change an outcome.

use super::{
    answers::Asked,
    bits::Bits,
    evaluate::{Case, Standing, Who},
    expr::{Condition, Number},
    pack::{Figure, Kind, Rule, Scope},
    span::Span,
    truth::Truth,
};

/// What an open outcome waits for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waits {
    /// Facts, by [`Case::place`].
    pub facts: Bits,
    /// Parameters whose figure is not known, or not for this day, by place in the pack.
    pub params: Bits,
    /// Something that only the bureau can tell.
    pub bureau: bool,
}

impl Waits {
    fn join(&mut self, other: &Self) {
        self.facts.join(&other.facts);
        self.params.join(&other.params);
        self.bureau |= other.bureau;
    }
}

impl Case<'_> {
    /// What keeps a benefit open; nothing when it is settled.
    pub fn benefit_waits(&self, benefit: usize, who: Who) -> Waits {
        let mut waits = Waits::default();
        self.benefit_into(benefit, who, &mut waits);
        waits
    }

    /// What keeps a condition open.
    ///
    /// A part that is settled waits for nothing. What remains can change its part; where one fact stands in several
    /// parts and has few possible answers, they are tried.
    pub fn waits(&self, condition: &Condition, who: Who) -> Waits {
        let mut waits = Waits::default();
        self.condition_into(condition, who, &mut waits);
        waits
    }

    /// Place of a fact among all that can be asked of this household: in the order of [`Asked`].
    fn place(&self, asked: Asked) -> usize {
        let facts = self.pack.facts.len();
        match asked {
            Asked::Household(fact) => fact,
            Asked::Person(person, fact) => facts * (person + 1) + fact,
            Asked::People => facts * (self.household.people.len() + 1),
        }
    }

    /// The facts of a set, in the order of [`Asked`].
    pub fn asked_at<'s>(&self, places: &'s Bits) -> impl Iterator<Item = Asked> + use<'s> {
        let (facts, people) = (self.pack.facts.len(), self.household.people.len());
        places.iter().map(move |place| match place.checked_div(facts) {
            Some(0) => Asked::Household(place),
            Some(row) if row <= people => Asked::Person(row - 1, place % facts),
            _ => Asked::People,
        })
    }

    fn benefit_into(&self, benefit: usize, who: Who, into: &mut Waits) {
        if self.eligible(benefit, who) != Truth::Open {
            return;
        }
        let asked = &self.pack.benefits[benefit];
        if asked.scope == Scope::Person && who.is_none() {
            self.list_into(into);
            for person in 0..self.household.people.len() {
                self.benefit_into(benefit, Some(person), into);
            }
            return;
        }
        let who = who.filter(|_| asked.scope == Scope::Person);
        for requirement in &asked.requires {
            self.rule_into(&requirement.rule, who, into);
        }
    }

    fn rule_into(&self, rule: &Rule, who: Who, into: &mut Waits) {
        if self.rule(rule, who) != Truth::Open {
            return;
        }
        match rule {
            Rule::Holds { condition, unless } => {
                self.condition_into(condition, who, into);
                for exception in unless {
                    self.condition_into(&exception.condition, who, into);
                }
            }
            Rule::Bureau { .. } => into.bureau = true,
        }
    }

    fn condition_into(&self, condition: &Condition, who: Who, into: &mut Waits) {
        if self.truth(condition, who) != Truth::Open {
            return;
        }
        match condition {
            Condition::Always(_) => {}
            Condition::Is(fact, _) => self.fact_into(*fact, who, into),
            Condition::Less(pair) => self.comparison_into(pair, who, into),
            Condition::Equal(pair) => {
                for number in &**pair {
                    self.number_into(number, who, into);
                }
            }
            Condition::Not(condition) => self.condition_into(condition, who, into),
            Condition::And(all) | Condition::Or(all) => {
                for condition in all {
                    self.condition_into(condition, who, into);
                }
            }
            Condition::Any(condition) | Condition::Every(condition) => {
                self.people_into(into, |person, into| self.condition_into(condition, Some(person), into));
            }
            Condition::Eligible(benefit) => self.benefit_into(*benefit, who, into),
        }
    }

    /// Against a figure that is not known, no answer may be able to settle a comparison: if neither the least nor the
    /// greatest possible answer does, none between them does either.
    fn comparison_into(&self, pair: &[Number; 2], who: Who, into: &mut Waits) {
        let [one, two] = [&pair[0], &pair[1]].map(|number| (self.number(number, who), self.number_waits(number, who)));
        let in_vain = |(answers, waits): &(Span, Waits), (figure, missing): &(Span, Waits), under: bool| {
            let settles = |end: Span| if under { end.less(*figure) } else { figure.less(end) } != Truth::Open;
            let rests_on_answers_alone = waits.params.is_empty() && missing.facts.is_empty();
            rests_on_answers_alone && !missing.params.is_empty() && !answers.ends().into_iter().any(settles)
        };
        if !in_vain(&one, &two, true) {
            into.join(&one.1);
        }
        if in_vain(&one, &two, true) || !in_vain(&two, &one, false) {
            into.join(&two.1);
        }
    }

    pub(super) fn number_waits(&self, number: &Number, who: Who) -> Waits {
        let mut waits = Waits::default();
        self.number_into(number, who, &mut waits);
        waits
    }

    fn number_into(&self, number: &Number, who: Who, into: &mut Waits) {
        if self.number(number, who).value().is_some() {
            return;
        }
        match number {
            Number::Constant(_) => {}
            Number::Fact(fact) => self.fact_into(*fact, who, into),
            Number::Computed(computed) => into.join(self.computed_waits(*computed, who)),
            Number::Param(param) => self.param_into(*param, into),
            Number::People => self.list_into(into),
            Number::Sum(pair) | Number::Difference(pair) | Number::Product(pair) | Number::Quotient(pair) => {
                for number in &**pair {
                    self.number_into(number, who, into);
                }
            }
            Number::Least(pair) => {
                self.extreme_into(pair, who, into, |one, two| self.number(two, who).less(self.number(one, who)));
            }
            Number::Greatest(pair) => {
                self.extreme_into(pair, who, into, |one, two| self.number(one, who).less(self.number(two, who)));
            }
            Number::Rounded(number, _) | Number::YearsSince(number) => self.number_into(number, who, into),
            Number::SumOver(number) => {
                self.people_into(into, |person, into| self.number_into(number, Some(person), into));
            }
            Number::CountOf(condition) => {
                self.people_into(into, |person, into| self.condition_into(condition, Some(person), into));
            }
            Number::If(branches) => {
                let (condition, yes, no) = &**branches;
                self.condition_into(condition, who, into);
                let truth = self.truth(condition, who);
                if truth != Truth::No {
                    self.number_into(yes, who, into);
                }
                if truth != Truth::Yes {
                    self.number_into(no, who, into);
                }
            }
        }
    }

    /// Of two numbers, one that is surely passed by the other does not matter.
    fn extreme_into(&self, pair: &[Number; 2], who: Who, into: &mut Waits, passes: impl Fn(&Number, &Number) -> Truth) {
        let [one, two] = pair;
        if passes(one, two) != Truth::Yes {
            self.number_into(one, who, into);
        }
        if passes(one, two) == Truth::Yes || passes(two, one) != Truth::Yes {
            self.number_into(two, who, into);
        }
    }

    fn fact_into(&self, fact: usize, who: Who, into: &mut Waits) {
        let asked = self.asked(fact, who);
        let certain = match self.pack.facts[fact].kind {
            Kind::Birth => self.fact(fact, who).value().is_some(),
            _ => self.household.answer(asked).is_certain(&self.pack.facts[fact]),
        };
        if !certain {
            into.facts.insert(self.place(asked));
        }
    }

    fn param_into(&self, param: usize, into: &mut Waits) {
        let asked = &self.pack.params[param];
        let derived = match self.standing(asked) {
            Standing::Current(dated) => match &dated.value {
                Figure::Derived(number) => self.number_waits(number, None),
                Figure::Fixed(_) => Waits::default(),
            },
            _ => Waits::default(),
        };
        if derived == Waits::default() {
            into.params.insert(param);
        }
        into.join(&derived);
    }

    fn list_into(&self, into: &mut Waits) {
        if !self.household.is_complete() {
            into.facts.insert(self.place(Asked::People));
        }
    }

    fn people_into(&self, into: &mut Waits, of: impl Fn(usize, &mut Waits)) {
        self.list_into(into);
        for person in 0..self.household.people.len() {
            of(person, into);
        }
    }
}
