//! What was kept of an instance's memories.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use watshop_protocol::page::SnapshotKind;

/// Bytes that are kept, or left out because they are all zero, as one.
pub const BLOCK: u64 = 64 << 10;

/// What a memory held.
pub struct Snapshot {
    /// Of the memory, in pages.
    pub pages: u64,
    /// By their number; those that are not here are all zero.
    pub blocks: HashMap<u64, Box<[u8]>>,
}

/// The snapshots of an instance's memories.
#[derive(Default)]
pub struct Snapshots(Mutex<HashMap<(String, SnapshotKind), Arc<Snapshot>>>);

impl Snapshots {
    /// All of them, alone for as long as the guard lives.
    pub fn all(&self) -> MutexGuard<'_, HashMap<(String, SnapshotKind), Arc<Snapshot>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Snapshot {
    /// Of the memory, in pages.
    pub fn pages(&self) -> u64 {
        self.pages
    }

    /// Bytes that are kept.
    pub fn kept(&self) -> u64 {
        self.blocks.len() as u64 * BLOCK
    }

    /// Puts in bytes as they were; zeros where nothing is kept.
    pub fn copy(&self, from: u64, to: &mut [u8]) {
        for (at, byte) in (from..).zip(to) {
            let block = self.blocks.get(&(at / BLOCK));
            *byte = block.map_or(0, |block| block[(at % BLOCK) as usize]);
        }
    }
}
