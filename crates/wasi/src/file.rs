//! What descriptors stand for: files, folders and streams, behind a trait each.

use std::any::Any;
use std::io::{IoSlice, IoSliceMut};
use std::os::fd::BorrowedFd;

use crate::errno::{Errno, WasiResult};
use crate::stat::{FileType, Stat, Times};

/// An answer of the system.
pub type Result<T = ()> = std::result::Result<T, Errno>;

/// The work that a program may do in a folder. Each kind includes those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Access {
    /// Files are read and folders are listed.
    Read,
    /// Files that are there are written.
    Write,
    /// Files and folders are made, renamed and removed.
    Create,
}

impl Access {
    /// Names may be made and removed.
    ///
    /// # Errors
    ///
    /// `ROFS` if nothing may be changed, `ACCES` if only the bytes of files may be.
    pub fn to_create(self) -> Result {
        match self {
            Self::Read => Err(Errno::ROFS),
            Self::Write => Err(Errno::ACCES),
            Self::Create => Ok(()),
        }
    }

    /// Files and times may be written.
    ///
    /// # Errors
    ///
    /// `ROFS` if nothing may be changed.
    pub fn to_write(self) -> Result {
        if self == Self::Read { Err(Errno::ROFS) } else { Ok(()) }
    }
}

/// An open file. Positions are kept by the descriptor.
pub trait File: Send {
    /// Its description.
    ///
    /// # Errors
    ///
    /// The system's.
    fn stat(&self) -> Result<Stat>;

