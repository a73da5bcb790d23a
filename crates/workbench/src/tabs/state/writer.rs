//! The thread that owns the database.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::Instant;

use rusqlite::Connection;
use watshop_protocol::page::Result;

use super::Change;
use super::database::sqlite_error;
use super::pending::Pending;
use crate::events::Hub;
use crate::tabs::sources::Sources;

/// What the thread is told.
pub(super) enum Message {
    Change(Change),
    /// Write everything and say how it went.
    Flush(Sender<Result<()>>),
}

/// What the thread has.
pub(super) struct Writer {
    database: Connection,
    pending: Pending,
    hub: Arc<Hub>,
    sources: Arc<Sources>,
    /// A disk that stays full is told of once, not every second.
    failing: bool,
}

impl Writer {
    pub(super) fn new(database: Connection, hub: Arc<Hub>, sources: Arc<Sources>) -> Self {
        Self { database, pending: Pending::default(), hub, sources, failing: false }
    }

    /// Until nobody can tell it anything any more; then it writes what is left.
    pub(super) fn run(mut self, inbox: &Receiver<Message>) {
        loop {
            let now = Instant::now();
            let message = match self.pending.due(now) {
                Some(due) if due <= now => match inbox.try_recv() {
                    Ok(message) => Ok(message),
                    Err(_) => {
                        let _ = self.write();
                        continue;
                    }
                },
                Some(due) => inbox.recv_timeout(due - now),
                None => inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match message {
                Ok(Message::Change(change)) => self.pending.add(change, Instant::now()),
                Ok(Message::Flush(done)) => {
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
        match self.pending.write(&mut self.database) {
            Ok(sweep) => {
                self.failing = false;
                for hash in sweep {
                    self.sources.sweep(&hash);
                }
                Ok(())
            }
            Err(error) => {
                let error = sqlite_error(&error, "The state cannot be saved just now");
                if !std::mem::replace(&mut self.failing, true) {
                    self.hub.notice(error.clone());
                }
                Err(error)
            }
        }
    }
}
