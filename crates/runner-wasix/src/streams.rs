//! A standard stream of the runner as a file of WASIX. Reads and writes wait in the runner's own
//! stream, which ends its wait at Stop.

use std::fmt;
use std::io::{self, IoSlice, IoSliceMut, SeekFrom};
use std::os::fd::{AsFd as _, OwnedFd};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::task::{Context, Poll, Waker};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use tokio::runtime::Handle;
use wasmer_wasix::virtual_fs::{AsyncRead, AsyncSeek, AsyncWrite, FsError, ReadBuf, VirtualFile};
use watshop_wasi::WasiFailure;
use watshop_wasi::file::{Ready, Stream};

/// Bytes that can be written at once; a guess, as everywhere.
const ROOM: usize = 64 << 10;

/// The longest wait for the system before the program is asked whether it still wants to know.
const AGAIN: Timespec = Timespec { tv_sec: 0, tv_nsec: 20_000_000 };

/// A standard stream.
pub struct StreamFile {
    stream: Mutex<Box<dyn Stream>>,
    runtime: Handle,
    /// The last question whether there is something to read. Another question takes its place.
    asked: Option<Arc<()>>,
}

impl StreamFile {
    /// A stream, and the runtime whose threads may wait for it.
    pub fn new(stream: Box<dyn Stream>, runtime: Handle) -> Self {
        Self { stream: Mutex::new(stream), runtime, asked: None }
    }

    fn stream(&mut self) -> &mut dyn Stream {
        &mut **self.stream.get_mut().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for StreamFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StreamFile")
    }
}

/// A failure as the system tells it. An order to end is an interrupted call, and the caller's own
/// look at Stop says what it was.
fn told(failure: WasiFailure) -> io::Error {
    match failure {
        WasiFailure::Stopped => io::ErrorKind::Interrupted.into(),
        other => io::Error::other(format!("{other:?}")),
    }
}

impl AsyncRead for StreamFile {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let piece = IoSliceMut::new(into.initialize_unfilled());
        let read = self.stream().read(&mut [piece]).map_err(told)?;
        into.advance(read);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for StreamFile {
    fn poll_write(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Poll::Ready(self.stream().write(&[IoSlice::new(bytes)]).map_err(told))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

impl AsyncSeek for StreamFile {
    fn start_seek(self: Pin<&mut Self>, _: SeekFrom) -> io::Result<()> {
        // A stream has no position, and a library that asks for it goes on without.
        Ok(())
    }

    fn poll_complete(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<u64>> {
        Poll::Ready(Ok(0))
    }
}

impl VirtualFile for StreamFile {
    fn last_accessed(&self) -> u64 {
        0
    }

    fn last_modified(&self) -> u64 {
        0
    }

    fn created_time(&self) -> u64 {
        0
    }

    fn size(&self) -> u64 {
        0
    }

    fn set_len(&mut self, _: u64) -> Result<(), FsError> {
        Err(FsError::PermissionDenied)
    }

    fn unlink(&mut self) -> Result<(), FsError> {
        Ok(())
    }

    fn poll_read_ready(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<io::Result<usize>> {
        match self.stream().readable() {
            Ok(Ready::Bytes(count)) => Poll::Ready(Ok(usize::try_from(count).unwrap_or(ROOM))),
            Ok(Ready::Hangup) => Poll::Ready(Ok(0)),
            Ok(Ready::No) => self.wait(context.waker().clone()),
            Err(errno) => Poll::Ready(Err(io::Error::other(format!("{errno:?}")))),
        }
    }

    fn poll_write_ready(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<usize>> {
        Poll::Ready(Ok(ROOM))
    }
}

impl StreamFile {
    /// Has the waker woken once there is something to read.
    fn wait(&mut self, waker: Waker) -> Poll<io::Result<usize>> {
        let Some(input) = self.stream().waited_for() else { return Poll::Ready(Ok(0)) };
        let input = input.try_clone_to_owned()?;
        let question = Arc::new(());
        let asked = Arc::downgrade(&question);
        self.asked = Some(question);
        self.runtime.spawn_blocking(move || wake_when_readable(&input, &asked, &waker));
        Poll::Pending
    }
}

/// Waits until there is something to read, or until nobody wants to know.
fn wake_when_readable(input: &OwnedFd, asked: &Weak<()>, waker: &Waker) {
    while asked.strong_count() > 0 {
        let mut waited = [PollFd::from_borrowed_fd(input.as_fd(), PollFlags::IN)];
        match poll(&mut waited, Some(&AGAIN)) {
            Ok(0) | Err(rustix::io::Errno::INTR) => {}
            _ => return waker.wake_by_ref(),
        }
    }
}
