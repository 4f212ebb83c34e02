//! What people have told about a household.

use serde::{Deserialize, Serialize};

use super::{
    pack::{Fact, Kind, Pack},
    span::{Exact, Span},
    truth::Truth,
};

/// What is known about one fact. Nothing else is ever assumed about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Answer {
    #[default]
    NotAsked,
    /// Asked, and they do not know.
    Unsure,
    /// A number within limits; one number when they are the same.
    Number(Span),
    /// One of these options, a bit for each.
    OneOf(u64),
}

/// A person of the household, under the name that was chosen for this check.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Person {
    pub name: String,
    /// One for each fact of the pack; those of the household stay unasked.
    pub answers: Vec<Answer>,
}

/// A household as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Household {
    /// One for each fact of the pack; those of people stay unasked.
    pub answers: Vec<Answer>,
    pub people: Vec<Person>,
    /// Whether everybody who belongs to it is listed: [`EVERYBODY`], not asked, or unsure.
    pub list: Answer,
}

/// The answer that nobody is missing from the list of people.
pub const EVERYBODY: Answer = Answer::OneOf(1);

/// People in a household, at most.
pub const MOST_PEOPLE: usize = 30;

/// A fact of the household or of one of its people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// By its index in [`Pack::facts`].
    Household(usize),
    /// Of whom, by index in [`Household::people`], and what.
    Person(usize, usize),
    /// Whether everybody is listed.
    People,
}

impl Question {
    /// A fact of somebody, or of the household.
    pub fn of(fact: usize, who: Option<usize>) -> Self {
        who.map_or(Self::Household(fact), |person| Self::Person(person, fact))
    }

    /// The fact it is about, and whose.
    pub fn fact(self) -> Option<(usize, Option<usize>)> {
        match self {
            Self::Household(fact) => Some((fact, None)),
            Self::Person(person, fact) => Some((fact, Some(person))),
            Self::People => None,
        }
    }
}

impl Household {
    /// Nobody, of whom nothing is known.
    pub fn new(pack: &Pack) -> Self {
        Self { answers: vec![Answer::NotAsked; pack.facts.len()], people: Vec::new(), list: Answer::NotAsked }
    }

    /// Adds a person of whom nothing is known, and gives their place.
    pub fn add(&mut self, name: impl Into<String>) -> usize {
        self.people.push(Person { name: name.into(), answers: vec![Answer::NotAsked; self.answers.len()] });
        self.people.len() - 1
    }

    pub fn answer(&self, asked: Question) -> Answer {
        match asked {
            Question::Household(fact) => self.answers[fact],
            // Of somebody who is not listed, nothing is known.
            Question::Person(person, fact) => {
                self.people.get(person).map_or(Answer::NotAsked, |person| person.answers[fact])
            }
            Question::People => self.list,
        }
    }

    pub fn set(&mut self, asked: Question, answer: Answer) {
        match asked {
            Question::Household(fact) => self.answers[fact] = answer,
            Question::Person(person, fact) => self.people[person].answers[fact] = answer,
            Question::People => self.list = answer,
        }
    }

    /// Nobody else belongs to it.
    pub fn is_complete(&self) -> bool {
        self.list == EVERYBODY
    }

    /// How many belong to it: those listed, and perhaps more.
    pub fn size(&self) -> Span {
        let listed = i64::try_from(self.people.len()).unwrap_or(i64::MAX);
        let most = i64::try_from(MOST_PEOPLE).unwrap_or(i64::MAX);
        if self.is_complete() { Span::exactly(listed.max(1)) } else { Span::between(listed.max(1), most.max(listed)) }
    }
}

impl Fact {
    /// All that the answer can be.
    pub fn domain(&self) -> Answer {
        match &self.kind {
            Kind::Money { most, .. } => Answer::Number(Span::between(0, *most)),
            Kind::Count { least, most } => Answer::Number(Span::between(*least, *most)),
            Kind::Birth => Answer::Number(Span { low: None, high: None }),
            Kind::Choice(options) => Answer::OneOf(mask(options.len())),
        }
    }
}

impl Answer {
    /// The numbers it leaves possible, within those of the fact.
    pub fn span(self, fact: &Fact) -> Span {
        let Answer::Number(domain) = fact.domain() else { return Span::ALL };
        match self {
            Self::Number(span) => span.both(domain).unwrap_or(span),
            _ => domain,
        }
    }

    /// The options it leaves possible, a bit for each.
    pub fn options(self, fact: &Fact) -> u64 {
        let Answer::OneOf(domain) = fact.domain() else { return 0 };
        match self {
            Self::OneOf(options) if options & domain != 0 => options & domain,
            _ => domain,
        }
    }

    /// Whether one possibility alone is left.
    pub fn is_certain(self, fact: &Fact) -> bool {
        match &fact.kind {
            Kind::Choice(_) => self.options(fact).is_power_of_two(),
            _ => self.span(fact).value().is_some(),
        }
    }

    /// Whether one of these options is the answer.
    pub fn is_one_of(self, fact: &Fact, asked: u64) -> Truth {
        let options = self.options(fact);
        Truth::from_chances(options & asked != 0, options & !asked != 0)
    }

    pub fn exactly(value: impl Into<Exact>) -> Self {
        Self::Number(Span::exactly(value))
    }
}

/// The lowest `count` bits.
pub fn mask(count: usize) -> u64 {
    if count >= 64 { u64::MAX } else { (1 << count) - 1 }
}
