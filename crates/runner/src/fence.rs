//! Closes the code of a guest that must end.

use std::io;
use std::ops::Range;
use std::sync::Arc;

/// The pages of a guest's code. While they are closed, the next instruction of the guest faults,
/// whether the guest was in a loop, or returns from a routine of the runtime or from a host
/// function.
#[derive(Debug, Clone, Default)]
pub struct Fence {
    pages: Arc<[Range<usize>]>,
}

impl Fence {
    /// The pages of code that is mapped readable and executable, a range for each module.
    pub fn around(code: &[Range<usize>]) -> Self {
        let page = rustix::param::page_size();
        let pages = code.iter().filter(|code| !code.is_empty());
        Self {
            pages: pages
                .map(|code| code.start / page * page..code.end.next_multiple_of(page))
                .collect(),
        }
    }

    /// True if an address lies in one of the pages.
    pub fn contains(&self, address: usize) -> bool {
        self.pages.iter().any(|pages| pages.contains(&address))
    }

    /// Makes the code readable only. The unwinder still reads it when it looks for the guest's
    /// frames.
    ///
    /// # Errors
    ///
    /// The system refuses, or has no way to do it.
    pub fn close(&self) -> io::Result<()> {
        self.protect(libc::PROT_READ)
    }

    /// Makes the code executable again.
    ///
    /// # Errors
    ///
    /// The system refuses.
    pub fn open(&self) -> io::Result<()> {
        self.protect(libc::PROT_READ | libc::PROT_EXEC)
    }

    fn protect(&self, protection: i32) -> io::Result<()> {
        for pages in &*self.pages {
            #[expect(unsafe_code, reason = "what a guest may execute is changed under its feet")]
            // SAFETY: these pages hold code of one loaded module and no data that is written. The
            // engine that owns them outlives every job. Only the guest runs it, on the stack on
            // which Wasmer turns a fault into a trap. Our own code is elsewhere.
            let done = unsafe { libc::mprotect(pages.start as *mut _, pages.len(), protection) };
            if done != 0 {
                return Err(io::Error::last_os_error());
            }
        }
        Ok(())
    }
}
