//! Rules for a program's calls of WASI: which fail, wait, or answer without doing anything.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A rule for calls of WASI. The first one that fits a call decides.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct WasiRule {
    /// The function's name. A `*` at its end stands for any letters: `path_*`.
    pub call: String,
    /// Only calls with these letters in a path or in the name of a descriptor.
    #[serde(default)]
    pub letters: String,
    /// The number of such calls that are left alone first.
    #[serde(default)]
    pub after: u32,
    /// The deed.
    pub action: WasiAction,
}

/// The deed of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum WasiAction {
    /// The call is made, and no later rule is asked.
    Allow,
    /// The call is not made, and returns this error.
    Deny {
        /// The error's name, such as `NOENT`.
        errno: String,
    },
    /// The call is made after this time.
    Delay {
        /// The milliseconds, at most 60,000.
        ms: u32,
    },
    /// The call is not made, and returns `SUCCESS`. The first number that the function gives
    /// is written to memory: a time, a count of bytes, a position or a descriptor. Nothing else is
    /// written.
    Fake {
        /// The number, as text. Null is all bytes of a write, and else 0.
        #[serde(default)]
        result: Option<String>,
    },
}
