//! The sections of what is said of a place, each confirmed by somebody on a day of its own.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::localised::Localised;

/// A part that is confirmed as one.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray,
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Section {
    /// The phone.
    Contact,
    /// Name, address, coordinates, and how to find the way.
    Location,
    Hours,
    Services,
    Access,
    Capacity,
    Grade,
}

impl Section {
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The name in the database and on the wire.
    pub fn name(self) -> &'static str {
        self.into()
    }

    pub fn words(self) -> Localised {
        let [zh, en] = match self {
            Self::Contact => ["电话", "Phone"],
            Self::Location => ["名称和地址", "Name and address"],
            Self::Hours => ["开放时间", "Opening hours"],
            Self::Services => ["服务项目", "Services"],
            Self::Access => ["无障碍", "Accessibility"],
            Self::Capacity => ["床位", "Beds"],
            Self::Grade => ["等级", "Grade"],
        };
        Localised::new(zh, en)
    }
}

/// Who said last that a section is right, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Confirmation {
    pub on: NaiveDate,
    /// The office or the file, in words.
    pub by: String,
}

/// A service at a place; its hours are the rules of the place that name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = PlaceService))]
#[serde(deny_unknown_fields)]
pub struct ServiceHere {
    /// By its name in the kind.
    pub service: String,
    /// In fen; 0 is free, none where nobody has said.
    #[serde(default)]
    pub price_fen: Option<u32>,
    /// For whom, where the place says so; empty otherwise.
    #[serde(default = "nothing")]
    pub who: Localised,
}

fn nothing() -> Localised {
    Localised::new("", "")
}

impl ServiceHere {
    /// A service of which nothing more is said.
    pub fn of(service: impl Into<String>) -> Self {
        Self { service: service.into(), price_fen: None, who: nothing() }
    }

    pub fn is_free(&self) -> bool {
        self.price_fen == Some(0)
    }

    /// Whether it is known to; what nobody has said may cost more.
    pub fn costs_at_most(&self, yuan: u32) -> bool {
        self.price_fen.is_some_and(|fen| fen <= yuan.saturating_mul(100))
    }
}

/// How many there is room for, on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Capacity {
    #[serde(default)]
    pub beds: Option<u32>,
    /// Of these, for people who need care (护理型床位).
    #[serde(default)]
    pub nursing_beds: Option<u32>,
    /// Places by day.
    #[serde(default)]
    pub places: Option<u32>,
    pub as_of: NaiveDate,
}

/// A grade that somebody gave, such as 五星级.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Grade {
    pub grade: Localised,
    pub issuer: Localised,
    pub on: NaiveDate,
}
