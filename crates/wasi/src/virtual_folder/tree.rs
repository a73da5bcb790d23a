//! The files, folders and links of a tree in memory, by number.

use std::collections::BTreeMap;
use std::time::SystemTime;

use super::Room;
use crate::errno::Errno;
use crate::file::Result;
use crate::stat::{FileType, Stat, Time, Times};

/// The number of the first folder.
pub const ROOT: u64 = 1;

/// The device that all of them are on.
const DEVICE: u64 = 1;

/// The content of a node.
pub enum Body {
    /// A file and its bytes.
    File(Vec<u8>),
    /// A folder.
    Folder {
        /// The numbers of its entries by name.
        entries: BTreeMap<String, u64>,
        /// The folder that it is in.
        parent: u64,
    },
    /// A symbolic link and where it leads.
    Link(String),
}

impl Body {
    /// An empty folder in another.
    pub fn folder(parent: u64) -> Self {
        Self::Folder { entries: BTreeMap::new(), parent }
    }
}

struct Node {
    body: Body,
    /// Names that it has.
    links: u64,
    /// Handles that are open.
    handles: usize,
    accessed: u64,
    modified: u64,
    changed: u64,
}

/// A tree.
pub struct Tree {
    nodes: BTreeMap<u64, Node>,
    next: u64,
    bytes: u64,
    room: Room,
}

impl Tree {
    /// One that has an empty folder.
    pub fn new(room: Room) -> Self {
        let mut tree = Self { nodes: BTreeMap::new(), next: ROOT, bytes: 0, room };
        tree.make(Body::folder(ROOT), 1);
        tree
    }

    fn make(&mut self, body: Body, links: u64) -> u64 {
        let (inode, now) = (self.next, now());
        self.next += 1;
        let node = Node { body, links, handles: 0, accessed: now, modified: now, changed: now };
        self.nodes.insert(inode, node);
        inode
    }

    fn node(&self, inode: u64) -> Result<&Node> {
        self.nodes.get(&inode).ok_or(Errno::NOENT)
    }

    fn node_mut(&mut self, inode: u64) -> Result<&mut Node> {
        self.nodes.get_mut(&inode).ok_or(Errno::NOENT)
    }

    /// The content of a node.
    ///
    /// # Errors
    ///
    /// `NOENT` if it is not there any more.
    pub fn body(&self, inode: u64) -> Result<&Body> {
        Ok(&self.node(inode)?.body)
    }

    /// The entries of a folder.
    ///
    /// # Errors
    ///
    /// `NOTDIR`.
    pub fn entries(&self, inode: u64) -> Result<&BTreeMap<String, u64>> {
        match self.body(inode)? {
            Body::Folder { entries, .. } => Ok(entries),
            _ => Err(Errno::NOTDIR),
        }
    }

    /// The target of a link.
    ///
    /// # Errors
    ///
    /// `INVAL` if it is not a link.
    pub fn link(&self, inode: u64) -> Result<&str> {
        match self.body(inode)? {
            Body::Link(target) => Ok(target),
            _ => Err(Errno::INVAL),
        }
    }

    /// One more handle is open.
    pub fn hold(&mut self, inode: u64) {
        if let Some(node) = self.nodes.get_mut(&inode) {
            node.handles += 1;
        }
    }

    /// A handle was closed. What has neither a name nor a handle is gone.
    pub fn let_go(&mut self, inode: u64) {
        if let Some(node) = self.nodes.get_mut(&inode) {
            node.handles = node.handles.saturating_sub(1);
        }
        self.forget(inode);
    }

    fn forget(&mut self, inode: u64) {
        if self.nodes.get(&inode).is_none_or(|node| node.links > 0 || node.handles > 0) {
            return;
        }
        if let Some(Node { body: Body::File(bytes), .. }) = self.nodes.remove(&inode) {
            self.bytes = self.bytes.saturating_sub(bytes.len() as u64);
        }
    }

    /// Adds something to a folder.
    ///
    /// # Errors
    ///
    /// `NOSPC` if there are too many; as [`Self::name`].
    pub fn add(&mut self, folder: u64, name: &str, body: Body) -> Result<u64> {
        if self.nodes.len() >= self.room.nodes {
            return Err(Errno::NOSPC);
        }
        let inode = self.make(body, 0);
        match self.name(folder, name, inode) {
            Ok(()) => Ok(inode),
            Err(errno) => {
                self.forget(inode);
                Err(errno)
            }
        }
    }

    /// Gives something a name in a folder.
    ///
    /// # Errors
    ///
    /// `NOTDIR`; `NOENT` if the folder has been removed.
    pub fn name(&mut self, folder: u64, name: &str, inode: u64) -> Result {
        let now = now();
        let parent = self.node_mut(folder)?;
        if parent.links == 0 {
            return Err(Errno::NOENT);
        }
        let Body::Folder { entries, .. } = &mut parent.body else { return Err(Errno::NOTDIR) };
        entries.insert(name.to_owned(), inode);
        (parent.modified, parent.changed) = (now, now);
        let node = self.node_mut(inode)?;
        node.links += 1;
        node.changed = now;
        if let Body::Folder { parent, .. } = &mut node.body {
            *parent = folder;
        }
        Ok(())
    }

    /// Takes a name away.
    ///
    /// # Errors
    ///
    /// `NOENT`, `NOTDIR`.
    pub fn remove(&mut self, folder: u64, name: &str) -> Result {
        let now = now();
        let parent = self.node_mut(folder)?;
        let Body::Folder { entries, .. } = &mut parent.body else { return Err(Errno::NOTDIR) };
        let inode = entries.remove(name).ok_or(Errno::NOENT)?;
        (parent.modified, parent.changed) = (now, now);
        let node = self.node_mut(inode)?;
        node.links = node.links.saturating_sub(1);
        node.changed = now;
        self.forget(inode);
        Ok(())
    }

