//! The output of a tab's guest: decoded, merged, and bounded.
//!
//! A slow page never slows a guest down. Output that comes too fast is left out of the events and
//! counted, and there is no further event before a page has drawn the last ones. The guest's bytes
//! wait undecoded until their event is due, so a gigabyte of output costs a copy into a ring, not a
//! gigabyte of text. All of it is kept in a file, and a guest waits for that.

mod drawn;
mod plain;
mod spool;
mod text;
mod waiting;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::time::Instant;
use watshop_parent::timed;
use watshop_protocol::page::{ConsoleChunk, Event, OutputSource, Result, TabId};

use crate::events::Hub;
use crate::sync::lock;
use drawn::DrawnOutput;
pub(crate) use spool::Part;
use spool::Spool;
use text::Text;
use waiting::UnsentOutput;

/// The time between two events: 60 a second while there is little output, and ten a second while
/// there is too much to read anyway.
const SOON: Duration = Duration::from_micros(16_700);
const LATER: Duration = Duration::from_millis(100);

/// A tab's console.
#[derive(Debug)]
pub(crate) struct Console {
    tab: TabId,
    hub: Arc<Hub>,
    held: Mutex<ConsoleState>,
    drawn: DrawnOutput,
    /// All of the output. `None` if no page can ask for it.
    spool: Option<tokio::sync::Mutex<Spool>>,
}

#[derive(Debug, Default)]
struct ConsoleState {
    text: Text,
    waiting: UnsentOutput,
    told: Option<Instant>,
    /// The bytes of all events.
    end: u64,
    timer: bool,
}

impl Console {
    pub(crate) fn new(tab: TabId, hub: Arc<Hub>) -> Self {
        let spool = Some(tokio::sync::Mutex::default());
        Self { tab, hub, held: Mutex::default(), drawn: DrawnOutput::default(), spool }
    }

    /// A console that no page sees, and that keeps no file.
    pub(crate) fn unseen(tab: TabId, hub: Arc<Hub>) -> Self {
        Self { spool: None, ..Self::new(tab, hub) }
    }

    /// Takes output of the guest, and waits until it is kept. An event about it follows within a 60th
    /// of a second.
    pub(crate) async fn write(self: &Arc<Self>, source: OutputSource, bytes: &[u8]) {
        self.show(source, bytes);
        if let Some(spool) = &self.spool {
            spool.lock().await.push(source, bytes).await;
        }
    }

    /// A part of all output since the console was emptied, from a place on.
    ///
    /// # Errors
    ///
    /// `file` if it cannot be read.
    pub(crate) async fn output(&self, at: u64) -> Result<Part> {
        match &self.spool {
            Some(spool) => spool.lock().await.read(at).await,
            None => Spool::default().read(at).await,
        }
    }

    /// Drops the file of the output, but for its end, which a tab that is opened again shows.
    pub(crate) async fn close(&self) {
        self.drawn.reach(lock(&self.held).end);
        if let Some(spool) = &self.spool {
            spool.lock().await.shrink().await;
        }
    }

    fn show(self: &Arc<Self>, source: OutputSource, bytes: &[u8]) {
        let mut held = lock(&self.held);
        held.waiting.push(source, bytes);
        if held.timer || bytes.is_empty() {
            return;
        }
        held.timer = true;
        let due = held.told.map_or_else(Instant::now, |told| told + SOON);
        let console = Arc::clone(self);
        let task = async move {
            tokio::time::sleep_until(due).await;
            let end = lock(&console.held).end;
            console.drawn.room(end).await;
            if lock(&console.held).waiting.overflows() {
                tokio::time::sleep_until(due + LATER).await;
            }
            let mut held = lock(&console.held);
            held.timer = false;
            console.tell(&mut held);
        };
        tokio::spawn(timed("console", task));
    }

    /// A page has drawn the events up to this end.
    pub(crate) fn shown(&self, end: u64) {
        let told = lock(&self.held).end;
        self.drawn.reach(end.min(told));
    }

    /// Ends the output of a run or a call. It sends the waiting output at once, so that it comes
    /// before the event about the end. It also shows the half of a character that may be left.
    pub(crate) fn end(&self) {
        let mut held = lock(&self.held);
        self.tell(&mut held);
        let rest = held.text.end();
        if !rest.is_empty() {
            self.send(&mut held, rest, 0);
        }
    }

    /// The text that is kept, for a page that comes later. The waiting output is sent first, so
    /// that no part of the answer comes again as an event.
    pub(crate) fn read(&self) -> Vec<ConsoleChunk> {
        let mut held = lock(&self.held);
        self.tell(&mut held);
        // The page that asks has its end from now on, and one that has gone will draw no more.
        self.drawn.reach(held.end);
        held.text.kept()
    }

    /// Empties the console.
    pub(crate) async fn clear(&self) {
        if let Some(spool) = &self.spool {
            *spool.lock().await = Spool::default();
        }
        let mut held = lock(&self.held);
        held.text = Text::default();
        held.waiting = UnsentOutput::default();
        self.hub.tell(Event::ConsoleCleared { tab: self.tab });
    }

    /// Sends the waiting output. The lock is held, so that no other event about this console
    /// overtakes it.
    fn tell(&self, held: &mut ConsoleState) {
        let (pieces, skipped) = held.waiting.take();
        if skipped > 0 {
            held.text.skip();
        }
        let chunks = held.text.append(pieces);
        if !chunks.is_empty() || skipped > 0 {
            held.told = Some(Instant::now());
            self.send(held, chunks, skipped);
        }
    }

    fn send(&self, held: &mut ConsoleState, chunks: Vec<ConsoleChunk>, skipped: u64) {
        held.end += chunks.iter().map(|chunk| chunk.text.len() as u64).sum::<u64>();
        let end = held.end;
        if !self.hub.tell(Event::Console { tab: self.tab, chunks, skipped, end }) {
            self.drawn.reach(end);
        }
    }
}

#[cfg(test)]
#[path = "console/console_tests.rs"]
mod tests;
