//! The guest's thread: it owns the module, the store and the instance, and does one job after another.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::Receiver;
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

use watshop_protocol::page::{Error, ErrorCode, Result};
use watshop_protocol::process::runner::{Answer, Request};

use crate::exports::Shown;
use crate::host::record::Recorder;
use crate::instantiate::{Live, NotMade, Plan, instantiate};
use crate::load::{Loaded, load, load_beside};
use crate::memory::{grow, snapshot};
use crate::stop::{Running, Stop};
use crate::wire::Outbox;
use crate::{call, externals, repeat, trap, types};

/// One request that waits for its turn.
pub struct Job {
    /// Of the request.
    pub id: u32,
    /// See [`Stop::submit`].
    pub number: u64,
    /// One that is not answered while a guest runs.
    pub request: Request,
}

/// What the thread holds between jobs.
pub struct Guest {
    stop: Arc<Stop>,
    outbox: Arc<Outbox>,
    shown: Arc<Shown>,
    calls: Arc<Recorder>,
    live: Option<Live>,
    loaded: Option<Loaded>,
}

impl Guest {
    /// With nothing loaded.
    pub fn new(stop: Arc<Stop>, outbox: Arc<Outbox>, shown: Arc<Shown>, calls: Arc<Recorder>) -> Self {
        Self { stop, outbox, shown, calls, live: None, loaded: None }
    }

    /// Does what comes, until nobody sends any more.
    pub fn work(mut self, jobs: &Receiver<Job>) {
        for job in jobs {
            let stop = self.stop.clone();
            let result = match stop.begin(job.number) {
                Err(reason) => Err(trap::stopped(reason)),
                Ok(running) => catch_unwind(AssertUnwindSafe(|| self.answer(job.request, &running)))
                    .unwrap_or_else(|panic| Err(call::panicked(&*panic))),
            };
            self.outbox.answer(job.id, result);
        }
    }

