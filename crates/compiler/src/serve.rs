use std::any::Any;
use std::collections::HashMap;
use std::io::{self, IsTerminal as _};
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use rkyv::util::AlignedVec;
use watshop_protocol::frame;
use watshop_protocol::page::{Compiler, DoneReply, Error, ErrorCode};
use watshop_protocol::process::Numbered;
use watshop_protocol::process::compiler::{Cancel, CompileJob, KEPT, Request};

use crate::compile::{CompileOutput, Configure, compile, refused, stopped};
use crate::meter::{CancelPanic, Meter};
use crate::outbox::Outbox;
use crate::{panics, system};

/// The time without work after which a process counts as idle.
const IDLE: Duration = Duration::from_secs(10);

/// The whole work of a compiler process. It reads requests from the standard input until that is
/// closed, compiles with the given compiler, and answers on the standard output.
pub fn serve(compiler: Compiler, configure: Configure) -> ExitCode {
    system::enlarge_stacks();
    system::keep_memory();
    log_to_stderr();
    panics::listen();
    match answer_requests(compiler, configure) {
        // The input is closed, so the result of a running compilation is not wanted any more.
        Ok(()) => system::end(0),
        Err(error) => {
            tracing::error!("the compiler process ends: {error:#}");
            system::end(1)
        }
    }
}

fn answer_requests(compiler: Compiler, configure: Configure) -> anyhow::Result<()> {
    let outbox = Outbox::open(system::claim_stdout()?)?;
    let (to_do, waiting) = channel();
    let desk = Desk { outbox: outbox.clone(), wanted: Wanted::default(), to_do };
    let wanted = desk.wanted.clone();
    thread::Builder::new()
        .name("compile".to_owned())
        .spawn(move || work(compiler, configure, &waiting, &wanted, &outbox))?;
    desk.outbox.ready();

    let mut input = io::stdin().lock();
    while let Some(frame) = frame::read(&mut input)? {
        desk.take(frame);
    }
    Ok(())
}

/// The side of the process that reads. It is never busy, so it gets every request to cancel at
/// once.
struct Desk {
    outbox: Outbox,
    wanted: Wanted,
    to_do: Sender<Work>,
}

/// A compilation that waits for its turn.
struct Work {
    id: u32,
    job: CompileJob,
    module: Module,
    cancelled: Arc<AtomicBool>,
}

/// A module inside the frame that it came in. So a large one is not copied.
struct Module {
    frame: Vec<u8>,
    range: Range<usize>,
}

impl Module {
    fn bytes(&self) -> &[u8] {
        &self.frame[self.range.clone()]
    }
}

impl Desk {
    fn take(&self, frame: Vec<u8>) {
        let Ok((json, bytes)) = frame::split(&frame) else {
            tracing::error!(length = frame.len(), "a frame is not laid out as one");
            return;
        };
        let range = frame.len() - bytes.len()..frame.len();
        let Numbered { id, message } = match serde_json::from_slice(json) {
            Ok(request) => request,
            Err(error) => return self.refuse(json, &error),
        };
        match message {
            Request::Compile(job) => {
                let cancelled = Arc::default();
                self.wanted.lock().insert(id, Arc::clone(&cancelled));
                // The receiver ends only together with the process.
                let _ =
                    self.to_do.send(Work { id, job, module: Module { frame, range }, cancelled });
            }
            Request::Cancel(Cancel { job }) => {
                if let Some(cancelled) = self.wanted.lock().get(&job) {
                    cancelled.store(true, Ordering::Relaxed);
                }
                self.outbox.answer::<Cancel>(id, Ok(DoneReply {}));
            }
        }
    }

    /// Answers a request that cannot be understood, because its sender waits for an answer.
    fn refuse(&self, json: &[u8], error: &serde_json::Error) {
        tracing::error!(%error, "a request is not understood");
        #[derive(serde::Deserialize)]
        struct Id {
            id: u32,
        }
        if let Ok(Id { id }) = serde_json::from_slice(json) {
            let message = format!("The compiler process does not understand the request: {error}.");
            self.outbox.refuse(id, Error::new(ErrorCode::BadRequest, message));
        }
    }
}

/// The running and the waiting compilations, with their flags.
#[derive(Clone, Default)]
struct Wanted(Arc<Mutex<HashMap<u32, Arc<AtomicBool>>>>);

impl Wanted {
    fn lock(&self) -> MutexGuard<'_, HashMap<u32, Arc<AtomicBool>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The side of the process that compiles, one module after the other.
fn work(
    compiler: Compiler,
    configure: Configure,
    waiting: &Receiver<Work>,
    wanted: &Wanted,
    outbox: &Outbox,
) {
    let mut kept: Option<(String, Module)> = None;
    let mut buffer = AlignedVec::new();
    while let Some(Work { id, job, module, cancelled }) = next(waiting, &mut buffer) {
        panics::forget();
        let module = match kept.take().filter(|(hash, _)| job.again && *hash == job.module_hash) {
            Some((_, before)) => before,
            None => module,
        };
        let meter = Meter::new(id, outbox.clone(), cancelled);
        // A panic may leave a compilation half done, but all of it is dropped. The next compilation
        // uses nothing of it.
        let result = catch_unwind(AssertUnwindSafe(|| {
            compile(compiler, configure, &job, module.bytes(), &meter, &mut buffer)
        }));
        let mut broken = false;
        let result = result.unwrap_or_else(|payload| {
            let (error, poisoned) = unwound(compiler, &*payload);
            broken = poisoned;
            Err(error)
        });
        wanted.lock().remove(&id);
        let (answer, _left) = match result {
            Ok(CompileOutput { answer, left }) => (Ok(answer), left),
            Err(error) => (Err(error), None),
        };
        outbox.answer::<CompileJob>(id, answer);
        kept = (module.bytes().len() <= KEPT).then_some((job.module_hash, module));
        if broken {
            // The panic broke something that outlives a compilation. A new process makes a new one.
            outbox.end(1);
        }
    }
}

/// Waits for work, and gives memory back after a long wait. `None` at the end.
fn next(waiting: &Receiver<Work>, buffer: &mut AlignedVec) -> Option<Work> {
    match waiting.recv_timeout(IDLE) {
        Ok(work) => Some(work),
        Err(RecvTimeoutError::Disconnected) => None,
        Err(RecvTimeoutError::Timeout) => {
            *buffer = AlignedVec::new();
            system::give_back_memory();
            waiting.recv().ok()
        }
    }
}

/// The error of a compilation that unwound. True if the next compilation would meet the same broken
/// state.
fn unwound(compiler: Compiler, payload: &(dyn Any + Send)) -> (Error, bool) {
    if payload.is::<CancelPanic>() {
        return (stopped(), false);
    }
    let words = panics::take(payload);
    (refused(compiler, &words), words.contains("PoisonError"))
}

fn log_to_stderr() {
    let filter = tracing_subscriber::EnvFilter::builder()
        .with_default_directive(tracing::level_filters::LevelFilter::WARN.into())
        .with_env_var("WATSHOP_LOG")
        .from_env_lossy();
    // The workbench shows the last lines of a process that died, so the log has no colours then.
    let colours = io::stderr().is_terminal();
    tracing_subscriber::fmt()
        .with_writer(io::stderr)
        .with_ansi(colours)
        .with_env_filter(filter)
        .init();
}
