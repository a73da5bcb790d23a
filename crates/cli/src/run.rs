//! `watshop run`.

mod counts;
mod report;
mod steps;

use std::io;
use std::process::ExitCode;
use std::sync::OnceLock;
use std::time::Instant;

use watshop_protocol::page::TabId;
use watshop_protocol::registry::{StopTab, WorkbenchApi as _};
use watshop_workbench::{CacheMode, Config, StateKind, Workbench};

use crate::arguments::RunArguments;
use crate::guest_input::GuestInput;
use crate::guest_output::{GuestOutput, WriteEnd};
use crate::interrupt::Interrupts;
pub(crate) use steps::host_path;
use steps::{RunFailure, RunResult};

/// The exit status of a program that Ctrl-C ended, as shells define it: 128 and the number of
/// SIGINT.
pub(crate) const INTERRUPTED: u8 = 130;

/// The end of a run.
enum RunEnd {
    /// The run ended by itself.
    Ended(Box<Result<RunResult, RunFailure>>),
    /// The person stopped it.
    Interrupted,
    /// The guest's output could not be passed on.
    Mute(WriteEnd),
}

/// Runs a file and prints its results.
pub(crate) async fn run(wanted: RunArguments) -> anyhow::Result<ExitCode> {
    let began = Instant::now();
    let (raw_output, mut output) = GuestOutput::open();
    let (input_wanted, input) = GuestInput::open(wanted.wasi.stdin.as_deref())?;
    let config = Config {
        state: StateKind::InMemory,
        cache: if wanted.no_cache { CacheMode::Off } else { CacheMode::On },
        raw_output: Some(raw_output),
        input_wanted: Some(input_wanted),
        streams: Some(wanted.wasi.streams()),
        ..Config::from_environment()?
    };
    let workbench = Workbench::open(config)?;
    let end = follow(&workbench, &wanted, input, &mut output).await?;
    let total = began.elapsed();
    workbench.shutdown().await;
    // The workbench has the last sender of the guest's output. After this drop the writer writes
    // the rest and ends.
    drop(workbench);
    match end {
        RunEnd::Interrupted => Ok(ExitCode::from(INTERRUPTED)),
        RunEnd::Mute(written) => passed_on(&written),
        RunEnd::Ended(ended) => {
            let written = output.ended().await;
            if written.failed.is_some() {
                return passed_on(&written);
            }
            report::report(&wanted, *ended, total, written.at_line_start)
        }
    }
}

/// Goes through the steps, and listens for Ctrl-C and for a reader that goes away.
async fn follow(
    workbench: &Workbench,
    wanted: &RunArguments,
    input: GuestInput,
    output: &mut GuestOutput,
) -> anyhow::Result<RunEnd> {
    let tab = OnceLock::new();
    let mut work = std::pin::pin!(steps::go(workbench, wanted, &tab));
    let mut interrupts = Interrupts::listen()?;
    let early = tokio::select! {
        ended = &mut work => return Ok(RunEnd::Ended(Box::new(ended))),
        () = interrupts.next() => RunEnd::Interrupted,
        written = output.ended() => RunEnd::Mute(written),
        never = input.pass_on(workbench, &tab) => match never {},
    };
    stop(workbench, tab.get());
    tokio::select! {
        _ = work => {}
        // A second Ctrl-C ends the program at once.
        () = interrupts.next() => {}
    }
    Ok(early)
}

/// Asks the guest to stop, in a task of its own. The work ends as soon as the guest has.
fn stop(workbench: &Workbench, tab: Option<&TabId>) {
    let Some(&tab) = tab else { return };
    let workbench = workbench.clone();
    tokio::spawn(async move {
        if let Err(error) = workbench.stop_tab(StopTab { tab }).await {
            tracing::debug!("stopping: {error}");
        }
    });
}

/// The exit status after an early end of the output. A reader that has gone (`| head`) has read
/// enough; anything else is an error.
fn passed_on(written: &WriteEnd) -> anyhow::Result<ExitCode> {
    match &written.failed {
        Some(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(anyhow::anyhow!("the guest's output could not be written: {error}"))
        }
        _ => Ok(ExitCode::SUCCESS),
    }
}
