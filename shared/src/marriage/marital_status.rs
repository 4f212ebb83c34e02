//! What a party declares about earlier marriages.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::field::Asked;
use crate::locale::Locale;

/// Whether somebody is free to marry, as they declare it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum MaritalStatus {
    NeverMarried,
    Divorced,
    Widowed,
    Married,
    Unsure,
}

impl MaritalStatus {
    /// The question for a marital status.
    pub const ASKED: &'static Asked =
        &Asked::one_of("status_missing", "请选择目前的婚姻状况。", "Choose the current marital status.");

    pub const ALL: &'static [Self] = Self::VARIANTS;

    pub fn wire(self) -> &'static str {
        self.into()
    }

    pub fn from_wire(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    pub fn label(self, locale: Locale) -> &'static str {
        match self {
            Self::NeverMarried => locale.say("没有结过婚", "Never married"),
            Self::Divorced => locale.say("离异", "Divorced"),
            Self::Widowed => locale.say("丧偶", "Widowed"),
            Self::Married => locale.say("现在有配偶", "Currently married"),
            Self::Unsure => locale.say("不确定", "Not sure"),
        }
    }
}
