//! The number of one identity document, of any of the kinds a registry accepts.

use std::fmt;

use chrono::NaiveDate;

use super::clean::number;
use super::number18::Number18;
use super::{IdType, NumberReason, Sex};
use crate::field::{Asked, Reason};

/// A document number that is well formed for its kind; `Debug` hides it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct IdDocument {
    id_type: IdType,
    number: String,
    carried: Option<Carried>,
}

/// Why a text is not a number of the chosen document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotThisDocument {
    /// A well-formed number of this document, which the form has to offer: it has the words, for it knows which of its
    /// answers lead there.
    Other(IdType),
    Unreadable(Reason),
}

impl<R: Into<Reason>> From<R> for NotThisDocument {
    fn from(reason: R) -> Self {
        Self::Unreadable(reason.into())
    }
}

/// What an 18-character number tells about its holder.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Carried {
    birth_date: NaiveDate,
    sex: Sex,
}

impl IdDocument {
    /// In characters, spaces and dashes not counted.
    pub const LIMIT: usize = 40;

    /// The question for a number of this kind.
    pub const ASKED: &'static Asked = &Asked::typed(
        "id_number_missing",
        (
            "请填写证件号码。居民身份证号码是 18 位，最后一位可以是 X。",
            "Enter the document number. A resident ID number has 18 characters; the last may be X.",
        ),
        ("证件号码", "document number"),
    );

    /// Reads a number of the chosen kind; a number of another kind says which one to choose.
    pub fn parse(id_type: IdType, text: &str) -> Result<Self, NotThisDocument> {
        let text = number(Self::ASKED, Self::LIMIT, text)?.to_ascii_uppercase();
        match (Number18::parse(&text), id_type) {
            (Ok(number), _) if number.card() == id_type => Ok(Self {
                id_type,
                number: number.as_str().to_owned(),
                carried: Some(Carried { birth_date: number.birth_date(), sex: number.sex() }),
            }),
            (Ok(number), _) => Err(NotThisDocument::Other(number.card())),
            (Err(reason), IdType::ResidentId | IdType::HkMacaoTaiwanResidencePermit) => {
                Err(if is_hk_macao_permit(&text) {
                    NotThisDocument::Other(IdType::HkMacaoPermit)
                } else {
                    reason.into()
                })
            }
            (Err(reason), IdType::ForeignPermanentResidentId) => {
                if is_older_permanent_resident_card(&text) {
                    Ok(Self::without_birth(id_type, text))
                } else if text.starts_with('9') {
                    Err(reason.into())
                } else {
                    Err(NumberReason::Shape(id_type).into())
                }
            }
            (Err(_), IdType::HkMacaoPermit) if is_hk_macao_permit(&text) => Ok(Self::without_birth(id_type, text)),
            (Err(_), IdType::TaiwanPermit) if is_eight_digits(&text) => Ok(Self::without_birth(id_type, text)),
            (Err(_), IdType::Passport | IdType::TravelDocument) if is_passport(&text) => {
                Ok(Self::without_birth(id_type, text))
            }
            (Err(_), IdType::TaiwanPermit) if is_hk_macao_permit(&text) => {
                Err(NotThisDocument::Other(IdType::HkMacaoPermit))
            }
            (Err(_), IdType::HkMacaoPermit | IdType::TaiwanPermit | IdType::Passport | IdType::TravelDocument) => {
                Err(NumberReason::Shape(id_type).into())
            }
        }
    }

    pub fn id_type(&self) -> IdType {
        self.id_type
    }

    /// The number in full, in one canonical form: for encryption and the blind index only.
    pub fn as_str(&self) -> &str {
        &self.number
    }

    /// What the number itself says; `None` for permits, passports and older cards.
    pub fn birth_date(&self) -> Option<NaiveDate> {
        self.carried.map(|carried| carried.birth_date)
    }

    /// What the number itself says; `None` for permits, passports and older cards.
    pub fn sex(&self) -> Option<Sex> {
        self.carried.map(|carried| carried.sex)
    }

    /// `440305********1234`; shorter numbers keep two characters at each end.
    pub fn masked(&self) -> String {
        let length = self.number.len();
        let (head, tail) = match length {
            18.. => (6, 4),
            8..18 => (2, 2),
            _ => (1, 1),
        };
        format!("{}{}{}", &self.number[..head], "*".repeat(length - head - tail), &self.number[length - tail..])
    }

    /// `440305 19990110 1512`: for checking against the card, by its owner only.
    pub fn grouped(&self) -> String {
        if self.carried.is_some() {
            let (address, rest) = self.number.split_at(6);
            let (birth, end) = rest.split_at(8);
            format!("{address} {birth} {end}")
        } else {
            self.number.clone()
        }
    }

    fn without_birth(id_type: IdType, number: String) -> Self {
        Self { id_type, number, carried: None }
    }
}

