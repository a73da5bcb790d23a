//! The events that wait for one listener. They have a bound, even for a slow listener and many
//! events.

use std::collections::VecDeque;
use std::mem::discriminant;
use std::sync::Arc;

use watshop_protocol::page::{Event, TabId};

/// The most events that wait. At 60 a second that is some seconds.
pub(crate) const MOST: usize = 256;

/// The most bytes of waiting events. With a message that is on its way, a connection stays below 32
/// MiB.
const MOST_BYTES: usize = 8 << 20;

/// The number of waiting events that makes a listener slow, until it has got all of them.
const SLOW: usize = 64;
const SLOW_BYTES: usize = 1 << 20;

/// The waiting events, oldest first.
#[derive(Debug, Default)]
pub(crate) struct EventQueue {
    waiting: VecDeque<QueuedEvent>,
    bytes: usize,
    /// True if many events waited, and some of them still do.
    slow: bool,
    behind: bool,
    closed: bool,
}

#[derive(Debug)]
struct QueuedEvent {
    event: Arc<Event>,
    bytes: usize,
}

/// The next event of a queue.
pub(crate) enum QueueItem {
    Event(Arc<Event>),
    /// There is none yet.
    Nothing,
    /// There will be none.
    Closed,
}

impl EventQueue {
    /// Appends an event. For a slow listener it replaces the older ones that it makes needless. If
    /// there are still too many, the oldest go.
    pub(crate) fn push(&mut self, event: &Arc<Event>) {
        let mut event = Arc::clone(event);
        self.slow |= self.waiting.len() >= SLOW || self.bytes >= SLOW_BYTES;
        if self.slow {
            event = self.merge(event);
        }
        let bytes = weight(&event);
        self.bytes += bytes;
        self.waiting.push_back(QueuedEvent { event, bytes });
        // A single event is sent, however large it is.
        while self.waiting.len() > MOST || (self.bytes > MOST_BYTES && self.waiting.len() > 1) {
            self.behind = true;
            self.bytes -= self.waiting.pop_front().map_or(0, |oldest| oldest.bytes);
        }
    }

    /// Closes the queue. No event follows.
    pub(crate) fn close(&mut self) {
        self.closed = true;
    }

    pub(crate) fn next(&mut self) -> QueueItem {
        if std::mem::take(&mut self.behind) {
            tracing::debug!("a listener fell behind");
            return QueueItem::Event(Arc::new(Event::Behind));
        }
        match self.waiting.pop_front() {
            Some(QueuedEvent { event, bytes }) => {
                self.bytes -= bytes;
                QueueItem::Event(event)
            }
            None if self.closed => QueueItem::Closed,
            None => {
                self.slow = false;
                QueueItem::Nothing
            }
        }
    }

    /// Drops the older events that this one makes needless.
    fn merge(&mut self, event: Arc<Event>) -> Arc<Event> {
        let Some(tab) = newest_counts(&event) else { return event };
        let mut merged = Arc::clone(&event);
        let bytes = &mut self.bytes;
        self.waiting.retain(|older| {
            let same = discriminant(&*older.event) == discriminant(&*event)
                && newest_counts(&older.event) == Some(tab);
            if same {
                *bytes -= older.bytes;
                merged = without_change(&older.event, &merged);
            }
            !same
        });
        merged
    }
}

/// The tab of an event that says all that an older one of its kind could. `None` within for the row
/// of tabs. Settings are not among them, because a page counts the events about its own changes.
fn newest_counts(event: &Event) -> Option<Option<TabId>> {
    match event {
        Event::Tabs { .. } => Some(None),
        Event::Text { tab, .. }
        | Event::Checked { tab, .. }
        | Event::State { tab, .. }
        | Event::Instance { tab, .. } => Some(Some(*tab)),
        _ => None,
    }
}

