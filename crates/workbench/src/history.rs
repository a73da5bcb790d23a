//! The runs and calls of all sessions, newest 100,000, in a database of their own.
//!
//! One thread owns the database. A run only sends its record to that thread, so it costs a run next
//! to nothing, and a database that cannot be used breaks no run.

mod database;
mod pack;

use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::JoinHandle;
use watshop_protocol::say;

use watshop_protocol::page::{Error, ErrorCode, Result, RunRecord};

use crate::sync::lock;
use database::Database;
pub use pack::PackedRuns;

/// The most runs that are kept.
pub(crate) const MOST_RUNS: i64 = 100_000;

/// The name of the database in the data folder.
pub(crate) const FILE: &str = "history.sqlite";

/// A run of any session, with the title of its tab.
#[derive(Debug, Clone, PartialEq)]
pub struct PastRun {
    /// The title of its tab.
    pub title: String,
    /// The record. Figures of many calls and the optimisation level are not kept.
    pub record: RunRecord,
}

enum Message {
    Add(Box<PastRun>),
    Read(Sender<Result<PackedRuns>>),
    Clear(Sender<Result<()>>),
}

/// The stored runs of all sessions. Its drop writes the rest.
#[derive(Debug)]
pub struct History(Mutex<Option<Open>>);

#[derive(Debug)]
struct Open {
    tell: Sender<Message>,
    thread: JoinHandle<()>,
}

impl History {
    /// The history in a database, which is opened and made at its first use. Without a path nothing is
    /// stored.
    ///
    /// # Errors
    ///
    /// `state` if there is no thread for it.
    pub fn open(path: Option<PathBuf>) -> Result<Self> {
        let Some(path) = path else { return Ok(Self(Mutex::new(None))) };
        let (tell, inbox) = mpsc::channel();
        let thread = std::thread::Builder::new()
            .name("watshop-history".into())
            .spawn(move || Owner { path, database: None }.serve(&inbox))
            .map_err(|e| {
                Error::new(ErrorCode::State, say!("The history cannot be written: {e}."))
            })?;
        Ok(Self(Mutex::new(Some(Open { tell, thread }))))
    }

    /// Stores a run, soon.
    pub fn add(&self, run: PastRun) {
        self.send(Message::Add(Box::new(run)));
    }

    /// All stored runs, the oldest first. It blocks until they are read.
    ///
    /// # Errors
    ///
    /// `state` if a newer Watshop wrote the database, or if it cannot be read.
    pub fn read(&self) -> Result<PackedRuns> {
        self.ask(Message::Read).unwrap_or_else(|| Ok(PackedRuns::default()))
    }

    /// Removes all stored runs. It blocks until they are gone.
    ///
    /// # Errors
    ///
    /// `state` if a newer Watshop wrote the database, or if it cannot be written.
    pub fn clear(&self) -> Result<()> {
        self.ask(Message::Clear).unwrap_or(Ok(()))
    }

    fn send(&self, message: Message) {
        if let Some(open) = &*lock(&self.0) {
            // The thread ends only with this handle.
            let _ = open.tell.send(message);
        }
    }

    fn ask<T>(&self, message: impl FnOnce(Sender<T>) -> Message) -> Option<T> {
        let (answer, answered) = mpsc::channel();
        self.send(message(answer));
        answered.recv().ok()
    }
}

impl Drop for History {
    fn drop(&mut self) {
        let Some(Open { tell, thread }) = lock(&self.0).take() else { return };
        drop(tell);
        // A panic of the thread was reported when it happened.
        let _ = thread.join();
    }
}

/// The thread's own.
struct Owner {
    path: PathBuf,
    database: Option<Result<Database>>,
}

impl Owner {
    /// Serves until all senders are gone. Runs that wait are written in one transaction.
    fn serve(mut self, inbox: &Receiver<Message>) {
        while let Ok(first) = inbox.recv() {
            let mut runs = Vec::new();
            let mut next = Some(first);
            while let Some(message) = next.take().or_else(|| inbox.try_recv().ok()) {
                match message {
                    Message::Add(run) => runs.push(*run),
                    Message::Read(answer) => {
                        self.write(std::mem::take(&mut runs));
                        drop(answer.send(self.database().and_then(|database| database.read())));
                    }
                    Message::Clear(answer) => {
                        runs.clear();
                        drop(answer.send(self.database().and_then(|database| database.clear())));
                    }
                }
            }
            self.write(runs);
        }
    }

    fn write(&mut self, runs: Vec<PastRun>) {
        if runs.is_empty() {
            return;
        }
        // A full disk or a newer database costs these runs. Who reads the history sees the error.
        if let Err(error) = self.database().and_then(|database| database.add(&runs)) {
            tracing::warn!(%error, runs = runs.len(), "runs are missing in the history");
        }
    }

    /// The database. One that could not be opened is tried again, because the reason may have passed.
    fn database(&mut self) -> Result<&mut Database> {
        if matches!(&self.database, None | Some(Err(_))) {
            self.database = Some(Database::open(&self.path));
        }
        match &mut self.database {
            Some(Ok(database)) => Ok(database),
            Some(Err(error)) => Err(error.clone()),
            None => Err(Error::new(ErrorCode::State, say!("The history is not open."))),
        }
    }
}

#[cfg(test)]
mod tests;
