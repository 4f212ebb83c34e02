//! Places found by what people type: characters, simplified or traditional, full pinyin, initials, beginnings of
//! syllables, all of them mixed, and with one slip. The one search of the browser and the server.
//!
//! A character has several readings, and most names hold such a character, so a name is never spelled out: [`Letters`]
//! has each character once, with its readings, and a text is a row of numbers in it. What is typed is a set of
//! positions that moves over that row, as bits of one number, so an entry costs neither memory nor a comparison of texts.

mod entry;
mod found;
mod letters;
#[cfg(feature = "keys")]
mod make;
mod pattern;
mod query;
mod rank;
mod slip;
mod words;

pub use entry::Entry;
pub use found::{Hit, find, ranks};
pub use letters::{Letters, NotLetters};
#[cfg(feature = "keys")]
pub use make::letters;
pub use query::Query;
pub use rank::Rank;
pub use words::Words;

use crate::identity::clean::half_width;

/// Letters with the marks of tones; `v` is how ü is typed.
const TONES: [(char, &str); 8] = [
    ('a', "āáǎàĀÁǍÀ"),
    ('e', "ēéěèĒÉĚÈ"),
    ('i', "īíǐìĪÍǏÌ"),
    ('o', "ōóǒòŌÓǑÒ"),
    ('u', "ūúǔùŪÚǓÙ"),
    ('v', "üǖǘǚǜÜǕǗǙǛ"),
    ('n', "ńňǹŃŇǸ"),
    ('m', "ḿḾ"),
];

const LAST_MARKED: char = 'ḿ';

/// The signs of a text that is searched: letters and digits as [`sign`] has them. No mark or space is one.
fn signs(text: &str) -> impl Iterator<Item = char> {
    text.chars().map(sign).filter(|sign| is_sign(*sign))
}

/// Letters, digits and characters; neither marks nor punctuation nor pictures. By blocks of Unicode, since the table of all its
/// letters is a tenth of what a phone loads to search.
fn is_sign(sign: char) -> bool {
    match sign {
        '\0'..='\u{7f}' => sign.is_ascii_alphanumeric(),
        '々' | '〆' | '〇' => true,
        '\u{80}'..='\u{bf}'
        | '×'
        | '÷'
        | '\u{2b0}'..='\u{36f}'
        | '\u{2000}'..='\u{3040}'
        | '\u{3097}'..='\u{309c}'
        | '\u{30a0}'
        | '・'
        | '\u{3190}'..='\u{319f}'
        | '\u{31c0}'..='\u{31ef}'
        | '\u{3200}'..='\u{33ff}'
        | '\u{4dc0}'..='\u{4dff}'
        | '\u{d7ff}'..='\u{f8ff}'
        | '\u{fe00}'..='\u{ff65}'
        | '\u{ffe0}'..='\u{ffff}'
        | '\u{1f000}'..='\u{1ffff}'
        | '\u{e0000}'.. => false,
        _ => true,
    }
}

/// Half-width, small and without a tone.
fn sign(character: char) -> char {
    let plain = half_width(character).to_ascii_lowercase();
    // No letter with a mark comes after them, and all of Chinese does.
    if plain.is_ascii() || plain > LAST_MARKED {
        return plain;
    }
    TONES.iter().find(|(_, marked)| marked.chars().any(|one| one == plain)).map_or(plain, |(letter, _)| *letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_names_are_written_in_is_a_sign_where_unicode_has_a_letter_or_digit() {
        for block in [
            0..=0x7f,
            0xc0..=0x24f,
            0x391..=0x3a1,
            0x3a3..=0x3f5,
            0x400..=0x481,
            0x2010..=0x206f,
            0x20a0..=0x20c0,
            0x2190..=0x23ff,
            0x2500..=0x26ff,
            0x3000..=0x3020,
            0x3041..=0x309e,
            0x30a0..=0x30ff,
            0x3105..=0x312f,
            0x3400..=0x9fff,
            0xac00..=0xd7a3,
            0xe000..=0xf8ff,
            0xf900..=0xfa6d,
            0xff00..=0xff0f,
            0xff66..=0xffbe,
            0x1_f300..=0x1_faff,
            0x2_0000..=0x2_a6df,
        ] {
            for sign in block.filter_map(char::from_u32) {
                assert_eq!(is_sign(sign), sign.is_alphanumeric(), "{sign:?} {:x}", u32::from(sign));
            }
        }
    }
}
