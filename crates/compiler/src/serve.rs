use std::any::Any;
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use rkyv::util::AlignedVec;
use watshop_child::{Attachment, Outbox, Received, answer_requests, end, take_pipes};
use watshop_protocol::page::{Compiler, DoneReply, Error};
use watshop_protocol::process::compiler::{Cancel, CompileJob, KEPT, Notice, Request};

use crate::compile::{CompileOutput, Configure, compile, refused, stopped};
use crate::meter::{CancelPanic, Meter};
use crate::{panics, system};

/// The time without work after which a process counts as idle.
const IDLE: Duration = Duration::from_secs(10);

/// The whole work of a compiler process. It reads requests from the standard input until that is
/// closed, compiles with the given compiler, and answers on the standard output.
pub fn serve(compiler: Compiler, configure: Configure) -> ExitCode {
    system::enlarge_stacks();
    system::keep_memory();
    watshop_child::log_to_stderr("warn");
    panics::listen();
    match read_requests(compiler, configure) {
        // The input is closed, so the result of a running compilation is not wanted any more.
        Ok(()) => end(0),
        Err(error) => {
            tracing::error!("the compiler process ends: {error:#}");
            end(1)
        }
    }
}

fn read_requests(compiler: Compiler, configure: Configure) -> anyhow::Result<()> {
    let (mut input, output) = take_pipes()?;
    let outbox = Arc::new(Outbox::default());
    let (to_do, waiting) = channel();
    let queue = Queue { outbox: Arc::clone(&outbox), wanted: Wanted::default(), to_do };
    let wanted = queue.wanted.clone();
    spawn("outbox", {
        let outbox = Arc::clone(&outbox);
        move || outbox.write_and_end(output)
    })?;
    spawn("compile", move || work(compiler, configure, &waiting, &wanted, &outbox))?;
    queue.outbox.notice(Notice::Ready);
    Ok(answer_requests(&mut input, &queue.outbox, |received| queue.take(received))?)
}

fn spawn(name: &str, body: impl FnOnce() + Send + 'static) -> std::io::Result<()> {
    thread::Builder::new().name(name.to_owned()).spawn(body).map(drop)
}

/// The side of the process that reads. It is never busy, so it gets every request to cancel at
/// once.
struct Queue {
    outbox: Arc<Outbox<Notice>>,
    wanted: Wanted,
    to_do: Sender<Work>,
}

/// A compilation that waits for its turn.
struct Work {
    id: u32,
    job: CompileJob,
    module: Attachment,
    cancelled: Arc<AtomicBool>,
}

impl Queue {
    fn take(&self, Received { id, request, bytes }: Received<Request>) {
        match request {
            Request::Compile(job) => {
                let cancelled = Arc::default();
                self.wanted.lock().insert(id, Arc::clone(&cancelled));
                // The receiver ends only together with the process.
                let _ = self.to_do.send(Work { id, job, module: bytes, cancelled });
            }
            Request::Cancel(Cancel { job }) => {
                if let Some(cancelled) = self.wanted.lock().get(&job) {
                    cancelled.store(true, Ordering::Relaxed);
                }
                self.outbox.answer_to::<Cancel>(id, Ok(DoneReply {}));
            }
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
    outbox: &Arc<Outbox<Notice>>,
) {
    let mut kept: Option<(String, Attachment)> = None;
    let mut buffer = AlignedVec::new();
    while let Some(Work { id, job, module, cancelled }) = next(waiting, &mut buffer) {
        panics::forget();
        let module = match kept.take().filter(|(hash, _)| job.again && *hash == job.module_hash) {
            Some((_, before)) => before,
            None => module,
        };
        let meter = Meter::new(id, Arc::clone(outbox), cancelled);
        // A panic may leave a compilation half done, but all of it is dropped. The next compilation
        // uses nothing of it.
        let result = catch_unwind(AssertUnwindSafe(|| {
            compile(compiler, configure, &job, &module, &meter, &mut buffer)
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
        outbox.answer_to::<CompileJob>(id, answer);
        kept = (module.len() <= KEPT).then_some((job.module_hash, module));
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
///
/// A lock that a panic has poisoned stays so. Only the words of the panic say that it met one, as
/// the payload of a panic of `unwrap` is text.
fn unwound(compiler: Compiler, payload: &(dyn Any + Send)) -> (Error, bool) {
    if payload.is::<CancelPanic>() {
        return (stopped(), false);
    }
    let words = panics::take(payload);
    (refused(compiler, &words), words.contains("PoisonError"))
}
