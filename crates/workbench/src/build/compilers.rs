//! The compiler processes: one of each compiler, started at its first job, with one job at a time.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use watshop_protocol::say;

use tokio::sync::{Mutex, watch};
use watshop_child::nanoseconds;
use watshop_parent::{ChildProcess, NoticeListener, RequestFailure};
use watshop_protocol::page::{
    CompileTimes, Compiler, CompilerState, Error, ErrorCode, Result, StopHow,
};
use watshop_protocol::passport::Passport;
use watshop_protocol::process::compiler::{
    Cancel, CompileJob, CompileOutcome, KEPT, Notice, Request,
};

use crate::activity::{RunGuard, stopped};
use crate::config::{Config, exhausted};

/// The time in which a compiler that was told to stop must reach its next step.
const GIVING_UP: Duration = Duration::from_millis(1500);

/// The time of a compiler before it is asked for a sign of life.
const PATIENCE: Duration = Duration::from_secs(2);

/// The time for a sign of life. A process that loads LLVM from a slow disk gives none for a moment.
const SILENCE: Duration = Duration::from_secs(4);

/// Every compiler, installed or not.
#[derive(Debug)]
pub(crate) struct Compilers {
    singlepass: CompilerQueue,
    cranelift: CompilerQueue,
    llvm: CompilerQueue,
}

/// One compiler and its queue, first come, first served.
struct CompilerQueue {
    compiler: Compiler,
    program: PathBuf,
    warm: Mutex<Option<WarmProcess>>,
}

impl std::fmt::Debug for CompilerQueue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Line").field("program", &self.program).finish_non_exhaustive()
    }
}

/// A process that has started, and the latest of its progress.
struct WarmProcess {
    process: ChildProcess<Request>,
    /// True as soon as the process has said that it is ready.
    ready: watch::Receiver<bool>,
    progress: watch::Receiver<Option<Progress>>,
    /// The hash of the module that it still has.
    has: Option<String>,
}

/// The progress of a job.
#[derive(Debug, Clone)]
pub(crate) struct Progress {
    job: u32,
    /// The compiler's own name of the step.
    pub step: String,
    /// The part that is done, 0 to 1, if it is known.
    pub fraction: Option<f32>,
}

/// A step of a job, for the caller that waits for it.
#[derive(Debug)]
pub(crate) enum JobProgress {
    /// The compiler's process is being started.
    Starting,
    /// The compiler compiles, with its progress as soon as it reports that.
    Compiling(Option<Progress>),
    /// The process gives no sign of life. This is said once in a job.
    Silent(Error),
}

/// The output of a job.
#[derive(Debug)]
pub(crate) enum JobOutput {
    /// A sealed artifact. `start_ns` is set if the process had to be started.
    Sealed {
        passport: Box<Passport>,
        start_ns: Option<u64>,
        compile_ns: u64,
        seal_ns: u64,
        /// The times of steps and functions, if they were measured.
        times: Option<Box<CompileTimes>>,
    },
    /// An object file, with its C header and the names of its symbols.
    Object { header: String, symbols: Vec<String> },
}

struct CompilerListener {
    ready: watch::Sender<bool>,
    progress: watch::Sender<Option<Progress>>,
}

impl NoticeListener<Notice> for CompilerListener {
    async fn notice(&mut self, notice: Notice, _: &[u8]) {
        match notice {
            Notice::Ready => {
                self.ready.send_replace(true);
            }
            Notice::Progress { job, step, fraction } => {
                self.progress.send_replace(Some(Progress { job, step, fraction }));
            }
        }
    }
}

impl Compilers {
    pub(crate) fn new(config: &Config) -> Self {
        let line = |compiler: Compiler| CompilerQueue {
            compiler,
            program: config.program(&format!("watshop-compiler-{}", compiler.as_str())),
            warm: Mutex::default(),
        };
        Self {
            singlepass: line(Compiler::Singlepass),
            cranelift: line(Compiler::Cranelift),
            llvm: line(Compiler::Llvm),
        }
    }

    /// The state of every compiler.
    pub(crate) fn states(&self) -> Vec<CompilerState> {
        let state = |line: &CompilerQueue| {
            let missing = (!line.program.is_file())
                .then(|| missing_compiler_error(line.compiler, &line.program));
            let missing = missing.map(|error| match (error.sentence(), error.help_sentence()) {
                (why, Some(help)) => say!("{why} {help}"),
                (why, None) => why,
            });
            CompilerState { compiler: line.compiler, missing }
        };
        Compiler::ALL.map(|compiler| state(self.line(compiler))).into()
    }

