//! What was typed, as sets of positions: bit `n` stands for `n` signs that a text has borne out.

use super::entry::Text;
use super::letters::{FIRST, Letters, Reading};

pub(super) struct Pattern {
    /// By code, the positions at which the sign was typed.
    ascii: [u64; FIRST as usize],
    /// By code less [`FIRST`], the positions at which a form of the character was typed.
    characters: Vec<u64>,
    pub signs: usize,
    pub typed: Typed,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Typed {
    Letters,
    Characters,
    Mixed,
}

/// How a character of a text bears out what was typed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// By itself or a form of it.
    Characters,
    /// By its likeliest reading.
    Reading,
    AnyReading,
    /// By the first letter of its likeliest reading.
    Initial,
    AnyInitial,
    /// By itself, or by any beginning of any reading.
    Parts,
}

/// How much of a text it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Extent {
    Whole,
    Beginning,
    Within,
}

impl Pattern {
    /// At most 63 signs.
    pub fn new(typed: &[char], letters: &Letters) -> Self {
        let mut ascii = [0; FIRST as usize];
        let mut characters = vec![0; letters.len()];
        for (at, sign) in typed.iter().enumerate() {
            if let Some(positions) = ascii.get_mut(u32::from(*sign) as usize) {
                *positions |= 1 << at;
            }
            for code in letters.codes_of(*sign) {
                characters[usize::from(code - FIRST)] |= 1 << at;
            }
        }
        let letters = typed.iter().filter(|sign| sign.is_ascii()).count();
        let typed_as = match letters {
            0 => Typed::Characters,
            _ if letters == typed.len() => Typed::Letters,
            _ => Typed::Mixed,
        };
        Self { ascii, characters, signs: typed.len(), typed: typed_as }
    }

    /// All of it was borne out.
    pub fn end(&self) -> u64 {
        1 << self.signs
    }

    /// Whether it stands anywhere in the text, in any way.
    pub fn is_in(&self, text: Text<'_>, letters: &Letters) -> bool {
        let way = if self.typed == Typed::Characters { Way::Characters } else { Way::Parts };
        let mut state = 0;
        text.codes.iter().any(|code| {
            state = self.after(*code, state | 1, way, letters);
            state & self.end() != 0
        })
    }

    /// How much of the text it is in this one way.
    pub fn extent(&self, text: Text<'_>, way: Way, letters: &Letters) -> Option<Extent> {
        let (mut begun, mut within, mut found) = (1, 0, None);
        for (at, code) in text.codes.iter().enumerate() {
            begun = self.after(*code, begun, way, letters);
            within = self.after(*code, within | 1, way, letters);
            if begun & self.end() != 0 {
                if at + 1 >= text.core {
                    return Some(Extent::Whole);
                }
                found = Some(Extent::Beginning);
            } else if within & self.end() != 0 && found.is_none() {
                found = Some(Extent::Within);
            }
        }
        found
    }

    /// The positions of a sign of ASCII.
    pub fn at_ascii(&self, code: u16) -> Option<u64> {
        self.ascii.get(usize::from(code)).copied()
    }

    pub fn at_letter(&self, letter: u8) -> u64 {
        self.ascii[usize::from(letter & 0x7f)]
    }

    pub fn at_character(&self, code: u16) -> u64 {
        self.characters.get(usize::from(code.wrapping_sub(FIRST))).copied().unwrap_or(0)
    }

    fn after(&self, code: u16, state: u64, way: Way, letters: &Letters) -> u64 {
        if let Some(positions) = self.at_ascii(code) {
            return (state & positions) << 1;
        }
        let mut after = 0;
        if matches!(way, Way::Characters | Way::Parts) {
            after = (state & self.at_character(code)) << 1;
        }
        let readings = match way {
            Way::Characters => return after,
            Way::Reading | Way::Initial => 1,
            Way::AnyReading | Way::AnyInitial | Way::Parts => usize::MAX,
        };
        for reading in letters.readings(code).iter().take(readings) {
            after |= self.after_reading(*reading, state, way);
        }
        after
    }

    fn after_reading(&self, reading: Reading, mut state: u64, way: Way) -> u64 {
        let mut parts = 0;
        for letter in reading.into_iter().take_while(|letter| *letter != 0) {
            state = (state & self.at_letter(letter)) << 1;
            if state == 0 || matches!(way, Way::Initial | Way::AnyInitial) {
                break;
            }
            parts |= state;
        }
        if way == Way::Parts { parts } else { state }
    }
}
