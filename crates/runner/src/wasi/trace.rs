//! A line for each call of WASI, if the settings ask for it: the arguments as the table of functions
//! decodes them, and the result.

use std::sync::Arc;

use watshop_protocol::page::{OutputSource, Stream};
use watshop_protocol::process::runner::Notice;
use watshop_wasi::Errno;

use super::capture::{Capture, End};
use super::decode;
use crate::outbox::Outbox;
use crate::stop::Stop;

/// The place that the lines go to: the program's standard error, in order with its own output.
pub struct Trace {
    /// The outbox with the program's output.
    pub outbox: Arc<Outbox>,
    /// Ends a wait for room in it.
    pub stop: Arc<Stop>,
}

impl Trace {
    /// Writes a line about a call that has ended.
    pub fn write(&self, call: &Capture) {
        let notice = Notice::Output(OutputSource::program(Stream::Stderr));
        // A line is cut only if the program is to end.
        let _ = self.outbox.output(&notice, line(call).as_bytes(), || self.stop.wanted());
    }
}

/// A call in a line.
fn line(call: &Capture) -> String {
    let ended = match call.end {
        End::Running => String::new(),
        End::Returned(Errno::SUCCESS) => {
            let results = call.results();
            let between = if results.is_empty() || results.starts_with(' ') { "" } else { ", " };
            format!(" = SUCCESS{between}{results}")
        }
        End::Returned(errno) => {
            let (name, about) = decode::errno(errno);
            format!(" = {name} ({})", about.trim_end_matches('.'))
        }
        End::Exited(_) => ": the program ends".to_owned(),
        End::Stopped => ": stopped".to_owned(),
        End::NoMemory => ": there is no memory".to_owned(),
    };
    let rule = if call.rule > 0 { format!(" by rule {}", call.rule) } else { String::new() };
    format!("wasi: {}({}){ended}{rule}\n", call.known.function.name, call.words())
}

#[cfg(test)]
#[path = "trace_tests.rs"]
mod tests;
