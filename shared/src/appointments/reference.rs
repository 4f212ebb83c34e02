//! The reference number of a booking, made to be read out over a telephone.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::identity::clean::{bare, half_width, is_between_groups, is_invisible};

/// Twelve characters in three groups, for example `K7MP-4CRT-9WXH`.
///
/// The alphabet leaves out 0, 1, 2, B, G, I, L, O, Q, S, U, V and Z, each of which looks or sounds
/// like another. It has 23 characters, a prime, so that a weighted sum modulo 23 (as ISBN-10 does
/// with 11) catches every single wrong character and every exchange of two characters.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String))]
#[serde(try_from = "String", into = "String")]
pub struct BookingReference([u8; LENGTH]);

/// What is wrong with a typed reference number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReferenceError {
    #[error("a reference number has 12 characters")]
    Length,
    #[error("a reference number never contains {0:?}")]
    Character(char),
    #[error("one character is wrong or two are exchanged")]
    Check,
}

const LENGTH: usize = 12;
const ALPHABET: &[u8; 23] = b"3456789ACDEFHJKMNPRTWXY";

impl BookingReference {
    /// Makes a reference from a random number; 23^11, about 10^15, different ones.
    pub fn from_random(random: u64) -> Self {
        let mut rest = random;
        let mut values = [0_u8; LENGTH];
        for value in &mut values[..LENGTH - 1] {
            // A remainder modulo 23 fits a byte.
            *value = u8::try_from(rest % 23).unwrap_or(0);
            rest /= 23;
        }
        values[LENGTH - 1] = (23 - weighted_sum(&values)) % 23;
        Self(values.map(|value| ALPHABET[usize::from(value)]))
    }

    /// Reads what a person typed or pasted: any case, full width, spaces and dashes anywhere, a label before it.
    pub fn parse(text: &str) -> Result<Self, ReferenceError> {
        let mut values = [0_u8; LENGTH];
        let mut count = 0;
        // A label may stand before it without a colon; no letter of the number is of another script.
        let is_label = |c: char| c.is_alphabetic() && !half_width(c).is_ascii();
        let text = bare(text).trim_start_matches(is_label);
        for typed in text.chars().filter(|c| !is_separator(*c)) {
            let value = value_of(typed)?;
            *values.get_mut(count).ok_or(ReferenceError::Length)? = value;
            count += 1;
        }
        if count != LENGTH {
            return Err(ReferenceError::Length);
        }
        if weighted_sum(&values) != 0 {
            return Err(ReferenceError::Check);
        }
        Ok(Self(values.map(|value| ALPHABET[usize::from(value)])))
    }

    /// The letters and digits that it is made of.
    pub fn letters() -> impl Iterator<Item = char> {
        ALPHABET.iter().map(|letter| char::from(*letter))
    }

    /// The twelve characters without dashes, as the database keeps them.
    pub fn as_str(&self) -> &str {
        // Only the ASCII alphabet is ever stored.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for BookingReference {
    /// In groups of four.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.as_str();
        write!(f, "{}-{}-{}", &text[..4], &text[4..8], &text[8..])
    }
}

impl fmt::Debug for BookingReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BookingReference({self})")
    }
}

impl FromStr for BookingReference {
    type Err = ReferenceError;

