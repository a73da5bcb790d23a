//! A program's standard streams, and how it sleeps.

use std::io::{self, IoSlice, IoSliceMut, IsTerminal as _};
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::Arc;
use std::time::Instant;

use watshop_protocol::page::{self, WasiInput};
use watshop_protocol::process::runner::Notice;
use watshop_protocol::process::streams::StreamKind;
use watshop_wasi::file::{Ready, Result, Stream};
use watshop_wasi::stat::FileType;
use watshop_wasi::{Errno, WasiFailure, WasiResult};

use super::Given;
use super::input::{PipedInput, TextInput, readable};
use super::wait::wait;
use crate::outbox::Outbox;
use crate::stop::Stop;

/// Bytes that can be written at once; a guess, as everywhere.
const ROOM: u64 = 64 << 10;

/// The owner of a program's standard streams.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Streams {
    /// A workbench, which gets the output and gives the input that the settings name. The kinds are
    /// those of a shell's own streams, if it passes them on; else the settings tell them.
    Workbench(Option<[StreamKind; 3]>),
    /// The same, but the input is at its end.
    NoInput,
    /// The process's own.
    Own,
}

/// Standard input, output and error.
///
/// # Errors
///
/// The system gives no more descriptors.
pub fn standard(
    given: &Given,
    wanted: &WasiInput,
    outbox: &Arc<Outbox>,
    stop: &Arc<Stop>,
) -> io::Result<[Box<dyn Stream>; 3]> {
    let [input_kind, output_kind, error_kind] = kinds(given.streams, wanted);
    let output = |stream, kind| -> Box<dyn Stream> {
        Box::new(Output { stream, kind, outbox: Arc::clone(outbox), stop: Arc::clone(stop) })
    };
    let input: Box<dyn Stream> = match (given.streams, wanted) {
        (Streams::NoInput, _) => Box::new(TextInput::new(Vec::new())),
        (_, WasiInput::Text { .. } | WasiInput::File { .. }) => {
            // The workbench has checked that there are bytes.
            let bytes = wanted.bytes().map_err(io::Error::other)?;
            Box::new(TextInput::new(bytes.unwrap_or_default()))
        }
        (Streams::Own, _) => Box::new(Input { kind: input_kind, stop: Arc::clone(stop) }),
        (Streams::Workbench(_), _) => Box::new(PipedInput {
            reader: given.input.open()?,
            kind: input_kind,
            pipe: Arc::clone(&given.input),
            outbox: Arc::clone(outbox),
            stop: Arc::clone(stop),
        }),
    };
    Ok([input, output(page::Stream::Stdout, output_kind), output(page::Stream::Stderr, error_kind)])
}

/// The kinds of input, output and error. A console is a terminal if its input is one.
fn kinds(streams: Streams, wanted: &WasiInput) -> [FileType; 3] {
    let kind = |kind| match kind {
        StreamKind::Terminal => FileType::CharacterDevice,
        StreamKind::File => FileType::RegularFile,
        StreamKind::Pipe => FileType::Unknown,
    };
    match streams {
        Streams::Own => {
            let error = crate::last_line::stderr().map_or(FileType::Unknown, own_kind);
            [own_kind(io::stdin()), own_kind(io::stdout()), error]
        }
        Streams::Workbench(Some(kinds)) => kinds.map(kind),
        _ if *wanted == WasiInput::Terminal => [FileType::CharacterDevice; 3],
        _ => [FileType::Unknown; 3],
    }
}

/// The kind of one of the process's own streams: a terminal is a device of characters, and another
/// device is not, as a program takes each such device for a terminal.
fn own_kind(stream: impl AsFd) -> FileType {
    if stream.as_fd().is_terminal() {
        return FileType::CharacterDevice;
    }
    let told =
        rustix::fs::fstat(stream).map(|told| rustix::fs::FileType::from_raw_mode(told.st_mode));
    if told == Ok(rustix::fs::FileType::RegularFile) {
        FileType::RegularFile
    } else {
        FileType::Unknown
    }
}

/// The process's own input.
struct Input {
    kind: FileType,
    stop: Arc<Stop>,
}

impl Stream for Input {
    fn kind(&self) -> FileType {
        self.kind
    }

    fn read(&mut self, pieces: &mut [IoSliceMut<'_>]) -> WasiResult<usize> {
        while self.readable()? == Ready::No {
            wait(&self.stop, &[io::stdin().as_fd()], None)?;
        }
        // Not through Rust's own buffer, which would keep what the program has not asked for.
        rustix::io::readv(io::stdin(), pieces).map_err(|errno| Errno::from(errno).into())
    }

    fn readable(&self) -> Result<Ready> {
        readable(io::stdin().as_fd())
    }

    fn waited_for(&self) -> Option<BorrowedFd<'_>> {
        // Standard input is open for as long as the process runs.
        Some(rustix::stdio::stdin())
    }
}

/// An output that is handed on.
struct Output {
    stream: page::Stream,
    kind: FileType,
    outbox: Arc<Outbox>,
    stop: Arc<Stop>,
}

impl Stream for Output {
    fn kind(&self) -> FileType {
        self.kind
    }

    fn write(&mut self, pieces: &[IoSlice<'_>]) -> WasiResult<usize> {
        let notice = Notice::Output(page::OutputSource::program(self.stream));
        let mut all = 0;
        for piece in pieces {
            let taken = self.outbox.output(&notice, piece, || self.stop.wanted());
            if taken < piece.len() {
                return Err(WasiFailure::Stopped);
            }
            all += taken;
        }
        Ok(all)
    }

    fn writable(&self) -> Result<Ready> {
        Ok(Ready::Bytes(ROOM))
    }
}

/// Sleeping until Stop.
pub struct Sleep(pub Arc<Stop>);

impl watshop_wasi::clock::Pause for Sleep {
    fn wait(&mut self, readable: &[BorrowedFd<'_>], until: Option<Instant>) -> WasiResult {
        if !readable.is_empty() {
            return wait(&self.0, readable, until);
        }
        if self.0.sleep(until) { Ok(()) } else { Err(WasiFailure::Stopped) }
    }

    fn stopped(&self) -> bool {
        self.0.wanted()
    }
}
