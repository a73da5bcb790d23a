//! A file of the host.

use std::io::{IoSlice, IoSliceMut};
use std::sync::Arc;

use rustix::fs::{FallocateFlags, OFlags, SeekFrom};

use super::stat;
use super::usage::Usage;
use crate::errno::Errno;
use crate::file::{Access, Advice, File, Result};
use crate::stat::{Stat, Times};

/// A file of the host, whose position of the system's own is used for appending only.
pub struct HostFile {
    file: std::fs::File,
    access: Access,
    /// True if every write goes to its end.
    append: bool,
    /// The room of its folder, and its number there.
    usage: Option<(Arc<Usage>, u64)>,
}

impl HostFile {
    /// A file that was opened, to be appended to or not, the work that may be done in it, and the
    /// room of its folder with its number there.
    pub fn new(
        (file, append): (std::fs::File, bool),
        access: Access,
        usage: Option<(Arc<Usage>, u64)>,
    ) -> Self {
        if let Some((usage, inode)) = &usage {
            usage.open(*inode);
        }
        Self { file, access, append, usage }
    }

    /// Does something after which the file has at most this size, if there is room for that.
    fn grow<T>(
        &self,
        most: impl FnOnce(u64) -> u64,
        work: impl FnOnce() -> Result<T>,
    ) -> Result<T> {
        let Some((usage, _)) = &self.usage else { return work() };
        let before = self.stat()?.size;
        let asked = most(before).saturating_sub(before);
        usage.take(asked)?;
        let done = work();
        // A write may be short, and a file may be cut.
        let after = self.stat().map_or(before, |told| told.size);
        usage.give_back((before + asked).saturating_sub(after));
        done
    }

    fn writable(&self) -> Result {
        self.access.to_write()
    }
}

impl Drop for HostFile {
    fn drop(&mut self) {
        if let Some((usage, inode)) = &self.usage {
            usage.close(*inode, self.stat().map_or(0, |told| told.size));
        }
    }
}

/// The bytes of all pieces.
fn all(pieces: &[IoSlice<'_>]) -> u64 {
    pieces.iter().map(|piece| piece.len() as u64).sum()
}

impl File for HostFile {
    fn stat(&self) -> Result<Stat> {
        Ok(stat::of_handle(&self.file)?)
    }

    fn read_at(&self, pieces: &mut [IoSliceMut<'_>], at: u64) -> Result<usize> {
        // One piece is the usual case, and the system has less to do for it.
        match pieces {
            [piece] => Ok(rustix::io::pread(&self.file, &mut **piece, at)?),
            pieces => Ok(rustix::io::preadv(&self.file, pieces, at)?),
        }
    }

    fn write_at(&self, pieces: &[IoSlice<'_>], at: u64) -> Result<usize> {
        self.writable()?;
        let length = all(pieces);
        let most = |size: u64| match self.append {
            true => size.saturating_add(length),
            false => size.max(at.saturating_add(length)),
        };
        self.grow(most, || match pieces {
            [piece] => Ok(rustix::io::pwrite(&self.file, piece, at)?),
            pieces => Ok(rustix::io::pwritev(&self.file, pieces, at)?),
        })
    }

    fn append(&self, pieces: &[IoSlice<'_>]) -> Result<(usize, u64)> {
        self.writable()?;
        let most = |size: u64| size.saturating_add(all(pieces));
        let done = self.grow(most, || Ok(rustix::io::writev(&self.file, pieces)?))?;
        Ok((done, rustix::fs::seek(&self.file, SeekFrom::Current(0))?))
    }

    fn set_append(&mut self, append: bool) -> Result {
        let mut flags = rustix::fs::fcntl_getfl(&self.file)?;
        flags.set(OFlags::APPEND, append);
        rustix::fs::fcntl_setfl(&self.file, flags)?;
        self.append = append;
        Ok(())
    }

    fn set_size(&self, size: u64) -> Result {
        self.writable()?;
        self.grow(|_| size, || Ok(rustix::fs::ftruncate(&self.file, size)?))
    }

    fn allocate(&self, at: u64, length: u64) -> Result {
        self.writable()?;
        let most = |size: u64| size.max(at.saturating_add(length));
        let flags = FallocateFlags::empty();
        let done = self.grow(most, || Ok(rustix::fs::fallocate(&self.file, flags, at, length)?));
        match done {
            // A disk that cannot set room aside: the size is what a program relies on.
            Err(Errno::NOTSUP) => {
                let end = at.checked_add(length).ok_or(Errno::FBIG)?;
                if self.stat()?.size < end { self.set_size(end) } else { Ok(()) }
            }
            done => done,
        }
    }

    fn advise(&self, at: u64, length: u64, advice: Advice) -> Result {
        use rustix::fs::Advice as System;
        let advice = match advice {
            Advice::Normal => System::Normal,
            Advice::Sequential => System::Sequential,
            Advice::Random => System::Random,
            Advice::WillNeed => System::WillNeed,
            Advice::DontNeed => System::DontNeed,
            Advice::NoReuse => System::NoReuse,
        };
        let length = std::num::NonZeroU64::new(length);
        Ok(rustix::fs::fadvise(&self.file, at, length, advice)?)
    }

    fn sync(&self, only_bytes: bool) -> Result {
        match only_bytes {
            true => Ok(rustix::fs::fdatasync(&self.file)?),
            false => Ok(rustix::fs::fsync(&self.file)?),
        }
    }

    fn set_times(&self, times: Times) -> Result {
        self.writable()?;
        stat::set_times(&self.file, times)
    }
}
