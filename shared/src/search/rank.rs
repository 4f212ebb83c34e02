//! Which of two that were found comes first.

use super::pattern::{Extent, Way};

/// How well somebody was understood: the smaller, the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank(u8);

/// Twice what the parts below weigh, so that another try has its place between.
const COMMUNITY: u8 = 56;
const ADDRESS: u8 = 112;
const TERMS: u8 = 168;
const WORDS: u8 = 170;
const SLIP: u8 = 176;
const SLIP_IN_COMMUNITY: u8 = 184;

impl Rank {
    /// Found as nothing that was typed, only as what differs from it by one slip: worth the words "did you mean".
    pub fn is_guess(self) -> bool {
        self.0 >= SLIP
    }

    /// Names that are wholly what was typed come first, however they were typed; then those that begin so or hold it;
    /// beginnings of syllables stand in much and say little.
    pub(super) fn of_name(way: Way, extent: Extent) -> Self {
        let way = match way {
            Way::Characters | Way::Reading => 0,
            Way::AnyReading => 2,
            Way::Initial => 4,
            Way::AnyInitial => 6,
            Way::Parts => 16,
        };
        let extent = match extent {
            Extent::Whole => 0,
            Extent::Beginning => 8,
            Extent::Within => 11,
        };
        Self(2 * (way + extent))
    }

    pub(super) fn in_community(self) -> Self {
        Self(COMMUNITY + self.0)
    }

    pub(super) fn in_address(self) -> Self {
        Self(ADDRESS + self.0)
    }

    /// Each term somewhere.
    pub(super) const TERMS: Self = Self(TERMS);

    /// Words of the English name.
    pub(super) fn of_words(extent: Extent) -> Self {
        Self(WORDS + 2 * extent as u8)
    }

    pub(super) fn of_slip(extent: Extent) -> Self {
        Self(SLIP + 2 * extent as u8)
    }

    pub(super) fn of_slip_in_community(extent: Extent) -> Self {
        Self(SLIP_IN_COMMUNITY + 2 * extent as u8)
    }

    /// Only without the word for a committee.
    pub(super) fn of_try(self, number: usize) -> Self {
        Self(self.0 + u8::from(number > 0))
    }
}
