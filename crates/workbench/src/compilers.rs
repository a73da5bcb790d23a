//! The compiler processes: one of each, started at its first job, and one job at a time.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Mutex, watch};
use watshop_protocol::page::{Compiler, CompilerState, Error, ErrorCode, Result, StopHow};
use watshop_protocol::passport::Passport;
use watshop_protocol::process::compiler::{Answer, Job, KEPT, Notice, Request};

use crate::activity::{Turn, stopped};
use crate::config::Config;
use crate::process::{Failure, Listen, Process};

/// How long a compiler that was told to give up may take to its next step.
const GIVING_UP: Duration = Duration::from_millis(1500);

/// Every compiler, installed or not.
#[derive(Debug)]
pub(crate) struct Compilers {
    lines: [Line; Compiler::ALL.len()],
}

/// One compiler and those who wait for it, first come, first served.
struct Line {
    compiler: Compiler,
    program: PathBuf,
    warm: Mutex<Option<Warm>>,
}

impl std::fmt::Debug for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Line").field("program", &self.program).finish_non_exhaustive()
    }
}

/// A process that has started, and the latest of its progress.
struct Warm {
    process: Process<Request, Answer>,
    progress: watch::Receiver<Option<Progress>>,
    /// Hash of the module that it still has.
    has: Option<String>,
}

/// How far a job is.
#[derive(Debug, Clone)]
pub(crate) struct Progress {
    job: u32,
    /// The compiler's own word.
    pub step: String,
    /// 0 to 1, where it is known.
    pub fraction: Option<f32>,
}

/// What a job gave.
#[derive(Debug)]
pub(crate) enum Made {
    /// A sealed artifact.
    Sealed { passport: Passport, compile_ns: u64, seal_ns: u64 },
    /// An object file, with its C header and the names of its symbols.
    Object { header: String, symbols: Vec<String> },
}

struct Watch(watch::Sender<Option<Progress>>);

impl Listen<Notice> for Watch {
    async fn notice(&mut self, notice: Notice, _: &[u8]) {
        if let Notice::Progress { job, step, fraction } = notice {
            self.0.send_replace(Some(Progress { job, step, fraction }));
        }
    }
}

impl Compilers {
    pub(crate) fn new(config: &Config) -> Self {
        let line = |compiler: Compiler| Line {
            compiler,
            program: config.program(&format!("watshop-compiler-{}", compiler.as_str())),
            warm: Mutex::default(),
        };
        Self { lines: Compiler::ALL.map(line) }
    }

    /// Which are there.
    pub(crate) fn states(&self) -> Vec<CompilerState> {
        let state = |line: &Line| {
            let missing = (!line.program.is_file()).then(|| missing(line.compiler, &line.program));
            let missing = missing.map(|error| match error.help {
                Some(help) => format!("{} {help}", error.message),
                None => error.message,
            });
            CompilerState { compiler: line.compiler, missing }
        };
        self.lines.iter().map(state).collect()
    }

    /// Tells a compiler's build from others, for the cache. Error `compiler_unavailable` where it is not
    /// installed.
    pub(crate) fn identify(&self, compiler: Compiler) -> Result<String> {
        let line = self.line(compiler);
        watshop_artifact::identify(&line.program).map_err(|_| missing(compiler, &line.program))
    }

    /// Compiles and makes the job's file, when the ones before are done. Told to stop, it ends within two seconds.
    ///
    /// Errors: those of the compiler, `compiler_unavailable`, `compiler_crashed`, `stopped`. After each
    /// of them the next job works.
    pub(crate) async fn make(
        &self,
        compiler: Compiler,
        job: Job,
        module: Arc<[u8]>,
        turn: &mut Turn,
        progress: impl Fn(Option<Progress>),
    ) -> Result<Made> {
        let line = self.line(compiler);
        let mut warm = tokio::select! {
            warm = line.warm.lock() => warm,
            () = turn.stopped() => {
                turn.was_stopped(StopHow::Cancelled);
                return Err(stopped());
            }
        };
        progress(None);
        let current = match warm.take().filter(|warm| warm.process.is_alive()) {
            Some(current) => warm.insert(current),
            None => warm.insert(line.start()?),
        };
        let result = line.make(current, job, module, turn, progress).await;
        if !current.process.is_alive() {
            *warm = None;
        }
        result
    }

