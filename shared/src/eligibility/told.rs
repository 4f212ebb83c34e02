//! What people have told, as it travels and as test cases are written: ids and plain values.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{
    answers::{Answer, Asked, EVERYBODY, Household, MOST_PEOPLE},
    dates::{OLDEST, days, years_between},
    pack::{Fact, Kind, Pack, Scope},
    span::{Exact, Span},
};
use crate::locale::Locale;

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
#[serde(untagged)]
pub enum Value {
    Yes(bool),
    /// A count; money in fen.
    Whole(i64),
    /// `unsure`, the id of an option, a date `1954-03-01`, or money `3069.99 yuan`.
    Word(String),
    /// One of these options.
    OneOf(Vec<String>),
    /// Whole years on the day of the check.
    Age {
        age: i64,
    },
    /// From and up to, both included; either may be missing.
    Range {
        from: Option<Limit>,
        to: Option<Limit>,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum Limit {
    Whole(i64),
    Word(String),
}

/// Why something that was told cannot be used, and where it stands: `people.0.birth`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    pub field: String,
    pub what: Wrong,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    #[error("there is no such fact here")]
    UnknownFact,
    #[error("there is no such option")]
    UnknownOption,
    #[error("this fact is told in another way")]
    WrongKind,
    #[error("the amount is not readable")]
    Unreadable,
    #[error("the number is out of range")]
    OutOfRange { least: i64, most: i64 },
    #[error("the date lies after the day of the check")]
    InFuture,
    #[error("nobody has lived that long")]
    TooOld,
    #[error("the range ends before it begins")]
    Backwards,
    #[error("more people than a household has")]
    TooManyPeople,
}

impl Wrong {
    /// The name on the wire.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownFact => "fact_unknown",
            Self::UnknownOption => "option_unknown",
            Self::WrongKind => "fact_kind",
            Self::Unreadable => "amount_unreadable",
            Self::OutOfRange { .. } => "number_out_of_range",
            Self::InFuture => "date_in_future",
            Self::TooOld => "age_too_great",
            Self::Backwards => "range_backwards",
            Self::TooManyPeople => "people_too_many",
        }
    }

    /// What to do about it.
    pub fn sentence(&self, locale: Locale) -> String {
        let said = match self {
            Self::UnknownFact => locale.say("这里没有这一项。", "There is no such question here."),
            Self::UnknownOption => locale.say("请从列出的选项里选。", "Please choose one of the options."),
            Self::WrongKind => locale.say("请按这一项的样子填写。", "Please answer in the form that is asked for."),
            Self::Unreadable => locale
                .say("请只写数字，例如 3200 或者 3200.50。", "Please write figures only, such as 3200 or 3200.50."),
            Self::OutOfRange { least, most } => {
                return match locale {
                    Locale::Zh => format!("请填写 {least} 到 {most} 之间的数。"),
                    Locale::En => format!("Please give a number from {least} to {most}."),
                };
            }
            Self::InFuture => locale.say("出生日期不能晚于今天。", "A date of birth cannot be later than today."),
            Self::TooOld => locale.say("请填写 0 到 130 之间的年龄。", "Please give an age from 0 to 130."),
            Self::Backwards => {
                locale.say("开头比结尾大，请换过来。", "The beginning is above the end; please swap them.")
            }
            Self::TooManyPeople => locale.say(
                "最多可以填写 30 个人。更大的家庭请到街道办理。",
                "At most 30 people. For a larger household please ask at the street office.",
            ),
        };
        said.to_owned()
    }
}

/// Reads everything, or names everything that is wrong.
pub fn read(pack: &Pack, told: &Told, as_of: NaiveDate) -> Result<Household, Vec<Mistake>> {
    let mut household = Household::new(pack);
    if told.complete {
        household.list = EVERYBODY;
    }
    let mut mistakes = Vec::new();
    if told.people.len() > MOST_PEOPLE {
        return Err(vec![Mistake { field: "people".to_owned(), what: Wrong::TooManyPeople }]);
    }
    let mut take =
        |household: &mut Household, at: String, id: &str, scope, asked: &dyn Fn(usize) -> Asked, value: &Value| {
            let fact = pack.facts.iter().position(|fact| fact.id == id && fact.scope == scope);
            let answer = match fact {
                Some(fact) => answer(&pack.facts[fact], value, as_of).map(|answer| (asked(fact), answer)),
                None => Err(Wrong::UnknownFact),
            };
            match answer {
                Ok((asked, answer)) => household.set(asked, answer),
                Err(what) => mistakes.push(Mistake { field: at, what }),
            }
        };
    for (id, value) in &told.household {
        take(&mut household, format!("household.{id}"), id, Scope::Household, &Asked::Household, value);
    }
    for person in &told.people {
        let place = household.add(person.name.clone());
        for (id, value) in &person.facts {
            let at = format!("people.{place}.{id}");
            take(&mut household, at, id, Scope::Person, &|fact| Asked::Person(place, fact), value);
        }
    }
    if mistakes.is_empty() { Ok(household) } else { Err(mistakes) }
}

/// Reads what was told of one fact.
pub fn answer(fact: &Fact, value: &Value, as_of: NaiveDate) -> Result<Answer, Wrong> {
    if *value == Value::Word("unsure".to_owned()) {
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
        Kind::Count { least, most } => within(numbers(value, |word| word.parse().ok())?, *least, *most, 1),
        Kind::Money { most, .. } => within(numbers(value, fen)?, 0, *most, 100),
    }
}

