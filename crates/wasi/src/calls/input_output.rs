//! Reading, writing, and the position.

use super::Call;
use crate::Generation;
use crate::descriptors::{What, flags};
use crate::errno::{Errno, WasiResult};
use crate::memory::Few;
use crate::rights::Rights;

/// The place that a position is counted from.
enum From {
    Begin,
    Here,
    End,
}

impl Call<'_> {
    /// Reads from a file or a stream.
    ///
    /// # Errors
    ///
    /// `BADF` if it cannot be read, `ISDIR`, `FAULT`, `INVAL`, the system's.
    pub fn fd_read(&mut self, fd: u32, iovs: u32, count: u32, read: u32) -> WasiResult {
        let descriptor = self.process.descriptors.get_mut(fd)?;
        let readable = descriptor.base.has(Rights::FD_READ);
        let pieces = self.memory.pieces(iovs, count)?;
        self.memory.bytes(read, 4)?;
        let mut pieces = pieces.exclusive(self.memory.all()?);
        let done = match &mut descriptor.what {
            What::Folder { .. } => return Err(Errno::ISDIR.into()),
            _ if !readable => return Err(Errno::BADF.into()),
            What::Stream(stream) => stream.read(&mut pieces)?,
            What::File { file, position } => {
                let done = at(*position).and_then(|at| file.read_at(&mut pieces, at))?;
                *position += done as u64;
                done
            }
        };
        drop(pieces);
        self.memory.put_u32(read, done as u32)
    }

    /// Writes to a file or a stream.
    ///
    /// # Errors
    ///
    /// `BADF` if it cannot be written, `FAULT`, `INVAL`, the system's.
    pub fn fd_write(&mut self, fd: u32, iovs: u32, count: u32, written: u32) -> WasiResult {
        let descriptor = self.process.descriptors.get_mut(fd)?;
        let writable = descriptor.base.has(Rights::FD_WRITE);
        let append = descriptor.flags & flags::APPEND != 0;
        let mut pieces = Few::new();
        self.memory.slices(iovs, count, &mut pieces)?;
        self.memory.bytes(written, 4)?;
        let done = match &mut descriptor.what {
            What::Folder { .. } => return Err(Errno::BADF.into()),
            _ if !writable => return Err(Errno::BADF.into()),
            What::Stream(stream) => stream.write(&pieces)?,
            What::File { file, position } if append => {
                let (done, end) = file.append(&pieces)?;
                *position = end;
                done
            }
            What::File { file, position } => {
                let done = at(*position).and_then(|at| file.write_at(&pieces, at))?;
                *position += done as u64;
                done
            }
        };
        drop(pieces);
        self.memory.put_u32(written, done as u32)
    }

    /// Reads at a position.
    ///
    /// # Errors
    ///
    /// As [`Self::fd_read`]; `SPIPE` for a stream, `NOTCAPABLE`.
    pub fn fd_pread(
        &mut self,
        fd: u32,
        iovs: u32,
        count: u32,
        offset: u64,
        read: u32,
    ) -> WasiResult {
        let descriptor = self.process.descriptors.get(fd)?;
        let file = match &descriptor.what {
            What::Stream(_) => return Err(Errno::SPIPE.into()),
            What::Folder { .. } => return Err(Errno::ISDIR.into()),
            What::File { .. } if !descriptor.base.has(Rights::FD_READ) => {
                return Err(Errno::BADF.into());
            }
            What::File { file, .. } => file,
        };
        descriptor.needs(Rights::FD_SEEK)?;
        let pieces = self.memory.pieces(iovs, count)?;
        self.memory.bytes(read, 4)?;
        let mut pieces = pieces.exclusive(self.memory.all()?);
        let done = file.read_at(&mut pieces, at(offset)?)?;
        drop(pieces);
        self.memory.put_u32(read, done as u32)
    }

    /// Writes at a position.
    ///
    /// # Errors
    ///
    /// As [`Self::fd_write`]; `SPIPE` for a stream, `NOTCAPABLE`.
    pub fn fd_pwrite(
        &mut self,
        fd: u32,
        iovs: u32,
        count: u32,
        offset: u64,
        written: u32,
    ) -> WasiResult {
        let descriptor = self.process.descriptors.get(fd)?;
        let file = match &descriptor.what {
            What::Stream(_) => return Err(Errno::SPIPE.into()),
            What::File { file, .. } if descriptor.base.has(Rights::FD_WRITE) => file,
            _ => return Err(Errno::BADF.into()),
        };
        descriptor.needs(Rights::FD_SEEK)?;
        let mut pieces = Few::new();
        self.memory.slices(iovs, count, &mut pieces)?;
        self.memory.bytes(written, 4)?;
        let done = file.write_at(&pieces, at(offset)?)?;
        drop(pieces);
        self.memory.put_u32(written, done as u32)
    }

    /// Moves the position. One that is refused stays where it was.
    ///
    /// # Errors
    ///
    /// `BADF` for a folder too, `SPIPE`, `NOTCAPABLE`; `INVAL` if it would be negative or too large.
    pub fn fd_seek(&mut self, fd: u32, offset: u64, whence: u32, result: u32) -> WasiResult {
        let from = from(whence, self.generation);
        let descriptor = self.process.descriptors.get_mut(fd)?;
        let can = descriptor.base;
        let (file, position) = match &mut descriptor.what {
            What::Stream(_) => return Err(Errno::SPIPE.into()),
            What::Folder { .. } => return Err(Errno::BADF.into()),
            What::File { file, position } => (file, position),
        };
        let from = from?;
        let only_tell = offset == 0 && matches!(from, From::Here) && can.has(Rights::FD_TELL);
        if !can.has(Rights::FD_SEEK) && !only_tell {
            return Err(Errno::NOTCAPABLE.into());
        }
        let start = match from {
            From::Begin => 0,
            From::Here => *position,
            From::End => file.stat()?.size,
        };
        let wanted = start.checked_add_signed(offset.cast_signed()).ok_or(Errno::INVAL)?;
        self.memory.put_u64(result, at(wanted)?)?;
        *position = wanted;
        Ok(())
    }

    /// Tells the position.
    ///
    /// # Errors
    ///
    /// `BADF` for a folder too, `SPIPE`, `NOTCAPABLE`, `FAULT`.
    pub fn fd_tell(&mut self, fd: u32, result: u32) -> WasiResult {
        let descriptor = self.process.descriptors.get(fd)?;
        let position = match &descriptor.what {
            What::Stream(_) => return Err(Errno::SPIPE.into()),
            What::Folder { .. } => return Err(Errno::BADF.into()),
            What::File { position, .. } => *position,
        };
        if !descriptor.base.has_any(Rights::FD_TELL | Rights::FD_SEEK) {
            return Err(Errno::NOTCAPABLE.into());
        }
        self.memory.put_u64(result, position)
    }
}

/// The numbers of snapshot 0 are others.
fn from(whence: u32, generation: Generation) -> Result<From, Errno> {
    Ok(match (whence, generation) {
        (0, Generation::Preview1) | (2, Generation::Snapshot0) => From::Begin,
        (1, Generation::Preview1) | (0, Generation::Snapshot0) => From::Here,
        (2, Generation::Preview1) | (1, Generation::Snapshot0) => From::End,
        _ => return Err(Errno::INVAL),
    })
}

/// A position that the system can have.
fn at(position: u64) -> Result<u64, Errno> {
    i64::try_from(position).map(|_| position).map_err(|_| Errno::INVAL)
}
