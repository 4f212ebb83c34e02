//! One slip: a letter or character too many, too few, another, or two in the wrong order.

use super::entry::Text;
use super::letters::{FIRST, Letters, Reading};
use super::pattern::{Extent, Pattern, Typed};

/// Positions by how they were reached: bit by bit as in [`Pattern`], so a slip may also fall between two syllables.
#[derive(Clone, Copy, Default)]
struct Near {
    /// Without a slip.
    exact: u64,
    /// With one.
    slipped: u64,
    /// The sign after the next was typed first, and the next must follow.
    swapping: u64,
}

/// From how many signs on a slip is looked for in a whole text, its beginning, and within it: in fewer, everything is near.
#[derive(Clone, Copy)]
struct Least {
    whole: usize,
    beginning: usize,
    within: usize,
}

/// How much of the text it is but for one slip. Whatever mixes letters and characters has been chosen, not typed.
pub(super) fn near(pattern: &Pattern, text: Text<'_>, letters: &Letters) -> Option<Extent> {
    let least = match pattern.typed {
        Typed::Letters => Least { whole: 4, beginning: 6, within: 8 },
        Typed::Characters => Least { whole: 3, beginning: 4, within: 5 },
        Typed::Mixed => return None,
    };
    if pattern.length < least.whole || pattern.missing(text) > 1 {
        return None;
    }
    let (mut begun, mut within, mut found) = (Near::START, Near::default(), None);
    for (at, code) in text.codes.iter().enumerate() {
        begun = begun.after(*code, pattern, letters);
        let is_begun = begun.has(pattern.end());
        if is_begun && at + 1 >= text.core {
            return Some(Extent::Whole);
        }
        if is_begun && pattern.length >= least.beginning {
            found = Some(Extent::Beginning);
        }
        if pattern.length >= least.within {
            within = within.or(Near::START).after(*code, pattern, letters);
            if within.has(pattern.end()) {
                found = found.or(Some(Extent::Within));
            }
        } else if begun.exact | begun.slipped == 0 {
            break;
        }
    }
    found
}

impl Near {
    /// The first sign typed may be one too many.
    const START: Self = Self { exact: 1, slipped: 2, swapping: 0 };

    fn has(self, end: u64) -> bool {
        (self.exact | self.slipped) & end != 0
    }

    fn or(self, other: Self) -> Self {
        Self {
            exact: self.exact | other.exact,
            slipped: self.slipped | other.slipped,
            swapping: self.swapping | other.swapping,
        }
    }

    fn after(self, code: u16, pattern: &Pattern, letters: &Letters) -> Self {
        if code < FIRST || pattern.typed == Typed::Characters {
            return self.sign(pattern.positions(code));
        }
        let spelled = |reading: &Reading| {
            let letters = reading.iter().take_while(|letter| **letter != 0);
            letters.fold(self, |near, letter| near.sign(pattern.positions(u16::from(*letter))))
        };
        letters.readings(code).iter().map(spelled).fold(Self::default(), Self::or)
    }

    /// After the next sign of a text, which was typed at these positions.
    fn sign(self, positions: u64) -> Self {
        let exact = (self.exact & positions) << 1;
        let another = self.exact << 1;
        let missing = self.exact;
        let one_too_many = exact << 1;
        let swapped = (self.swapping & positions) << 2;
        let slipped = (self.slipped & positions) << 1 | another | missing | one_too_many | swapped;
        Self { exact, slipped, swapping: self.exact & (positions >> 1) }
    }
}
