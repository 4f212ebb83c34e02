//! What is wrong with a file.

use super::cells::LONGEST;
use crate::directory::file::Mistake;

/// Mistakes that are told one by one; of more there is a number.
pub const MOST_TOLD: usize = 100;

/// The first mistakes, and how many there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mistakes {
    first: Vec<Mistake>,
    count: usize,
}

impl Mistakes {
    pub(super) fn add(&mut self, mistake: Mistake) {
        self.count += 1;
        if self.first.len() < MOST_TOLD {
            let value = mistake.value.chars().take(LONGEST).collect();
            self.first.push(Mistake { value, ..mistake });
        }
    }

    pub(super) fn append(&mut self, other: Self) {
        let told = other.first.len();
        let rest = other.count - told;
        other.first.into_iter().for_each(|mistake| self.add(mistake));
        self.count += rest;
    }

    pub fn first(&self) -> &[Mistake] {
        &self.first
    }

    pub fn count(&self) -> usize {
        self.count
    }

    pub fn is_empty(&self) -> bool {
        self.count == 0
    }
}