/// The newer of two changes of a text without its contents, so that the page requests the text.
fn without_change(older: &Event, newer: &Arc<Event>) -> Arc<Event> {
    match (older, &**newer) {
        (Event::Text { client: before, .. }, Event::Text { tab, revision, client, .. }) => {
            // If several windows made the changes, none of them is named.
            let client = if before == client { client.clone() } else { String::new() };
            Arc::new(Event::Text { tab: *tab, revision: *revision, client, change: None })
        }
        _ => Arc::clone(newer),
    }
}

/// The approximate size of an event in bytes: its length as JSON.
fn weight(event: &Event) -> usize {
    /// Counts the bytes that are written.
    struct ByteCount(usize);
    impl std::io::Write for ByteCount {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0 += bytes.len();
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    match event {
        Event::Console { chunks, .. } => {
            64 + chunks.iter().map(|chunk| chunk.text.len()).sum::<usize>()
        }
        Event::State { .. } => 256,
        event => {
            let mut count = ByteCount(0);
            // The protocol's types can always be written.
            let _ = serde_json::to_writer(&mut count, event);
            count.0
        }
    }
}

#[cfg(test)]
mod tests {
    use watshop_protocol::page::{ConsoleChunk, RunState, Stream, TextChange};

    use super::*;

    fn text(tab: u32, revision: u64, client: &str, insert: &str) -> Arc<Event> {
        let change = Some(TextChange { from: 0, to: 0, insert: insert.into(), length: 9 });
        Arc::new(Event::Text { tab: TabId(tab), revision, client: client.into(), change })
    }

    fn console(bytes: usize) -> Arc<Event> {
        let chunk = ConsoleChunk { stream: Stream::Stdout, text: "x".repeat(bytes) };
        Arc::new(Event::Console { tab: TabId(1), chunks: vec![chunk], skipped: 0 })
    }

    fn rest(queue: &mut EventQueue) -> Vec<Arc<Event>> {
        let next = || if let QueueItem::Event(event) = queue.next() { Some(event) } else { None };
        std::iter::from_fn(next).collect()
    }

    #[test]
    fn a_quick_listener_hears_every_step() {
        let mut queue = EventQueue::default();
        for revision in 0..SLOW as u64 {
            queue.push(&text(1, revision, "me", "a"));
        }
        assert_eq!(rest(&mut queue).len(), SLOW);
    }

    #[test]
    fn a_slow_listener_hears_the_newest_of_each_tab_in_order() {
        let mut queue = EventQueue::default();
        let state = |tab| Arc::new(Event::State { tab: TabId(tab), state: RunState::Idle });
        for revision in 0..1000 {
            queue.push(&text(1, revision, "me", "a"));
            queue.push(&text(2, revision, if revision % 2 == 0 { "me" } else { "you" }, "a"));
            queue.push(&state(1));
            queue.push(&Arc::new(Event::Tabs { tabs: vec![] }));
        }
        let heard = rest(&mut queue);
        let expected = [
            Event::Text { tab: TabId(1), revision: 999, client: "me".into(), change: None },
            Event::Text { tab: TabId(2), revision: 999, client: String::new(), change: None },
            Event::State { tab: TabId(1), state: RunState::Idle },
            Event::Tabs { tabs: vec![] },
        ];
        assert_eq!(heard.iter().map(|event| (**event).clone()).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn what_waits_has_a_bound_and_what_is_dropped_is_told_of_once() {
        let mut queue = EventQueue::default();
        for _ in 0..200 {
            queue.push(&console(100_000));
            assert!(queue.bytes <= MOST_BYTES);
        }
        queue.push(&text(1, 1, "me", "last"));
        let heard = rest(&mut queue);
        assert_eq!(*heard[0], Event::Behind);
        assert_eq!(heard.iter().filter(|event| ***event == Event::Behind).count(), 1);
        assert_eq!(heard.last(), Some(&text(1, 1, "me", "last")));
        assert_eq!(queue.bytes, 0);
        queue.push(&console(MOST_BYTES + 1));
        assert_eq!(rest(&mut queue).len(), 1, "one that is alone is told");
    }
}
