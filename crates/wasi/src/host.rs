//! Folders of the host: every path is opened beneath the folder's handle by the kernel's own rule
//! (`openat2` with `RESOLVE_BENEATH`), which `cap-std` asks for, and follows by hand on a kernel
//! that has none.

use std::any::Any;
use std::io;

use cap_fs_ext::{DirExt as _, FollowSymlinks, OpenOptionsFollowExt as _, OpenOptionsSyncExt as _};
use cap_std::fs::{Dir, OpenOptions, OpenOptionsExt as _};
use rustix::fs::{AtFlags, OFlags};

use crate::errno::Errno;
use crate::file::{Entry, Folder, Open, Opened, Result};
use crate::stat::{FileType, Stat, Times};
use file::HostFile;

mod file;
mod stat;

/// A folder of the host.
pub struct HostFolder {
    dir: Dir,
    read_only: bool,
}

impl HostFolder {
    /// A folder by its open handle. If it is read-only, nothing beneath it can be changed.
    pub fn new(handle: std::fs::File, read_only: bool) -> Self {
        Self { dir: Dir::from_std_file(handle), read_only }
    }

    /// Opens a path; what is not a file or a folder is not opened, and nothing waits for a FIFO's
    /// other end.
    fn open_beneath(&self, path: &str, how: Open) -> io::Result<std::fs::File> {
        let mut flags = OFlags::NONBLOCK | OFlags::NOCTTY;
        flags.set(OFlags::CREATE, how.create);
        flags.set(OFlags::EXCL, how.exclusive);
        flags.set(OFlags::TRUNC, how.truncate);
        flags.set(OFlags::DIRECTORY, how.folder);
        flags.set(OFlags::APPEND, how.append);
        let write = how.write || how.truncate;
        let mut options = OpenOptions::new();
        options.read(how.read || !write).write(write).mode(0o666);
        options.custom_flags(flags.bits().cast_signed());
        options.follow(follow(how.follow)).sync(how.sync).dsync(how.datasync);
        Ok(self.dir.open_with(path, &options)?.into_std())
    }

    fn other(to: &dyn Folder) -> Result<&Dir> {
        to.any().downcast_ref::<Self>().map(|folder| &folder.dir).ok_or(Errno::XDEV)
    }
}

fn follow(wanted: bool) -> FollowSymlinks {
    if wanted { FollowSymlinks::Yes } else { FollowSymlinks::No }
}

impl Folder for HostFolder {
    fn stat(&self) -> Result<Stat> {
        Ok(stat::of_handle(&self.dir)?)
    }

    fn stat_at(&self, path: &str, follow: bool) -> Result<Stat> {
        // A name in the folder itself leads nowhere else, unless it is a link: one question to the
        // system instead of three.
        if !path.contains('/') && path != ".." {
            let told = rustix::fs::statat(&self.dir, path, AtFlags::SYMLINK_NOFOLLOW)?;
            let told = stat::of_system(&told);
            if !follow || told.kind != FileType::SymbolicLink {
                return Ok(told);
            }
        }
        Ok(stat::of(&match follow {
            true => self.dir.metadata(path)?,
            false => self.dir.symlink_metadata(path)?,
        }))
    }

    fn open(&self, path: &str, how: Open) -> Result<Opened> {
        if how.truncate && !how.create {
            // The system would cut a device or wait for a FIFO before its kind is known here.
            self.refuse_special(path, how.follow)?;
        }
        let file = self.open_beneath(path, how)?;
        match stat::of_handle(&file)?.kind {
            FileType::Directory => Ok(Opened::Folder(Box::new(Self::new(file, self.read_only)))),
            FileType::RegularFile => {
                Ok(Opened::File(Box::new(HostFile::new(file, self.read_only))))
            }
            _ => Err(Errno::NOTSUP),
        }
    }

    fn entries(&self, most: usize) -> Result<Vec<Entry>> {
        let mut entries = Vec::new();
        for found in rustix::fs::Dir::read_from(&self.dir)? {
            let found = found?;
            let name = found.file_name().to_bytes();
            if name == b"." || name == b".." {
                continue;
            }
            if entries.len() == most {
                return Err(Errno::NOMEM);
            }
            let mut kind = found.file_type();
            if kind == rustix::fs::FileType::Unknown {
                let flags = AtFlags::SYMLINK_NOFOLLOW;
                let told = rustix::fs::statat(&self.dir, found.file_name(), flags);
                kind = told.map_or(kind, |told| rustix::fs::FileType::from_raw_mode(told.st_mode));
            }
            let kind = stat::kind(kind);
            entries.push(Entry { name: name.to_vec(), inode: found.ino(), kind });
        }
        Ok(entries)
    }

    fn make_folder(&self, path: &str) -> Result {
        let made = self.dir.create_dir(path).map_err(Errno::from);
        // `.` is there, and the system's answer for it is not that.
        made.map_err(|errno| if self.stat_at(path, false).is_ok() { Errno::EXIST } else { errno })
    }

    fn remove_folder(&self, path: &str) -> Result {
        Ok(self.dir.remove_dir(path)?)
    }

    fn remove_file(&self, path: &str) -> Result {
        Ok(self.dir.remove_file(path)?)
    }

    fn rename(&self, path: &str, to: &dyn Folder, name: &str) -> Result {
        Ok(self.dir.rename(path, Self::other(to)?, name)?)
    }

    fn link(&self, path: &str, to: &dyn Folder, name: &str) -> Result {
        Ok(self.dir.hard_link(path, Self::other(to)?, name)?)
    }

    fn symlink(&self, target: &str, path: &str) -> Result {
        Ok(Dir::symlink(&self.dir, target, path)?)
    }

    fn read_link(&self, path: &str) -> Result<Vec<u8>> {
        let target = self.dir.read_link_contents(path)?;
        Ok(target.into_os_string().into_encoded_bytes())
    }

    fn set_times_at(&self, path: &str, follow: bool, times: Times) -> Result {
        if !follow || self.stat_at(path, false)?.kind == FileType::RegularFile {
            let [accessed, modified] = [times.accessed, times.modified].map(stat::spec);
            return Ok(self.dir.set_symlink_times(path, accessed?, modified?)?);
        }
        self.refuse_special(path, true)?;
        let how = Open { follow: true, ..Open::default() };
        let opened = match self.open_beneath(path, how) {
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                self.open_beneath(path, Open { write: true, ..how })
            }
            opened => opened,
        };
        stat::set_times(&opened?, times)
    }

    fn set_times(&self, times: Times) -> Result {
        stat::set_times(&self.dir, times)
    }

    fn sync(&self) -> Result {
        Ok(rustix::fs::fsync(&self.dir)?)
    }

    fn read_only(&self) -> bool {
        self.read_only
    }

    fn any(&self) -> &dyn Any {
        self
    }
}

impl HostFolder {
    fn refuse_special(&self, path: &str, follow: bool) -> Result {
        match self.stat_at(path, follow)?.kind {
            FileType::RegularFile | FileType::Directory | FileType::SymbolicLink => Ok(()),
            _ => Err(Errno::NOTSUP),
        }
    }
}
