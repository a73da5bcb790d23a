//! Listing a folder.

use super::Call;
use crate::descriptors::What;
use crate::errno::{Errno, WasiResult};
use crate::file::Entry;
use crate::rights::Rights;
use crate::stat::FileType;

/// Most entries of a folder that can be listed.
const MOST: usize = 1_000_000;

/// The size of what stands before each name (`__wasi_dirent_t`).
const HEAD: usize = 24;

impl Call<'_> {
    /// Lists a folder from an entry on; the last one may be cut where the room ends. A listing from
    /// the beginning reads the folder anew; the others go on in what was read then, so that numbers
    /// stay and no entry is listed twice.
    ///
    /// # Errors
    ///
    /// `BADF`, `NOTDIR`, `NOTCAPABLE`, `FAULT`, the system's; `NOMEM` if there are more than a
    /// million entries.
    pub fn fd_readdir(
        &mut self,
        fd: u32,
        buf: u32,
        length: u32,
        cookie: u64,
        used: u32,
    ) -> WasiResult {
        self.process.descriptors.folder(fd, Rights::FD_READDIR)?;
        self.memory.bytes(used, 4)?;
        self.memory.bytes(buf, length)?;
        let descriptor = self.process.descriptors.get_mut(fd)?;
        let What::Folder { folder, listed, .. } = &mut descriptor.what else {
            return Err(Errno::NOTDIR.into());
        };
        if cookie == 0 || listed.is_none() {
            let inode = folder.stat()?.inode;
            let own = [b".".as_slice(), b".."].map(|name| Entry {
                name: name.to_vec(),
                inode,
                kind: FileType::Directory,
            });
            *listed = Some(own.into_iter().chain(folder.entries(MOST)?).collect());
        }
        let entries = listed.as_deref().unwrap_or_default();
        // Those before it are not gone through again: a program may list a large folder in small
        // pieces.
        let start = usize::try_from(cookie).unwrap_or(usize::MAX).min(entries.len());
        let room = self.memory.bytes_mut(buf, length)?;
        let mut at = 0;
        for (entry, before) in entries[start..].iter().zip(start as u64..) {
            let head = head(entry, before + 1);
            for part in [&head[..], &entry.name] {
                let fits = part.len().min(room.len() - at);
                room[at..at + fits].copy_from_slice(&part[..fits]);
                at += fits;
            }
            if at == room.len() {
                break;
            }
        }
        self.memory.put_u32(used, at as u32)
    }
}

fn head(entry: &Entry, next: u64) -> [u8; HEAD] {
    let mut head = [0; HEAD];
    head[..8].copy_from_slice(&next.to_le_bytes());
    head[8..16].copy_from_slice(&entry.inode.to_le_bytes());
    head[16..20].copy_from_slice(&(entry.name.len() as u32).to_le_bytes());
    head[20] = entry.kind as u8;
    head
}
