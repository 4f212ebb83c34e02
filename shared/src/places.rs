//! Places that people go to: what every service can say of one.

pub mod further;
pub mod phone;
pub mod said;

use std::fmt;

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::id::{InvalidId, plain};

/// A place, by the short name its region gives it, for example `440305-nanshan`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String))]
#[serde(try_from = "String", into = "String")]
pub struct PlaceId(String);

impl PlaceId {
    pub fn parse(text: &str) -> Result<Self, InvalidId> {
        plain(text).map(Self)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for PlaceId {
    type Error = InvalidId;

    fn try_from(text: String) -> Result<Self, InvalidId> {
        Self::parse(&text)
    }
}

impl From<PlaceId> for String {
    fn from(id: PlaceId) -> Self {
        id.0
    }
}

impl fmt::Display for PlaceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A point on the earth, and the datum it was measured in: Chinese maps show the same numbers hundreds of metres apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Coordinates {
    /// Millionths of a degree, north positive.
    pub latitude: i32,
    /// Millionths of a degree, east positive.
    pub longitude: i32,
    pub datum: Datum,
}

/// The system in which coordinates were measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Datum {
    Wgs84,
    /// 2000 国家大地坐标系, within centimetres of WGS 84.
    Cgcs2000,
    /// 国测局坐标系, which public maps in China must use.
    Gcj02,
    /// Baidu's own, over GCJ-02.
    Bd09,
}

impl Datum {
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The name in the database and on the wire.
    pub fn name(self) -> &'static str {
        self.into()
    }

    pub fn from_name(name: &str) -> Option<Self> {
        name.parse().ok()
    }
}

impl Coordinates {
    /// Nothing outside the ranges of latitude and longitude is a point.
    pub fn new(latitude: i32, longitude: i32, datum: Datum) -> Option<Self> {
        let on_earth = latitude.abs() <= 90_000_000 && longitude.abs() <= 180_000_000;
        on_earth.then_some(Self { latitude, longitude, datum })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_of_a_place_is_plain() {
        assert!(PlaceId::parse("440305-nanshan").is_ok());
        for text in ["", "a\0b", "../etc", "a b", "南山", &"x".repeat(65)] {
            assert_eq!(PlaceId::parse(text), Err(InvalidId), "{text:?}");
        }
    }

    #[test]
    fn a_point_lies_on_the_earth_and_names_its_datum() {
        assert!(Coordinates::new(22_533_000, 113_930_000, Datum::Gcj02).is_some());
        assert!(Coordinates::new(90_000_001, 0, Datum::Wgs84).is_none());
        assert!(Coordinates::new(0, -180_000_001, Datum::Wgs84).is_none());
    }
}
