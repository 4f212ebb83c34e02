//! Numbers that only look like chance, so that what is invented is always the same.

/// `SplitMix64`.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// That always fall alike for a text.
    pub fn of(text: &str) -> Self {
        // FNV-1a, which gives texts that differ by a letter other numbers.
        Self(
            text.bytes()
                .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)),
        )
    }

    /// From 0 to below `most`, which is at least 1.
    pub fn below(&mut self, most: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let high = (mixed ^ (mixed >> 31)) >> 32;
        u32::try_from((high * u64::from(most)) >> 32).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_always_fall_alike_for_a_text_and_otherwise_for_another() {
        let falls = |text: &str| {
            let mut dice = Dice::of(text);
            (0..1_000).map(|_| dice.below(6)).collect::<Vec<_>>()
        };
        assert_eq!(falls("a"), falls("a"));
        assert_ne!(falls("a"), falls("b"));
        let counts = (0..6).map(|side| falls("a").into_iter().filter(|fell| *fell == side).count());
        assert!(counts.into_iter().all(|count| (120..220).contains(&count)));
    }
}
