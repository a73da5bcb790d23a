//! Reads and writes a guest's memory, even while the guest runs and changes it.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt as _;
use std::ptr::NonNull;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};
use watshop_protocol::say;

use wasmer::sys::vm::VMMemoryDefinition;
use watshop_protocol::bounds::PAGE_BYTES;
use watshop_protocol::page::{Error, ErrorCode, Result};

/// The bytes of a page of linear memory.
pub const PAGE: usize = PAGE_BYTES as usize;

/// The most bytes that are read at once.
const MOST: u32 = 64 << 20;

/// The base and length of a memory at this moment.
///
/// # Safety
///
/// The memory's store is alive.
#[expect(unsafe_code, reason = "the runtime's record of a memory is read")]
pub unsafe fn extent(of: NonNull<VMMemoryDefinition>) -> (usize, usize) {
    let at = of.as_ptr();
    // SAFETY: the fields are aligned and live as long as the store, which the caller keeps. The
    // guest's thread may write them meanwhile (memory.grow), so they are read as atomics. The base
    // may be older than the length. `read` does not rely on a match.
    unsafe {
        let base = AtomicPtr::from_ptr(&raw mut (*at).base).load(Ordering::Acquire);
        let length = AtomicUsize::from_ptr(&raw mut (*at).current_length).load(Ordering::Acquire);
        (base as usize, length)
    }
}

/// Copies bytes of a memory.
///
/// The kernel copies them through `/proc/self/mem`. So a write of the guest meanwhile is not a data
/// race of this program, and memory that has moved away gives an error instead of a crash.
/// (Memories of Wasmer 7.5 do not move: each reserves its whole address range.)
///
/// # Errors
///
/// `out_of_bounds` if the range is not inside of the memory, `bad_request` for more than 64 MiB.
pub fn read(extent: (usize, usize), offset: u64, length: u32) -> Result<Vec<u8>> {
    if length > MOST {
        let why = say!("{length} bytes are too many to read at once; {MOST} are the most.");
        return Err(Error::new(ErrorCode::BadRequest, why));
    }
    inside(extent, offset, length.into())?;
    let mut bytes = vec![0; length as usize];
    read_into(extent, offset, &mut bytes)?;
    Ok(bytes)
}

/// Copies bytes of a memory into a buffer.
///
/// # Errors
///
/// `out_of_bounds` if the range is not inside of the memory.
pub fn read_into(extent: (usize, usize), offset: u64, to: &mut [u8]) -> Result<()> {
    inside(extent, offset, to.len() as u64)?;
    let done = open().and_then(|own| own.read_exact_at(to, extent.0 as u64 + offset));
    done.map_err(|e| Error::new(ErrorCode::OutOfBounds, say!("The memory could not be read: {e}.")))
}

/// Writes bytes into a memory in the same way as [`read`]. A running guest sees them at its next
/// load.
///
/// # Errors
///
/// `out_of_bounds` if the range is not inside of the memory. Then nothing is written.
pub fn write(extent: (usize, usize), offset: u64, bytes: &[u8]) -> Result<()> {
    inside(extent, offset, bytes.len() as u64)?;
    let done = open().and_then(|own| own.write_all_at(bytes, extent.0 as u64 + offset));
    done.map_err(|e| {
        Error::new(ErrorCode::OutOfBounds, say!("The memory could not be written: {e}."))
    })
}

/// Checks that a range is inside of a memory.
///
/// # Errors
///
/// `out_of_bounds`.
pub fn inside((_, size): (usize, usize), offset: u64, length: u64) -> Result<()> {
    if offset.checked_add(length).is_some_and(|end| end <= size as u64) {
        return Ok(());
    }
    Err(Error::new(
        ErrorCode::OutOfBounds,
        say!(
            "{length} bytes from {offset} reach past the end of the memory, which has {size} bytes."
        ),
    ))
}

/// The memory of this process as a file.
static OWN: OnceLock<File> = OnceLock::new();

/// Opens the file for [`read`] and [`write()`], for a process that cannot open files later.
///
/// # Errors
///
/// The system has no such file.
pub fn open() -> io::Result<&'static File> {
    if let Some(own) = OWN.get() {
        return Ok(own);
    }
    // A write through it ignores the protection of a mapping. Machine code that would misuse that
    // could also change the mapping, so it does not weaken the sandbox. If a kernel forbids such
    // writes (`proc_mem.restrict_write`), reading alone is still useful.
    let both = File::options().read(true).write(true).open("/proc/self/mem");
    let own = both.or_else(|_| File::open("/proc/self/mem"))?;
    Ok(OWN.get_or_init(|| own))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_those_of_the_address_and_nothing_past_the_end_is_read() {
        let memory: Vec<u8> = (0..=255).collect();
        let place = (memory.as_ptr() as usize, memory.len());
        assert_eq!(read(place, 10, 3).unwrap(), [10, 11, 12]);
        assert!(read(place, 256, 0).unwrap().is_empty());
        for (offset, length) in [(254, 3), (257, 0), (u64::MAX, 1)] {
            assert_eq!(read(place, offset, length).unwrap_err().code, ErrorCode::OutOfBounds);
        }
    }

    #[test]
    fn bytes_are_written_where_they_belong_or_not_at_all() {
        let mut memory = vec![7_u8; 8];
        let place = (memory.as_mut_ptr() as usize, memory.len());
        write(place, 2, &[1, 2]).unwrap();
        for (offset, length) in [(7, 2), (9, 0), (u64::MAX, 1)] {
            assert_eq!(
                write(place, offset, &vec![0; length]).unwrap_err().code,
                ErrorCode::OutOfBounds
            );
        }
        assert_eq!(read(place, 0, 8).unwrap(), [7, 7, 1, 2, 7, 7, 7, 7]);
    }

    #[test]
    fn memory_that_has_gone_is_an_error_and_no_crash() {
        let nowhere = (0x1000, PAGE);
        assert_eq!(read(nowhere, 0, 16).unwrap_err().code, ErrorCode::OutOfBounds);
    }
}
