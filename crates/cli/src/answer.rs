//! The answers of commands, on standard output.

use std::io::{self, Write as _};

use serde::Serialize;
use watshop_protocol::terminal::spelled;

/// Writes text that ends in a newline. Control characters are spelled out, because the text may
/// come from an untrusted file. A closed pipe is not an error: its reader (`| head`) has read
/// enough.
pub(crate) fn print(text: &str) -> io::Result<()> {
    // Tabs separate the columns of a table. Tabs in names were spelled out by the code that wrote
    // the names.
    let columns: Vec<_> = text.split('\t').map(spelled::lines).collect();
    write(&columns.join("\t"))
}

/// Writes one line of JSON.
pub(crate) fn print_json(value: &impl Serialize) -> io::Result<()> {
    write(&(spelled::json(&serde_json::to_string(value)?) + "\n"))
}

fn write(text: &str) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}
