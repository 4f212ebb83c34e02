//! Every reason that a field can be sent back for, of every domain: its code, its words, its language.

use std::collections::HashSet;

use chrono::NaiveDate;
use shared::appointments::field::{AppointmentReason, HOLD, SERVICE};
use shared::civil_date::parse_date;
use shared::eligibility::told::mistake::Wrong;
use shared::field::{Asked, DatePart, Reason};
use shared::identity::{
    BIRTH_DATE, IdDocument, IdType, NameReason, NumberReason, PersonName, PersonReason, Phone, PhoneCode,
    PhoneCodeReason, PhoneReason, Sex,
};
use shared::locale::Locale;
use shared::marriage::check::Kinship;
use shared::marriage::{MaritalStatus, MarriageReason, PartyKind};
use shared::staff::{NewPassword, PasswordReason};

const ASKED: [&Asked; 15] = [
    SERVICE,
    Asked::LANGUAGE,
    HOLD,
    PartyKind::ASKED,
    PersonName::ASKED,
    IdType::ASKED,
    IdDocument::ASKED,
    BIRTH_DATE,
    Asked::DATE,
    Sex::ASKED,
    MaritalStatus::ASKED,
    Kinship::ASKED,
    Phone::ASKED,
    PhoneCode::ASKED,
    NewPassword::ASKED,
];

fn march() -> NaiveDate {
    "2027-03-01".parse().expect("a date")
}

/// One of each with its code on the wire, which never changes.
fn every_reason() -> Vec<(&'static str, Reason)> {
    let from = march();
    let mut all = vec![
        ("control_character", Reason::ControlCharacter),
        ("wrong_type", Reason::WrongType),
        ("too_long", Reason::TooLong { asked: Phone::ASKED, limit: 24 }),
        ("not_offered", Reason::NotOffered(Sex::ASKED)),
        ("date_shape", Reason::DateShape),
        ("date_year", Reason::DateYear { earliest: 1900, latest: 2100 }),
        ("date_month", Reason::DateMonth),
        ("date_day", Reason::DateDay { month: 4, last: 30 }),
        ("date_no_leap_day", Reason::NoLeapDay { year: 2001 }),
        ("date_range", Reason::DateRange { most: 62 }),
        ("date_year_missing", Reason::DatePartMissing(DatePart::Year)),
        ("date_month_missing", Reason::DatePartMissing(DatePart::Month)),
        ("date_day_missing", Reason::DatePartMissing(DatePart::Day)),
        ("name_character", NameReason::Character('😀').into()),
        ("name_private_use", NameReason::PrivateUse('\u{e000}').into()),
        ("name_without_letters", NameReason::WithoutLetters.into()),
        ("id_old_number", NumberReason::Old.into()),
        ("id_length", NumberReason::Length { found: 17 }.into()),
        ("id_character", NumberReason::Character('O').into()),
        ("id_address", NumberReason::Address.into()),
        ("id_birth_date", NumberReason::BirthDate.into()),
        ("id_check_digit", NumberReason::CheckDigit.into()),
        ("document_shape", NumberReason::Shape(IdType::Passport).into()),
        ("birth_date_in_future", PersonReason::BirthDateInFuture.into()),
        ("birth_date_contradicts_id", PersonReason::BirthDateContradictsId.into()),
        ("sex_contradicts_id", PersonReason::SexContradictsId.into()),
        ("phone_landline", PhoneReason::Landline.into()),
        ("phone_character", PhoneReason::Character('a').into()),
        ("phone_length", PhoneReason::Length { found: 10 }.into()),
        ("phone_start", PhoneReason::Start.into()),
        ("phone_international", PhoneReason::International.into()),
        ("phone_length_abroad", PhoneReason::Abroad { code: 44, lengths: &[10], found: 9 }.into()),
        ("phone_country_not_served", PhoneReason::NotServed { code: 7 }.into()),
        ("phone_country_busy", PhoneReason::TooManyAbroad { code: 852 }.into()),
        ("password_too_short", PasswordReason::TooShort.into()),
        ("password_too_long", PasswordReason::TooLong.into()),
        ("password_common", PasswordReason::Common.into()),
        ("password_name", PasswordReason::Name.into()),
        ("phone_code_shape", PhoneCodeReason::Shape.into()),
        ("phone_code_wrong", PhoneCodeReason::wrong(3).into()),
        ("phone_code_used_up", PhoneCodeReason::UsedUp.into()),
        ("phone_code_expired", PhoneCodeReason::Expired.into()),
        ("phone_code_not_right", PhoneCodeReason::NotRight.into()),
        ("hold_unknown", AppointmentReason::HoldUnknown.into()),
        ("phone_not_of_hold", AppointmentReason::PhoneNotOfHold.into()),
        ("id_other_document", MarriageReason::OtherDocument { choose: IdType::ResidentId }.into()),
        ("id_type_not_for_kind", MarriageReason::IdTypeNotForKind(PartyKind::Mainland).into()),
        ("same_person_twice", MarriageReason::SamePersonTwice.into()),
        ("same_phone_twice", MarriageReason::SamePhoneTwice.into()),
        ("under_age", MarriageReason::UnderAge { from }.into()),
        ("party_count", MarriageReason::PartyCount { found: 1 }.into()),
        ("fact_unknown", Wrong::UnknownFact.into()),
        ("option_unknown", Wrong::UnknownOption.into()),
        ("fact_kind", Wrong::WrongKind.into()),
        ("amount_unreadable", Wrong::Unreadable.into()),
        ("number_out_of_range", Wrong::OutOfRange { least: 0, most: 9 }.into()),
        ("date_in_future", Wrong::InFuture.into()),
        ("age_too_great", Wrong::TooOld.into()),
        ("age_unreadable", Wrong::NotAnAge.into()),
        ("range_backwards", Wrong::Backwards.into()),
        ("people_too_many", Wrong::TooManyPeople.into()),
    ];
    let names = [
        "service",
        "locale",
        "hold",
        "kind",
        "name",
        "id_type",
        "id_number",
        "birth_date",
        "date",
        "sex",
        "status",
        "kinship",
        "phone",
        "phone_code",
        "password",
    ];
    for (name, asked) in names.into_iter().zip(ASKED) {
        assert_eq!(asked.missing_code, format!("{name}_missing"));
        all.push((asked.missing_code, Reason::Missing(asked)));
    }
    all
}

