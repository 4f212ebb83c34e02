//! A set of small numbers, a bit for each.

/// Places in some list; joining two of them takes a word for 128, and the first word needs no memory of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bits {
    first: u128,
    rest: Vec<u128>,
}

const WIDTH: usize = u128::BITS as usize;

impl Bits {
    pub fn insert(&mut self, place: usize) {
        let bit = 1 << (place % WIDTH);
        let Some(word) = (place / WIDTH).checked_sub(1) else {
            self.first |= bit;
            return;
        };
        if self.rest.len() <= word {
            self.rest.resize(word + 1, 0);
        }
        self.rest[word] |= bit;
    }

    pub fn join(&mut self, other: &Self) {
        self.first |= other.first;
        if self.rest.len() < other.rest.len() {
            self.rest.resize(other.rest.len(), 0);
        }
        self.rest.iter_mut().zip(&other.rest).for_each(|(word, other)| *word |= other);
    }

    pub fn contains(&self, place: usize) -> bool {
        let word = (place / WIDTH).checked_sub(1).map_or(Some(&self.first), |word| self.rest.get(word));
        word.is_some_and(|word| word & 1 << (place % WIDTH) != 0)
    }

    /// Nothing was ever inserted.
    pub fn is_empty(&self) -> bool {
        self.first == 0 && self.rest.is_empty()
    }

    /// From the least to the greatest.
    pub fn iter(&self) -> impl Iterator<Item = usize> {
        std::iter::once(&self.first).chain(&self.rest).enumerate().flat_map(|(word, &bits)| {
            let rest = std::iter::successors(Some(bits), |bits| Some(bits & bits.wrapping_sub(1)));
            rest.take_while(|bits| *bits != 0).map(move |bits| word * WIDTH + bits.trailing_zeros() as usize)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_inserted_comes_out_once_and_in_order() {
        let mut one = Bits::default();
        assert!(one.is_empty());
        for place in [300, 0, 127, 128, 0] {
            one.insert(place);
        }
        let mut two = Bits::default();
        two.insert(5);
        two.join(&one);
        one.join(&Bits::default());
        assert_eq!(one.iter().collect::<Vec<_>>(), [0, 127, 128, 300]);
        assert_eq!(two.iter().collect::<Vec<_>>(), [0, 5, 127, 128, 300]);
        assert!(!one.is_empty() && two.contains(127) && !two.contains(126) && !two.contains(900));
    }
}
