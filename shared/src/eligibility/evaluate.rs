//! What a rule comes to, given what is known.

use std::cell::OnceCell;

use chrono::{Months, NaiveDate};

use super::{
    answers::{Household, MOST_PEOPLE, Question},
    dates::{OLDEST, days, years_between},
    expr::{Condition, Number},
    memo::Memo,
    pack::{Kind, Pack, Rule, Scope},
    prospect::{Prospect, Waits},
    shown::Shown,
    span::{Exact, Span, floor},
    truth::Truth,
};

/// A household, the rules, and the day they are asked for.
pub struct Evaluation<'a> {
    pub pack: &'a Pack,
    pub household: &'a Household,
    /// The day for which the rules are asked.
    pub as_of: NaiveDate,
    /// The day whose knowledge of figures counts.
    pub known_on: NaiveDate,
    /// Whether a figure that is not known is taken to keep below its ceiling.
    pub(super) ceilings: bool,
    plain: OnceCell<Box<Self>>,
    // What was worked out once; nothing rests on itself, as the compiler of packs has seen.
    figures: Memo<Span>,
    waiting: Memo<Waits>,
    pub(super) params: Memo<Span>,
    pub(super) shown: Memo<Shown>,
    eligible: Memo<Truth>,
    prospects: Memo<Prospect>,
}

/// Whose facts a rule is about.
pub type Who = Option<usize>;

impl<'a> Evaluation<'a> {
    pub fn new(pack: &'a Pack, household: &'a Household, as_of: NaiveDate, known_on: NaiveDate) -> Self {
        // Those listed, the household itself, and whoever is not listed.
        let places = household.people.len() + 2;
        Self {
            pack,
            household,
            as_of,
            known_on,
            ceilings: true,
            plain: OnceCell::new(),
            figures: Memo::new(pack.computed.len() * places),
            waiting: Memo::new(pack.computed.len() * places),
            params: Memo::new(pack.params.len()),
            shown: Memo::new(pack.params.len()),
            eligible: Memo::new(pack.benefits.len() * places),
            prospects: Memo::new(pack.benefits.len() * places),
        }
    }

    /// The same, if a figure were known to be this.
    #[must_use]
    pub fn knowing(&self, param: usize, figure: Span) -> Self {
        let ceilings = self.ceilings;
        let evaluation = Self { ceilings, ..Self::new(self.pack, self.household, self.as_of, self.known_on) };
        evaluation.params.set(param, figure);
        evaluation
    }

    /// The same without ceilings, which are estimates: for what is shown and what is promised.
    pub fn without_ceilings(&self) -> &Self {
        if !self.ceilings {
            return self;
        }
        self.plain.get_or_init(|| {
            let plain = Self::new(self.pack, self.household, self.as_of, self.known_on);
            Box::new(Self { ceilings: false, ..plain })
        })
    }

    pub fn number(&self, number: &Number, who: Who) -> Span {
        let of = |number: &Number| self.number(number, who);
        match number {
            Number::Constant(value) => Span::exactly(*value),
            Number::Fact(fact) => self.fact(*fact, who),
            Number::Computed(computed) => self.computed(*computed, who),
            Number::Param(param) => self.param(*param),
            Number::People => self.household.size(),
            Number::Sum(pair) => of(&pair[0]).plus(of(&pair[1])),
            Number::Difference(pair) => of(&pair[0]).minus(of(&pair[1])),
            Number::Product(pair) => of(&pair[0]).times(of(&pair[1])),
            Number::Quotient(pair) => of(&pair[0]).over(of(&pair[1])),
            Number::Least(pair) => of(&pair[0]).least(of(&pair[1])),
            Number::Greatest(pair) => of(&pair[0]).greatest(of(&pair[1])),
            Number::Rounded(number, unit) => of(number).round(*unit),
            Number::YearsSince(date) => self.years_since(of(date)),
            Number::SumOver(number) => self.sum_over(number),
            Number::CountOf(condition) => self.count_of(condition),
            Number::If(branches) => {
                let (condition, yes, no) = &**branches;
                match self.truth(condition, who) {
                    Truth::Yes => of(yes),
                    Truth::No => of(no),
                    Truth::Open => of(yes).either(of(no)),
                }
            }
        }
    }