impl fmt::Debug for IdDocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IdDocument({}, hidden)", self.id_type.wire())
    }
}

/// H (Hong Kong) or M (Macao) and eight digits.
fn is_hk_macao_permit(text: &str) -> bool {
    text.strip_prefix(['H', 'M']).is_some_and(is_eight_digits)
}

fn is_eight_digits(text: &str) -> bool {
    text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Countries number passports as they like, in the alphabet of ICAO Doc 9303; the upper bound keeps
/// an 18-character ID number with a slip out of this field.
fn is_passport(text: &str) -> bool {
    (5..=15).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && text.bytes().any(|byte| byte.is_ascii_digit())
}

/// The 2017 card: three letters and twelve digits, valid beside the card of 2023.
fn is_older_permanent_resident_card(text: &str) -> bool {
    text.len() == 15
        && text.bytes().take(3).all(|byte| byte.is_ascii_uppercase())
        && text.bytes().skip(3).all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use IdType::{
        ForeignPermanentResidentId, HkMacaoPermit, HkMacaoTaiwanResidencePermit, Passport, ResidentId, TaiwanPermit,
        TravelDocument,
    };

    #[test]
    fn each_kind_of_document_is_taken_in_its_canonical_form() {
        for (id_type, typed, number) in [
            (ResidentId, "11010519491231002X", "11010519491231002X"),
            (ResidentId, "44030819990110151２", "440308199901101512"),
            (HkMacaoTaiwanResidencePermit, "810000 19940823 0021", "810000199408230021"),
            (HkMacaoPermit, "h1234-5678", "H12345678"),
            (HkMacaoPermit, "Ｍ１２３４５６７８", "M12345678"),
            (TaiwanPermit, "1234 5678", "12345678"),
            (Passport, "e1234 5678", "E12345678"),
            (Passport, "护照：E12345678（新）", "E12345678"),
            (Passport, "12345678", "12345678"),
            (TravelDocument, "c01x 00T47", "C01X00T47"),
            (ForeignPermanentResidentId, "944840198501010018", "944840198501010018"),
            (ForeignPermanentResidentId, "usa110000000018", "USA110000000018"),
        ] {
            let document = IdDocument::parse(id_type, typed).unwrap();
            assert_eq!(document.as_str(), number);
            assert_eq!(document.id_type(), id_type);
            assert_eq!(document.birth_date().is_some(), number.len() == 18);
            assert_eq!(document.sex().is_some(), number.len() == 18);
        }
    }

    #[test]
    fn a_17_digit_number_with_lower_case_x_is_accepted() {
        let document = IdDocument::parse(ResidentId, "11010519491231002x").unwrap();
        assert_eq!(document.as_str(), "11010519491231002X");
    }

    #[test]
    fn full_width_and_spaced_numbers_are_the_plain_number() {
        let plain = IdDocument::parse(ResidentId, "11010519491231002X").unwrap();
        for typed in [
            "１１０１０５１９４９１２３１００２ｘ",
            "110105 19491231 002X",
            " 110105-19491231-002x\u{200b}",
            "110105\u{3000}19491231\u{a0}002×",
            "11010519491231002X（本人）",
            "11010519491231002X (his)",
            "身份证：11010519491231002X。",
            "（11010519491231002X）",
            "11010519491231002X)，",
            "110105_19491231~002X",
        ] {
            assert_eq!(IdDocument::parse(ResidentId, typed).unwrap(), plain);
        }
    }

    #[test]
    fn a_number_of_another_card_says_which_card_to_choose() {
        for (chosen, typed, choose) in [
            (ResidentId, "810000199408230021", HkMacaoTaiwanResidencePermit),
            (ResidentId, "830000199201300022", HkMacaoTaiwanResidencePermit),
            (ResidentId, "944840198501010018", ForeignPermanentResidentId),
            (ResidentId, "H12345678", HkMacaoPermit),
            (HkMacaoTaiwanResidencePermit, "440308199901101512", ResidentId),
            (HkMacaoTaiwanResidencePermit, "M12345678", HkMacaoPermit),
            (ForeignPermanentResidentId, "11010519491231002X", ResidentId),
            (Passport, "11010519491231002X", ResidentId),
            (HkMacaoPermit, "810000199408230021", HkMacaoTaiwanResidencePermit),
            (TaiwanPermit, "830000199201300022", HkMacaoTaiwanResidencePermit),
            (TaiwanPermit, "H12345678", HkMacaoPermit),
        ] {
            assert_eq!(IdDocument::parse(chosen, typed), Err(NotThisDocument::Other(choose)), "{typed}");
        }
    }

    #[test]
    fn a_mistyped_9_is_a_wrong_digit_and_not_another_card() {
        assert_eq!(IdDocument::parse(ResidentId, "940308199901101512"), Err(NumberReason::CheckDigit.into()));
    }

    #[test]
    fn bad_numbers_say_what_to_do() {
        let asked = IdDocument::ASKED;
        let shape = |id_type| Reason::from(NumberReason::Shape(id_type));
        let limit = IdDocument::LIMIT;
        for (id_type, typed, reason) in [
            (ResidentId, "", Reason::Missing(asked)),
            (ResidentId, "（本人）", NumberReason::Character('本').into()),
            (ResidentId, "。", Reason::Missing(asked)),
            (ResidentId, "110105491231002", NumberReason::Old.into()),
            (ResidentId, "110105194912310021", NumberReason::CheckDigit.into()),
            (ResidentId, "11010519491231002\0", Reason::ControlCharacter),
            (ResidentId, "11010519491231😀02X", NumberReason::Character('😀').into()),
            (ResidentId, "E12345678", NumberReason::Character('E').into()),
            (HkMacaoPermit, "H1234567", shape(HkMacaoPermit)),
            (HkMacaoPermit, "H1234567800", shape(HkMacaoPermit)),
            (HkMacaoPermit, "A12345678", shape(HkMacaoPermit)),
            (HkMacaoPermit, "H12345678(01)", shape(HkMacaoPermit)),
            (TaiwanPermit, "1234567", shape(TaiwanPermit)),
            (TaiwanPermit, "1234567801", shape(TaiwanPermit)),
            (Passport, "1234", shape(Passport)),
            (Passport, "110105194912310021", shape(Passport)),
            (Passport, "ABCDEFG", shape(Passport)),
            (TravelDocument, "1234", shape(TravelDocument)),
            (Passport, "护照12345", shape(Passport)),
            (ForeignPermanentResidentId, "944840198501010019", NumberReason::CheckDigit.into()),
            (ForeignPermanentResidentId, "94484019850101001", NumberReason::Length { found: 17 }.into()),
            (ForeignPermanentResidentId, "US1100000000018", shape(ForeignPermanentResidentId)),
        ] {
            assert_eq!(IdDocument::parse(id_type, typed), Err(reason.into()), "{typed}");
        }
        assert_eq!(IdDocument::parse(ResidentId, &"1".repeat(1_000_000)), Err(Reason::TooLong { asked, limit }.into()));
    }

    #[test]
    fn masks_hide_the_middle() {
        for (id_type, typed, masked, grouped) in [
            (ResidentId, "440308199901101512", "440308********1512", "440308 19990110 1512"),
            (HkMacaoPermit, "H12345678", "H1*****78", "H12345678"),
            (Passport, "A1234", "A***4", "A1234"),
        ] {
            let document = IdDocument::parse(id_type, typed).unwrap();
            assert_eq!(document.masked(), masked);
            assert_eq!(document.grouped(), grouped);
        }
    }

    #[test]
    fn the_log_does_not_see_the_number() {
        let document = IdDocument::parse(Passport, "E12345678").unwrap();
        assert_eq!(format!("{document:?}"), "IdDocument(passport, hidden)");
    }

    fn id_types() -> impl Strategy<Value = IdType> {
        prop::sample::select(IdType::ALL.to_vec())
    }

    proptest! {
        #[test]
        fn parsing_never_panics(id_type in id_types(), text in any::<String>()) {
            let _ = IdDocument::parse(id_type, &text);
        }

        #[test]
        fn what_is_taken_parses_back(id_type in id_types(), text in "[HMEX0-9０-９ -]{4,22}") {
            if let Ok(document) = IdDocument::parse(id_type, &text) {
                prop_assert_eq!(IdDocument::parse(id_type, document.as_str()), Ok(document.clone()));
                prop_assert_eq!(IdDocument::parse(id_type, &document.grouped()), Ok(document.clone()));
                prop_assert!(document.masked().contains('*'));
                prop_assert_eq!(document.masked().len(), document.as_str().len());
            }
        }
    }
}
