//! Truth when not everything is known: yes, no, or still open.

use serde::{Deserialize, Serialize};

/// What is known of a statement. `Open` means that what is not known yet could make it either.
///
/// The connectives are Kleene's: learning more can turn `Open` into `Yes` or `No`, and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Truth {
    No,
    Open,
    Yes,
}

impl Truth {
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Yes, Self::Yes) => Self::Yes,
            _ => Self::Open,
        }
    }

    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.negated().and(other.negated()).negated()
    }

    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Open => Self::Open,
            Self::Yes => Self::No,
        }
    }

    /// From what can happen: that the statement holds, that it does not.
    pub fn from_chances(may_hold: bool, may_fail: bool) -> Self {
        match (may_hold, may_fail) {
            (true, false) => Self::Yes,
            (false, true) => Self::No,
            _ => Self::Open,
        }
    }
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }
}

#[cfg(test)]
mod tests {
    use super::Truth::{self, No, Open, Yes};

    #[test]
    fn one_no_settles_and_and_one_yes_settles_or() {
        assert_eq!([No.and(Open), Open.and(No), Yes.and(Open), Yes.and(Yes)], [No, No, Open, Yes]);
        assert_eq!([Yes.or(Open), Open.or(Yes), No.or(Open), No.or(No)], [Yes, Yes, Open, No]);
    }

    #[test]
    fn what_may_both_hold_and_fail_is_open() {
        let chances = [(true, true), (true, false), (false, true), (false, false)];
        assert_eq!(chances.map(|(hold, fail)| Truth::from_chances(hold, fail)), [Open, Yes, No, Open]);
    }
}
