//! `watshop targets`: the code that each compiler makes for each machine.

use std::fmt::Write as _;
use std::io::IsTerminal as _;
use std::process::ExitCode;

use watshop_protocol::page::{Compiler, Form, ProbeResult, TargetRow, Targets as Table};
use watshop_protocol::registry::{ListTargets, WorkbenchApi as _};
use watshop_workbench::{CacheMode, Config, StateKind, Workbench};

use crate::arguments::TargetsArguments;
use crate::{answer, complaint};

/// Prints the table, or measures it anew.
pub(crate) async fn targets(wanted: TargetsArguments) -> anyhow::Result<ExitCode> {
    let config =
        Config { state: StateKind::InMemory, cache: CacheMode::Off, ..Config::from_environment()? };
    let workbench = Workbench::open(config)?;
    let text = if wanted.probe {
        let terminal = std::io::stderr().is_terminal();
        let tell = |what: &str| {
            if terminal {
                complaint::write(what);
            }
        };
        workbench.probe_targets(tell).await?
    } else {
        let table = workbench.list_targets(ListTargets {}).await?;
        if wanted.json {
            workbench.shutdown().await;
            answer::print_json(&table)?;
            return Ok(ExitCode::SUCCESS);
        }
        show(&table)
    };
    workbench.shutdown().await;
    answer::print(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// The table as text: a row for each target, with a letter for each form that a compiler makes.
fn show(table: &Table) -> String {
    let mut text = format!(
        "This machine is {} with {}.\nWith Wasmer {}: j a sealed artifact for the engine JIT, n for Native, o an object file \
         (and a shared library); - cannot be made, ? not tried. `--json` says why.\n\n",
        table.host.triple,
        if table.host.cpu_features.is_empty() {
            "no CPU features".into()
        } else {
            table.host.cpu_features.join(" ")
        },
        table.wasmer,
    );
    let width = table.rows.iter().map(|row| row.triple.len()).max().unwrap_or(0);
    let _ = write!(text, "{:width$}", "");
    for compiler in Compiler::ALL {
        let _ = write!(text, "  {:10}", compiler.title());
    }
    text.push('\n');
    for row in &table.rows {
        let _ = write!(text, "{:width$}", row.triple);
        for compiler in Compiler::ALL {
            let _ = write!(text, "  {:10}", letters(row, compiler));
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
    }
    text
}

fn letters(row: &TargetRow, compiler: Compiler) -> String {
    let letter = |form: Form| {
        let cell = row.cells.iter().find(|cell| (cell.compiler, cell.form) == (compiler, form));
        match (cell.map(|cell| cell.probed), form) {
            (Some(ProbeResult::Ok), Form::Jit) => 'j',
            (Some(ProbeResult::Ok), Form::Native) => 'n',
            (Some(ProbeResult::Ok), Form::Object) => 'o',
            (Some(ProbeResult::Refused | ProbeResult::Crashed), _) => '-',
            (Some(ProbeResult::Unknown) | None, _) => '?',
        }
    };
    Form::ALL.map(letter).into_iter().collect()
}
