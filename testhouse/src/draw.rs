//! Chance that can be repeated: the same seed draws the same.

pub struct Draw(u64);

impl Draw {
    /// The `n`th of the independent sequences of a seed.
    pub fn new(seed: u64, n: usize) -> Self {
        Self(seed ^ u64::try_from(n).unwrap().wrapping_mul(0xd6e8_feb8_6659_fd93))
    }

    /// The splitmix64 generator.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.number() % u64::try_from(limit).unwrap()).unwrap()
    }

    /// One of several, by chance.
    pub fn of<'a, T>(&mut self, several: &'a [T]) -> &'a T {
        &several[self.below(several.len())]
    }

    pub fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }
}