    pub fn truth(&self, condition: &Condition, who: Who) -> Truth {
        match condition {
            Condition::Always(holds) => Truth::from(*holds),
            Condition::Is(fact, options) => {
                self.household.answer(self.asked(*fact, who)).is_one_of(&self.pack.facts[*fact], *options)
            }
            Condition::Less(pair) => self.number(&pair[0], who).less(self.number(&pair[1], who)),
            Condition::Equal(pair) => self.number(&pair[0], who).equals(self.number(&pair[1], who)),
            Condition::Not(condition) => self.truth(condition, who).negated(),
            Condition::And(all) => self.all(all, who, Truth::Yes, Truth::and),
            Condition::Or(all) => self.all(all, who, Truth::No, Truth::or),
            Condition::Any(condition) => {
                self.of_people(Truth::No, Truth::or, |person| self.truth(condition, Some(person)))
            }
            Condition::Every(condition) => {
                self.of_people(Truth::Yes, Truth::and, |person| self.truth(condition, Some(person)))
            }
            Condition::Eligible(benefit) => self.eligible(*benefit, who),
        }
    }

    /// Whether everything that answers can decide speaks for a benefit.
    pub fn eligible(&self, benefit: usize, who: Who) -> Truth {
        let (who, place) = self.benefit_of(benefit, who);
        *self.eligible.get(place, || self.work_out(benefit, who))
    }

    /// Takes over how a benefit stands.
    pub(super) fn assume(&self, benefit: usize, who: Who, truth: Truth) {
        let (_, place) = self.benefit_of(benefit, who);
        self.eligible.set(place, truth);
    }

    /// What a benefit waits for, and what it can come to.
    pub fn benefit_prospect(&self, benefit: usize, who: Who) -> &Prospect {
        let (who, place) = self.benefit_of(benefit, who);
        self.prospects.get(place, || self.work_out_prospect(benefit, who))
    }

    /// Whose benefit it is, and its place among all benefits of all people.
    fn benefit_of(&self, benefit: usize, who: Who) -> (Who, usize) {
        let who = who.filter(|_| self.pack.benefits[benefit].scope == Scope::Person);
        (who, benefit * (self.household.people.len() + 2) + who.map_or(0, |person| person + 1))
    }

    fn work_out(&self, benefit: usize, who: Who) -> Truth {
        let asked = &self.pack.benefits[benefit];
        if asked.scope == Scope::Person && who.is_none() {
            return self.of_people(Truth::No, Truth::or, |person| self.eligible(benefit, Some(person)));
        }
        let requirements = asked.requires.iter();
        requirements.map(|requirement| self.rule(&requirement.rule, who)).fold(Truth::Yes, Truth::and)
    }

    /// A condition with its exceptions; what only the bureau can tell is open, or taken for granted where it is routine.
    pub fn rule(&self, rule: &Rule, who: Who) -> Truth {
        match rule {
            Rule::Holds { condition, unless } => {
                let base = self.truth(condition, who);
                unless.iter().fold(base, |truth, exception| {
                    let applies = self.truth(&exception.condition, who);
                    if exception.grants { truth.or(applies) } else { truth.and(applies.negated()) }
                })
            }
            Rule::Bureau { routine: true } => Truth::Yes,
            Rule::Bureau { routine: false } => Truth::Open,
        }
    }

    /// A fact of the person or of the household that the rule is about.
    pub fn asked(&self, fact: usize, who: Who) -> Question {
        Question::of(fact, who.filter(|_| self.pack.facts[fact].scope == Scope::Person))
    }

