//! What somebody typed, made comparable.

use super::{is_sign, sign};

/// What is looked for. Made by [`Query::parse`] alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// All that was typed without its spaces, then the same without the word for a committee.
    pub(super) tries: Vec<Vec<char>>,
    /// What stood between spaces, each of which may be found elsewhere; empty where it is one.
    pub(super) terms: Vec<Vec<char>>,
}

/// Signs. The longest name of a division has 48 letters of pinyin, and positions are the bits of one number.
const LONGEST: usize = 63;

/// Bytes that are looked at: full-width letters with marks and spaces take several for each sign.
const LONGEST_TYPED: usize = 1024;

/// Terms; who types more means one text.
const MOST_TERMS: usize = 6;

/// What the committee of a community or village is called, which its name in the list may call otherwise or leave out.
const COMMITTEES: [&str; 12] = [
    "居民委员会",
    "居民委員會",
    "村民委员会",
    "村民委員會",
    "居委会",
    "居委會",
    "村委会",
    "村委會",
    "juminweiyuanhui",
    "cunminweiyuanhui",
    "juweihui",
    "cunweihui",
];

impl Query {
    /// Nothing where no letter or digit was typed, or more than any name has: that finds nothing.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > LONGEST_TYPED {
            return None;
        }
        let mut terms = vec![Vec::new()];
        for character in text.chars() {
            let term = terms.last_mut()?;
            match sign(character) {
                // Syllables are kept apart by it: xi'an.
                '\'' | '’' | '‘' | '\u{300}'..='\u{307}' | '\u{309}'..='\u{36f}' => {}
                '\u{308}' => {
                    if let Some(letter @ 'u') = term.last_mut() {
                        *letter = 'v';
                    }
                }
                sign if is_sign(sign) => term.push(sign),
                _ if term.is_empty() => {}
                _ => terms.push(Vec::new()),
            }
        }
        terms.retain(|term| !term.is_empty());
        let whole = terms.concat();
        let fits = |typed: &[char]| (1..=LONGEST).contains(&typed.len());
        let is_several = (2..=MOST_TERMS).contains(&terms.len()) && terms.iter().all(|term| says_something(term));
        if !is_several || !fits(&whole) {
            terms.clear();
        }
        let tries: Vec<_> = [Some(&*whole), without_committee(&whole)]
            .into_iter()
            .flatten()
            .filter(|typed| fits(typed))
            .map(<[char]>::to_vec)
            .collect();
        (!tries.is_empty()).then_some(Self { tries, terms })
    }
}

fn without_committee(typed: &[char]) -> Option<&[char]> {
    let before = |committee: &&str| {
        let committee: Vec<char> = committee.chars().collect();
        typed.strip_suffix(committee.as_slice())
    };
    COMMITTEES.iter().find_map(before)
}

/// A single letter stands somewhere in nearly everything.
fn says_something(term: &[char]) -> bool {
    term.len() > 1 || !term.iter().all(char::is_ascii)
}
