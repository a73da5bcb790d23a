//! Opening files and folders.

use super::Call;
use super::path::{Path, or_refused};
use crate::descriptors::{Descriptor, What, flags};
use crate::errno::{Errno, WasiResult};
use crate::file::{Folder, Open, Opened, Result};
use crate::rights::Rights;

const CREATE: u32 = 1;
const FOLDER: u32 = 2;
const EXCLUSIVE: u32 = 4;
const TRUNCATE: u32 = 8;

impl Call<'_> {
    /// Opens or makes a file, or opens a folder, with those of the rights that the folder hands on.
    ///
    /// # Errors
    ///
    /// `BADF`, `NOTDIR`, `NOTCAPABLE`; `PERM` if the path leads out of the folder; `NOENT`, `EXIST`,
    /// `ISDIR`, `LOOP`, `ROFS`, `MFILE`, `INVAL`, `FAULT`, and the system's.
    #[expect(clippy::too_many_arguments, reason = "as WASI has it")]
    pub fn path_open(
        &mut self,
        fd: u32,
        lookup: u32,
        path: u32,
        length: u32,
        oflags: u32,
        base: u64,
        inheriting: u64,
        fdflags: u32,
        opened: u32,
    ) -> WasiResult {
        let (parent, folder) = self.process.descriptors.folder(fd, Rights::PATH_OPEN)?;
        let path = Path::of(&self.memory, path, length)?;
        self.memory.bytes(opened, 4)?;
        let set = |flag: u32| oflags & flag != 0;
        let flags = u16::try_from(fdflags).map_err(|_| Errno::INVAL)?;
        if oflags & !(CREATE | FOLDER | EXCLUSIVE | TRUNCATE) != 0 || flags & !flags::ALL != 0 {
            return Err(Errno::INVAL.into());
        }
        if set(CREATE) && set(FOLDER) {
            return Err(Errno::INVAL.into());
        }
        if set(CREATE) {
            parent.needs(Rights::PATH_CREATE_FILE)?;
        }
        if set(TRUNCATE) {
            parent.needs(Rights::PATH_FILESTAT_SET_SIZE)?;
        }
        self.process.descriptors.room()?;
        let asked = Asked { base: Rights(base), inheriting: Rights(inheriting) };
        let handed_on = parent.inheriting;
        let base = asked.base & handed_on;
        let how = Open {
            follow: path.followed(lookup)?,
            folder: set(FOLDER) || path.slash,
            create: set(CREATE),
            exclusive: set(CREATE) && set(EXCLUSIVE),
            truncate: set(TRUNCATE),
            write: base.has_any(Rights::OF_WRITING),
            read: base.has_any(Rights::FD_READ | Rights::FD_READDIR),
            append: flags & flags::APPEND != 0,
            sync: flags & (flags::SYNC | flags::RSYNC) != 0,
            datasync: flags & flags::DSYNC != 0,
        };
        let name = parent.name_inside(&path.text);
        let descriptor = match open(folder, &path, how)? {
            Opened::File(file) => {
                let (base, _) = asked.granted(handed_on, Rights::OF_FILE);
                let what = What::File { file, position: 0 };
                // Nothing is opened through a file.
                Descriptor { what, base, inheriting: Rights::NONE, flags, name }
            }
            Opened::Folder(_) if how.write => return Err(Errno::ISDIR.into()),
            Opened::Folder(folder) => {
                let (base, inheriting) = asked.granted(handed_on, Rights::OF_FOLDER);
                Descriptor {
                    what: What::Folder { folder, listed: None, preopened: None },
                    base,
                    inheriting,
                    // Nothing is written to a folder.
                    flags: flags & flags::NONBLOCK,
                    name,
                }
            }
        };
        let number = self.process.descriptors.add(descriptor)?;
        self.memory.put_u32(opened, number)
    }
}

/// The rights that a program asks for.
#[derive(Clone, Copy)]
struct Asked {
    base: Rights,
    inheriting: Rights,
}

impl Asked {
    /// The rights that it gets, of those that the folder hands on and that mean something for a
    /// file or a folder. A program that asks for nothing but reading and writing does not reckon
    /// with rights, and gets the others too: today's libraries and runtimes know only these two.
    fn granted(self, handed_on: Rights, of_kind: Rights) -> (Rights, Rights) {
        let known = Rights::FD_READ | Rights::FD_WRITE;
        let may = of_kind & handed_on;
        if !known.has(self.base) || self.inheriting != Rights::NONE {
            return (self.base & may, self.inheriting & handed_on);
        }
        let writes = self.base.has(Rights::FD_WRITE);
        let others = !(if writes { known } else { known | Rights::OF_WRITING });
        ((self.base | others) & may, handed_on)
    }
}

fn open(folder: &dyn Folder, path: &Path, how: Open) -> Result<Opened> {
    if how.create && path.slash {
        // A file cannot be made where a folder is named, if the folders on the way are there.
        if let Some((parent, _)) = path.text.rsplit_once('/') {
            folder.open(parent, Open { follow: true, folder: true, ..Open::default() })?;
        }
        return Err(Errno::ISDIR);
    }
    if let Err(refused) = folder.access().to_create() {
        let there = folder.stat_at(&path.text, how.follow && !how.exclusive);
        if how.exclusive {
            return Err(or_refused(there.map(|_| Errno::EXIST), refused));
        }
        if how.create && matches!(there, Err(Errno::NOENT)) {
            return Err(refused);
        }
        if (how.write || how.truncate) && folder.access().to_write().is_err() {
            let folder = there?.kind == crate::stat::FileType::Directory;
            return Err(if folder { Errno::ISDIR } else { Errno::ROFS });
        }
        return folder.open(&path.text, Open { create: false, ..how });
    }
    folder.open(&path.text, how)
}
