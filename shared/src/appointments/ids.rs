//! The names that things of the appointment engine go by on the wire.

use std::{borrow::Cow, fmt};

use serde::{Deserialize, Serialize};

use crate::id::{InvalidId, is_plain, plain};

/// What an appointment is for, by the name that the service gives itself: `legal_advice`. One person may have
/// one live booking of each.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String))]
#[serde(try_from = "String", into = "String")]
pub struct Service(Cow<'static, str>);

impl Service {
    /// The name under which a service is known in URLs, JSON and the database.
    ///
    /// # Panics
    /// When compiled into a constant, for what cannot be an id.
    pub const fn named(name: &'static str) -> Self {
        assert!(is_plain(name.as_bytes()), "a service's name is an id");
        Self(Cow::Borrowed(name))
    }

    pub fn parse(text: &str) -> Result<Self, InvalidId> {
        plain(text).map(|name| Self(Cow::Owned(name)))
    }

    pub fn name(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Service {
    type Error = InvalidId;

    fn try_from(text: String) -> Result<Self, InvalidId> {
        Self::parse(&text)
    }
}

impl From<Service> for String {
    fn from(service: Service) -> Self {
        service.0.into_owned()
    }
}

impl fmt::Display for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One bookable time at one place.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_refuse_nul_slashes_spaces_and_long_texts() {
        for text in ["", "a\0b", "../etc", "a b", "南山", &"x".repeat(65)] {
            assert_eq!(Service::parse(text), Err(InvalidId), "{text:?}");
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
    fn a_service_has_one_name_everywhere() {
        const SERVICE: Service = Service::named("legal_advice");
        assert_eq!(Service::parse(SERVICE.name()), Ok(SERVICE));
        assert_eq!(serde_json::to_string(&SERVICE).unwrap(), "\"legal_advice\"");
    }
}
