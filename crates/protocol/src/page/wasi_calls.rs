//! The record of a program's calls of WASI.

use crate::Sentence;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::address::Address;

/// A call of a function of WASI.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WasiCall {
    /// The number of the call, from 1 for each instance.
    #[ts(type = "number")]
    pub sequence: u64,
    /// The start of the call: nanoseconds since the instance was made, as text.
    pub at_ns: String,
    /// The nanoseconds that it took, as text; null while it runs.
    pub took_ns: Option<String>,
    /// The function's name.
    pub name: String,
    /// The arguments in words: paths and bytes as text, flags and descriptors by name.
    pub arguments: String,
    /// The end of the call.
    pub ended: WasiCallEnd,
    /// The number of the rule that decided, from 1; null if none did.
    pub rule: Option<u32>,
    /// The ranges of the program's memory that it read or wrote.
    pub ranges: Vec<WasiRange>,
}

/// The end of a call of WASI.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "end", rename_all = "snake_case")]
pub enum WasiCallEnd {
    /// It has not ended yet. For example, it waits for input.
    Running,
    /// It returned `SUCCESS`.
    Done {
        /// The results that it wrote, in words, such as `opened=4`.
        results: String,
    },
    /// It returned another number.
    Failed {
        /// The number's name, such as `NOENT`.
        errno: String,
        /// The meaning of the number, in a sentence.
        about: Sentence,
    },
    /// It ended the program with this status.
    Exited {
        /// The status.
        status: u32,
    },
    /// It was stopped from outside.
    Stopped,
    /// It needs a memory that the module does not export.
    NoMemory,
}

/// A range of the program's memory that a call of WASI read or wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WasiRange {
    /// The parameter that names the range.
    pub parameter: String,
    /// The first byte.
    pub offset: Address,
    /// The number of bytes.
    pub length: u32,
    /// True if it was written.
    pub wrote: bool,
}

/// The calls of one function of WASI since the instance was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WasiCallCount {
    /// The function's name.
    pub name: String,
    /// The number of its calls.
    #[ts(type = "number")]
    pub calls: u64,
    /// The number of them that returned another number than `SUCCESS`.
    #[ts(type = "number")]
    pub failed: u64,
    /// The nanoseconds that all of them took, as text.
    pub took_ns: String,
}

/// The calls of WASI that a reader wants to see.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct WasiCallFilter {
    /// Only calls of this function; an empty one takes all.
    pub name: String,
    /// Only calls that failed.
    pub failed: bool,
    /// Only calls with these letters in their name, arguments, results or error.
    pub letters: String,
}

/// The reply of `wasi.calls`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WasiCallsView {
    /// The generation of the instance, as in `InstanceView`.
    pub generation: u32,
    /// The calls, oldest first.
    pub calls: Vec<WasiCall>,
    /// The number of kept calls that pass the filter before the first of these.
    pub first: u32,
    /// The number of kept calls that pass the filter.
    pub found: u32,
    /// The number of calls that were recorded since the instance was made.
    #[ts(type = "number")]
    pub total: u64,
    /// The number of these calls that are gone: only the newest are kept, and the record may have
    /// been emptied.
    #[ts(type = "number")]
    pub dropped: u64,
    /// The calls by function, those with the most time first.
    pub counts: Vec<WasiCallCount>,
}
