//! The events that wait for one listener. They have a bound, even for a slow listener and many
//! events.

use std::collections::VecDeque;
use std::mem::discriminant;
use std::sync::Arc;
use watshop_protocol::say;

use watshop_protocol::bounds::MOST_MESSAGE;
use watshop_protocol::page::{Error, ErrorCode, Event, TabId};
use watshop_protocol::written::written;

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
    waiting: VecDeque<Arc<Written>>,
    bytes: usize,
    /// True if many events waited, and some of them still do.
    slow: bool,
    behind: bool,
    closed: bool,
}

/// An event, and its JSON, which is written once for all windows.
#[derive(Debug)]
pub(crate) struct Written {
    event: Arc<Event>,
    json: Arc<str>,
}

impl Written {
    /// Writes an event. One that is too large becomes a notice that says so.
    pub(crate) fn new(event: Event) -> Self {
        match written(&event, MOST_MESSAGE as usize) {
            Ok(json) => Self { event: Arc::new(event), json: json.into() },
            Err(why) => {
                let error = Error::new(
                    ErrorCode::MessageTooLarge,
                    say!("Something has changed, and the page was not told: {why}."),
                )
                .help(say!("Make the module or its import object smaller."));
                let event = Event::Notice { error };
                let json = serde_json::to_string(&event).unwrap_or_default();
                Self { event: Arc::new(event), json: json.into() }
            }
        }
    }

    /// The event.
    pub(crate) fn event(&self) -> &Arc<Event> {
        &self.event
    }

    /// The event as JSON.
    pub(crate) fn json(&self) -> &Arc<str> {
        &self.json
    }
}

/// The next event of a queue.
pub(crate) enum QueueItem {
    Event(Arc<Written>),
    /// There is none yet.
    Nothing,
    /// There will be none.
    Closed,
}

impl EventQueue {
    /// Appends an event. For a slow listener it replaces the older ones that it makes needless. If
    /// there are still too many, the oldest go.
    pub(crate) fn push(&mut self, event: &Arc<Written>) {
        let mut event = Arc::clone(event);
        self.slow |= self.waiting.len() >= SLOW || self.bytes >= SLOW_BYTES;
        if self.slow {
            event = self.merge(event);
        }
        self.bytes += event.json.len();
        self.waiting.push_back(event);
        // A single event is sent, however large it is.
        while self.waiting.len() > MOST || (self.bytes > MOST_BYTES && self.waiting.len() > 1) {
            self.behind = true;
            self.bytes -= self.waiting.pop_front().map_or(0, |oldest| oldest.json.len());
        }
    }

    /// Closes the queue. No event follows.
    pub(crate) fn close(&mut self) {
        self.closed = true;
    }

    pub(crate) fn next(&mut self) -> QueueItem {
        if std::mem::take(&mut self.behind) {
            tracing::debug!("a listener fell behind");
            return QueueItem::Event(Arc::new(Written::new(Event::Behind)));
        }
        match self.waiting.pop_front() {
            Some(event) => {
                self.bytes -= event.json.len();
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
    fn merge(&mut self, event: Arc<Written>) -> Arc<Written> {
        let Some(tab) = newest_counts(&event.event) else { return event };
        let mut merged = Arc::clone(&event);
        let bytes = &mut self.bytes;
        self.waiting.retain(|older| {
            let same = discriminant(&*older.event) == discriminant(&*event.event)
                && newest_counts(&older.event) == Some(tab);
            if same {
                *bytes -= older.json.len();
                merged = without_change(&older.event, &merged);
            }
            !same
        });
        merged
    }
}

/// The tab of an event that says all that an older one of its kind could. `None` within for the row
/// of tabs and the compilers. Settings are not among them, because a page counts the events about its own changes.
fn newest_counts(event: &Event) -> Option<Option<TabId>> {
    match event {
        Event::Tabs { .. } | Event::Compilers { .. } | Event::Lessons { .. } => Some(None),
        Event::Text { tab, .. }
        | Event::Checked { tab, .. }
        | Event::State { tab, .. }
        | Event::LessonChecked { tab, .. }
        | Event::Instance { tab, .. } => Some(Some(*tab)),
        _ => None,
    }
}

/// The newer of two changes of a text without its contents, so that the page requests the text.
fn without_change(older: &Event, newer: &Arc<Written>) -> Arc<Written> {
    match (older, &*newer.event) {
        (Event::Text { client: before, .. }, Event::Text { tab, revision, client, .. }) => {
            // If several windows made the changes, none of them is named.
            let client = if before == client { client.clone() } else { String::new() };
            let text = Event::Text { tab: *tab, revision: *revision, client, change: None };
            Arc::new(Written::new(text))
        }
        _ => Arc::clone(newer),
    }
}

#[cfg(test)]
mod tests {
    use watshop_protocol::page::{ConsoleChunk, RunState, Stream, TextChange};

    use super::*;

    fn event(event: Event) -> Arc<Written> {
        Arc::new(Written::new(event))
    }

    fn text(tab: u32, revision: u64, client: &str, insert: &str) -> Arc<Written> {
        let change = Some(TextChange { from: 0, to: 0, insert: insert.into(), length: 9 });
        event(Event::Text { tab: TabId(tab), revision, client: client.into(), change })
    }

    fn console(bytes: usize) -> Arc<Written> {
        let chunk = ConsoleChunk { stream: Stream::Stdout, logged: false, text: "x".repeat(bytes) };
        event(Event::Console { tab: TabId(1), chunks: vec![chunk], skipped: 0, end: 0 })
    }

    fn rest(queue: &mut EventQueue) -> Vec<Arc<Event>> {
        let next = || match queue.next() {
            QueueItem::Event(event) => Some(Arc::clone(event.event())),
            _ => None,
        };
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
        let state = |tab| event(Event::State { tab: TabId(tab), state: RunState::Idle });
        for revision in 0..1000 {
            queue.push(&text(1, revision, "me", "a"));
            queue.push(&text(2, revision, if revision % 2 == 0 { "me" } else { "you" }, "a"));
            queue.push(&state(1));
            queue.push(&event(Event::Tabs { tabs: vec![] }));
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
        assert_eq!(heard.last(), Some(text(1, 1, "me", "last").event()));
        assert_eq!(queue.bytes, 0);
        queue.push(&console(MOST_BYTES + 1));
        assert_eq!(rest(&mut queue).len(), 1, "one that is alone is told");
    }

    #[test]
    fn an_event_over_its_bound_becomes_a_notice_with_a_code_of_its_own() {
        let heard = console(MOST_MESSAGE as usize);
        let Event::Notice { error } = &**heard.event() else { panic!("{heard:?}") };
        assert_eq!(error.code, ErrorCode::MessageTooLarge);
        assert!(heard.json().len() < 1000);
    }

    #[test]
    fn an_event_is_written_once_for_all_windows() {
        let told = text(1, 1, "me", "a");
        let (mut one, mut other) = (EventQueue::default(), EventQueue::default());
        for queue in [&mut one, &mut other] {
            queue.push(&told);
        }
        let json = |queue: &mut EventQueue| match queue.next() {
            QueueItem::Event(event) => Arc::clone(event.json()),
            _ => panic!("one waits"),
        };
        assert!(Arc::ptr_eq(&json(&mut one), &json(&mut other)));
    }
}
