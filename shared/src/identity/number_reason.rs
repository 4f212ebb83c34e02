//! What can be wrong with the number of an identity document.

use super::IdType;
use super::shown::shown;
use crate::field::Reason;

/// Why a text is not a document number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberReason {
    /// A 15-digit number of the first generation of ID cards.
    Old,
    /// An 18-character number with `found` characters.
    Length { found: usize },
    /// A character that cannot stand where it stands in an 18-character number.
    Character(char),
    /// A number that starts with 0; no address code ever did (GB/T 2260).
    Address,
    /// Digits 7 to 14 are not a date, or one before 1900.
    BirthDate,
    /// The last character does not fit the other 17 (GB 11643, ISO 7064 MOD 11-2).
    CheckDigit,
    /// Not what a number of this document looks like.
    Shape(IdType),
}

impl From<NumberReason> for Reason {
    fn from(reason: NumberReason) -> Self {
        match reason {
            NumberReason::Old => Self::own(
                "id_old_number",
                "这是旧的 15 位身份证号码。请填写现在身份证上的 18 位号码。",
                "This is an old 15-digit ID number. Enter the 18-character number on your current card.",
            ),
            NumberReason::Length { found } => Self::own(
                "id_length",
                format!("请填写 18 位证件号码，最后一位可以是 X。现在是 {found} 位，请对照证件核对。"),
                format!(
                    "Enter all 18 characters of the number; the last may be X. This has {found}, please compare it \
                     with the document."
                ),
            ),
            NumberReason::Character(character) => wrong_character(character),
            NumberReason::Address => Self::own(
                "id_address",
                "身份证号码不会以 0 开头，请对照证件核对前 6 位。",
                "An ID number never starts with 0. Please compare the first six digits with the card.",
            ),
            NumberReason::BirthDate => Self::own(
                "id_birth_date",
                "号码的第 7 到 14 位是出生年月日，现在的这 8 位不是一个日期，请对照证件核对。",
                "Digits 7 to 14 of the number are the date of birth, and these are not a date. Please compare them \
                 with the document.",
            ),
            NumberReason::CheckDigit => Self::own(
                "id_check_digit",
                "这个号码的最后一位和前面对不上，可能有一位填错或两位填反了，请对照证件从头核对。",
                "The last character does not fit the others, so one of them may be mistyped or two swapped. Please \
                 compare the whole number with the document.",
            ),
            NumberReason::Shape(id_type) => {
                let (zh, en) = shape(id_type);
                Self::own("document_shape", zh, en)
            }
        }
    }
}

fn wrong_character(character: char) -> Reason {
    let meant = match character {
        'O' | 'Q' | 'D' => Some('0'),
        'I' | 'L' => Some('1'),
        _ => None,
    };
    let sign = shown(character);
    let (zh, en) = match meant {
        Some(digit) => (
            format!("号码里的“{sign}”是不是数字 {digit}？请改过来；只有最后一位可以是字母 X。"),
            format!(
                "Is the “{sign}” in the number a {digit}? Please change it; only the last character may be a letter, X."
            ),
        ),
        None => (
            format!("证件号码由数字组成，只有最后一位可以是 X。请去掉或改正“{sign}”。"),
            format!(
                "The number is made of digits, and only the last character may be X. Please take out or change \
                 “{sign}”."
            ),
        ),
    };
    Reason::own("id_character", zh, en)
}

fn shape(id_type: IdType) -> (&'static str, &'static str) {
    match id_type {
        IdType::ResidentId => {
            ("请填写 18 位身份证号码，最后一位可以是 X。", "Enter the 18-character ID number; the last may be X.")
        }
        IdType::HkMacaoTaiwanResidencePermit => (
            "请填写居住证上的 18 位号码，它以 81、82 或 83 开头。",
            "Enter the 18-character number of the residence permit; it starts with 81, 82 or 83.",
        ),
        IdType::HkMacaoPermit => (
            "请填写通行证号码：字母 H 或 M 加 8 位数字。末尾若另有两位换证次数，不用填。",
            "Enter the permit number: H or M and eight digits. Leave out the two digits of the issue count, if the \
             card shows them.",
        ),
        IdType::TaiwanPermit => (
            "请填写台胞证号码，一共 8 位数字。末尾若另有两位签发次数，不用填。",
            "Enter the permit number: eight digits. Leave out the two digits of the issue count, if the card shows \
             them.",
        ),
        IdType::Passport => (
            "请填写护照号码：5 到 15 位字母和数字，其中至少有一个数字。",
            "Enter the passport number: 5 to 15 letters and digits, with at least one digit.",
        ),
        IdType::TravelDocument => (
            "请填写证件上的号码：5 到 15 位字母和数字，其中至少有一个数字。",
            "Enter the number of the document: 5 to 15 letters and digits, with at least one digit.",
        ),
        IdType::ForeignPermanentResidentId => (
            "请填写永久居留身份证号码：18 位，以 9 开头；旧版卡是 3 个字母加 12 位数字。",
            "Enter the card number: 18 characters starting with 9, or on older cards three letters and twelve digits.",
        ),
    }
}
