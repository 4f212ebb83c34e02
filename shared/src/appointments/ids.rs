//! The names that things of the appointment engine go by on the wire.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What an appointment is for. One person may have one live booking of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Service {
    /// 结婚登记.
    MarriageRegistration,
}

impl Service {
    /// The name in URLs, JSON and the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::MarriageRegistration => "marriage_registration",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "marriage_registration" => Some(Self::MarriageRegistration),
            _ => None,
        }
    }
}

/// A text that cannot be the id of anything, so no database need be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an id: expected 1 to 64 letters, digits, '-' or '_'")]
pub struct InvalidId;

/// A registry (婚姻登记处), by the short name its pack gives it, for example `440305-nanshan`.
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

/// One bookable time of one registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct SlotId(pub i64);

impl fmt::Display for SlotId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A hold. It may be seen in logs; what opens it is its [`HoldToken`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String))]
#[serde(try_from = "String", into = "String")]
pub struct HoldId(String);

impl HoldId {
    pub fn parse(text: &str) -> Result<Self, InvalidId> {
        plain(text).map(Self)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for HoldId {
    type Error = InvalidId;

    fn try_from(text: String) -> Result<Self, InvalidId> {
        Self::parse(&text)
    }
}

impl From<HoldId> for String {
    fn from(id: HoldId) -> Self {
        id.0
    }
}

impl fmt::Display for HoldId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The secret that lets its bearer extend, release and book a hold. Never printed by `Debug`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String))]
#[serde(try_from = "String", into = "String")]
pub struct HoldToken(String);

impl HoldToken {
    pub fn parse(text: &str) -> Result<Self, InvalidId> {
        plain(text).map(Self)
    }

    /// The secret itself, for a cookie, a hash or the wire.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for HoldToken {
    type Error = InvalidId;

    fn try_from(text: String) -> Result<Self, InvalidId> {
        Self::parse(&text)
    }
}

impl From<HoldToken> for String {
    fn from(token: HoldToken) -> Self {
        token.0
    }
}

impl fmt::Debug for HoldToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HoldToken(hidden)")
    }
}

/// The secret of a manage link: it shows, moves and cancels one booking. Never printed by `Debug`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String))]
#[serde(try_from = "String", into = "String")]
pub struct ManageToken(String);

impl ManageToken {
    pub fn parse(text: &str) -> Result<Self, InvalidId> {
        plain(text).map(Self)
    }

    /// The secret itself, for a link, a hash or the wire.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ManageToken {
    type Error = InvalidId;

    fn try_from(text: String) -> Result<Self, InvalidId> {
        Self::parse(&text)
    }
}

impl From<ManageToken> for String {
    fn from(token: ManageToken) -> Self {
        token.0
    }
}

impl fmt::Debug for ManageToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ManageToken(hidden)")
    }
}

/// One alphabet for all ids keeps NUL, slashes and 1 MB texts away from paths and databases.
fn plain(text: &str) -> Result<String, InvalidId> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if (1..=64).contains(&text.len()) && text.bytes().all(allowed) { Ok(text.to_owned()) } else { Err(InvalidId) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_refuse_nul_slashes_spaces_and_long_texts() {
        assert!(PlaceId::parse("440305-nanshan").is_ok());
        for text in ["", "a\0b", "../etc", "a b", "南山", &"x".repeat(65)] {
            assert_eq!(PlaceId::parse(text), Err(InvalidId), "{text:?}");
            assert_eq!(HoldId::parse(text), Err(InvalidId), "{text:?}");
        }
    }

    #[test]
    fn a_bad_id_in_json_is_an_error_not_an_id() {
        assert!(serde_json::from_str::<HoldId>(r#""abc""#).is_ok());
        assert!(serde_json::from_str::<HoldId>(r#""a\u0000b""#).is_err());
    }

    #[test]
    fn secrets_do_not_show_in_debug_output() {
        let hold = HoldToken::parse("s3cret").unwrap();
        let manage = ManageToken::parse("s3cret").unwrap();
        assert!(!format!("{hold:?}{manage:?}").contains("s3cret"));
        assert_eq!(serde_json::to_string(&hold).unwrap(), r#""s3cret""#);
    }

    #[test]
    fn the_business_has_one_name_everywhere() {
        let service = Service::MarriageRegistration;
        assert_eq!(Service::from_name(service.name()), Some(service));
        assert_eq!(serde_json::to_string(&service).unwrap(), format!("\"{}\"", service.name()));
    }
}
