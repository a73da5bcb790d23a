//! `watshop bench --announcement`: the three charts of 2021, and today's figures beside them.

use std::path::PathBuf;
use watshop_protocol::say;

use watshop_protocol::page::{BenchOrder, BenchReport, Compiler, Engine, Error, Result, TabId};
use watshop_protocol::registry::{OpenAnnouncement, WorkbenchApi as _};
use watshop_workbench::{Announcement, Workbench, announcement_file, time_text};

use super::table::describe;
use crate::columns::columns;

/// The arguments of the program.
pub(super) fn arguments() -> Vec<String> {
    Announcement::ARGUMENTS.map(str::to_owned).into()
}

/// The bench of the program: it runs from start to exit.
pub(super) fn order(order: BenchOrder) -> BenchOrder {
    BenchOrder { export: None, arguments: Vec::new(), ..order }
}

/// Opens the program in a tab.
pub(super) async fn open(workbench: &Workbench, file: Option<PathBuf>) -> Result<TabId> {
    let named = file.is_some();
    let bytes = match file {
        Some(file) => announcement_file(&file)?,
        None => Vec::new(),
    };
    let opened = workbench.open_announcement(OpenAnnouncement {}, bytes).await;
    Ok(opened.map_err(|error| if named { error } else { advise(error) })?.tab.summary.id)
}

/// Adds the option that takes the file.
fn advise(error: Error) -> Error {
    let help = error.help.clone().unwrap_or_default();
    error.help(say!("{help} Name the unpacked file after `--announcement`."))
}

/// The charts, and the whole report below them.
pub(super) fn charts(report: &BenchReport) -> String {
    let mut text =
        "The benchmark of Wasmer's announcement of 2021: qjs.wasm, console.log('hello')\n"
            .to_owned();
    for chart in Announcement::CHARTS {
        let mut rows = Vec::new();
        for (compiler, then) in chart.times {
            for engine in Engine::ALL {
                if let Some(now) = median(report, compiler, engine, chart.phase) {
                    rows.push(vec![
                        format!("{} {}", compiler.title(), engine.as_str()),
                        time_text(then),
                        time_text(now),
                        format!("{:.2}x", now / then),
                    ]);
                }
            }
        }
        let head = ["", "2021", "here", "ratio"].map(str::to_owned);
        text += &format!("\n{}\n{}", chart.title, columns(head.into(), rows));
    }
    text + "\n" + &describe(report)
}

fn median(
    report: &BenchReport,
    compiler: Compiler,
    engine: Engine,
    phase: watshop_protocol::page::Phase,
) -> Option<f64> {
    let entry = report
        .entries
        .iter()
        .find(|it| it.contender.compiler == compiler && it.contender.engine == engine)?;
    let series = entry.phases.iter().find(|series| series.phase == phase)?;
    Some(series.figures.median)
}
