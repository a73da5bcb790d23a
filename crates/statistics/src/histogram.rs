//! Samples in bins of one width.

use crate::order::Sorted;
use crate::summary::Summary;

/// The most bins: more are not told apart on a screen.
const MOST: f64 = 64.0;

/// The number of samples in each bin.
#[derive(Debug, Clone, PartialEq)]
pub struct Histogram {
    /// The lower end of the first bin.
    pub start: f64,
    /// The width of a bin.
    pub width: f64,
    /// The samples of each bin.
    pub counts: Vec<usize>,
    /// The samples above the last bin.
    pub above: usize,
}

/// Puts samples into bins of the width that Freedman and Diaconis give. A long tail of outliers
/// would leave one bin for all the others, so bins end at the upper fence, and the samples above it
/// are counted.
pub fn histogram(sorted: &Sorted) -> Histogram {
    let summary = Summary::of(sorted);
    let samples = sorted.samples();
    let start = summary.min;
    let end = summary.max.min(summary.fences().1).max(summary.median);
    let span = end - start;
    if span <= 0.0 {
        return Histogram { start, width: 0.0, counts: vec![samples.len()], above: 0 };
    }
    let spread = summary.upper_quartile - summary.lower_quartile;
    let wanted = 2.0 * spread / (samples.len() as f64).cbrt();
    let bins = if wanted > 0.0 { (span / wanted).ceil().clamp(1.0, MOST) } else { MOST };
    let width = span / bins;
    let mut counts = vec![0; bins as usize];
    let mut above = 0;
    for sample in samples {
        if *sample > end {
            above += 1;
            continue;
        }
        // The last bin contains its upper end.
        let at = (((sample - start) / width) as usize).min(counts.len() - 1);
        counts[at] += 1;
    }
    Histogram { start, width, counts, above }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_samples_are_one_bin() {
        let bins = histogram(&Sorted::new([7.0; 30]).unwrap());
        assert_eq!((bins.counts, bins.width, bins.above), (vec![30], 0.0, 0));
    }

    #[test]
    fn a_tail_does_not_widen_the_bins() {
        let samples = (0..1000).map(|n| f64::from(n % 100)).chain([1e9]);
        let bins = histogram(&Sorted::new(samples).unwrap());
        assert_eq!(bins.above, 1);
        assert!(bins.counts.len() > 5 && bins.width < 20.0, "{bins:?}");
    }
}
