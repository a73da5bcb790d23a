//! A program's descriptors by number.

use std::sync::Arc;

use crate::errno::{Errno, WasiResult};
use crate::file::{Entry, File, Folder, Result, Stream};
use crate::rights::Rights;
use crate::stat::FileType;

/// Most descriptors that a program may have.
const MOST: usize = 1024;

/// The most bytes of a descriptor's name. The end of a longer one is kept.
const LONGEST_NAME: usize = 256;

/// Flags of a descriptor (`__wasi_fdflags_t`).
pub mod flags {
    /// Every write goes to the end.
    pub const APPEND: u16 = 1;
    /// Every write waits for the disk to have the bytes.
    pub const DSYNC: u16 = 2;
    /// Nothing waits for the other end.
    pub const NONBLOCK: u16 = 4;
    /// Reads wait for writes as well.
    pub const RSYNC: u16 = 8;
    /// Every write waits for the disk.
    pub const SYNC: u16 = 16;
    /// All of them.
    pub const ALL: u16 = 31;
}

/// The object that a descriptor stands for.
pub enum What {
    /// A stream.
    Stream(Box<dyn Stream>),
    /// A file, and the position in it.
    File {
        /// The file.
        file: Box<dyn File>,
        /// The place of the next read or write.
        position: u64,
    },
    /// A folder.
    Folder {
        /// The folder.
        folder: Box<dyn Folder>,
        /// Its entries at the last listing from the beginning.
        listed: Option<Vec<Entry>>,
        /// Its name for the program, if the program was started with it.
        preopened: Option<String>,
    },
}

/// A descriptor.
pub struct Descriptor {
    /// The object that it stands for.
    pub what: What,
    /// Its own rights.
    pub base: Rights,
    /// The rights that it hands on to what is opened through it.
    pub inheriting: Rights,
    /// Its flags.
    pub flags: u16,
    /// Its name for people: that of a stream, or the path by which the program opened it.
    pub name: Arc<str>,
}

impl Descriptor {
    /// A descriptor of a stream.
    pub fn stream(stream: Box<dyn Stream>, own: Rights, name: &str) -> Self {
        let base = own | Rights::FD_FILESTAT_GET | Rights::POLL_FD_READWRITE;
        let name = name.into();
        Self { what: What::Stream(stream), base, inheriting: Rights::NONE, flags: 0, name }
    }

    /// A descriptor of a folder that the program is started with.
    pub fn preopened(folder: Box<dyn Folder>, name: String) -> Self {
        Self {
            name: name.as_str().into(),
            what: What::Folder { folder, listed: None, preopened: Some(name) },
            base: Rights::OF_FOLDER,
            inheriting: Rights::OF_FOLDER_AND_FILES,
            flags: 0,
        }
    }

    /// The name of an object that is opened through it.
    pub fn name_inside(&self, path: &str) -> Arc<str> {
        let folder = self.name.trim_end_matches('/');
        let whole =
            if path.starts_with('/') { path.to_owned() } else { format!("{folder}/{path}") };
        let cut = whole.ceil_char_boundary(whole.len().saturating_sub(LONGEST_NAME));
        if cut == 0 { whole.into() } else { format!("…{}", &whole[cut..]).into() }
    }

    /// Its kind.
    pub fn kind(&self) -> FileType {
        match &self.what {
            What::Stream(stream) => stream.kind(),
            What::File { .. } => FileType::RegularFile,
            What::Folder { .. } => FileType::Directory,
        }
    }

    /// It must have these rights.
    ///
    /// # Errors
    ///
    /// `NOTCAPABLE`.
    pub fn needs(&self, rights: Rights) -> Result {
        if self.base.has(rights) { Ok(()) } else { Err(Errno::NOTCAPABLE) }
    }
}

/// All of a program's descriptors, each in the place of its number.
#[derive(Default)]
pub struct Descriptors(Vec<Option<Descriptor>>);

impl Descriptors {
    /// The one of this number.
    ///
    /// # Errors
    ///
    /// `BADF` if it is not open.
    #[inline]
    pub fn get(&self, fd: u32) -> Result<&Descriptor> {
        self.0.get(fd as usize).and_then(Option::as_ref).ok_or(Errno::BADF)
    }

    /// The one of this number, to be changed.
    ///
    /// # Errors
    ///
    /// `BADF` if it is not open.
    #[inline]
    pub fn get_mut(&mut self, fd: u32) -> Result<&mut Descriptor> {
        self.0.get_mut(fd as usize).and_then(Option::as_mut).ok_or(Errno::BADF)
    }

    /// A folder that has these rights.
    ///
    /// # Errors
    ///
    /// `BADF` if it is not open, `NOTDIR` if it is not a folder, `NOTCAPABLE`.
    pub fn folder(&self, fd: u32, rights: Rights) -> Result<(&Descriptor, &dyn Folder)> {
        let descriptor = self.get(fd)?;
        let What::Folder { folder, .. } = &descriptor.what else { return Err(Errno::NOTDIR) };
        descriptor.needs(rights)?;
        Ok((descriptor, folder.as_ref()))
    }

    /// There must be room for one more.
    ///
    /// # Errors
    ///
    /// `MFILE`.
    pub fn room(&self) -> Result {
        if self.free() < MOST { Ok(()) } else { Err(Errno::MFILE) }
    }

    /// Adds one with the lowest number that is free.
    ///
    /// # Errors
    ///
    /// `MFILE` if there are too many.
    pub fn add(&mut self, descriptor: Descriptor) -> Result<u32> {
        self.room()?;
        let free = self.free();
        match self.0.get_mut(free) {
            Some(place) => *place = Some(descriptor),
            None => self.0.push(Some(descriptor)),
        }
        Ok(free as u32)
    }

    /// Closes one.
    ///
    /// # Errors
    ///
    /// `BADF` if it is not open.
    pub fn close(&mut self, fd: u32) -> Result<Descriptor> {
        self.0.get_mut(fd as usize).and_then(Option::take).ok_or(Errno::BADF)
    }

    /// Gives one the number of another.
    ///
    /// # Errors
    ///
    /// `BADF` if one of them is not open.
    pub fn renumber(&mut self, fd: u32, to: u32) -> WasiResult {
        self.get(to)?;
        self.get(fd)?;
        if fd != to {
            let moved = self.close(fd)?;
            *self.get_mut(to)? = moved;
        }
        Ok(())
    }

    /// The lowest number that is free.
    fn free(&self) -> usize {
        self.0.iter().position(Option::is_none).unwrap_or(self.0.len())
    }
}