    /// The wanted compiler, or the first that is installed if that one is not. If none is
    /// installed, the wanted one stays.
    pub(crate) fn installed_or(&self, wanted: Compiler) -> Compiler {
        let installed = |compiler: &Compiler| self.line(*compiler).program.is_file();
        std::iter::once(wanted).chain(Compiler::ALL).find(installed).unwrap_or(wanted)
    }

    /// A name for a compiler's build, which the cache uses. Error `compiler_unavailable` if it is
    /// not installed.
    pub(crate) fn identify(&self, compiler: Compiler) -> Result<String> {
        let line = self.line(compiler);
        watshop_artifact::identify(&line.program)
            .map_err(|_| missing_compiler_error(compiler, &line.program))
    }

    /// Compiles and writes the job's file, after the jobs before it. An order to stop ends it
    /// within two seconds.
    ///
    /// Errors: those of the compiler, `compiler_unavailable`, `compiler_crashed`, `stopped`. After
    /// each of them the next job works.
    pub(crate) async fn make(
        &self,
        compiler: Compiler,
        job: CompileJob,
        module: Arc<[u8]>,
        guard: &mut RunGuard,
        tell: impl Fn(JobProgress),
    ) -> Result<JobOutput> {
        let line = self.line(compiler);
        let mut warm = tokio::select! {
            warm = line.warm.lock() => warm,
            () = guard.stopped() => {
                guard.was_stopped(StopHow::Cancelled);
                return Err(stopped());
            }
        };
        let began = Instant::now();
        let current = match warm.take().filter(|warm| warm.process.is_alive()) {
            Some(current) => warm.insert(current),
            None => warm.insert(line.start()?),
        };
        let start_ns = if *current.ready.borrow() {
            None
        } else {
            tell(JobProgress::Starting);
            current.starts(guard, &tell, compiler).await?;
            Some(nanoseconds(began.elapsed()))
        };
        tell(JobProgress::Compiling(None));
        let mut result = line.make(current, job, module, guard, &tell).await;
        if let Ok(JobOutput::Sealed { start_ns: started, .. }) = &mut result {
            *started = start_ns;
        }
        if !current.process.is_alive() {
            *warm = None;
        }
        result
    }

    /// Ends all processes.
    pub(crate) async fn end(&self) {
        for line in Compiler::ALL.map(|compiler| self.line(compiler)) {
            // A compiler with a job is killed with its last handle, which its run holds.
            if let Ok(mut warm) = line.warm.try_lock()
                && let Some(warm) = warm.take()
            {
                warm.process.kill().await;
            }
        }
    }

    fn line(&self, compiler: Compiler) -> &CompilerQueue {
        match compiler {
            Compiler::Singlepass => &self.singlepass,
            Compiler::Cranelift => &self.cranelift,
            Compiler::Llvm => &self.llvm,
        }
    }
}

impl WarmProcess {
    /// Waits until the process has started, because the system has a hundred megabytes of LLVM to
    /// load. If it dies meanwhile, the next request to it fails.
    async fn starts(
        &mut self,
        guard: &mut RunGuard,
        tell: impl Fn(JobProgress),
        compiler: Compiler,
    ) -> Result<()> {
        let process = self.process.clone();
        let silence = silence(&process);
        tokio::pin!(silence);
        let mut is_silent = false;
        loop {
            tokio::select! {
                () = async { drop(self.ready.wait_for(|ready| *ready).await) } => return Ok(()),
                () = &mut silence, if !is_silent => {
                    is_silent = true;
                    tell(JobProgress::Silent(silent_error(compiler, &process)));
                }
                () = guard.stopped() => {
                    guard.was_stopped(StopHow::Cancelled);
                    // A process that is only slow to load is waited for by the next run.
                    if is_silent {
                        process.kill().await;
                    }
                    return Err(stopped());
                }
            }
        }
    }
}

impl CompilerQueue {
    fn start(&self) -> Result<WarmProcess> {
        let (tell, progress) = watch::channel(None);
        let (announce, ready) = watch::channel(false);
        let listener = CompilerListener { ready: announce, progress: tell };
        match ChildProcess::start(&self.program, &[], listener) {
            Ok(process) => Ok(WarmProcess { process, ready, progress, has: None }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                Err(missing_compiler_error(self.compiler, &self.program))
            }
            Err(error) => {
                let message =
                    say!("The compiler `{}` cannot be started: {error}.", self.program.display());
                let failed = Error::new(ErrorCode::CompilerUnavailable, message);
                Err(match exhausted(&error) {
                    Some(help) => failed.help(help),
                    None => failed,
                })
            }
        }
    }

