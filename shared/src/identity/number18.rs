//! The 18-character number that three kinds of card share (GB 11643): six characters of address,
//! eight of birth date, three of sequence (odd for men), one check character.

use std::fmt;

use chrono::{Datelike, NaiveDate};

use super::{IdType, NumberReason, Sex};

/// A number with a possible birth date and the right check character.
///
/// Addresses are never looked up: a number keeps the code of a county abolished long ago.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Number18 {
    text: String,
    birth_date: NaiveDate,
    sex: Sex,
}

impl Number18 {
    /// Reads text that is compact and in upper case already (see `clean`).
    ///
    /// The cross of Chinese keyboards and the look-alikes of other alphabets count as X.
    pub fn parse(compact: &str) -> Result<Self, NumberReason> {
        let text: String = compact.chars().map(plain_x).collect();
        let count = text.chars().count();
        for (index, character) in text.chars().enumerate() {
            let last_x = character == 'X' && index + 1 == count;
            if !character.is_ascii_digit() && !last_x {
                return Err(NumberReason::Character(character));
            }
        }
        let Ok(characters) = <[u8; 18]>::try_from(text.as_bytes()) else {
            return Err(if count == 15 && !text.ends_with('X') {
                NumberReason::Old
            } else {
                NumberReason::Length { found: count }
            });
        };
        if text.starts_with('0') {
            return Err(NumberReason::Address);
        }
        let birth_date = birth_date(&text).ok_or(NumberReason::BirthDate)?;
        if check_character(&characters) != characters[17] {
            return Err(NumberReason::CheckDigit);
        }
        let sex = if characters[16] % 2 == 1 { Sex::Male } else { Sex::Female };
        Ok(Self { text, birth_date, sex })
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }

    pub fn birth_date(&self) -> NaiveDate {
        self.birth_date
    }

    pub fn sex(&self) -> Sex {
        self.sex
    }

    /// The card that carries such a number: 81, 82 and 83 stand for Hong Kong, Macao and Taiwan
    /// (residence permits), 9 for a foreign permanent resident (cards from 2023-12-01).
    pub fn card(&self) -> IdType {
        if self.text.starts_with('9') {
            IdType::ForeignPermanentResidentId
        } else if ["81", "82", "83"].iter().any(|p| self.text.starts_with(p)) {
            IdType::HkMacaoTaiwanResidencePermit
        } else {
            IdType::ResidentId
        }
    }
}

impl fmt::Debug for Number18 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Number18(hidden)")
    }
}

/// The year before which no living person was born; also bounds typed birth dates.
pub const EARLIEST_BIRTH_YEAR: i32 = 1900;

fn birth_date(text: &str) -> Option<NaiveDate> {
    let number = |range: std::ops::Range<usize>| text.get(range)?.parse::<u32>().ok();
    let year = i32::try_from(number(6..10)?).ok()?;
    NaiveDate::from_ymd_opt(year, number(10..12)?, number(12..14)?).filter(|date| date.year() >= EARLIEST_BIRTH_YEAR)
}

/// ISO 7064 MOD 11-2 as GB 11643 writes it: weights 7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2.
fn check_character(characters: &[u8; 18]) -> u8 {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: [u8; 11] = *b"10X98765432";
    let sum: u32 =
        WEIGHTS.iter().zip(characters).map(|(weight, digit)| weight * u32::from(digit.wrapping_sub(b'0'))).sum();
    CHECKS[(sum % 11) as usize]
}

fn plain_x(character: char) -> char {
    match character {
        '×' | '✕' | '╳' | 'Х' | 'х' | 'Χ' | 'χ' | 'Ⅹ' | 'ⅹ' => 'X',
        _ => character,
    }
}

