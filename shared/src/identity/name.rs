//! A person's name as it is on the document.

mod forms;

use std::fmt;

use unicode_normalization::UnicodeNormalization;

use super::clean::{is_dash, words};
use super::letters::{MOST_MARKS, characters, extends, is_han, is_joiner, is_letter, is_mark, only_joiners_that_show};
use super::shown::shown;
use crate::field::{Asked, Reason};

/// A name in any script: 张三, 𠮷田·买买提, Mary Ann O'Neill-Smith, สมชัย, नरेन्द्र, MUTHU A/L RAJAN.
///
/// Made only by [`PersonName::parse`]; `Debug` hides it. One spelling for one name: the characters that old systems
/// and PDF files put in place of others are the real ones, and letters with marks are composed (Unicode NFC).
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PersonName(String);

impl PersonName {
    /// In characters as a person counts them: a letter with its marks is one.
    pub const LIMIT: usize = 60;

    /// The question for a name.
    pub const ASKED: &'static Asked = &Asked::typed(
        "name_missing",
        ("请填写姓名，与证件上的一致。", "Enter the name as it is on the document."),
        ("姓名", "name"),
    );

    /// Cleans the text and brings every character and sign to one form.
    pub fn parse(text: &str) -> Result<Self, Reason> {
        let text = words(Self::ASKED, Self::LIMIT, text).map_err(|reason| match reason {
            Reason::TooLong { .. } => NameReason::TooLong.into(),
            other => other,
        })?;
        let text = spelled(&text);
        if let Some(stranger) = stranger(&text, SIGNS) {
            return Err(stranger.into());
        }
        if !text.chars().any(is_letter) {
            return Err(NameReason::WithoutLetters.into());
        }
        let name = join_han(&text);
        // Some characters stand for several.
        if name.chars().filter(|c| !extends(*c)).count() > Self::LIMIT {
            return Err(NameReason::TooLong.into());
        }
        Ok(Self(name))
    }

    /// In canonical form.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `张**`, `M*** O***`, `न***`: enough to tell two people of one booking apart. A letter keeps its marks.
    pub fn masked(&self) -> String {
        let word = |word: &str| {
            let mut letters = characters(word).skip_while(|character| !character.chars().any(is_letter));
            let first = letters.next()?;
            let hidden = if word.chars().any(is_han) { letters.count().clamp(1, 3) } else { 3 };
            Some(format!("{first}{}", "*".repeat(hidden)))
        };
        self.0.split(' ').filter_map(word).collect::<Vec<_>>().join(" ")
    }
}

/// Reads several names in one field, as people write them: `张三、李四`, `Anna & Tom`. At most `limit` characters.
pub fn several(asked: &'static Asked, limit: usize, text: &str) -> Result<String, Reason> {
    let text = spelled(&words(asked, limit, text)?);
    match stranger(&text, SIGNS_BETWEEN_NAMES) {
        Some(stranger) => Err(stranger.into()),
        None if !text.chars().any(is_letter) => Err(Reason::Missing(asked)),
        None if text.chars().filter(|c| !extends(*c)).count() > limit => Err(Reason::TooLong { asked, limit }),
        None => Ok(text),
    }
}

/// Why a text is not a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameReason {
    /// A character that no name contains: an emoji, a digit, a sign, a mark without its letter.
    Character(char),
    /// A character that one system made for itself, and others cannot show.
    PrivateUse(char),
    /// Dots, hyphens or apostrophes only.
    WithoutLetters,
    /// More than [`PersonName::LIMIT`] characters.
    TooLong,
}

