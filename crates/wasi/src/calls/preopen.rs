//! The folders that a program is started with.

use super::Call;
use crate::descriptors::What;
use crate::errno::{Errno, WasiResult};

/// The tag of a folder, which is the only kind there is.
const FOLDER: u32 = 0;

impl Call<'_> {
    /// Tells whether the program was started with this descriptor, and its name's length.
    ///
    /// # Errors
    ///
    /// `BADF` if it was not; `FAULT`.
    pub fn fd_prestat_get(&mut self, fd: u32, prestat: u32) -> WasiResult {
        let length = self.name(fd)?.len() as u32;
        self.memory.put(prestat, &[FOLDER.to_le_bytes(), length.to_le_bytes()].concat())
    }

    /// Tells the name of such a folder.
    ///
    /// # Errors
    ///
    /// `BADF` if it is not one; `NAMETOOLONG` if there is not enough room; `FAULT`.
    pub fn fd_prestat_dir_name(&mut self, fd: u32, path: u32, room: u32) -> WasiResult {
        let name = self.name(fd)?.to_owned();
        if name.len() > room as usize {
            return Err(Errno::NAMETOOLONG.into());
        }
        self.memory.put(path, name.as_bytes())
    }

    fn name(&self, fd: u32) -> Result<&str, Errno> {
        match &self.process.descriptors.get(fd)?.what {
            What::Folder { preopened: Some(name), .. } => Ok(name),
            _ => Err(Errno::BADF),
        }
    }
}
