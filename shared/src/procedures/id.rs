//! The names that drafts and cases go by on the wire.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::appointments::{BookingReference, ReferenceError};
use crate::id::{InvalidId, plain};
use crate::identity::clean::{bare, half_width};

/// A case. It may be seen in logs; what opens it is its manage token, or its reference and its phone.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String))]
#[serde(try_from = "String", into = "String")]
pub struct CaseId(String);

/// A draft. It may be seen in logs; what opens it is its [`DraftToken`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String))]
#[serde(try_from = "String", into = "String")]
pub struct DraftId(String);

/// The secret that lets its bearer read, fill in and hand in a draft. Never printed by `Debug`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String))]
#[serde(try_from = "String", into = "String")]
pub struct DraftToken(String);

macro_rules! plain_id {
    ($name:ident) => {
        impl $name {
            pub fn parse(text: &str) -> Result<Self, InvalidId> {
                plain(text).map(Self)
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
    };
}

plain_id!(CaseId);
plain_id!(DraftId);
plain_id!(DraftToken);

impl CaseId {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CaseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl DraftId {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DraftId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl DraftToken {
    /// The secret itself, for a cookie, a hash or the wire.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for DraftToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DraftToken(hidden)")
    }
}

/// The reference number of a case: `C-` before twelve characters as bookings have them, such as `C-K7MP-4CRT-9WXH`. A
/// booking's number is none of a case, and the other way round.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String))]
#[serde(try_from = "String", into = "String")]
pub struct CaseReference(BookingReference);

impl CaseReference {
    /// Makes a reference from a random number.
    pub fn from_random(random: u64) -> Self {
        Self(BookingReference::from_random(random))
    }

    /// Reads what a person typed or pasted: any case, full width, spaces and dashes anywhere, a label before it.
    pub fn parse(text: &str) -> Result<Self, ReferenceError> {
        // A label may stand before it without a colon; no letter of the number is of another script.
        let is_label = |c: char| c.is_alphabetic() && !half_width(c).is_ascii();
        let mut rest = bare(text).trim_start_matches(is_label).trim_start().chars();
        let first = rest.next().ok_or(ReferenceError::Length)?;
        if !half_width(first).eq_ignore_ascii_case(&'C') {
            return Err(ReferenceError::Length);
        }
        BookingReference::parse(rest.as_str()).map(Self)
    }

    /// The twelve characters without `C` and dashes, as the database keeps them.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Reads [`Self::as_str`] back.
    pub fn restore(kept: &str) -> Result<Self, ReferenceError> {
        BookingReference::parse(kept).map(Self)
    }
}

impl fmt::Display for CaseReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "C-{}", self.0)
    }
}

impl fmt::Debug for CaseReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CaseReference({self})")
    }
}

impl FromStr for CaseReference {
    type Err = ReferenceError;

    fn from_str(text: &str) -> Result<Self, ReferenceError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for CaseReference {
    type Error = ReferenceError;

    fn try_from(text: String) -> Result<Self, ReferenceError> {
        Self::parse(&text)
    }
}

impl From<CaseReference> for String {
    fn from(reference: CaseReference) -> Self {
        reference.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_refuse_nul_slashes_spaces_and_long_texts() {
        for text in ["", "a\0b", "../etc", "a b", "南山", &"x".repeat(65)] {
            assert_eq!(CaseId::parse(text), Err(InvalidId), "{text:?}");
            assert_eq!(DraftId::parse(text), Err(InvalidId), "{text:?}");
        }
    }

    #[test]
    fn the_secret_of_a_draft_does_not_show_in_debug_output() {
        let token = DraftToken::parse("s3cret").unwrap();
        assert!(!format!("{token:?}").contains("s3cret"));
        assert_eq!(serde_json::to_string(&token).unwrap(), r#""s3cret""#);
    }

    #[test]
    fn a_case_is_told_from_a_booking_however_its_number_is_typed() {
        let reference = CaseReference::from_random(42);
        let shown = reference.to_string();
        assert_eq!(shown.len(), 16);
        let wide: String = shown.chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap()).collect();
        for typed in [
            shown.clone(),
            shown.to_lowercase(),
            wide,
            shown.replace('-', ""),
            shown.replace('-', " "),
            format!("申请编号：{shown}。"),
            format!("申请编号 {shown}"),
            format!("申请编号{shown}"),
        ] {
            assert_eq!(CaseReference::parse(&typed), Ok(reference), "{typed:?}");
        }
        assert_eq!(CaseReference::restore(reference.as_str()), Ok(reference));
        for random in 0..2_000 {
            let booking = BookingReference::from_random(random).to_string();
            assert!(CaseReference::parse(&booking).is_err(), "{booking}");
            let case = CaseReference::from_random(random).to_string();
            assert!(BookingReference::parse(&case).is_err(), "{case}");
        }
    }

    #[test]
    fn the_wire_form_is_the_grouped_form() {
        let reference = CaseReference::from_random(7);
        let json = serde_json::to_string(&reference).unwrap();
        assert_eq!(json, format!("\"{reference}\""));
        assert_eq!(serde_json::from_str::<CaseReference>(&json).unwrap(), reference);
    }

    #[test]
    fn bad_texts_are_no_reference() {
        for text in ["", "C", "C-", "K7MP-4CRT-9WXH", "C-K7MP-4CRT-9WXC", "C-K7MP-4CRT-9WXH-3"] {
            assert!(CaseReference::parse(text).is_err(), "{text}");
        }
    }
}
