//! Reports a run: results on standard output, errors on standard error.

use std::io;
use std::time::Duration;

use watshop_protocol::page::{CacheUse, Timings};
use watshop_protocol::terminal::{self, spelled};

use super::{AloneFailure, AloneResult};
use crate::arguments::ArtifactRun;
use crate::{Executable, complain, print, print_json, usage};

/// Reports a run, and gives the exit status. `total` is the time from the start to the result.
pub(super) fn report(
    executable: Executable,
    wanted: &ArtifactRun,
    ended: Result<AloneResult, AloneFailure>,
    total: Duration,
    at_line_start: bool,
) -> anyhow::Result<u8> {
    let json = |answer: &terminal::JsonReport<'_>| {
        // The answer gets a line of its own, whatever the guest wrote before.
        if !at_line_start {
            print("\n")?;
        }
        print_json(&serde_json::to_string(answer)?)
    };
    let finished = match ended {
        Ok(finished) => finished,
        Err(AloneFailure::Mute(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
            return Ok(0);
        }
        Err(AloneFailure::Mute(error)) => {
            anyhow::bail!("what the guest wrote could not be written: {error}");
        }
        Err(AloneFailure::Usage(why)) => {
            usage(executable, &format!("{}: {why}", wanted.file.display()));
            return Ok(crate::USAGE);
        }
        Err(AloneFailure::Error(error)) => {
            if wanted.json {
                json(&terminal::JsonReport::Failed { error: &error })?;
            }
            complain(&terminal::complaint(&wanted.file, true, &error));
            return Ok(1);
        }
    };
    if wanted.json {
        let total = u64::try_from(total.as_nanos()).ok();
        json(&terminal::JsonReport::Finished {
            results: &finished.results,
            exit_status: finished.status,
            compiler: finished.passport.compiler(),
            engine: finished.passport.engine,
            cache: Some(CacheUse::Sealed),
            timings_ns: Timings { total, ..finished.timings },
            instructions: finished.counts.as_ref(),
        })?;
    } else {
        let lines: String =
            finished.results.iter().map(|value| format!("{}\n", value.value)).collect();
        print(&lines)?;
        if let Some(callable) = finished.callable {
            let file = spelled::name(&wanted.file.display().to_string());
            complain(&format!("{file}: instantiated; nothing was called. {}", hint(&callable)));
        }
    }
    Ok(terminal::exit_status(finished.status))
}

fn hint(callable: &[String]) -> String {
    const NAMED: usize = 8;
    let named: Vec<_> =
        callable.iter().take(NAMED).map(|name| format!("`{}`", spelled::name(name))).collect();
    let more = if callable.len() > NAMED { " and more" } else { "" };
    match named.as_slice() {
        [] => "It exports no function.".to_owned(),
        named => format!("--invoke NAME calls an export: {}{more}.", named.join(", ")),
    }
}
