//! From what is written to what can be worked out: names become places, units are checked.

use std::collections::HashMap;

use super::{
    super::{
        answers::mask,
        expr::{Condition, Number},
        pack::{Fact, Kind, Scope, Unit},
        span::Exact,
    },
    syntax::{Operator, Tree, parse},
};

/// What names stand for.
#[derive(Default)]
pub struct Names {
    pub facts: HashMap<String, usize>,
    pub computed: HashMap<String, (usize, Scope, Unit)>,
    /// Stand for what they say wherever they are named.
    pub conditions: HashMap<String, (Scope, Condition)>,
    /// By `benefit.param`.
    pub params: HashMap<String, (usize, Unit)>,
    pub benefits: HashMap<String, usize>,
}

/// Where an expression stands: whose names it may use without more words, and about whom it is.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    pub names: &'a Names,
    pub facts: &'a [Fact],
    /// Of the benefit in whose file it stands.
    pub benefit: Option<&'a str>,
    pub scope: Scope,
}

type Found<T> = Result<T, String>;

impl Context<'_> {
    pub fn condition(&self, text: &str) -> Found<Condition> {
        self.truth(&parse(text)?)
    }

    pub fn number(&self, text: &str, unit: Unit) -> Found<Number> {
        let (number, found) = self.value(&parse(text)?)?;
        if found == unit { Ok(number) } else { Err(format!("{} is needed here, this is {}", say(unit), say(found))) }
    }

    fn truth(&self, tree: &Tree) -> Found<Condition> {
        match tree {
            Tree::Name(name) => self.named_truth(name),
            Tree::Is(name, options) => self.is(name, options),
            Tree::Not(inner) => Ok(Condition::Not(Box::new(self.truth(inner)?))),
            Tree::Call(name, arguments) => self.call(name, arguments),
            Tree::Pair(Operator::And, pair) => Ok(Condition::And(self.flat(Operator::And, pair)?)),
            Tree::Pair(Operator::Or, pair) => Ok(Condition::Or(self.flat(Operator::Or, pair)?)),
            Tree::Pair(operator, pair) => self.compare(*operator, pair),
            Tree::Number(_) | Tree::Money(_) => Err("a condition is needed here, this is a number".to_owned()),
        }
    }

    /// `a and b and c` as one list.
    fn flat(&self, operator: Operator, pair: &[Tree; 2]) -> Found<Vec<Condition>> {
        let mut all = match &pair[0] {
            Tree::Pair(inner, pair) if *inner == operator => self.flat(operator, pair)?,
            tree => vec![self.truth(tree)?],
        };
        all.push(self.truth(&pair[1])?);
        Ok(all)
    }

    fn compare(&self, operator: Operator, pair: &[Tree; 2]) -> Found<Condition> {
        let ((one, unit), (two, other)) = (self.value(&pair[0])?, self.value(&pair[1])?);
        if unit != other {
            return Err(format!("{} cannot be compared with {}", say(unit), say(other)));
        }
        let less = |one, two| Condition::Less(Box::new([one, two]));
        let not = |condition| Condition::Not(Box::new(condition));
        Ok(match operator {
            Operator::Less => less(one, two),
            Operator::More => less(two, one),
            Operator::AtMost => not(less(two, one)),
            Operator::AtLeast => not(less(one, two)),
            Operator::Equal => Condition::Equal(Box::new([one, two])),
            Operator::Unequal => not(Condition::Equal(Box::new([one, two]))),
            _ => return Err("a condition is needed here, this is a number".to_owned()),
        })
    }

    fn call(&self, name: &str, arguments: &[Tree]) -> Found<Condition> {
        let people = Context { scope: Scope::Person, ..*self };
        match (name, arguments) {
            ("any", [condition]) => Ok(Condition::Any(Box::new(people.truth(condition)?))),
            ("every", [condition]) => Ok(Condition::Every(Box::new(people.truth(condition)?))),
            ("eligible", [Tree::Name(benefit)]) => {
                let place = self.names.benefits.get(benefit);
                place.map(|place| Condition::Eligible(*place)).ok_or_else(|| format!("there is no benefit `{benefit}`"))
            }
            _ => Err(format!("there is no condition `{name}(…)` with {} arguments", arguments.len())),
        }
    }

    fn fact(&self, name: &str) -> Found<(usize, &Fact)> {
        let place = *self.names.facts.get(name).ok_or_else(|| format!("there is no fact `{name}`"))?;
        let fact = &self.facts[place];
        self.within_reach(name, fact.scope)?;
        Ok((place, fact))
    }

    fn within_reach(&self, name: &str, scope: Scope) -> Found<()> {
        if scope == Scope::Person && self.scope == Scope::Household {
            return Err(format!("`{name}` is of one person; say of whom with any(…), every(…), count(…) or sum(…)"));
        }
        Ok(())
    }

    fn param(&self, name: &str) -> Option<(usize, Unit)> {
        let own = self.benefit.map(|benefit| format!("{benefit}.{name}"));
        own.and_then(|own| self.names.params.get(&own)).or(self.names.params.get(name)).copied()
    }

    fn named_truth(&self, name: &str) -> Found<Condition> {
        if let Some((scope, condition)) = self.names.conditions.get(name) {
            self.within_reach(name, *scope)?;
            return Ok(condition.clone());
        }
        self.switch(name).map_or_else(|| self.yes_no(name), Ok)
    }

    /// A figure that only says yes or no stands alone.
    fn switch(&self, name: &str) -> Option<Condition> {
        let (place, _) = self.param(name).filter(|(_, unit)| *unit == Unit::Switch)?;
        let off = Condition::Less(Box::new([Number::Param(place), Number::Constant(1.into())]));
        Some(Condition::Not(Box::new(off)))
    }

    fn yes_no(&self, name: &str) -> Found<Condition> {
        let (place, fact) = self.fact(name)?;
        match &fact.kind {
            Kind::Choice(options) if options.len() == 2 && options[1].id == "yes" => Ok(Condition::Is(place, 1 << 1)),
            _ => Err(format!("`{name}` is no yes or no; say which with `is`")),
        }
    }

    fn is(&self, name: &str, options: &[String]) -> Found<Condition> {
        let (place, fact) = self.fact(name)?;
        let Kind::Choice(known) = &fact.kind else { return Err(format!("`{name}` has no options")) };
        let bit = |asked: &String| {
            let option = known.iter().position(|option| option.id == *asked);
            option.map(|option| 1_u64 << option).ok_or_else(|| format!("`{name}` has no option `{asked}`"))
        };
        let asked = options.iter().map(bit).try_fold(0, |all, bit| bit.map(|bit| all | bit))?;
        if asked == mask(known.len()) {
            return Err(format!("`{name}` is always one of these"));
        }
        Ok(Condition::Is(place, asked))
    }

    fn value(&self, tree: &Tree) -> Found<(Number, Unit)> {
        match tree {
            Tree::Number(number) => Ok((Number::Constant(*number), Unit::Number)),
            Tree::Money(fen) => Ok((Number::Constant(*fen), Unit::Money)),
            Tree::Name(name) => self.named(name),
            Tree::Call(name, arguments) => self.function(name, arguments),
            Tree::Pair(operator, pair) => self.arithmetic(*operator, pair),
            Tree::Is(..) | Tree::Not(_) => Err("a number is needed here, this is a condition".to_owned()),
        }
    }

    fn named(&self, name: &str) -> Found<(Number, Unit)> {
        if name == "people" {
            return Ok((Number::People, Unit::Number));
        }
        if let Some((place, unit)) = self.param(name) {
            return Ok((Number::Param(place), unit));
        }
        if let Some((place, scope, unit)) = self.names.computed.get(name) {
            self.within_reach(name, *scope)?;
            return Ok((Number::Computed(*place), *unit));
        }
        let (place, fact) = self.fact(name).map_err(|_| format!("there is nothing named `{name}` here"))?;
        let unit = fact.kind.unit().ok_or_else(|| format!("`{name}` is a choice and no number"))?;
        Ok((Number::Fact(place), unit))
    }

    fn function(&self, name: &str, arguments: &[Tree]) -> Found<(Number, Unit)> {
        let people = Context { scope: Scope::Person, ..*self };
        match (name, arguments) {
            ("min" | "max", [one, two]) => {
                let ((one, unit), (two, other)) = (self.value(one)?, self.value(two)?);
                if unit != other {
                    return Err(format!("{} and {} have no {name}", say(unit), say(other)));
                }
                let pair = Box::new([one, two]);
                Ok((if name == "min" { Number::Least(pair) } else { Number::Greatest(pair) }, unit))
            }
            ("round", [number, unit]) => {
                let ((number, found), (to, asked)) = (self.value(number)?, self.value(unit)?);
                match to {
                    Number::Constant(to) if to > Exact::from(0) && found == asked => {
                        Ok((Number::Rounded(Box::new(number), to), found))
                    }
                    _ => Err(format!("{} is rounded to a fixed amount of the same kind", say(found))),
                }
            }
            ("years_since", [date]) => match self.value(date)? {
                (date, Unit::Date) => Ok((Number::YearsSince(Box::new(date)), Unit::Number)),
                (_, unit) => Err(format!("years pass since a date, not since {}", say(unit))),
            },
            ("sum", [number]) => {
                let (number, unit) = people.value(number)?;
                Ok((Number::SumOver(Box::new(number)), unit))
            }
            ("count", [condition]) => Ok((Number::CountOf(Box::new(people.truth(condition)?)), Unit::Number)),
            ("if", [condition, one, two]) => {
                let (condition, (one, unit), (two, other)) =
                    (self.truth(condition)?, self.value(one)?, self.value(two)?);
                if unit != other {
                    return Err(format!("one branch is {}, the other {}", say(unit), say(other)));
                }
                Ok((Number::If(Box::new((condition, one, two))), unit))
            }
            _ => Err(format!("there is no number `{name}(…)` with {} arguments", arguments.len())),
        }
    }

    fn arithmetic(&self, operator: Operator, pair: &[Tree; 2]) -> Found<(Number, Unit)> {
        let ((one, unit), (two, other)) = (self.value(&pair[0])?, self.value(&pair[1])?);
        let clash = |word: &str| format!("{} cannot be {word} {}", say(unit), say(other));
        let pair = Box::new([one, two]);
        match (operator, unit, other) {
            (Operator::Plus, Unit::Money, Unit::Money) | (Operator::Plus, Unit::Number, Unit::Number) => {
                Ok((Number::Sum(pair), unit))
            }
            (Operator::Minus, Unit::Money, Unit::Money) | (Operator::Minus, Unit::Number, Unit::Number) => {
                Ok((Number::Difference(pair), unit))
            }
            (Operator::Times, Unit::Number, Unit::Money | Unit::Number) => Ok((Number::Product(pair), other)),
            (Operator::Times, Unit::Money, Unit::Number) => Ok((Number::Product(pair), unit)),
            (Operator::Over, Unit::Money | Unit::Number, Unit::Number) => Ok((Number::Quotient(pair), unit)),
            (Operator::Over, Unit::Money, Unit::Money) => Ok((Number::Quotient(pair), Unit::Number)),
            (Operator::Plus, ..) => Err(clash("added to")),
            (Operator::Minus, ..) => Err(clash("reduced by")),
            (Operator::Times, ..) => Err(clash("multiplied by")),
            (Operator::Over, ..) => Err(clash("divided by")),
            _ => Err("a number is needed here, this is a condition".to_owned()),
        }
    }
}

fn say(unit: Unit) -> &'static str {
    match unit {
        Unit::Money => "money",
        Unit::Number => "a plain number",
        Unit::Switch => "a yes or no",
        Unit::Date => "a date",
    }
}
