//! The runner process of a tab.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::sync::mpsc;
use watshop_parent::{ChildProcess, NoticeListener, ProcessEnd, RequestFailure};
use watshop_protocol::instance::{Request, Stop};
use watshop_protocol::page::{Error, ErrorCode, Layer, Result, StopHow, Stream};
use watshop_protocol::process::Ask;
use watshop_protocol::process::runner::Notice;

use crate::activity::{Turn, stopped};
use crate::config::exhausted;
use crate::console::Console;
use crate::feed::Feed;

/// The time between an order to stop and the kill of the process.
const STOPPING: Duration = Duration::from_millis(500);

/// A runner process.
pub(crate) struct Runner {
    process: ChildProcess<Request>,
    sandbox: Sandbox,
    ending: Ending,
}

/// True once a runner has said that it ends by itself.
pub(crate) type Ending = Arc<AtomicBool>;

/// The layers of a runner's sandbox, once it has reported them.
type Sandbox = Arc<OnceLock<Vec<Layer>>>;

impl std::fmt::Debug for Runner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Runner").field("pid", &self.process.pid()).finish()
    }
}

/// The receivers of a guest's output and of the progress of its calls.
pub(crate) struct Output {
    pub console: Arc<Console>,
    pub feed: Arc<Feed>,
    pub raw: Option<mpsc::Sender<(Stream, Vec<u8>)>>,
}

/// The listener to a runner's notices.
struct RunnerListener {
    output: Output,
    sandbox: Sandbox,
    ending: Ending,
}

impl NoticeListener<Notice> for RunnerListener {
    async fn notice(&mut self, notice: Notice, bytes: &[u8]) {
        let stream = match notice {
            Notice::Output { stream } => stream,
            Notice::Repeated(repeats) => return self.output.feed.repeated(repeats),
            Notice::Ending => return self.ending.store(true, Ordering::SeqCst),
            Notice::Ready { sandbox } => {
                for layer in sandbox.iter().filter(|layer| !layer.active) {
                    tracing::debug!(
                        layer.name,
                        layer.why_not,
                        "a layer of a runner's sandbox is missing"
                    );
                }
                // It is reported once. A second report of a faulty runner is ignored.
                let _ = self.sandbox.set(sandbox);
                return;
            }
        };
        match &self.output.raw {
            // A missing reader does not stop the guest here, because the shell does that.
            Some(raw) => drop(raw.send((stream, bytes.to_vec())).await),
            None => self.output.console.write(stream, bytes),
        }
    }
}

/// The reason why a runner gave no valid answer.
#[derive(Debug)]
pub(crate) enum Lost {
    /// It is alive and refuses.
    Refused(Error),
    /// It is gone, and with it the instance.
    Gone(Error),
}

impl Lost {
    /// The error in both cases.
    pub(crate) fn into_error(self) -> Error {
        match self {
            Self::Refused(error) | Self::Gone(error) => error,
        }
    }
}

/// The answer of a guest.
pub(crate) struct GuestAnswer<A> {
    pub answer: A,
    /// The error, if the guest was stopped at its limit.
    pub too_late: Option<Error>,
}

impl Runner {
    /// Starts a runner that may read only the artifacts in these folders.
    pub(crate) fn start(program: &Path, artifacts: &[PathBuf], output: Output) -> Result<Self> {
        let sandbox = Sandbox::default();
        let ending = Ending::default();
        let listener =
            RunnerListener { output, sandbox: Arc::clone(&sandbox), ending: Arc::clone(&ending) };
        let mut arguments: Vec<OsString> = vec!["--die-with-parent".into()];
        for folder in artifacts {
            arguments.extend(["--artifacts".into(), folder.clone().into()]);
        }
        let process = ChildProcess::start(program, &arguments, listener).map_err(|error| {
            Error::new(
                ErrorCode::RunnerCrashed,
                format!("The runner `{}` cannot be started: {error}.", program.display()),
            )
            .help(exhausted(&error).unwrap_or(
                "`npm run build` makes it; WATSHOP_PROGRAMS names the folder where it is looked for.",
            ))
        })?;
        Ok(Self { process, sandbox, ending })
    }

    /// The layers of the sandbox around its guest. They are empty before its first answer.
    pub(crate) fn sandbox(&self) -> Vec<Layer> {
        self.sandbox.get().cloned().unwrap_or_default()
    }

    /// True if it still takes requests.
    pub(crate) fn is_alive(&self) -> bool {
        self.process.is_alive() && !self.ending.load(Ordering::SeqCst)
    }

    /// Says whether its end is expected. It holds no handle.
    pub(crate) fn ending(&self) -> Ending {
        Arc::clone(&self.ending)
    }

    /// Waits until the process is gone. It holds no handle.
    pub(crate) fn ended(&self) -> impl Future<Output = ProcessEnd> + Send + use<> {
        self.process.ended()
    }

