//! A file in memory.

use std::io::{IoSlice, IoSliceMut};
use std::sync::{Arc, Mutex, MutexGuard};

use super::lock;
use super::tree::Tree;
use crate::errno::Errno;
use crate::file::{Access, Advice, File, Result};
use crate::stat::{Stat, Times};

/// A file in memory that is open.
pub struct VirtualFile {
    tree: Arc<Mutex<Tree>>,
    inode: u64,
    access: Access,
    append: bool,
}

impl VirtualFile {
    /// One more handle of a file.
    pub fn new(tree: Arc<Mutex<Tree>>, inode: u64, access: Access, append: bool) -> Self {
        lock(&tree).hold(inode);
        Self { tree, inode, access, append }
    }

    fn lock(&self) -> MutexGuard<'_, Tree> {
        lock(&self.tree)
    }

    fn writable(&self) -> Result<MutexGuard<'_, Tree>> {
        self.access.to_write().map(|()| self.lock())
    }

    fn put(tree: &mut Tree, inode: u64, pieces: &[IoSlice<'_>], at: u64) -> Result<usize> {
        let mut done = 0;
        for piece in pieces {
            match tree.write(inode, at + done as u64, piece) {
                // What found its place stays.
                Err(errno) if done == 0 => return Err(errno),
                Err(_) => break,
                Ok(()) => done += piece.len(),
            }
        }
        Ok(done)
    }
}

impl Drop for VirtualFile {
    fn drop(&mut self) {
        self.lock().let_go(self.inode);
    }
}

impl File for VirtualFile {
    fn stat(&self) -> Result<Stat> {
        self.lock().stat(self.inode)
    }

    fn read_at(&self, pieces: &mut [IoSliceMut<'_>], at: u64) -> Result<usize> {
        let mut tree = self.lock();
        let bytes = tree.read(self.inode)?;
        let start = usize::try_from(at).unwrap_or(usize::MAX).min(bytes.len());
        let (mut rest, mut done) = (&bytes[start..], 0);
        for piece in pieces {
            let (now, later) = rest.split_at(piece.len().min(rest.len()));
            piece[..now.len()].copy_from_slice(now);
            (rest, done) = (later, done + now.len());
        }
        Ok(done)
    }

    fn write_at(&self, pieces: &[IoSlice<'_>], at: u64) -> Result<usize> {
        if self.append {
            return self.append(pieces).map(|(done, _)| done);
        }
        Self::put(&mut *self.writable()?, self.inode, pieces, at)
    }

    fn append(&self, pieces: &[IoSlice<'_>]) -> Result<(usize, u64)> {
        let mut tree = self.writable()?;
        let end = tree.stat(self.inode)?.size;
        let done = Self::put(&mut tree, self.inode, pieces, end)?;
        Ok((done, end + done as u64))
    }

    fn set_append(&mut self, append: bool) -> Result {
        self.append = append;
        Ok(())
    }

    fn set_size(&self, size: u64) -> Result {
        self.writable()?.resize(self.inode, size)
    }

    fn allocate(&self, at: u64, length: u64) -> Result {
        let mut tree = self.writable()?;
        let end = at.checked_add(length).ok_or(Errno::FBIG)?;
        if tree.stat(self.inode)?.size < end { tree.resize(self.inode, end) } else { Ok(()) }
    }

    fn advise(&self, _at: u64, _length: u64, _advice: Advice) -> Result {
        Ok(())
    }

    fn sync(&self, _only_bytes: bool) -> Result {
        Ok(())
    }

    fn set_times(&self, times: Times) -> Result {
        self.writable()?.set_times(self.inode, times)
    }
}
