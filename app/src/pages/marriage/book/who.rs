//! The two people, and the pages of questions about each.

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

pub(super) const STEPS: [DetailsStep; 4] = [
    DetailsStep { path: "book/details/first/identity", name: Text("男方身份", "The groom’s identity") },
    DetailsStep { path: "book/details/first/contact", name: Text("男方手机", "The groom’s phone") },
    DetailsStep { path: "book/details/second/identity", name: Text("女方身份", "The bride’s identity") },
    DetailsStep { path: "book/details/second/contact", name: Text("女方手机", "The bride’s phone") },
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

    /// Who this person is: a place in [`STEPS`].
    pub fn identity(self) -> Step {
        Step::Details(2 * self.index())
    }

    /// How this person is reached.
    pub fn contact(self) -> Step {
        Step::Details(2 * self.index() + 1)
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