/// The days on which somebody was born who is `age` on a day.
pub fn born(age: i64, as_of: NaiveDate) -> Result<Span, Wrong> {
    let back = |years: i64| {
        let months = u32::try_from(years).ok()?.checked_mul(12)?;
        as_of.checked_sub_months(Months::new(months)).map(days)
    };
    if !(0..=i64::from(OLDEST)).contains(&age) {
        return Err(Wrong::TooOld);
    }
    let (Some(mut first), Some(mut last)) = (back(age + 1), back(age)) else { return Err(Wrong::TooOld) };
    while years_between(first, as_of) > age {
        first += 1;
    }
    // Leap days: who was born on the 29th is as old as who was born on the 28th.
    while last < days(as_of) && years_between(last + 1, as_of) == age {
        last += 1;
    }
    Ok(Span::between(first, last))
}

fn birth(value: &Value, as_of: NaiveDate) -> Result<Span, Wrong> {
    let date = |limit: &Limit| match limit {
        Limit::Word(word) => word.parse::<NaiveDate>().map_err(|_| Wrong::WrongKind),
        Limit::Whole(_) => Err(Wrong::WrongKind),
    };
    let (from, to) = match value {
        Value::Age { age } => return born(*age, as_of),
        Value::Word(word) => {
            let date = date(&Limit::Word(word.clone()))?;
            (date, date)
        }
        Value::Range { from, to } => {
            let oldest = as_of.checked_sub_months(Months::new(OLDEST * 12)).unwrap_or(as_of);
            (from.as_ref().map_or(Ok(oldest), date)?, to.as_ref().map_or(Ok(as_of), date)?)
        }
        _ => return Err(Wrong::WrongKind),
    };
    match () {
        () if from > to => Err(Wrong::Backwards),
        () if to > as_of => Err(Wrong::InFuture),
        () if years_between(days(from), as_of) > i64::from(OLDEST) => Err(Wrong::TooOld),
        () => Ok(Span::between(days(from), days(to))),
    }
}

fn numbers(value: &Value, read: impl Fn(&str) -> Option<i64>) -> Result<Span, Wrong> {
    let limit = |limit: &Limit| match limit {
        Limit::Whole(number) => Ok(Exact::from(*number)),
        Limit::Word(word) => read(word).map(Exact::from).ok_or(Wrong::Unreadable),
    };
    match value {
        Value::Whole(number) => Ok(Span::exactly(*number)),
        Value::Word(word) => Ok(Span::exactly(read(word).ok_or(Wrong::Unreadable)?)),
        Value::Range { from, to } => {
            let (low, high) = (from.as_ref().map(limit).transpose()?, to.as_ref().map(limit).transpose()?);
            let backwards = low.zip(high).is_some_and(|(low, high)| low > high);
            if backwards { Err(Wrong::Backwards) } else { Ok(Span { low, high }) }
        }
        _ => Err(Wrong::WrongKind),
    }
}

fn within(span: Span, least: i64, most: i64, unit: i64) -> Result<Answer, Wrong> {
    let outside =
        |limit: Option<Exact>| limit.is_some_and(|limit| !(Exact::from(least)..=Exact::from(most)).contains(&limit));
    if outside(span.low) || outside(span.high) {
        return Err(Wrong::OutOfRange { least: least / unit, most: most / unit });
    }
    Ok(Answer::Number(span))
}

/// Money as people write it: `3,200`, `3200.5`, `３２００元`, `1.2万`, `3069.99 yuan`.
pub fn fen(text: &str) -> Option<i64> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, ',' | '，')).map(narrow).collect();
    let plain = ["yuan", "元", "块"].iter().find_map(|unit| plain.strip_suffix(unit)).unwrap_or(&plain);
    let (digits, scale) = plain.strip_suffix('万').map_or((plain, 100), |digits| (digits, 1_000_000));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let figures = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 12 || part.len() > 6 || !figures(whole) || !figures(part) {
        return None;
    }
    let unit = 10_i64.pow(u32::try_from(part.len()).ok()?);
    let number = format!("{whole}{part}").parse::<i64>().ok()?.checked_mul(scale)?;
    (number % unit == 0).then_some(number / unit)
}

/// Full-width digits as the narrow ones.
fn narrow(c: char) -> char {
    match c {
        '\u{ff10}'..='\u{ff19}' | '．' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Days;
    use proptest::prelude::*;

    #[test]
    fn money_is_read_as_people_write_it() {
        for (text, expected) in [
            ("3200", Some(320_000)),
            ("3,200.5", Some(320_050)),
            ("３２００ 元", Some(320_000)),
            ("1.2万", Some(1_200_000)),
            ("3069.99 yuan", Some(306_999)),
            ("0", Some(0)),
            ("0.001", None),
            ("-5", None),
            ("", None),
            ("abc", None),
            ("1e9", None),
            (".", None),
            ("99999999999999", None),
        ] {
            assert_eq!(fen(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn an_age_is_the_days_on_which_one_is_that_old(age in 0_i64..=130, offset in 0_u64..20_000) {
            let as_of = NaiveDate::from_ymd_opt(1990, 1, 1).unwrap() + Days::new(offset);
            let span = born(age, as_of).unwrap();
            let (first, last) = (span.low.unwrap().to_integer(), span.high.unwrap().to_integer());
            prop_assert_eq!(years_between(first, as_of), age);
            prop_assert_eq!(years_between(last, as_of), age);
            prop_assert_eq!(years_between(first - 1, as_of), age + 1);
            prop_assert!(last == days(as_of) || years_between(last + 1, as_of) == age - 1);
        }

        #[test]
        fn no_amount_is_too_strange(text in "\\PC{0,20}") {
            let _ = fen(&text);
        }
    }
}
