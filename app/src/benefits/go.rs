//! Where a button of the check leads, and how that is written in its form.

use shared::eligibility::{answers::Question, pack::Pack};

use super::answers::{field_of, question};

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
    /// To a question, to change its answer.
    Edit(Question),
    /// On, and about every benefit from here.
    All,
    /// From the beginning, with nothing answered.
    Again,
    /// Back to the result that was cleared.
    Restore,
}

impl Go {
    /// The name of the field.
    pub const FIELD: &'static str = "go";

    /// To the page of a question, to change its answer.
    pub fn to_question(question: Question) -> Self {
        if question == Question::People { Self::People } else { Self::Edit(question) }
    }

    /// How it is written in a form: `next`, `remove.2`, `edit.household.wages`.
    pub fn key(&self, pack: &Pack) -> String {
        match self {
            Self::Next => "next".to_owned(),
            Self::Back => "back".to_owned(),
            Self::Result => "result".to_owned(),
            Self::People => "people".to_owned(),
            Self::Add => "add".to_owned(),
            Self::Remove(person) => format!("remove.{person}"),
            Self::Edit(question) => format!("edit.{}", field_of(pack, *question)),
            Self::All => "all".to_owned(),
            Self::Again => "again".to_owned(),
            Self::Restore => "restore".to_owned(),
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
            ("restore", _) => Self::Restore,
            (_, Some(("remove", person))) => person.parse().map_or(Self::People, Self::Remove),
            (_, Some(("edit", field))) => question(pack, field).map_or(Self::Next, Self::Edit),
            _ => Self::Next,
        }
    }
}
