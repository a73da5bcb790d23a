//! A file's size and what is on the disk.

use super::Call;
use crate::descriptors::{Descriptor, What};
use crate::errno::{Errno, WasiResult};
use crate::file::{Advice, File, Result};
use crate::rights::Rights;

impl Call<'_> {
    /// Tells the system how a part of a file will be used.
    ///
    /// # Errors
    ///
    /// `BADF`, `SPIPE`, `INVAL`, `NOTCAPABLE`.
    pub fn fd_advise(&mut self, fd: u32, offset: u64, len: u64, advice: u32) -> WasiResult {
        let descriptor = self.process.descriptors.get(fd)?;
        let file = file(descriptor, Errno::BADF)?;
        let advice = match advice {
            0 => Advice::Normal,
            1 => Advice::Sequential,
            2 => Advice::Random,
            3 => Advice::WillNeed,
            4 => Advice::DontNeed,
            5 => Advice::NoReuse,
            _ => return Err(Errno::INVAL.into()),
        };
        descriptor.needs(Rights::FD_ADVISE)?;
        end(offset, len)?;
        Ok(file.advise(offset, len, advice)?)
    }

    /// Makes room for a part of a file.
    ///
    /// # Errors
    ///
    /// `BADF` if it cannot be written, `SPIPE`, `INVAL`, `FBIG`, the system's.
    pub fn fd_allocate(&mut self, fd: u32, offset: u64, len: u64) -> WasiResult {
        let descriptor = self.process.descriptors.get(fd)?;
        let file = file(descriptor, Errno::BADF)?;
        if !descriptor.base.has(Rights::FD_ALLOCATE) {
            return Err(Errno::BADF.into());
        }
        if len == 0 {
            return Err(Errno::INVAL.into());
        }
        end(offset, len).map_err(|_| Errno::FBIG)?;
        Ok(file.allocate(offset, len)?)
    }

    /// Cuts or extends a file.
    ///
    /// # Errors
    ///
    /// `BADF`; `INVAL` if it cannot be written or the size is too large; the system's.
    pub fn fd_filestat_set_size(&mut self, fd: u32, size: u64) -> WasiResult {
        let descriptor = self.process.descriptors.get(fd)?;
        if matches!(descriptor.what, What::Stream(_)) {
            return Err(Errno::INVAL.into());
        }
        let file = file(descriptor, Errno::INVAL)?;
        if !descriptor.base.has(Rights::FD_FILESTAT_SET_SIZE) {
            let written = descriptor.base.has(Rights::FD_WRITE);
            return Err(if written { Errno::NOTCAPABLE } else { Errno::INVAL }.into());
        }
        end(size, 0)?;
        Ok(file.set_size(size)?)
    }

    /// Writes a file's bytes through to the disk.
    ///
    /// # Errors
    ///
    /// `BADF`, `INVAL` for a stream, `NOTCAPABLE`, the system's.
    pub fn fd_datasync(&mut self, fd: u32) -> WasiResult {
        self.sync(fd, Rights::FD_DATASYNC | Rights::FD_SYNC, true)
    }

    /// Writes a file's bytes and its description through to the disk.
    ///
    /// # Errors
    ///
    /// As [`Self::fd_datasync`].
    pub fn fd_sync(&mut self, fd: u32) -> WasiResult {
        self.sync(fd, Rights::FD_SYNC, false)
    }

    fn sync(&mut self, fd: u32, any: Rights, only_bytes: bool) -> WasiResult {
        let descriptor = self.process.descriptors.get(fd)?;
        if matches!(descriptor.what, What::Stream(_)) {
            return Err(Errno::INVAL.into());
        }
        if !descriptor.base.has_any(any) {
            return Err(Errno::NOTCAPABLE.into());
        }
        match &descriptor.what {
            What::Stream(_) => {}
            What::File { file, .. } => file.sync(only_bytes)?,
            What::Folder { folder, .. } => folder.sync()?,
        }
        Ok(())
    }
}

/// The file of a descriptor; another error for a folder.
fn file(descriptor: &Descriptor, of_folder: Errno) -> Result<&dyn File> {
    match &descriptor.what {
        What::Stream(_) => Err(Errno::SPIPE),
        What::Folder { .. } => Err(of_folder),
        What::File { file, .. } => Ok(file.as_ref()),
    }
}

/// The end of a part, which a file can have.
fn end(offset: u64, len: u64) -> Result {
    let end = offset.checked_add(len).and_then(|end| i64::try_from(end).ok());
    end.map(|_| ()).ok_or(Errno::INVAL)
}
