//! What a form of the page says when it comes back.

use shared::{
    field::{FieldErrors, FieldMessage},
    locale::Locale,
    problem::Problem,
};

use crate::{
    components::error_summary::message_at,
    pairs::{Pairs, value},
};

#[derive(Default)]
pub(super) struct Form {
    /// As it was sent.
    pub typed: Pairs,
    pub messages: Vec<FieldMessage>,
    pub problem: Option<Problem>,
    /// The answer that is being put right.
    pub correct: Option<String>,
    /// What was done just before.
    pub done: Option<String>,
    /// An answer in full, by its field.
    pub shown: Option<(String, String)>,
}

impl Form {
    pub fn sent(typed: Pairs) -> Self {
        Self { typed, ..Self::default() }
    }

    pub fn wrong(typed: Pairs, errors: &FieldErrors, locale: Locale) -> Self {
        Self { typed, messages: errors.messages(locale), ..Self::default() }
    }

    pub fn refused(typed: Pairs, problem: Problem) -> Self {
        Self { typed, problem: Some(problem), ..Self::default() }
    }

    /// What was typed into a field.
    pub fn text(&self, name: &str) -> String {
        value(&self.typed, name).unwrap_or_default().to_owned()
    }

    pub fn error(&self, name: &str) -> Option<String> {
        message_at(&self.messages, name)
    }

    /// Whether it was this button that was pressed.
    pub fn is_of(&self, pressed: &str) -> bool {
        value(&self.typed, "do") == Some(pressed)
    }
}
