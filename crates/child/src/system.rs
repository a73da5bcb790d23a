use std::fs::File;
use std::io;
use std::os::fd::AsFd as _;

use rustix::stdio::{dup2_stdin, dup2_stdout};

/// Takes standard input and standard output away for the protocol. From then on, a library or a
/// guest that reads standard input finds it empty, and writes to standard error if it writes to
/// standard output.
///
/// # Errors
///
/// If the system refuses to copy a descriptor or to open `/dev/null`.
pub fn take_pipes() -> io::Result<(File, File)> {
    let input = io::stdin().as_fd().try_clone_to_owned()?;
    let output = io::stdout().as_fd().try_clone_to_owned()?;
    dup2_stdin(File::open("/dev/null")?)?;
    dup2_stdout(io::stderr())?;
    Ok((input.into(), output.into()))
}

/// Ends the process at once with an exit status, while its threads do anything. No destructor and
/// no exit handler runs: a guest or a compilation in another thread would meet the ruins.
pub fn end(status: i32) -> ! {
    // SAFETY: no code of this process runs after it. No text of ours waits in a buffer: frames and
    // the log are written as they come, and a file that is half written has a temporary name.
    #[expect(unsafe_code, reason = "a system call that no crate wraps")]
    unsafe {
        libc::_exit(status)
    }
}