    async fn make(
        &self,
        warm: &mut WarmProcess,
        mut job: CompileJob,
        module: Arc<[u8]>,
        guard: &mut RunGuard,
        tell: impl Fn(JobProgress),
    ) -> Result<JobOutput> {
        job.again = warm.has.as_ref() == Some(&job.module_hash);
        warm.has = (module.len() <= KEPT).then(|| job.module_hash.clone());
        let bytes = (!job.again).then_some(module);
        let (id, answer) = warm.process.ask(job, bytes);
        tokio::pin!(answer);
        let process = warm.process.clone();
        let silence = silence(&process);
        tokio::pin!(silence);
        let mut is_silent = false;
        let answer = loop {
            tokio::select! {
                answer = &mut answer => break answer,
                () = &mut silence, if !is_silent => {
                    is_silent = true;
                    tell(JobProgress::Silent(silent_error(self.compiler, &process)));
                }
                () = guard.stopped() => {
                    guard.was_stopped(StopHow::Cancelled);
                    let (_, _cancelling) = warm.process.ask(Cancel { job: id }, None);
                    if tokio::time::timeout(GIVING_UP, &mut answer).await.is_err() {
                        warm.process.kill().await;
                    }
                    return Err(stopped());
                }
                Ok(()) = warm.progress.changed() => {
                    let now = warm.progress.borrow_and_update().clone();
                    if let Some(now) = now.filter(|now| now.job == id) {
                        tell(JobProgress::Compiling(Some(now)));
                    }
                }
            }
        };
        match answer {
            Ok((CompileOutcome::Sealed { passport, compile_ns, seal_ns, times }, _)) => {
                Ok(JobOutput::Sealed { passport, start_ns: None, compile_ns, seal_ns, times })
            }
            Ok((CompileOutcome::Object { header, symbols, compile_ns: _ }, _)) => {
                Ok(JobOutput::Object { header, symbols })
            }
            Err(RequestFailure::Unreadable(why)) => Err(Error::new(
                ErrorCode::CompilerCrashed,
                say!("The answer of {} cannot be read: {why}.", self.compiler.title()),
            )
            .help(say!("It probably belongs to another version of Watshop: `npm run build` makes the right one."))),
            Err(RequestFailure::Refused(error)) => Err(*error),
            Err(RequestFailure::Ended(end)) => Err(Error::new(
                ErrorCode::CompilerCrashed,
                say!("The {} process died: {end}.", self.compiler.title()),
            )
            .help(
                say!("Nothing else is lost; the next run starts a new one. Another compiler may take this module."),
            )),
        }
    }
}

/// Waits until a compiler gives no sign of life. Its reading thread is never busy, so it answers at
/// once, however long a compilation takes.
async fn silence(process: &ChildProcess<Request>) {
    loop {
        tokio::time::sleep(PATIENCE).await;
        // There is no job of this number, so nothing is cancelled.
        let (_, answer) = process.ask(Cancel { job: u32::MAX }, None);
        if tokio::time::timeout(SILENCE, answer).await.is_err() {
            return;
        }
    }
}

fn silent_error(compiler: Compiler, process: &ChildProcess<Request>) -> Error {
    let number = process.pid().map_or_else(String::new, |pid| format!(" (process {pid})"));
    Error::new(
        ErrorCode::CompilerSilent,
        say!("The compiler {}{number} does not answer.", compiler.title()),
    )
    .help(say!("An order to stop ends the process if it still does not answer."))
}

fn missing_compiler_error(compiler: Compiler, program: &Path) -> Error {
    let help = match compiler {
        Compiler::Llvm => {
            say!(
                "`npm run setup` installs LLVM 22 where the system has it (on Debian and Ubuntu the packages llvm-22-dev and \
             libpolly-22-dev) and `npm run build` builds the compiler with it."
            )
        }
        Compiler::Singlepass | Compiler::Cranelift => {
            say!(
                "`npm run build` makes it; WATSHOP_PROGRAMS names the folder where it is looked for."
            )
        }
    };
    let message =
        say!("{} is not installed: there is no `{}`.", compiler.title(), program.display());
    Error::new(ErrorCode::CompilerUnavailable, message).help(help)
}
