//! Why staff did what is not usual, in words that may be read for years.

use crate::locale::Locale;
use crate::plain_words::PlainWords;

/// Why somebody is called before their turn, as it is chosen. That somebody comes first by law or rule is all that is kept: why
/// they do is theirs, and the record is never erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum First {
    Priority,
    /// The system or a counter kept them waiting.
    Office,
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

impl From<First> for PlainWords {
    fn from(first: First) -> Self {
        Self::kept(first.name().to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_that_was_chosen_comes_back_from_the_record() {
        for first in First::ALL {
            assert_eq!(First::from_name(PlainWords::from(*first).as_str()), Some(*first));
            assert_eq!(PlainWords::parse(first.name()).unwrap(), (*first).into());
        }
    }
}
