//! What a command answers, on standard output.

use std::io::{self, Write as _};

use serde::Serialize;
use watshop_protocol::terminal::spelled;

/// Writes text that ends in a newline. Whatever in it a terminal would obey is spelled out: it may
/// be what a file says. A reader that has gone (`| head`) has what it wanted: that is no error.
pub(crate) fn print(text: &str) -> io::Result<()> {
    // Tabs stand between the columns of a table; those in names are spelled out where the names are
    // written.
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
