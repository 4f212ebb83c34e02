//! What a statement can still come to once every question is answered.

use super::truth::Truth;

/// Some of yes, no and open. Open stays possible where a figure is not known or only the bureau can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chances(u8);

/// How statements are joined into one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Connective {
    And,
    Or,
}

const NO: u8 = 0b001;
const OPEN: u8 = 0b010;
const YES: u8 = 0b100;

impl Chances {
    pub const EITHER: Self = Self(NO | YES);
    pub const ANY: Self = Self(NO | OPEN | YES);

    pub fn only(truth: Truth) -> Self {
        Self(match truth {
            Truth::No => NO,
            Truth::Open => OPEN,
            Truth::Yes => YES,
        })
    }

    pub fn of(truths: impl Iterator<Item = Truth>) -> Self {
        truths.fold(Self(0), Self::with)
    }

    #[must_use]
    pub fn with(self, truth: Truth) -> Self {
        Self(self.0 | Self::only(truth).0)
    }

    #[must_use]
    pub fn negated(self) -> Self {
        Self((self.0 & NO) << 2 | self.0 & OPEN | (self.0 & YES) >> 2)
    }

    /// All that two statements can come to together.
    #[must_use]
    pub fn join(self, other: Self, connective: Connective) -> Self {
        if connective == Connective::Or {
            return self.negated().join(other.negated(), Connective::And).negated();
        }
        let (both, either) = (self.0 & other.0, self.0 | other.0);
        let not_no = |chances: Self| chances.0 & !NO != 0;
        // Open comes of an open one beside another that is not a no.
        let open = if not_no(self) && not_no(other) { either & OPEN } else { 0 };
        Self(both & YES | either & NO | open)
    }

    /// Whether it can make a difference beside others: for something that they can come to, one of its truths gives
    /// another result than the rest.
    pub fn matter_beside(self, others: Self, connective: Connective) -> bool {
        [NO, OPEN, YES].into_iter().any(|other| others.0 & other != 0 && self.join(Self(other), connective).is_open())
    }

    pub fn contain(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// More than one is left.
    pub fn is_open(self) -> bool {
        !self.0.is_power_of_two()
    }
}

impl Connective {
    /// What statements come to when there are none.
    pub fn of_none(self) -> Truth {
        Truth::from(self == Self::And)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRUTHS: [Truth; 3] = [Truth::No, Truth::Open, Truth::Yes];

    #[test]
    fn joined_chances_are_those_of_every_pair() {
        let all = || (1..8).map(Chances);
        let truths = |chances: Chances| TRUTHS.into_iter().filter(move |truth| chances.with(*truth) == chances);
        for (one, two) in all().flat_map(|one| all().map(move |two| (one, two))) {
            let pairs = || truths(one).flat_map(|one| truths(two).map(move |two| (one, two)));
            let and = Chances::of(pairs().map(|(one, two)| one.and(two)));
            let or = Chances::of(pairs().map(|(one, two)| one.or(two)));
            assert_eq!([one.join(two, Connective::And), one.join(two, Connective::Or)], [and, or], "{one:?} {two:?}");
            assert_eq!(one.negated(), Chances::of(truths(one).map(Truth::negated)));
        }
    }

    #[test]
    fn beside_what_stays_open_only_a_no_makes_a_difference() {
        let open = Chances::only(Truth::Open);
        let not_no = Chances::only(Truth::Yes).with(Truth::Open);
        assert!(Chances::EITHER.matter_beside(open, Connective::And));
        assert!(!not_no.matter_beside(open, Connective::And));
        assert!(not_no.matter_beside(Chances::EITHER, Connective::And));
        assert!(!Chances::EITHER.matter_beside(Chances::only(Truth::No), Connective::And));
        assert!(Chances::EITHER.matter_beside(Chances::only(Truth::No), Connective::Or));
    }
}
