//! The saved state of a workbench: tabs, settings, history, the page's own JSON, in SQLite.
//!
//! One thread owns the database. It gets changes and writes them in transactions: text a moment
//! after the first key that is not saved yet, everything else at once. With a write-ahead log, a
//! written transaction survives any end of the process.

mod cell;
mod checkpoint;
mod database;
mod log;
mod names;
mod page_bytes;
mod pages;
mod pending;
mod salvage;
mod saved_rows;
mod watch;
mod writer;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex, Weak};
use std::thread::JoinHandle;
use std::time::Duration;
use watshop_protocol::say;

use watshop_protocol::page::{Error, ErrorCode, Result, RunRecord, Settings, SourceKind, TabId};

use super::sources::Sources;
use crate::config::{Config, StateKind, file_error};
use crate::data_folder;
use crate::events::Hub;
use crate::sync::lock;

/// A tab in the saved state.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TabRow {
    pub id: TabId,
    pub title: String,
    pub kind: SourceKind,
    pub path: Option<PathBuf>,
    /// The WAT of a person. The printed text of a binary is made again.
    pub text: Option<Arc<str>>,
    /// The hash of the binary or artifact in [`Sources`].
    pub source: Option<String>,
    /// The hash of the contents that were last read from or written to `path`.
    pub saved: Option<String>,
    pub revision: u64,
    pub settings: Settings,
}

/// A change to be saved.
#[derive(Debug, Clone)]
pub(crate) enum Change {
    /// A tab was added or changed.
    Tab(Box<TabRow>, Urgency),
    /// The open tabs in their order, and the closed ones. The last one was closed last.
    Places { open: Vec<TabId>, closed: Vec<TabId> },
    /// A closed tab is gone for good, with its history.
    Forget(TabId),
    /// A run or call ended. `out` is the record that has to go for it, if there is one.
    Record { tab: TabId, record: Box<RunRecord>, out: Option<u64> },
    /// A tab's history was emptied.
    ClearHistory(TabId),
    /// The page's own JSON.
    Ui(String),
    /// A source may be unused now. Its file is removed only after the database does not name it.
    Sweep(String),
}

/// The time until a change must be saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Urgency {
    /// The change is a single action of a person.
    Now,
    /// The person is typing.
    Soon,
}

/// The state that the last workbench saved.
#[derive(Debug, Default)]
pub(crate) struct SavedState {
    /// The open tabs in their order, each with its history.
    pub open: Vec<(TabRow, Vec<RunRecord>)>,
    /// The closed tabs. The last one was closed last.
    pub closed: Vec<(TabRow, Vec<RunRecord>)>,
    pub ui: Option<String>,
    /// A number that was never used.
    pub next_tab: u32,
    pub next_record: u64,
    /// True if there was no saved state: the very first start.
    pub first_start: bool,
}

/// The whole state, as the changes that make it.
#[derive(Debug)]
pub(crate) struct FullState {
    pub changes: Vec<Change>,
    pub next_tab: u32,
    pub next_record: u64,
}

/// The owner of the state in memory. It can restore the state if it is lost in the data folder.
pub(crate) trait StateOwner: Send + Sync {
    /// The present contents for the database.
    fn all(&self) -> FullState;
    /// Restores the files beside the database, and gives the titles of tabs whose bytes are lost.
    fn put_back(&self) -> Vec<String>;
}

impl SavedState {
    /// The changes that make a database with this state.
    fn changes(&self) -> Vec<Change> {
        let mut changes = Vec::new();
        for (row, history) in self.open.iter().chain(&self.closed) {
            changes.push(Change::Tab(Box::new(row.clone()), Urgency::Now));
            changes.extend(history.iter().map(|record| Change::Record {
                tab: row.id,
                record: Box::new(record.clone()),
                out: None,
            }));
        }
        let ids = |tabs: &[(TabRow, Vec<RunRecord>)]| tabs.iter().map(|(row, _)| row.id).collect();
        changes.push(Change::Places { open: ids(&self.open), closed: ids(&self.closed) });
        changes.extend(self.ui.clone().map(Change::Ui));
        changes
    }
}

/// The receiver of changes. Its drop writes the rest.
#[derive(Debug)]
pub(crate) struct State(Mutex<Option<OpenFolder>>);

/// A data folder that belongs to this workbench.
#[derive(Debug)]
struct OpenFolder {
    tell: Sender<writer::WriterMessage>,
    thread: JoinHandle<()>,
    /// The lock of the folder. It is dropped last, when everything is written.
    _lock: File,
}

