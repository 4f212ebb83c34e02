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
mod tests {
    use super::*;
    use crate::appointments::field::{AppointmentReason, HOLD};
    use crate::identity::{IdDocument, PersonReason, PhoneReason};

    fn him() -> PartyInput {
        PartyInput {
            kind: "mainland".into(),
            name: "张三".into(),
            id_type: "resident_id".into(),
            id_number: "440308199901101512".into(),
            phone: "13800000000".into(),
            ..PartyInput::default()
        }
    }

    fn her() -> PartyInput {
        PartyInput {
            kind: "foreigner".into(),
            name: "Mary O'Neill".into(),
            id_type: "passport".into(),
            id_number: "X1234567".into(),
            birth_date: "2004-02-29".into(),
            sex: "female".into(),
            phone: "+852 9123 4567".into(),
            ..PartyInput::default()
        }
    }

    fn input() -> BookingInput {
        BookingInput {
            hold_id: "hold-1".into(),
            hold_token: "secret_token".into(),
            service: "marriage_registration".into(),
            locale: "en".into(),
            parties: vec![him(), her()],
            shared_phone: false,
        }
    }

    fn request() -> BookingRequest {
        BookingRequest::parse(input()).unwrap()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_good_request_is_read_whole() {
        let request = request();
        assert_eq!(request.service, SERVICE);
        assert_eq!(request.locale, Locale::En);
        assert_eq!(request.hold_id.as_str(), "hold-1");
    }

    #[test]
    fn an_empty_body_gets_a_message_for_each_field() {
        let input: BookingInput = serde_json::from_str("{}").unwrap();
        let errors = BookingRequest::parse(input).unwrap_err();
        for field in ["hold_id", "hold_token"] {
            assert_eq!(errors.for_field(field), Some(&Reason::Missing(HOLD)));
        }
        assert_eq!(errors.for_field("service"), Some(&Reason::Missing(field::SERVICE)));
        assert_eq!(errors.for_field("parties"), Some(&MarriageReason::PartyCount { found: 0 }.into()));
        assert_eq!(errors.len(), 4);
    }

    #[test]
    fn the_errors_of_both_people_come_with_their_paths() {
        let input: BookingInput =
            serde_json::from_str(r#"{"hold_id": null, "parties": [{"name": "张三"}, {"phone": "0755-26661013"}]}"#)
                .unwrap();
        let errors = BookingRequest::parse(input).unwrap_err();
        assert_eq!(errors.for_field("parties.0.name"), None);
        assert_eq!(errors.for_field("parties.0.phone"), Some(&Reason::Missing(Phone::ASKED)));
        assert_eq!(errors.for_field("parties.1.phone"), Some(&PhoneReason::Landline.into()));
        assert_eq!(errors.for_field("parties.1.id_number"), Some(&Reason::Missing(IdDocument::ASKED)));
    }

    #[test]
    fn three_people_are_one_too_many() {
        let input = BookingInput { parties: vec![him(), her(), her()], ..input() };
        assert_eq!(
            BookingRequest::parse(input),
            Err(FieldErrors::one("parties", MarriageReason::PartyCount { found: 3 }))
        );
    }

    #[test]
    fn unknown_holds_services_and_languages_say_what_to_do() {
        let input = BookingInput {
            hold_id: "../etc".into(),
            hold_token: "a\0".into(),
            service: "skydiving".into(),
            locale: "fr".into(),
            ..input()
        };
        let errors = BookingRequest::parse(input).unwrap_err();
        assert_eq!(errors.for_field("hold_id"), Some(&AppointmentReason::HoldUnknown.into()));
        assert_eq!(errors.for_field("hold_token"), Some(&AppointmentReason::HoldUnknown.into()));
        assert_eq!(errors.for_field("service"), Some(&Reason::NotOffered(field::SERVICE)));
        assert_eq!(errors.for_field("locale"), Some(&Reason::NotOffered(Asked::LANGUAGE)));
    }

    #[test]
    fn without_a_language_messages_are_chinese() {
        let input = BookingInput { locale: String::new(), ..input() };
        assert_eq!(BookingRequest::parse(input).unwrap().locale, Locale::Zh);
    }

    #[test]
    fn the_same_person_twice_is_told_at_the_second_number_beside_other_errors() {
        let twin = PartyInput { id_number: "440308 19990110 1512".into(), phone: "1".into(), ..him() };
        let input = BookingInput { parties: vec![him(), twin], ..input() };
        let errors = BookingRequest::parse(input).unwrap_err();
        assert_eq!(errors.for_field("parties.1.id_number"), Some(&MarriageReason::SamePersonTwice.into()));
        assert_eq!(errors.for_field("parties.1.phone"), Some(&PhoneReason::Length { found: 1 }.into()));
    }

    #[test]
    fn one_phone_for_both_is_a_choice() {
        let twice = || vec![him(), PartyInput { phone: "+86 138 0000 0000".into(), ..her() }];
        let input_with = |shared_phone| BookingInput { parties: twice(), shared_phone, ..input() };
        let refused = BookingRequest::parse(input_with(false));
        assert_eq!(refused, Err(FieldErrors::one("parties.1.phone", MarriageReason::SamePhoneTwice)));
        assert!(BookingRequest::parse(input_with(true)).is_ok());
        assert!(BookingRequest::parse(BookingInput { shared_phone: true, ..input() }).is_ok(), "two phones do no harm");
    }

    #[test]
    fn a_request_that_says_nothing_of_the_phone_is_written_as_it_was_before() {
        let text = r#"{"hold_id":"a","shared_phone":null}"#;
        let read: BookingInput = serde_json::from_str(text).unwrap();
        assert!(!read.shared_phone);
        assert!(!serde_json::to_string(&read).unwrap().contains("shared_phone"));
        let read: BookingInput = serde_json::from_str(r#"{"shared_phone":true}"#).unwrap();
        assert!(read.shared_phone);
        assert!(serde_json::from_str::<BookingInput>(r#"{"shared_phone":"yes"}"#).is_err());
    }

    #[test]
    fn age_is_counted_on_the_day_of_the_appointment() {
        let him = PartyInput { id_number: "440308200405200015".into(), ..him() };
        let born = him.identity();
        assert!(born.is_ok(), "{born:?}");
        let request = BookingRequest::parse(BookingInput { parties: vec![him, her()], ..input() }).unwrap();
        let from = day("2026-05-20");
        assert_eq!(
            both_old_enough_on(&request.parties, day("2026-05-19")),
            Err(FieldErrors::one("parties.0.id_number", MarriageReason::UnderAge { from }))
        );
        assert_eq!(both_old_enough_on(&request.parties, from), Ok(()));
    }

    #[test]
    fn both_may_be_under_age_and_a_typed_birth_date_is_named() {
        let errors = both_old_enough_on(&request().parties, day("2020-01-01")).unwrap_err();
        assert_eq!(
            errors.for_field("parties.0.id_number"),
            Some(&MarriageReason::UnderAge { from: day("2021-01-10") }.into())
        );
        assert!(errors.for_field("parties.1.birth_date").is_some());
    }

    #[test]
    fn nobody_is_born_after_today() {
        assert_eq!(born_by(&request().parties, day("2004-02-29")), Ok(()));
        assert_eq!(
            born_by(&request().parties, day("2004-02-28")),
            Err(FieldErrors::one("parties.1.birth_date", PersonReason::BirthDateInFuture))
        );
    }

    #[test]
    fn the_log_sees_nothing_of_the_couple() {
        let log = format!("{:?} {:?}", input(), request());
        for secret in ["张三", "Mary", "4403", "X123", "138", "9123", "2004", "secret"] {
            assert!(!log.contains(secret), "{log}");
        }
    }
}