    /// Moves something, and replaces what is there.
    ///
    /// # Errors
    ///
    /// `NOENT`, `NOTDIR`, `ISDIR`, `NOTEMPTY`; `INVAL` if a folder would be in itself, `BUSY` if a
    /// path is `.` or ends with `..`.
    pub fn rename(&mut self, from: (u64, &str), to: (u64, &str)) -> Result {
        let source = self.place(from.0, from.1, false)?;
        let target = self.place(to.0, to.1, false)?;
        let inode = source.inode.ok_or(Errno::NOENT)?;
        let (Some((folder, name)), Some((new_folder, new_name))) = (source.name, target.name)
        else {
            return Err(Errno::BUSY);
        };
        let is_folder = matches!(self.body(inode)?, Body::Folder { .. });
        if is_folder && self.is_in(new_folder, inode) {
            return Err(Errno::INVAL);
        }
        if let Some(old) = target.inode {
            if old == inode {
                return Ok(());
            }
            match (is_folder, self.body(old)?) {
                (true, Body::Folder { entries, .. }) if entries.is_empty() => {}
                (true, Body::Folder { .. }) => return Err(Errno::NOTEMPTY),
                (true, _) => return Err(Errno::NOTDIR),
                (false, Body::Folder { .. }) => return Err(Errno::ISDIR),
                (false, _) => {}
            }
            self.remove(new_folder, &new_name)?;
        }
        self.name(new_folder, &new_name, inode)?;
        self.remove(folder, &name)
    }

    /// Returns true if a folder is the other one or somewhere in it.
    fn is_in(&self, mut folder: u64, other: u64) -> bool {
        while folder != other {
            match self.body(folder) {
                Ok(Body::Folder { parent, .. }) if *parent != folder => folder = *parent,
                _ => return false,
            }
        }
        true
    }

    /// The description of a node.
    ///
    /// # Errors
    ///
    /// `NOENT` if it is not there any more.
    pub fn stat(&self, inode: u64) -> Result<Stat> {
        let node = self.node(inode)?;
        let (kind, size, links) = match &node.body {
            Body::File(bytes) => (FileType::RegularFile, bytes.len(), node.links),
            Body::Link(target) => (FileType::SymbolicLink, target.len(), node.links),
            Body::Folder { entries, .. } => {
                let inner = entries.values().filter_map(|inode| self.nodes.get(inode));
                let inner = inner.filter(|node| matches!(node.body, Body::Folder { .. })).count();
                // Its name, its own `.` and the `..` of each folder in it, as on a disk.
                let links = if node.links == 0 { 0 } else { 2 + inner as u64 };
                (FileType::Directory, entries.len(), links)
            }
        };
        let Node { accessed, modified, changed, .. } = *node;
        let size = size as u64;
        Ok(Stat { device: DEVICE, inode, kind, links, size, accessed, modified, changed })
    }

    /// A file's bytes, which are read.
    ///
    /// # Errors
    ///
    /// `ISDIR`.
    pub fn read(&mut self, inode: u64) -> Result<&[u8]> {
        let node = self.node_mut(inode)?;
        node.accessed = now();
        match &node.body {
            Body::File(bytes) => Ok(bytes),
            _ => Err(Errno::ISDIR),
        }
    }

    /// Writes to a file; bytes between its end and the position become 0.
    ///
    /// # Errors
    ///
    /// As [`Self::resize`].
    pub fn write(&mut self, inode: u64, at: u64, bytes: &[u8]) -> Result {
        let end = at.checked_add(bytes.len() as u64).ok_or(Errno::FBIG)?;
        if self.stat(inode)?.size < end && !bytes.is_empty() {
            self.resize(inode, end)?;
        }
        let now = now();
        let node = self.node_mut(inode)?;
        let Body::File(all) = &mut node.body else { return Err(Errno::ISDIR) };
        // The end fits, as the file is as long.
        if let Some(part) = all.get_mut(at as usize..end as usize) {
            part.copy_from_slice(bytes);
        }
        (node.modified, node.changed) = (now, now);
        Ok(())
    }

    /// Cuts or extends a file.
    ///
    /// # Errors
    ///
    /// `NOSPC` if there is no room for it, `ISDIR`.
    pub fn resize(&mut self, inode: u64, size: u64) -> Result {
        let now = now();
        let others = self.bytes.saturating_sub(self.stat(inode)?.size);
        if others.saturating_add(size) > self.room.bytes {
            return Err(Errno::NOSPC);
        }
        let size = usize::try_from(size).map_err(|_| Errno::NOSPC)?;
        let node = self.node_mut(inode)?;
        let Body::File(bytes) = &mut node.body else { return Err(Errno::ISDIR) };
        bytes.try_reserve(size.saturating_sub(bytes.len())).map_err(|_| Errno::NOSPC)?;
        bytes.resize(size, 0);
        (node.modified, node.changed) = (now, now);
        self.bytes = others + size as u64;
        Ok(())
    }

    /// Sets times.
    ///
    /// # Errors
    ///
    /// `NOENT` if it is not there any more.
    pub fn set_times(&mut self, inode: u64, times: Times) -> Result {
        let now = now();
        let node = self.node_mut(inode)?;
        let set = |old: &mut u64, time| match time {
            Time::Kept => {}
            Time::Now => *old = now,
            Time::At(nanoseconds) => *old = nanoseconds,
        };
        set(&mut node.accessed, times.accessed);
        set(&mut node.modified, times.modified);
        node.changed = now;
        Ok(())
    }
}

fn now() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_nanos()).unwrap_or(u64::MAX)
}
