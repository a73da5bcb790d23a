//! The standard streams of the process.

use std::fs::File;
use std::io;
use std::os::fd::{AsFd, AsRawFd, OwnedFd};

/// Takes standard input and output for the protocol, so that a library or a guest cannot use them.
/// Standard input is empty from here on, and standard output goes to standard error.
///
/// # Errors
///
/// The system refuses to copy a descriptor.
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
    // SAFETY: both descriptors are open. The number that changes its meaning has no owner, because
    // Rust's own handles of the standard streams refer to it by number.
    let done = unsafe { libc::dup2(by.as_fd().as_raw_fd(), number) };
    if done < 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// Ends the process at once, whatever its threads are doing.
pub fn end(status: i32) -> ! {
    #[allow(unsafe_code)]
    // SAFETY: no code of this process runs after it. `exit` would run exit handlers beside a guest
    // that is still running.
    unsafe {
        libc::_exit(status)
    }
}
