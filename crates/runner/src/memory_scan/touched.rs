//! Knows which pages of this process were ever used. Most pages of a memory of 4 GiB were not.

use std::fs::File;
use std::os::unix::fs::FileExt as _;
use std::sync::OnceLock;

/// The bytes of a system page. The table of pages below is laid out by this size.
const PAGE: u64 = 4096;

/// The bits of an entry of the table for a page that is in memory or swapped out (Linux,
/// admin-guide/mm/pagemap).
const USED: u64 = 0b11 << 62;

/// The number of pages that are looked up at once.
const AT_ONCE: usize = 64;

static TABLE: OnceLock<Option<File>> = OnceLock::new();

/// Opens the table, for a process that cannot open anything later.
pub fn open() -> Option<&'static File> {
    TABLE.get_or_init(|| File::open("/proc/self/pagemap").ok()).as_ref()
}

/// True if these bytes, which are private to this process, were never written. Then they are zero.
/// False if that is not known.
pub fn never(address: u64, length: u64) -> bool {
    let Some(table) = open() else { return false };
    if rustix::param::page_size() as u64 != PAGE {
        return false;
    }
    let (mut page, end) = (address / PAGE, (address + length).div_ceil(PAGE));
    let mut entries = [0; AT_ONCE * 8];
    while page < end {
        let count = usize::try_from(end - page).unwrap_or(AT_ONCE).min(AT_ONCE);
        let entries = &mut entries[..count * 8];
        if table.read_exact_at(entries, page * 8).is_err() {
            return false;
        }
        let used = |entry: &[u8; 8]| u64::from_le_bytes(*entry) & USED != 0;
        if entries.as_chunks().0.iter().any(used) {
            return false;
        }
        page += count as u64;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_known_as_used_once_they_are_written() {
        // The system maps so large a block by itself, without a page in use.
        let mut memory = vec![0_u8; 64 << 20];
        let at = memory.as_ptr() as u64;
        assert!(never(at + (16 << 20), 32 << 20));
        memory[20 << 20] = 1;
        assert!(!never(at + (16 << 20), 32 << 20));
        assert!(never(at + (32 << 20), 16 << 20));
    }
}
