use std::io::{self, IsTerminal as _};

use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// The environment variable that says what every program of Watshop logs, in the syntax of
/// [`Targets`]: `debug`, or `warn,watshop_workbench=debug`.
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
    let wanted = std::env::var(LOG_VARIABLE).ok();
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal());
    // An `EnvFilter` also filters by the fields of spans, and brings an engine for regular
    // expressions into every program.
    tracing_subscriber::registry().with(lines).with(filter(wanted.as_deref(), otherwise)).init();
}

fn filter(wanted: Option<&str>, otherwise: &str) -> Targets {
    wanted
        .and_then(|wanted| wanted.parse().ok())
        .or_else(|| otherwise.parse().ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use tracing::Level;

    use super::*;

    #[test]
    fn a_level_a_part_and_nothing_are_filters_and_nonsense_is_replaced() {
        let enabled = |wanted, target| filter(wanted, "warn").would_enable(target, &Level::DEBUG);
        assert!(enabled(Some("debug"), "watshop_cli"));
        assert!(enabled(Some("warn,watshop_parent::timed=debug"), "watshop_parent::timed"));
        assert!(!enabled(Some("warn,watshop_parent::timed=debug"), "watshop_cli"));
        assert!(!enabled(Some("watshop=="), "watshop_cli"));
        assert!(!enabled(None, "watshop_cli"));
        assert!(!filter(Some("off"), "warn").would_enable("watshop_cli", &Level::ERROR));
    }
}
