//! Sex as the identity documents state it.

use serde::{Deserialize, Serialize};

use crate::field::Asked;
use crate::locale::Locale;

/// The sex on a person's document; the Civil Code sets a marriage age for each (Art 1047).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    Male,
    Female,
}

impl Sex {
    pub const ASKED: &'static Asked =
        &Asked::one_of("sex_missing", "请选择证件上的性别。", "Choose the sex shown on the document.");

    pub const ALL: [Self; 2] = [Self::Male, Self::Female];

    /// `male` or `female`.
    pub fn wire(self) -> &'static str {
        match self {
            Self::Male => "male",
            Self::Female => "female",
        }
    }

    pub fn from_wire(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sex| sex.wire() == text)
    }

    pub fn label(self, locale: Locale) -> &'static str {
        match self {
            Self::Male => locale.say("男", "Male"),
            Self::Female => locale.say("女", "Female"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wire_name_and_serde_agree() {
        for sex in Sex::ALL {
            assert_eq!(serde_json::to_string(&sex).unwrap(), format!("\"{}\"", sex.wire()));
            assert_eq!(Sex::from_wire(sex.wire()), Some(sex));
        }
        assert_eq!(Sex::from_wire("Male"), None);
    }
}
