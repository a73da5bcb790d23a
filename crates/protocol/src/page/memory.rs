use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::instance::Address;

/// Which of a memory's two snapshots.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SnapshotKind {
    /// Taken when a person asks for it.
    Mark,
    /// Taken when it is first asked for, and then before each call of the instance.
    Call,
}

/// An active data segment: bytes that instantiation put into a memory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DataSegment {
    /// Among all data segments of the module.
    pub index: u32,
    /// From the name section.
    pub name: Option<String>,
    /// The first byte; none if only the instance knows it (an imported global).
    pub offset: Option<Address>,
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
