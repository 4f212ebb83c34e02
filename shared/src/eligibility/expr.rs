//! What the rules of a pack say, as trees.

use serde::{Deserialize, Serialize};

use super::span::Exact;

/// A number: money in fen, a date in days since 1970-01-01, or a plain count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Number {
    Constant(Exact),
    /// The answer to a question, by its place in [`super::pack::Pack::facts`].
    Fact(usize),
    /// A derived figure, by its place in [`super::pack::Pack::computed`].
    Computed(usize),
    /// A dated figure, by its place in [`super::pack::Pack::params`].
    Param(usize),
    /// People in the household.
    People,
    Sum(Box<[Number; 2]>),
    Difference(Box<[Number; 2]>),
    Product(Box<[Number; 2]>),
    Quotient(Box<[Number; 2]>),
    Least(Box<[Number; 2]>),
    Greatest(Box<[Number; 2]>),
    /// To the nearest multiple, halves upwards.
    Rounded(Box<Number>, Exact),
    /// Whole years from a date until the day of the check.
    YearsSince(Box<Number>),
    /// Of all people in the household: a number for each, added up.
    SumOver(Box<Number>),
    /// People of whom something holds.
    CountOf(Box<Condition>),
    If(Box<(Condition, Number, Number)>),
}

/// A statement that can hold, fail or be open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    Always(bool),
    /// The answer to a question is one of these options, a bit for each.
    Is(usize, u64),
    Less(Box<[Number; 2]>),
    Equal(Box<[Number; 2]>),
    Not(Box<Condition>),
    And(Vec<Condition>),
    Or(Vec<Condition>),
    /// Of somebody in the household.
    Any(Box<Condition>),
    /// Of everybody in the household.
    Every(Box<Condition>),
    /// Another benefit is likely, by its place in [`super::pack::Pack::benefits`]; for a person's benefit, that of
    /// the same person.
    Eligible(usize),
}

/// What an expression rests on, one level deep: a derived figure stands for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mention {
    Fact(usize),
    Computed(usize),
    Param(usize),
    People,
    Benefit(usize),
}

impl Number {
    /// Names everything it rests on, in the order it is written, each as often as it stands there.
    pub fn mentions(&self) -> Vec<Mention> {
        let mut found = Vec::new();
        self.collect(&mut found);
        found
    }

    fn collect(&self, found: &mut Vec<Mention>) {
        match self {
            Self::Constant(_) => {}
            Self::Fact(fact) => found.push(Mention::Fact(*fact)),
            Self::Computed(computed) => found.push(Mention::Computed(*computed)),
            Self::Param(param) => found.push(Mention::Param(*param)),
            Self::People => found.push(Mention::People),
            Self::Sum(pair)
            | Self::Difference(pair)
            | Self::Product(pair)
            | Self::Quotient(pair)
            | Self::Least(pair)
            | Self::Greatest(pair) => pair.iter().for_each(|number| number.collect(found)),
            Self::Rounded(number, _) | Self::YearsSince(number) | Self::SumOver(number) => number.collect(found),
            Self::CountOf(condition) => condition.collect(found),
            Self::If(branches) => {
                branches.0.collect(found);
                branches.1.collect(found);
                branches.2.collect(found);
            }
        }
    }
}

impl Condition {
    /// As [`Number::mentions`].
    pub fn mentions(&self) -> Vec<Mention> {
        let mut found = Vec::new();
        self.collect(&mut found);
        found
    }

    fn collect(&self, found: &mut Vec<Mention>) {
        match self {
            Self::Always(_) => {}
            Self::Is(fact, _) => found.push(Mention::Fact(*fact)),
            Self::Less(pair) | Self::Equal(pair) => pair.iter().for_each(|number| number.collect(found)),
            Self::Not(condition) | Self::Any(condition) | Self::Every(condition) => condition.collect(found),
            Self::And(all) | Self::Or(all) => all.iter().for_each(|condition| condition.collect(found)),
            Self::Eligible(benefit) => found.push(Mention::Benefit(*benefit)),
        }
    }
}