    /// Reads at a position, and gives how many bytes there were.
    ///
    /// # Errors
    ///
    /// The system's.
    fn read_at(&self, pieces: &mut [IoSliceMut<'_>], at: u64) -> Result<usize>;

    /// Writes at a position, and gives how many bytes were written.
    ///
    /// # Errors
    ///
    /// The system's; `NOSPC` or `FBIG` if a limit is reached.
    fn write_at(&self, pieces: &[IoSlice<'_>], at: u64) -> Result<usize>;

    /// Writes at the end, and gives how many bytes were written and where the end is then.
    ///
    /// # Errors
    ///
    /// As [`Self::write_at`].
    fn append(&self, pieces: &[IoSlice<'_>]) -> Result<(usize, u64)>;

    /// Makes every write go to the end, [`Self::write_at`] too, as on Linux; or no longer.
    ///
    /// # Errors
    ///
    /// The system's.
    fn set_append(&mut self, append: bool) -> Result;

    /// Cuts or extends it.
    ///
    /// # Errors
    ///
    /// As [`Self::write_at`].
    fn set_size(&self, size: u64) -> Result;

    /// Makes room for a part of it, and extends it if the part is behind its end.
    ///
    /// # Errors
    ///
    /// As [`Self::write_at`].
    fn allocate(&self, at: u64, length: u64) -> Result;

    /// Says how a part of it will be used: [`Advice`] by WASI's number.
    ///
    /// # Errors
    ///
    /// The system's.
    fn advise(&self, at: u64, length: u64, advice: Advice) -> Result;

    /// Writes it through to the disk; without its description if only the bytes count.
    ///
    /// # Errors
    ///
    /// The system's.
    fn sync(&self, only_bytes: bool) -> Result;

    /// Sets its times.
    ///
    /// # Errors
    ///
    /// The system's.
    fn set_times(&self, times: Times) -> Result;
}

/// The future use of a part of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advice {
    /// Nothing is known.
    Normal,
    /// From its beginning to its end.
    Sequential,
    /// Here and there.
    Random,
    /// Soon.
    WillNeed,
    /// Not soon.
    DontNeed,
    /// Once.
    NoReuse,
}

/// The manner in which a path is opened.
#[derive(Debug, Clone, Copy, Default)]
pub struct Open {
    /// A symbolic link at its end is followed.
    pub follow: bool,
    /// It must be a folder.
    pub folder: bool,
    /// A file is made if there is none.
    pub create: bool,
    /// There must be none yet.
    pub exclusive: bool,
    /// The file is cut to nothing.
    pub truncate: bool,
    /// The file will be written.
    pub write: bool,
    /// The file will be read.
    pub read: bool,
    /// Every write goes to the end.
    pub append: bool,
    /// Every write waits for the disk.
    pub sync: bool,
    /// Every write waits for the disk to have the bytes.
    pub datasync: bool,
}

/// A file or a folder that was opened.
pub enum Opened {
    /// A file.
    File(Box<dyn File>),
    /// A folder.
    Folder(Box<dyn Folder>),
}

/// An entry of a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub name: Vec<u8>,
    /// Its number.
    pub inode: u64,
    /// Its kind.
    pub kind: FileType,
}

/// A folder: every path is taken beneath it, and none leads out of it. Paths are not empty, have no
/// NUL, and do not end with a slash.
pub trait Folder: Send + Sync {
    /// Its description.
    ///
    /// # Errors
    ///
    /// The system's, as everywhere here; `PERM` if a path leads out.
    fn stat(&self) -> Result<Stat>;
    /// The description of what a path leads to.
    ///
    /// # Errors
    ///
    /// As [`Self::stat`].
    fn stat_at(&self, path: &str, follow: bool) -> Result<Stat>;
    /// Opens a path.
    ///
    /// # Errors
    ///
    /// As [`Self::stat`].
    fn open(&self, path: &str, how: Open) -> Result<Opened>;
    /// All of its entries, without `.` and `..`; at most `most` of them.
    ///
    /// # Errors
    ///
    /// As [`Self::stat`]; `NOMEM` if there are more.
    fn entries(&self, most: usize) -> Result<Vec<Entry>>;
    /// Makes a folder.
    ///
    /// # Errors
    ///
    /// As [`Self::stat`].
    fn make_folder(&self, path: &str) -> Result;
    /// Removes an empty folder.
    ///
    /// # Errors
    ///
    /// As [`Self::stat`].
    fn remove_folder(&self, path: &str) -> Result;
    /// Removes the name of a file or a link.
    ///
    /// # Errors
    ///
    /// As [`Self::stat`].
    fn remove_file(&self, path: &str) -> Result;
    /// Moves a path beneath another folder.
    ///
    /// # Errors
    ///
    /// As [`Self::stat`]; `XDEV` if the two are of different kinds.
    fn rename(&self, path: &str, to: &dyn Folder, name: &str) -> Result;
    /// Gives a file one more name.
    ///
    /// # Errors
    ///
    /// As [`Self::rename`].
    fn link(&self, path: &str, to: &dyn Folder, name: &str) -> Result;
    /// Makes a symbolic link.
    ///
    /// # Errors
    ///
    /// As [`Self::stat`].
    fn symlink(&self, target: &str, path: &str) -> Result;
    /// The target of a symbolic link.
    ///
    /// # Errors
    ///
    /// As [`Self::stat`]; `INVAL` if it is not a link.
    fn read_link(&self, path: &str) -> Result<Vec<u8>>;
    /// Sets the times of a path.
    ///
    /// # Errors
    ///
    /// As [`Self::stat`].
    fn set_times_at(&self, path: &str, follow: bool, times: Times) -> Result;
    /// Sets its own times.
    ///
    /// # Errors
    ///
    /// As [`Self::stat`].
    fn set_times(&self, times: Times) -> Result;
    /// Writes it through to the disk.
    ///
    /// # Errors
    ///
    /// As [`Self::stat`].
    fn sync(&self) -> Result;
    /// The work that a program may do in it.
    fn access(&self) -> Access;
    /// Itself, for a folder of the same kind.
    fn any(&self) -> &dyn Any;
}

/// The readiness of a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ready {
    /// Not yet.
    No,
    /// So many bytes at least.
    Bytes(u64),
    /// Its other end is closed: a read finds the end.
    Hangup,
}

/// A stream: it has no position. What a stream cannot do is `BADF`.
pub trait Stream: Send {
    /// Its kind.
    fn kind(&self) -> FileType;
    /// Reads what there is, and waits for the first byte; 0 is the end.
    ///
    /// # Errors
    ///
    /// The system's; [`crate::WasiFailure::Stopped`].
    fn read(&mut self, _pieces: &mut [IoSliceMut<'_>]) -> WasiResult<usize> {
        Err(Errno::BADF.into())
    }
    /// Writes, and gives how many bytes were written.
    ///
    /// # Errors
    ///
    /// As [`Self::read`].
    fn write(&mut self, _pieces: &[IoSlice<'_>]) -> WasiResult<usize> {
        Err(Errno::BADF.into())
    }
    /// Its readiness to be read.
    ///
    /// # Errors
    ///
    /// As [`Self::read`].
    fn readable(&self) -> Result<Ready> {
        Err(Errno::BADF)
    }
    /// Its readiness to be written.
    ///
    /// # Errors
    ///
    /// As [`Self::read`].
    fn writable(&self) -> Result<Ready> {
        Err(Errno::BADF)
    }
    /// The system's descriptor to wait for until it is readable.
    fn waited_for(&self) -> Option<BorrowedFd<'_>> {
        None
    }
}
