//! What a workbench tells everybody who listens.

mod queue;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, Weak};

use tokio::sync::Notify;
use watshop_protocol::page::{Error, Event};

use crate::sync::lock;
use queue::{Next, Queue};

/// Where events are told.
#[derive(Debug, Default)]
pub(crate) struct Hub {
    listeners: Mutex<Vec<Weak<Listener>>>,
    /// What happened before anybody listened and must not be missed.
    unheard: Mutex<VecDeque<Error>>,
}

#[derive(Debug, Default)]
struct Listener {
    queue: Mutex<Queue>,
    wake: Notify,
}

impl Hub {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Tells everybody who listens now. Nobody listening is no error.
    pub(crate) fn tell(&self, event: Event) {
        self.spread(&Arc::new(event));
    }

    /// Tells of something that failed without having been asked for. The first who listens hears it
    /// where nobody does now.
    pub(crate) fn notice(&self, error: Error) {
        tracing::warn!(code = error.code.as_str(), "{error}");
        if !self.spread(&Arc::new(Event::Notice { error: error.clone() })) {
            lock(&self.unheard).push_back(error);
        }
    }

    /// Whether anybody heard it.
    fn spread(&self, event: &Arc<Event>) -> bool {
        // All of them hear all events in one order: the next one is told when this one is.
        let mut listeners = lock(&self.listeners);
        listeners.retain(|listener| {
            let Some(listener) = listener.upgrade() else { return false };
            lock(&listener.queue).push(event);
            listener.wake.notify_one();
            true
        });
        !listeners.is_empty()
    }

    /// A new listener.
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

/// What one listener hears, in order.
#[derive(Debug)]
pub struct Events {
    unheard: VecDeque<Error>,
    listener: Arc<Listener>,
}

impl Events {
    /// The next event; [`Event::Behind`] once where this listener was too slow and some were
    /// dropped, `None` when the workbench is gone. May be cancelled without losing an event.
    ///
    /// A listener that is slow hears of what is there now, and not of each step there: of a tab's
    /// text, state, instance and check, and of the row of tabs, the newest is told.
    pub async fn next(&mut self) -> Option<Arc<Event>> {
        if let Some(error) = self.unheard.pop_front() {
            return Some(Arc::new(Event::Notice { error }));
        }
        loop {
            let next = lock(&self.listener.queue).next();
            match next {
                Next::Event(event) => return Some(event),
                Next::Closed => return None,
                // Whoever tells leaves a permit, so nothing is missed in between.
                Next::Nothing => self.listener.wake.notified().await,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use watshop_protocol::page::{ErrorCode, TabId};

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
        hub.notice(Error::new(ErrorCode::State, "The state was damaged."));
        let mut first = hub.subscribe();
        let mut second = hub.subscribe();
        hub.tell(Event::Behind);
        assert!(
            matches!(&*first.next().await.unwrap(), Event::Notice { error } if error.code == ErrorCode::State)
        );
        assert_eq!(*second.next().await.unwrap(), Event::Behind);
    }
}
