//! The report of a bench as text.

use watshop_protocol::page::{BenchReport, Contender, Phase, Verdict};
use watshop_protocol::terminal::spelled;
use watshop_workbench::time_text;

use crate::columns::columns;

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
        if let Some(count) = entry.instructions.filter(|_| phase == Phase::Call) {
            remarks += &format!("  {title}: {count} instructions in a call\n");
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
