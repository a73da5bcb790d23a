//! What an instance answers. Memory is counted in pages of 64 KiB, tables in elements, times in
//! nanoseconds.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Address;
use crate::page::{CallFigures, Export, ExportState, HostCall, Import, TableElement};
use crate::process::runner::Ended;

in_instance!(MemoryPiece MemoryWritten MemoryFound MemorySnapshot MemoryDifferences TablePiece);

/// The answer to `memory.read`, whose bytes are the memory's, and to `memory.overview`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MemoryPiece {
    /// Of the memory, now.
    #[ts(type = "number")]
    pub pages: u64,
}

/// The answer to `memory.write` and `memory.fill`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MemoryWritten {
    /// Of the memory, now.
    #[ts(type = "number")]
    pub pages: u64,
    /// Whether a guest ran meanwhile: what it holds in a register it did not see change, and it may
    /// have written other bytes since.
    pub running: bool,
}

/// The answer to `memory.search`. One answer covers as much as a moment allows; whoever wants to go
/// on asks again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MemoryFound {
    /// Of the memory, now.
    #[ts(type = "number")]
    pub pages: u64,
    /// Where the bytes begin, in the order of the search.
    pub found: Vec<Address>,
    /// Where to go on: the new `start`, or the new `end` of a search backwards. None if the range
    /// is done.
    pub next: Option<Address>,
}

/// The answer to `memory.snapshot`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MemorySnapshot {
    /// Of the memory, when it was taken.
    #[ts(type = "number")]
    pub pages: u64,
    /// Bytes that are kept of it: the blocks that are not all zero.
    #[ts(type = "number")]
    pub kept: u64,
}

/// A part of a memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MemoryRange {
    /// The first byte.
    pub offset: Address,
    /// How many bytes.
    pub length: Address,
}

/// The answer to `memory.compare`. What the memory has grown by since the snapshot counts as zero
/// before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MemoryDifferences {
    /// Of the memory, now.
    #[ts(type = "number")]
    pub pages: u64,
    /// Runs of bytes that differ, in order.
    pub ranges: Vec<MemoryRange>,
    /// The offset to go on from; none if the range is done.
    pub next: Option<Address>,
}

/// Some elements of a table, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TablePiece {
    /// Of the whole table, now.
    pub size: u32,
    /// Those that were asked for, as far as the table has them.
    pub elements: Vec<TableElement>,
}

/// The exports as they are now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Exports {
    /// In the module's order.
    pub exports: Vec<ExportState>,
}

/// The answer to `memory.grow`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Grown {
    /// Of the memory, now.
    pub pages: u64,
    /// As they are now.
    pub exports: Vec<ExportState>,
}

/// The answer to [`Stop`](super::Stop).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stopping {
    /// Whether anything was running.
    pub running: bool,
}

/// The answer to [`ReadCalls`](super::ReadCalls).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Calls {
    /// Oldest first.
    pub calls: Vec<HostCall>,
    /// The sequence of the newest one there is.
    pub last: u64,
    /// How many were recorded since the instance was made.
    pub total: u64,
    /// How many of these are gone.
    pub dropped: u64,
}

/// The answer to [`Load`](super::Load).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Loaded {
    /// Checking and mapping.
    pub load_ns: u64,
    /// What the module asks for.
    pub imports: Vec<Import>,
    /// What it gives.
    pub exports: Vec<Export>,
}

/// The answer to [`Instantiate`](super::Instantiate).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Instantiated {
    /// There is an instance.
    Instance {
        /// With the start function.
        instantiate_ns: u64,
        /// As they are now.
        exports: Vec<ExportState>,
        /// Memories that it imports and does not export, as `module.name`.
        imported_memories: Vec<String>,
        /// It has WASI imports and a `_start`.
        command: bool,
    },
    /// The program ended itself in its start function or its `_initialize`, so there is no
    /// instance.
    Exited {
        /// As far as it came.
        instantiate_ns: u64,
        /// Its exit status.
        status: i32,
    },
}

/// The answer to [`Call`](super::Call): it came back, or the program ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Called {
    /// In the guest.
    pub call_ns: u64,
    /// How it ended.
    pub ended: Ended,
    /// As they are after it.
    pub exports: Vec<ExportState>,
}

/// The answer to [`CallMany`](super::CallMany).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CalledMany {
    /// Of all calls, in the guest.
    pub call_ns: u64,
    /// Of those that came back; none if not one did.
    pub figures: Option<CallFigures>,
    /// How the last one ended.
    pub ended: Ended,
    /// As they are after it.
    pub exports: Vec<ExportState>,
}
