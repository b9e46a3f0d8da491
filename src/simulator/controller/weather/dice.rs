//! Chance that is the same again for the same seed.

/// Dice that begin with a seed: SplitMix64, whose numbers are the same on every machine.
#[derive(Clone, Debug)]
pub(in crate::simulator) struct Dice(u64);

/// The odds that are certain.
pub(in crate::simulator) const MILLION: u32 = 1_000_000;

impl Dice {
    pub(in crate::simulator) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// A number below `bound`; 0 where that is 0.
    pub(in crate::simulator) const fn below(&mut self, bound: u64) -> u64 {
        // The high half of the product: nearer to fair than a remainder, and without a division.
        ((self.next() as u128 * bound as u128) >> 64) as u64
    }

    /// Whether what happens `odds` times in a million happens now. What never happens takes no roll, so that one fault more does
    /// not change the luck of the others.
    pub(in crate::simulator) const fn happens(&mut self, odds: u32) -> bool {
        odds > 0 && self.below(MILLION as u64) < odds as u64
    }
}
