//! What a letter is, in every script: letters, the marks on them, and the invisible joiners between them.

mod joining;

use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

/// Marks in a row that a letter can have. Written languages need at most six or so; more is scribbling over the page.
pub(super) const MOST_MARKS: usize = 8;

/// A letter of a name: not the circled, squared, styled and numeric signs that count as letters elsewhere, nor the
/// fillers of Korean, which show nothing.
pub(crate) fn is_letter(character: char) -> bool {
    let a_sign = matches!(character,
        // Letterlike Symbols and Number Forms, of which ℹ is an emoji; Enclosed Alphanumerics; the styled letters of
        // mathematics, Latin and Arabic; the enclosed supplement, which has more emoji.
        '\u{2100}'..='\u{218f}'
        | '\u{2460}'..='\u{24ff}'
        | '\u{1d400}'..='\u{1d7ff}'
        | '\u{1ee00}'..='\u{1eeff}'
        | '\u{1f100}'..='\u{1f2ff}'
        | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}');
    // Letters that are numbers: of them only the zero of Chinese is one in a name.
    let a_number = character.is_numeric() && !is_han(character);
    character.is_alphabetic() && !a_sign && !a_number && !is_combining_mark(character)
}

/// A vowel sign, tone, point or accent that is typed after its letter and stands on or around it.
pub(super) fn is_mark(character: char) -> bool {
    // Marks around a sign (a circle, a key) and those of notes and symbols.
    let of_signs = matches!(character,
        '\u{488}' | '\u{489}' | '\u{1abe}' | '\u{20d0}'..='\u{20ff}' | '\u{a670}'..='\u{a672}'
        | '\u{1d165}'..='\u{1d244}');
    is_combining_mark(character) && !of_signs
}

/// ZERO WIDTH NON-JOINER and ZERO WIDTH JOINER.
pub(super) fn is_joiner(character: char) -> bool {
    matches!(character, '\u{200c}' | '\u{200d}')
}

/// What a person does not count as a character of its own.
pub(super) fn extends(character: char) -> bool {
    is_joiner(character) || is_combining_mark(character)
}

/// The CJK blocks, with the compatibility ideographs and the planes 2 and 3 of rare characters.
pub(crate) fn is_han(character: char) -> bool {
    matches!(character,
        '\u{3007}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

/// The text without the joiners that change nothing one sees.
///
/// As in Unicode's rules for identifiers (UAX 31, UTS 46), they count beside a virama, where they choose the shape of
/// the consonants (Sinhala ශ්‍රී); and the non-joiner between two letters that would join (Persian علی‌رضا).
pub(super) fn only_joiners_that_show(text: &str) -> String {
    let typed: Vec<char> = text.chars().collect();
    let shows = |place: usize| {
        let before = || typed[..place].iter().rev().copied();
        let after = || typed[place + 1..].iter().copied();
        let at_virama =
            before().take_while(|c| is_mark(*c)).any(is_virama) || after().take_while(|c| is_mark(*c)).any(is_virama);
        let between = before().find(|c| !is_mark(*c)).is_some_and(joining::joins_the_next)
            && after().find(|c| !is_mark(*c)).is_some_and(joining::joins_the_one_before);
        at_virama || (typed[place] == '\u{200c}' && between)
    };
    typed.iter().enumerate().filter(|(place, c)| !is_joiner(**c) || shows(*place)).map(|(_, c)| *c).collect()
}

/// The text in the pieces that a person calls characters: a letter with its marks, and the consonants that a virama
/// joins into one shape.
pub(crate) fn characters(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut previous = None;
        let end = rest.char_indices().find(|&(_, character)| {
            let begins = previous.is_some_and(|before| !extends(character) && !holds_the_next(before));
            previous = Some(character);
            begins
        });
        let (character, after) = rest.split_at(end.map_or(rest.len(), |(place, _)| place));
        rest = after;
        Some(character).filter(|character| !character.is_empty())
    })
}

/// Takes the vowel from its consonant (virama, pulli, coeng).
fn is_virama(character: char) -> bool {
    canonical_combining_class(character) == 9
}

/// The viramas that stack or bind the next consonant (`Indic_Conjunct_Break` Linker), and the joiner that asks for it.
fn holds_the_next(character: char) -> bool {
    matches!(
        character,
        '\u{200d}' | '\u{94d}' | '\u{9cd}' | '\u{acd}' | '\u{b4d}' | '\u{c4d}' | '\u{d4d}' | '\u{1039}' | '\u{17d2}'
    )
}

#[cfg(test)]
mod tests {
    use icu_properties::{
        CodePointMapData, CodePointSetData,
        props::{Emoji, GeneralCategory as Category, GeneralCategoryGroup as Group},
    };

    use super::*;

    #[test]
    fn letters_and_marks_are_those_of_the_unicode_database_but_for_signs() {
        let categories = CodePointMapData::<Category>::new();
        for character in '\0'..=char::MAX {
            let category = categories.get(character);
            let code = u32::from(character);
            let is_a_letter = Group::Letter.contains(category);
            if is_letter(character) {
                // Either of the two, the compiler and the database, may know letters that are newer.
                let known = is_a_letter || category == Category::Unassigned;
                assert!(known || character == '〇', "{code:x}");
            } else if is_a_letter && character.is_alphabetic() {
                let signs = [0x2100..=0x218f, 0x1d400..=0x1d7ff, 0x1ee00..=0x1eeff];
                let filler = [0x115f, 0x1160, 0x3164, 0xffa0].contains(&code);
                assert!(filler || signs.iter().any(|block| block.contains(&code)), "{code:x}");
            }
            let mark = [Category::NonspacingMark, Category::SpacingMark].contains(&category);
            let of_signs = (0x20d0..=0x20ff).contains(&code) || (0x1d165..=0x1d244).contains(&code);
            assert_eq!(is_mark(character), mark && !of_signs, "{code:x}");
        }
    }

    #[test]
    fn no_emoji_is_a_letter_or_a_mark() {
        for emoji in CodePointSetData::new::<Emoji>().iter_ranges().flatten().filter_map(char::from_u32) {
            assert!(!is_letter(emoji) && !is_mark(emoji), "{emoji}");
        }
    }

    #[test]
    fn a_character_is_a_letter_with_all_that_stands_on_it() {
        for (text, pieces) in [
            ("नरेन्द्र", vec!["न", "रे", "न्द्र"]),
            ("สมชัย", vec!["ส", "ม", "ชั", "ย"]),
            ("மணி", vec!["ம", "ணி"]),
            ("ශ්\u{200d}රී", vec!["ශ්\u{200d}රී"]),
            ("e\u{301}a", vec!["e\u{301}", "a"]),
            ("张三", vec!["张", "三"]),
            ("", vec![]),
        ] {
            assert_eq!(characters(text).collect::<Vec<_>>(), pieces, "{text}");
        }
    }

    #[test]
    fn only_joiners_that_change_the_shape_are_kept() {
        for (typed, kept) in [
            ("علی\u{200c}رضا", "علی\u{200c}رضا"),
            ("ශ්\u{200d}රී", "ශ්\u{200d}රී"),
            ("র\u{200d}্য", "র\u{200d}্য"),
            ("र्\u{200d}", "र्\u{200d}"),
            // Alef never joins the next letter.
            ("رضا\u{200c}علی", "رضاعلی"),
            ("علی\u{200d}رضا", "علیرضا"),
            ("张\u{200c}三", "张三"),
            ("a\u{200d}b", "ab"),
        ] {
            assert_eq!(only_joiners_that_show(typed), kept, "{typed}");
        }
    }
}
