//! The record of host calls: what the guest asked its host to do.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Value;

/// One call of an imported function that the tab provides. Calls of WASI are not recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HostCall {
    /// From 1 for each instance, and never used again in it, also after the record was emptied.
    #[ts(type = "number")]
    pub sequence: u64,
    /// When it began: nanoseconds since the instance was made, as text.
    pub at_ns: String,
    /// How long the host took, in nanoseconds, as text; none while it is still running. Of
    /// providers that return at once (value, counter, …) it is not measured, and is none too.
    pub took_ns: Option<String>,
    /// The import's namespace.
    pub module: String,
    /// Its name in it.
    pub name: String,
    /// In order.
    pub arguments: Vec<Value>,
    /// How it ended.
    pub ended: HostCallEnd,
    /// What the host read of memories.
    pub read: Vec<Touched>,
    /// What the host wrote into memories.
    pub wrote: Vec<Touched>,
    /// Memories that it may have read and written beyond that: its JavaScript had `memory.buffer`
    /// in hand, or touched more than 64 ranges.
    pub unlisted: Vec<String>,
    /// Answered from the record instead of the provider.
    pub replayed: bool,
}

/// How a host call ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "end", rename_all = "snake_case")]
pub enum HostCallEnd {
    /// It has not ended yet: the host function has called into the module, say.
    Running,
    /// It came back.
    Returned {
        /// In order.
        results: Vec<Value>,
    },
    /// It ended the guest with a code.
    Exited {
        /// The code.
        code: i32,
    },
    /// It trapped.
    Trapped {
        /// Why, in a sentence.
        message: String,
    },
}

/// A range of a memory that a host function read or wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Touched {
    /// The memory's name: of the export, or `module.name` of the import.
    pub memory: String,
    /// The first byte, as text.
    pub at: String,
    /// How many bytes.
    pub length: u32,
    /// The first of them, in hexadecimal: at most 64 of what was read, 4096 of what was written.
    pub bytes: String,
}

/// The reply of `calls.read`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CallsView {
    /// Of the instance, as in `InstanceView`: where it is another than before, sequences begin
    /// anew.
    pub generation: u32,
    /// Oldest first.
    pub calls: Vec<HostCall>,
    /// The sequence of the newest call there is; 0 where there is none. More are to be read while
    /// the last of `calls` is older.
    #[ts(type = "number")]
    pub last: u64,
    /// How many were recorded since the instance was made.
    #[ts(type = "number")]
    pub total: u64,
    /// How many of them are gone because only the newest 10,000 are kept, or the record was
    /// emptied.
    #[ts(type = "number")]
    pub dropped: u64,
    /// Whether recording is off.
    pub paused: bool,
    /// How many calls the next Run answers from; none where functions are answered by their
    /// providers.
    pub replay: Option<u32>,
}
