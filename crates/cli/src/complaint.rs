//! Errors, as one line on standard error.

use std::io::Write as _;
use std::path::Path;

use watshop_protocol::page::Error;
use watshop_protocol::terminal;
use watshop_workbench::is_binary_file;

/// The line about an error of a file.
pub(crate) fn about(file: &Path, error: &Error) -> String {
    terminal::complaint(file, is_binary_file(file), error)
}

/// Writes a line with its control characters spelled out. A closed standard error is ignored,
/// because there is no other place to write to.
pub(crate) fn write(line: &str) {
    drop(writeln!(std::io::stderr(), "{}", terminal::spelled::lines(line)));
}
