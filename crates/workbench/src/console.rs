//! The output of a tab's guest: decoded, merged, and bounded.
//!
//! A slow page never slows a guest down. Output that comes too fast is left out of the events and
//! counted. The guest's bytes wait undecoded until their event is due, so a gigabyte of output costs
//! a copy into a ring, not a gigabyte of text. All of it is kept in a file, and a guest waits for
//! that.

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
    /// All of the output. `None` if no page can ask for it.
    spool: Option<tokio::sync::Mutex<Spool>>,
}

#[derive(Debug, Default)]
struct ConsoleState {
    text: Text,
    waiting: UnsentOutput,
    told: Option<Instant>,
    timer: bool,
}

impl Console {
    pub(crate) fn new(tab: TabId, hub: Arc<Hub>) -> Self {
        Self { tab, hub, held: Mutex::default(), spool: Some(tokio::sync::Mutex::default()) }
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
            if lock(&console.held).waiting.overflows() {
                tokio::time::sleep_until(due + LATER).await;
            }
            let mut held = lock(&console.held);
            held.timer = false;
            console.tell(&mut held);
        };
        tokio::spawn(timed("console", task));
    }

    /// Ends the output of a run or a call. It sends the waiting output at once, so that it comes
    /// before the event about the end. It also shows the half of a character that may be left.
    pub(crate) fn end(&self) {
        let mut held = lock(&self.held);
        self.tell(&mut held);
        let rest = held.text.end();
        if !rest.is_empty() {
            self.hub.tell(Event::Console { tab: self.tab, chunks: rest, skipped: 0 });
        }
    }

    /// The text that is kept, for a page that comes later. The waiting output is sent first, so
    /// that no part of the answer comes again as an event.
    pub(crate) fn read(&self) -> Vec<ConsoleChunk> {
        let mut held = lock(&self.held);
        self.tell(&mut held);
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
            self.hub.tell(Event::Console { tab: self.tab, chunks, skipped });
        }
    }
}

#[cfg(test)]
mod tests {
    use watshop_protocol::page::Stream;

    use super::*;

    const STDOUT: OutputSource = OutputSource::program(Stream::Stdout);

    fn console() -> (Arc<Console>, crate::events::Events) {
        let hub = Arc::new(Hub::new());
        let events = hub.subscribe();
        (Arc::new(Console::new(TabId(1), hub)), events)
    }

    fn text_of(chunks: &[ConsoleChunk]) -> String {
        chunks.iter().map(|c| c.text.as_str()).collect()
    }

    #[tokio::test]
    async fn lines_written_in_a_moment_come_as_one_event() {
        let (console, mut events) = console();
        let began = Instant::now();
        console.write(STDOUT, b"first").await;
        assert!(matches!(&*events.next().await.unwrap(), Event::Console { .. }));
        for _ in 0..1000 {
            console.write(STDOUT, b"x").await;
        }
        let event = events.next().await.unwrap();
        let Event::Console { chunks, skipped: 0, .. } = &*event else { panic!("{event:?}") };
        assert_eq!(text_of(chunks).len(), 1000);
        assert!(began.elapsed() >= SOON, "not more than 60 a second");
    }

    #[tokio::test]
    async fn a_flood_is_bounded_and_says_what_it_left_out() {
        let (console, mut events) = console();
        let line = [b'y'; 64 << 10];
        for _ in 0..1000 {
            console.write(STDOUT, &line).await;
        }
        console.write(STDOUT, b"the end").await;
        let event = events.next().await.unwrap();
        let Event::Console { chunks, skipped, .. } = &*event else { panic!("{event:?}") };
        let text = text_of(chunks);
        assert!(text.ends_with("the end") && text.len() <= waiting::MOST);
        assert_eq!(
            text.len() as u64 + skipped,
            1000 * line.len() as u64 + 7,
            "nothing is lost uncounted"
        );
        assert_eq!(console.read(), *chunks);
        let (mut at, mut all) = (0, Vec::new());
        loop {
            let part = console.output(at).await.unwrap();
            all.extend(part.bytes);
            at = all.len() as u64;
            if at == part.end {
                break;
            }
        }
        assert!(all == [&line.repeat(1000)[..], b"the end"].concat(), "and all of it is kept");
    }

    #[tokio::test]
    async fn the_end_comes_before_the_timer() {
        let (console, mut events) = console();
        console.write(OutputSource::program(Stream::Stderr), b"half a character: \xe2\x82").await;
        console.end();
        let mut text = String::new();
        for _ in 0..2 {
            let event = events.next().await.unwrap();
            let Event::Console { chunks, .. } = &*event else { panic!("{event:?}") };
            text += &text_of(chunks);
        }
        assert_eq!(text, "half a character: \u{fffd}");
    }

    #[tokio::test]
    async fn clearing_forgets_also_what_waits() {
        let (console, mut events) = console();
        console.write(STDOUT, b"old").await;
        console.clear().await;
        assert!(console.read().is_empty());
        assert_eq!(console.output(0).await.unwrap().end, 0);
        assert_eq!(*events.next().await.unwrap(), Event::ConsoleCleared { tab: TabId(1) });
    }
}
