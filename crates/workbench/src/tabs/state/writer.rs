//! The thread that owns the database.

use std::fs::{self, File};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};
use watshop_protocol::Sentence;
use watshop_protocol::say;

use rusqlite::Connection;
use watshop_protocol::page::{Error, ErrorCode, Result};

use super::checkpoint::Checkpoints;
use super::database::{self, move_aside, sqlite_error};
use super::names::beside;
use super::pending::{self, PendingChanges};
use super::watch::{self, DatabaseWatch};
use super::{Change, StateOwner};
use crate::data_folder;
use crate::events::Hub;
use crate::tabs::sources::Sources;

/// The time between two checks whether the files are still there. Within a second a loss is noticed
/// and reported.
const LOOK: Duration = Duration::from_millis(250);

/// A message to the thread.
pub(super) enum WriterMessage {
    Change(Change),
    /// Writes everything and sends the result.
    Flush(Sender<Result<()>>),
    /// The owner of the state in memory.
    Memory(Weak<dyn StateOwner>),
}

/// The things that the thread owns.
pub(super) struct Writer {
    database: Connection,
    path: PathBuf,
    pending: PendingChanges,
    checkpoints: Checkpoints,
    hub: Arc<Hub>,
    sources: Arc<Sources>,
    memory: Option<Weak<dyn StateOwner>>,
    lock: File,
    watch: DatabaseWatch,
    looked: Instant,
    /// True while the disk is full, so that this is reported once and not every second.
    failing: bool,
    /// True while the folder cannot be restored, so that this is reported once.
    gone: bool,
}

impl Writer {
    pub(super) fn new(
        database: Connection,
        path: PathBuf,
        lock: File,
        hub: Arc<Hub>,
        sources: Arc<Sources>,
    ) -> Self {
        let (watch, checkpoints) = (DatabaseWatch::new(&path), Checkpoints::start(&path));
        let (pending, looked) = (PendingChanges::default(), Instant::now());
        let (memory, failing, gone) = (None, false, false);
        Self {
            database,
            path,
            pending,
            checkpoints,
            hub,
            sources,
            memory,
            lock,
            watch,
            looked,
            failing,
            gone,
        }
    }

    /// Runs until all senders are gone. Then it writes the rest.
    pub(super) fn run(mut self, inbox: &Receiver<WriterMessage>) {
        loop {
            let now = Instant::now();
            let look = self.looked + LOOK;
            if look <= now {
                self.look();
                continue;
            }
            let message = match self.pending.due(now) {
                Some(due) if due <= now => match inbox.try_recv() {
                    Ok(message) => Ok(message),
                    Err(_) => {
                        let _ = self.write();
                        continue;
                    }
                },
                due => inbox.recv_timeout(due.unwrap_or(look).min(look) - now),
            };
            match message {
                Ok(WriterMessage::Change(change)) => self.pending.add(change, Instant::now()),
                Ok(WriterMessage::Memory(memory)) => self.memory = Some(memory),
                Ok(WriterMessage::Flush(done)) => {
                    self.look();
                    let _ = done.send(self.write());
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    let _ = self.write();
                    return;
                }
            }
        }
    }

    fn write(&mut self) -> Result<()> {
        let bytes = self.pending.bytes();
        match self.pending.write(&mut self.database) {
            Ok(sweep) => {
                self.failing = false;
                self.checkpoints.wrote(bytes);
                for hash in sweep {
                    self.sources.sweep(&hash);
                }
                Ok(())
            }
            Err(error) => {
                use rusqlite::ErrorCode as Code;
                let damaged = [Code::DatabaseCorrupt, Code::NotADatabase];
                if error.sqlite_error_code().is_some_and(|code| damaged.contains(&code))
                    && self.renew(&say!("was damaged"))
                {
                    return Ok(());
                }
                let mut error =
                    sqlite_error(&error, &say!("The state cannot be saved now"), &self.path);
                if let Some(help) = error.help_sentence() {
                    error = error.help(say!(
                        "{help} The tabs keep their contents, which are saved as soon as possible."
                    ));
                }
                if !std::mem::replace(&mut self.failing, true) {
                    self.hub.notice(error.clone());
                }
                Err(error)
            }
        }
    }

    /// Checks that the open files are those that the next Watshop will find.
    fn look(&mut self) {
        self.looked = Instant::now();
        if let Some(what) = self.watch.lost() {
            self.renew(&what);
        }
    }

    /// Restores the folder and the database from memory, and reports that. Gives whether it
    /// succeeded.
    fn renew(&mut self, what: &Sentence) -> bool {
        let Some(memory) = self.memory.as_ref().and_then(Weak::upgrade) else { return false };
        let folder = self.path.parent().unwrap_or(&self.path).to_owned();
        let was = say!(
            "The data that Watshop had saved in `{}` {what} while it was running",
            folder.display()
        );
        match self.make_anew(&*memory) {
            Ok(lost) => {
                self.gone = false;
                let notice =
                    Error::new(ErrorCode::State, say!("{was}. It was saved again from memory."));
                self.hub.notice(match lost.as_slice() {
                    [] => notice.help(say!(
                        "No tab is lost. Modules are compiled again at their next run."
                    )),
                    lost => notice.help(say!(
                        "The bytes of these tabs are lost, so open their files again: {}.",
                        lost.join(", ")
                    )),
                });
                true
            }
            Err(error) => {
                if !std::mem::replace(&mut self.gone, true) {
                    let why = error.sentence();
                    let message = say!("{was}. It cannot be saved again: {why}");
                    self.hub.notice(error.with_message(message));
                }
                false
            }
        }
    }

    fn make_anew(&mut self, memory: &dyn StateOwner) -> Result<Vec<String>> {
        let folder = self.path.parent().unwrap_or(&self.path);
        data_folder::make(folder)?;
        // Another Watshop that finds the folder from now on must find it locked.
        let lock = folder.join("lock");
        let same = fs::metadata(&lock)
            .and_then(|there| Ok(watch::id(&there) == watch::id(&self.lock.metadata()?)))
            .unwrap_or(false);
        if !same {
            self.lock = super::try_lock(folder)?.ok_or_else(|| super::in_use(folder))?;
        }
        if self.path.exists() {
            move_aside(&self.path)?;
        }
        let (mut database, _) = database::open(&self.path, &self.hub)?;
        let whole = memory.all();
        if let Err(error) =
            pending::fill(&mut database, &whole.changes, whole.next_tab, whole.next_record)
                .and_then(|()| database::store(&database))
        {
            drop(database);
            // An incomplete database must not be taken for a saved state.
            for suffix in ["", "-wal", "-shm"] {
                drop(fs::remove_file(beside(&self.path, suffix)));
            }
            return Err(sqlite_error(&error, &say!("It cannot be written"), &self.path));
        }
        self.database = database;
        // All other changes are in memory, too.
        let mut pending = PendingChanges::default();
        for hash in self.pending.sweeps() {
            pending.add(Change::Sweep(hash), Instant::now());
        }
        self.pending = pending;
        self.watch = DatabaseWatch::new(&self.path);
        self.failing = false;
        Ok(memory.put_back())
    }
}
