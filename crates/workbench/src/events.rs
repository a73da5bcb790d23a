//! Sends the events of a workbench to all listeners.

mod queue;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, Weak};

use tokio::sync::Notify;
use watshop_protocol::page::{Error, Event};

use crate::sync::lock;
use queue::{EventQueue, QueueItem, Written};

/// The sender of events.
#[derive(Debug, Default)]
pub(crate) struct Hub {
    listeners: Mutex<Vec<Weak<Listener>>>,
    /// Notices from before the first listener, which must not be missed.
    unheard: Mutex<VecDeque<Error>>,
}

#[derive(Debug, Default)]
struct Listener {
    queue: Mutex<EventQueue>,
    wake: Notify,
}

impl Hub {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Sends an event to all present listeners. Gives whether there are any; it is not an error if
    /// there are none.
    pub(crate) fn tell(&self, event: Event) -> bool {
        !lock(&self.listeners).is_empty() && self.spread(&Arc::new(Written::new(event)))
    }

    /// Reports a failure that is not the answer to a request. If there is no listener now, the
    /// first one gets it.
    pub(crate) fn notice(&self, error: Error) {
        tracing::warn!(code = error.code.as_str(), "{error}");
        let event = Written::new(Event::Notice { error: error.clone() });
        if !self.spread(&Arc::new(event)) {
            lock(&self.unheard).push_back(error);
        }
    }

    /// Sends an event. Gives whether there was a listener.
    fn spread(&self, event: &Arc<Written>) -> bool {
        // All listeners get all events in one order: the next is sent after this one.
        let mut listeners = lock(&self.listeners);
        listeners.retain(|listener| {
            let Some(listener) = listener.upgrade() else { return false };
            lock(&listener.queue).push(event);
            listener.wake.notify_one();
            true
        });
        !listeners.is_empty()
    }

    /// Adds a listener.
    pub(crate) fn subscribe(&self) -> Events {
        let listener = Arc::new(Listener::default());
        lock(&self.listeners).push(Arc::downgrade(&listener));
        Events { unheard: std::mem::take(&mut *lock(&self.unheard)), listener }
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        for listener in lock(&self.listeners).iter().filter_map(Weak::upgrade) {
            lock(&listener.queue).close();
            listener.wake.notify_one();
        }
    }
}

/// The events of one listener, in order.
#[derive(Debug)]
pub struct Events {
    unheard: VecDeque<Error>,
    listener: Arc<Listener>,
}

impl Events {
    /// The next event. It is [`Event::Behind`] once if this listener was too slow and some were
    /// dropped, and `None` when the workbench is gone. A cancelled call loses no event.
    ///
    /// A slow listener gets the present state, and not each step to it: the newest of a tab's text,
    /// state, instance, check and lesson's check, and of the row of tabs.
    pub async fn next(&mut self) -> Option<Arc<Event>> {
        self.next_written().await.map(|event| Arc::clone(event.event()))
    }

    /// The next event as JSON, otherwise like [`Self::next`]. It has a bound, and all listeners
    /// share it.
    pub async fn next_json(&mut self) -> Option<Arc<str>> {
        self.next_written().await.map(|event| Arc::clone(event.json()))
    }

    async fn next_written(&mut self) -> Option<Arc<Written>> {
        if let Some(error) = self.unheard.pop_front() {
            return Some(Arc::new(Written::new(Event::Notice { error })));
        }
        loop {
            let next = lock(&self.listener.queue).next();
            match next {
                QueueItem::Event(event) => return Some(event),
                QueueItem::Closed => return None,
                // A sender leaves a permit, so no event is missed in between.
                QueueItem::Nothing => self.listener.wake.notified().await,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use watshop_protocol::page::{ErrorCode, TabId};
    use watshop_protocol::say;

    use super::*;

    #[tokio::test]
    async fn who_falls_behind_is_told_so_and_goes_on() {
        let hub = Hub::new();
        let mut events = hub.subscribe();
        for n in 0..queue::MOST as u32 + 10 {
            hub.tell(Event::ConsoleCleared { tab: TabId(n) });
        }
        assert_eq!(*events.next().await.unwrap(), Event::Behind);
        assert_eq!(*events.next().await.unwrap(), Event::ConsoleCleared { tab: TabId(10) });
        drop(hub);
        while let Some(event) = events.next().await {
            assert_ne!(*event, Event::Behind, "told once");
        }
    }

    #[tokio::test]
    async fn a_notice_waits_for_its_first_listener() {
        let hub = Hub::new();
        hub.notice(Error::new(ErrorCode::State, say!("The state was damaged.")));
        let mut first = hub.subscribe();
        let mut second = hub.subscribe();
        hub.tell(Event::Behind);
        assert!(
            matches!(&*first.next().await.unwrap(), Event::Notice { error } if error.code == ErrorCode::State)
        );
        assert_eq!(*second.next().await.unwrap(), Event::Behind);
    }
}
