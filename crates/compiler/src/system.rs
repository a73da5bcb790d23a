//! What a process asks of its operating system, once, at its start or its end.

use std::fs::File;
use std::io;

/// Stack of every thread that compiles, in bytes: compilers recurse as deep as a module nests its
/// blocks. Only what is touched takes memory.
const STACK: usize = 64 << 20;

/// Gives the threads that are made from now on a large stack. Compilers make thread pools of their
/// own and leave the size to the standard library, which reads it from this variable at its first
/// thread.
pub(crate) fn enlarge_stacks() {
    const VARIABLE: &str = "RUST_MIN_STACK";
    if std::env::var_os(VARIABLE).is_none() {
        // SAFETY: the first thing `serve` does: there is no other thread yet that could read
        // variables.
        #[allow(unsafe_code)]
        unsafe {
            std::env::set_var(VARIABLE, STACK.to_string());
        }
    }
}

/// Takes the standard output for frames alone: whatever a library prints to it from now on goes to
/// the standard error instead, and no frame is torn by it.
#[cfg(unix)]
pub(crate) fn claim_stdout() -> io::Result<File> {
    use std::os::fd::{AsFd as _, AsRawFd as _};

    let pipe = io::stdout().as_fd().try_clone_to_owned()?;
    // SAFETY: both descriptors are open and owned by nobody who would notice: 1 keeps being the
    // standard output, it only leads elsewhere.
    #[allow(unsafe_code)]
    let moved = unsafe { libc::dup2(io::stderr().as_raw_fd(), io::stdout().as_raw_fd()) };
    if moved == -1 {
        return Err(io::Error::last_os_error());
    }
    Ok(File::from(pipe))
}

/// Without descriptors to move, nothing but frames may be printed; nothing here does.
#[cfg(windows)]
pub(crate) fn claim_stdout() -> io::Result<File> {
    use std::os::windows::io::AsHandle as _;
    Ok(File::from(io::stdout().as_handle().try_clone_to_owned()?))
}

/// Keeps what a compilation frees for the next one, which would otherwise spend a tenth of its time
/// on faulting the same pages in again, until [`give_back_memory`].
pub(crate) fn keep_memory() {
    /// `mi_option_purge_delay` of mimalloc.h, in milliseconds; arenas wait ten times as long. The
    /// crate names only some of the options, so its version is pinned.
    const PURGE_DELAY: libmimalloc_sys::mi_option_t = 15;
    const A_MINUTE: std::ffi::c_long = 60_000;
    // SAFETY: it stores a number that the allocator reads with atomics.
    #[allow(unsafe_code)]
    unsafe {
        libmimalloc_sys::mi_option_set(PURGE_DELAY, A_MINUTE);
    }
}

/// Gives what is free to the system: after LLVM and a large module that is 200 MB.
pub(crate) fn give_back_memory() {
    // SAFETY: it has no preconditions and touches only what nobody has allocated.
    #[allow(unsafe_code)]
    unsafe {
        libmimalloc_sys::mi_collect(true);
    }
}

/// Ends the process at once. Destructors of libraries do not run: a compilation that is still going
/// on in other threads would meet what they have torn down.
pub(crate) fn end(status: i32) -> ! {
    // SAFETY: it has no preconditions. Nothing of ours waits in a buffer: frames and the log are
    // written as they come, and a file that is half written has a temporary name.
    #[allow(unsafe_code)]
    unsafe {
        libc::_exit(status)
    }
}
