//! The room that a folder of the host takes, if it may not take more than some.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::errno::Errno;
use crate::file::{Folder, Result};
use crate::stat::{FileType, Stat};
use crate::virtual_folder::Room;
use crate::walk::walk;

/// The room that a folder takes and may take. A file that has no name any more takes it until its
/// last handle is closed.
pub struct Usage {
    room: Room,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    bytes: u64,
    nodes: usize,
    /// The files that are open, by their numbers.
    open: HashMap<u64, Handles>,
}

#[derive(Default)]
struct Handles {
    count: usize,
    /// True if the file has no name any more.
    removed: bool,
}

impl Usage {
    /// Counts what is in a folder.
    ///
    /// # Errors
    ///
    /// `NOMEM` if it has more entries than it may, the system's.
    pub fn of(folder: &dyn Folder, room: Room) -> Result<Self> {
        let found = walk(folder, room.nodes)?;
        let mut taken = Taken { nodes: found.len(), ..Taken::default() };
        let mut names = HashMap::new();
        for (_, told) in found.iter().filter(|(_, told)| told.kind == FileType::RegularFile) {
            // A file of several names is there once.
            names.insert(told.inode, told.size);
        }
        taken.bytes = names.values().sum();
        Ok(Self { room, taken: Mutex::new(taken) })
    }

    fn lock(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes room for bytes.
    ///
    /// # Errors
    ///
    /// `NOSPC` if there is not enough.
    pub fn take(&self, bytes: u64) -> Result {
        let mut taken = self.lock();
        let sum = taken.bytes.checked_add(bytes).filter(|sum| *sum <= self.room.bytes);
        taken.bytes = sum.or((bytes == 0).then_some(taken.bytes)).ok_or(Errno::NOSPC)?;
        Ok(())
    }

    /// Gives room for bytes back.
    pub fn give_back(&self, bytes: u64) {
        let mut taken = self.lock();
        taken.bytes = taken.bytes.saturating_sub(bytes);
    }

    /// Takes room for a name while something makes it, and gives it back if that fails.
    ///
    /// # Errors
    ///
    /// `NOSPC` if there is none, and those of `make`.
    pub fn name<T>(&self, make: impl FnOnce() -> Result<T>) -> Result<T> {
        {
            let mut taken = self.lock();
            if taken.nodes >= self.room.nodes {
                return Err(Errno::NOSPC);
            }
            taken.nodes += 1;
        }
        make().inspect_err(|_| self.lose_name(None))
    }

    /// A name is gone, and with it perhaps a file.
    pub fn lose_name(&self, of: Option<&Stat>) {
        let mut taken = self.lock();
        taken.nodes = taken.nodes.saturating_sub(1);
        let last = of.filter(|told| told.kind == FileType::RegularFile && told.links == 1);
        let Some(told) = last else { return };
        match taken.open.get_mut(&told.inode) {
            Some(handles) => handles.removed = true,
            None => taken.bytes = taken.bytes.saturating_sub(told.size),
        }
    }

    /// A file was opened.
    pub fn open(&self, inode: u64) {
        self.lock().open.entry(inode).or_default().count += 1;
    }

    /// A handle of a file of this size was closed.
    pub fn close(&self, inode: u64, size: u64) {
        let mut taken = self.lock();
        let Some(handles) = taken.open.get_mut(&inode) else { return };
        handles.count -= 1;
        if handles.count == 0 && taken.open.remove(&inode).is_some_and(|handles| handles.removed) {
            taken.bytes = taken.bytes.saturating_sub(size);
        }
    }
}
