//! A line for each call of WASI, if the settings ask for it: the arguments as the table of functions
//! decodes them, and the result.

use std::fmt::Write as _;
use std::sync::Arc;

use watshop_protocol::page::{OutputSource, Stream};
use watshop_protocol::process::runner::Notice;
use watshop_protocol::wasi::{FUNCTIONS, Function, Kind};
use watshop_wasi::descriptors::Descriptors;
use watshop_wasi::{Errno, Generation, WasiFailure, WasiResult};

use crate::outbox::Outbox;
use crate::stop::Stop;
use decode::Surroundings;

mod decode;

/// The place that the lines go to: the program's standard error, in order with its own output.
pub struct Trace {
    /// The outbox with the program's output.
    pub outbox: Arc<Outbox>,
    /// Ends a wait for room in it.
    pub stop: Arc<Stop>,
}

impl Trace {
    /// Writes a line.
    pub fn write(&self, line: &str) {
        let notice = Notice::Output(OutputSource::program(Stream::Stderr));
        // A line is cut only if the program is to end.
        let _ = self.outbox.output(&notice, line.as_bytes(), || self.stop.wanted());
    }
}

/// A call that has begun.
pub struct TracedCall<'a> {
    function: &'static Function,
    arguments: &'a [u64],
    line: String,
}

impl<'a> TracedCall<'a> {
    /// Decodes the arguments before the function changes what they point to. `None` if the table has
    /// no such function.
    pub fn begin(
        name: &str,
        arguments: &'a [u64],
        memory: Option<&[u8]>,
        descriptors: &Descriptors,
        generation: Generation,
    ) -> Option<Self> {
        let at = FUNCTIONS.binary_search_by_key(&name, |function| function.name).ok()?;
        let function = FUNCTIONS.get(at)?;
        let memory = memory.unwrap_or_default();
        let of = Surroundings { function, arguments, memory, descriptors, generation };
        let line = format!("wasi: {name}({})", of.decode());
        Some(Self { function, arguments, line })
    }

    /// The line, with the result and the numbers that the function wrote.
    pub fn end(self, ended: &WasiResult, memory: Option<&[u8]>) -> String {
        let mut line = self.line;
        // Writing to a string does not fail.
        let _ = match ended {
            Ok(()) => write!(line, " = SUCCESS"),
            Err(WasiFailure::Errno(errno)) => write!(line, " = {}", told(*errno)),
            Err(WasiFailure::Exit(_)) => write!(line, ": the program ends"),
            Err(WasiFailure::Stopped) => write!(line, ": stopped"),
            Err(WasiFailure::NoMemory) => write!(line, ": there is no memory"),
        };
        if ended.is_ok() {
            let memory = memory.unwrap_or_default();
            for (parameter, at) in self.function.parameters.iter().zip(self.arguments) {
                let size = match parameter.kind {
                    Kind::Out32 => 4,
                    Kind::Out64 => 8,
                    _ => continue,
                };
                if let Some(number) = decode::number(memory, *at, size) {
                    let _ = write!(line, ", {}={number}", parameter.name);
                }
            }
            line.extend(decode::read(self.function, self.arguments, memory));
        }
        line.push('\n');
        line
    }
}

fn told(errno: Errno) -> String {
    match errno.meaning() {
        Some((name, about)) => format!("{name} ({})", about.trim_end_matches('.')),
        None => format!("{errno:?}"),
    }
}

#[cfg(test)]
#[path = "trace/trace_tests.rs"]
mod tests;
