//! A run or a call in progress, and the way to stop it.

use std::sync::{Arc, Mutex};
use watshop_protocol::say;

use tokio::sync::watch;
use watshop_protocol::page::{Error, ErrorCode, Result, RunState, StopHow};

use crate::feed::Feed;
use crate::sync::lock;

/// A handle of a run or call in progress.
#[derive(Debug, Clone)]
struct RunHandle {
    stop: Arc<watch::Sender<bool>>,
    over: watch::Receiver<Option<StopHow>>,
}

/// The place of a tab's run or call. A tab has one at a time.
#[derive(Debug)]
pub(crate) struct RunSlot {
    current: Mutex<Option<RunHandle>>,
    feed: Arc<Feed>,
}

/// The run or call's own part, until its [`end`](Self::end).
#[derive(Debug)]
pub(crate) struct RunGuard {
    slot: Arc<RunSlot>,
    stop: watch::Receiver<bool>,
    over: watch::Sender<Option<StopHow>>,
    how: Option<StopHow>,
    ended: bool,
}

impl RunSlot {
    /// An empty slot. `feed` gets the idle state if a run or call is dropped before its end.
    pub(crate) fn new(feed: &Arc<Feed>) -> Self {
        Self { current: Mutex::default(), feed: Arc::clone(feed) }
    }

    /// True if no run or call is in progress.
    pub(crate) fn is_free(&self) -> bool {
        lock(&self.current).is_none()
    }

    /// Stops the run or call in progress, and waits until it has stopped.
    pub(crate) async fn stop(&self) -> StopHow {
        let current = lock(&self.current).clone();
        match current {
            Some(activity) => activity.stop().await,
            None => StopHow::Idle,
        }
    }

    /// Takes the tab for a run or call. Error `busy` if it has one.
    pub(crate) fn begin(self: &Arc<Self>) -> Result<RunGuard> {
        let mut current = lock(&self.current);
        if current.is_some() {
            return Err(Error::new(
                ErrorCode::Busy,
                say!("This tab is in the middle of a run or a call."),
            )
            .help(say!("Wait for its end.")));
        }
        let (stop, stopped) = watch::channel(false);
        let (over, ended) = watch::channel(None);
        *current = Some(RunHandle { stop: Arc::new(stop), over: ended });
        Ok(RunGuard { slot: Arc::clone(self), stop: stopped, over, how: None, ended: false })
    }
}

impl RunHandle {
    /// Tells it to stop, and waits until it has.
    async fn stop(mut self) -> StopHow {
        self.stop.send_replace(true);
        match self.over.wait_for(Option::is_some).await {
            Ok(how) => how.unwrap_or(StopHow::Idle),
            // It was dropped without an end.
            Err(_) => StopHow::Idle,
        }
    }
}

impl RunGuard {
    /// Waits for the order to stop.
    pub(crate) async fn stopped(&mut self) {
        if self.stop.wait_for(|stop| *stop).await.is_err() {
            // The sender is gone, so the order cannot come.
            std::future::pending::<()>().await;
        }
    }

    /// The error `stopped` if the order to stop has come.
    pub(crate) fn go_on(&mut self) -> Result<()> {
        if !*self.stop.borrow() {
            return Ok(());
        }
        self.how = Some(StopHow::Cancelled);
        Err(stopped())
    }

    /// Notes how it was stopped.
    pub(crate) fn was_stopped(&mut self, how: StopHow) {
        self.how = Some(how);
    }
}

impl RunGuard {
    /// Does the last step of a run or call and frees the tab, both as one. So a page that learns of
    /// the end and presses Run again finds the tab free.
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

impl Drop for RunGuard {
    /// Frees the tab even after a fault of ours, so that it can be used.
    fn drop(&mut self) {
        if !self.ended {
            let feed = Arc::clone(&self.slot.feed);
            self.free(|| feed.set(RunState::Idle));
        }
    }
}

/// The error of a run that a person stopped.
pub(crate) fn stopped() -> Error {
    Error::new(ErrorCode::Stopped, say!("Stopped."))
}
