//! The figures of one bench.

use crate::order::{Interval, Sorted};

/// The distance from a quartile, in interquartile ranges, from which a sample is an outlier (Tukey,
/// Exploratory Data Analysis).
const FENCE: f64 = 1.5;

/// The figures of samples, in their unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Summary {
    /// The number of samples.
    pub count: usize,
    /// The least sample.
    pub min: f64,
    /// A quarter of the samples lies below.
    pub lower_quartile: f64,
    /// Half of the samples lies below.
    pub median: f64,
    /// Three quarters of the samples lie below.
    pub upper_quartile: f64,
    /// The greatest sample.
    pub max: f64,
    /// The mean.
    pub mean: f64,
    /// The interval of the median.
    pub interval: Interval,
    /// The samples below the lower fence.
    pub low_outliers: usize,
    /// The samples above the upper fence.
    pub high_outliers: usize,
}

impl Summary {
    /// The figures of sorted samples.
    pub fn of(sorted: &Sorted) -> Self {
        let samples = sorted.samples();
        let (lower, upper) = (sorted.quantile(0.25), sorted.quantile(0.75));
        let (low, high) = fences(lower, upper);
        let count = samples.len();
        Self {
            count,
            min: sorted.quantile(0.0),
            lower_quartile: lower,
            median: sorted.median(),
            upper_quartile: upper,
            max: sorted.quantile(1.0),
            mean: samples.iter().map(|sample| sample / count as f64).sum(),
            interval: sorted.interval(),
            low_outliers: samples.partition_point(|sample| *sample < low),
            high_outliers: count - samples.partition_point(|sample| *sample <= high),
        }
    }

    /// The values beyond which a sample is an outlier.
    pub fn fences(&self) -> (f64, f64) {
        fences(self.lower_quartile, self.upper_quartile)
    }
}

fn fences(lower: f64, upper: f64) -> (f64, f64) {
    let reach = FENCE * (upper - lower);
    (lower - reach, upper + reach)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outlier_is_counted_and_moves_no_median() {
        let samples = (1..=100).map(f64::from);
        let calm = Summary::of(&Sorted::new(samples.clone()).unwrap());
        assert_eq!((calm.median, calm.mean, calm.high_outliers), (50.5, 50.5, 0));
        let busy = Summary::of(&Sorted::new(samples.chain([1e9])).unwrap());
        assert_eq!((busy.median, busy.high_outliers, busy.low_outliers), (51.0, 1, 0));
        assert!(busy.mean > 1e6, "which is why medians are compared");
    }
}
