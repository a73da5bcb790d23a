//! A run or a call that is on its way, and how it is told to stop.

use std::sync::Arc;

use tokio::sync::watch;
use watshop_protocol::page::{Error, ErrorCode, Result, RunState, StopHow};

use crate::sync::lock;
use crate::tab::Tab;

/// What others hold of a run or call that is on its way.
#[derive(Debug, Clone)]
pub(crate) struct Activity {
    stop: Arc<watch::Sender<bool>>,
    over: watch::Receiver<Option<StopHow>>,
}

/// What the run or call itself holds until its [`end`](Self::end).
#[derive(Debug)]
pub(crate) struct Turn {
    tab: Arc<Tab>,
    stop: watch::Receiver<bool>,
    over: watch::Sender<Option<StopHow>>,
    how: Option<StopHow>,
    ended: bool,
}

impl Activity {
    /// Takes the tab for a run or call. Error `busy` where it has one.
    pub(crate) fn begin(tab: &Arc<Tab>) -> Result<Turn> {
        let mut current = lock(&tab.activity);
        if current.is_some() {
            return Err(Error::new(ErrorCode::Busy, "This tab is in the middle of a run or a call.")
                .help("Wait for it, or press Stop."));
        }
        let (stop, stopped) = watch::channel(false);
        let (over, ended) = watch::channel(None);
        *current = Some(Self { stop: Arc::new(stop), over: ended });
        Ok(Turn { tab: Arc::clone(tab), stop: stopped, over, how: None, ended: false })
    }

    /// Tells it to stop and waits until it has.
    pub(crate) async fn stop(mut self) -> StopHow {
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
    /// Does the last thing of a run or call and frees the tab, as one: who hears of the end and presses
    /// Run again finds the tab free.
    pub(crate) fn end(mut self, last: impl FnOnce()) {
        self.free(last);
    }

    fn free(&mut self, last: impl FnOnce()) {
        let tab = Arc::clone(&self.tab);
        let mut current = lock(&tab.activity);
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
            let feed = Arc::clone(&self.tab.feed);
            self.free(|| feed.set(RunState::Idle));
        }
    }
}

/// What a run ends with that a person stopped.
pub(crate) fn stopped() -> Error {
    Error::new(ErrorCode::Stopped, "Stopped.")
}
