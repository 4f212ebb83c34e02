//! The names that things at the counter go by on the wire.

use std::{borrow::Cow, fmt};

use serde::{Deserialize, Serialize};

use crate::field::Asked;
use crate::id::{InvalidId, is_plain, plain};

/// One window of an office where people are served; its sign is data of the office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct CounterId(pub i64);

impl fmt::Display for CounterId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A visit, under which all that happens in it is recorded.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String))]
#[serde(try_from = "String", into = "String")]
pub struct VisitId(String);

impl VisitId {
    pub fn parse(text: &str) -> Result<Self, InvalidId> {
        plain(text).map(Self)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for VisitId {
    type Error = InvalidId;

    fn try_from(text: String) -> Result<Self, InvalidId> {
        Self::parse(&text)
    }
}

impl From<VisitId> for String {
    fn from(id: VisitId) -> Self {
        id.0
    }
}

impl fmt::Display for VisitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One press of a button, by a name that the page gives it: whatever becomes of the line, the same press is done once.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String))]
#[serde(try_from = "String", into = "String")]
pub struct Press(String);

impl Press {
    pub fn parse(text: &str) -> Result<Self, InvalidId> {
        plain(text).map(Self)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Press {
    type Error = InvalidId;

    fn try_from(text: String) -> Result<Self, InvalidId> {
        Self::parse(&text)
    }
}

impl From<Press> for String {
    fn from(press: Press) -> Self {
        press.0
    }
}

/// Why somebody is refused, by the name that the service gives the ground: `under_age`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String))]
#[serde(try_from = "String", into = "String")]
pub struct Ground(Cow<'static, str>);

/// A paper that is missing, by the name that the service gives it: `photos`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String))]
#[serde(try_from = "String", into = "String")]
pub struct Paper(Cow<'static, str>);

/// A name that a service chose.
macro_rules! named_by_a_service {
    ($name:ident) => {
        impl $name {
            /// The name as a service writes it down.
            ///
            /// # Panics
            /// When compiled into a constant, for what cannot be an id.
            pub const fn named(name: &'static str) -> Self {
                assert!(is_plain(name.as_bytes()), "the name is an id");
                Self(Cow::Borrowed(name))
            }

            pub fn parse(text: &str) -> Result<Self, InvalidId> {
                plain(text).map(|name| Self(Cow::Owned(name)))
            }

            pub fn name(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;

            fn try_from(text: String) -> Result<Self, InvalidId> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> Self {
                name.0.into_owned()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

named_by_a_service!(Ground);
named_by_a_service!(Paper);

impl Ground {
    /// How one is asked for.
    pub const ASKED: &'static Asked =
        &Asked::one_of("ground_missing", "请选择不予办理的原因。", "Choose the ground of refusal.");
}

impl Paper {
    /// How they are asked for.
    pub const ASKED: &'static Asked =
        &Asked::one_of("paper_missing", "请勾选还缺哪些材料。", "Tick the papers that are missing.");

    /// None in particular: it could not be done today, for whatever reason was given at the counter. An end that must not say
    /// why is the same as this one.
    pub const AS_TOLD: Self = Self::named("as_told");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_refuse_nul_slashes_spaces_and_long_texts() {
        for text in ["", "a\0b", "../etc", "a b", "未成年", &"x".repeat(65)] {
            assert_eq!(VisitId::parse(text), Err(InvalidId), "{text:?}");
            assert_eq!(Press::parse(text), Err(InvalidId), "{text:?}");
            assert_eq!(Ground::parse(text), Err(InvalidId), "{text:?}");
            assert_eq!(Paper::parse(text), Err(InvalidId), "{text:?}");
        }
        assert!(serde_json::from_str::<Ground>(r#""a\u0000b""#).is_err());
    }

    #[test]
    fn a_name_is_the_same_from_the_service_and_from_the_wire() {
        const PHOTOS: Paper = Paper::named("photos");
        assert_eq!(Paper::parse("photos"), Ok(PHOTOS));
        assert_eq!(serde_json::to_string(&PHOTOS).unwrap(), r#""photos""#);
    }
}
