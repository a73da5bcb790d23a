//! The snapshots of an instance's memories.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use watshop_protocol::page::SnapshotKind;

/// The bytes of one block, which is kept or, if it is all zero, left out.
pub const BLOCK: u64 = 64 << 10;

/// A copy of a memory at some moment.
pub struct Snapshot {
    /// The size of the memory in pages.
    pub pages: u64,
    /// The blocks by their number. A block that is missing is all zero.
    pub blocks: HashMap<u64, Box<[u8]>>,
}

/// The snapshots of an instance's memories.
#[derive(Default)]
pub struct Snapshots(Mutex<HashMap<(String, SnapshotKind), Arc<Snapshot>>>);

impl Snapshots {
    /// All snapshots. They are locked for as long as the guard lives.
    pub fn all(&self) -> MutexGuard<'_, HashMap<(String, SnapshotKind), Arc<Snapshot>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Snapshot {
    /// The size of the memory in pages.
    pub fn pages(&self) -> u64 {
        self.pages
    }

    /// The number of bytes that are kept.
    pub fn kept(&self) -> u64 {
        self.blocks.len() as u64 * BLOCK
    }

    /// Copies the bytes from the address `from` on. Bytes in a missing block are zero.
    pub fn copy(&self, from: u64, to: &mut [u8]) {
        for (at, byte) in (from..).zip(to) {
            let block = self.blocks.get(&(at / BLOCK));
            *byte = block.map_or(0, |block| block[(at % BLOCK) as usize]);
        }
    }
}