    fn from_str(text: &str) -> Result<Self, ReferenceError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for BookingReference {
    type Error = ReferenceError;

    fn try_from(text: String) -> Result<Self, ReferenceError> {
        Self::parse(&text)
    }
}

impl From<BookingReference> for String {
    fn from(reference: BookingReference) -> Self {
        reference.to_string()
    }
}

/// Weights 12 down to 1: all different and none a multiple of 23.
fn weighted_sum(values: &[u8; LENGTH]) -> u8 {
    let sum: u16 = values.iter().zip((1..=12_u16).rev()).map(|(value, weight)| u16::from(*value) * weight).sum();
    u8::try_from(sum % 23).unwrap_or(0)
}

fn value_of(typed: char) -> Result<u8, ReferenceError> {
    let folded = match half_width(typed).to_ascii_uppercase() {
        // Look-alikes that the alphabet lacks can only have meant their twin.
        'B' => '8',
        'G' => '6',
        'S' => '5',
        other => other,
    };
    ALPHABET
        .iter()
        .position(|letter| char::from(*letter) == folded)
        .and_then(|position| u8::try_from(position).ok())
        .ok_or(ReferenceError::Character(typed))
}

/// Spaces, dashes, dots, and what nobody sees.
fn is_separator(typed: char) -> bool {
    typed.is_whitespace()
        || is_invisible(typed)
        || is_between_groups(typed)
        || matches!(half_width(typed), '-' | '_' | '.' | '·')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_reference_is_shown_in_groups_of_four() {
        let reference = BookingReference::from_random(0x0123_4567_89AB_CDEF);
        let shown = reference.to_string();
        assert_eq!(shown.len(), 14);
        assert_eq!(&shown[4..5], "-");
        assert_eq!(shown.replace('-', ""), reference.as_str());
    }

    #[test]
    fn lower_case_full_width_spaces_and_dashes_are_understood() {
        let reference = BookingReference::from_random(42);
        let shown = reference.to_string();
        let full_width: String = shown.chars().map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap()).collect();
        let spaced = reference.as_str().replace("", " ");
        for typed in [
            shown.to_lowercase(),
            full_width,
            spaced,
            shown.replace('-', "—"),
            format!("\u{feff}{shown}\u{3000}"),
            format!("预约编号：{shown}。"),
            format!("预约号{shown}"),
            format!("预约号 {shown}"),
            format!("（{shown}）"),
            format!("{shown}（结婚登记）"),
        ] {
            assert_eq!(BookingReference::parse(&typed), Ok(reference), "{typed:?}");
        }
    }

    #[test]
    fn a_typed_look_alike_is_taken_for_its_twin() {
        let reference = BookingReference::parse("85685685685F").unwrap();
        assert_eq!(BookingReference::parse("BsGB-5gBs-685F"), Ok(reference));
    }

    #[test]
    fn a_known_reference_is_accepted_and_its_neighbour_is_not() {
        assert!(BookingReference::parse("K7MP-4CRT-9WXH").is_ok());
        assert_eq!(BookingReference::parse("K7MP-4CRT-9WXC"), Err(ReferenceError::Check));
    }

    #[test]
    fn bad_texts_say_what_is_wrong() {
        let error = |text: &str| BookingReference::parse(text).unwrap_err();
        assert_eq!(error(""), ReferenceError::Length);
        assert_eq!(error("3333-3333-333"), ReferenceError::Length);
        assert_eq!(error("3333-3333-3333-3"), ReferenceError::Length);
        assert_eq!(error("0333-3333-3333"), ReferenceError::Character('0'));
        assert_eq!(error("33\x003-3333-3333"), ReferenceError::Character('\0'));
        assert_eq!(error("3333-3333-3334"), ReferenceError::Check);
        assert_eq!(error(&"3".repeat(1_000_000)), ReferenceError::Length);
    }

    #[test]
    fn the_wire_form_is_the_grouped_form() {
        let reference = BookingReference::from_random(7);
        let json = serde_json::to_string(&reference).unwrap();
        assert_eq!(json, format!("\"{reference}\""));
        assert_eq!(serde_json::from_str::<BookingReference>(&json).unwrap(), reference);
    }

    proptest! {
        #[test]
        fn every_reference_reads_back(random: u64) {
            let reference = BookingReference::from_random(random);
            prop_assert_eq!(BookingReference::parse(&reference.to_string()), Ok(reference));
        }

        #[test]
        fn every_single_wrong_character_is_caught(random: u64, place in 0..LENGTH, by in 1..23_usize) {
            let mut text = BookingReference::from_random(random).0;
            let value = ALPHABET.iter().position(|letter| *letter == text[place]).unwrap();
            text[place] = ALPHABET[(value + by) % 23];
            let typed = std::str::from_utf8(&text).unwrap();
            prop_assert_eq!(BookingReference::parse(typed), Err(ReferenceError::Check));
        }

        #[test]
        fn every_exchange_of_two_characters_is_caught(random: u64, one in 0..LENGTH, two in 0..LENGTH) {
            let mut text = BookingReference::from_random(random).0;
            prop_assume!(text[one] != text[two]);
            text.swap(one, two);
            let typed = std::str::from_utf8(&text).unwrap();
            prop_assert_eq!(BookingReference::parse(typed), Err(ReferenceError::Check));
        }

        #[test]
        fn no_text_makes_the_parser_panic(text in ".*") {
            let _ = BookingReference::parse(&text);
        }
    }
}
