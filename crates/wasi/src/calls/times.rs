//! Times that are set.

use super::Call;
use super::path::Path;
use crate::descriptors::What;
use crate::errno::{Errno, WasiResult};
use crate::file::Result;
use crate::rights::Rights;
use crate::stat::{FileType, Time, Times};

const ATIM: u32 = 1;
const ATIM_NOW: u32 = 2;
const MTIM: u32 = 4;
const MTIM_NOW: u32 = 8;

impl Call<'_> {
    /// Sets the times of an open file.
    ///
    /// # Errors
    ///
    /// `BADF`, `NOTSUP` for a stream, `INVAL`, `NOTCAPABLE`, the system's.
    pub fn fd_filestat_set_times(
        &mut self,
        fd: u32,
        atim: u64,
        mtim: u64,
        flags: u32,
    ) -> WasiResult {
        let descriptor = self.process.descriptors.get(fd)?;
        if matches!(descriptor.what, What::Stream(_)) {
            return Err(Errno::NOTSUP.into());
        }
        let times = times(atim, mtim, flags)?;
        descriptor.needs(Rights::FD_FILESTAT_SET_TIMES)?;
        match &descriptor.what {
            What::Stream(_) => {}
            What::File { file, .. } => file.set_times(times)?,
            What::Folder { folder, .. } => {
                folder.access().to_write()?;
                folder.set_times(times)?;
            }
        }
        Ok(())
    }

    /// Sets the times of a file by its path.
    ///
    /// # Errors
    ///
    /// As [`Self::fd_filestat_set_times`]; as [`Self::path_open`].
    #[expect(clippy::too_many_arguments, reason = "as WASI has it")]
    pub fn path_filestat_set_times(
        &mut self,
        fd: u32,
        flags: u32,
        path: u32,
        length: u32,
        atim: u64,
        mtim: u64,
        which: u32,
    ) -> WasiResult {
        let rights = Rights::PATH_FILESTAT_SET_TIMES;
        let (_, folder) = self.process.descriptors.folder(fd, rights)?;
        let path = Path::of(&self.memory, path, length)?;
        let follow = path.followed(flags)?;
        let times = times(atim, mtim, which)?;
        if path.slash && folder.stat_at(&path.text, follow)?.kind != FileType::Directory {
            return Err(Errno::NOTDIR.into());
        }
        folder.access().to_write()?;
        Ok(folder.set_times_at(&path.text, follow, times)?)
    }
}

fn times(accessed: u64, modified: u64, flags: u32) -> Result<Times> {
    if flags & !(ATIM | ATIM_NOW | MTIM | MTIM_NOW) != 0 {
        return Err(Errno::INVAL);
    }
    let one = |given: u32, now: u32, time| match (flags & given != 0, flags & now != 0) {
        (true, true) => Err(Errno::INVAL),
        (true, false) => Ok(Time::At(time)),
        (false, true) => Ok(Time::Now),
        (false, false) => Ok(Time::Kept),
    };
    Ok(Times { accessed: one(ATIM, ATIM_NOW, accessed)?, modified: one(MTIM, MTIM_NOW, modified)? })
}
