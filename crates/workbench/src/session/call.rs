//! Calls exports, and stops calls.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use watshop_protocol::say;

use watshop_parent::timed;
use watshop_protocol::bounds::MOST_TIMES;
use watshop_protocol::instance::{Call, CallAnswer, CallMany, Request};
use watshop_protocol::page::{
    Error, ErrorCode, ExportList, Outcome, RecordKind, Repeats, Result, RunReport, RunState,
    Timings,
};
use watshop_protocol::process::Ask;
use watshop_protocol::process::runner::CallEnd;

use watshop_protocol::shown::shown;

use super::Session;
use super::record::RunStart;
use crate::activity::RunGuard;
use crate::process::{GuestAnswer, Runner, RunnerError, instead_of, no_instance};
use crate::tabs::Tab;

/// The extra time for a runner to end a call at its limit by itself. After that it is told to stop.
const GRACE: Duration = Duration::from_secs(1);

impl Session {
    /// Calls an export of the tab's instance, or many times if `times` is given. A wrong name or
    /// wrong arguments are an error of the request. A failure in the guest is in the report.
    pub(crate) async fn call(
        self: &Arc<Self>,
        tab: Arc<Tab>,
        export: String,
        arguments: Vec<String>,
        times: Option<u32>,
    ) -> Result<RunReport> {
        if times.is_some_and(|times| !(1..=MOST_TIMES).contains(&times)) {
            let message = say!("An export can be called 1 to {MOST_TIMES} times at once.");
            return Err(Error::new(ErrorCode::BadRequest, message));
        }
        let mut begun = RunStart::new(RecordKind::Call, Some(shown(&export)));
        let guard = tab.begin()?;
        tab.touched.store(true, Ordering::SeqCst);
        let found = tab.runner().filter(|_| tab.held().instance.is_some());
        let Some(runner) = found else {
            guard.end(|| {});
            return Err(no_instance());
        };
        if let Some(made) = tab.held().made {
            begun.made_by(made);
        }
        let repeats = times.map(|times| Repeats { done: 0, times });
        tab.feed.set(RunState::Calling { export: shown(&export), repeats });
        let session = Arc::clone(self);
        let call = async move {
            session.call_to_the_end(tab, runner, guard, begun, (export, arguments, times)).await
        };
        tokio::spawn(timed("call", call)).await.unwrap_or_else(|error| {
            Err(Error::new(
                ErrorCode::RunnerCrashed,
                say!("The call ended before its time: {error}."),
            ))
        })
    }

    async fn call_to_the_end(
        self: Arc<Self>,
        tab: Arc<Tab>,
        runner: Arc<Runner>,
        mut guard: RunGuard,
        mut begun: RunStart,
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
                self.call_guest(&tab, &runner, &mut guard, request, (&mut timings, &mut begun))
                    .await
            }
            Some(times) => {
                let request = CallMany { export, arguments, times, limit_ms: limit };
                self.repeat_guest(&tab, &runner, &mut guard, request, &mut timings, &mut begun)
                    .await
            }
        };
        let outcome = match outcome {
            Err(error) if is_of_the_request(error.code) => {
                guard.end(|| tab.feed.set(RunState::Idle));
                return Err(error);
            }
            Err(error) => Outcome::Failed { error: shown.explain(error).await },
            Ok(Outcome::Failed { error }) => Outcome::Failed { error: shown.explain(error).await },
            Ok(outcome) => outcome,
        };
        Ok(self.finish(&tab, guard, begun, timings, None, outcome))
    }

    /// Makes one call, and gets the exports after it.
    pub(crate) async fn call_guest(
        &self,
        tab: &Tab,
        runner: &Runner,
        guard: &mut RunGuard,
        request: Call,
        (timings, begun): (&mut Timings, &mut RunStart),
    ) -> Result<Outcome> {
        let limit = request.limit_ms;
        let patience = (limit > 0).then(|| Duration::from_millis(limit.into()) + GRACE);
        let GuestAnswer { answer, too_late } =
            self.ask_for_calls(tab, runner, guard, request, patience).await?;
        let CallAnswer { call_ns, instructions, mut ended, exports } = answer;
        timings.call = Some(call_ns);
        begun.counted(instructions);
        if let (Some(error), CallEnd::Failed(failed)) = (too_late, &mut ended)
            && failed.code == ErrorCode::Stopped
        {
            **failed = instead_of((**failed).clone(), error);
        }
        Ok(self.called(tab, runner, ended, exports))
    }

    /// Makes many calls, and gets the exports after them. The time limit is one for each call, and
    /// the runner keeps it.
    async fn repeat_guest(
        &self,
        tab: &Tab,
        runner: &Runner,
        guard: &mut RunGuard,
        request: CallMany,
        timings: &mut Timings,
        begun: &mut RunStart,
    ) -> Result<Outcome> {
        let many = self.ask_for_calls(tab, runner, guard, request, None).await?.answer;
        timings.call = Some(many.call_ns);
        begun.measured(many.figures);
        begun.counted(many.instructions);
        Ok(self.called(tab, runner, many.ended, many.exports))
    }

    async fn ask_for_calls<R: Ask<Requests = Request>>(
        &self,
        tab: &Tab,
        runner: &Runner,
        guard: &mut RunGuard,
        request: R,
        patience: Option<Duration>,
    ) -> Result<GuestAnswer<R::Answer>> {
        runner.ask_guest(request, guard, patience).await.map_err(|lost| {
            if let RunnerError::Gone(_) = &lost {
                self.tabs.lose_runner(tab);
            }
            super::blame(tab, lost.into_error())
        })
    }

    fn called(&self, tab: &Tab, runner: &Runner, ended: CallEnd, exports: ExportList) -> Outcome {
        if runner.is_alive() {
            let generation = tab.held().generation;
            self.tabs.set_instance(tab, Some(tab.view_of(generation, exports, runner)));
        } else {
            // The runner has sent everything, see `Notice::Ending`.
            self.tabs.lose_runner(tab);
        }
        match ended {
            CallEnd::Returned(results) => Outcome::Returned { results },
            CallEnd::Exited(status) => Outcome::Exited { status },
            CallEnd::Failed(error) => Outcome::Failed { error: *error },
        }
    }
}

/// True if the request is wrong, and not the guest.
fn is_of_the_request(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::UnknownExport
            | ErrorCode::NotAFunction
            | ErrorCode::ArgumentCount
            | ErrorCode::ArgumentType
    )
}
