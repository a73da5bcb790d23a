//! What went wrong, as one line on standard error.

use std::io::{Read as _, Write as _};
use std::path::Path;

use watshop_protocol::page::Error;
use watshop_protocol::terminal;

/// The line about an error of a file.
pub(crate) fn about(file: &Path, error: &Error) -> String {
    terminal::complaint(file, is_binary(file), error)
}

/// Writes it, with whatever a terminal would obey spelled out. Where standard error is closed there is nobody left to tell.
pub(crate) fn write(line: &str) {
    drop(writeln!(std::io::stderr(), "{}", terminal::spelled::lines(line)));
}

fn is_binary(file: &Path) -> bool {
    let mut magic = [0; 4];
    let read = watshop_artifact::open_regular(file).and_then(|(mut file, _)| file.read_exact(&mut magic));
    read.is_ok_and(|()| &magic == b"\0asm")
}
