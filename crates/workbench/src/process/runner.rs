//! The runner process of a tab.

use std::convert::Infallible;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use watshop_protocol::say;

use tokio::sync::mpsc;
use watshop_parent::{ChildProcess, NoticeListener, ProcessEnd, RequestFailure};
use watshop_protocol::instance::{InputTaken, ReadCalls, Request, Stop, WriteInput};
use watshop_protocol::page::{Error, ErrorCode, Import, Layer, Result, StopHow, Stream};
use watshop_protocol::process::Ask;
use watshop_protocol::process::runner::Notice;
use watshop_protocol::process::streams::StreamKind;
use watshop_protocol::wasi;

use super::failure::{
    crashed, ended_by_itself, instead_of, missing_wasix, took_too_long, unreadable,
};
use super::patience::InputWaits;
use crate::activity::{RunGuard, stopped};
use crate::config::{RunnerFolder, exhausted};
use crate::console::Console;
use crate::feed::Feed;

/// The time between an order to stop and the kill of the process.
const STOPPING: Duration = Duration::from_millis(500);

/// The time of a runner for a question. After it, the runner is asked for a sign of life.
const PATIENCE: Duration = Duration::from_secs(2);

/// The time between two looks at the memory of a runner whose guest runs.
const MEASURED: Duration = Duration::from_millis(100);

/// The time for a sign of life, on a busy machine. The thread that gives it does nothing else.
const SILENCE: Duration = Duration::from_secs(3);

/// The runners by the system interfaces of their guests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RunnerKind {
    /// They can import WASI, and no other system interface.
    Light,
    /// They can import WASIX too.
    Wasix,
}

impl RunnerKind {
    /// The kind for a module that needs WASIX or does not.
    pub(crate) fn with_wasix(needed: bool) -> Self {
        if needed { Self::Wasix } else { Self::Light }
    }

    /// The kind for a module with these imports.
    pub(crate) fn of(imports: &[Import]) -> Self {
        Self::with_wasix(imports.iter().any(|import| wasi::is_wasix(&import.module)))
    }

    /// The name of the executable.
    pub(crate) const fn program(self) -> &'static str {
        match self {
            Self::Light => "watshop-runner",
            Self::Wasix => wasi::WASIX_RUNNER,
        }
    }
}

/// A runner process.
pub(crate) struct Runner {
    kind: RunnerKind,
    process: ChildProcess<Request>,
    sandbox: Sandbox,
    ending: Ending,
    input_waits: InputWaits,
    /// The bytes of memory that it had when it was last measured.
    memory: AtomicU64,
    /// The folders of its WASI programs.
    folders: Vec<RunnerFolder>,
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
    pub input_wanted: Option<mpsc::Sender<()>>,
    /// True while the guest's output goes nowhere.
    pub muted: Arc<AtomicBool>,
}

impl Output {
    fn input_wanted(&self) {
        self.feed.input_wanted();
        if let Some(wanted) = &self.input_wanted {
            // If it is full, the shell has not yet followed the last one.
            let _ = wanted.try_send(());
        }
    }
}

/// The listener to a runner's notices.
struct RunnerListener {
    output: Output,
    sandbox: Sandbox,
    ending: Ending,
    input_waits: InputWaits,
}

