//! How names are spelled by the letters that were made for them, read from their text as the browser reads it.

use std::collections::BTreeMap;

use shared::search::Letters;

pub(super) struct Spelling {
    characters: BTreeMap<char, Vec<String>>,
    words: Vec<(Vec<char>, Vec<String>)>,
}

impl Spelling {
    pub(super) fn read(letters: &Letters) -> Self {
        let text = String::from(letters.clone());
        let (characters, words) = text.split_once('|').unwrap();
        let entry = |entry: &str| -> (Vec<char>, Vec<String>) {
            let readings = entry.trim_start_matches(|sign: char| !sign.is_ascii());
            let signs = entry.chars().take_while(|sign| !sign.is_ascii());
            (signs.collect(), readings.split('\'').map(ToOwned::to_owned).collect())
        };
        let characters = characters.split_whitespace().map(entry).map(|(signs, readings)| (signs[0], readings));
        Self { characters: characters.collect(), words: words.split_whitespace().map(entry).collect() }
    }

    /// The likeliest reading of each character.
    pub(super) fn syllables(&self, name: &str) -> Vec<String> {
        let signs: Vec<char> = name.chars().collect();
        let (mut rest, mut syllables) = (signs.as_slice(), Vec::new());
        while let Some((sign, after)) = rest.split_first() {
            if let Some((word, readings)) = self.words.iter().find(|(word, _)| rest.starts_with(word)) {
                syllables.extend(readings.iter().cloned());
                rest = &rest[word.len()..];
            } else {
                syllables.push(self.characters[sign][0].clone());
                rest = after;
            }
        }
        syllables
    }

    /// Every spelling in which one character is read otherwise.
    pub(super) fn other_spellings(&self, name: &str) -> Vec<String> {
        let syllables = self.syllables(name);
        let at = name.chars().enumerate();
        at.flat_map(|(at, sign)| {
            self.characters[&sign]
                .iter()
                .map(|reading| {
                    [&syllables[..at].concat(), reading, &syllables[at + 1..].concat()].map(String::as_str).concat()
                })
                .collect::<Vec<_>>()
        })
        .collect()
    }

    pub(super) fn full(&self, name: &str) -> String {
        self.syllables(name).concat()
    }

    pub(super) fn initials(&self, name: &str) -> String {
        self.syllables(name).iter().map(|syllable| &syllable[..1]).collect()
    }

    /// The first letters of each syllable, so many of each.
    pub(super) fn beginnings(&self, name: &str, letters: usize) -> String {
        self.syllables(name).iter().map(|syllable| &syllable[..letters.min(syllable.len())]).collect()
    }
}

/// What people call a division: without what kind it is.
pub(super) fn short(name: &str) -> &str {
    let kinds =
        ["社区居民委员会", "社区居委会", "居民委员会", "居委会", "村民委员会", "村委会", "社区", "街道", "镇", "区"];
    let short = kinds.iter().find_map(|kind| name.strip_suffix(kind)).unwrap_or(name);
    if short.chars().count() > 1 { short } else { name }
}
