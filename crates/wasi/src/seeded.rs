//! Random bytes that are the same in every run.

use crate::clock::Random;
use crate::file::Result;

/// The step of the state of [`mix`].
pub const GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;

/// The random number of a state, whose successor is [`GAMMA`] more: `SplitMix64` (Steele, Lea,
/// Flood: Fast splittable pseudorandom number generators, 2014).
pub fn mix(state: u64) -> u64 {
    let z = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Random bytes from a seed. They are not secret.
pub struct SeededRandom(u64);

impl SeededRandom {
    /// The bytes of a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }
}

impl Random for SeededRandom {
    fn fill(&mut self, bytes: &mut [u8]) -> Result {
        for word in bytes.chunks_mut(8) {
            self.0 = self.0.wrapping_add(GAMMA);
            word.copy_from_slice(&mix(self.0).to_le_bytes()[..word.len()]);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_bytes_of_the_reference_implementation() {
        let first = |seed| {
            let mut bytes = [0; 11];
            SeededRandom::new(seed).fill(&mut bytes).unwrap();
            bytes
        };
        assert_eq!(first(1_234_567)[..8], 6_457_827_717_110_365_317_u64.to_le_bytes());
        assert_eq!(first(7), first(7));
        assert_ne!(first(7), first(8));
    }
}
