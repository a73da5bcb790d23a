//! The answers of the guest's thread. Each request is done to its end.

use std::sync::PoisonError;
use std::time::Instant;
use watshop_protocol::say;

use watshop_child::nanoseconds;
use watshop_protocol::instance::{
    BenchAnswer, BenchCalls, ByGuest, Calibrate, CalibrateAnswer, Call, CallAnswer, CallMany,
    CallManyAnswer, Exports, GrowAnswer, GrowMemory, GrowTable, Instantiate, InstantiateAnswer,
    Load, LoadAnswer, SetElement, SetGlobal,
};
use watshop_protocol::page::{Error, ErrorCode, ExportList, ImportList, Result};
use watshop_protocol::process::runner::HostSetup;

use super::Guest;
use crate::exports::no_instance_error;
use crate::guest_instance::GuestInstance;
use crate::instantiate::{InstancePlan, InstantiateError, instantiate};
use crate::load::{self, load, load_beside};
use crate::memory_scan::snapshot;
use crate::stop::RunningJob;
use crate::{bench, call, externals, grow, repeat, trap, types};

/// One request on the guest's thread.
pub(super) struct GuestTurn<'a> {
    pub guest: &'a mut Guest,
    pub running: &'a RunningJob<'a>,
}

impl ByGuest for GuestTurn<'_> {
    fn load(&mut self, asked: Load) -> Result<LoadAnswer> {
        // The old module is dropped before anything is answered. If its file was damaged under the
        // mapping, the drop can end the process, and this request must report that.
        self.guest.drop_instance();
        self.guest.loaded = None;
        let begun = Instant::now();
        let loaded = load(&asked.sealed, asked.payload_hash.as_deref(), asked.own)?;
        let load_ns = nanoseconds(begun.elapsed());
        let imports = ImportList::whole(&types::imports(&loaded.module));
        let exports = ExportList::whole(types::exports(&loaded.module));
        self.guest.loaded = Some(loaded);
        self.not_stopped()?;
        Ok(LoadAnswer { load_ns, imports, exports })
    }

    fn instantiate(&mut self, asked: Instantiate) -> Result<InstantiateAnswer> {
        let Instantiate { limits, wasi, unknown_imports, host } = asked;
        self.guest.drop_instance();
        let loaded = self.guest.loaded.as_ref().ok_or_else(no_instance_error)?;
        self.guest.calls.reset(host.paused);
        self.guest.given.timeline.reset(wasi.timeline);
        let neighbours = load_neighbours(loaded, &host)?;
        let plan = InstancePlan {
            limits,
            wasi: &wasi,
            given: &self.guest.given,
            unknown: unknown_imports,
            imports: &host.imports,
            linked: &host.linked.iter().zip(neighbours).collect::<Vec<_>>(),
            replay: host.replay,
            stop: &self.guest.stop,
            outbox: &self.guest.outbox,
            calls: &self.guest.calls,
        };
        let begun = Instant::now();
        let made = instantiate(loaded, plan, self.running);
        let instantiate_ns = nanoseconds(begun.elapsed());
        let live = match made {
            Ok(live) => live,
            Err(InstantiateError::Exited(status)) => {
                return Ok(InstantiateAnswer::Exited { instantiate_ns, status });
            }
            Err(InstantiateError::Error(error)) => return Err(error),
        };
        self.not_stopped()?;
        let window = live.window();
        let (exports, memories) = (window.exports(), window.memories());
        let (command, instructions) = (live.command, live.instructions());
        *self.guest.shown.lock().unwrap_or_else(PoisonError::into_inner) = Some(window);
        self.guest.live = Some(live);
        Ok(InstantiateAnswer::Instance { instantiate_ns, instructions, exports, memories, command })
    }

    fn call(&mut self, asked: Call) -> Result<CallAnswer> {
        let live = self.guest.live.as_mut().ok_or_else(no_instance_error)?;
        snapshot::before_call(&self.guest.shown);
        let (time, ended) =
            call::call(live, &asked.export, &asked.arguments, asked.limit_ms, self.running)?;
        Ok(CallAnswer {
            call_ns: nanoseconds(time),
            instructions: live.instructions(),
            ended,
            exports: live.window().exports(),
        })
    }

    fn call_many(&mut self, asked: CallMany) -> Result<CallManyAnswer> {
        let live = self.guest.live.as_mut().ok_or_else(no_instance_error)?;
        let many = repeat::call_many(live, &asked, self.running, &self.guest.outbox)?;
        let exports = live.window().exports();
        Ok(CallManyAnswer {
            call_ns: nanoseconds(many.time),
            instructions: live.instructions(),
            figures: many.figures,
            ended: many.ended,
            exports,
        })
    }

    fn bench_calls(&mut self, asked: BenchCalls) -> Result<BenchAnswer> {
        let live = self.guest.live.as_mut().ok_or_else(no_instance_error)?;
        bench::bench_calls(live, &asked, self.running, &self.guest.samples)
    }

    fn calibrate(&mut self, asked: Calibrate) -> Result<CalibrateAnswer> {
        Ok(bench::calibrate(asked.rounds))
    }

    fn grow_memory(&mut self, asked: GrowMemory) -> Result<GrowAnswer> {
        let live = self.guest.live.as_mut().ok_or_else(no_instance_error)?;
        let pages = grow::grow(live, &asked.memory, asked.by)?;
        Ok(GrowAnswer { pages, exports: live.window().exports() })
    }

    fn set_global(&mut self, asked: SetGlobal) -> Result<Exports> {
        self.change(|live| externals::set_global(live, &asked.global, &asked.value))
    }

    fn set_element(&mut self, asked: SetElement) -> Result<Exports> {
        self.change(|live| externals::set_element(live, &asked.table, asked.index, &asked.entry))
    }

    fn grow_table(&mut self, asked: GrowTable) -> Result<Exports> {
        self.change(|live| externals::grow_table(live, &asked.table, asked.delta))
    }
}

impl GuestTurn<'_> {
    /// Changes the instance from outside, and gives the exports after the change.
    fn change(&mut self, how: impl FnOnce(&mut GuestInstance) -> Result<()>) -> Result<Exports> {
        let live = self.guest.live.as_mut().ok_or_else(no_instance_error)?;
        how(live)?;
        Ok(Exports { exports: live.window().exports() })
    }

    /// Ends the run if a Stop came before there was a guest to stop.
    fn not_stopped(&self) -> Result<()> {
        self.running.reason().map_or(Ok(()), |reason| Err(trap::stopped_error(reason)))
    }
}

/// Loads the modules that are instantiated beside the main one.
fn load_neighbours(
    loaded: &load::LoadedModule,
    host: &HostSetup,
) -> Result<Vec<load::LoadedModule>> {
    let load = host
        .linked
        .iter()
        .map(|of| load_beside(&loaded.engine, &of.sealed, Some(&of.payload_hash), false))
        .collect::<Result<Vec<_>>>()?;
    for (of, neighbour) in host.linked.iter().zip(&load) {
        same_compiler(loaded, neighbour, &of.title)?;
    }
    Ok(load)
}

/// Rejects modules of different compilers in one store. Each compiler of Wasmer has its own way to
/// pass arguments and results, so they would be wrong without an error.
fn same_compiler(own: &load::LoadedModule, other: &load::LoadedModule, title: &str) -> Result<()> {
    if own.compiler.is_some() && own.compiler == other.compiler {
        return Ok(());
    }
    let why =
        say!("`{title}` and the module that imports from it were made by different compilers.");
    Err(Error::new(ErrorCode::ImportMismatch, why).help(say!("Compile both with the same one.")))
}
