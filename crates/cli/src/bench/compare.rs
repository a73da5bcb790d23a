//! `watshop bench --compare`.

use std::path::Path;
use std::process::ExitCode;
use watshop_protocol::say;

use watshop_protocol::page::{BenchReport, Error, ErrorCode, Result, Verdict};
use watshop_workbench::{BenchChange, compare_reports, read_report, time_text};

use super::table::short;
use crate::columns::columns;
use crate::{answer, complaint};

/// Prints what changed from one report to another. The exit status is 1 if something got slower by
/// more than `most`.
pub(super) fn compare(before: &Path, after: &Path, most: Option<f64>) -> anyhow::Result<ExitCode> {
    let mut reports = Vec::new();
    for file in [before, after] {
        match read(file) {
            Ok(report) => reports.push(report),
            Err(error) => {
                complaint::write(&complaint::about(file, &error));
                return Ok(ExitCode::FAILURE);
            }
        }
    }
    let changes = compare_reports(&reports[0], &reports[1]);
    if changes.is_empty() {
        complaint::write("watshop: error: The reports have no measurement in common.");
        return Ok(ExitCode::FAILURE);
    }
    let head = ["", "phase", "before", "after", "ratio", "95 % interval", ""].map(str::to_owned);
    answer::print(&columns(head.into(), changes.iter().map(row).collect()))?;
    let slower = |change: &&BenchChange| {
        change.verdict == Verdict::Slower && most.is_some_and(|most| change.ratio > most)
    };
    let exceeded: Vec<_> = changes.iter().filter(slower).collect();
    for change in &exceeded {
        complaint::write(&format!(
            "watshop: {} of {} takes {:.3}x the time of before, more than {}.",
            format!("{:?}", change.phase).to_lowercase(),
            short(&change.contender),
            change.ratio,
            most.unwrap_or_default(),
        ));
    }
    Ok(if exceeded.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn row(change: &BenchChange) -> Vec<String> {
    vec![
        short(&change.contender),
        format!("{:?}", change.phase).to_lowercase(),
        time_text(change.before),
        time_text(change.after),
        format!("{:.3}x", change.ratio),
        format!("{:.3} to {:.3}", change.low, change.high),
        change.verdict.title().to_owned(),
    ]
}

fn read(file: &Path) -> Result<BenchReport> {
    let bytes = std::fs::read(file).map_err(|error| {
        Error::new(ErrorCode::File, say!("The report cannot be read: {error}."))
    })?;
    read_report(&bytes)
}
