//! Words of English names, in their order: whoever copies one finds its place.

use super::is_sign;
use super::pattern::Extent;
use super::rank::Rank;

/// What was typed, as words. Made by [`Words::parse`] alone.
pub struct Words<'a>(Vec<&'a str>);

/// A word that is still being typed is looked for from so many letters on: fewer are initials.
const BEGUN: usize = 3;

impl<'a> Words<'a> {
    /// Nothing where no word was typed, or anything but words of ASCII.
    pub fn parse(typed: &'a str) -> Option<Self> {
        let all: Vec<_> = words(typed).collect();
        let is_plain = typed.chars().all(|sign| sign.is_ascii() || !is_sign(sign));
        (is_plain && all.iter().any(|word| word.len() > 1)).then_some(Self(all))
    }

    /// How much of a name they are.
    pub fn rank(&self, name: &str) -> Option<Rank> {
        let (mut left, mut extent) = (words(name), Extent::Whole);
        for (n, typed) in self.0.iter().enumerate() {
            let is_last = n + 1 == self.0.len() && typed.len() >= BEGUN;
            let begins = |word: &str| word.get(..typed.len()).is_some_and(|start| start.eq_ignore_ascii_case(typed));
            let goes = |word: &str| begins(word) && (is_last || word.len() == typed.len());
            if left.position(goes)? > 0 {
                extent = Extent::Within;
            }
        }
        let is_more = left.next().is_some();
        Some(Rank::of_words(if is_more && extent == Extent::Whole { Extent::Beginning } else { extent }))
    }
}

/// Split by ASCII alone, since the table of all letters is much of what a phone loads.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|sign: char| !sign.is_ascii_alphanumeric()).filter(|word| !word.is_empty())
}
