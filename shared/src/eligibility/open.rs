//! Which facts can still change an outcome.

use super::{
    answers::{Answer, Question},
    bits::Bits,
    chances::{Chances, Connective},
    evaluate::{Evaluation, Who},
    expr::{Condition, Number},
    figures::Standing,
    pack::{Figure, Kind, Rule, Scope},
    prospect::{Prospect, Waits},
    truth::Truth,
};

impl Evaluation<'_> {
    /// The facts of a set, in the order of [`Question`].
    pub fn asked_at<'s>(&self, places: &'s Bits) -> impl Iterator<Item = Question> + use<'s> {
        let (facts, people) = (self.pack.facts.len(), self.household.people.len());
        places.iter().map(move |place| match place.checked_div(facts) {
            Some(0) => Question::Household(place),
            Some(row) if row <= people => Question::Person(row - 1, place % facts),
            _ => Question::People,
        })
    }

    /// Place of a fact among all that can be asked of the household: in the order of [`Question`].
    pub(super) fn place(&self, asked: Question) -> usize {
        let facts = self.pack.facts.len();
        match asked {
            Question::Household(fact) => fact,
            Question::Person(person, fact) => facts * (person + 1) + fact,
            Question::People => facts * (self.household.people.len() + 1),
        }
    }

    /// A benefit's, from its conditions; worked out once for every benefit that rests on it.
    pub(super) fn work_out_prospect(&self, benefit: usize, who: Who) -> Prospect {
        let truth = self.eligible(benefit, who);
        if truth != Truth::Open {
            return Prospect::settled(truth);
        }
        let asked = &self.pack.benefits[benefit];
        if asked.scope == Scope::Person && who.is_none() {
            let of = |person| self.benefit_prospect(benefit, Some(person)).clone();
            return self.people_prospect(Connective::Or, of, |other| self.eligible(benefit, Some(other)));
        }
        let parts: Vec<Prospect> =
            asked.requires.iter().map(|requirement| self.rule_prospect(&requirement.rule, who)).collect();
        match self.deciding_fact(benefit, who, &parts) {
            Some((decides, options)) => self.prospect_assuming(benefit, who, decides, options),
            None => Prospect::all(parts.into_iter(), Connective::And),
        }
    }

    /// A fact that is a condition by itself, and that another condition rests on too; with the options that fulfil it.
    fn deciding_fact(&self, benefit: usize, who: Who, parts: &[Prospect]) -> Option<(Question, u64)> {
        let requirements = self.pack.benefits[benefit].requires.iter().zip(parts).enumerate();
        let mut open = requirements.filter(|(_, (_, part))| part.chances == Chances::EITHER);
        open.find_map(|(place, (requirement, _))| {
            let Rule::Holds { condition: Condition::Is(fact, options), unless } = &requirement.rule else {
                return None;
            };
            let asked = self.asked(*fact, who);
            let mut others = parts[..place].iter().chain(&parts[place + 1..]);
            let shared = others.any(|part| part.waits.facts.contains(self.place(asked)));
            (shared && unless.is_empty()).then_some((asked, *options))
        })
    }

    /// Where a fact alone can fail a benefit, the other conditions only matter as they stand when it does not.
    fn prospect_assuming(&self, benefit: usize, who: Who, asked: Question, options: u64) -> Prospect {
        let (Question::Household(fact) | Question::Person(_, fact)) = asked else {
            return Prospect::settled(Truth::Open);
        };
        let mut household = self.household.clone();
        household.set(asked, Answer::OneOf(household.answer(asked).options(&self.pack.facts[fact]) & options));
        let assuming = Evaluation::new(self.pack, &household, self.as_of, self.known_on);
        let mut prospect = assuming.benefit_prospect(benefit, who).clone();
        prospect.chances = prospect.chances.with(Truth::No);
        prospect.waits.facts.insert(self.place(asked));
        prospect
    }

    fn rule_prospect(&self, rule: &Rule, who: Who) -> Prospect {
        match rule {
            Rule::Holds { condition, unless } => {
                unless.iter().fold(self.prospect(condition, who), |rule, exception| {
                    let applies = self.prospect(&exception.condition, who);
                    if exception.grants {
                        Prospect::all([rule, applies].into_iter(), Connective::Or)
                    } else {
                        Prospect::all([rule, applies.negated()].into_iter(), Connective::And)
                    }
                })
            }
            Rule::Bureau { routine: true } => Prospect::settled(Truth::Yes),
            Rule::Bureau { routine: false } => {
                Prospect { chances: Chances::only(Truth::Open), waits: Waits { bureau: true, ..Waits::default() } }
            }
        }
    }

    /// What keeps a condition open, and what it can come to.
    pub fn prospect(&self, condition: &Condition, who: Who) -> Prospect {
        let of = |condition: &Condition| self.prospect(condition, who);
        let is_one_test = matches!(condition, Condition::Is(..) | Condition::Less(_) | Condition::Equal(_));
        if is_one_test && let truth @ (Truth::Yes | Truth::No) = self.truth(condition, who) {
            return Prospect::settled(truth);
        }
        match condition {
            Condition::Always(holds) => Prospect::settled(Truth::from(*holds)),
            Condition::Is(fact, _) => {
                let mut waits = Waits::default();
                self.fact_into(*fact, who, &mut waits);
                Prospect { chances: Chances::EITHER, waits }
            }
            Condition::Less(pair) => self.comparison(pair, who),
            Condition::Equal(pair) => {
                let mut waits = self.number_waits(&pair[0], who);
                self.number_into(&pair[1], who, &mut waits);
                let settled_by_facts = waits.params.is_empty() && !waits.bureau;
                let chances = if settled_by_facts { Chances::EITHER } else { Chances::ANY };
                Prospect { chances, waits }
            }
            Condition::Not(condition) => of(condition).negated(),
            Condition::And(all) => Prospect::all(all.iter().map(of), Connective::And),
            Condition::Or(all) => Prospect::all(all.iter().map(of), Connective::Or),
            Condition::Any(condition) => self.people_prospect_of(Connective::Or, condition),
            Condition::Every(condition) => self.people_prospect_of(Connective::And, condition),
            Condition::Eligible(benefit) => self.benefit_prospect(*benefit, who).clone(),
        }
    }

    fn people_prospect_of(&self, connective: Connective, condition: &Condition) -> Prospect {
        let of = |person| self.prospect(condition, Some(person));
        self.people_prospect(connective, of, |other| self.truth(condition, Some(other)))
    }

    /// Whoever is not listed yet can make it anything, unless it is settled for them too.
    fn people_prospect(
        &self,
        connective: Connective,
        of: impl Fn(usize) -> Prospect,
        of_another: impl Fn(usize) -> Truth,
    ) -> Prospect {
        let others = self.unlisted().filter(|other| of_another(*other) != connective.of_none());
        let others = others.map(|_| {
            let mut waits = Waits::default();
            self.list_into(&mut waits);
            Prospect { chances: Chances::ANY, waits }
        });
        Prospect::all((0..self.household.people.len()).map(of).chain(others), connective)
    }

    fn comparison(&self, pair: &[Number; 2], who: Who) -> Prospect {
        let mut waits = self.number_waits(&pair[0], who);
        self.number_into(&pair[1], who, &mut waits);
        let chances = if waits.bureau { Chances::ANY } else { self.comparison_chances(pair, who, &waits.params) };
        if !chances.is_open() {
            waits.facts = Bits::default();
        }
        Prospect { chances, waits }
    }

    /// Facts settle a comparison with a figure that is not known only if they do whatever the figure is: also where it
    /// is the least and where it is the greatest that it can be.
    fn comparison_chances(&self, pair: &[Number; 2], who: Who, missing: &Bits) -> Chances {
        let (mut may_hold, mut may_fail) = (true, true);
        for (param, end) in missing.iter().flat_map(|param| self.param(param).ends().map(|end| (param, end))) {
            if may_hold || may_fail {
                let evaluation = self.knowing(param, end);
                let truth = evaluation.number(&pair[0], who).less(evaluation.number(&pair[1], who));
                (may_hold, may_fail) = (may_hold && truth != Truth::No, may_fail && truth != Truth::Yes);
            }
        }
        let chances = [(may_hold, Truth::Yes), (may_fail, Truth::No), (!missing.is_empty(), Truth::Open)];
        Chances::of(chances.into_iter().filter(|(can_be, _)| *can_be).map(|(_, truth)| truth))
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
                if self.others_add(number) {
                    self.list_into(into);
                }
                self.people_into(into, |person, into| self.number_into(number, Some(person), into));
            }
            Number::CountOf(condition) => {
                if self.others_count(condition) {
                    self.list_into(into);
                }
                self.people_into(into, |person, into| into.join(&self.prospect(condition, Some(person)).waits));
            }
            Number::If(branches) => {
                let (condition, yes, no) = &**branches;
                into.join(&self.prospect(condition, who).waits);
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
            into.facts.insert(self.place(Question::People));
        }
    }

    fn people_into(&self, into: &mut Waits, of: impl Fn(usize, &mut Waits)) {
        for person in 0..self.household.people.len() {
            of(person, into);
        }
    }
}
