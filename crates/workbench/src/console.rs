//! The output of a tab's guest: decoded, merged, and bounded.
//!
//! A slow page never slows a guest down. Output that comes too fast is left out and counted. The
//! guest's bytes wait undecoded until their event is due, so a gigabyte of output costs a copy into
//! a ring, not a gigabyte of text.

mod text;
mod waiting;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::time::Instant;
use watshop_parent::timed;
use watshop_protocol::page::{ConsoleChunk, Event, OutputSource, TabId};

use crate::events::Hub;
use crate::sync::lock;
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
        Self { tab, hub, held: Mutex::default() }
    }

    /// Takes output of the guest. An event about it follows within a 60th of a second.
    pub(crate) fn write(self: &Arc<Self>, source: OutputSource, bytes: &[u8]) {
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
    pub(crate) fn clear(&self) {
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
        console.write(STDOUT, b"first");
        assert!(matches!(&*events.next().await.unwrap(), Event::Console { .. }));
        for _ in 0..1000 {
            console.write(STDOUT, b"x");
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
            console.write(STDOUT, &line);
        }
        console.write(STDOUT, b"the end");
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
    }

    #[tokio::test]
    async fn the_end_comes_before_the_timer() {
        let (console, mut events) = console();
        console.write(OutputSource::program(Stream::Stderr), b"half a character: \xe2\x82");
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
        console.write(STDOUT, b"old");
        console.clear();
        assert!(console.read().is_empty());
        assert_eq!(*events.next().await.unwrap(), Event::ConsoleCleared { tab: TabId(1) });
    }
}
