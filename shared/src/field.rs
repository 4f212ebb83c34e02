//! What is wrong with a form, field by field.

pub mod asked;
pub mod reason;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::locale::Locale;
pub use asked::Asked;
pub use reason::{DatePart, Reason};

/// One field that needs the resident's attention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// Where it is in the request, such as `parties.0.id_number`.
    pub field: String,
    pub reason: Reason,
}

/// A [`FieldError`] as it crosses the wire, already in the resident's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldMessage {
    /// Where it is in the request, such as `parties.0.id_number`.
    pub field: String,
    /// Stable name of the reason, such as `id_check_digit`.
    pub code: String,
    /// What to do, in one or two sentences.
    pub message: String,
}

/// All that is wrong with one form, in the order of its fields.
#[derive(Clone, Default, PartialEq, Eq, thiserror::Error)]
pub struct FieldErrors(Vec<FieldError>);

impl FieldErrors {
    pub fn new() -> Self {
        Self::default()
    }

    /// One error at one field.
    pub fn one(field: impl Into<String>, reason: impl Into<Reason>) -> Self {
        let mut errors = Self::new();
        errors.push(field, reason);
        errors
    }

    pub fn push(&mut self, field: impl Into<String>, reason: impl Into<Reason>) {
        self.0.push(FieldError { field: field.into(), reason: reason.into() });
    }

    /// Appends what another part of the form found.
    pub fn extend(&mut self, others: Self) {
        self.0.extend(others.0);
    }

    /// Keeps the value, or notes the reason at `field` and goes on with the next field.
    pub fn keep<T>(&mut self, field: &str, parsed: Result<T, Reason>) -> Option<T> {
        parsed.map_err(|reason| self.push(field, reason)).ok()
    }

    /// Keeps the value of a whole group, or all that was wrong with it.
    pub fn keep_all<T>(&mut self, parsed: Result<T, Self>) -> Option<T> {
        parsed.map_err(|errors| self.extend(errors)).ok()
    }

    /// The same errors one level deeper: `phone` at `parties.1` is `parties.1.phone`.
    #[must_use]
    pub fn at(mut self, prefix: &str) -> Self {
        for error in &mut self.0 {
            error.field = format!("{prefix}.{}", error.field);
        }
        self
    }

    /// Only the errors below `prefix`, with the prefix taken off: the other way of [`Self::at`].
    #[must_use]
    pub fn below(&self, prefix: &str) -> Self {
        self.0
            .iter()
            .filter_map(|error| {
                let field = error.field.strip_prefix(prefix)?.strip_prefix('.')?;
                Some(FieldError { field: field.to_owned(), reason: error.reason.clone() })
            })
            .collect()
    }

    /// The first reason at exactly this path.
    pub fn for_field(&self, path: &str) -> Option<&Reason> {
        self.0.iter().find(|error| error.field == path).map(|error| &error.reason)
    }

    pub fn iter(&self) -> std::slice::Iter<'_, FieldError> {
        self.0.iter()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// `Err` with all of them, or `Ok` when there are none.
    pub fn into_result(self) -> Result<(), Self> {
        if self.is_empty() { Ok(()) } else { Err(self) }
    }

    /// The entries of a 422 answer.
    pub fn messages(&self, locale: Locale) -> Vec<FieldMessage> {
        self.0
            .iter()
            .map(|error| FieldMessage {
                field: error.field.clone(),
                code: error.reason.code().to_owned(),
                message: error.reason.sentence(locale),
            })
            .collect()
    }
}

/// Reads one of a closed list of answers by its wire name.
pub fn choice<T>(asked: &'static Asked, text: &str, from_wire: impl FnOnce(&str) -> Option<T>) -> Result<T, Reason> {
    match text.trim() {
        "" => Err(Reason::Missing(asked)),
        answer => from_wire(answer).ok_or(Reason::NotOffered(asked)),
    }
}

/// Names fields and reasons, never what was typed, so that it may be logged.
impl fmt::Display for FieldErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, error) in self.0.iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(f, "{comma}{}: {}", error.field, error.reason.code())?;
        }
        Ok(())
    }
}

impl fmt::Debug for FieldErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FieldErrors({self})")
    }
}

impl FromIterator<FieldError> for FieldErrors {
    fn from_iter<I: IntoIterator<Item = FieldError>>(errors: I) -> Self {
        Self(errors.into_iter().collect())
    }
}

impl IntoIterator for FieldErrors {
    type Item = FieldError;
    type IntoIter = std::vec::IntoIter<FieldError>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a FieldErrors {
    type Item = &'a FieldError;
    type IntoIter = std::slice::Iter<'a, FieldError>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two() -> FieldErrors {
        let mut errors = FieldErrors::one("name", Reason::ControlCharacter);
        errors.push("from", Reason::Missing(Asked::DATE));
        errors
    }

    #[test]
    fn an_empty_list_is_a_good_form() {
        assert_eq!(FieldErrors::new().into_result(), Ok(()));
        assert_eq!(two().into_result(), Err(two()));
    }

    #[test]
    fn a_prefix_goes_on_and_comes_off() {
        let deep = two().at("parties.1");
        assert_eq!(deep.for_field("parties.1.name"), Some(&Reason::ControlCharacter));
        assert_eq!(deep.for_field("name"), None);
        assert_eq!(deep.below("parties.1"), two());
        assert!(deep.below("parties.10").is_empty());
        assert!(deep.below("parties.0").is_empty());
    }

    #[test]
    fn errors_come_in_the_order_of_the_fields() {
        let fields: Vec<_> = two().into_iter().map(|error| error.field).collect();
        assert_eq!(fields, ["name", "from"]);
    }

    #[test]
    fn keeping_a_value_goes_on_after_a_bad_one() {
        let mut errors = FieldErrors::new();
        assert_eq!(errors.keep::<u8>("code", Err(Reason::WrongType)), None::<u8>);
        assert_eq!(errors.keep("other", Ok(3)), Some(3));
        assert_eq!(errors.len(), 1);
    }

    #[test]
    fn a_choice_is_one_of_the_list() {
        let read = |text| choice(Asked::LANGUAGE, text, Locale::from_tag);
        assert_eq!(read(" en "), Ok(Locale::En));
        assert_eq!(read(" "), Err(Reason::Missing(Asked::LANGUAGE)));
        assert_eq!(read("en\0"), Err(Reason::NotOffered(Asked::LANGUAGE)));
    }

    #[test]
    fn the_logged_form_names_reasons_only() {
        assert_eq!(two().to_string(), "name: control_character, from: date_missing");
        let own = FieldErrors::one("day", Reason::own("too_early", "3月1日起", "from 1 March"));
        assert_eq!(format!("{own:?} {:?}", own.for_field("day")), "FieldErrors(day: too_early) Some(too_early)");
    }

    #[test]
    fn messages_are_in_the_language_asked_for() {
        let messages = two().messages(Locale::En);
        assert_eq!(messages[1].code, "date_missing");
        assert_eq!(messages[1].message, "Choose a date.");
    }
}
