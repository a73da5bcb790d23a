//! The standard input of a program whose bytes come while it runs.

use std::io::{IoSliceMut, Write as _};
use std::os::fd::{AsFd as _, BorrowedFd, OwnedFd};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rustix::io::Errno as SystemErrno;
use rustix::pipe::{PipeFlags, pipe_with};
use watshop_protocol::process::runner::Notice;
use watshop_wasi::file::{Ready, Result, Stream};
use watshop_wasi::stat::FileType;
use watshop_wasi::{Errno, WasiResult};

use super::wait::{ready, wait};
use crate::outbox::Outbox;
use crate::stop::Stop;

/// The pipe to the program that runs now. The system bounds the bytes in it (64 KiB on Linux, see
/// pipe(7)).
#[derive(Default)]
pub struct InputPipe {
    end: Mutex<Option<std::fs::File>>,
    /// True if the program waits and has said so.
    wanted: AtomicBool,
}

impl InputPipe {
    /// Opens the pipe for a new program. The program before finds its end.
    ///
    /// # Errors
    ///
    /// The system gives no more descriptors.
    pub fn open(&self) -> std::io::Result<OwnedFd> {
        let (reader, writer) = pipe_with(PipeFlags::CLOEXEC | PipeFlags::NONBLOCK)?;
        *self.lock() = Some(writer.into());
        self.wanted.store(false, Ordering::SeqCst);
        Ok(reader)
    }

    /// Puts bytes into the pipe, and closes it if they are the last ones and all found room.
    /// Returns the number of those that did; `None` if no program reads.
    pub fn write(&self, bytes: &[u8], end: bool) -> Option<usize> {
        let mut pipe = self.lock();
        let writer = pipe.as_mut()?;
        // The program may ask again as soon as the bytes are there.
        self.wanted.store(false, Ordering::SeqCst);
        let mut taken = 0;
        while taken < bytes.len() {
            match writer.write(&bytes[taken..]) {
                Ok(count) => taken += count,
                Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => break,
                Err(_) => {
                    *pipe = None;
                    return None;
                }
            }
        }
        if end && taken == bytes.len() {
            *pipe = None;
        }
        Some(taken)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<std::fs::File>> {
        self.end.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A program's end of the pipe.
pub struct PipedInput {
    pub reader: OwnedFd,
    pub kind: FileType,
    pub pipe: Arc<InputPipe>,
    pub outbox: Arc<Outbox>,
    pub stop: Arc<Stop>,
}

impl PipedInput {
    /// Says that the program waits, once until bytes come.
    fn want(&self) {
        if !self.pipe.wanted.swap(true, Ordering::SeqCst) {
            self.outbox.notice(Notice::InputWanted);
        }
    }
}

impl Stream for PipedInput {
    fn kind(&self) -> FileType {
        self.kind
    }

    fn read(&mut self, pieces: &mut [IoSliceMut<'_>]) -> WasiResult<usize> {
        loop {
            match rustix::io::readv(&self.reader, pieces) {
                Err(SystemErrno::AGAIN) => self.want(),
                Err(SystemErrno::INTR) => {}
                other => return other.map_err(|errno| Errno::from(errno).into()),
            }
            wait(&self.stop, &[self.reader.as_fd()], None)?;
        }
    }

    fn readable(&self) -> Result<Ready> {
        let ready = readable(self.reader.as_fd())?;
        if ready == Ready::No {
            self.want();
        }
        Ok(ready)
    }

    fn waited_for(&self) -> Option<BorrowedFd<'_>> {
        Some(self.reader.as_fd())
    }
}

/// The bytes that one of the system's descriptors has. One that can be read and has none is at its
/// end.
///
/// # Errors
///
/// The system's.
pub fn readable(input: BorrowedFd<'_>) -> Result<Ready> {
    if !ready(&[input], Duration::ZERO)? {
        return Ok(Ready::No);
    }
    // A device that does not count its bytes has some.
    Ok(match rustix::io::ioctl_fionread(input) {
        Ok(0) => Ready::Hangup,
        Ok(count) => Ready::Bytes(count),
        Err(_) => Ready::Bytes(1),
    })
}

/// An input that is a text. An empty one is at its end.
pub struct TextInput {
    bytes: Vec<u8>,
    read: usize,
}

impl TextInput {
    /// An input of these bytes.
    pub fn new(bytes: Vec<u8>) -> Self {
        Self { bytes, read: 0 }
    }
}

impl Stream for TextInput {
    fn kind(&self) -> FileType {
        FileType::Unknown
    }

    fn read(&mut self, pieces: &mut [IoSliceMut<'_>]) -> WasiResult<usize> {
        let before = self.read;
        for piece in pieces {
            let rest = &self.bytes[self.read..];
            let count = rest.len().min(piece.len());
            piece[..count].copy_from_slice(&rest[..count]);
            self.read += count;
        }
        Ok(self.read - before)
    }

    fn readable(&self) -> Result<Ready> {
        Ok(match self.bytes.len() - self.read {
            0 => Ready::Hangup,
            count => Ready::Bytes(count as u64),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(reader: &OwnedFd) -> Vec<u8> {
        let mut bytes = vec![0; 1 << 20];
        let count = rustix::io::read(reader, &mut bytes).unwrap();
        bytes.truncate(count);
        bytes
    }

    #[test]
    fn a_full_pipe_takes_no_more_until_the_program_has_read() {
        let pipe = InputPipe::default();
        assert_eq!(pipe.write(b"nobody is there", false), None);
        let reader = pipe.open().unwrap();
        let much = vec![7; 1 << 20];
        let taken = pipe.write(&much, true).unwrap();
        assert!((1 << 12..1 << 20).contains(&taken), "{taken}");
        assert_eq!(pipe.write(b"more", false), Some(0));
        assert_eq!(read_all(&reader).len(), taken);
        assert_eq!(pipe.write(b"more", true), Some(4));
        assert_eq!(read_all(&reader), b"more");
        assert_eq!(read_all(&reader), b"");
        assert_eq!(pipe.write(b"after the end", false), None);
    }

    #[test]
    fn a_pipe_tells_how_many_bytes_it_has_and_that_it_is_at_its_end() {
        let pipe = InputPipe::default();
        let reader = pipe.open().unwrap();
        assert_eq!(readable(reader.as_fd()), Ok(Ready::No));
        pipe.write(b"hello", false);
        assert_eq!(readable(reader.as_fd()), Ok(Ready::Bytes(5)));
        pipe.write(b" you", true);
        assert_eq!(readable(reader.as_fd()), Ok(Ready::Bytes(9)));
        read_all(&reader);
        assert_eq!(readable(reader.as_fd()), Ok(Ready::Hangup));
    }

    #[test]
    fn a_program_that_is_gone_reads_no_more() {
        let pipe = InputPipe::default();
        drop(pipe.open().unwrap());
        assert_eq!(pipe.write(b"bytes", false), None);
    }

    #[test]
    fn a_text_ends() {
        let mut input = TextInput::new(b"hello".to_vec());
        let (mut one, mut two) = ([0; 2], [0; 9]);
        assert_eq!(input.readable(), Ok(Ready::Bytes(5)));
        let count = input.read(&mut [IoSliceMut::new(&mut one), IoSliceMut::new(&mut two)]);
        assert!(matches!(count, Ok(5)));
        assert_eq!((&one, &two[..3]), (b"he", &b"llo"[..]));
        assert_eq!(input.readable(), Ok(Ready::Hangup));
        assert!(matches!(input.read(&mut [IoSliceMut::new(&mut one)]), Ok(0)));
    }
}
