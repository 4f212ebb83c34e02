//! What the couple declares about itself.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::civil_date::parse_date;
use crate::field::{Asked, FieldErrors, Reason, choice};
use crate::identity::{BIRTH_DATE, PersonReason, Sex};
use crate::locale::Locale;
use crate::marriage::{MaritalStatus, MarriageReason, PartyKind};

/// The body of `POST /api/v1/marriage/check`, as typed or chosen; absent fields are empty.
///
/// It carries birth dates, so it has no `Debug`.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct CheckInput {
    /// The day on which they want to register, `2026-05-20`.
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub date: String,
    /// The two people, in any order.
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub parties: Vec<CheckPartyInput>,
    /// `none`, `close` or `unsure`.
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub kinship: String,
}

/// One of the two.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct CheckPartyInput {
    /// `mainland`, `hk_macao_taiwan`, `overseas_chinese` or `foreigner`.
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub kind: String,
    /// `2004-02-29`.
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub birth_date: String,
    /// `male` or `female`.
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub sex: String,
    /// `never_married`, `divorced`, `widowed`, `married` or `unsure`.
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub status: String,
}

/// A check that can be answered.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct CheckRequest {
    pub date: NaiveDate,
    pub parties: [CheckParty; 2],
    pub kinship: Kinship,
}

/// One of the two, as declared.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct CheckParty {
    pub kind: PartyKind,
    pub birth_date: NaiveDate,
    pub sex: Sex,
    pub status: MaritalStatus,
}

/// Whether the two are related in direct line or within three generations (Civil Code Art 1048).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Kinship {
    None,
    Close,
    Unsure,
}

impl Kinship {
    /// The question for kinship.
    pub const ASKED: &'static Asked = &Asked::one_of(
        "kinship_missing",
        "请选择两位之间有没有亲属关系。",
        "Choose whether the two of you are related.",
    );

    pub const ALL: &'static [Self] = Self::VARIANTS;

    pub fn wire(self) -> &'static str {
        self.into()
    }

    pub fn from_wire(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    /// An answer to "are you related in direct line or within three generations?".
    pub fn label(self, locale: Locale) -> &'static str {
        match self {
            Self::None => locale.say("没有", "No"),
            Self::Close => locale.say("有", "Yes"),
            Self::Unsure => locale.say("不确定", "Not sure"),
        }
    }
}

impl CheckRequest {
    /// Reads the declaration, or says at each field what is missing. `today` is the civil date in
    /// Shanghai; a birth date may not lie after it.
    pub fn parse(input: &CheckInput, today: NaiveDate) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let date = errors.keep("date", parse_date(Asked::DATE, &input.date, EARLIEST, LATEST));
        let [first, second] = [0, 1].map(|index| {
            let empty = CheckPartyInput::default();
            let party = CheckParty::parse(input.parties.get(index).unwrap_or(&empty), today);
            errors.keep_all(party.map_err(|errors| errors.at(&format!("parties.{index}"))))
        });
        if input.parties.len() > 2 {
            errors.push("parties", MarriageReason::PartyCount { found: input.parties.len() });
        }
        let kinship = errors.keep("kinship", choice(Kinship::ASKED, &input.kinship, Kinship::from_wire));
        match (date, first, second, kinship) {
            (Some(date), Some(first), Some(second), Some(kinship)) if errors.is_empty() => {
                Ok(Self { date, parties: [first, second], kinship })
            }
            _ => Err(errors),
        }
    }
}

impl CheckParty {
    fn parse(input: &CheckPartyInput, today: NaiveDate) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let kind = errors.keep("kind", choice(PartyKind::ASKED, &input.kind, PartyKind::from_wire));
        let birth_date = errors.keep("birth_date", birth_date(&input.birth_date, today));
        let sex = errors.keep("sex", choice(Sex::ASKED, &input.sex, Sex::from_wire));
        let status = errors.keep("status", choice(MaritalStatus::ASKED, &input.status, MaritalStatus::from_wire));
        match (kind, birth_date, sex, status) {
            (Some(kind), Some(birth_date), Some(sex), Some(status)) => Ok(Self { kind, birth_date, sex, status }),
            _ => Err(errors),
        }
    }
}

/// First and last year that a date may have.
const EARLIEST: i32 = 1900;
const LATEST: i32 = 2100;

fn birth_date(text: &str, today: NaiveDate) -> Result<NaiveDate, Reason> {
    let date = parse_date(BIRTH_DATE, text, EARLIEST, today.year().max(EARLIEST))?;
    if date > today { Err(PersonReason::BirthDateInFuture.into()) } else { Ok(date) }
}
