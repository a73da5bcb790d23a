//! Reads and controls the record of a tab's host calls.

use watshop_protocol::Sentence;
use watshop_protocol::bounds::MOST_CALLS;
use watshop_protocol::instance::{Calls, ClearCalls, PauseCalls, ReadCalls, Request};
use watshop_protocol::page::{CallsView, DoneReply, Error, ErrorCode, HostCall, Result};
use watshop_protocol::process::Ask;
use watshop_protocol::say;

use super::Session;
use crate::process::RunnerError;
use crate::tabs::Tab;

impl Session {
    /// The recorded calls behind a sequence.
    pub(crate) async fn read_calls(&self, tab: &Tab, after: u64, limit: u32) -> Result<CallsView> {
        let view = {
            let held = tab.held();
            let count = |calls: usize| u32::try_from(calls).unwrap_or(u32::MAX);
            CallsView {
                generation: held.generation,
                calls: Vec::new(),
                last: 0,
                total: 0,
                dropped: 0,
                paused: held.calls_paused,
                replay: held.replay.as_ref().map(Vec::len).map(count),
                replayed: held.replayed.map(count),
            }
        };
        // Before the first Run, and after the runner died, there are no calls.
        let Some(runner) = tab.runner() else { return Ok(view) };
        let read = runner.ask(ReadCalls { after, limit }).await.map_err(RunnerError::into_error)?;
        let Calls { calls, last, total, dropped } = read;
        Ok(CallsView { calls, last, total, dropped, ..view })
    }

    /// Clears the record.
    pub(crate) async fn clear_calls(&self, tab: &Tab) -> Result<()> {
        self.tell_recorder(tab, ClearCalls {}).await
    }

    /// Turns recording off or on.
    pub(crate) async fn pause_calls(&self, tab: &Tab, paused: bool) -> Result<()> {
        tab.held().calls_paused = paused;
        self.tell_recorder(tab, PauseCalls { paused }).await
    }

    /// Lets host functions answer from the calls that are recorded now, or from the providers
    /// again.
    pub(crate) async fn replay_calls(&self, tab: &Tab, replay: bool) -> Result<()> {
        if !replay {
            tab.held().replay = None;
            return Ok(());
        }
        let mut kept = Vec::<HostCall>::new();
        loop {
            let after = kept.last().map_or(0, |call| call.sequence);
            let view = self.read_calls(tab, after, MOST_CALLS).await?;
            if view.dropped > 0 {
                return Err(refused_error(&say!(
                    "The first {} calls are not in the record any more, so it cannot be replayed",
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
            return Err(refused_error(&say!("No host call is recorded yet"))
                .help(say!("Run the module, and let it call its host.")));
        }
        tab.held().replay = Some(kept);
        Ok(())
    }

    pub(super) async fn tell_recorder<R>(&self, tab: &Tab, request: R) -> Result<()>
    where
        R: Ask<Requests = Request, Answer = DoneReply>,
    {
        let Some(runner) = tab.runner() else { return Ok(()) };
        let DoneReply {} = runner.ask(request).await.map_err(RunnerError::into_error)?;
        Ok(())
    }
}

fn refused_error(why: &Sentence) -> Error {
    Error::new(ErrorCode::BadRequest, say!("{why}."))
}
