//! An open file of a folder. Nothing of it waits.

use std::fmt;
use std::io::{self, IoSlice, IoSliceMut, SeekFrom};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use wasmer_wasix::virtual_fs::{AsyncRead, AsyncSeek, AsyncWrite, FsError, ReadBuf, VirtualFile};
use watshop_wasi::Errno;
use watshop_wasi::file::{File, Folder as _};
use watshop_wasi::host::HostFolder;
use watshop_wasi::stat::{Stat, Time, Times};

use super::told::error;

/// A file, and where its program is in it.
pub struct FolderFile {
    /// WASIX shares files between threads, of which there is one here.
    file: Mutex<Box<dyn File>>,
    position: u64,
    append: bool,
    folder: Arc<HostFolder>,
    path: String,
}

impl FolderFile {
    /// A file that was opened in a folder.
    pub fn new(file: Box<dyn File>, append: bool, folder: Arc<HostFolder>, path: String) -> Self {
        Self { file: Mutex::new(file), position: 0, append, folder, path }
    }

    fn with<T>(&self, work: impl FnOnce(&dyn File) -> T) -> T {
        work(&**self.file.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn stat(&self) -> Stat {
        self.with(|file| file.stat()).unwrap_or_default()
    }
}

impl fmt::Debug for FolderFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FolderFile({})", self.path)
    }
}

fn failed(errno: Errno) -> io::Error {
    error(errno).into()
}

impl AsyncRead for FolderFile {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let at = self.position;
        let mut piece = [IoSliceMut::new(into.initialize_unfilled())];
        let read = self.with(|file| file.read_at(&mut piece, at)).map_err(failed)?;
        into.advance(read);
        self.position = at.saturating_add(read as u64);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for FolderFile {
    fn poll_write(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let (at, append) = (self.position, self.append);
        let piece = [IoSlice::new(bytes)];
        let written = self.with(|file| match append {
            true => file.append(&piece),
            false => {
                file.write_at(&piece, at).map(|count| (count, at.saturating_add(count as u64)))
            }
        });
        let (count, end) = written.map_err(failed)?;
        self.position = end;
        Poll::Ready(Ok(count))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

impl AsyncSeek for FolderFile {
    fn start_seek(mut self: Pin<&mut Self>, to: SeekFrom) -> io::Result<()> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(by) => self.position.checked_add_signed(by),
            SeekFrom::End(by) => self.stat().size.checked_add_signed(by),
        };
        self.position = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(())
    }

    fn poll_complete(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<u64>> {
        Poll::Ready(Ok(self.position))
    }
}

impl VirtualFile for FolderFile {
    fn last_accessed(&self) -> u64 {
        self.stat().accessed
    }

    fn last_modified(&self) -> u64 {
        self.stat().modified
    }

    fn created_time(&self) -> u64 {
        self.stat().changed
    }

    fn set_times(&mut self, accessed: Option<u64>, modified: Option<u64>) -> Result<(), FsError> {
        let time = |time: Option<u64>| time.map_or(Time::Kept, Time::At);
        let times = Times { accessed: time(accessed), modified: time(modified) };
        self.with(|file| file.set_times(times)).map_err(error)
    }

    fn size(&self) -> u64 {
        self.stat().size
    }

    fn set_len(&mut self, size: u64) -> Result<(), FsError> {
        self.with(|file| file.set_size(size)).map_err(error)
    }

    fn unlink(&mut self) -> Result<(), FsError> {
        let removed = self.folder.access().to_create();
        removed.and_then(|()| self.folder.remove_file(&self.path)).map_err(error)
    }

    fn poll_read_ready(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<usize>> {
        let rest = self.stat().size.saturating_sub(self.position);
        Poll::Ready(Ok(usize::try_from(rest).unwrap_or(usize::MAX)))
    }

    fn poll_write_ready(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<usize>> {
        /// A file takes what it gets; a guess, as everywhere.
        const ROOM: usize = 64 << 10;
        Poll::Ready(Ok(ROOM))
    }
}
