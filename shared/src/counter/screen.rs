//! What hangs and what stands in a hall.

use std::fmt;

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::locale::Locale;

/// A screen with nobody in front of it who would be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ScreenKind {
    /// Shows who is called where, and nothing else.
    Display,
    /// Checks people in and gives out tickets.
    Kiosk,
}

/// What a screen is called by those who look after it: `大厅东侧`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScreenName(String);

/// A text that is no name of a screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a screen is called by 1 to {LONGEST} characters")]
pub struct InvalidScreenName;

const LONGEST: usize = 40;

impl ScreenKind {
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The name in the database and in addresses.
    pub fn name(self) -> &'static str {
        self.into()
    }

    pub fn from_name(name: &str) -> Option<Self> {
        name.parse().ok()
    }

    pub fn words(self, locale: Locale) -> &'static str {
        match self {
            Self::Display => locale.say("叫号屏", "display"),
            Self::Kiosk => locale.say("自助签到机", "kiosk"),
        }
    }
}

impl ScreenName {
    pub fn parse(text: &str) -> Result<Self, InvalidScreenName> {
        let text = text.trim();
        let fits = (1..=LONGEST).contains(&text.chars().count()) && !text.contains(char::is_control);
        if fits { Ok(Self(text.to_owned())) } else { Err(InvalidScreenName) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ScreenName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_screen_has_a_short_name_and_a_kind_that_comes_back() {
        assert_eq!(ScreenName::parse(" 大厅东侧 ").unwrap().as_str(), "大厅东侧");
        for text in ["", "  ", "a\nb", &"长".repeat(41)] {
            assert_eq!(ScreenName::parse(text), Err(InvalidScreenName), "{text:?}");
        }
        for kind in ScreenKind::ALL {
            assert_eq!(ScreenKind::from_name(kind.name()), Some(*kind));
        }
    }
}
