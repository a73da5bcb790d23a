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

/// The source of output: the program itself, or a function of the import object that logs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OutputSource {
    /// The stream.
    pub stream: Stream,
    /// True if a function of the import object wrote it.
    pub logged: bool,
}

impl OutputSource {
    /// Output of the program itself.
    #[must_use]
    pub const fn program(stream: Stream) -> Self {
        Self { stream, logged: false }
    }

    /// A log of a function of the import object.
    #[must_use]
    pub const fn log(stream: Stream) -> Self {
        Self { stream, logged: true }
    }
}

/// A piece of what a guest wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ConsoleChunk {
    /// Where to.
    pub stream: Stream,
    /// True if a function of the import object logged it, and not the program itself.
    pub logged: bool,
    /// As UTF-8; what was not is shown as U+FFFD.
    pub text: String,
}