impl State {
    /// Reads the saved state, and starts the writer.
    ///
    /// A damaged database is moved aside. All of it that can be read is used, and a notice names
    /// the rest. Errors: another workbench has the data folder, the folder cannot be written to, or
    /// a newer Watshop wrote the database.
    pub(crate) fn open(
        config: &Config,
        hub: &Arc<Hub>,
        sources: &Arc<Sources>,
    ) -> Result<(Self, SavedState)> {
        if config.state == StateKind::InMemory {
            let kept = SavedState { next_tab: 1, next_record: 1, ..SavedState::default() };
            return Ok((Self(Mutex::new(None)), kept));
        }
        let folder = lock_folder(&config.data_dir)?;
        data_folder::mend(&config.data_dir);
        let path = config.data_dir.join("state.sqlite");
        let (database, kept) = database::open(&path, hub)?;
        let (tell, inbox) = mpsc::channel();
        let same = folder
            .try_clone()
            .map_err(|e| file_error(say!("Locking"), &config.data_dir.join("lock"), &e))?;
        let writer =
            writer::Writer::new(database, path, same, Arc::clone(hub), Arc::clone(sources));
        let thread = std::thread::Builder::new()
            .name("watshop-state".into())
            .spawn(move || writer.run(&inbox))
            .map_err(|e| Error::new(ErrorCode::State, say!("The state cannot be written: {e}.")))?;
        Ok((Self(Mutex::new(Some(OpenFolder { tell, thread, _lock: folder }))), kept))
    }

    /// Saves a change, soon.
    pub(crate) fn keep(&self, change: Change) {
        if let Some(open) = &*lock(&self.0) {
            // The writer ends only with this handle.
            let _ = open.tell.send(writer::WriterMessage::Change(change));
        }
    }

    /// Sets the owner of the state in memory, which can restore it.
    pub(crate) fn remember(&self, memory: Weak<dyn StateOwner>) {
        if let Some(open) = &*lock(&self.0) {
            let _ = open.tell.send(writer::WriterMessage::Memory(memory));
        }
    }

    /// Saves the rest and closes the data folder. Later changes are not saved.
    ///
    /// The error says that it cannot be written.
    pub(crate) fn close(&self) -> Result<()> {
        let Some(open) = lock(&self.0).take() else { return Ok(()) };
        // The writer itself held the last handle for a moment. It saves the rest when its channel
        // is closed.
        if open.thread.thread().id() == std::thread::current().id() {
            return Ok(());
        }
        let (done, written) = mpsc::channel();
        let _ = open.tell.send(writer::WriterMessage::Flush(done));
        let written = written.recv();
        drop(open.tell);
        let ended = open.thread.join();
        match (written, ended) {
            (Ok(written), Ok(())) => written,
            _ => {
                Err(Error::new(ErrorCode::State, say!("The state's writer ended before its time.")))
            }
        }
    }
}

impl Drop for State {
    fn drop(&mut self) {
        if let Err(error) = self.close() {
            tracing::error!(%error, "the state could not be saved at the end");
        }
    }
}

/// The time that a closed Watshop may need. It releases the folder when everything is written.
const PATIENCE: Duration = Duration::from_secs(5);

/// The thread that waits for the data folder.
const WAITING: &str = "watshop-lock";

/// Locks the data folder, if it is free.
fn try_lock(dir: &Path) -> Result<Option<File>> {
    let path = dir.join("lock");
    let lock = data_folder::file(&path).map_err(|e| file_error(say!("Opening"), &path, &e))?;
    match lock.try_lock() {
        Ok(()) => Ok(Some(lock)),
        Err(fs::TryLockError::WouldBlock) => Ok(None),
        Err(fs::TryLockError::Error(e)) => Err(file_error(say!("Locking"), &path, &e)),
    }
}

fn in_use(dir: &Path) -> Error {
    Error::new(
        ErrorCode::State,
        say!("Another Watshop is using the data folder `{}`.", dir.display()),
    )
    .help(say!("Close the other one, or set WATSHOP_DATA_DIR to another folder."))
}

/// Locks the data folder. If another workbench has it, this waits, because that one may be about to
/// end.
fn lock_folder(dir: &Path) -> Result<File> {
    data_folder::make(dir)?;
    if let Some(lock) = try_lock(dir)? {
        return Ok(lock);
    }
    let path = dir.join("lock");
    let lock = data_folder::file(&path).map_err(|e| file_error(say!("Opening"), &path, &e))?;
    let (tell, told) = mpsc::channel();
    let wait = move || {
        let locked = lock.lock().map(|()| lock);
        // If the receiver is gone, the lock goes with the file.
        drop(tell.send(locked));
    };
    let waiting = std::thread::Builder::new().name(WAITING.into()).spawn(wait);
    waiting.map_err(|e| file_error(say!("Locking"), &path, &e))?;
    match told.recv_timeout(PATIENCE) {
        Ok(locked) => locked.map_err(|e| file_error(say!("Locking"), &path, &e)),
        Err(_) => Err(in_use(dir)),
    }
}

#[cfg(test)]
mod tests;
