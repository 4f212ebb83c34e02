//! The letters of texts, made where they are imported. Readings are those of the `pinyin` crate, and before them a list
//! of our own: the crate reads 重庆 as zhong qing.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use pinyin::ToPinyinMulti;

use super::letters::Letters;
use super::signs;

/// More are of old books.
const MOST_READINGS: usize = 3;

/// Different characters, so that their codes suffice whatever is imported: no list of places has a tenth of it.
const MOST_SIGNS: usize = 40_000;

/// Whatever the texts, they make letters.
pub fn letters<'a>(texts: impl IntoIterator<Item = &'a str>) -> Letters {
    let places = Places::read(include_str!("readings.txt"));
    let forms = Forms::read(include_str!("traditional.txt"));
    let (mut own, mut words) = (BTreeSet::new(), BTreeSet::new());
    for text in texts {
        let text: String = signs(text).collect();
        words.extend(text.char_indices().flat_map(|(at, _)| places.words_at(&text[at..])));
        own.extend(text.chars().filter(|sign| !sign.is_ascii()));
        own = if own.len() > MOST_SIGNS { own.into_iter().take(MOST_SIGNS).collect() } else { own };
    }
    let mut made = String::new();
    for sign in &own {
        made.push(*sign);
        made.extend(forms.others(*sign));
        let readings = places.readings(*sign).join("'");
        // Where there is no reading, the sign between readings ends the forms.
        made.push_str(if readings.is_empty() { "'" } else { &readings });
        made.push(' ');
    }
    made.push('|');
    let is_known = |word: &str| word.chars().all(|sign| own.contains(&sign));
    for (word, readings) in words.into_iter().filter(|(word, _)| is_known(word)) {
        let _ = write!(made, "{word}{} ", readings.join("'"));
    }
    Letters::try_from(made).expect("what is made here can be read")
}

/// The list of our own: characters whose readings come in another order in names of places, and words.
struct Places<'a> {
    alone: BTreeMap<char, Vec<&'a str>>,
    /// By their first character.
    words: BTreeMap<char, Vec<(&'a str, Vec<&'a str>)>>,
}

impl<'a> Places<'a> {
    fn read(list: &'a str) -> Self {
        let mut places = Self { alone: BTreeMap::new(), words: BTreeMap::new() };
        for line in lines(list) {
            let mut parts = line.split_ascii_whitespace();
            let word = parts.next().unwrap_or_default();
            let mut signs = word.chars();
            match (signs.next(), signs.next()) {
                (Some(sign), None) => _ = places.alone.insert(sign, parts.collect()),
                (Some(first), _) => places.words.entry(first).or_default().push((word, parts.collect())),
                (None, _) => {}
            }
        }
        places
    }

    /// The words with which a text begins.
    fn words_at(&self, text: &str) -> impl Iterator<Item = &(&'a str, Vec<&'a str>)> {
        let words = text.chars().next().and_then(|first| self.words.get(&first)).into_iter().flatten();
        words.filter(|(word, _)| text.starts_with(word))
    }

    fn readings(&self, sign: char) -> Vec<String> {
        let first = self.alone.get(&sign).into_iter().flatten().map(ToString::to_string);
        let others = sign.to_pinyin_multi().into_iter().flatten().map(|reading| reading.plain().replace('ü', "v"));
        let mut readings: Vec<String> = Vec::new();
        for reading in first.chain(others) {
            if super::letters::reading(&reading).is_some() && !readings.contains(&reading) {
                readings.push(reading);
            }
        }
        readings.truncate(MOST_READINGS);
        readings
    }
}

/// Simplified and traditional characters.
struct Forms {
    traditional: BTreeMap<char, Vec<char>>,
    simplified: BTreeMap<char, char>,
}

impl Forms {
    fn read(list: &str) -> Self {
        let mut forms = Self { traditional: BTreeMap::new(), simplified: BTreeMap::new() };
        for line in lines(list) {
            let mut signs = line.chars();
            let Some(simplified) = signs.next() else { continue };
            for traditional in signs {
                forms.traditional.entry(simplified).or_default().push(traditional);
                forms.simplified.insert(traditional, simplified);
            }
        }
        forms
    }

    /// What else is written for the character.
    fn others(&self, sign: char) -> Vec<char> {
        let simplified = self.simplified.get(&sign).copied();
        let traditional = self.traditional.get(&simplified.unwrap_or(sign)).into_iter().flatten().copied();
        simplified.into_iter().chain(traditional).filter(|other| *other != sign).collect()
    }
}

fn lines(list: &str) -> impl Iterator<Item = &str> {
    list.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}
