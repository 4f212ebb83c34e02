//! A set of small numbers, a bit for each.

/// Places in some list; joining two of them takes a word for 64.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bits(Vec<u64>);

impl Bits {
    pub fn insert(&mut self, place: usize) {
        let word = place / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (place % 64);
    }

    pub fn join(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word |= other);
    }

    /// Nothing was ever inserted.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// From the least to the greatest.
    pub fn iter(&self) -> impl Iterator<Item = usize> {
        self.0.iter().enumerate().flat_map(|(word, &bits)| {
            let rest = std::iter::successors(Some(bits), |bits| Some(bits & bits.wrapping_sub(1)));
            rest.take_while(|bits| *bits != 0).map(move |bits| word * 64 + bits.trailing_zeros() as usize)
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
        for place in [130, 0, 63, 64, 0] {
            one.insert(place);
        }
        let mut two = Bits::default();
        two.insert(5);
        two.join(&one);
        one.join(&Bits::default());
        assert_eq!(one.iter().collect::<Vec<_>>(), [0, 63, 64, 130]);
        assert_eq!(two.iter().collect::<Vec<_>>(), [0, 5, 63, 64, 130]);
        assert!(!one.is_empty());
    }
}
