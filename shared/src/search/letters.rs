//! Every character of the texts that are searched, with the forms in which it is typed and its readings.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Characters and their readings, as one short text: made where texts are imported, and read wherever they are searched.
///
/// `龙龍long 重zhong'chong 庆慶qing|重庆chong'qing`: the character as the texts have it, other forms of it, and its readings
/// with the likeliest first; after the line, words whose characters are read otherwise than alone.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Letters {
    text: String,
    /// By code, sorted: the characters as the texts have them.
    own: Vec<char>,
    /// Every form of every character with its code.
    forms: Vec<(char, u16)>,
    /// By code, where its readings begin; one more for the end.
    starts: Vec<u32>,
    readings: Vec<Reading>,
    /// By their signs, sorted.
    words: Vec<(Vec<char>, Vec<u16>)>,
}

/// A syllable without its tone; zeros after its end.
pub(super) type Reading = [u8; 6];

/// Letters, a bit each; digits share what is left.
pub(super) type LetterSet = u32;

/// Codes below are ASCII, which stands for itself.
pub(super) const FIRST: u16 = 128;

/// What no character has, so that nothing finds it.
const UNKNOWN: u16 = 0;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("no characters with their readings")]
pub struct NotLetters;

impl Letters {
    /// How many characters and words there are; a character with another reading in a word counts for itself.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The likeliest reading first. ASCII has none.
    pub(super) fn readings(&self, code: u16) -> &[Reading] {
        let index = usize::from(code.wrapping_sub(FIRST));
        match (self.starts.get(index), self.starts.get(index + 1)) {
            (Some(from), Some(to)) => &self.readings[*from as usize..*to as usize],
            _ => &[],
        }
    }

    /// The codes of a sign that was typed: several where it is a form of several characters.
    pub(super) fn codes_of(&self, typed: char) -> impl Iterator<Item = u16> {
        let forms = self.forms.iter().filter(move |(form, _)| *form == typed);
        ascii(typed).into_iter().chain(forms.map(|(_, code)| *code))
    }

    /// The codes of a text that is searched.
    pub(super) fn encode(&self, signs: &[char], codes: &mut Vec<u16>) {
        let mut rest = signs;
        while let Some((&sign, after)) = rest.split_first() {
            if let Some((word, read)) = self.word(rest) {
                codes.extend_from_slice(read);
                rest = &rest[word.len()..];
            } else {
                codes.push(self.code(sign).unwrap_or(UNKNOWN));
                rest = after;
            }
        }
    }

    /// Every letter by which a character can be typed.
    pub(super) fn letters_of(&self, code: u16) -> LetterSet {
        match u8::try_from(code) {
            Ok(ascii) if code < FIRST => letter_set(ascii),
            _ => self.readings(code).as_flattened().iter().fold(0, |all, letter| all | letter_set(*letter)),
        }
    }

    /// The longest word at the beginning.
    fn word(&self, signs: &[char]) -> Option<&(Vec<char>, Vec<u16>)> {
        let first = signs.first()?;
        let from = self.words.partition_point(|(word, _)| word.first() < Some(first));
        let same = self.words[from..].iter().take_while(|(word, _)| word.first() == Some(first));
        same.filter(|(word, _)| signs.starts_with(word)).last()
    }

    fn code(&self, sign: char) -> Option<u16> {
        ascii(sign).or_else(|| self.own.binary_search(&sign).ok().map(coded))
    }

    /// A code for the character read as in a word: its own if that is how it is read alone.
    fn code_read(&mut self, sign: char, reading: Reading) -> Option<u16> {
        let own = self.code(sign)?;
        let known = self.readings(own).to_vec();
        if own < FIRST || known.first() == Some(&reading) {
            return Some(own);
        }
        let code = u16::try_from(self.len() + usize::from(FIRST)).ok()?;
        self.readings.push(reading);
        self.readings.extend(known.into_iter().filter(|other| *other != reading));
        self.starts.push(u32::try_from(self.readings.len()).ok()?);
        let forms: Vec<_> = self.forms.iter().filter(|(_, of)| *of == own).map(|(form, _)| (*form, code)).collect();
        self.forms.extend(forms);
        Some(code)
    }

    /// As they travel.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    fn parse(text: String) -> Option<Self> {
        let (characters, words) = text.split_once('|')?;
        let mut letters = Self::default();
        for character in characters.split_ascii_whitespace() {
            let (forms, readings) = entry(character)?;
            let code = u16::try_from(letters.own.len() + usize::from(FIRST)).ok()?;
            let own = forms.chars().next().filter(|own| letters.own.last() < Some(own))?;
            letters.own.push(own);
            letters.forms.extend(forms.chars().map(|form| (form, code)));
            letters.readings.extend(readings);
            letters.starts.push(u32::try_from(letters.readings.len()).ok()?);
        }
        for word in words.split_ascii_whitespace() {
            let (signs, readings) = entry(word)?;
            let signs: Vec<char> = signs.chars().collect();
            if signs.len() != readings.len() {
                return None;
            }
            let mut read = Vec::new();
            for (sign, reading) in signs.iter().zip(readings) {
                read.push(letters.code_read(*sign, reading)?);
            }
            let word = (signs, read);
            letters.words.insert(letters.words.partition_point(|other| *other < word), word);
        }
        letters.text = text;
        Some(letters)
    }
}

pub(super) fn letter_set(ascii: u8) -> LetterSet {
    match ascii {
        b'a'..=b'z' => 1 << (ascii - b'a'),
        b'0'..=b'9' => 1 << (26 + ascii % 6),
        _ => 0,
    }
}

fn ascii(sign: char) -> Option<u16> {
    u16::try_from(u32::from(sign)).ok().filter(|code| *code < FIRST)
}

fn coded(index: usize) -> u16 {
    // No text makes more: each was counted when it was read.
    u16::try_from(index).map_or(UNKNOWN, |index| index.saturating_add(FIRST))
}

/// `重zhong'chong`: what is read, and how.
fn entry(text: &str) -> Option<(&str, Vec<Reading>)> {
    let (signs, readings) = text.split_at_checked(text.find(|c: char| c.is_ascii())?)?;
    let mut read = Vec::new();
    for one in readings.split('\'').filter(|one| !one.is_empty()) {
        read.push(reading(one)?);
    }
    (!signs.is_empty()).then_some((signs, read))
}

pub(super) fn reading(text: &str) -> Option<Reading> {
    let mut reading = Reading::default();
    let is_reading =
        (1..=reading.len()).contains(&text.len()) && text.bytes().all(|letter| letter.is_ascii_lowercase());
    is_reading.then(|| {
        reading[..text.len()].copy_from_slice(text.as_bytes());
        reading
    })
}

/// None at all.
impl Default for Letters {
    fn default() -> Self {
        let (own, forms, readings, words) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { text: String::new(), own, forms, starts: vec![0], readings, words }
    }
}

impl TryFrom<String> for Letters {
    type Error = NotLetters;

    fn try_from(text: String) -> Result<Self, NotLetters> {
        Self::parse(text).ok_or(NotLetters)
    }
}

impl From<Letters> for String {
    fn from(letters: Letters) -> Self {
        letters.text
    }
}
