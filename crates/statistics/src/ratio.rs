//! Two benches, as a ratio of their medians.

use crate::order::{Interval, Sorted};
use crate::random::Random;

/// The rounds of a bootstrap.
const ROUNDS: usize = 2000;

/// The most samples of a bench that a round of the bootstrap takes. A median of more is hardly
/// more exact, and the rounds would take seconds.
const MOST: usize = 1000;

/// The answer to the question which of two is faster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The first takes less time than the second.
    Faster,
    /// The first takes more time than the second.
    Slower,
    /// The samples do not tell.
    CannotTell,
}

/// The times of the first bench divided by those of the second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ratio {
    /// The ratio.
    pub ratio: f64,
    /// Its interval.
    pub interval: Interval,
}

impl Ratio {
    /// The verdict. `noise` is the part by which the machine's own speed varied, such as 0.02: a
    /// smaller difference could be the machine's.
    pub fn verdict(&self, noise: f64) -> Verdict {
        let noise = noise.max(0.0);
        let Interval { low, high, confidence } = self.interval;
        if confidence < 0.9 {
            return Verdict::CannotTell;
        }
        if high < 1.0 / (1.0 + noise) {
            Verdict::Faster
        } else if low > 1.0 + noise {
            Verdict::Slower
        } else {
            Verdict::CannotTell
        }
    }
}

/// The ratio of two benches that took turns. A machine whose speed drifts changes both samples of a
/// pair, and not their ratio. `None` without a pair, or if a time is not positive.
pub fn by_pairs(first: &[f64], second: &[f64]) -> Option<Ratio> {
    let ratios = first.iter().zip(second).map(|(first, second)| first / second);
    let sorted = Sorted::new(ratios)?;
    (sorted.quantile(0.0) > 0.0)
        .then(|| Ratio { ratio: sorted.median(), interval: sorted.interval() })
}

/// The ratio of the medians of two benches that were measured one after the other, with the
/// interval of a bootstrap (the percentiles of Efron and Tibshirani, An Introduction to the
/// Bootstrap, 13). `None` if a median is not positive.
pub fn by_bootstrap(first: &Sorted, second: &Sorted) -> Option<Ratio> {
    let ratio = first.median() / second.median();
    if !(ratio.is_finite() && ratio > 0.0) {
        return None;
    }
    let (first, second) = (thinned(first), thinned(second));
    let mut random = Random::new(1);
    let mut room = Vec::with_capacity(MOST);
    let mut median = |of: &[f64]| {
        room.clear();
        room.extend((0..of.len()).map(|_| of[random.below(of.len())]));
        let middle = room.len() / 2;
        *room.select_nth_unstable_by(middle, f64::total_cmp).1
    };
    let ratios = (0..ROUNDS).map(|_| median(&first) / median(&second));
    let ratios = Sorted::new(ratios)?;
    // A median of fewer than six samples has no interval of 95 %, and a bootstrap cannot make one.
    let confidence = if first.len().min(second.len()) < 6 { 0.0 } else { 0.95 };
    let (low, high) = (ratios.quantile(0.025), ratios.quantile(0.975));
    let interval = Interval { low: low.min(ratio), high: high.max(ratio), confidence };
    Some(Ratio { ratio, interval })
}

/// At most [`MOST`] samples with the same distribution.
fn thinned(sorted: &Sorted) -> Vec<f64> {
    let samples = sorted.samples();
    if samples.len() <= MOST {
        return samples.to_vec();
    }
    (0..MOST).map(|at| sorted.quantile((at as f64 + 0.5) / MOST as f64)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steady(around: f64, count: u32) -> Vec<f64> {
        (0..count).map(|n| around * (1.0 + f64::from(n * 7 % 11) / 200.0)).collect()
    }

    #[test]
    fn pairs_see_through_a_machine_that_slows_down() {
        let drift = |times: &[f64]| -> Vec<f64> {
            times.iter().zip(1..).map(|(time, n)| time * f64::from(n)).collect()
        };
        let first: Vec<_> = drift(&steady(10.0, 40));
        let second: Vec<_> = drift(&steady(9.0, 40));
        let ratio = by_pairs(&first, &second).unwrap();
        assert_eq!(ratio.verdict(0.0), Verdict::Slower);
        assert!((1.1..1.13).contains(&ratio.ratio), "{ratio:?}");
        assert_eq!(by_pairs(&second, &first).unwrap().verdict(0.0), Verdict::Faster);
        assert_eq!(ratio.verdict(0.2), Verdict::CannotTell, "the noise is larger");
    }

    #[test]
    fn too_few_samples_tell_nothing() {
        let two = Sorted::new([1.0, 1.0]).unwrap();
        let other = Sorted::new([9.0, 9.0]).unwrap();
        assert_eq!(by_bootstrap(&two, &other).unwrap().verdict(0.0), Verdict::CannotTell);
        assert_eq!(by_pairs(&[1.0], &[9.0]).unwrap().verdict(0.0), Verdict::CannotTell);
        assert_eq!(by_pairs(&[], &[]), None);
        assert_eq!(by_bootstrap(&Sorted::new([0.0]).unwrap(), &two), None);
    }

    #[test]
    fn a_bootstrap_gives_the_same_interval_again() {
        let sorted = |times| Sorted::new(times).unwrap();
        let (first, second) = (sorted(steady(10.0, 5000)), sorted(steady(9.0, 300)));
        let ratio = by_bootstrap(&first, &second).unwrap();
        assert_eq!(Some(ratio), by_bootstrap(&first, &second));
        assert_eq!(ratio.verdict(0.01), Verdict::Slower);
        assert_eq!(by_bootstrap(&first, &first).unwrap().verdict(0.0), Verdict::CannotTell);
    }
}
