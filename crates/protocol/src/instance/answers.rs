//! The answers of an instance. Memory is counted in pages of 64 KiB, tables in elements, times in
//! nanoseconds.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::address::Address;
use crate::page::{
    CallFigures, ExportList, HostCall, ImportList, InstructionCounts, TableElement, WarmUp,
};
use crate::process::runner::CallEnd;

in_instance!(MemoryPiece MemoryWritten MemoryFound MemorySnapshot MemoryDifferences TablePiece InstructionCounts);

/// The answer to `memory.read`, whose bytes are the memory's, and to `memory.overview`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MemoryPiece {
    /// The size of the memory now, in pages.
    #[ts(type = "number")]
    pub pages: u64,
}

/// The answer to `memory.write` and `memory.fill`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MemoryWritten {
    /// The size of the memory now, in pages.
    #[ts(type = "number")]
    pub pages: u64,
    /// True if a guest ran meanwhile. It does not see the change in a value that it has in a
    /// register, and it may have written other bytes since.
    pub running: bool,
}

/// The answer to `tab.input`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct InputTaken {
    /// The number of bytes that were taken. The others found no room: they can be sent again once
    /// the program has read some.
    pub taken: u32,
}

/// The answer to `memory.search`. One answer covers the part that a short time allows. To go on,
/// search again from `next`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MemoryFound {
    /// The size of the memory now, in pages.
    #[ts(type = "number")]
    pub pages: u64,
    /// The addresses at which the bytes begin, in the order of the search.
    pub found: Vec<Address>,
    /// The address to go on from: the new `start`, or the new `end` of a search backwards. Null if
    /// the range is done.
    pub next: Option<Address>,
}

/// The answer to `memory.snapshot`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MemorySnapshot {
    /// The size of the memory when the snapshot was taken, in pages.
    #[ts(type = "number")]
    pub pages: u64,
    /// The bytes of the snapshot that are kept: the blocks that are not all zero.
    #[ts(type = "number")]
    pub kept: u64,
}

/// A part of a memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MemoryRange {
    /// The first byte.
    pub offset: Address,
    /// The number of bytes.
    pub length: Address,
}

/// The answer to `memory.compare`. The pages that the memory has grown by since the snapshot count
/// as zero in the snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MemoryDifferences {
    /// The size of the memory now, in pages.
    #[ts(type = "number")]
    pub pages: u64,
    /// The ranges of bytes that differ, in order.
    pub ranges: Vec<MemoryRange>,
    /// The address to go on from; null if the range is done.
    pub next: Option<Address>,
}

/// Some elements of a table, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TablePiece {
    /// The size of the whole table now.
    pub size: u32,
    /// The requested elements, as far as the table has them.
    pub elements: Vec<TableElement>,
}

/// The first exports with their current state.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Exports {
    /// The first exports.
    pub exports: ExportList,
}

/// The answer to `memory.grow`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GrowAnswer {
    /// The size of the memory now, in pages.
    pub pages: u64,
    /// The first exports with their current state.
    pub exports: ExportList,
}

/// The answer to [`Stop`](super::Stop).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StopAnswer {
    /// True if a guest was running.
    pub running: bool,
}

/// The answer to [`ReadCalls`](super::ReadCalls).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Calls {
    /// The calls, oldest first.
    pub calls: Vec<HostCall>,
    /// The sequence of the newest recorded call.
    pub last: u64,
    /// The number of calls that were recorded since the instance was made.
    pub total: u64,
    /// The number of these calls that are gone.
    pub dropped: u64,
}

/// The answer to [`Load`](super::Load).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LoadAnswer {
    /// The time of checking and mapping.
    pub load_ns: u64,
    /// All imports of the module.
    pub imports: ImportList,
    /// All exports of the module.
    pub exports: ExportList,
}

/// The answer to [`Instantiate`](super::Instantiate).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InstantiateAnswer {
    /// The instance was made.
    Instance {
        /// The time, with the start function.
        instantiate_ns: u64,
        /// The instructions of the start function, if they are counted.
        instructions: Option<u64>,
        /// The first exports with their current state.
        exports: ExportList,
        /// The names of its first memories: the exported ones, then those that it imports and does
        /// not export, as `module.name`.
        memories: Vec<String>,
        /// True if it has WASI imports and a `_start`.
        command: bool,
    },
    /// The program ended itself in its start function or its `_initialize`, so there is no
    /// instance.
    Exited {
        /// The time until the program ended.
        instantiate_ns: u64,
        /// The exit status.
        status: i32,
    },
}

/// The answer to [`Call`](super::Call), if the function returned or the call ended in another way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CallAnswer {
    /// The time in the guest.
    pub call_ns: u64,
    /// The instructions that were executed, if they are counted. For `_start` of a WASI command,
    /// those of the start function are among them.
    pub instructions: Option<u64>,
    /// The end of the call.
    pub ended: CallEnd,
    /// The first exports with their state at the end.
    pub exports: ExportList,
}

/// The answer to [`CallMany`](super::CallMany).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CallManyAnswer {
    /// The time of all calls in the guest.
    pub call_ns: u64,
    /// The instructions of all calls, if they are counted.
    pub instructions: Option<u64>,
    /// The figures of the calls that returned; null if none did.
    pub figures: Option<CallFigures>,
    /// The end of the last call.
    pub ended: CallEnd,
    /// The first exports with their state at the end.
    pub exports: ExportList,
}

/// The answer to [`BenchCalls`](super::BenchCalls). Its samples are read by
/// [`ReadSamples`](super::ReadSamples).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BenchAnswer {
    /// The calls of each sample.
    pub batch: u32,
    /// The calls that returned after the warm-up.
    pub calls: u64,
    /// The number of samples. A batch that was cut short has none.
    pub samples: u32,
    /// The calls before the first sample.
    pub warm_up: WarmUp,
    /// True if the results at the end of a batch were not those of the first call. Then the calls
    /// change the state of their instance.
    pub varies: bool,
    /// True if it ended because no more samples are kept.
    pub full: bool,
    /// The end of the last call.
    pub ended: CallEnd,
    /// The first exports with their state at the end.
    pub exports: ExportList,
}

/// The answer to [`ReadSamples`](super::ReadSamples).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SamplesPiece {
    /// The number of samples so far.
    pub total: u32,
}

/// The answer to [`Calibrate`](super::Calibrate).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalibrateAnswer {
    /// The least difference between two readings of the clock, in nanoseconds.
    pub clock_ns: u64,
    /// The nanoseconds of each round of the loop.
    pub loops: Vec<u64>,
}
