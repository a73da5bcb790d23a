//! All that a console was given, in a file without a name.
//!
//! It keeps the text that a person reads, without the sequences that tell a terminal of colours.
//! The first bytes stay in memory. A writer waits until the file has the rest, so a guest is as fast
//! as the disk and no faster.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt as _;
use std::path::PathBuf;
use std::sync::Arc;
use watshop_protocol::say;

use rustix::fs::{FallocateFlags, fallocate};
use watshop_protocol::bounds::{MOST_OUTPUT_KEPT, MOST_OUTPUT_READ};
use watshop_protocol::page::{OutputSource, Result};

use super::plain::Plain;
use crate::config::file_error;
use crate::data_folder;
use crate::task::blocking;

/// The bytes that are written to the file at once.
const PIECE: usize = 256 << 10;

/// The free bytes that output leaves on its disk.
const LEFT_FREE: u64 = 256 << 20;

/// A part of the kept output.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// The place of its first byte in all that was written.
    pub at: u64,
    /// The place behind the newest byte of all.
    pub end: u64,
    pub bytes: Vec<u8>,
}

/// The newest bytes of a console, up to [`MOST_OUTPUT_KEPT`].
#[derive(Debug, Default)]
pub(crate) struct Spool {
    file: Option<Arc<File>>,
    /// The place of the oldest byte that is kept.
    first: u64,
    /// The place of the first byte of `tail`. Those before it are in the file.
    in_file: u64,
    tail: Vec<u8>,
    /// The sources that have written, as each may stop within a sequence.
    sources: Vec<(OutputSource, Plain)>,
}

impl Spool {
    /// Appends bytes of a source.
    pub(crate) async fn push(&mut self, source: OutputSource, bytes: &[u8]) {
        let at = self.sources.iter().position(|(known, _)| *known == source);
        let at = at.unwrap_or_else(|| {
            self.sources.push((source, Plain::default()));
            self.sources.len() - 1
        });
        let plain = self.sources[at].1.strip(bytes);
        self.keep(&plain).await;
    }

    async fn keep(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let (now, later) = bytes.split_at(bytes.len().min(PIECE - self.tail.len()));
            self.tail.extend_from_slice(now);
            bytes = later;
            if self.tail.len() == PIECE {
                self.write_out().await;
            }
        }
    }

    /// The bytes from a place on, [`MOST_OUTPUT_READ`] at most, or from the oldest that are kept.
    ///
    /// # Errors
    ///
    /// `file` if they cannot be read.
    pub(crate) async fn read(&self, at: u64) -> Result<Part> {
        let end = self.in_file + self.tail.len() as u64;
        let at = at.clamp(self.first, end);
        let bytes = match &self.file {
            Some(file) if at < self.in_file => {
                let length = (self.in_file - at).min(MOST_OUTPUT_READ.into());
                let file = Arc::clone(file);
                blocking(move || {
                    let mut bytes = vec![0; usize::try_from(length).unwrap_or(0)];
                    let read = file.read_exact_at(&mut bytes, at).map(|()| bytes);
                    read.map_err(|e| file_error(say!("Reading output kept in"), &folder(), &e))
                })
                .await?
            }
            _ => self
                .tail
                .get(usize::try_from(at - self.in_file).unwrap_or(0)..)
                .map(Vec::from)
                .unwrap_or_default(),
        };
        Ok(Part { at, end, bytes })
    }

    /// Keeps only as much as stays in memory, and drops the file: the tab is closed, and may be opened
    /// again.
    pub(crate) async fn shrink(&mut self) {
        let room = (PIECE - self.tail.len()) as u64;
        let before = match self.read(self.in_file.saturating_sub(room)).await {
            Ok(part) if part.at < self.in_file => part.bytes,
            _ => Vec::new(),
        };
        self.in_file -= before.len() as u64;
        self.first = self.in_file;
        self.tail.splice(..0, before);
        self.file = None;
    }

    /// Writes the tail to the file. If the file cannot be written, all that is kept is dropped, which
    /// gives a full disk its room back. Later output is tried again.
    async fn write_out(&mut self) {
        let bytes = std::mem::take(&mut self.tail);
        let (at, end) = (self.in_file, self.in_file + bytes.len() as u64);
        let (file, first) = (self.file.clone(), self.first);
        if file.is_none() {
            // A writer that is gone before the file is there would leave a place without bytes.
            self.first = end;
        }
        let written = blocking(move || {
            let kept = write(file, at, &bytes, first);
            let kept = kept.map_err(|e| file_error(say!("Keeping output in"), &folder(), &e))?;
            Ok((kept, bytes))
        });
        self.in_file = end;
        match written.await {
            Ok(((file, first), mut bytes)) => {
                self.file = Some(file);
                self.first = first;
                bytes.clear();
                self.tail = bytes;
            }
            Err(error) => {
                tracing::warn!(%error, "the output of a guest until now is not kept");
                self.file = None;
                self.first = end;
            }
        }
    }
}

/// Writes bytes behind the others, and frees the room of the oldest if there are too many. Gives the
/// file, and the place of the oldest byte that is still there.
fn write(
    file: Option<Arc<File>>,
    at: u64,
    bytes: &[u8],
    first: u64,
) -> io::Result<(Arc<File>, u64)> {
    let file = match file {
        Some(file) => file,
        None => Arc::new(tempfile::tempfile_in(folder())?),
    };
    // Whatever else writes to this disk is worth more than old output.
    if data_folder::free(&folder()).is_some_and(|free| free < LEFT_FREE) {
        return Err(io::ErrorKind::StorageFull.into());
    }
    file.write_all_at(bytes, at)?;
    let oldest = (at + bytes.len() as u64).saturating_sub(MOST_OUTPUT_KEPT);
    if oldest > first {
        let hole = FallocateFlags::PUNCH_HOLE | FallocateFlags::KEEP_SIZE;
        fallocate(&file, hole, first, oldest - first)?;
    }
    Ok((file, first.max(oldest)))
}

/// The folder of large files that last as long as a process (`file-hierarchy(7)`): `/tmp` may be
/// memory.
fn folder() -> PathBuf {
    let large = PathBuf::from("/var/tmp");
    let chosen = std::env::var_os("TMPDIR").is_some() || !large.is_dir();
    if chosen { std::env::temp_dir() } else { large }
}

#[cfg(test)]
#[path = "spool_tests.rs"]
mod tests;
