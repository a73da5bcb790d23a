//! A file of the host.

use std::io::{IoSlice, IoSliceMut};

use rustix::fs::{FallocateFlags, OFlags, SeekFrom};

use super::stat;
use crate::errno::Errno;
use crate::file::{Advice, File, Result};
use crate::stat::{Stat, Times};

/// A file of the host, whose position of the system's own is used for appending only.
pub struct HostFile {
    file: std::fs::File,
    read_only: bool,
}

impl HostFile {
    /// A file that was opened. If it is read-only, nothing of it can be changed.
    pub fn new(file: std::fs::File, read_only: bool) -> Self {
        Self { file, read_only }
    }

    fn writable(&self) -> Result {
        if self.read_only { Err(Errno::ROFS) } else { Ok(()) }
    }
}

impl File for HostFile {
    fn stat(&self) -> Result<Stat> {
        Ok(stat::of_handle(&self.file)?)
    }

    fn read_at(&self, pieces: &mut [IoSliceMut<'_>], at: u64) -> Result<usize> {
        Ok(rustix::io::preadv(&self.file, pieces, at)?)
    }

    fn write_at(&self, pieces: &[IoSlice<'_>], at: u64) -> Result<usize> {
        self.writable()?;
        Ok(rustix::io::pwritev(&self.file, pieces, at)?)
    }

    fn append(&self, pieces: &[IoSlice<'_>]) -> Result<(usize, u64)> {
        self.writable()?;
        let done = rustix::io::writev(&self.file, pieces)?;
        Ok((done, rustix::fs::seek(&self.file, SeekFrom::Current(0))?))
    }

    fn set_append(&mut self, append: bool) -> Result {
        let mut flags = rustix::fs::fcntl_getfl(&self.file)?;
        flags.set(OFlags::APPEND, append);
        Ok(rustix::fs::fcntl_setfl(&self.file, flags)?)
    }

    fn set_size(&self, size: u64) -> Result {
        self.writable()?;
        Ok(rustix::fs::ftruncate(&self.file, size)?)
    }

    fn allocate(&self, at: u64, length: u64) -> Result {
        self.writable()?;
        match rustix::fs::fallocate(&self.file, FallocateFlags::empty(), at, length) {
            // A disk that cannot set room aside: the size is what a program relies on.
            Err(rustix::io::Errno::OPNOTSUPP) => {
                let end = at.checked_add(length).ok_or(Errno::FBIG)?;
                if self.stat()?.size < end { self.set_size(end) } else { Ok(()) }
            }
            done => Ok(done?),
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
