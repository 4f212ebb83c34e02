//! What is searched of a place: its name, its community and its address, as codes.

use super::letters::{LetterSet, Letters};
use super::signs;

/// A place as search sees it. Made by [`Letters::entry`], and found with the same letters only.
#[derive(Clone, Debug)]
pub struct Entry {
    codes: Box<[u16]>,
    /// Of the name, the community and the address.
    parts: [Part; 3],
}

#[derive(Clone, Copy, Debug)]
struct Part {
    letters: LetterSet,
    length: u8,
    /// Without what kind of division it is.
    core: u8,
}

/// One text of an entry.
#[derive(Clone, Copy)]
pub(super) struct Text<'a> {
    pub codes: &'a [u16],
    /// Every letter and digit of all its readings: what is not in it need not be looked for.
    pub letters: LetterSet,
    /// Who has found so many has found the whole: `南山` of `南山社区居委会`.
    pub core: usize,
}

/// More of a text is not searched.
const LONGEST: u8 = u8::MAX;

/// What a name ends with that people leave out, the longer before what ends it.
const KINDS: [&str; 20] = [
    "社区居民委员会",
    "社区居委会",
    "居民委员会",
    "居委会",
    "村村民委员会",
    "村民委员会",
    "村村委会",
    "村委会",
    "管理委员会",
    "虚拟社区",
    "街道办事处",
    "街道",
    "社区",
    "管委会",
    "区",
    "县",
    "市",
    "镇",
    "乡",
    "村",
];

impl Letters {
    /// An empty community or address finds nothing.
    pub fn entry(&self, name: &str, community: &str, address: &str) -> Entry {
        let mut codes = Vec::new();
        let mut part = |text: &str| {
            let signs: Vec<char> = signs(text).take(usize::from(LONGEST)).collect();
            let before = codes.len();
            self.encode(&signs, &mut codes);
            let codes = &codes[before..];
            let letters = codes.iter().fold(0, |all, code| all | self.letters_of(*code));
            let short = |length| u8::try_from(length).unwrap_or(LONGEST);
            Part { letters, length: short(codes.len()), core: short(core(&signs)) }
        };
        let parts = [part(name), part(community), part(address)];
        Entry { codes: codes.into(), parts }
    }
}

impl Entry {
    pub(super) fn name(&self) -> Text<'_> {
        self.text(0, 0)
    }

    pub(super) fn community(&self) -> Text<'_> {
        self.text(1, usize::from(self.parts[0].length))
    }

    pub(super) fn address(&self) -> Text<'_> {
        self.text(2, usize::from(self.parts[0].length) + usize::from(self.parts[1].length))
    }

    fn text(&self, part: usize, from: usize) -> Text<'_> {
        let Part { letters, length, core } = self.parts[part];
        Text { codes: &self.codes[from..from + usize::from(length)], letters, core: usize::from(core) }
    }
}

/// How many signs of a name stand before its kind; a name of one sign alone would be no name.
fn core(name: &[char]) -> usize {
    let before = |kind: &&str| {
        let length = name.len().checked_sub(kind.len() / "区".len()).filter(|length| *length >= 2)?;
        kind.chars().eq(name[length..].iter().copied()).then_some(length)
    };
    KINDS.iter().find_map(before).unwrap_or(name.len())
}
