//! The report of a run: results on standard output, errors on standard error.

use std::process::ExitCode;
use std::time::Duration;

use clap::CommandFactory as _;
use clap::error::ErrorKind;
use watshop_protocol::page::Timings;
use watshop_protocol::terminal::{self, JsonReport};

use super::counts;
use super::steps::{RunFailure, RunResult};
use crate::arguments::{CommandLine, RunArguments};
use crate::{answer, complaint};

/// Prints the report and gives the exit status. `total` is the time from the command to the result.
pub(super) fn report(
    wanted: &RunArguments,
    ended: Result<RunResult, RunFailure>,
    total: Duration,
    at_line_start: bool,
) -> anyhow::Result<ExitCode> {
    match ended {
        Err(RunFailure::Usage(why)) => {
            let why = format!("{}: {why}", wanted.file.display());
            let mut line = CommandLine::command();
            // The names of the subcommands are needed for the usage that is shown.
            line.build();
            let run = line
                .find_subcommand_mut("run")
                .map(|run| run.error(ErrorKind::ArgumentConflict, why));
            // Clap's own method would end the process here. Ours returns through `main`.
            drop(run.map(|usage| usage.print()));
            Ok(ExitCode::from(2))
        }
        Err(RunFailure::Error(error)) => {
            if wanted.json {
                print(&JsonReport::Failed { error: &error }, at_line_start)?;
            }
            complaint::write(&complaint::about(&wanted.file, &error));
            Ok(ExitCode::FAILURE)
        }
        Ok(finished) if wanted.json => {
            let record = &finished.run.record;
            let total = u64::try_from(total.as_nanos()).ok();
            print(
                &JsonReport::Finished {
                    results: &finished.results,
                    exit_status: finished.status,
                    compiler: record.compiler,
                    engine: record.engine,
                    cache: record.cache,
                    timings_ns: Timings { total, ..record.timings },
                    instructions: finished.counts.as_ref(),
                },
                at_line_start,
            )?;
            Ok(status(finished.status))
        }
        Ok(finished) => {
            let lines: String =
                finished.results.iter().map(|value| format!("{}\n", value.value)).collect();
            answer::print(&lines)?;
            if let Some(counts) = &finished.counts {
                let file = wanted.file.display();
                complaint::write(&format!("{file}: {}", counts::describe(counts).trim_end()));
            }
            if finished.status.is_none() && wanted.invoke.is_none() {
                let file = wanted.file.display();
                complaint::write(&format!(
                    "{file}: instantiated; nothing was called. --invoke NAME calls an export, and \
                     `watshop inspect {file}` lists them."
                ));
            }
            Ok(status(finished.status))
        }
    }
}

/// Prints an answer as one line. It begins a new line if the guest left one unfinished.
fn print(answer: &JsonReport<'_>, at_line_start: bool) -> anyhow::Result<()> {
    if !at_line_start {
        answer::print("\n")?;
    }
    Ok(answer::print_json(answer)?)
}

/// The exit status of this process.
fn status(of_program: Option<i32>) -> ExitCode {
    ExitCode::from(terminal::exit_status(of_program))
}
