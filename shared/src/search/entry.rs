//! What is searched of a place: its name, its community and its address, as codes.

use super::letters::Letters;
use super::signs;

/// A place as search sees it. Made by [`Letters::entry`], and found with the same letters only.
#[derive(Clone, Debug)]
pub struct Entry {
    codes: Box<[u16]>,
    /// Of the name, the community and the address.
    lengths: [Lengths; 3],
}

#[derive(Clone, Copy, Debug)]
struct Lengths {
    all: u8,
    /// Without what kind of division it is.
    core: u8,
}

/// One text of an entry.
#[derive(Clone, Copy)]
pub(super) struct Text<'a> {
    pub codes: &'a [u16],
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
        let mut lengths = |text: &str| {
            let signs: Vec<char> = signs(text).take(usize::from(LONGEST)).collect();
            let before = codes.len();
            self.encode(&signs, &mut codes);
            let short = |length| u8::try_from(length).unwrap_or(LONGEST);
            Lengths { all: short(codes.len() - before), core: short(core(&signs)) }
        };
        let lengths = [lengths(name), lengths(community), lengths(address)];
        Entry { codes: codes.into(), lengths }
    }
}

impl Entry {
    pub(super) fn name(&self) -> Text<'_> {
        self.text(0, self.lengths[0])
    }

    pub(super) fn community(&self) -> Text<'_> {
        self.text(usize::from(self.lengths[0].all), self.lengths[1])
    }

    pub(super) fn address(&self) -> Text<'_> {
        self.text(usize::from(self.lengths[0].all) + usize::from(self.lengths[1].all), self.lengths[2])
    }

    fn text(&self, from: usize, lengths: Lengths) -> Text<'_> {
        Text { codes: &self.codes[from..from + usize::from(lengths.all)], core: usize::from(lengths.core) }
    }
}

/// How many signs of a name stand before its kind; a name of one sign alone would be no name.
fn core(name: &[char]) -> usize {
    let before = |kind: &&str| {
        let kind: Vec<char> = kind.chars().collect();
        name.strip_suffix(kind.as_slice()).map(<[char]>::len).filter(|length| *length >= 2)
    };
    KINDS.iter().find_map(before).unwrap_or(name.len())
}
