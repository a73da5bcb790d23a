//! Paths: what is told, made, moved and removed by them.

use super::Call;
use crate::errno::{Errno, WasiResult};
use crate::file::{Folder, Result};
use crate::memory::Memory;
use crate::rights::Rights;
use crate::stat::FileType;

/// The flag that a symbolic link at the end of a path is followed.
const FOLLOW: u32 = 1;

/// A path as a program gave it.
pub struct Path {
    /// Without slashes at its end; not empty, not absolute.
    pub text: String,
    /// True if there was a slash at its end, or a slash and a dot: then it must be a folder.
    pub slash: bool,
}

impl Path {
    /// A path in memory.
    ///
    /// # Errors
    ///
    /// `FAULT`, `ILSEQ`, `INVAL`, `NAMETOOLONG`; `NOENT` if it is empty, `PERM` if it is absolute.
    pub fn of(memory: &Memory<'_>, at: u32, length: u32) -> WasiResult<Self> {
        let given = memory.text(at, length)?;
        if given.is_empty() {
            return Err(Errno::NOENT.into());
        }
        if given.starts_with('/') {
            return Err(Errno::PERM.into());
        }
        let text = given.trim_end_matches('/').to_owned();
        Ok(Self { slash: text.len() < given.len() || text.ends_with("/."), text })
    }

    /// Returns true if a symbolic link at its end is followed: the flags or a slash say so.
    ///
    /// # Errors
    ///
    /// `INVAL` if there is no such flag.
    pub fn followed(&self, flags: u32) -> Result<bool> {
        if flags & !FOLLOW == 0 { Ok(flags & FOLLOW != 0 || self.slash) } else { Err(Errno::INVAL) }
    }

    /// A file or a link is to be made here, which cannot be where the path has a slash at its end.
    fn not_of_a_folder(&self, folder: &dyn Folder) -> Result {
        if !self.slash {
            return Ok(());
        }
        match folder.stat_at(&self.text, false)?.kind {
            FileType::Directory => Err(Errno::EXIST),
            _ => Err(Errno::NOTDIR),
        }
    }

    /// It must be a folder if it has a slash at its end.
    fn is_as_told(&self, folder: &dyn Folder) -> Result {
        if self.slash && folder.stat_at(&self.text, false)?.kind != FileType::Directory {
            return Err(Errno::NOTDIR);
        }
        Ok(())
    }
}