    /// Ends all of them.
    pub(crate) async fn end(&self) {
        for line in &self.lines {
            // One in the middle of a job is killed with its last handle, which its run holds.
            if let Ok(mut warm) = line.warm.try_lock()
                && let Some(warm) = warm.take()
            {
                warm.process.kill().await;
            }
        }
    }

    fn line(&self, compiler: Compiler) -> &Line {
        match compiler {
            Compiler::Singlepass => &self.lines[0],
            Compiler::Cranelift => &self.lines[1],
            Compiler::Llvm => &self.lines[2],
        }
    }
}

impl Line {
    fn start(&self) -> Result<Warm> {
        let (tell, progress) = watch::channel(None);
        match Process::start(&self.program, &[], Watch(tell)) {
            Ok(process) => Ok(Warm { process, progress, has: None }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                Err(missing(self.compiler, &self.program))
            }
            Err(error) => Err(Error::new(
                ErrorCode::CompilerUnavailable,
                format!("The compiler `{}` cannot be started: {error}.", self.program.display()),
            )),
        }
    }

    async fn make(
        &self,
        warm: &mut Warm,
        mut job: Job,
        module: Arc<[u8]>,
        turn: &mut Turn,
        progress: impl Fn(Option<Progress>),
    ) -> Result<Made> {
        job.again = warm.has.as_ref() == Some(&job.module_hash);
        warm.has = (module.len() <= KEPT).then(|| job.module_hash.clone());
        let bytes = (!job.again).then_some(module);
        let (id, answer) = warm.process.ask(Request::Compile(job), bytes);
        tokio::pin!(answer);
        let answer = loop {
            tokio::select! {
                answer = &mut answer => break answer,
                () = turn.stopped() => {
                    turn.was_stopped(StopHow::Cancelled);
                    let (_, _cancelling) = warm.process.ask(Request::Cancel { job: id }, None);
                    if tokio::time::timeout(GIVING_UP, &mut answer).await.is_err() {
                        warm.process.kill().await;
                    }
                    return Err(stopped());
                }
                Ok(()) = warm.progress.changed() => {
                    let now = warm.progress.borrow_and_update().clone();
                    if now.as_ref().is_some_and(|now| now.job == id) {
                        progress(now);
                    }
                }
            }
        };
        match answer {
            Ok((Answer::Compiled { passport, compile_ns, seal_ns }, _)) => {
                Ok(Made::Sealed { passport: *passport, compile_ns, seal_ns })
            }
            Ok((Answer::Object { header, symbols, compile_ns: _ }, _)) => {
                Ok(Made::Object { header, symbols })
            }
            Ok((Answer::Cancelling, _)) => Err(Error::new(
                ErrorCode::CompilerCrashed,
                format!("{} answered what it was not asked.", self.compiler.title()),
            )),
            Err(Failure::Refused(error)) => Err(*error),
            Err(Failure::Ended(end)) => Err(Error::new(
                ErrorCode::CompilerCrashed,
                format!("The {} process died: {end}.", self.compiler.title()),
            )
            .help(
                "Nothing else is lost; the next Run starts a new one. Another compiler may take this module.",
            )),
        }
    }
}

fn missing(compiler: Compiler, program: &Path) -> Error {
    let help = match compiler {
        Compiler::Llvm => {
            "`npm run setup` installs LLVM 22 where the system has it (on Debian and Ubuntu the packages llvm-22-dev and \
             libpolly-22-dev) and `npm run build` builds the compiler with it."
        }
        Compiler::Singlepass | Compiler::Cranelift => {
            "`npm run build` makes it; WATSHOP_PROGRAMS names the folder where it is looked for."
        }
    };
    let message = format!("{} is not installed: there is no `{}`.", compiler.title(), program.display());
    Error::new(ErrorCode::CompilerUnavailable, message).help(help)
}