    fn answer(&mut self, request: Request, running: &Running<'_>) -> Result<Answer> {
        match request {
            Request::Load { sealed, payload_hash, own } => {
                // Before anything is answered: where the file was damaged under its mapping, letting go of it can end
                // the process, and whoever asked must hear of that now.
                self.drop_instance();
                self.loaded = None;
                let begun = Instant::now();
                let loaded = load(&sealed, payload_hash.as_deref(), own)?;
                let load_ns = nanoseconds(begun.elapsed());
                let (imports, exports) = (types::imports(&loaded.module), types::exports(&loaded.module));
                self.loaded = Some(loaded);
                not_stopped(running)?;
                Ok(Answer::Loaded { load_ns, imports, exports })
            }
            Request::Instantiate { limits, wasi, unknown_imports, host } => {
                self.drop_instance();
                let loaded = self.loaded.as_ref().ok_or_else(nothing)?;
                self.calls.reset(host.paused);
                let linked: Result<Vec<_>> = host
                    .linked
                    .iter()
                    .map(|of| load_beside(&loaded.engine, &of.sealed, Some(&of.payload_hash), false))
                    .collect();
                let linked: Vec<_> = host.linked.iter().zip(linked?).collect();
                for (of, neighbour) in &linked {
                    same_compiler(loaded, neighbour, &of.title)?;
                }
                let plan = Plan {
                    limits,
                    wasi: &wasi,
                    unknown: unknown_imports,
                    imports: &host.imports,
                    linked: &linked,
                    replay: host.replay,
                    stop: &self.stop,
                    outbox: &self.outbox,
                    calls: &self.calls,
                };
                let begun = Instant::now();
                let made = instantiate(loaded, plan, running);
                let instantiate_ns = nanoseconds(begun.elapsed());
                let live = match made {
                    Ok(live) => live,
                    Err(NotMade::Exited(status)) => return Ok(Answer::Exited { instantiate_ns, status }),
                    Err(NotMade::Error(error)) => return Err(error),
                };
                not_stopped(running)?;
                let window = live.window();
                let (exports, imported_memories) = (window.exports(), window.imported_memories());
                let command = live.command;
                *self.shown.lock().unwrap_or_else(PoisonError::into_inner) = Some(window);
                self.live = Some(live);
                Ok(Answer::Instantiated { instantiate_ns, exports, imported_memories, command })
            }
            Request::Call { export, arguments, limit_ms } => {
                let live = self.live.as_mut().ok_or_else(nothing)?;
                snapshot::before_call(&self.shown);
                let (time, ended) = call::call(live, &export, &arguments, limit_ms, running)?;
                let exports = live.window().exports();
                Ok(Answer::Called { call_ns: nanoseconds(time), ended, exports })
            }
            Request::CallMany { export, arguments, times, limit_ms } => {
                let live = self.live.as_mut().ok_or_else(nothing)?;
                let (name, given, outbox) = (&export, &arguments, &self.outbox);
                let many = repeat::call_many(live, name, given, times, limit_ms, running, outbox)?;
                let exports = live.window().exports();
                let call_ns = nanoseconds(many.time);
                Ok(Answer::CalledMany { call_ns, figures: many.figures, ended: many.ended, exports })
            }
            Request::SetGlobal { global, value } => {
                self.change(|live| externals::set_global(live, &global, &value))
            }
            Request::SetElement { table, index, entry } => {
                self.change(|live| externals::set_element(live, &table, index, &entry))
            }
            Request::GrowTable { table, delta } => {
                self.change(|live| externals::grow_table(live, &table, delta))
            }
            Request::GrowMemory { memory, by } => {
                let live = self.live.as_mut().ok_or_else(nothing)?;
                let pages = grow::grow(live, &memory, by)?;
                Ok(Answer::Grown { pages, exports: live.window().exports() })
            }
            Request::Stop
            | Request::Exports
            | Request::Code
            | Request::ReadMemory { .. }
            | Request::ReadTable { .. }
            | Request::Calls { .. }
            | Request::ClearCalls
            | Request::PauseCalls { .. }
            | Request::WriteMemory { .. }
            | Request::FillMemory { .. }
            | Request::SearchMemory { .. }
            | Request::SurveyMemory { .. }
            | Request::TakeSnapshot { .. }
            | Request::CompareMemory { .. } => {
                Err(Error::new(ErrorCode::BadRequest, "This request is not one for the guest's thread."))
            }
        }
    }

    /// Changes the instance from outside; gives the exports after it.
    fn change(&mut self, how: impl FnOnce(&mut Live) -> Result<()>) -> Result<Answer> {
        let live = self.live.as_mut().ok_or_else(nothing)?;
        how(live)?;
        Ok(Answer::Exports { exports: live.window().exports() })
    }

    /// The window goes first: its pointers lead into what the store owns.
    fn drop_instance(&mut self) {
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.live = None;
    }
}

/// Code of different compilers in one store would read one another's arguments and results wrongly, and nobody would
/// notice: each compiler of Wasmer has its own way to hand them over.
fn same_compiler(own: &Loaded, other: &Loaded, title: &str) -> Result<()> {
    if own.compiler.is_some() && own.compiler == other.compiler {
        return Ok(());
    }
    let why = format!("`{title}` and the module that imports from it were not made by the same compiler.");
    Err(Error::new(ErrorCode::ImportMismatch, why).help("Compile both with the same one."))
}

/// The error of a request that needs an instance, or a module, where there is none.
pub fn nothing() -> Error {
    Error::new(
        ErrorCode::NoInstance,
        "There is no instance here: nothing has run yet, or its process has ended.",
    )
    .help("Press Run.")
}

/// A Stop that came when there was no guest to end yet still ends the run.
fn not_stopped(running: &Running<'_>) -> Result<()> {
    running.reason().map_or(Ok(()), |reason| Err(trap::stopped(reason)))
}

fn nanoseconds(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}