impl From<NameReason> for Reason {
    fn from(reason: NameReason) -> Self {
        match reason {
            NameReason::Character(character) => {
                let sign = if extends(character) { code_point(character) } else { shown(character) };
                Self::own(
                    "name_character",
                    format!(
                        "请去掉姓名里的“{sign}”。姓名可以有汉字和各种文字的字母、间隔号“·”、连字符、空格，\
                         “/”“@”“,”和括号。"
                    ),
                    format!(
                        "Please take “{sign}” out of the name. A name may have letters of any script, the dot “·”, \
                         hyphens, apostrophes and spaces, and “/”, “@”, “,” and brackets."
                    ),
                )
            }
            NameReason::PrivateUse(character) => {
                let sign = code_point(character);
                Self::own(
                    "name_private_use",
                    format!(
                        "姓名里有一个字（{sign}）是别的系统自造的，这里显示不出来。请用输入法重新打这个字；\
                         打不出来的，请先写它的拼音，办理时带证件请工作人员核对。"
                    ),
                    format!(
                        "One character of the name ({sign}) was made by another system and cannot be shown here. \
                         Please type it again; if your keyboard lacks it, write it in pinyin, and show the document \
                         at the counter."
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

/// What a name may have beside letters. The last three: the Tibetan tsheg, and geresh and gershayim of Hebrew.
const SIGNS: &str = " ·-'./@(),\u{f0b}\u{5f3}\u{5f4}";

/// And what people write between two names.
const SIGNS_BETWEEN_NAMES: &str = " ·-'./@(),\u{f0b}\u{5f3}\u{5f4}、&+;";

/// The text in the characters that are meant, composed, with one form of each sign and no full stop or comma around it.
fn spelled(text: &str) -> String {
    let mut meant = String::new();
    for character in text.chars() {
        forms::meant(character, |c| meant.push(c));
    }
    // First, since a joiner shows or not by what comes after it.
    let meant = meant.trim_matches(|c| is_joiner(c) || " ,;:、。".contains(plain_sign(c)));
    only_joiners_that_show(meant).nfc().map(plain_sign).collect()
}

/// The first character that has no place here.
fn stranger(text: &str, signs: &str) -> Option<NameReason> {
    // How many marks the letter can still have.
    let mut room = 0;
    for character in text.chars() {
        if is_mark(character) && room > 0 {
            room -= 1;
        } else if is_letter(character) {
            room = MOST_MARKS;
        } else if signs.contains(character) {
            room = 0;
        } else if is_private_use(character) {
            return Some(NameReason::PrivateUse(character));
        } else if !is_joiner(character) {
            return Some(NameReason::Character(character));
        }
    }
    None
}

fn is_private_use(character: char) -> bool {
    matches!(character, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
}

fn code_point(character: char) -> String {
    format!("U+{:04X}", u32::from(character))
}

/// Keyboards write the middle dot, the apostrophe and the hyphen in many ways.
fn plain_sign(character: char) -> char {
    match character {
        '\u{2022}' | '\u{2027}' | '\u{2219}' | '\u{22c5}' | '\u{30fb}' | '\u{ff65}' | '\u{387}' | '\u{318d}' => '·',
        '\u{2018}' | '\u{2019}' | '\u{2bb}' | '\u{2bc}' | '\u{2032}' | '\u{b4}' | '`' => '\'',
        // The Greek question mark, which composing makes one of.
        '\u{37e}' => ';',
        _ if is_dash(character) => '-',
        _ => character,
    }
}

/// Between Chinese characters a space is padding (张 三), and a full stop stands for the dot; after them it ends a
/// sentence.
fn join_han(text: &str) -> String {
    let mut name = String::new();
    let mut previous: Option<char> = None;
    let mut typed = text.chars().peekable();
    while let Some(character) = typed.next() {
        let next = typed.peek().copied();
        let after = |test: fn(char) -> bool| previous.is_some_and(test);
        let before = |test: fn(char) -> bool| next.is_some_and(test);
        let character = match character {
            ' ' if after(is_han_or_dot) && before(is_han_or_dot) || previous == Some('·') || next == Some('·') => {
                continue;
            }
            '.' if after(is_han) && next.is_none() => continue,
            '.' if after(is_han) && before(is_han) => '·',
            _ => character,
        };
        name.push(character);
        previous = Some(character);
    }
    name
}

fn is_han_or_dot(character: char) -> bool {
    is_han(character) || character == '·'
}

#[cfg(test)]
mod tests;
