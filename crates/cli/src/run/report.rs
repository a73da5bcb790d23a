//! How a run is told: results on standard output, what went wrong on standard error.

use std::process::ExitCode;
use std::time::Duration;

use clap::CommandFactory as _;
use clap::error::ErrorKind;
use serde::Serialize;
use watshop_protocol::page::{Cache, Compiler, Engine, Error, Timings, Value};

use super::steps::{Failure, Finished};
use crate::arguments::{Line, Run};
use crate::{answer, complaint};

/// What `--json` prints.
#[derive(Serialize)]
#[serde(untagged)]
enum Answer<'a> {
    Finished {
        results: &'a [Value],
        /// Of a WASI program.
        #[serde(skip_serializing_if = "Option::is_none")]
        exit_status: Option<i32>,
        compiler: Compiler,
        engine: Engine,
        cache: Option<Cache>,
        timings_ns: Timings,
    },
    Failed {
        error: &'a Error,
    },
}

/// Tells it and gives the exit status. `total` is the whole way, from the command to the result.
pub(super) fn report(
    wanted: &Run,
    ended: Result<Finished, Failure>,
    total: Duration,
    at_line_start: bool,
) -> anyhow::Result<ExitCode> {
    match ended {
        Err(Failure::Usage(why)) => {
            let why = format!("{}: {why}", wanted.file.display());
            let mut line = Line::command();
            // Fills in the names of the subcommands, for the usage it shows.
            line.build();
            let run = line.find_subcommand_mut("run").map(|run| run.error(ErrorKind::ArgumentConflict, why));
            // Its own way out is to end the process; ours goes through `main`.
            drop(run.map(|usage| usage.print()));
            Ok(ExitCode::from(2))
        }
        Err(Failure::Error(error)) => {
            if wanted.json {
                print(&Answer::Failed { error: &error }, at_line_start)?;
            }
            complaint::write(&complaint::about(&wanted.file, &error));
            Ok(ExitCode::FAILURE)
        }
        Ok(finished) if wanted.json => {
            let record = &finished.run.record;
            let total = u64::try_from(total.as_nanos()).ok();
            print(
                &Answer::Finished {
                    results: &finished.results,
                    exit_status: finished.status,
                    compiler: record.compiler,
                    engine: record.engine,
                    cache: record.cache,
                    timings_ns: Timings { total, ..record.timings },
                },
                at_line_start,
            )?;
            Ok(status(finished.status))
        }
        Ok(finished) => {
            let lines: String = finished.results.iter().map(|value| format!("{}\n", value.value)).collect();
            answer::print(&lines)?;
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

/// One line, on a line of its own whatever the guest wrote before.
fn print(answer: &Answer<'_>, at_line_start: bool) -> anyhow::Result<()> {
    let border = if at_line_start { "" } else { "\n" };
    answer::print(&format!("{border}{}\n", serde_json::to_string(answer)?))?;
    Ok(())
}

/// The program's own status, as other runtimes give it. The system keeps eight bits of it, and a
/// failure must not become a success by that.
fn status(of_program: Option<i32>) -> ExitCode {
    let status = of_program.unwrap_or(0);
    match (status & 0xff) as u8 {
        0 if status != 0 => ExitCode::FAILURE,
        low => ExitCode::from(low),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use watshop_protocol::page::ValueType;

    #[test]
    fn json_has_the_promised_shape() {
        let answer = Answer::Finished {
            results: &[Value { kind: ValueType::I32, value: "42".into() }],
            exit_status: None,
            compiler: Compiler::Cranelift,
            engine: Engine::Jit,
            cache: Some(Cache::Miss),
            timings_ns: Timings { parse: Some(1), total: Some(9), ..Timings::default() },
        };
        assert_eq!(
            serde_json::to_string(&answer).unwrap(),
            r#"{"results":[{"type":"i32","value":"42"}],"compiler":"cranelift","engine":"jit","cache":"miss","timings_ns":{"parse":1,"total":9}}"#
        );
    }

    #[test]
    fn a_failure_never_becomes_a_success_by_losing_bits() {
        let text = |status_of| format!("{:?}", status(status_of));
        assert_eq!(text(None), format!("{:?}", ExitCode::SUCCESS));
        assert_eq!(text(Some(3)), format!("{:?}", ExitCode::from(3)));
        assert_eq!(text(Some(256)), format!("{:?}", ExitCode::FAILURE));
        assert_eq!(text(Some(-1)), format!("{:?}", ExitCode::from(255)));
    }
}
