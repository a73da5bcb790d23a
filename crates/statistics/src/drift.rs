//! Whether later samples differ from earlier ones.

use crate::order::Sorted;

/// The blocks of samples, in the order in which they were measured.
const BLOCKS: usize = 10;

/// The least agreement of the blocks' order with time, from 0 to 1 (Kendall's tau). Ten blocks in
/// any order reach it by chance in fewer than two of a thousand benches.
const TREND: f64 = 0.7;

/// The least change that is told, as a part of the first block.
const CHANGE: f64 = 0.05;

/// A change of the times during a bench.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Drift {
    /// The median at the end divided by the median at the beginning.
    pub change: f64,
}

/// Finds a trend in samples in the order in which they were measured: calls that change the state
/// of their instance, or a machine that slows down. `None` if there is none, or too few samples.
pub fn drift(samples: &[f64]) -> Option<Drift> {
    let size = samples.len() / BLOCKS;
    if size < 3 {
        return None;
    }
    let medians: Option<Vec<f64>> = samples
        .chunks_exact(size)
        .take(BLOCKS)
        .map(|block| Sorted::new(block.iter().copied()).map(|sorted| sorted.median()))
        .collect();
    let medians = medians?;
    let mut agreement = 0_i32;
    for (at, earlier) in medians.iter().enumerate() {
        for later in &medians[at + 1..] {
            agreement += i32::from(later > earlier) - i32::from(later < earlier);
        }
    }
    let pairs = BLOCKS * (BLOCKS - 1) / 2;
    let tau = f64::from(agreement) / pairs as f64;
    let change = medians[BLOCKS - 1] / medians[0];
    let is_large = !(1.0 / (1.0 + CHANGE)..=1.0 + CHANGE).contains(&change);
    (tau.abs() >= TREND && change.is_finite() && is_large).then_some(Drift { change })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_that_take_longer_and_longer_drift() {
        let slower: Vec<_> = (0..1000).map(|n| 100.0 + f64::from(n) / 10.0).collect();
        let found = drift(&slower).unwrap();
        assert!((1.8..2.0).contains(&found.change), "{found:?}");
        let faster: Vec<_> = slower.iter().rev().copied().collect();
        assert!(drift(&faster).unwrap().change < 0.6);
    }

    #[test]
    fn noise_is_not_drift() {
        let noisy: Vec<_> = (0..1000_u32).map(|n| 100.0 + f64::from(n * 7919 % 101)).collect();
        assert_eq!(drift(&noisy), None);
        let step: Vec<_> = (0..1000).map(|n| if n == 500 { 1e6 } else { 100.0 }).collect();
        assert_eq!(drift(&step), None, "one outlier is not drift");
        assert_eq!(drift(&[1.0, 2.0]), None);
    }
}
