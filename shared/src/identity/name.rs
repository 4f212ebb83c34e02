//! A person's name as it is on the document.

use std::fmt;

use super::clean::{is_dash, readable};
use super::shown::shown;
use crate::field::{Asked, Reason};

/// A name in any script: 张三, 𠮷田·买买提, Mary Ann O'Neill-Smith.
///
/// Made only by [`PersonName::parse`]; `Debug` hides it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PersonName(String);

impl PersonName {
    /// In characters.
    pub const LIMIT: usize = 60;

    /// The question for a name.
    pub const ASKED: &'static Asked = &Asked::typed(
        "name_missing",
        ("请填写姓名，与证件上的一致。", "Enter the name as it is on the document."),
        ("姓名", "name"),
    );

    /// Cleans the text and brings the many dots, apostrophes and dashes to one form each.
    pub fn parse(text: &str) -> Result<Self, Reason> {
        let text = readable(Self::ASKED, Self::LIMIT, text).map_err(|reason| match reason {
            Reason::TooLong { .. } => NameReason::TooLong.into(),
            other => other,
        })?;
        let typed: Vec<char> = text.chars().map(plain_mark).collect();
        if let Some(&character) = typed.iter().find(|c| !belongs_in_a_name(**c)) {
            return Err(NameReason::Character(character).into());
        }
        if !typed.iter().copied().any(is_letter) {
            return Err(NameReason::WithoutLetters.into());
        }
        Ok(Self(join_han(&typed)))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `张**`, `M*** O***`: enough to tell two people of one booking apart.
    pub fn masked(&self) -> String {
        let words: Vec<String> = self
            .0
            .split(' ')
            .map(|word| {
                let mut letters = word.chars();
                let first = letters.next().map(String::from).unwrap_or_default();
                let hidden = if word.chars().any(is_han) { letters.count().clamp(1, 3) } else { 3 };
                first + &"*".repeat(hidden)
            })
            .collect();
        words.join(" ")
    }
}

/// Why a text is not a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameReason {
    /// A character that no name contains: an emoji, a digit, a sign.
    Character(char),
    /// Dots, hyphens or apostrophes only.
    WithoutLetters,
    /// More than [`PersonName::LIMIT`] characters.
    TooLong,
}

impl From<NameReason> for Reason {
    fn from(reason: NameReason) -> Self {
        match reason {
            NameReason::Character(character) => {
                let sign = shown(character);
                Self::own(
                    "name_character",
                    format!("请去掉姓名里的“{sign}”。姓名可以有汉字、字母、间隔号“·”、连字符和空格。"),
                    format!(
                        "Please take “{sign}” out of the name. A name may have letters of any script, the dot “·”, \
                         hyphens, apostrophes and spaces."
                    ),
                )
            }
            NameReason::WithoutLetters => Self::own(
                "name_without_letters",
                "请填写证件上的完整姓名，不能只有标点。",
                "Enter the full name on the document, not only punctuation marks.",
            ),
            NameReason::TooLong => {
                let limit = PersonName::LIMIT;
                Self::own(
                    "too_long",
                    format!("姓名最多填 {limit} 个字符；证件上的更长时，请填写前 {limit} 个。"),
                    format!(
                        "There is room for {limit} characters. If the name on the document is longer, enter the first \
                         {limit}."
                    ),
                )
            }
        }
    }
}

impl fmt::Debug for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonName(hidden)")
    }
}

/// Keyboards write the middle dot, the apostrophe and the hyphen in many ways.
fn plain_mark(character: char) -> char {
    match character {
        '\u{2022}' | '\u{2027}' | '\u{2219}' | '\u{22c5}' | '\u{30fb}' | '\u{ff65}' | '\u{387}' | '\u{318d}' => '·',
        '\u{2018}' | '\u{2019}' | '\u{2bb}' | '\u{2bc}' | '\u{b4}' | '`' => '\'',
        _ if is_dash(character) => '-',
        _ => character,
    }
}

/// Between Chinese characters a space is padding (张 三), and a full stop stands for the dot.
fn join_han(typed: &[char]) -> String {
    let mut name = String::new();
    let mut previous: Option<char> = None;
    for (index, &character) in typed.iter().enumerate() {
        let next = typed.get(index + 1).copied();
        let between = |test: fn(char) -> bool| previous.is_some_and(test) && next.is_some_and(test);
        let character = match character {
            ' ' if between(is_han_or_dot) || previous == Some('·') || next == Some('·') => continue,
            '.' if between(is_han) => '·',
            _ => character,
        };
        name.push(character);
        previous = Some(character);
    }
    name
}

fn belongs_in_a_name(character: char) -> bool {
    // The last two: accents typed apart from their letter, and the Tibetan tsheg.
    matches!(character, ' ' | '·' | '-' | '\'' | '.' | '\u{300}'..='\u{36f}' | '\u{f0b}') || is_letter(character)
}

