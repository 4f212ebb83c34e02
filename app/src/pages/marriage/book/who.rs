//! The two people, and the page of questions about each.

use shared::{identity::Sex, locale::Locale};

use crate::{
    appointments::step::{DetailsStep, Step},
    words::Text,
};

/// One of the couple: the man is named first, as on the registry's own form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    First,
    Second,
}

pub(super) const STEPS: [DetailsStep; 2] = [
    DetailsStep { path: "book/details/first", name: Text("男方", "The groom") },
    DetailsStep { path: "book/details/second", name: Text("女方", "The bride") },
];

impl Who {
    pub const BOTH: [Self; 2] = [Self::First, Self::Second];

    /// Reads `first` or `second`, as in the address.
    pub fn from_segment(segment: &str) -> Option<Self> {
        match segment {
            "first" => Some(Self::First),
            "second" => Some(Self::Second),
            _ => None,
        }
    }

    pub fn index(self) -> usize {
        match self {
            Self::First => 0,
            Self::Second => 1,
        }
    }

    /// Where this person's answers are given: a place in [`STEPS`].
    pub fn step(self) -> Step {
        Step::Details(self.index())
    }

    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::First => Self::Second,
            Self::Second => Self::First,
        }
    }

    pub fn sex(self) -> Sex {
        match self {
            Self::First => Sex::Male,
            Self::Second => Sex::Female,
        }
    }

    pub fn label(self, locale: Locale) -> &'static str {
        match self {
            Self::First => locale.say("男方", "Groom"),
            Self::Second => locale.say("女方", "Bride"),
        }
    }
}
