//! Sorted samples: quantiles, and the interval of the median.

/// The chance that an interval contains the true median.
const CONFIDENCE: f64 = 0.95;

/// The number of samples up to which the ranks of an interval are exact. Above, the normal
/// distribution gives the same ranks.
const EXACT: usize = 1000;

/// The 97.5 % quantile of the normal distribution.
const NORMAL: f64 = 1.959_963_984_540_054;

/// Samples in ascending order, all of them finite.
#[derive(Debug, Clone, PartialEq)]
pub struct Sorted(Vec<f64>);

/// An interval in which the true median lies, with the chance for that.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// The chance that the true median lies between them. It is below 0.95 if there are fewer than
    /// six samples.
    pub confidence: f64,
}

impl Sorted {
    /// Sorts samples. Those that are not finite are left out. `None` if none is left.
    pub fn new(samples: impl IntoIterator<Item = f64>) -> Option<Self> {
        let mut sorted: Vec<_> = samples.into_iter().filter(|sample| sample.is_finite()).collect();
        sorted.sort_unstable_by(f64::total_cmp);
        (!sorted.is_empty()).then_some(Self(sorted))
    }

    /// The samples, least first.
    pub fn samples(&self) -> &[f64] {
        &self.0
    }

    /// The value below which a part of the samples lies, from 0 to 1. Between two samples it is on
    /// the line through them.
    pub fn quantile(&self, part: f64) -> f64 {
        let place = part.clamp(0.0, 1.0) * (self.0.len() - 1) as f64;
        let (below, above) = (place.floor() as usize, place.ceil() as usize);
        let (low, high) = (self.0[below], self.0[above]);
        low + (high - low) * (place - below as f64)
    }

    /// The median.
    pub fn median(&self) -> f64 {
        self.quantile(0.5)
    }

    /// The interval of the median by order statistics. It holds for every distribution: a sample
    /// lies below the true median as a coin falls (Conover, Practical Nonparametric Statistics,
    /// 3.2).
    pub fn interval(&self) -> Interval {
        let count = self.0.len();
        let (rank, confidence) = if count <= EXACT { exact(count) } else { normal(count) };
        Interval { low: self.0[rank], high: self.0[count - 1 - rank], confidence }
    }
}

/// The greatest rank, from 0, whose interval still has the wanted chance, and that chance.
fn exact(count: usize) -> (usize, f64) {
    // The chance of `rank` heads in `count` throws. It begins below the least positive number for
    // more than 1074 throws, so `EXACT` is less.
    let mut chance = 0.5_f64.powi(i32::try_from(count).unwrap_or(i32::MAX));
    let mut below = chance;
    let (mut best, mut confidence) = (0, 1.0 - 2.0 * below);
    for rank in 1..=(count.saturating_sub(1)) / 2 {
        chance *= (count - rank + 1) as f64 / rank as f64;
        below += chance;
        let covered = 1.0 - 2.0 * below;
        if covered < CONFIDENCE {
            break;
        }
        (best, confidence) = (rank, covered);
    }
    (best, confidence.max(0.0))
}

fn normal(count: usize) -> (usize, f64) {
    let count = count as f64;
    let rank = ((count - NORMAL * count.sqrt()) / 2.0 - 1.0).floor().max(0.0);
    (rank as usize, CONFIDENCE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_are_those_of_the_tables() {
        // Conover, table of the confidence limits of the median: the first and last of six samples,
        // the second and second last of nine, the sixth and sixth last of twenty.
        for (count, rank) in [(6, 0), (9, 1), (20, 5), (50, 17), (100, 39)] {
            let (found, confidence) = exact(count);
            assert_eq!(found, rank, "{count}");
            assert!(confidence >= CONFIDENCE, "{count}: {confidence}");
        }
        assert_eq!(exact(1), (0, 0.0));
        assert!(exact(5).1 < CONFIDENCE, "five samples are too few");
        let (above, below) = (normal(EXACT + 1).0, exact(EXACT).0);
        assert!(above.abs_diff(below) <= 1, "{above} after {below}");
    }

    #[test]
    fn quantiles_lie_between_samples() {
        let sorted = Sorted::new([4.0, 1.0, 2.0, f64::NAN, 3.0]).unwrap();
        assert_eq!(sorted.samples(), [1.0, 2.0, 3.0, 4.0]);
        assert_eq!((sorted.median(), sorted.quantile(0.0), sorted.quantile(1.0)), (2.5, 1.0, 4.0));
        assert_eq!(Sorted::new([f64::INFINITY]), None);
    }
}
