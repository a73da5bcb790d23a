//! Reading a guest's memory, also while the guest runs and changes it.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt as _;
use std::ptr::NonNull;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};

use wasmer::sys::vm::VMMemoryDefinition;
use watshop_protocol::page::{Error, ErrorCode, Result};

/// Bytes in a page of linear memory.
pub const PAGE: usize = 65_536;

/// The most bytes read at once.
const MOST: u32 = 64 << 20;

/// Base and length of a memory at this moment.
///
/// # Safety
///
/// The memory's store is alive.
#[allow(unsafe_code)]
pub unsafe fn extent(of: NonNull<VMMemoryDefinition>) -> (usize, usize) {
    let at = of.as_ptr();
    // SAFETY: the fields are aligned and live as long as the store, which the caller keeps. The guest's
    // thread may write them meanwhile (memory.grow), so they are read as atomics. A base of before and a
    // length of after it is possible; `read` does not rely on the two matching.
    unsafe {
        let base = AtomicPtr::from_ptr(&raw mut (*at).base).load(Ordering::Acquire);
        let length = AtomicUsize::from_ptr(&raw mut (*at).current_length).load(Ordering::Acquire);
        (base as usize, length)
    }
}

/// Copies bytes of a memory.
///
/// The kernel copies them, through `/proc/self/mem`. So what the guest writes meanwhile is no data race of
/// this program, and memory that has moved away gives an error where a pointer would crash. (Memories of
/// Wasmer 7.4 do not move: each reserves its whole address range.)
///
/// # Errors
///
/// `out_of_bounds` where the range is not inside of the memory, `bad_request` for more than 64 MiB.
pub fn read((base, size): (usize, usize), offset: u64, length: u32) -> Result<Vec<u8>> {
    if length > MOST {
        let why = format!("{length} bytes are more than are read at once; {MOST} are the most.");
        return Err(Error::new(ErrorCode::BadRequest, why));
    }
    let end = offset.checked_add(length.into()).filter(|end| *end <= size as u64);
    if end.is_none() {
        return Err(Error::new(
            ErrorCode::OutOfBounds,
            format!("{length} bytes from {offset} reach past the end of the memory, which has {size} bytes."),
        ));
    }
    let mut bytes = vec![0; length as usize];
    copy(base as u64 + offset, &mut bytes)
        .map_err(|e| Error::new(ErrorCode::OutOfBounds, format!("The memory could not be read: {e}.")))?;
    Ok(bytes)
}

/// This process's own memory, as a file.
static OWN: OnceLock<File> = OnceLock::new();

/// Opens what [`read`] reads from, for a process that cannot open anything later.
///
/// # Errors
///
/// Where the system has no such file.
pub fn open() -> io::Result<&'static File> {
    match OWN.get() {
        Some(own) => Ok(own),
        None => File::open("/proc/self/mem").map(|own| OWN.get_or_init(|| own)),
    }
}

/// Copies bytes of this process, wherever they are.
///
/// # Errors
///
/// Where there is nothing at that address.
pub fn copy(address: u64, to: &mut [u8]) -> io::Result<()> {
    open()?.read_exact_at(to, address)
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
    fn memory_that_has_gone_is_an_error_and_no_crash() {
        let nowhere = (0x1000, PAGE);
        assert_eq!(read(nowhere, 0, 16).unwrap_err().code, ErrorCode::OutOfBounds);
    }
}
