//! Compares two reports, and finds the phases that got slower.

use watshop_protocol::Sentence;
use watshop_protocol::page::{
    BenchComparison, BenchRatio, BenchReport, Contender, Error, ErrorCode, Phase, PhaseSeries,
    Result, Verdict,
};
use watshop_protocol::say;
use watshop_statistics::{Ratio, Sorted, by_bootstrap};

use super::figures::{LEAST, verdict};

/// A phase of a contender in two reports.
#[derive(Debug, Clone, PartialEq)]
pub struct BenchChange {
    /// The contender.
    pub contender: Contender,
    /// The phase.
    pub phase: Phase,
    /// The median in the first report, in nanoseconds.
    pub before: f64,
    /// The median in the second report, in nanoseconds.
    pub after: f64,
    /// The times of the second divided by those of the first.
    pub ratio: f64,
    /// The lower end of the interval of the ratio.
    pub low: f64,
    /// The upper end of the interval of the ratio.
    pub high: f64,
    /// The verdict about the second.
    pub verdict: Verdict,
}

/// Reads a report that was written as JSON.
///
/// # Errors
///
/// `bad_request` for other content, and for a report of a newer Watshop.
pub fn read_report(bytes: &[u8]) -> Result<BenchReport> {
    let wrong = |why: Sentence| Error::new(ErrorCode::BadRequest, why);
    let value: serde_json::Value = serde_json::from_slice(bytes)
        .map_err(|error| wrong(say!("The file is not JSON: {error}.")))?;
    let format = value.get("format").and_then(serde_json::Value::as_u64);
    match format {
        Some(format) if format > u64::from(BenchReport::FORMAT) => {
            return Err(wrong(say!("The report was made by a newer Watshop.")));
        }
        None => return Err(wrong(say!("The file is not the report of a bench."))),
        Some(_) => {}
    }
    serde_json::from_value(value)
        .map_err(|error| wrong(say!("The report cannot be read: {error}.")))
}

/// Compares everything that both reports have measured, by bootstrap, as they did not take turns. A
/// difference as small as the noise of either machine is not told.
pub fn compare_reports(before: &BenchReport, after: &BenchReport) -> Vec<BenchChange> {
    let noise = before.machine.noise.max(after.machine.noise).max(LEAST);
    let mut changes = Vec::new();
    for entry in &after.entries {
        let contender = entry.contender;
        let Some(old) = before.entries.iter().find(|old| old.contender == contender) else {
            continue;
        };
        for series in &entry.phases {
            // Times of another export are another measurement.
            let same = before.order.export == after.order.export;
            let old = old.phases.iter().find(|old| old.phase == series.phase);
            let Some(old) = old.filter(|_| same || series.phase != Phase::Call) else { continue };
            let Some(ratio) = apart(series, old) else { continue };
            changes.push(BenchChange {
                contender,
                phase: series.phase,
                before: old.figures.median,
                after: series.figures.median,
                ratio: ratio.ratio,
                low: ratio.interval.low,
                high: ratio.interval.high,
                verdict: verdict(&ratio, noise),
            });
        }
    }
    changes
}

/// Compares a phase of two entries of reports. Those of one report took turns, so the report has
/// their ratio.
pub(super) fn ratio_of(
    (a, first): (&BenchReport, u32),
    (b, second): (&BenchReport, u32),
    phase: Phase,
) -> Option<BenchRatio> {
    if a.at_ms == b.at_ms {
        let of = |x: u32, y: u32| {
            let same =
                |pair: &&BenchComparison| (pair.phase, pair.first, pair.second) == (phase, x, y);
            a.comparisons.iter().find(same).copied()
        };
        let turned = || of(second, first).map(turn);
        let pair = of(first, second).or_else(turned)?;
        let BenchComparison { ratio, low, high, verdict, .. } = pair;
        return Some(BenchRatio { ratio, low, high, verdict, paired: true });
    }
    let ratio = apart(series(a, first, phase)?, series(b, second, phase)?)?;
    let noise = a.machine.noise.max(b.machine.noise).max(LEAST);
    let Ratio { ratio: value, interval } = ratio;
    let verdict = verdict(&ratio, noise);
    Some(BenchRatio {
        ratio: value,
        low: interval.low,
        high: interval.high,
        verdict,
        paired: false,
    })
}

/// The samples of a phase of an entry.
fn series(report: &BenchReport, entry: u32, phase: Phase) -> Option<&PhaseSeries> {
    report.entries.get(entry as usize)?.phases.iter().find(|one| one.phase == phase)
}

/// The same comparison, with the second as the first.
fn turn(pair: BenchComparison) -> BenchComparison {
    BenchComparison {
        ratio: 1.0 / pair.ratio,
        low: 1.0 / pair.high,
        high: 1.0 / pair.low,
        verdict: match pair.verdict {
            Verdict::Faster => Verdict::Slower,
            Verdict::Slower => Verdict::Faster,
            Verdict::CannotTell => Verdict::CannotTell,
        },
        ..pair
    }
}

/// Compares two series that did not take turns.
fn apart(first: &PhaseSeries, second: &PhaseSeries) -> Option<Ratio> {
    let samples = |series: &PhaseSeries| Sorted::new(series.samples.iter().copied());
    by_bootstrap(&samples(first)?, &samples(second)?)
}
