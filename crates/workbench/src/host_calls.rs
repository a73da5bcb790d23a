//! The record of a tab's host calls.

use watshop_protocol::page::{CallsView, Error, ErrorCode, HostCall, Result};
use watshop_protocol::process::runner::{Answer, Request};

use crate::bench::Bench;
use crate::runner::unexpected;
use crate::tab::Tab;

/// Calls in one answer of a runner.
const PIECE: u32 = 1000;

impl Bench {
    /// Recorded calls after a sequence.
    pub(crate) async fn read_calls(&self, tab: &Tab, after: u64, limit: u32) -> Result<CallsView> {
        let view = {
            let held = tab.held();
            CallsView {
                generation: held.generation,
                calls: Vec::new(),
                last: 0,
                total: 0,
                dropped: 0,
                paused: held.calls_paused,
                replay: held.replay.as_ref().map(|calls| u32::try_from(calls.len()).unwrap_or(u32::MAX)),
            }
        };
        // Before the first Run, and after the runner died, nothing was called.
        let Some(runner) = tab.runner() else { return Ok(view) };
        match runner.ask(Request::Calls { after, limit: limit.min(PIECE) }).await {
            Ok((Answer::Calls { calls, last, total, dropped }, _)) => {
                Ok(CallsView { calls, last, total, dropped, ..view })
            }
            Ok((answer, _)) => Err(unexpected(&answer)),
            Err(lost) => Err(lost.into_error()),
        }
    }

    /// Forgets what was recorded.
    pub(crate) async fn clear_calls(&self, tab: &Tab) -> Result<()> {
        self.tell_recorder(tab, Request::ClearCalls).await
    }

    /// Turns recording off or on.
    pub(crate) async fn pause_calls(&self, tab: &Tab, paused: bool) -> Result<()> {
        tab.held().calls_paused = paused;
        self.tell_recorder(tab, Request::PauseCalls { paused }).await
    }

    /// Answers from the calls that are recorded now, or from the providers again.
    pub(crate) async fn replay_calls(&self, tab: &Tab, replay: bool) -> Result<()> {
        if !replay {
            tab.held().replay = None;
            return Ok(());
        }
        let mut kept = Vec::<HostCall>::new();
        loop {
            let after = kept.last().map_or(0, |call| call.sequence);
            let view = self.read_calls(tab, after, PIECE).await?;
            if view.dropped > 0 {
                return Err(refused(&format!(
                    "The first {} calls are not in the record any more, so it cannot be answered from",
                    view.dropped
                )));
            }
            let done = view.calls.is_empty();
            kept.extend(view.calls);
            if done {
                break;
            }
        }
        if kept.is_empty() {
            return Err(
                refused("No host call is recorded yet").help("Run the module, and let it call its host.")
            );
        }
        tab.held().replay = Some(kept);
        Ok(())
    }

    async fn tell_recorder(&self, tab: &Tab, request: Request) -> Result<()> {
        let Some(runner) = tab.runner() else { return Ok(()) };
        match runner.ask(request).await {
            Ok((Answer::Done, _)) => Ok(()),
            Ok((answer, _)) => Err(unexpected(&answer)),
            Err(lost) => Err(lost.into_error()),
        }
    }
}

fn refused(why: &str) -> Error {
    Error::new(ErrorCode::BadRequest, format!("{why}."))
}
