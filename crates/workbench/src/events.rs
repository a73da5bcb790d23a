//! What a workbench tells everybody who listens.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use tokio::sync::broadcast::{self, error::RecvError};
use watshop_protocol::page::{Error, Event};

use crate::sync::lock;

/// Events kept for a listener that is slow. At 60 a second that is some seconds; a console's event has
/// at most 128 KiB, so a listener that never listens costs at most 32 MiB.
const KEPT: usize = 256;

/// Where events are told.
#[derive(Debug)]
pub(crate) struct Hub {
    tell: broadcast::Sender<Arc<Event>>,
    /// What happened before anybody listened and must not be missed.
    unheard: Mutex<VecDeque<Error>>,
}

impl Hub {
    pub(crate) fn new() -> Self {
        Self { tell: broadcast::channel(KEPT).0, unheard: Mutex::default() }
    }

    /// Tells everybody who listens now.
    pub(crate) fn tell(&self, event: Event) {
        // Nobody listening is no error.
        let _ = self.tell.send(Arc::new(event));
    }

    /// Tells of something that failed without having been asked for. The first who listens hears it
    /// where nobody does now.
    pub(crate) fn notice(&self, error: Error) {
        tracing::warn!(code = error.code.as_str(), "{error}");
        if let Err(unheard) = self.tell.send(Arc::new(Event::Notice { error }))
            && let Event::Notice { error } = &*unheard.0
        {
            lock(&self.unheard).push_back(error.clone());
        }
    }

    /// A new listener.
    pub(crate) fn subscribe(&self) -> Events {
        let heard = self.tell.subscribe();
        Events { unheard: std::mem::take(&mut *lock(&self.unheard)), heard }
    }
}

/// What one listener hears, in order.
#[derive(Debug)]
pub struct Events {
    unheard: VecDeque<Error>,
    heard: broadcast::Receiver<Arc<Event>>,
}

impl Events {
    /// The next event; [`Event::Behind`] once where this listener was too slow and some were dropped,
    /// `None` when the workbench is gone. May be cancelled without losing an event.
    pub async fn next(&mut self) -> Option<Arc<Event>> {
        if let Some(error) = self.unheard.pop_front() {
            return Some(Arc::new(Event::Notice { error }));
        }
        match self.heard.recv().await {
            Ok(event) => Some(event),
            Err(RecvError::Lagged(dropped)) => {
                tracing::debug!(dropped, "a listener fell behind");
                Some(Arc::new(Event::Behind))
            }
            Err(RecvError::Closed) => None,
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
        for n in 0..KEPT as u32 + 10 {
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
