//! The report of a bench as text.

use watshop_protocol::page::{BenchReport, Contender, Phase, Verdict};
use watshop_protocol::terminal::spelled;
use watshop_workbench::time_text;

/// The report, a table for each phase.
pub(super) fn describe(report: &BenchReport) -> String {
    let machine = &report.machine;
    let mut text = format!(
        "{}: {}, {} cores; noise {:.1} %\n",
        spelled::name(&report.module.name),
        machine.cpu,
        machine.cores,
        machine.noise * 100.0
    );
    for process in &machine.busy {
        text += &format!(
            "the machine was busy: {} ({}) took {:.0} % of a core\n",
            spelled::name(&process.name),
            process.pid,
            process.cores * 100.0
        );
    }
    for phase in [Phase::Compile, Phase::Load, Phase::Instantiate, Phase::Call] {
        text += &of_phase(report, phase);
    }
    text
}

fn of_phase(report: &BenchReport, phase: Phase) -> String {
    let mut rows = Vec::new();
    let mut remarks = String::new();
    for entry in &report.entries {
        let Some(series) = entry.phases.iter().find(|series| series.phase == phase) else {
            continue;
        };
        let it = &series.figures;
        let title = entry.contender.title();
        rows.push(vec![
            title.clone(),
            time_text(it.median),
            format!("{} to {}", time_text(it.low), time_text(it.high)),
            time_text(it.min),
            time_text(it.max),
            it.count.to_string(),
            (it.low_outliers + it.high_outliers).to_string(),
        ]);
        if let Some(change) = it.drift {
            remarks += &format!("  {title}: the times changed, {change:.2}x at the end\n");
        }
        if let Some(calls) = entry.calls.as_ref().filter(|_| phase == Phase::Call) {
            let varies = if calls.varies { "; the results changed from call to call" } else { "" };
            remarks += &format!(
                "  {title}: {} calls, {} a sample; first call {}{varies}\n",
                calls.calls,
                calls.batch,
                time_text(calls.warm_up.first_ns as f64)
            );
        }
    }
    if rows.is_empty() {
        return remarks;
    }
    let head = ["", "median", "95 % interval", "least", "greatest", "samples", "outliers"]
        .map(str::to_owned);
    let name = format!("{phase:?}").to_lowercase();
    format!("\n{name}\n{}{remarks}{}", columns(head.into(), rows), comparisons(report, phase))
}

fn comparisons(report: &BenchReport, phase: Phase) -> String {
    let title = |at: u32| {
        report.entries.get(at as usize).map_or_else(String::new, |it| it.contender.title())
    };
    let pairs = report.comparisons.iter().filter(|pair| pair.phase == phase);
    pairs
        .map(|pair| {
            let verdict = match pair.verdict {
                Verdict::CannotTell => "cannot tell".to_owned(),
                verdict => format!("{} is {}", title(pair.first), verdict.title()),
            };
            format!(
                "  {} / {}: {:.3}x, {:.3} to {:.3}: {verdict}\n",
                title(pair.first),
                title(pair.second),
                pair.ratio,
                pair.low,
                pair.high
            )
        })
        .collect()
}

/// The name of a contender in one word, as the command line has it.
pub(super) fn short(contender: &Contender) -> String {
    format!("{} {}", contender.compiler.title(), contender.engine.as_str())
}

/// Columns of text: the first to the left, the others to the right.
pub(crate) fn columns(head: Vec<String>, rows: Vec<Vec<String>>) -> String {
    let all: Vec<_> = std::iter::once(head).chain(rows).collect();
    let width = |at: usize| {
        all.iter().filter_map(|row| row.get(at)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<_> = (0..all[0].len()).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).zip(0..).map(|((cell, width), at)| match at {
            0 => format!("  {cell:<width$}"),
            _ => format!("  {cell:>width$}"),
        });
        format!("{}\n", cells.collect::<String>().trim_end())
    };
    all.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let row = |cells: [&str; 2]| cells.map(str::to_owned).to_vec();
        let text = columns(row(["", "time"]), vec![row(["a", "10 µs"]), row(["bcd", "9 µs"])]);
        assert_eq!(text, "        time\n  a    10 µs\n  bcd   9 µs\n");
    }
}
