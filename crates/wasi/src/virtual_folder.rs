//! Folders in memory, which behave as those of a disk do.

use std::any::Any;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::errno::Errno;
use crate::file::{Access, Entry, Folder, Open, Opened, Result};
use crate::stat::{FileType, Stat, Times};
use file::VirtualFile;
use tree::{Body, ROOT, Tree};

mod file;
mod resolve;
mod tree;

/// The room that a tree of virtual folders may take.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    /// Bytes of all files together.
    pub bytes: u64,
    /// Files, folders and links.
    pub nodes: usize,
}

/// A folder in memory.
pub struct VirtualFolder {
    tree: Arc<Mutex<Tree>>,
    inode: u64,
    access: Access,
}

impl VirtualFolder {
    /// An empty folder that its own tree begins with.
    pub fn new(room: Room) -> Self {
        Self::of(Arc::new(Mutex::new(Tree::new(room))), ROOT, Access::Create)
    }

    /// The same folder once more.
    pub fn again(&self, access: Access) -> Self {
        Self::of(Arc::clone(&self.tree), self.inode, access)
    }

    fn of(tree: Arc<Mutex<Tree>>, inode: u64, access: Access) -> Self {
        lock(&tree).hold(inode);
        Self { tree, inode, access }
    }

    fn lock(&self) -> MutexGuard<'_, Tree> {
        lock(&self.tree)
    }

    /// The number of the other folder, if it is of the same tree.
    fn other(&self, to: &dyn Folder) -> Result<u64> {
        let to = to.any().downcast_ref::<Self>().ok_or(Errno::XDEV)?;
        if Arc::ptr_eq(&self.tree, &to.tree) { Ok(to.inode) } else { Err(Errno::XDEV) }
    }
}

impl Drop for VirtualFolder {
    fn drop(&mut self) {
        self.lock().let_go(self.inode);
    }
}

impl Folder for VirtualFolder {
    fn stat(&self) -> Result<Stat> {
        self.lock().stat(self.inode)
    }

    fn stat_at(&self, path: &str, follow: bool) -> Result<Stat> {
        let tree = self.lock();
        tree.stat(tree.find(self.inode, path, follow)?)
    }

    fn open(&self, path: &str, how: Open) -> Result<Opened> {
        let mut tree = self.lock();
        let place = tree.place(self.inode, path, how.follow && !how.exclusive)?;
        let inode = match (place.inode, place.name) {
            (Some(_), _) if how.exclusive => return Err(Errno::EXIST),
            (Some(inode), _) => inode,
            (None, Some((folder, name))) if how.create => {
                tree.add(folder, &name, Body::File(Vec::new()))?
            }
            (None, _) => return Err(Errno::NOENT),
        };
        let kind = tree.stat(inode)?.kind;
        match kind {
            FileType::SymbolicLink if how.folder => return Err(Errno::NOTDIR),
            FileType::SymbolicLink => return Err(Errno::LOOP),
            FileType::RegularFile if how.folder => return Err(Errno::NOTDIR),
            FileType::Directory if how.write || how.truncate || how.create => {
                return Err(Errno::ISDIR);
            }
            FileType::RegularFile if how.truncate => tree.resize(inode, 0)?,
            _ => {}
        }
        drop(tree);
        Ok(match kind {
            FileType::Directory => {
                Opened::Folder(Box::new(Self::of(Arc::clone(&self.tree), inode, self.access)))
            }
            _ => {
                let tree = Arc::clone(&self.tree);
                Opened::File(Box::new(VirtualFile::new(tree, inode, self.access, how.append)))
            }
        })
    }

    fn entries(&self, most: usize) -> Result<Vec<Entry>> {
        let tree = self.lock();
        let names = tree.entries(self.inode)?;
        if names.len() > most {
            return Err(Errno::NOMEM);
        }
        let entry = |(name, inode): (&String, &u64)| {
            let kind = tree.stat(*inode)?.kind;
            Ok(Entry { name: name.clone().into_bytes(), inode: *inode, kind })
        };
        names.iter().map(entry).collect()
    }

    fn make_folder(&self, path: &str) -> Result {
        let mut tree = self.lock();
        let (folder, name) = tree.free(self.inode, path)?;
        tree.add(folder, &name, Body::folder(folder)).map(|_| ())
    }

    fn remove_folder(&self, path: &str) -> Result {
        let mut tree = self.lock();
        let place = tree.place(self.inode, path, false)?;
        let inode = place.inode.ok_or(Errno::NOENT)?;
        if !tree.entries(inode)?.is_empty() {
            return Err(Errno::NOTEMPTY);
        }
        // The folder that a handle stands for has no name here.
        let (folder, name) = place.name.ok_or(Errno::INVAL)?;
        tree.remove(folder, &name)
    }

    fn remove_file(&self, path: &str) -> Result {
        let mut tree = self.lock();
        let place = tree.place(self.inode, path, false)?;
        let inode = place.inode.ok_or(Errno::NOENT)?;
        match (tree.stat(inode)?.kind, place.name) {
            (FileType::Directory, _) | (_, None) => Err(Errno::ISDIR),
            (_, Some((folder, name))) => tree.remove(folder, &name),
        }
    }

    fn rename(&self, path: &str, to: &dyn Folder, name: &str) -> Result {
        let target = self.other(to)?;
        self.lock().rename((self.inode, path), (target, name))
    }

    fn link(&self, path: &str, to: &dyn Folder, name: &str) -> Result {
        let target = self.other(to)?;
        let mut tree = self.lock();
        let inode = tree.find(self.inode, path, false)?;
        if tree.stat(inode)?.kind == FileType::Directory {
            return Err(Errno::PERM);
        }
        let (folder, name) = tree.free(target, name)?;
        tree.name(folder, &name, inode)
    }

    fn symlink(&self, target: &str, path: &str) -> Result {
        let mut tree = self.lock();
        let (folder, name) = tree.free(self.inode, path)?;
        tree.add(folder, &name, Body::Link(target.to_owned())).map(|_| ())
    }

    fn read_link(&self, path: &str) -> Result<Vec<u8>> {
        let tree = self.lock();
        tree.link(tree.find(self.inode, path, false)?).map(|target| target.as_bytes().to_vec())
    }

    fn set_times_at(&self, path: &str, follow: bool, times: Times) -> Result {
        let mut tree = self.lock();
        let inode = tree.find(self.inode, path, follow)?;
        tree.set_times(inode, times)
    }

    fn set_times(&self, times: Times) -> Result {
        self.lock().set_times(self.inode, times)
    }

    fn sync(&self) -> Result {
        Ok(())
    }

    fn access(&self) -> Access {
        self.access
    }

    fn any(&self) -> &dyn Any {
        self
    }
}

/// A panic while the lock is held leaves a tree that is whole: each change is one insertion or
/// removal.
fn lock(tree: &Mutex<Tree>) -> MutexGuard<'_, Tree> {
    tree.lock().unwrap_or_else(PoisonError::into_inner)
}
