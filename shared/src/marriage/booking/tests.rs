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
    assert_eq!(BookingRequest::parse(input), Err(FieldErrors::one("parties", MarriageReason::PartyCount { found: 3 })));
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
