use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where a guest wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Stream {
    /// Standard output.
    Stdout,
    /// Standard error.
    Stderr,
}

/// A piece of what a guest wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ConsoleChunk {
    /// Where to.
    pub stream: Stream,
    /// As UTF-8; what was not is shown as U+FFFD.
    pub text: String,
}
