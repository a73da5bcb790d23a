//! Figures of samples, for a report.

use watshop_protocol::page::{BenchComparison, Figures, Phase, PhaseSeries, Verdict};
use watshop_statistics::{self as statistics, Ratio, Sorted, Summary};

/// The most samples of a series that a report keeps.
const MOST_KEPT: usize = 50_000;

/// The least difference that is told of two that took turns. The place of code and memory
/// changes the speed of the same code by as much.
pub(crate) const LEAST: f64 = 0.01;

/// The series of a phase. `None` without samples.
pub(crate) fn series(phase: Phase, samples: &[f64]) -> Option<PhaseSeries> {
    let figures = figures(samples)?;
    // Every so many samples, so that the whole bench is seen.
    let step = samples.len().div_ceil(MOST_KEPT).max(1);
    let kept: Vec<_> =
        samples.iter().step_by(step).map(|ns| (ns * 100.0).round() / 100.0).collect();
    let left_out = count(samples.len() - kept.len());
    Some(PhaseSeries { phase, samples: kept, left_out, figures })
}

/// The figures of samples. `None` without samples.
pub(crate) fn figures(samples: &[f64]) -> Option<Figures> {
    let sorted = Sorted::new(samples.iter().copied())?;
    let summary = Summary::of(&sorted);
    let bins = statistics::histogram(&sorted);
    Some(Figures {
        count: count(summary.count),
        min: summary.min,
        lower_quartile: summary.lower_quartile,
        median: summary.median,
        upper_quartile: summary.upper_quartile,
        max: summary.max,
        mean: summary.mean,
        low: summary.interval.low,
        high: summary.interval.high,
        confidence: summary.interval.confidence,
        low_outliers: count(summary.low_outliers),
        high_outliers: count(summary.high_outliers),
        drift: statistics::drift(samples).map(|drift| drift.change),
        bins_start: bins.start,
        bin_width: bins.width,
        bins: bins.counts.into_iter().map(count).collect(),
        above: count(bins.above),
    })
}

/// Compares two that took turns, by the pairs of their times.
pub(crate) fn compare(
    phase: Phase,
    (first, first_times): (usize, &[f64]),
    (second, second_times): (usize, &[f64]),
) -> Option<BenchComparison> {
    let ratio = statistics::by_pairs(first_times, second_times)?;
    let Ratio { ratio: value, interval } = ratio;
    Some(BenchComparison {
        phase,
        first: count(first),
        second: count(second),
        ratio: value,
        low: interval.low,
        high: interval.high,
        verdict: verdict(&ratio, LEAST),
    })
}

/// The verdict of a ratio, for a report.
pub(crate) fn verdict(ratio: &Ratio, noise: f64) -> Verdict {
    match ratio.verdict(noise) {
        statistics::Verdict::Faster => Verdict::Faster,
        statistics::Verdict::Slower => Verdict::Slower,
        statistics::Verdict::CannotTell => Verdict::CannotTell,
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
