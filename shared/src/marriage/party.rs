//! One of the two people who want to marry: what is typed, and what comes of it.

pub mod identity;
pub mod kind;

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

use crate::field::{FieldErrors, Reason};
use crate::identity::{Phone, PhoneCode};
pub use identity::Identity;
pub use kind::PartyKind;

/// One person as typed. Missing and null fields are empty texts, so that each gets its own message.
///
/// `Debug` hides all of it.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct PartyInput {
    /// `mainland`, `hk_macao_taiwan`, `overseas_chinese` or `foreigner`.
    #[serde(deserialize_with = "text_or_null")]
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub kind: String,
    /// As on the document.
    #[serde(deserialize_with = "text_or_null")]
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub name: String,
    /// `resident_id`, `hk_macao_taiwan_residence_permit`, `hk_macao_permit`, `taiwan_permit`,
    /// `passport` or `foreign_permanent_resident_id`; may be left out where only one fits the kind.
    #[serde(deserialize_with = "text_or_null")]
    pub id_type: String,
    #[serde(deserialize_with = "text_or_null")]
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub id_number: String,
    /// `YYYY-MM-DD`; only needed where the document number does not carry it.
    #[serde(deserialize_with = "text_or_null")]
    pub birth_date: String,
    /// `male` or `female`; only needed where the document number does not carry it.
    #[serde(deserialize_with = "text_or_null")]
    pub sex: String,
    /// A mainland mobile number, or `+` and country code.
    #[serde(deserialize_with = "text_or_null")]
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub phone: String,
    /// The six digits sent to `phone`.
    #[serde(deserialize_with = "text_or_null")]
    pub phone_code: String,
}

impl PartyInput {
    /// The whole person, or all that is wrong, fields named as in this struct.
    pub fn party(&self) -> Result<Party, FieldErrors> {
        let mut errors = FieldErrors::new();
        let identity = errors.keep_all(self.identity());
        let contact = errors.keep_all(self.contact());
        match (identity, contact) {
            (Some(identity), Some(contact)) => Ok(Party { identity, contact }),
            _ => Err(errors),
        }
    }

    /// Only who the person is: `kind` to `sex`.
    pub fn identity(&self) -> Result<Identity, FieldErrors> {
        Identity::parse(self)
    }

    /// Only `phone` and `phone_code`; a code that is not there yet is not an error here.
    pub fn contact(&self) -> Result<Contact, FieldErrors> {
        let mut errors = FieldErrors::new();
        let phone = errors.keep("phone", Phone::parse(&self.phone));
        let code = match PhoneCode::parse(&self.phone_code) {
            Ok(code) => Some(code),
            Err(Reason::Missing(_)) => None,
            Err(reason) => {
                errors.push("phone_code", reason);
                None
            }
        };
        match phone {
            Some(phone) if errors.is_empty() => Ok(Contact { phone, code }),
            _ => Err(errors),
        }
    }
}

impl fmt::Debug for PartyInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PartyInput(hidden)")
    }
}

/// One person whose every field has been read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    pub identity: Identity,
    pub contact: Contact,
}

impl Party {
    /// In canonical form, for storing encrypted; [`PartyInput::party`] reads it back.
    pub fn to_input(&self) -> PartyInput {
        PartyInput {
            phone: self.contact.phone.as_str().to_owned(),
            phone_code: self.contact.code.as_ref().map(|code| code.as_str().to_owned()).unwrap_or_default(),
            ..self.identity.to_input()
        }
    }
}

/// Where the person can be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    pub phone: Phone,
    /// As typed; whether it is the right one only the server knows.
    pub code: Option<PhoneCode>,
}

pub(super) fn text_or_null<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Option::<String>::deserialize(deserializer).map(Option::unwrap_or_default)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::PhoneCodeReason;

    fn input() -> PartyInput {
        PartyInput {
            kind: "mainland".into(),
            name: "张三".into(),
            id_type: "resident_id".into(),
            id_number: "440308199901101512".into(),
            phone: "138 0000 0000".into(),
            ..PartyInput::default()
        }
    }

    #[test]
    fn missing_and_null_fields_are_empty_texts() {
        let input: PartyInput = serde_json::from_str(r#"{"kind":null,"name":"张三"}"#).unwrap();
        assert_eq!(input.kind, "");
        assert_eq!(input.name, "张三");
        assert_eq!(input.phone_code, "");
    }

    #[test]
    fn an_empty_person_gets_one_message_for_each_field() {
        let errors = PartyInput::default().party().unwrap_err();
        let fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["kind", "name", "id_type", "id_number", "phone"]);
    }

    #[test]
    fn a_code_may_come_later_but_not_misshapen() {
        assert_eq!(input().party().unwrap().contact.code, None);
        let typed = PartyInput { phone_code: "12345".into(), ..input() };
        assert_eq!(typed.party(), Err(FieldErrors::one("phone_code", PhoneCodeReason::Shape)));
        let typed = PartyInput { phone_code: "１２３ 456".into(), ..input() };
        let code = typed.party().unwrap().contact.code.unwrap();
        assert_eq!(code.as_str(), "123456");
    }

    #[test]
    fn what_was_read_is_read_again_from_its_canonical_form() {
        let party = PartyInput { phone_code: "123456".into(), ..input() }.party().unwrap();
        assert_eq!(party.to_input().party(), Ok(party));
    }

    #[test]
    fn the_log_sees_nothing_of_a_person() {
        let log = format!("{:?} {:?}", input(), input().party().unwrap());
        for secret in ["张三", "4403", "1999", "138"] {
            assert!(!log.contains(secret), "{log}");
        }
    }
}
