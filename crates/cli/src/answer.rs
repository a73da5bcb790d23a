//! What a command answers, on standard output.

use std::io::{self, Write as _};

/// Writes text that ends in a newline. A reader that has gone (`| head`) has what it wanted: that is
/// no error.
pub(crate) fn print(text: &str) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}
