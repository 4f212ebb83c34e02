//! A couple's booking request: from what was typed to what can be booked, or to every field error.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize};

use super::SERVICE;
use super::age::may_marry_from;
use super::party::{Contact, Identity, Party, PartyInput, text_or_null};
use super::reason::MarriageReason;
use crate::appointments::field::{self, hold_part};
use crate::appointments::{HoldId, HoldToken, Service};
use crate::field::{Asked, FieldErrors, Reason, choice};
use crate::identity::Phone;
use crate::locale::Locale;

/// The body of `POST /api/v1/bookings`, and what the last page of the form sends.
///
/// Missing and null fields are empty texts, so that each gets its own message. `Debug` hides it.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct BookingInput {
    #[serde(deserialize_with = "text_or_null")]
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub hold_id: String,
    #[serde(deserialize_with = "text_or_null")]
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub hold_token: String,
    /// `marriage_registration`.
    #[serde(deserialize_with = "text_or_null")]
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub service: String,
    /// The language of messages to this couple, `zh-CN` (also when left out) or `en`.
    #[serde(deserialize_with = "text_or_null")]
    pub locale: String,
    /// Exactly two.
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub parties: Vec<PartyInput>,
    /// Both give one phone because they have no other; the desk then checks both identities before anything else. Left
    /// out, each gives a phone of their own, and the same one twice is `same_phone_twice` at `parties.1.phone`.
    #[serde(deserialize_with = "false_or_null", skip_serializing_if = "is_false")]
    pub shared_phone: bool,
}

/// What is left out is not written either, so that a request of before keeps its fingerprint.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_false(answer: &bool) -> bool {
    !answer
}

fn false_or_null<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Option::<bool>::deserialize(deserializer).map(Option::unwrap_or_default)
}

impl fmt::Debug for BookingInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BookingInput(hidden)")
    }
}

/// A request whose every field has been read; the server still has to find the hold and the codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookingRequest {
    pub hold_id: HoldId,
    pub hold_token: HoldToken,
    pub service: Service,
    pub locale: Locale,
    pub parties: [Party; 2],
}

impl BookingRequest {
    /// All that is wrong at once, fields named as in [`BookingInput`]: `parties.0.id_number`.
    pub fn parse(input: BookingInput) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let hold_id = errors.keep("hold_id", hold_part(&input.hold_id, |text| HoldId::parse(text).ok()));
        let hold_token = errors.keep("hold_token", hold_part(&input.hold_token, |text| HoldToken::parse(text).ok()));
        let service = errors.keep("service", choice(field::SERVICE, &input.service, named));
        let locale = errors.keep("locale", locale(&input.locale));
        let parties = errors.keep_all(couple(&input.parties, input.shared_phone));
        match (hold_id, hold_token, service, locale, parties) {
            (Some(hold_id), Some(hold_token), Some(service), Some(locale), Some(parties)) => {
                Ok(Self { hold_id, hold_token, service, locale, parties })
            }
            _ => Err(errors),
        }
    }
}

/// Refuses birth dates after `today` (a Shanghai date); fields named as in [`BookingInput`].
pub fn born_by(parties: &[Party; 2], today: NaiveDate) -> Result<(), FieldErrors> {
    each(parties, |party| party.identity.born_by(today))
}

/// Refuses a day on which one of the two is under the marriage age (Civil Code Art 1047), the one thing the portal
/// refuses by itself; fields named as in [`BookingInput`]. `day` is the Shanghai date of the appointment.
pub fn both_old_enough_on(parties: &[Party; 2], day: NaiveDate) -> Result<(), FieldErrors> {
    each(parties, |party| old_enough_on(&party.identity, day))
}

/// Refuses a day on which this person is under the marriage age, at the field with the birth date.
pub fn old_enough_on(identity: &Identity, day: NaiveDate) -> Result<(), FieldErrors> {
    let from = may_marry_from(identity.sex(), identity.birth_date());
    if day < from {
        let field = identity.birth_date_field();
        Err(FieldErrors::one(field, MarriageReason::UnderAge { from }))
    } else {
        Ok(())
    }
}

fn each(parties: &[Party; 2], check: impl Fn(&Party) -> Result<(), FieldErrors>) -> Result<(), FieldErrors> {
    let mut errors = FieldErrors::new();
    for (index, party) in parties.iter().enumerate() {
        errors.keep_all(check(party).map_err(|found| found.at(&party_path(index))));
    }
    errors.into_result()
}

/// `parties.0` or `parties.1`: where a person's fields are in a [`BookingInput`].
fn party_path(index: usize) -> String {
    format!("parties.{index}")
}

/// Both people, or all that is wrong, fields named as in a [`BookingInput`]; `shared_phone` is that they chose to give
/// one phone for both.
pub fn couple(inputs: &[PartyInput], shared_phone: bool) -> Result<[Party; 2], FieldErrors> {
    let [first, second] = inputs else {
        let found = inputs.len();
        return Err(FieldErrors::one("parties", MarriageReason::PartyCount { found }));
    };
    let mut errors = FieldErrors::new();
    let [(first, his), (second, her)] = [first, second].map(|input| (input.identity(), input.contact()));
    // Compared even when something else is wrong, so that it is said the first time; one person has one phone.
    if let (Ok(first), Ok(second)) = (&first, &second)
        && let Err(same) = second.other_than(first)
    {
        errors.extend(same.at(&party_path(1)));
    } else if let (Ok(his), Ok(her)) = (&his, &her)
        && let Err(same) = own_phone(&his.phone, &her.phone, shared_phone)
    {
        errors.extend(same.at(&party_path(1)));
    }
    let mut keep = |index: usize, identity: Result<Identity, FieldErrors>, contact: Result<Contact, FieldErrors>| {
        let identity = errors.keep_all(identity.map_err(|found| found.at(&party_path(index))));
        let contact = errors.keep_all(contact.map_err(|found| found.at(&party_path(index))));
        Some(Party { identity: identity?, contact: contact? })
    };
    let (first, second) = (keep(0, first, his), keep(1, second, her));
    match (first, second) {
        (Some(first), Some(second)) if errors.is_empty() => Ok([first, second]),
        _ => Err(errors),
    }
}

/// Refuses the phone of the other one, unless they chose to share it: whose number it is nobody can know, so that at
/// least each has one.
pub fn own_phone(other: &Phone, own: &Phone, shared_phone: bool) -> Result<(), FieldErrors> {
    if other == own && !shared_phone { Err(FieldErrors::one("phone", MarriageReason::SamePhoneTwice)) } else { Ok(()) }
}

fn named(service: &str) -> Option<Service> {
    (service == SERVICE.name()).then_some(SERVICE)
}

fn locale(text: &str) -> Result<Locale, Reason> {
    match choice(Asked::LANGUAGE, text, Locale::from_tag) {
        Err(Reason::Missing(_)) => Ok(Locale::default()),
        read => read,
    }
}

#[cfg(test)]
mod tests;