fn is_letter(character: char) -> bool {
    // Alphabetic by the Unicode tables, yet signs: circled and squared letters, styled
    // mathematical ones, and the fillers of Korean, which show nothing.
    let disguised = matches!(character,
        '\u{2160}'..='\u{2188}'
        | '\u{249c}'..='\u{24ff}'
        | '\u{1d400}'..='\u{1d7ff}'
        | '\u{1f100}'..='\u{1f1ff}'
        | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}');
    character.is_alphabetic() && !disguised
}

fn is_han_or_dot(character: char) -> bool {
    is_han(character) || character == '·'
}

/// The CJK blocks, with the compatibility ideographs and the planes 2 and 3 of rare characters.
fn is_han(character: char) -> bool {
    matches!(character,
        '\u{3007}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_of_many_scripts_are_taken_as_written() {
        for name in [
            "张三",
            "欧阳娜娜",
            "𠮷田",
            "㛃",
            "〇",
            "买买提·艾力",
            "Mary Ann O'Neill-Smith",
            "José",
            "Jose\u{301}",
            "J. R. Smith",
            "Nguyễn Văn An",
            "김민준",
            "さくら",
            "Анна",
            "བཀྲ་ཤིས",
            "ئەلى",
            "王 YAN",
            "Ö",
        ] {
            assert_eq!(PersonName::parse(name).unwrap().as_str(), name);
        }
    }

    #[test]
    fn one_name_typed_in_many_ways_is_one_name() {
        for typed in [
            "买买提·艾力",
            "买买提•艾力",
            "买买提・艾力",
            "买买提．艾力",
            "买买提.艾力",
            "买买提 · 艾力",
            " 买买提\u{200b}·艾 力 ",
        ] {
            assert_eq!(PersonName::parse(typed).unwrap().as_str(), "买买提·艾力", "{typed}");
        }
        assert_eq!(PersonName::parse("张　三").unwrap().as_str(), "张三");
        assert_eq!(PersonName::parse("Ｏ’Ｎｅｉｌｌ").unwrap().as_str(), "O'Neill");
    }

    #[test]
    fn a_variation_selector_does_not_make_another_name() {
        assert_eq!(PersonName::parse("葛\u{e0100}").unwrap().as_str(), "葛");
    }

    #[test]
    fn signs_are_named() {
        for (typed, sign) in [
            ("张三😀", '😀'),
            ("张三❤️", '❤'),
            ("张3", '3'),
            ("张三&李四", '&'),
            ("<b>", '<'),
            ("🅰", '🅰'),
            ("Ⓐ", 'Ⓐ'),
            ("𝐀nna", '𝐀'),
            ("\u{3164}", '\u{3164}'),
            ("\u{e000}", '\u{e000}'),
        ] {
            assert_eq!(PersonName::parse(typed), Err(NameReason::Character(sign).into()), "{typed}");
        }
    }

    #[test]
    fn marks_alone_are_no_name() {
        for typed in ["·", "- '", "..."] {
            assert_eq!(PersonName::parse(typed), Err(NameReason::WithoutLetters.into()));
        }
    }

    #[test]
    fn missing_long_and_broken_names_say_so() {
        assert_eq!(PersonName::parse(" "), Err(Reason::Missing(PersonName::ASKED)));
        assert_eq!(PersonName::parse("张\0三"), Err(Reason::ControlCharacter));
        let limit = PersonName::LIMIT;
        assert!(PersonName::parse(&"𠮷".repeat(limit)).is_ok());
        for length in [limit + 1, 1_000_000] {
            assert_eq!(PersonName::parse(&"三".repeat(length)), Err(NameReason::TooLong.into()));
        }
    }

    #[test]
    fn masks_keep_the_first_letter_only() {
        for (name, masked) in [
            ("张三", "张*"),
            ("欧阳娜娜", "欧***"),
            ("买买提·艾力", "买***"),
            ("丽", "丽*"),
            ("Mary O'Neill", "M*** O***"),
            ("Ö", "Ö***"),
        ] {
            assert_eq!(PersonName::parse(name).unwrap().masked(), masked);
        }
    }

    #[test]
    fn the_log_does_not_see_the_name() {
        assert!(!format!("{:?}", PersonName::parse("张三").unwrap()).contains('张'));
    }

    proptest! {
        #[test]
        fn parsing_never_panics_and_is_done_once(text in any::<String>()) {
            if let Ok(name) = PersonName::parse(&text) {
                prop_assert_eq!(PersonName::parse(name.as_str()), Ok(name));
            }
        }

        #[test]
        fn near_names_are_done_once(text in "[张三𠮷·•.'A-Za-zé \u{3000}-]{0,12}") {
            if let Ok(name) = PersonName::parse(&text) {
                prop_assert_eq!(PersonName::parse(name.as_str()), Ok(name));
            }
        }
    }
}
