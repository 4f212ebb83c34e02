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
        self.each_mention(&mut |mention| found.push(mention));
        found
    }

    /// [`Self::mentions`] one by one, for where each is looked at once.
    pub(super) fn each_mention(&self, see: &mut dyn FnMut(Mention)) {
        match self {
            Self::Constant(_) => {}
            Self::Fact(fact) => see(Mention::Fact(*fact)),
            Self::Computed(computed) => see(Mention::Computed(*computed)),
            Self::Param(param) => see(Mention::Param(*param)),
            Self::People => see(Mention::People),
            Self::Sum(pair)
            | Self::Difference(pair)
            | Self::Product(pair)
            | Self::Quotient(pair)
            | Self::Least(pair)
            | Self::Greatest(pair) => pair.iter().for_each(|number| number.each_mention(see)),
            Self::Rounded(number, _) | Self::YearsSince(number) | Self::SumOver(number) => number.each_mention(see),
            Self::CountOf(condition) => condition.each_mention(see),
            Self::If(branches) => {
                branches.0.each_mention(see);
                branches.1.each_mention(see);
                branches.2.each_mention(see);
            }
        }
    }
}

impl Condition {
    /// As [`Number::mentions`].
    pub fn mentions(&self) -> Vec<Mention> {
        let mut found = Vec::new();
        self.each_mention(&mut |mention| found.push(mention));
        found
    }

    /// [`Self::mentions`] one by one, for where each is looked at once.
    pub(super) fn each_mention(&self, see: &mut dyn FnMut(Mention)) {
        match self {
            Self::Always(_) => {}
            Self::Is(fact, _) => see(Mention::Fact(*fact)),
            Self::Less(pair) | Self::Equal(pair) => pair.iter().for_each(|number| number.each_mention(see)),
            Self::Not(condition) | Self::Any(condition) | Self::Every(condition) => condition.each_mention(see),
            Self::And(all) | Self::Or(all) => all.iter().for_each(|condition| condition.each_mention(see)),
            Self::Eligible(benefit) => see(Mention::Benefit(*benefit)),
        }
    }
}