    /// All numbers that a fact can still be.
    pub fn fact(&self, fact: usize, who: Who) -> Span {
        let known = self.household.answer(self.asked(fact, who)).span(&self.pack.facts[fact]);
        if self.pack.facts[fact].kind != Kind::Birth {
            return known;
        }
        // Nobody is born after the day, and nobody is older than anybody ever was.
        let oldest = self.as_of.checked_sub_months(Months::new(12 * OLDEST)).unwrap_or(self.as_of);
        known.both(Span::between(days(oldest), days(self.as_of))).unwrap_or(known)
    }

    fn computed(&self, computed: usize, who: Who) -> Span {
        let (who, place) = self.computed_of(computed, who);
        *self.figures.get(place, || self.number(&self.pack.computed[computed].value, who))
    }

    /// What keeps a derived figure open, worked out once for all that rest on it.
    pub(super) fn computed_waits(&self, computed: usize, who: Who) -> &Waits {
        let (who, place) = self.computed_of(computed, who);
        self.waiting.get(place, || self.number_waits(&self.pack.computed[computed].value, who))
    }

    /// Whose figure it is, and its place among all derived figures of all people.
    fn computed_of(&self, computed: usize, who: Who) -> (Who, usize) {
        let who = who.filter(|_| self.pack.computed[computed].scope == Scope::Person);
        (who, computed * (self.household.people.len() + 2) + who.map_or(0, |person| person + 1))
    }

    /// Whole years from a date that lies within limits: the later the date, the fewer.
    fn years_since(&self, date: Span) -> Span {
        let years = |limit: Option<Exact>| limit.map(|limit| Exact::from(years_between(floor(limit), self.as_of)));
        Span { low: years(date.high), high: years(date.low) }
    }

    fn all(&self, all: &[Condition], who: Who, start: Truth, join: fn(Truth, Truth) -> Truth) -> Truth {
        all.iter().map(|condition| self.truth(condition, who)).fold(start, join)
    }

    fn of_people(&self, start: Truth, join: fn(Truth, Truth) -> Truth, of: impl Fn(usize) -> Truth) -> Truth {
        let listed = (0..self.household.people.len()).map(&of).fold(start, join);
        // Whether there is anybody else is not known; where that would change nothing, it need not be.
        match self.unlisted() {
            Some(other) if of(other) != start => join(listed, Truth::Open),
            _ => listed,
        }
    }

    /// Somebody who may belong to the household without being listed, and of whom nothing is known.
    pub(super) fn unlisted(&self) -> Option<usize> {
        (!self.household.is_complete()).then_some(self.household.people.len())
    }

    /// Whether whoever is not listed can count, by a condition on people.
    pub(super) fn others_count(&self, condition: &Condition) -> bool {
        self.unlisted().is_some_and(|other| self.truth(condition, Some(other)) != Truth::No)
    }

    /// Whether whoever is not listed can add to a sum over people.
    pub(super) fn others_add(&self, number: &Number) -> bool {
        self.unlisted().is_some_and(|other| self.number(number, Some(other)) != Span::exactly(0))
    }

    fn sum_over(&self, number: &Number) -> Span {
        let people = 0..self.household.people.len();
        let listed = people.map(|person| self.number(number, Some(person))).fold(Span::exactly(0), Span::plus);
        // Whoever is not listed may add anything, but what is counted over people is never negative.
        if self.others_add(number) { Span { high: None, ..listed } } else { listed }
    }

    fn count_of(&self, condition: &Condition) -> Span {
        let people = 0..self.household.people.len();
        let listed = people.map(|person| match self.truth(condition, Some(person)) {
            Truth::Yes => Span::exactly(1),
            Truth::No => Span::exactly(0),
            Truth::Open => Span::between(0, 1),
        });
        let listed = listed.fold(Span::exactly(0), Span::plus);
        let others = MOST_PEOPLE.saturating_sub(self.household.people.len());
        let others = if self.others_count(condition) { i64::try_from(others).unwrap_or(0) } else { 0 };
        listed.plus(Span::between(0, others))
    }
}
