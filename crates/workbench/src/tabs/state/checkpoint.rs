//! Moves the write-ahead log into the database, beside the thread that writes.
//!
//! The file has to be on the disk before its log can be used anew. On a busy disk that takes
//! seconds, and text that is typed meanwhile is to be in the log after half a second.

use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

use rusqlite::{Connection, OpenFlags};

/// The bytes of changes after which the log is moved. SQLite's own default is 1000 pages.
const LONG: usize = 4 << 20;

/// The thread that moves the log.
#[derive(Debug)]
pub(super) struct Checkpoints {
    /// The bytes that were written since the log was last moved.
    written: usize,
    wake: Option<SyncSender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Checkpoints {
    /// Starts the thread for a database. Without a thread, the log is moved at the next start.
    pub(super) fn start(path: &Path) -> Self {
        let (wake, wanted) = sync_channel(1);
        let path = path.to_owned();
        let thread = std::thread::Builder::new()
            .name("watshop-checkpoint".into())
            .spawn(move || move_when(&wanted, &path))
            .inspect_err(|error| tracing::warn!(%error, "no thread moves the log of the state"))
            .ok();
        Self { written: 0, wake: Some(wake), thread }
    }

    /// Notes that about so many bytes were written.
    pub(super) fn wrote(&mut self, bytes: usize) {
        self.written += bytes;
        // If the thread is at work, it is asked again after the next write.
        if self.written > LONG && self.wake.as_ref().is_some_and(|wake| wake.try_send(()).is_ok()) {
            self.written = 0;
        }
    }
}

impl Drop for Checkpoints {
    fn drop(&mut self) {
        self.wake = None;
        if let Some(thread) = self.thread.take() {
            // It panics only if SQLite does, and there is nothing left to do.
            let _ = thread.join();
        }
    }
}

fn move_when(wanted: &Receiver<()>, path: &Path) {
    while wanted.recv().is_ok() {
        // A passive checkpoint does not wait for the writer, nor the writer for it. The database
        // may have been removed or replaced since the last one.
        let moved = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
            .and_then(|it| it.query_row("PRAGMA wal_checkpoint(PASSIVE)", (), |_| Ok(())));
        if let Err(error) = moved {
            tracing::debug!(%error, "the log of the state stays as it is");
        }
    }
}
