//! Descriptors themselves: closing, renumbering, flags and rights.

use super::Call;
use crate::descriptors::{What, flags};
use crate::errno::{Errno, WasiResult};
use crate::rights::Rights;
use crate::stat::{FileType, Stat};

impl Call<'_> {
    /// Closes a descriptor.
    ///
    /// # Errors
    ///
    /// `BADF` if it is not open.
    pub fn fd_close(&mut self, fd: u32) -> WasiResult {
        self.process.descriptors.close(fd)?;
        Ok(())
    }

    /// Gives a descriptor the number of another, which is closed.
    ///
    /// # Errors
    ///
    /// `BADF` if one of them is not open.
    pub fn fd_renumber(&mut self, fd: u32, to: u32) -> WasiResult {
        self.process.descriptors.renumber(fd, to)
    }

    /// Tells a descriptor's kind, flags and rights.
    ///
    /// # Errors
    ///
    /// `BADF`, `FAULT`.
    pub fn fd_fdstat_get(&mut self, fd: u32, stat: u32) -> WasiResult {
        let descriptor = self.process.descriptors.get(fd)?;
        let mut bytes = [0; 24];
        bytes[0] = descriptor.kind() as u8;
        bytes[2..4].copy_from_slice(&descriptor.flags.to_le_bytes());
        bytes[8..16].copy_from_slice(&descriptor.base.0.to_le_bytes());
        bytes[16..24].copy_from_slice(&descriptor.inheriting.0.to_le_bytes());
        self.memory.put(stat, &bytes)
    }

    /// Sets a descriptor's flags. Whether writes wait for the disk is settled when it is opened.
    ///
    /// # Errors
    ///
    /// `BADF`, `INVAL` if there is no such flag, `NOTCAPABLE`, `NOTSUP`.
    pub fn fd_fdstat_set_flags(&mut self, fd: u32, wanted: u32) -> WasiResult {
        let wanted = u16::try_from(wanted).map_err(|_| Errno::INVAL)?;
        let descriptor = self.process.descriptors.get_mut(fd)?;
        if wanted & !flags::ALL != 0 {
            return Err(Errno::INVAL.into());
        }
        if matches!(descriptor.what, What::Stream(_)) && wanted != descriptor.flags {
            return Err(Errno::NOTSUP.into());
        }
        if matches!(descriptor.what, What::File { .. }) {
            descriptor.needs(Rights::FD_FDSTAT_SET_FLAGS)?;
        }
        let changed = wanted ^ descriptor.flags;
        if changed & (flags::SYNC | flags::DSYNC | flags::RSYNC) != 0 {
            return Err(Errno::NOTSUP.into());
        }
        if let What::File { file, .. } = &mut descriptor.what
            && changed & flags::APPEND != 0
        {
            file.set_append(wanted & flags::APPEND != 0)?;
        }
        descriptor.flags = wanted;
        Ok(())
    }

    /// Gives up rights.
    ///
    /// # Errors
    ///
    /// `BADF`; `NOTCAPABLE` if it has not all of those that it would keep.
    pub fn fd_fdstat_set_rights(&mut self, fd: u32, base: u64, inheriting: u64) -> WasiResult {
        let descriptor = self.process.descriptors.get_mut(fd)?;
        let (base, inheriting) = (Rights(base), Rights(inheriting));
        if !descriptor.base.has(base) || !descriptor.inheriting.has(inheriting) {
            return Err(Errno::NOTCAPABLE.into());
        }
        descriptor.base = base;
        descriptor.inheriting = inheriting;
        Ok(())
    }

    /// Tells an open file's kind, size, links and times.
    ///
    /// # Errors
    ///
    /// `BADF`, `NOTCAPABLE`, `FAULT`.
    pub fn fd_filestat_get(&mut self, fd: u32, to: u32) -> WasiResult {
        let descriptor = self.process.descriptors.get(fd)?;
        descriptor.needs(Rights::FD_FILESTAT_GET)?;
        let stat = match &descriptor.what {
            // A stream has a kind and nothing else.
            What::Stream(stream) => Stat { kind: stream.kind(), ..Stat::default() },
            What::File { file, .. } => Stat { kind: FileType::RegularFile, ..file.stat()? },
            What::Folder { folder, .. } => folder.stat()?,
        };
        self.memory.put(to, &stat.written(self.generation))
    }
}
