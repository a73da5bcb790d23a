//! The record of the guest's calls to its host.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Value;

/// A call of an imported function that the tab provides. Calls of WASI are in a record of their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HostCall {
    /// The number of the call, from 1 for each instance. It is never used again in the instance,
    /// even after the record was emptied.
    #[ts(type = "number")]
    pub sequence: u64,
    /// The start of the call: nanoseconds since the instance was made, as text.
    pub at_ns: String,
    /// The time that the host took, in nanoseconds, as text. It is null for a call that is still
    /// running. It is also null for providers that return at once (value, counter, …), because they
    /// are not measured.
    pub took_ns: Option<String>,
    /// The import's namespace.
    pub module: String,
    /// The import's name in the namespace.
    pub name: String,
    /// The arguments, in order.
    pub arguments: Vec<Value>,
    /// The end of the call.
    pub ended: HostCallEnd,
    /// The ranges of memories that the host read.
    pub read: Vec<MemoryTouch>,
    /// The ranges of memories that the host wrote.
    pub wrote: Vec<MemoryTouch>,
    /// Memories that the host may have read and written beyond these ranges: its JavaScript used
    /// `memory.buffer`, or touched more than 64 ranges.
    pub unlisted: Vec<String>,
    /// The call was answered from the record instead of by the provider.
    pub replayed: bool,
}

/// The end of a host call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "end", rename_all = "snake_case")]
pub enum HostCallEnd {
    /// It has not ended yet: the host function has called into the module, for example.
    Running,
    /// The function returned.
    Returned {
        /// The results, in order.
        results: Vec<Value>,
    },
    /// The function ended the guest with a code.
    Exited {
        /// The code.
        code: i32,
    },
    /// The function trapped.
    Trapped {
        /// The reason, in a sentence.
        message: String,
    },
}

/// A range of a memory that a host function read or wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MemoryTouch {
    /// The memory's name: its export, or `module.name` of the import.
    pub memory: String,
    /// The first byte, as text.
    pub at: String,
    /// The number of bytes.
    pub length: u32,
    /// The first of these bytes, in hexadecimal: at most 64 of a range that was read, and 4096 of a
    /// range that was written.
    pub bytes: String,
}

/// The reply of `calls.read`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CallsView {
    /// The generation of the instance, as in `InstanceView`. Another generation begins its
    /// sequences anew.
    pub generation: u32,
    /// The calls, oldest first.
    pub calls: Vec<HostCall>,
    /// The sequence of the newest recorded call, or 0 without a call. There are more calls to read
    /// if the last of `calls` is older.
    #[ts(type = "number")]
    pub last: u64,
    /// The number of calls that were recorded since the instance was made.
    #[ts(type = "number")]
    pub total: u64,
    /// The number of these calls that are gone. Only the newest 10,000 are kept, and the record may
    /// have been emptied.
    #[ts(type = "number")]
    pub dropped: u64,
    /// True if recording is off.
    pub paused: bool,
    /// The number of calls that the next Run answers from; null if the providers answer.
    pub replay: Option<u32>,
    /// The number of calls that the last Run's instance answers from; null if the providers answer.
    pub replayed: Option<u32>,
}
