//! Folders of the host: every path is opened beneath the folder's handle by the kernel's own rule
//! (`openat2` with `RESOLVE_BENEATH`), which `cap-std` asks for, and follows by hand on a kernel
//! that has none.

use std::any::Any;
use std::io;
use std::sync::Arc;

use cap_fs_ext::{DirExt as _, FollowSymlinks, OpenOptionsFollowExt as _, OpenOptionsSyncExt as _};
use cap_std::fs::{Dir, OpenOptions, OpenOptionsExt as _};
use rustix::fs::{AtFlags, OFlags};

use crate::errno::Errno;
use crate::file::{Access, Entry, Folder, Open, Opened, Result};
use crate::stat::{FileType, Stat, Times};
use crate::virtual_folder::Room;
use file::HostFile;
use usage::Usage;

mod file;
mod stat;
mod usage;

/// A folder of the host.
pub struct HostFolder {
    dir: Dir,
    access: Access,
    /// The room that it may take, if that is bounded.
    usage: Option<Arc<Usage>>,
}

impl HostFolder {
    /// A folder by its open handle, and the work that may be done beneath it.
    pub fn new(handle: std::fs::File, access: Access) -> Self {
        Self { dir: Dir::from_std_file(handle), access, usage: None }
    }

    /// The same, in which all files together may take no more than some room.
    ///
    /// # Errors
    ///
    /// `NOMEM` if it has more entries already, the system's.
    pub fn bounded(handle: std::fs::File, access: Access, room: Room) -> Result<Self> {
        let folder = Self::new(handle, access);
        let usage = Some(Arc::new(Usage::of(&folder, room)?));
        Ok(Self { usage, ..folder })
    }

    /// The same folder once more, and the same room.
    ///
    /// # Errors
    ///
    /// The system gives no more descriptors.
    pub fn again(&self) -> io::Result<Self> {
        Ok(Self { dir: self.dir.try_clone()?, access: self.access, usage: self.usage.clone() })
    }

    /// Makes a name, if there is room for one.
    fn name<T>(&self, make: impl FnOnce() -> Result<T>) -> Result<T> {
        match &self.usage {
            Some(usage) => usage.name(make),
            None => make(),
        }
    }

    /// Takes a name away, and gives back the room of its file.
    fn lose(&self, path: &str, remove: impl FnOnce() -> io::Result<()>) -> Result {
        let Some(usage) = &self.usage else { return Ok(remove()?) };
        let told = self.stat_at(path, false).ok();
        remove()?;
        usage.lose_name(told.as_ref());
        Ok(())
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

    /// The other folder, if it is of the same kind and its files take the same room.
    fn other<'a>(&self, to: &'a dyn Folder) -> Result<&'a Self> {
        let other = to.any().downcast_ref::<Self>().ok_or(Errno::XDEV)?;
        let room = |folder: &Self| folder.usage.as_ref().map(Arc::as_ptr);
        if room(self) == room(other) { Ok(other) } else { Err(Errno::XDEV) }
    }

    fn opened(&self, path: &str, how: Open) -> Result<std::fs::File> {
        let Some(usage) = &self.usage else { return Ok(self.open_beneath(path, how)?) };
        let open = || -> Result<std::fs::File> { Ok(self.open_beneath(path, how)?) };
        match self.stat_at(path, how.follow && !how.exclusive) {
            Err(Errno::NOENT) if how.create => usage.name(open),
            Ok(told) if how.truncate => open().inspect(|_| usage.give_back(told.size)),
            _ => open(),
        }
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
        let file = self.opened(path, how)?;
        let told = stat::of_handle(&file)?;
        match told.kind {
            FileType::Directory => {
                let usage = self.usage.clone();
                Ok(Opened::Folder(Box::new(Self { usage, ..Self::new(file, self.access) })))
            }
            FileType::RegularFile => {
                let usage = self.usage.as_ref().map(|usage| (Arc::clone(usage), told.inode));
                Ok(Opened::File(Box::new(HostFile::new((file, how.append), self.access, usage))))
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
        let made = self.name(|| Ok(self.dir.create_dir(path)?));
        // `.` is there, and the system's answer for it is not that.
        made.map_err(|errno| if self.stat_at(path, false).is_ok() { Errno::EXIST } else { errno })
    }

    fn remove_folder(&self, path: &str) -> Result {
        self.lose(path, || self.dir.remove_dir(path))
    }

    fn remove_file(&self, path: &str) -> Result {
        self.lose(path, || self.dir.remove_file(path))
    }

    fn rename(&self, path: &str, to: &dyn Folder, name: &str) -> Result {
        let to = self.other(to)?;
        let Some(usage) = &self.usage else { return Ok(self.dir.rename(path, &to.dir, name)?) };
        let moved = self.stat_at(path, false)?;
        let replaced = to.stat_at(name, false).ok().filter(|told| told.inode != moved.inode);
        self.dir.rename(path, &to.dir, name)?;
        if let Some(replaced) = replaced {
            usage.lose_name(Some(&replaced));
        }
        Ok(())
    }

    fn link(&self, path: &str, to: &dyn Folder, name: &str) -> Result {
        let to = self.other(to)?;
        self.name(|| Ok(self.dir.hard_link(path, &to.dir, name)?))
    }

    fn symlink(&self, target: &str, path: &str) -> Result {
        self.name(|| Ok(Dir::symlink(&self.dir, target, path)?))
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

    fn access(&self) -> Access {
        self.access
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
