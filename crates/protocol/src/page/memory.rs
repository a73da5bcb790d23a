use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::address::Address;

/// One of the two snapshots of a memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SnapshotKind {
    /// The snapshot that a person takes.
    Mark,
    /// The snapshot that is taken at the first request for it, and then before each call of the
    /// instance.
    Call,
}

/// An active data segment: bytes that instantiation put into a memory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DataSegment {
    /// Its index among all data segments of the module.
    pub index: u32,
    /// Its name from the name section.
    pub name: Option<String>,
    /// The address of the first byte; null if only the instance knows it (an imported global).
    pub offset: Option<Address>,
    /// The length in bytes.
    pub length: u32,
}

/// The reply of `memory.segments`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DataSegments {
    /// The segments of this memory, in the order of the module; at most 2000.
    pub segments: Vec<DataSegment>,
    /// The number of all its segments.
    pub count: u32,
}
