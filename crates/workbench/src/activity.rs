//! A run or a call that is on its way, and how it is told to stop.

use std::sync::{Arc, Mutex};

use tokio::sync::watch;
use watshop_protocol::page::{Error, ErrorCode, Result, RunState, StopHow};

use crate::feed::Feed;
use crate::sync::lock;

/// What others hold of a run or call that is on its way.
#[derive(Debug, Clone)]
struct Activity {
    stop: Arc<watch::Sender<bool>>,
    over: watch::Receiver<Option<StopHow>>,
}

/// Where a tab keeps the run or call that is on its way; one at a time.
#[derive(Debug)]
pub(crate) struct Slot {
    current: Mutex<Option<Activity>>,
    feed: Arc<Feed>,
}

/// What the run or call itself holds until its [`end`](Self::end).
#[derive(Debug)]
pub(crate) struct Turn {
    slot: Arc<Slot>,
    stop: watch::Receiver<bool>,
    over: watch::Sender<Option<StopHow>>,
    how: Option<StopHow>,
    ended: bool,
}

impl Slot {
    /// An empty one. `feed` is told that the tab is idle after a run or call that came to no end.
    pub(crate) fn new(feed: &Arc<Feed>) -> Self {
        Self { current: Mutex::default(), feed: Arc::clone(feed) }
    }

    /// Whether nothing is on its way.
    pub(crate) fn is_free(&self) -> bool {
        lock(&self.current).is_none()
    }

    /// Tells what is on its way to stop, and waits until it has.
    pub(crate) async fn stop(&self) -> StopHow {
        let current = lock(&self.current).clone();
        match current {
            Some(activity) => activity.stop().await,
            None => StopHow::Idle,
        }
    }

    /// Takes the tab for a run or call. Error `busy` if it has one.
    pub(crate) fn begin(self: &Arc<Self>) -> Result<Turn> {
        let mut current = lock(&self.current);
        if current.is_some() {
            return Err(Error::new(
                ErrorCode::Busy,
                "This tab is in the middle of a run or a call.",
            )
            .help("Wait for it, or press Stop."));
        }
        let (stop, stopped) = watch::channel(false);
        let (over, ended) = watch::channel(None);
        *current = Some(Activity { stop: Arc::new(stop), over: ended });
        Ok(Turn { slot: Arc::clone(self), stop: stopped, over, how: None, ended: false })
    }
}

impl Activity {
    /// Tells it to stop and waits until it has.
    async fn stop(mut self) -> StopHow {
        self.stop.send_replace(true);
        match self.over.wait_for(Option::is_some).await {
            Ok(how) => how.unwrap_or(StopHow::Idle),
            // It ended without a word.
            Err(_) => StopHow::Idle,
        }
    }
}

impl Turn {
    /// When it is told to stop.
    pub(crate) async fn stopped(&mut self) {
        if self.stop.wait_for(|stop| *stop).await.is_err() {
            // Nobody is left who could say it.
            std::future::pending::<()>().await;
        }
    }

    /// The error `stopped` where it has been told to.
    pub(crate) fn go_on(&mut self) -> Result<()> {
        if !*self.stop.borrow() {
            return Ok(());
        }
        self.how = Some(StopHow::Cancelled);
        Err(stopped())
    }

    /// How it was stopped.
    pub(crate) fn was_stopped(&mut self, how: StopHow) {
        self.how = Some(how);
    }
}

impl Turn {
    /// Does the last thing of a run or call and frees the tab, as one: who hears of the end and
    /// presses Run again finds the tab free.
    pub(crate) fn end(mut self, last: impl FnOnce()) {
        self.free(last);
    }

    fn free(&mut self, last: impl FnOnce()) {
        let slot = Arc::clone(&self.slot);
        let mut current = lock(&slot.current);
        last();
        *current = None;
        self.ended = true;
        self.over.send_replace(Some(self.how.unwrap_or(StopHow::Idle)));
    }
}

impl Drop for Turn {
    /// Even a run that came to no end, for a fault of ours, leaves a tab that can be used.
    fn drop(&mut self) {
        if !self.ended {
            let feed = Arc::clone(&self.slot.feed);
            self.free(|| feed.set(RunState::Idle));
        }
    }
}

/// What a run ends with that a person stopped.
pub(crate) fn stopped() -> Error {
    Error::new(ErrorCode::Stopped, "Stopped.")
}
