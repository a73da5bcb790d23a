//! Compares two reports, and finds the phases that got slower.

use watshop_protocol::Sentence;
use watshop_protocol::page::{BenchReport, Contender, Error, ErrorCode, Phase, Result, Verdict};
use watshop_protocol::say;
use watshop_statistics::{Sorted, by_bootstrap};

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
            let samples = |samples: &[f64]| Sorted::new(samples.iter().copied());
            let pair = samples(&series.samples).zip(samples(&old.samples));
            let Some(ratio) = pair.and_then(|(now, old)| by_bootstrap(&now, &old)) else {
                continue;
            };
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
