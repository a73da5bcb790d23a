use std::io::{self, IsTerminal as _};

use tracing_subscriber::EnvFilter;

/// The environment variable that says what every program of Watshop logs, in the syntax of
/// [`EnvFilter`].
pub const LOG_VARIABLE: &str = "WATSHOP_LOG";

/// Sends the log of this process to standard error, filtered as [`LOG_VARIABLE`] says. A filter
/// that is missing or cannot be read is replaced by `otherwise`.
///
/// The log has colours only on a terminal: the workbench shows the end of the log of a process that
/// died.
///
/// # Panics
///
/// If the process has a log already.
pub fn log_to_stderr(otherwise: &str) {
    let filter = EnvFilter::try_from_env(LOG_VARIABLE).unwrap_or_else(|_| otherwise.into());
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal())
        .init();
}
