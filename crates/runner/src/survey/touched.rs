//! Which pages of this process have ever been used: a memory of 4 GiB is mostly pages that have
//! not.

use std::fs::File;
use std::os::unix::fs::FileExt as _;
use std::sync::OnceLock;

/// Bytes of a page of the system, as far as the table of pages below is laid out by it.
const PAGE: u64 = 4096;

/// Of an entry of the table: the page is in memory, or was put out to disk (Linux,
/// admin-guide/mm/pagemap).
const USED: u64 = 0b11 << 62;

/// Pages that are looked at in one go.
const AT_ONCE: usize = 64;

static TABLE: OnceLock<Option<File>> = OnceLock::new();

/// Opens the table, for a process that cannot open anything later.
pub fn open() -> Option<&'static File> {
    TABLE.get_or_init(|| File::open("/proc/self/pagemap").ok()).as_ref()
}

/// Whether nothing was ever written to these bytes, which are private to this process: then they
/// are zero. False where that is not known.
pub fn never(address: u64, length: u64) -> bool {
    let Some(table) = open() else { return false };
    if page_size() != PAGE {
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

fn page_size() -> u64 {
    #[allow(unsafe_code)]
    // SAFETY: asks for a constant.
    let size = unsafe { libc::sysconf(libc::_SC_PAGESIZE) };
    u64::try_from(size).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_known_as_used_once_they_are_written() {
        // So much is mapped from the system at once, and comes without a page in use.
        let mut memory = vec![0_u8; 64 << 20];
        let at = memory.as_ptr() as u64;
        assert!(never(at + (16 << 20), 32 << 20));
        memory[20 << 20] = 1;
        assert!(!never(at + (16 << 20), 32 << 20));
        assert!(never(at + (32 << 20), 16 << 20));
    }
}
