//! What was typed, as sets of positions: bit `n` stands for `n` signs that a text has borne out.

use super::entry::Text;
use super::letters::{FIRST, LetterSet, Letters, Reading, letter_set};

pub(super) struct Pattern {
    /// By code, the positions at which the sign or a form of it was typed; ASCII is in front.
    signs: Vec<u64>,
    /// By code, the positions at which a character can stand for anything that was typed.
    openings: Vec<u64>,
    letters: LetterSet,
    pub length: usize,
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
        let mut signs = vec![0; usize::from(FIRST) + letters.len()];
        for (at, sign) in typed.iter().enumerate() {
            for code in letters.codes_of(*sign) {
                signs[usize::from(code)] |= 1 << at;
            }
        }
        let opening = |(positions, code): (&u64, u16)| {
            let first = letters.readings(code).iter().map(|reading| signs[usize::from(reading[0])]);
            first.fold(*positions, |all, positions| all | positions)
        };
        let openings = signs.iter().zip(0..).map(opening).collect();
        let ascii = typed.iter().filter_map(|sign| u8::try_from(*sign).ok()).filter(u8::is_ascii);
        let typed_as = match ascii.clone().count() {
            0 => Typed::Characters,
            letters if letters == typed.len() => Typed::Letters,
            _ => Typed::Mixed,
        };
        let letters = ascii.fold(0, |all, letter| all | letter_set(letter));
        Self { signs, openings, letters, length: typed.len(), typed: typed_as }
    }

    /// All of it was borne out.
    pub fn end(&self) -> u64 {
        1 << self.length
    }

    /// Whether it stands anywhere in the text, in any way.
    pub fn is_in(&self, text: Text<'_>, letters: &Letters) -> bool {
        if self.missing(text) > 0 {
            return false;
        }
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

    /// How many of the letters that were typed the text has nowhere.
    pub fn missing(&self, text: Text<'_>) -> u32 {
        (self.letters & !text.letters).count_ones()
    }

    /// The positions at which the sign of this code was typed.
    pub fn positions(&self, code: u16) -> u64 {
        self.signs[usize::from(code)]
    }

    fn after(&self, code: u16, state: u64, way: Way, letters: &Letters) -> u64 {
        if state & self.openings[usize::from(code)] == 0 {
            return 0;
        }
        let mut after = 0;
        if code < FIRST || matches!(way, Way::Characters | Way::Parts) {
            after = (state & self.positions(code)) << 1;
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
            state = (state & self.positions(u16::from(letter))) << 1;
            if state == 0 || matches!(way, Way::Initial | Way::AnyInitial) {
                break;
            }
            parts |= state;
        }
        if way == Way::Parts { parts } else { state }
    }
}
