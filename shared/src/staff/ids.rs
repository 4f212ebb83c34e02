//! The names that people, offices and organisations go by on the wire.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::id::{InvalidId, plain};

/// A person who works at the portal; one person has one, whatever accounts there are.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String))]
#[serde(try_from = "String", into = "String")]
pub struct StaffId(String);

/// An office: a hall with counters, or a department that decides.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String))]
#[serde(try_from = "String", into = "String")]
pub struct OfficeId(String);

/// An organisation outside the bureau that works at the portal, such as a charity.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String))]
#[serde(try_from = "String", into = "String")]
pub struct OrganisationId(String);

macro_rules! plain_id {
    ($name:ident) => {
        impl $name {
            pub fn parse(text: &str) -> Result<Self, InvalidId> {
                plain(text).map(Self)
            }

            pub fn as_str(&self) -> &str {
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
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

plain_id!(StaffId);
plain_id!(OfficeId);
plain_id!(OrganisationId);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_refuse_nul_slashes_spaces_and_long_texts() {
        for text in ["", "a\0b", "../etc", "a b", "南山", &"x".repeat(65)] {
            assert_eq!(StaffId::parse(text), Err(InvalidId), "{text:?}");
            assert_eq!(OfficeId::parse(text), Err(InvalidId), "{text:?}");
            assert_eq!(OrganisationId::parse(text), Err(InvalidId), "{text:?}");
        }
    }
}
