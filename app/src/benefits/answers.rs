//! What stands in the form of the check: every answer as it was typed, by the name of its field.
//!
//! The whole form travels with each page, in its body alone; nothing of it is kept anywhere else.

use chrono::NaiveDate;
use shared::{
    civil_date::{DateBoxes, parse_date},
    eligibility::{
        answers::{Answer, EVERYBODY, Household, MOST_PEOPLE, Question},
        evaluate::Who,
        pack::{Fact, Kind, LifeEvent, Pack, Scope},
        span::Span,
        told::{self, mistake::Wrong},
    },
    field::{FieldErrors, Reason},
    identity::BIRTH_DATE,
    whole::count,
};

use crate::pairs::Pairs;

/// The form as it was sent, with what the pages before asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers(pub Pairs);

/// A field that was left empty or ticked "not sure".
pub const UNSURE: &str = "unsure";

/// Of somebody who was named when it was asked who, and of whom more is still to be told.
pub const NAMED: &str = "named";

/// What happened tells this already, so that it is not asked.
const TOLD: (LifeEvent, &str, &str) = (LifeEvent::Death, "household.death", "yes");

impl Answers {
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.trim())
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.remove(name);
        self.0.push((name.to_owned(), value.into()));
    }

    pub fn remove(&mut self, name: &str) {
        self.0.retain(|(known, _)| known != name);
    }

    /// How many people are listed, named or not yet.
    pub fn people(&self) -> usize {
        self.get("people").parse().unwrap_or(0).min(MOST_PEOPLE)
    }

    /// The name that was chosen for somebody; empty where there is none yet.
    pub fn name(&self, person: usize) -> String {
        self.get(&format!("people.{person}.name")).to_owned()
    }

    /// Takes a person off the list; those after move up.
    pub fn remove_person(&mut self, gone: usize) {
        let count = self.people();
        let place = |name: &str| {
            let rest = name.strip_prefix("people.")?;
            let (person, field) = rest.split_once('.')?;
            Some((person.parse::<usize>().ok()?, field.to_owned()))
        };
        self.0.retain_mut(|(name, _)| match place(name) {
            Some((person, _)) if person == gone => false,
            Some((person, field)) if person > gone => {
                *name = format!("people.{}.{field}", person - 1);
                true
            }
            _ => true,
        });
        self.set("people", count.saturating_sub(1).to_string());
    }

    /// The household as far as it can be read, with a message for each field that cannot.
    pub fn household(&self, pack: &Pack, today: NaiveDate) -> (Household, FieldErrors) {
        let mut household = Household::new(pack);
        let mut errors = FieldErrors::new();
        household.list = match self.get("complete") {
            "yes" => EVERYBODY,
            "no" => Answer::Unsure,
            _ => Answer::NotAsked,
        };
        for person in 0..self.people() {
            household.add(self.name(person));
        }
        let people = household.people.len();
        for (place, fact) in pack.facts.iter().enumerate() {
            let whose: Vec<Who> = match fact.scope {
                Scope::Household => vec![None],
                Scope::Person => (0..people).map(Some).collect(),
            };
            for who in whose {
                match self.answer(&field(fact, who), fact, today) {
                    Ok(answer) => household.set(Question::of(place, who), answer),
                    Err(reason) => errors.push(self.control(fact, who), reason),
                }
            }
        }
        (household, errors)
    }

    /// The option that was chosen, or that what happened tells.
    fn chosen<'a>(&'a self, name: &str) -> &'a str {
        let (event, field, option) = TOLD;
        match self.get(name) {
            "" if name == field && self.all("event").any(|told| told == event.wire()) => option,
            chosen => chosen,
        }
    }

    /// The field on the page where somebody answers, which a message leads to.
    pub fn control(&self, fact: &Fact, who: Who) -> String {
        let name = field(fact, who);
        match fact.kind {
            Kind::Choice(_) => name,
            Kind::Money { .. } => format!("{name}.sum"),
            Kind::Count { .. } => format!("{name}.number"),
            Kind::Birth if self.get(&format!("{name}.age")).is_empty() => name,
            Kind::Birth => format!("{name}.age"),
        }
    }

    fn answer(&self, name: &str, fact: &Fact, today: NaiveDate) -> Result<Answer, Reason> {
        let typed = |part: &str| self.get(&format!("{name}.{part}"));
        if self.get(name) == UNSURE {
            return Ok(Answer::Unsure);
        }
        match &fact.kind {
            Kind::Choice(options) => match self.chosen(name) {
                "" => Ok(Answer::NotAsked),
                NAMED => fact.named().map(Answer::OneOf).ok_or_else(|| Wrong::UnknownOption.into()),
                chosen => {
                    let place = options.iter().position(|option| option.id == chosen);
                    place.map(|place| Answer::OneOf(1 << place)).ok_or_else(|| Wrong::UnknownOption.into())
                }
            },
            Kind::Money { most, .. } => match (typed("sum"), self.get(name)) {
                ("", "") => Ok(Answer::NotAsked),
                ("", band) => band_of(band).map(Answer::Number).ok_or_else(|| Wrong::UnknownOption.into()),
                (sum, _) => match told::money::fen(sum) {
                    None => Err(Wrong::Unreadable.into()),
                    Some(fen) if fen > *most => Err(Wrong::SumOutOfRange { most: most / 100 }.into()),
                    Some(fen) => Ok(Answer::exactly(fen)),
                },
            },
            Kind::Count { least, most } => match typed("number") {
                "" => Ok(Answer::NotAsked),
                number => match count(number).map(i64::from) {
                    Some(number) if (*least..=*most).contains(&number) => Ok(Answer::exactly(number)),
                    _ => Err(Wrong::OutOfRange { least: *least, most: *most }.into()),
                },
            },
            Kind::Birth => {
                let boxes = DateBoxes {
                    year: typed("year").to_owned(),
                    month: typed("month").to_owned(),
                    day: typed("day").to_owned(),
                };
                match (boxes.join().as_str(), typed("age")) {
                    ("", "") => Ok(Answer::NotAsked),
                    ("", age) => {
                        let age = told::birth::age(age).ok_or(Wrong::NotAnAge)?;
                        told::birth::born(age, today).map(Answer::Number).map_err(Reason::from)
                    }
                    (date, _) => {
                        let date = parse_date(BIRTH_DATE, date, 1880, 9999)?;
                        let value = told::Value::Word(date.to_string());
                        told::answer(fact, &value, today).map_err(Reason::from)
                    }
                }
            }
        }
    }
}

