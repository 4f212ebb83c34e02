//! Sex as the identity documents state it.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::field::Asked;
use crate::locale::Locale;

/// The sex on a person's document; the Civil Code sets a marriage age for each (Art 1047).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Sex {
    Male,
    Female,
}

impl Sex {
    /// The question for a person's sex.
    pub const ASKED: &'static Asked =
        &Asked::one_of("sex_missing", "请选择证件上的性别。", "Choose the sex shown on the document.");

    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// `male` or `female`.
    pub fn wire(self) -> &'static str {
        self.into()
    }

    pub fn from_wire(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    pub fn label(self, locale: Locale) -> &'static str {
        match self {
            Self::Male => locale.say("男", "Male"),
            Self::Female => locale.say("女", "Female"),
        }
    }
}
