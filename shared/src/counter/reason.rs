//! Why staff did what is not usual, in words that may be read for years.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::locale::Locale;

/// A sentence for the record, which names nobody by a number.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String))]
#[serde(try_from = "String", into = "String")]
pub struct Reason(String);

/// Why somebody is called before their turn, as it is chosen. That somebody comes first by law or rule is all that is kept: why
/// they do is theirs, and the record is never erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum First {
    Priority,
    /// The system or a counter kept them waiting.
    Office,
}

/// Why a text is no reason for the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoReason {
    #[error("say in a few words why, in at most {LONGEST} characters")]
    Length,
    #[error("the record is kept for years: leave document numbers and phones out of the reason")]
    Number,
}

const LONGEST: usize = 200;
/// A date has eight; phones and most document numbers have more.
const MOST_DIGITS: usize = 8;

impl Reason {
    pub fn parse(text: &str) -> Result<Self, NoReason> {
        let text = text.trim();
        if text.is_empty() || text.chars().count() > LONGEST || text.contains(char::is_control) {
            return Err(NoReason::Length);
        }
        let close: String = text.chars().filter(|character| character.is_alphanumeric()).collect();
        let mut runs = close.split(|character: char| !character.is_numeric());
        if runs.any(|digits| digits.chars().count() > MOST_DIGITS) {
            Err(NoReason::Number)
        } else {
            Ok(Self(text.to_owned()))
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl First {
    pub const ALL: &'static [Self] = &[Self::Priority, Self::Office];

    /// The name in the record.
    pub fn name(self) -> &'static str {
        match self {
            Self::Priority => "priority",
            Self::Office => "office",
        }
    }

    /// None for a reason that was written in words.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|first| first.name() == name)
    }

    pub fn words(self, locale: Locale) -> &'static str {
        match self {
            Self::Priority => locale.say("依法或者按规定优先", "first by law or rule"),
            Self::Office => locale.say("系统或窗口原因", "because of the system or a counter"),
        }
    }
}

impl From<First> for Reason {
    fn from(first: First) -> Self {
        Self(first.name().to_owned())
    }
}

impl TryFrom<String> for Reason {
    type Error = NoReason;

    fn try_from(text: String) -> Result<Self, NoReason> {
        Self::parse(&text)
    }
}

impl From<Reason> for String {
    fn from(reason: Reason) -> Self {
        reason.0
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_says_something_and_names_nobody_by_number() {
        assert_eq!(Reason::parse(" 叫号屏坏了 ").unwrap().as_str(), "叫号屏坏了");
        for (text, wrong) in [
            ("", NoReason::Length),
            ("  ", NoReason::Length),
            ("a\nb", NoReason::Length),
            ("13800000000", NoReason::Number),
            ("身份证 440308 19990110 1512", NoReason::Number),
            ("138-0000-0000", NoReason::Number),
        ] {
            assert_eq!(Reason::parse(text), Err(wrong), "{text}");
        }
        assert_eq!(Reason::parse(&"长".repeat(201)), Err(NoReason::Length));
    }

    #[test]
    fn a_reason_that_was_chosen_comes_back_from_the_record() {
        for first in First::ALL {
            assert_eq!(First::from_name(Reason::from(*first).as_str()), Some(*first));
            assert_eq!(Reason::parse(first.name()), Ok((*first).into()));
        }
    }
}
