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

pub use entry::Entry;
pub use found::{Hit, find, ranks};
pub use letters::{Letters, NotLetters};
#[cfg(feature = "keys")]
pub use make::letters;
pub use query::Query;
pub use rank::Rank;

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
    text.chars().map(sign).filter(|sign| sign.is_alphanumeric())
}

/// Half-width, small and without a tone.
fn sign(character: char) -> char {
    let plain = half_width(character).to_ascii_lowercase();
    // No letter with a mark comes after them, and all of Chinese does.
    if plain.is_ascii() || plain > LAST_MARKED {
        return plain;
    }
    TONES.iter().find(|(_, marked)| marked.contains(plain)).map_or(plain, |(letter, _)| *letter)
}
