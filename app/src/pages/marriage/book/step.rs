//! The steps of booking, in order, and where one is among them.

use leptos::prelude::*;
use shared::{identity::Sex, locale::Locale};

use crate::{components::steps::Steps, visit::Visit};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Time,
    Identity(Who),
    Contact(Who),
    Review,
    Codes,
}

/// One of the couple: the man is named first, as on the registry's own form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    First,
    Second,
}

impl Step {
    pub fn path(self) -> &'static str {
        match self {
            Self::Time => "/marriage/book",
            Self::Identity(Who::First) => "/marriage/book/details/first/identity",
            Self::Contact(Who::First) => "/marriage/book/details/first/contact",
            Self::Identity(Who::Second) => "/marriage/book/details/second/identity",
            Self::Contact(Who::Second) => "/marriage/book/details/second/contact",
            Self::Review => "/marriage/book/review",
            Self::Codes => "/marriage/book/codes",
        }
    }

    pub fn name(self, locale: Locale) -> &'static str {
        match self {
            Self::Time => locale.say("选时间", "Choose a time"),
            Self::Identity(Who::First) => locale.say("男方身份", "The groom’s identity"),
            Self::Contact(Who::First) => locale.say("男方手机", "The groom’s phone"),
            Self::Identity(Who::Second) => locale.say("女方身份", "The bride’s identity"),
            Self::Contact(Who::Second) => locale.say("女方手机", "The bride’s phone"),
            Self::Review => locale.say("核对", "Check your answers"),
            Self::Codes => locale.say("手机验证", "Confirm your phones"),
        }
    }

    /// The step before; none before the first.
    pub fn previous(self) -> Option<Self> {
        let at = ALL.iter().position(|step| *step == self)?;
        ALL.get(at.checked_sub(1)?).copied()
    }

    fn number(self) -> usize {
        ALL.iter().position(|step| *step == self).map_or(1, |at| at + 1)
    }
}

const ALL: [Step; 7] = [
    Step::Time,
    Step::Identity(Who::First),
    Step::Contact(Who::First),
    Step::Identity(Who::Second),
    Step::Contact(Who::Second),
    Step::Review,
    Step::Codes,
];

/// `第 2 步，共 7 步`; without codes to phones there is one step less.
pub fn steps(visit: &Visit, step: Step, codes: bool) -> impl IntoView + use<> {
    let of = if codes { ALL.len() } else { ALL.len() - 1 };
    view! { <Steps locale=visit.locale at=step.number() of=of name=step.name(visit.locale) /> }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_but_the_first_leads_back_to_the_one_before() {
        assert_eq!(Step::Time.previous(), None);
        for pair in ALL.windows(2) {
            assert_eq!(pair[1].previous(), Some(pair[0]));
        }
    }
}