impl NoticeListener<Notice> for RunnerListener {
    async fn notice(&mut self, notice: Notice, bytes: &[u8]) {
        let source = match notice {
            Notice::Output(_) if self.output.muted.load(Ordering::SeqCst) => return,
            Notice::Output(source) => source,
            Notice::Repeated(repeats) => return self.output.feed.repeated(repeats),
            Notice::InputWanted => {
                self.input_waits.set(true);
                return self.output.input_wanted();
            }
            Notice::Ending => return self.ending.store(true, Ordering::SeqCst),
            Notice::Ready { sandbox } => {
                for layer in sandbox.iter().filter(|layer| !layer.active) {
                    tracing::debug!(
                        layer.name,
                        why_not = layer.why_not.as_deref(),
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
            Some(raw) => drop(raw.send((source.stream, bytes.to_vec())).await),
            None => self.output.console.write(source, bytes).await,
        }
    }
}

/// The reason why a runner gave no valid answer.
#[derive(Debug)]
pub(crate) enum RunnerError {
    /// It is alive and refuses.
    Refused(Error),
    /// It is gone, and with it the instance.
    Gone(Error),
}

impl RunnerError {
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
    /// Starts a runner that may read only the artifacts in these folders, and give WASI programs
    /// only these folders of the host, and tell them these kinds of their streams.
    pub(crate) fn start(
        kind: RunnerKind,
        program: &Path,
        artifacts: &[PathBuf],
        folders: &[RunnerFolder],
        streams: Option<[StreamKind; 3]>,
        output: Output,
    ) -> Result<Self> {
        let sandbox = Sandbox::default();
        let ending = Ending::default();
        let input_waits = InputWaits::new();
        let listener = RunnerListener {
            output,
            sandbox: Arc::clone(&sandbox),
            ending: Arc::clone(&ending),
            input_waits: input_waits.clone(),
        };
        let mut arguments: Vec<OsString> = vec!["--die-with-parent".into()];
        for folder in artifacts {
            arguments.extend(["--artifacts".into(), folder.clone().into()]);
        }
        for RunnerFolder { host, guest, access, bounded } in folders {
            let option = if *bounded { "--held-folder" } else { "--folder" };
            arguments.extend([option.into(), access.as_str().into()]);
            arguments.extend([host.into(), guest.into()]);
        }
        if let Some(kinds) = streams {
            arguments.extend(["--streams".into(), StreamKind::word(kinds).into()]);
        }
        let process = ChildProcess::start(program, &arguments, listener).map_err(|error| {
            if kind == RunnerKind::Wasix && error.kind() == std::io::ErrorKind::NotFound {
                return missing_wasix(program);
            }
            Error::new(
                ErrorCode::RunnerCrashed,
                say!("The runner `{}` cannot be started: {error}.", program.display()),
            )
            .help(exhausted(&error).unwrap_or_else(|| {
                say!("`npm run build` makes it; WATSHOP_PROGRAMS names the folder where it is looked for.")
            }))
        })?;
        let folders = folders.to_vec();
        let memory = AtomicU64::new(0);
        Ok(Self { kind, process, sandbox, ending, input_waits, memory, folders })
    }

    /// The kind, by the imports of its guests.
    pub(crate) fn kind(&self) -> RunnerKind {
        self.kind
    }

    /// Returns true if these are the folders that it was started with. It can open no others.
    pub(crate) fn has_folders(&self, folders: &[RunnerFolder]) -> bool {
        self.folders == folders
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
    ) -> Result<R::Answer, RunnerError> {
        Ok(self.ask_with(request, None).await?.0)
    }

    /// Sends a request with bytes, and waits for the answer with its bytes.
    pub(crate) async fn ask_with<R: Ask<Requests = Request>>(
        &self,
        request: R,
        bytes: Option<Arc<[u8]>>,
    ) -> Result<(R::Answer, Vec<u8>), RunnerError> {
        let (_, answer) = self.process.ask(request, bytes);
        tokio::select! {
            biased;
            answer = answer => answer.map_err(|failure| self.lost(failure)),
            () = self.silent() => Err(RunnerError::Refused(self.is_silent())),
        }
    }

    /// Waits until the runner gives no sign of life any more. A long answer does not keep it from one.
    async fn silent(&self) {
        loop {
            tokio::time::sleep(PATIENCE).await;
            if !self.answers(SILENCE).await {
                return;
            }
        }
    }

    /// True if the runner answers a question that costs nothing.
    async fn answers(&self, within: Duration) -> bool {
        let (_, answer) = self.process.ask(ReadCalls { after: u64::MAX, limit: 0 }, None);
        tokio::time::timeout(within, answer).await.is_ok()
    }

    /// Notes the memory of the process while its guest runs, for the error of its death.
    async fn measure(&self) -> Infallible {
        loop {
            tokio::time::sleep(MEASURED).await;
            let about = self.process.pid().map(|pid| format!("/proc/{pid}/status"));
            let about = about.and_then(|path| std::fs::read_to_string(path).ok());
            // A process that has just died has none.
            if let Some(bytes) = about.and_then(|about| resident(&about)) {
                self.memory.store(bytes, Ordering::Relaxed);
            }
        }
    }

    fn is_silent(&self) -> Error {
        let process =
            self.process.pid().map_or_else(String::new, |pid| format!(" (process {pid})"));
        Error::new(
            ErrorCode::RunnerSilent,
            say!("The runner of this tab{process} does not answer."),
        )
    }

    /// Ends the runner if it does not answer, and gives true if it ended it.
    pub(crate) async fn kill_if_silent(&self) -> bool {
        if self.answers(STOPPING).await {
            return false;
        }
        // A person asked for it, so it is not a crash.
        self.ending.store(true, Ordering::SeqCst);
        self.process.kill().await;
        true
    }

    /// Gives the guest bytes of its standard input. After them the input is at its `end`.
    pub(crate) async fn write_input(
        &self,
        bytes: Arc<[u8]>,
        end: bool,
    ) -> Result<InputTaken, RunnerError> {
        // A guest that wants more says so again, perhaps before this answer.
        self.input_waits.set(false);
        Ok(self.ask_with(WriteInput { end }, Some(bytes)).await?.0)
    }

    /// Sends a request that lets the guest run. It ends when the guest is done, when the turn is
    /// told to stop, or at the limit. A guest that does not stop then is killed with its process.
    pub(crate) async fn ask_guest<R: Ask<Requests = Request>>(
        &self,
        request: R,
        turn: &mut RunGuard,
        limit: Option<Duration>,
    ) -> Result<GuestAnswer<R::Answer>, RunnerError> {
        self.input_waits.set(false);
        let (_, answer) = self.process.ask(request, None);
        tokio::pin!(answer);
        let by_person = tokio::select! {
            answer = &mut answer => return self.in_time(answer),
            never = self.measure() => match never {},
            () = turn.stopped() => true,
            () = self.input_waits.pass(limit.unwrap_or_default()), if limit.is_some() => false,
        };
        let (_, _stopping) = self.process.ask(Stop {}, None);
        let error = if by_person { stopped() } else { took_too_long(limit.unwrap_or_default()) };
        let Ok(answer) = tokio::time::timeout(STOPPING, &mut answer).await else {
            turn.was_stopped(StopHow::Killed);
            self.process.kill().await;
            return Err(RunnerError::Gone(
                error.help(say!("The guest did not answer, so its process was killed.")),
            ));
        };
        if by_person {
            turn.was_stopped(StopHow::Interrupted);
            return self.in_time(answer);
        }
        match answer {
            Err(RequestFailure::Refused(refused)) if refused.code == ErrorCode::Stopped => {
                Err(RunnerError::Refused(instead_of(*refused, error)))
            }
            Ok((answer, _)) => Ok(GuestAnswer { answer, too_late: Some(error) }),
            Err(failure) => Err(self.lost(failure)),
        }
    }

    fn in_time<A>(
        &self,
        answered: Result<(A, Vec<u8>), RequestFailure>,
    ) -> Result<GuestAnswer<A>, RunnerError> {
        let (answer, _) = answered.map_err(|failure| self.lost(failure))?;
        Ok(GuestAnswer { answer, too_late: None })
    }

    fn lost(&self, failure: RequestFailure) -> RunnerError {
        match failure {
            RequestFailure::Refused(error) => RunnerError::Refused(*error),
            RequestFailure::Ended(_) if self.ending.load(Ordering::SeqCst) => {
                RunnerError::Gone(ended_by_itself())
            }
            RequestFailure::Ended(end) => {
                RunnerError::Gone(crashed(&end, self.memory.load(Ordering::Relaxed)))
            }
            RequestFailure::Unreadable(why) => RunnerError::Gone(unreadable(&why)),
        }
    }

    /// Ends the process.
    pub(crate) async fn kill(&self) {
        self.process.kill().await;
    }
}

/// The bytes of memory of a process, from the system's lines about it.
fn resident(about: &str) -> Option<u64> {
    let line = about.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().strip_suffix(" kB")?.parse::<u64>().ok()? << 10)
}
