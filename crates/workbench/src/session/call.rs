//! Calling exports, and stopping.

use std::sync::Arc;
use std::time::Duration;

use watshop_protocol::instance::{Call, CallMany, Called, Request};
use watshop_protocol::page::{
    Error, ErrorCode, ExportState, Outcome, RecordKind, Repeats, Result, RunReport, RunState,
    Timings,
};
use watshop_protocol::process::Ask;
use watshop_protocol::process::runner::Ended;

use super::Session;
use super::record::Begun;
use crate::activity::Turn;
use crate::process::{GuestAnswer, Lost, Runner, instead_of, no_instance};
use crate::tabs::Tab;

/// The runner ends a call at its limit itself; where it does not within this, it is told to.
const GRACE: Duration = Duration::from_secs(1);

/// Most calls at once: their times are kept, to sort them, in 80 MB.
const MOST_CALLS: u32 = 10_000_000;

impl Session {
    /// Calls an export of the tab's instance; many times where it says how often. What is wrong
    /// with the name or the arguments is an error of the request; what goes wrong in the guest is
    /// in the report.
    pub(crate) async fn call(
        self: &Arc<Self>,
        tab: Arc<Tab>,
        export: String,
        arguments: Vec<String>,
        times: Option<u32>,
    ) -> Result<RunReport> {
        if times.is_some_and(|times| !(1..=MOST_CALLS).contains(&times)) {
            let message = format!("An export can be called 1 to {MOST_CALLS} times at once.");
            return Err(Error::new(ErrorCode::BadRequest, message));
        }
        let mut begun = Begun::new(RecordKind::Call, Some(export.clone()));
        let turn = tab.begin()?;
        let found = tab.runner().filter(|_| tab.held().instance.is_some());
        let Some(runner) = found else {
            turn.end(|| {});
            return Err(no_instance());
        };
        if let Some(made) = tab.held().made {
            begun.made_by(made);
        }
        let repeats = times.map(|times| Repeats { done: 0, times });
        tab.feed.set(RunState::Calling { export: export.clone(), repeats });
        let session = Arc::clone(self);
        let call = tokio::spawn(async move {
            session.call_to_the_end(tab, runner, turn, begun, (export, arguments, times)).await
        });
        call.await.unwrap_or_else(|error| {
            Err(Error::new(
                ErrorCode::RunnerCrashed,
                format!("The call ended before its time: {error}."),
            ))
        })
    }

    async fn call_to_the_end(
        self: Arc<Self>,
        tab: Arc<Tab>,
        runner: Arc<Runner>,
        mut turn: Turn,
        mut begun: Begun,
        (export, arguments, times): (String, Vec<String>, Option<u32>),
    ) -> Result<RunReport> {
        let mut timings = Timings::default();
        let (limit, shown) = {
            let held = tab.held();
            (held.settings.limits.call_ms, Arc::clone(&held.shown))
        };
        begun.of_revision(shown.revision());
        let outcome = match times {
            None => {
                let request = Call { export, arguments, limit_ms: limit };
                self.call_guest(&tab, &runner, &mut turn, request, &mut timings).await
            }
            Some(times) => {
                let request = CallMany { export, arguments, times, limit_ms: limit };
                self.repeat_guest(&tab, &runner, &mut turn, request, &mut timings, &mut begun).await
            }
        };
        let outcome = match outcome {
            Err(error) if is_of_the_request(error.code) => {
                turn.end(|| tab.feed.set(RunState::Idle));
                return Err(error);
            }
            Err(error) => Outcome::Failed { error: shown.explain(error).await },
            Ok(Outcome::Failed { error }) => Outcome::Failed { error: shown.explain(error).await },
            Ok(outcome) => outcome,
        };
        Ok(self.finish(&tab, turn, begun, timings, None, outcome))
    }

    /// One call, and the exports after it.
    pub(crate) async fn call_guest(
        &self,
        tab: &Tab,
        runner: &Runner,
        turn: &mut Turn,
        request: Call,
        timings: &mut Timings,
    ) -> Result<Outcome> {
        let limit = request.limit_ms;
        let patience = (limit > 0).then(|| Duration::from_millis(limit.into()) + GRACE);
        let GuestAnswer { answer: Called { call_ns, mut ended, exports }, too_late } =
            self.ask_for_calls(tab, runner, turn, request, patience).await?;
        timings.call = Some(call_ns);
        if let (Some(error), Ended::Failed(failed)) = (too_late, &mut ended)
            && failed.code == ErrorCode::Stopped
        {
            **failed = instead_of((**failed).clone(), error);
        }
        Ok(self.called(tab, runner, ended, exports))
    }

    /// Many calls, and the exports after them. The time limit is one for each, and the runner's own
    /// to keep.
    async fn repeat_guest(
        &self,
        tab: &Tab,
        runner: &Runner,
        turn: &mut Turn,
        request: CallMany,
        timings: &mut Timings,
        begun: &mut Begun,
    ) -> Result<Outcome> {
        let many = self.ask_for_calls(tab, runner, turn, request, None).await?.answer;
        timings.call = Some(many.call_ns);
        begun.measured(many.figures);
        Ok(self.called(tab, runner, many.ended, many.exports))
    }

    async fn ask_for_calls<R: Ask<Requests = Request>>(
        &self,
        tab: &Tab,
        runner: &Runner,
        turn: &mut Turn,
        request: R,
        patience: Option<Duration>,
    ) -> Result<GuestAnswer<R::Answer>> {
        runner.ask_guest(request, turn, patience).await.map_err(|lost| {
            if let Lost::Gone(_) = &lost {
                self.tabs.lose_runner(tab);
            }
            lost.into_error()
        })
    }

    fn called(
        &self,
        tab: &Tab,
        runner: &Runner,
        ended: Ended,
        exports: Vec<ExportState>,
    ) -> Outcome {
        if runner.is_alive() {
            let generation = tab.held().generation;
            self.tabs.set_instance(tab, Some(tab.view_of(generation, exports, runner)));
        } else {
            // It has told all that it had to tell; see `Notice::Ending`.
            self.tabs.lose_runner(tab);
        }
        match ended {
            Ended::Returned(results) => Outcome::Returned { results },
            Ended::Exited(status) => Outcome::Exited { status },
            Ended::Failed(error) => Outcome::Failed { error: *error },
        }
    }
}

/// What is wrong with what was asked, not with what the guest did.
fn is_of_the_request(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::UnknownExport
            | ErrorCode::NotAFunction
            | ErrorCode::ArgumentCount
            | ErrorCode::ArgumentType
    )
}