/// Those whose words depend on what they carry.
fn more_reasons() -> impl Iterator<Item = Reason> {
    ASKED
        .into_iter()
        .flat_map(|asked| [Reason::NotOffered(asked), Reason::TooLong { asked, limit: 20 }])
        .chain(IdType::ALL.iter().copied().map(|id_type| NumberReason::Shape(id_type).into()))
        .chain(IdType::ALL.iter().copied().map(|choose| MarriageReason::OtherDocument { choose }.into()))
        .chain(PartyKind::ALL.iter().copied().map(|kind| MarriageReason::IdTypeNotForKind(kind).into()))
        .chain([&[8, 9][..], &[7, 8, 9], &[]].map(|lengths| PhoneReason::Abroad { code: 1, lengths, found: 0 }.into()))
        .chain([
            Wrong::SumOutOfRange { most: 9 }.into(),
            NameReason::TooLong.into(),
            NumberReason::Character('我').into(),
            PhoneCodeReason::wrong(1).into(),
        ])
}

#[test]
fn every_reason_is_a_whole_sentence_in_both_languages() {
    for reason in every_reason().into_iter().map(|(_, reason)| reason).chain(more_reasons()) {
        let zh = reason.sentence(Locale::Zh);
        let en = reason.sentence(Locale::En);
        assert!(zh.ends_with('。'), "{zh}");
        assert!(en.ends_with('.'), "{en}");
        assert!(!en.contains("  "), "{en}");
        assert!(en.chars().next().is_some_and(char::is_uppercase) || en.starts_with("At most"), "{en}");
    }
}

#[test]
fn no_sentence_blames() {
    for reason in every_reason().into_iter().map(|(_, reason)| reason).chain(more_reasons()) {
        let zh = reason.sentence(Locale::Zh);
        for word in ["错误", "非法", "无效", "格式", "有误", "失败"] {
            assert!(!zh.contains(word), "{zh}");
        }
        let en = reason.sentence(Locale::En).to_lowercase();
        for word in ["invalid", "error", "illegal", "wrong", "failed", "format"] {
            assert!(!en.contains(word), "{en}");
        }
    }
}

#[test]
fn every_reason_keeps_a_code_of_its_own() {
    let mut seen = HashSet::new();
    for (code, reason) in every_reason() {
        assert_eq!(reason.code(), code);
        assert!(code.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'));
        assert!(seen.insert(code), "{code} is used twice");
    }
}

#[test]
fn a_log_sees_the_code_only() {
    for (code, reason) in every_reason() {
        assert_eq!(format!("{reason:?}"), code);
    }
}

#[test]
fn a_number_of_another_document_says_what_to_choose() {
    let reason = Reason::from(MarriageReason::OtherDocument { choose: IdType::ForeignPermanentResidentId });
    let zh = reason.sentence(Locale::Zh);
    assert!(zh.contains("“外国人”") && zh.contains("“外国人永久居留身份证”"));
    let en = reason.sentence(Locale::En);
    assert!(en.contains("Foreign national") && en.contains("permanent resident"));
}

#[test]
fn under_age_names_the_first_possible_day() {
    let reason = Reason::from(MarriageReason::UnderAge { from: march() });
    assert!(reason.sentence(Locale::Zh).contains("2027年3月1日"));
    assert!(reason.sentence(Locale::En).contains("1 March 2027"));
}

#[test]
fn two_reasons_with_one_code_differ_by_what_they_carry() {
    let length = |found| Reason::from(PhoneReason::Length { found });
    assert_eq!(length(10), length(10));
    assert_ne!(length(10), length(12));
    assert_ne!(parse_date(Asked::DATE, "", 1900, 2100), parse_date(BIRTH_DATE, "", 1900, 2100));
}

#[test]
fn the_last_wrong_code_asks_for_a_new_one() {
    assert_eq!(PhoneCodeReason::wrong(0), PhoneCodeReason::UsedUp);
}

#[test]
fn the_last_try_but_one_is_said_in_words() {
    let left = |attempts_left| Reason::from(PhoneCodeReason::wrong(attempts_left)).sentence(Locale::En);
    assert!(left(1).ends_with("you can try once more."), "{}", left(1));
    assert!(left(3).ends_with("you can try 3 more times."), "{}", left(3));
}
