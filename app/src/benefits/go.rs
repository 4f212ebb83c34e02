//! Where a button of the check leads, and how that is written in its form.

use shared::eligibility::{answers::Question, pack::Pack};

use super::page::Page;

/// What the button asks for that sent a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Go {
    /// On to the next page.
    #[default]
    Next,
    Back,
    /// Straight to the result.
    Result,
    /// To the list of people.
    People,
    /// Adds a person.
    Add,
    /// Takes this person off the list.
    Remove(usize),
    /// To a page, to change what was answered there.
    Edit(Page),
    /// On, and about every benefit from here.
    All,
    /// From the beginning, with nothing answered.
    Again,
}

impl Go {
    /// The name of the field.
    pub const FIELD: &'static str = "go";

    /// To the page of a question, to change its answer.
    pub fn to_question(pack: &Pack, question: Question) -> Self {
        let (fact, who) = match question {
            Question::Household(fact) => (fact, None),
            Question::Person(person, fact) => (fact, Some(person)),
            Question::People => return Self::People,
        };
        Self::Edit(Page::Topic { topic: pack.facts[fact].topic, who, facts: Vec::new() })
    }

    /// How it is written in a form: `next`, `remove.2`, `edit.income.household:`.
    pub fn key(&self, pack: &Pack) -> String {
        match self {
            Self::Next => "next".to_owned(),
            Self::Back => "back".to_owned(),
            Self::Result => "result".to_owned(),
            Self::People => "people".to_owned(),
            Self::Add => "add".to_owned(),
            Self::Remove(person) => format!("remove.{person}"),
            Self::Edit(page) => format!("edit.{}", page.key(pack)),
            Self::All => "all".to_owned(),
            Self::Again => "again".to_owned(),
        }
    }

    /// What is written there; on to the next page for anything else.
    pub fn read(pack: &Pack, key: &str) -> Self {
        match (key, key.split_once('.')) {
            ("back", _) => Self::Back,
            ("result", _) => Self::Result,
            ("people", _) => Self::People,
            ("add", _) => Self::Add,
            ("all", _) => Self::All,
            ("again", _) => Self::Again,
            (_, Some(("remove", person))) => person.parse().map_or(Self::People, Self::Remove),
            (_, Some(("edit", page))) => Self::Edit(Page::read(pack, page)),
            _ => Self::Next,
        }
    }
}
