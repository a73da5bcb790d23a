//! What went wrong, as one line on standard error.

use std::io::Write as _;
use std::path::Path;

use watshop_protocol::page::Error;
use watshop_protocol::terminal;
use watshop_workbench::is_binary_file;

/// The line about an error of a file.
pub(crate) fn about(file: &Path, error: &Error) -> String {
    terminal::complaint(file, is_binary_file(file), error)
}

/// Writes it, with whatever a terminal would obey spelled out. Where standard error is closed there
/// is nobody left to tell.
pub(crate) fn write(line: &str) {
    drop(writeln!(std::io::stderr(), "{}", terminal::spelled::lines(line)));
}
