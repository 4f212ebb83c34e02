//! What an open statement waits for, and what it can still come to.

use super::{
    bits::Bits,
    chances::{Chances, Connective},
    truth::Truth,
};

/// What an open outcome waits for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waits {
    /// Facts, by place among all that can be asked of the household.
    pub facts: Bits,
    /// Parameters whose figure is not known, or not for this day, by place in the pack.
    pub params: Bits,
    /// Something that only the bureau can tell.
    pub bureau: bool,
}

/// A statement that is not settled: what it waits for, and what it can come to when every fact is known.
#[derive(Clone, Debug)]
pub struct Prospect {
    pub chances: Chances,
    pub waits: Waits,
}

impl Waits {
    pub(super) fn join(&mut self, other: &Self) {
        self.facts.join(&other.facts);
        self.params.join(&other.params);
        self.bureau |= other.bureau;
    }
}

impl Prospect {
    pub(super) fn settled(truth: Truth) -> Self {
        Self { chances: Chances::only(truth), waits: Waits::default() }
    }

    /// Several statements as one: facts of a statement that makes no difference beside the others are not waited for.
    pub(super) fn all(parts: impl Iterator<Item = Self>, connective: Connective) -> Self {
        let nothing = Chances::only(connective.of_none());
        let mut open: Vec<Self> = Vec::new();
        for part in parts {
            if part.chances == nothing.negated() {
                return part;
            }
            if part.chances != nothing {
                open.push(part);
            }
        }
        let joined = |parts: &[Self]| parts.iter().fold(nothing, |all, part| all.join(part.chances, connective));
        // Beside others that can all come to nothing, any of them can decide.
        let each_can_decide = open.iter().all(|part| part.chances.contain(nothing));
        let others = |place: usize| joined(&open[..place]).join(joined(&open[place + 1..]), connective);
        let mut waits = Waits::default();
        for (place, part) in open.iter().enumerate() {
            if each_can_decide || part.chances.matter_beside(others(place), connective) {
                waits.facts.join(&part.waits.facts);
            }
            waits.params.join(&part.waits.params);
            waits.bureau |= part.waits.bureau;
        }
        Self { chances: joined(&open), waits }
    }

    pub(super) fn negated(self) -> Self {
        Self { chances: self.chances.negated(), ..self }
    }
}