/// `household.wages`, `people.0.birth`.
pub fn field(fact: &Fact, who: Who) -> String {
    match who.filter(|_| fact.scope == Scope::Person) {
        Some(person) => format!("people.{person}.{}", fact.id),
        None => format!("household.{}", fact.id),
    }
}

/// The field of a question; that of the list of people is a page of its own.
pub fn field_of(pack: &Pack, asked: Question) -> String {
    asked.fact().map_or_else(|| "people".to_owned(), |(fact, who)| field(&pack.facts[fact], who))
}

/// The question of a field.
pub fn question(pack: &Pack, field: &str) -> Option<Question> {
    let fact = |id: &str, scope| pack.facts.iter().position(|fact| fact.id == id && fact.scope == scope);
    match field.split_once('.')? {
        ("household", id) => fact(id, Scope::Household).map(Question::Household),
        ("people", rest) => {
            let (person, id) = rest.split_once('.')?;
            let person = person.parse().ok().filter(|person| *person < MOST_PEOPLE)?;
            fact(id, Scope::Person).map(|fact| Question::Person(person, fact))
        }
        _ => None,
    }
}

/// A band as the form sends it: `0-100000`, `100001-`.
pub fn band_of(text: &str) -> Option<Span> {
    let (from, to) = text.split_once('-')?;
    let from: i64 = from.parse().ok()?;
    let to = if to.is_empty() { None } else { Some(to.parse::<i64>().ok()?) };
    (from >= 0 && to.is_none_or(|to| to >= from)).then(|| Span { low: Some(from.into()), high: to.map(Into::into) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_have_ends_or_none() {
        assert_eq!(band_of("0-100000"), Some(Span::between(0, 100_000)));
        assert_eq!(band_of("100001-"), Some(Span::at_least(100_001)));
        for strange in ["", "5", "9-1", "-", "a-b", "-5-6"] {
            assert_eq!(band_of(strange), None, "{strange}");
        }
    }

    #[test]
    fn who_is_taken_off_leaves_the_others_with_their_answers() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let mut answers = Answers(vec![
            pair("people", "3"),
            pair("people.0.name", "我"),
            pair("people.1.name", "爸爸"),
            pair("people.2.name", "妈妈"),
            pair("people.2.birth.age", "72"),
            pair("household.wages", "unsure"),
        ]);
        answers.remove_person(1);
        assert_eq!((answers.people(), answers.name(1).as_str()), (2, "妈妈"));
        assert_eq!(answers.get("people.1.birth.age"), "72");
        assert_eq!(answers.get("household.wages"), "unsure");
    }
}