impl Call<'_> {
    /// Tells a file's kind, size, links and times.
    ///
    /// # Errors
    ///
    /// As [`Self::path_open`].
    pub fn path_filestat_get(
        &mut self,
        fd: u32,
        flags: u32,
        path: u32,
        length: u32,
        stat: u32,
    ) -> WasiResult {
        let (_, folder) = self.process.descriptors.folder(fd, Rights::PATH_FILESTAT_GET)?;
        let path = Path::of(&self.memory, path, length)?;
        let told = folder.stat_at(&path.text, path.followed(flags)?)?;
        if path.slash && told.kind != FileType::Directory {
            return Err(Errno::NOTDIR.into());
        }
        self.memory.put(stat, &told.written(self.generation))
    }

    /// Makes a folder.
    ///
    /// # Errors
    ///
    /// As [`Self::path_open`]; `EXIST`.
    pub fn path_create_directory(&mut self, fd: u32, path: u32, length: u32) -> WasiResult {
        let (_, folder) = self.process.descriptors.folder(fd, Rights::PATH_CREATE_DIRECTORY)?;
        let path = Path::of(&self.memory, path, length)?;
        if let Err(refused) = folder.access().to_create() {
            let there = folder.stat_at(&path.text, false);
            return Err(or_refused(there.map(|_| Errno::EXIST), refused).into());
        }
        Ok(folder.make_folder(&path.text)?)
    }

    /// Removes an empty folder.
    ///
    /// # Errors
    ///
    /// As [`Self::path_open`]; `NOTEMPTY`.
    pub fn path_remove_directory(&mut self, fd: u32, path: u32, length: u32) -> WasiResult {
        let (_, folder) = self.process.descriptors.folder(fd, Rights::PATH_REMOVE_DIRECTORY)?;
        let path = Path::of(&self.memory, path, length)?;
        folder.access().to_create()?;
        Ok(folder.remove_folder(&path.text)?)
    }

    /// Removes a file's name.
    ///
    /// # Errors
    ///
    /// As [`Self::path_open`]; `ISDIR`.
    pub fn path_unlink_file(&mut self, fd: u32, path: u32, length: u32) -> WasiResult {
        let (_, folder) = self.process.descriptors.folder(fd, Rights::PATH_UNLINK_FILE)?;
        let path = Path::of(&self.memory, path, length)?;
        path.is_as_told(folder)?;
        folder.access().to_create()?;
        Ok(folder.remove_file(&path.text)?)
    }

    /// Moves a file or a folder.
    ///
    /// # Errors
    ///
    /// As [`Self::path_open`]; `XDEV` if the two folders are of different kinds.
    pub fn path_rename(
        &mut self,
        fd: u32,
        path: u32,
        length: u32,
        to: u32,
        name: u32,
        name_length: u32,
    ) -> WasiResult {
        let descriptors = &self.process.descriptors;
        let (_, folder) = descriptors.folder(fd, Rights::PATH_RENAME_SOURCE)?;
        let (_, target) = descriptors.folder(to, Rights::PATH_RENAME_TARGET)?;
        let path = Path::of(&self.memory, path, length)?;
        let name = Path::of(&self.memory, name, name_length)?;
        Path { slash: path.slash || name.slash, ..path_of(&path) }.is_as_told(folder)?;
        folder.access().to_create()?;
        target.access().to_create()?;
        Ok(folder.rename(&path.text, target, &name.text)?)
    }

    /// Gives a file one more name. A symbolic link is never followed.
    ///
    /// # Errors
    ///
    /// As [`Self::path_rename`]; `INVAL` if a link is to be followed.
    #[expect(clippy::too_many_arguments, reason = "as WASI has it")]
    pub fn path_link(
        &mut self,
        fd: u32,
        flags: u32,
        path: u32,
        length: u32,
        to: u32,
        name: u32,
        name_length: u32,
    ) -> WasiResult {
        let descriptors = &self.process.descriptors;
        let (_, folder) = descriptors.folder(fd, Rights::PATH_LINK_SOURCE)?;
        let (_, target) = descriptors.folder(to, Rights::PATH_LINK_TARGET)?;
        let path = Path::of(&self.memory, path, length)?;
        let name = Path::of(&self.memory, name, name_length)?;
        if flags != 0 {
            return Err(Errno::INVAL.into());
        }
        path.is_as_told(folder)?;
        name.not_of_a_folder(target)?;
        folder.access().to_create()?;
        target.access().to_create()?;
        Ok(folder.link(&path.text, target, &name.text)?)
    }

    /// Makes a symbolic link. One that is absolute is not permitted.
    ///
    /// # Errors
    ///
    /// As [`Self::path_open`]; `EXIST`.
    pub fn path_symlink(
        &mut self,
        target: u32,
        target_length: u32,
        fd: u32,
        path: u32,
        length: u32,
    ) -> WasiResult {
        let (_, folder) = self.process.descriptors.folder(fd, Rights::PATH_SYMLINK)?;
        let target = self.memory.text(target, target_length)?;
        let path = Path::of(&self.memory, path, length)?;
        if target.is_empty() {
            return Err(Errno::NOENT.into());
        }
        if target.starts_with('/') {
            return Err(Errno::PERM.into());
        }
        path.not_of_a_folder(folder)?;
        folder.access().to_create()?;
        Ok(folder.symlink(target, &path.text)?)
    }

    /// Tells where a symbolic link leads; what there is no room for is cut.
    ///
    /// # Errors
    ///
    /// As [`Self::path_open`]; `INVAL` if it is not a link.
    pub fn path_readlink(
        &mut self,
        fd: u32,
        path: u32,
        length: u32,
        buf: u32,
        room: u32,
        used: u32,
    ) -> WasiResult {
        let (_, folder) = self.process.descriptors.folder(fd, Rights::PATH_READLINK)?;
        let path = Path::of(&self.memory, path, length)?;
        self.memory.bytes(used, 4)?;
        self.memory.bytes(buf, room)?;
        if path.slash {
            // The link is followed, and what it leads to is not a link.
            let led_to = folder.stat_at(&path.text, true)?.kind;
            let folder = led_to == FileType::Directory;
            return Err(if folder { Errno::INVAL } else { Errno::NOTDIR }.into());
        }
        let target = folder.read_link(&path.text)?;
        let fits = target.len().min(room as usize);
        self.memory.put(buf, &target[..fits])?;
        self.memory.put_u32(used, fits as u32)
    }
}

/// The error of a folder in which nothing may be made, which comes after those of the path.
pub fn or_refused(there: Result<Errno>, refused: Errno) -> Errno {
    match there {
        Ok(errno) => errno,
        Err(Errno::NOENT) => refused,
        Err(errno) => errno,
    }
}

fn path_of(path: &Path) -> Path {
    Path { text: path.text.clone(), slash: path.slash }
}
