use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The reply of `memory.write` and `memory.fill`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MemoryWritten {
    /// Which instance it was written to.
    pub generation: u32,
    /// Of the memory, now, in pages.
    #[ts(type = "number")]
    pub pages: u64,
    /// Whether a guest ran meanwhile: what it holds in a register it did not see change, and it may have written
    /// other bytes since.
    pub running: bool,
}

/// The reply of `memory.search`. One answer covers as much as a moment allows; who wants to go on asks again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MemoryFound {
    /// Which instance was searched.
    pub generation: u32,
    /// Of the memory, now, in pages.
    #[ts(type = "number")]
    pub pages: u64,
    /// Where the bytes begin, in the order of the search, as text.
    pub found: Vec<String>,
    /// Where to go on: the new `start`, or the new `end` of a search backwards. None where the range is done.
    pub next: Option<String>,
}

/// The reply of `memory.overview`, whose bytes are a hash for each bucket (u64, little endian; 0 where all of the
/// bucket is zero).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MemoryOverview {
    /// Which instance was looked at.
    pub generation: u32,
    /// Of the memory, now, in pages.
    #[ts(type = "number")]
    pub pages: u64,
}

/// Which of a memory's two snapshots.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SnapshotKind {
    /// Taken when a person asks for it.
    Mark,
    /// Taken when it is first asked for, and then before each call of the instance.
    Call,
}

/// The reply of `memory.snapshot`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MemorySnapshot {
    /// Which instance it is of.
    pub generation: u32,
    /// Of the memory, when it was taken, in pages.
    #[ts(type = "number")]
    pub pages: u64,
    /// Bytes that are kept of it: the blocks that are not all zero.
    #[ts(type = "number")]
    pub kept: u64,
}

/// A part of a memory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MemoryRange {
    /// The first byte, as text.
    pub offset: String,
    /// How many bytes, as text.
    pub length: String,
}

/// The reply of `memory.compare`, whose bytes are 16 for each range: the first 8 of the range as they were and as they
/// are, zeros behind a range that is shorter. What the memory has grown by since the snapshot counts as zero before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MemoryDifferences {
    /// Which instance was compared.
    pub generation: u32,
    /// Of the memory, now, in pages.
    #[ts(type = "number")]
    pub pages: u64,
    /// Runs of bytes that differ, in order.
    pub ranges: Vec<MemoryRange>,
    /// The offset to go on from; none where the range is done.
    pub next: Option<String>,
}

/// An active data segment: bytes that instantiation put into a memory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DataSegment {
    /// Among all data segments of the module.
    pub index: u32,
    /// From the name section.
    pub name: Option<String>,
    /// The first byte, as text; none where it is known only to the instance (an imported global).
    pub offset: Option<String>,
    /// In bytes.
    pub length: u32,
}

/// The reply of `memory.segments`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DataSegments {
    /// Those of this memory, in the order of the module; at most 2000.
    pub segments: Vec<DataSegment>,
    /// How many there are.
    pub count: u32,
}