/// A number with a right check character, for invented people: `first17` and the check.
#[cfg(any(test, feature = "invented"))]
pub fn with_check(first17: &str) -> String {
    let mut characters = [b'0'; 18];
    characters[..17].copy_from_slice(first17.as_bytes());
    format!("{first17}{}", char::from(check_character(&characters)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Public samples and the police specimen numbers; then made-up ones, of people who do not exist.
    const GOOD: [(&str, &str, Sex, IdType); 7] = [
        ("11010519491231002X", "1949-12-31", Sex::Female, IdType::ResidentId),
        ("440308199901101512", "1999-01-10", Sex::Male, IdType::ResidentId),
        ("810000199408230021", "1994-08-23", Sex::Female, IdType::HkMacaoTaiwanResidencePermit),
        ("830000199201300022", "1992-01-30", Sex::Female, IdType::HkMacaoTaiwanResidencePermit),
        ("820000199001011013", "1990-01-01", Sex::Male, IdType::HkMacaoTaiwanResidencePermit),
        ("944840198501010018", "1985-01-01", Sex::Male, IdType::ForeignPermanentResidentId),
        ("999999200402290018", "2004-02-29", Sex::Male, IdType::ForeignPermanentResidentId),
    ];

    fn numbers() -> impl Strategy<Value = String> {
        (10u32..100, 0u32..10_000, 0i64..45_000, 0u32..1000).prop_map(|(province, rest, days, sequence)| {
            let born = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap() + chrono::TimeDelta::days(days);
            with_check(&format!("{province}{rest:04}{}{sequence:03}", born.to_string().replace('-', "")))
        })
    }

    #[test]
    fn good_numbers_tell_birth_sex_and_card() {
        for (text, born, sex, card) in GOOD {
            let number = Number18::parse(text).unwrap();
            assert_eq!(number.birth_date().to_string(), born);
            assert_eq!(number.sex(), sex);
            assert_eq!(number.card(), card);
        }
    }

    #[test]
    fn published_numbers_carry_the_check_character_computed_here() {
        for text in [
            "11010519491231002X",
            "440308199901101512",
            "810000199408230021",
            "830000199201300022",
            "944840198501010018",
        ] {
            assert_eq!(with_check(&text[..17]), text);
        }
    }

    #[test]
    fn bad_numbers_say_what_to_look_at() {
        for (text, reason) in [
            ("110105491231002", NumberReason::Old),
            ("1101051949123100", NumberReason::Length { found: 16 }),
            ("1101051949123100X", NumberReason::Length { found: 17 }),
            ("11010519491231002XX", NumberReason::Character('X')),
            ("110105194912310021X", NumberReason::Length { found: 19 }),
            ("11010519491231O02X", NumberReason::Character('O')),
            ("1101051949X231002X", NumberReason::Character('X')),
            ("11010519491231002A", NumberReason::Character('A')),
            ("1101051949123100２X", NumberReason::Character('２')),
            ("010105194912310021", NumberReason::Address),
            ("110105194902290021", NumberReason::BirthDate),
            ("110105194913310021", NumberReason::BirthDate),
            ("110105189912310021", NumberReason::BirthDate),
            ("110105194912310021", NumberReason::CheckDigit),
        ] {
            assert_eq!(Number18::parse(text), Err(reason), "{text}");
        }
    }

    #[test]
    fn the_cross_key_and_look_alikes_are_an_x() {
        for x in ['×', 'Х', 'χ', 'Ⅹ'] {
            let number = Number18::parse(&format!("11010519491231002{x}")).unwrap();
            assert_eq!(number.as_str(), "11010519491231002X");
        }
    }

    #[test]
    fn the_address_of_an_abolished_county_is_taken() {
        // 110103 was 崇文区 of Beijing, which became part of 东城区 in 2010.
        let number = with_check("11010319800101001");
        assert!(Number18::parse(&number).is_ok());
    }

    proptest! {
        #[test]
        fn parsing_never_panics(text in any::<String>()) {
            let _ = Number18::parse(&text);
        }

        #[test]
        fn made_numbers_parse_back(text in numbers()) {
            let number = Number18::parse(&text).unwrap();
            prop_assert_eq!(number.as_str(), &text);
        }

        #[test]
        fn one_wrong_digit_is_always_caught(text in numbers(), at in 0usize..18, other in 0u8..11) {
            let mut bytes = text.clone().into_bytes();
            bytes[at] = b"0123456789X"[usize::from(other)];
            let changed = String::from_utf8(bytes).unwrap();
            prop_assume!(changed != text);
            prop_assert!(Number18::parse(&changed).is_err());
        }

        #[test]
        fn two_swapped_neighbours_are_always_caught(text in numbers(), at in 0usize..17) {
            let mut bytes = text.clone().into_bytes();
            bytes.swap(at, at + 1);
            let changed = String::from_utf8(bytes).unwrap();
            prop_assume!(changed != text);
            prop_assert!(Number18::parse(&changed).is_err());
        }
    }
}