    /// Sends a request, and waits for the answer.
    pub(crate) async fn ask<R: Ask<Requests = Request>>(
        &self,
        request: R,
    ) -> Result<R::Answer, Lost> {
        Ok(self.ask_with(request, None).await?.0)
    }

    /// Sends a request with bytes, and waits for the answer with its bytes.
    pub(crate) async fn ask_with<R: Ask<Requests = Request>>(
        &self,
        request: R,
        bytes: Option<Arc<[u8]>>,
    ) -> Result<(R::Answer, Vec<u8>), Lost> {
        let (_, answer) = self.process.ask(request, bytes);
        answer.await.map_err(|failure| self.lost(failure))
    }

    /// Sends a request that lets the guest run. It ends when the guest is done, when the turn is
    /// told to stop, or at the limit. A guest that does not stop then is killed with its process.
    pub(crate) async fn ask_guest<R: Ask<Requests = Request>>(
        &self,
        request: R,
        turn: &mut Turn,
        limit: Option<Duration>,
    ) -> Result<GuestAnswer<R::Answer>, Lost> {
        let (_, answer) = self.process.ask(request, None);
        tokio::pin!(answer);
        let by_person = tokio::select! {
            answer = &mut answer => return self.in_time(answer),
            () = turn.stopped() => true,
            () = tokio::time::sleep(limit.unwrap_or_default()), if limit.is_some() => false,
        };
        let (_, _stopping) = self.process.ask(Stop {}, None);
        let error = if by_person { stopped() } else { took_too_long(limit.unwrap_or_default()) };
        let Ok(answer) = tokio::time::timeout(STOPPING, &mut answer).await else {
            turn.was_stopped(StopHow::Killed);
            self.process.kill().await;
            return Err(Lost::Gone(error.help(
                "The guest did not answer, so its process was killed; press Run to start anew.",
            )));
        };
        if by_person {
            turn.was_stopped(StopHow::Interrupted);
            return self.in_time(answer);
        }
        match answer {
            Err(RequestFailure::Refused(refused)) if refused.code == ErrorCode::Stopped => {
                Err(Lost::Refused(instead_of(*refused, error)))
            }
            Ok((answer, _)) => Ok(GuestAnswer { answer, too_late: Some(error) }),
            Err(failure) => Err(self.lost(failure)),
        }
    }

    fn in_time<A>(
        &self,
        answered: Result<(A, Vec<u8>), RequestFailure>,
    ) -> Result<GuestAnswer<A>, Lost> {
        let (answer, _) = answered.map_err(|failure| self.lost(failure))?;
        Ok(GuestAnswer { answer, too_late: None })
    }

    fn lost(&self, failure: RequestFailure) -> Lost {
        match failure {
            RequestFailure::Refused(error) => Lost::Refused(*error),
            RequestFailure::Ended(_) if self.ending.load(Ordering::SeqCst) => {
                Lost::Gone(ended_by_itself())
            }
            RequestFailure::Ended(end) => Lost::Gone(crashed(&end)),
            RequestFailure::Unreadable(why) => Lost::Gone(unreadable(&why)),
        }
    }

    /// Ends the process.
    pub(crate) async fn kill(&self) {
        self.process.kill().await;
    }
}

/// The error of a request to a runner that had said that it ends.
fn ended_by_itself() -> Error {
    Error::new(ErrorCode::NoInstance, "The instance ended with its last call.")
        .help("Press Run to make a new one.")
}

/// The error of a runner that died by itself.
pub(crate) fn crashed(end: &ProcessEnd) -> Error {
    Error::new(ErrorCode::RunnerCrashed, format!("The runner process died: {end}."))
        .help("The tab's text and settings are as they were; press Run to start a new one.")
}

/// The error of an answer that does not fit its request, from a runner of another version.
fn unreadable(why: &str) -> Error {
    Error::new(ErrorCode::RunnerCrashed, format!("The answer of the runner cannot be read: {why}."))
        .help("It probably belongs to another version of Watshop: `npm run build` makes the right one.")
}

/// The error of a guest that was stopped at its limit.
pub(crate) fn instead_of(stopped: Error, error: Error) -> Error {
    Error { frames: stopped.frames, at: stopped.at, ..error }
}

fn took_too_long(limit: Duration) -> Error {
    Error::new(
        ErrorCode::CallTime,
        format!("It ran longer than the tab's limit of {} ms.", limit.as_millis()),
    )
    .help("Raise the limit in the tab's settings, or check that the call ends at all.")
}

/// The error of a request that needs an instance if there is none.
pub(crate) fn no_instance() -> Error {
    Error::new(ErrorCode::NoInstance, "This tab has no instance.").help("Press Run to make one.")
}
