//! The closed list of what can be wrong with one field.

use std::fmt;

use chrono::NaiveDate;

use crate::eligibility::told::mistake::Wrong;
use crate::identity::IdType;
use crate::marriage::PartyKind;

/// What a field asks for; lets one reason such as "missing" speak of the thing itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Asked {
    Service,
    Locale,
    Hold,
    PartyKind,
    Name,
    IdType,
    IdNumber,
    BirthDate,
    Date,
    Sex,
    Status,
    Kinship,
    Phone,
    PhoneCode,
}

impl Asked {
    pub const ALL: [Self; 14] = [
        Self::Service,
        Self::Locale,
        Self::Hold,
        Self::PartyKind,
        Self::Name,
        Self::IdType,
        Self::IdNumber,
        Self::BirthDate,
        Self::Date,
        Self::Sex,
        Self::Status,
        Self::Kinship,
        Self::Phone,
        Self::PhoneCode,
    ];
}

/// One of the three boxes of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DatePart {
    Year,
    Month,
    Day,
}

impl DatePart {
    pub const ALL: [Self; 3] = [Self::Year, Self::Month, Self::Day];
}

/// Why a field cannot be taken as it is.
#[derive(Clone, PartialEq, Eq)]
pub enum Reason {
    /// Nothing was typed or chosen.
    Missing(Asked),
    /// More than `limit` characters.
    TooLong { asked: Asked, limit: usize },
    /// NUL or another control character.
    ControlCharacter,
    /// A choice that is not on the list.
    NotOffered(Asked),
    /// Left out of a request to the API, or a number where a text belongs, and the like.
    WrongType,

    /// A character that is in no name: an emoji, a digit, a sign.
    NameCharacter(char),
    /// Dots, hyphens or apostrophes only.
    NameWithoutLetters,

    /// A 15-digit number of the first generation of ID cards.
    OldIdNumber,
    /// An 18-character number with `found` characters.
    IdLength { found: usize },
    /// A character that cannot stand where it stands in an 18-character number.
    IdCharacter(char),
    /// A number that starts with 0; no address code ever did (GB/T 2260).
    IdAddress,
    /// Digits 7 to 14 are no date, or one before 1900.
    IdBirthDate,
    /// The last character does not fit the other 17 (GB 11643, ISO 7064 MOD 11-2).
    IdCheckDigit,
    /// A well-formed number of another document.
    OtherDocument { choose: IdType },
    /// Not how a number of this document looks.
    DocumentShape(IdType),
    /// This kind of person books with other documents.
    IdTypeNotForKind(PartyKind),
    /// The birth date typed is not the one in the ID number.
    BirthDateContradictsId,
    /// The sex chosen is not the one in the ID number.
    SexContradictsId,
    /// Both parties carry the same document.
    SamePersonTwice,
    /// Under the marriage age on the chosen day; may marry on or after `from` (Civil Code Art 1047).
    UnderAge { from: NaiveDate },

    /// Not a date written as year, month and day.
    DateShape,
    /// One of the three boxes is empty.
    DatePartMissing(DatePart),
    /// Not a year of four digits between `earliest` and `latest`.
    DateYear { earliest: i32, latest: i32 },
    /// Not a month from 1 to 12.
    DateMonth,
    /// The month has only `last` days.
    DateDay { month: u32, last: u32 },
    /// 29 February in a year that has none.
    NoLeapDay { year: i32 },
    /// A birth date after today.
    BirthDateInFuture,
    /// An end before its beginning, or more than `most` days.
    DateRange { most: i64 },

    /// A landline or service number, which cannot receive the code.
    PhoneLandline,
    /// A character that is in no phone number.
    PhoneCharacter(char),
    /// A mainland mobile number has 11 digits, this has `found`.
    PhoneLength { found: usize },
    /// 11 digits that do not start with 13 to 19.
    PhoneStart,
    /// After `+`, not 8 to 15 digits starting with a country code (E.164).
    PhoneInternational,

    /// Not six digits.
    CodeShape,
    /// Not the code that was sent.
    CodeWrong { attempts_left: u32 },
    /// Too many wrong codes, or the code was used already.
    CodeUsedUp,
    /// The code is too old.
    CodeExpired,
    /// No code was asked for with this phone.
    CodeNotSent,

    /// The hold or its token is not one this portal gave out.
    HoldUnknown,
    /// A marriage takes two people, the request has `found`.
    PartyCount { found: usize },

    /// A fact of the eligibility check that cannot be taken as it was told.
    Told(Wrong),
}

impl Reason {
    /// Stable name for the API, in `snake_case`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing(asked) => match asked {
                Asked::Service => "service_missing",
                Asked::Locale => "locale_missing",
                Asked::Hold => "hold_missing",
                Asked::PartyKind => "kind_missing",
                Asked::Name => "name_missing",
                Asked::IdType => "id_type_missing",
                Asked::IdNumber => "id_number_missing",
                Asked::BirthDate => "birth_date_missing",
                Asked::Date => "date_missing",
                Asked::Sex => "sex_missing",
                Asked::Status => "status_missing",
                Asked::Kinship => "kinship_missing",
                Asked::Phone => "phone_missing",
                Asked::PhoneCode => "phone_code_missing",
            },
            Self::TooLong { .. } => "too_long",
            Self::ControlCharacter => "control_character",
            Self::NotOffered(_) => "not_offered",
            Self::WrongType => "wrong_type",
            Self::Told(wrong) => wrong.code(),
            Self::NameCharacter(_) => "name_character",
            Self::NameWithoutLetters => "name_without_letters",
            Self::OldIdNumber => "id_old_number",
            Self::IdLength { .. } => "id_length",
            Self::IdCharacter(_) => "id_character",
            Self::IdAddress => "id_address",
            Self::IdBirthDate => "id_birth_date",
            Self::IdCheckDigit => "id_check_digit",
            Self::OtherDocument { .. } => "id_other_document",
            Self::DocumentShape(_) => "document_shape",
            Self::IdTypeNotForKind(_) => "id_type_not_for_kind",
            Self::BirthDateContradictsId => "birth_date_contradicts_id",
            Self::SexContradictsId => "sex_contradicts_id",
            Self::SamePersonTwice => "same_person_twice",
            Self::UnderAge { .. } => "under_age",
            Self::DateShape => "date_shape",
            Self::DatePartMissing(part) => match part {
                DatePart::Year => "date_year_missing",
                DatePart::Month => "date_month_missing",
                DatePart::Day => "date_day_missing",
            },
            Self::DateYear { .. } => "date_year",
            Self::DateMonth => "date_month",
            Self::DateDay { .. } => "date_day",
            Self::NoLeapDay { .. } => "date_no_leap_day",
            Self::BirthDateInFuture => "birth_date_in_future",
            Self::DateRange { .. } => "date_range",
            Self::PhoneLandline => "phone_landline",
            Self::PhoneCharacter(_) => "phone_character",
            Self::PhoneLength { .. } => "phone_length",
            Self::PhoneStart => "phone_start",
            Self::PhoneInternational => "phone_international",
            Self::CodeShape => "phone_code_shape",
            Self::CodeWrong { .. } => "phone_code_wrong",
            Self::CodeUsedUp => "phone_code_used_up",
            Self::CodeExpired => "phone_code_expired",
            Self::CodeNotSent => "phone_code_not_sent",
            Self::HoldUnknown => "hold_unknown",
            Self::PartyCount { .. } => "party_count",
        }
    }
}

/// Only the code: `UnderAge` would tell a birthday to whoever reads the log.
impl fmt::Debug for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
