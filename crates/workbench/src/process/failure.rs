//! The errors of a runner that is gone, refuses or takes too long.

use std::path::Path;
use std::time::Duration;
use watshop_protocol::say;

use watshop_parent::ProcessEnd;
use watshop_protocol::page::{Error, ErrorCode};

/// The error of a request to a runner that had said that it ends.
pub(super) fn ended_by_itself() -> Error {
    Error::new(ErrorCode::NoInstance, say!("The instance ended with its last call."))
}

/// The error of a runner that died by itself. It names a lack of memory.
///
/// `memory` is the number of bytes that it had a moment before, or 0 if that is not known.
pub(crate) fn crashed(end: &ProcessEnd, memory: u64) -> Error {
    let had = match memory >> 20 {
        0 => say!(""),
        mib => say!(" It had {mib} MiB a moment before."),
    };
    let (message, help) = if end.out_of_memory {
        (
            say!("The system ended the runner process, because memory ran out.{had}"),
            say!(
                "Lower the limit of all memories and tables, let the module take less, or close other \
             programs."
            ),
        )
    } else if end.log_tail.contains("memory allocation of ") {
        (
            say!("The runner process took more memory than one process may have, and ended."),
            say!("Let the module take less memory, or less in tables."),
        )
    } else if was_killed(end) {
        (
            say!("The runner process was ended from outside: {end}.{had}"),
            say!(
                "The system does so if memory runs out. Let the module take less, or close other programs."
            ),
        )
    } else {
        (
            say!("The runner process died: {end}."),
            say!("The tab's text and settings are as they were."),
        )
    };
    Error::new(ErrorCode::RunnerCrashed, message).help(help)
}

/// True if SIGKILL ended the process, which no program sends itself.
fn was_killed(end: &ProcessEnd) -> bool {
    use std::os::unix::process::ExitStatusExt as _;
    /// SIGKILL, which has the same number on every system.
    const KILL: i32 = 9;
    end.status.and_then(|status| status.signal()) == Some(KILL)
}

/// The error of a module that needs WASIX if the runner that has it is not installed.
pub(super) fn missing_wasix(program: &Path) -> Error {
    let why = say!(
        "This module needs WASIX (`wasix_32v1` or `wasix_64v1`), and the runner for it is not installed: there is no `{}`.",
        program.display()
    );
    Error::new(ErrorCode::WasixUnavailable, why).help(say!(
        "`npm run build` makes it; WATSHOP_PROGRAMS names the folder where it is looked for."
    ))
}

/// The error of an answer that does not fit its request, from a runner of another version.
pub(super) fn unreadable(why: &str) -> Error {
    Error::new(ErrorCode::RunnerCrashed, say!("The answer of the runner cannot be read: {why}."))
        .help(say!("It probably belongs to another version of Watshop: `npm run build` makes the right one."))
}

/// The error of a guest that was stopped at its limit.
pub(crate) fn instead_of(stopped: Error, error: Error) -> Error {
    Error { frames: stopped.frames, at: stopped.at, ..error }
}

pub(super) fn took_too_long(limit: Duration) -> Error {
    Error::new(
        ErrorCode::CallTime,
        say!("It ran longer than the limit of {} ms.", limit.as_millis()),
    )
    .help(say!("Look for a loop that does not end."))
}

/// The error of a request that needs an instance if there is none.
pub(crate) fn no_instance() -> Error {
    Error::new(ErrorCode::NoInstance, say!("This tab has no instance."))
}
