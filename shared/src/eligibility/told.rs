//! What people have told, as it travels and as test cases are written: ids and plain values.

pub mod birth;
pub mod mistake;
pub mod money;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use self::{
    birth::birth,
    mistake::{Mistake, Wrong},
    money::fen,
};
use super::{
    answers::{Answer, EVERYBODY, Household, MOST_PEOPLE, Question},
    evaluate::Who,
    pack::{Fact, Kind, Pack, Scope},
    span::{Exact, Span},
};
use crate::whole::count;

/// A household, with facts by their ids. What is left out was not asked.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Told {
    pub household: BTreeMap<String, Value>,
    pub people: Vec<PersonTold>,
    /// Everybody who belongs to the household is listed.
    pub complete: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonTold {
    /// Any name, such as 妈妈; it comes back in the answer.
    #[serde(default)]
    pub name: String,
    #[serde(flatten)]
    pub facts: BTreeMap<String, Value>,
}

/// What was told of one fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged, deny_unknown_fields)]
pub enum Value {
    Yes(bool),
    /// A count, or money in whole yuan.
    Whole(i64),
    /// `unsure`, the id of an option, a date `1954-03-01`, or money in yuan: `3069.99`, `3069.99 yuan`.
    Word(String),
    /// One of these options.
    OneOf(Vec<String>),
    /// Whole years on the day of the check, as a number.
    Age {
        age: i64,
    },
    /// From and up to, both included; one of them may be missing.
    Range {
        from: Option<Limit>,
        to: Option<Limit>,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum Limit {
    /// A count, or money in whole yuan.
    Whole(i64),
    Word(String),
}

/// Reads everything, or names everything that is wrong.
pub fn read(pack: &Pack, told: &Told, as_of: NaiveDate) -> Result<Household, Vec<Mistake>> {
    let mut household = Household::new(pack);
    if told.complete {
        household.list = EVERYBODY;
    }
    if told.people.len() > MOST_PEOPLE {
        return Err(vec![Mistake { field: "people".to_owned(), what: Wrong::TooManyPeople }]);
    }
    let mut mistakes = Vec::new();
    for (id, value) in &told.household {
        match asked_of(pack, id, value, None, as_of) {
            Ok((asked, answer)) => household.set(asked, answer),
            Err(what) => mistakes.push(Mistake { field: format!("household.{id}"), what }),
        }
    }
    for person in &told.people {
        let place = household.add(person.name.clone());
        for (id, value) in &person.facts {
            match asked_of(pack, id, value, Some(place), as_of) {
                Ok((asked, answer)) => household.set(asked, answer),
                Err(what) => mistakes.push(Mistake { field: format!("people.{place}.{id}"), what }),
            }
        }
    }
    if mistakes.is_empty() { Ok(household) } else { Err(mistakes) }
}

fn asked_of(pack: &Pack, id: &str, value: &Value, who: Who, as_of: NaiveDate) -> Result<(Question, Answer), Wrong> {
    let scope = if who.is_some() { Scope::Person } else { Scope::Household };
    let place = pack.facts.iter().position(|fact| fact.id == id && fact.scope == scope).ok_or(Wrong::UnknownFact)?;
    Ok((Question::of(place, who), answer(&pack.facts[place], value, as_of)?))
}

/// Reads what was told of one fact.
pub fn answer(fact: &Fact, value: &Value, as_of: NaiveDate) -> Result<Answer, Wrong> {
    if matches!(value, Value::Word(word) if word == "unsure") {
        return Ok(Answer::Unsure);
    }
    match &fact.kind {
        Kind::Choice(options) => {
            let bit = |id: &str| {
                let place = options.iter().position(|option| option.id == id).ok_or(Wrong::UnknownOption)?;
                Ok(1_u64 << place)
            };
            match value {
                Value::Yes(yes) => bit(if *yes { "yes" } else { "no" }),
                Value::Word(id) => bit(id),
                Value::OneOf(ids) if !ids.is_empty() => ids.iter().try_fold(0, |all, id| Ok(all | bit(id)?)),
                _ => Err(Wrong::WrongKind),
            }
            .map(Answer::OneOf)
        }
        Kind::Birth => birth(value, as_of).map(Answer::Number),
        Kind::Count { least, most } => {
            let read = Reading { word: |word| count(word).map(i64::from), unit: 1 };
            within(read.numbers(value)?, *least, *most, &read)
        }
        Kind::Money { most, .. } => {
            let read = Reading { word: fen, unit: FEN };
            within(read.numbers(value)?, 0, *most, &read)
        }
    }
}

/// Fen in a yuan.
const FEN: i64 = 100;

/// How numbers are read: words in a way of their own, plain numbers as so many of a unit.
struct Reading {
    word: fn(&str) -> Option<i64>,
    unit: i64,
}

impl Reading {
    fn numbers(&self, value: &Value) -> Result<Span, Wrong> {
        match value {
            Value::Whole(number) => Ok(Span::exactly(self.whole(*number))),
            Value::Word(word) => Ok(Span::exactly((self.word)(word).ok_or(Wrong::Unreadable)?)),
            Value::Range { from: None, to: None } => Err(Wrong::WrongKind),
            Value::Range { from, to } => {
                let limit = |limit: &Option<Limit>| limit.as_ref().map(|limit| self.limit(limit)).transpose();
                let (low, high) = (limit(from)?, limit(to)?);
                let backwards = low.zip(high).is_some_and(|(low, high)| low > high);
                if backwards { Err(Wrong::Backwards) } else { Ok(Span { low, high }) }
            }
            _ => Err(Wrong::WrongKind),
        }
    }

    fn limit(&self, limit: &Limit) -> Result<Exact, Wrong> {
        match limit {
            Limit::Whole(number) => Ok(Exact::from(self.whole(*number))),
            Limit::Word(word) => (self.word)(word).map(Exact::from).ok_or(Wrong::Unreadable),
        }
    }

    /// What is too large to be counted is out of every range all the same.
    fn whole(&self, number: i64) -> i64 {
        number.saturating_mul(self.unit)
    }
}

fn within(span: Span, least: i64, most: i64, read: &Reading) -> Result<Answer, Wrong> {
    let outside =
        |limit: Option<Exact>| limit.is_some_and(|limit| !(Exact::from(least)..=Exact::from(most)).contains(&limit));
    if outside(span.low) || outside(span.high) {
        let (least, most) = (least / read.unit, most / read.unit);
        return Err(if read.unit == FEN { Wrong::SumOutOfRange { most } } else { Wrong::OutOfRange { least, most } });
    }
    Ok(Answer::Number(span))
}
