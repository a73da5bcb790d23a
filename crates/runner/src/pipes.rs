//! The process's standard streams.

use std::fs::File;
use std::io;
use std::os::fd::{AsFd, AsRawFd, OwnedFd};

/// Takes standard input and output for the protocol, and leaves nothing behind that a library or a
/// guest could read from them or write to them: input is empty from here on, output goes to
/// standard error.
///
/// # Errors
///
/// Where the system refuses to copy a descriptor.
pub fn take() -> io::Result<(File, File)> {
    let input = io::stdin().as_fd().try_clone_to_owned()?;
    let output = io::stdout().as_fd().try_clone_to_owned()?;
    let empty = OwnedFd::from(File::open("/dev/null")?);
    replace(libc::STDIN_FILENO, &empty)?;
    replace(libc::STDOUT_FILENO, &io::stderr())?;
    Ok((input.into(), output.into()))
}

fn replace(number: i32, by: &impl AsFd) -> io::Result<()> {
    #[allow(unsafe_code)]
    // SAFETY: both descriptors are open, and nobody owns the number that changes its meaning:
    // Rust's own handles of the standard streams refer to it by number.
    let done = unsafe { libc::dup2(by.as_fd().as_raw_fd(), number) };
    if done < 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// Ends the process at once, whatever its threads are doing.
pub fn end(status: i32) -> ! {
    #[allow(unsafe_code)]
    // SAFETY: runs nothing of this process any more, so there is nothing that could go wrong.
    // `exit` would run exit handlers beside a guest that is still running.
    unsafe {
        libc::_exit(status)
    }
}
