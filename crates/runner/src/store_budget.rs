//! The bytes that all memories and tables of a store may take together.

use std::sync::atomic::{AtomicU64, Ordering};
use watshop_protocol::say;

use wasmer_types::{MemoryType, ModuleInfo, TableType, WASM_PAGE_SIZE};
use watshop_protocol::page::{Error, ErrorCode, Limits, Result};

use crate::machine_memory;

/// The bytes of an element of a table. A table that grows may have twice the room that it needs.
const ELEMENT: u64 = 16;

/// The bytes that are left for the memories and tables of one store. They live as long as it, so
/// none come back.
#[derive(Debug)]
pub struct StoreBudget {
    most: u64,
    left: AtomicU64,
}

impl StoreBudget {
    /// The budget of these limits.
    pub fn new(limits: Limits) -> Self {
        let most = most(limits, machine_memory::bytes());
        Self { most, left: AtomicU64::new(most) }
    }

    /// Takes bytes. Gives false if fewer are left.
    pub fn take(&self, bytes: u64) -> bool {
        let taken = |left: u64| left.checked_sub(bytes);
        self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, taken).is_ok()
    }

    /// Takes the bytes of a memory or of more pages for it.
    pub fn take_pages(&self, pages: u32) -> bool {
        self.take(u64::from(pages) * WASM_PAGE_SIZE as u64)
    }

    /// Gives bytes back that were taken for nothing.
    pub fn give_pages_back(&self, pages: u32) {
        self.left.fetch_add(u64::from(pages) * WASM_PAGE_SIZE as u64, Ordering::Relaxed);
    }

    /// Takes the bytes of a table, and gives the most elements that it may have. A table grows
    /// without being watched, so the room to grow is taken at once. It is an eighth of the rest at
    /// most, so that one table does not take everything. `None` if not even the table as it starts
    /// fits.
    pub fn take_table(&self, minimum: u32, maximum: u32) -> Option<u32> {
        let start = u64::from(minimum) * ELEMENT;
        if !self.take(start) {
            return None;
        }
        let room = self.left.load(Ordering::Relaxed) / 8 / ELEMENT;
        let more = u64::from(maximum.saturating_sub(minimum)).min(room);
        let more = if self.take(more * ELEMENT) { more } else { 0 };
        Some(minimum.saturating_add(u32::try_from(more).unwrap_or(u32::MAX)))
    }

    /// Rejects a module whose memories and tables start with more than is left.
    ///
    /// # Errors
    ///
    /// `store_limit`.
    pub fn check(&self, module: &ModuleInfo) -> Result<()> {
        let memory = |ty: &MemoryType| ty.minimum.bytes().0 as u64;
        let table = |ty: &TableType| u64::from(ty.minimum) * ELEMENT;
        let memories = module.memories.values().skip(module.num_imported_memories).map(memory);
        let tables = module.tables.values().skip(module.num_imported_tables).map(table);
        let start: u64 = memories.chain(tables).sum();
        if start <= self.left.load(Ordering::Relaxed) {
            return Ok(());
        }
        Err(self.error(&format!("start with {}", size(start))))
    }

    /// The error of memories and tables that are too much together.
    pub fn error(&self, need: &str) -> Error {
        let most = size(self.most);
        Error::new(
            ErrorCode::StoreLimit,
            say!("The memories and tables of this instance {need} together; the limit is {most}."),
        )
        .help(say!("Let the module start with less."))
    }
}

/// A size for people. A part of a MiB counts as one.
fn size(bytes: u64) -> String {
    match bytes.div_ceil(1 << 20) {
        mib @ 0..10_240 => format!("{mib} MiB"),
        mib => format!("{} GiB", mib / 1024),
    }
}

/// The bytes of all memories and tables of a store by these limits.
fn most(limits: Limits, machine: u64) -> u64 {
    /// Room for one memory of 4 GiB.
    const LEAST: u64 = 5 << 30;
    match limits.store_mib {
        0 => (machine / 2).max(LEAST),
        mib => u64::from(mib) << 20,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn budget(mib: u32) -> StoreBudget {
        StoreBudget::new(Limits { store_mib: mib, ..Limits::default() })
    }

    #[test]
    fn the_default_is_half_of_the_machine_and_enough_for_one_memory() {
        assert_eq!(most(Limits::default(), 64 << 30), 32 << 30);
        assert_eq!(most(Limits::default(), 1 << 30), 5 << 30);
        assert_eq!(most(Limits { store_mib: 3, ..Limits::default() }, 64 << 30), 3 << 20);
    }

    #[test]
    fn pages_are_taken_until_none_are_left() {
        let budget = budget(1);
        assert!(budget.take_pages(10) && budget.take_pages(6) && !budget.take_pages(1));
        budget.give_pages_back(2);
        assert!(!budget.take_pages(3) && budget.take_pages(2));
    }

    #[test]
    fn a_table_gets_room_to_grow_and_leaves_some() {
        let budget = budget(1);
        assert_eq!(budget.take_table(4, 100), Some(100));
        let most = budget.take_table(0, 10_000_000).unwrap_or(0);
        assert!((8000..8200).contains(&most), "an eighth of 1 MiB: {most}");
        assert!(budget.take_pages(13), "and the rest is left");
        assert_eq!(budget.take_table(10_000_000, 10_000_000), None);
    }
}
