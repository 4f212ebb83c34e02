//! The name that somebody signs in with.

use std::fmt;

use serde::{Deserialize, Serialize};

/// 2 to 40 small letters, digits, `-` and `.`, a letter first: nothing that looks like another, or differs only in case.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String))]
#[serde(try_from = "String", into = "String")]
pub struct AccountName(String);

/// A text that is nobody's account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected 2 to 40 small letters, digits, '-' or '.', a letter first")]
pub struct NoAccountName;

impl AccountName {
    /// Reads a name as people type it: spaces around it and capital letters make no other account.
    pub fn parse(text: &str) -> Result<Self, NoAccountName> {
        let name = text.trim().to_ascii_lowercase();
        let plain = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-' || c == b'.';
        let fits = (2..=40).contains(&name.len()) && name.bytes().all(plain);
        if fits && name.starts_with(|first: char| first.is_ascii_lowercase()) {
            Ok(Self(name))
        } else {
            Err(NoAccountName)
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for AccountName {
    type Error = NoAccountName;

    fn try_from(text: String) -> Result<Self, NoAccountName> {
        Self::parse(&text)
    }
}

impl From<AccountName> for String {
    fn from(name: AccountName) -> Self {
        name.0
    }
}

impl fmt::Display for AccountName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_same_however_it_is_typed_and_never_looks_like_another() {
        assert_eq!(AccountName::parse(" Demo-Clerk-2 "), AccountName::parse("demo-clerk-2"));
        for text in ["", "a", "2nd", "-a", "a b", "a\0b", "аdmin", "ａdmin", "a_b", &"x".repeat(41)] {
            assert_eq!(AccountName::parse(text), Err(NoAccountName), "{text:?}");
        }
    }
}
