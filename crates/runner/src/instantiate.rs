//! Makes an instance of a module, in a store of its own.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;
use watshop_protocol::say;

use wasmer::sys::NativeEngineExt as _;
use wasmer::{
    Extern, Instance, InstantiationError, LinkError, Memory, Module, RuntimeError, Store,
};
use watshop_protocol::page::{
    Compiler, Error, ErrorCode, HostCall, ImportObject, Limits, Result, TrapKind, UnknownImports,
    WasiSettings,
};
use watshop_protocol::process::runner::LinkedModule;

use crate::exports::imported_memories;
use crate::fence::Fence;
use crate::functions::FunctionIndices;
use crate::guest_instance::GuestInstance;
use crate::host::record::Recorder;
use crate::host::{Host, HostScope, ImportResolver, Neighbour, Replay};
use crate::limits::{self, Definitions, LimitedTunables};
use crate::load::LoadedModule;
use crate::outbox::Outbox;
use crate::stop::{GuestEntry, RunningJob, Stop};
use crate::store_budget::StoreBudget;
use crate::values::References;
use crate::wasi::Given;
use crate::{call, imports, interfaces, segments, signal};

/// The parts of an instance that its module does not decide.
pub struct InstancePlan<'a> {
    /// The import object of the tab.
    pub imports: &'a ImportObject,
    /// The modules to instantiate before it. Each stands behind all that it imports from.
    pub linked: &'a [(&'a LinkedModule, LoadedModule)],
    /// The record that host functions answer from. `None` if they do not replay.
    pub replay: Option<Vec<HostCall>>,
    /// The record of host calls.
    pub calls: &'a Arc<Recorder>,
    /// The limits of the guest.
    pub limits: Limits,
    /// The settings of a WASI program.
    pub wasi: &'a WasiSettings,
    /// Its folders and streams.
    pub given: &'a Given,
    /// The treatment of function imports that have no provider.
    pub unknown: UnknownImports,
    /// Ends the guest on demand.
    pub stop: &'a Arc<Stop>,
    /// The outbox for its output.
    pub outbox: &'a Arc<Outbox>,
}

/// The reason why there is no instance.
pub enum InstantiateError {
    /// Instantiation failed.
    Error(Error),
    /// The program ended itself before it could be used, with this status.
    Exited(i32),
}

impl From<Error> for InstantiateError {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

/// Makes an instance: memories, tables, globals, the start function, and `_initialize` of a WASI
/// reactor. Before it, in the same store, it makes the instances of the modules that it imports
/// from.
///
/// # Errors
///
/// `memory_limit`, `table_limit`, `missing_imports`, `import_mismatch`, `trap`, `stopped`,
/// `call_time`, `instantiation`. If its start function or `_initialize` ends the program, the exit
/// status.
pub fn instantiate(
    loaded: &LoadedModule,
    mut plan: InstancePlan<'_>,
    running: &RunningJob<'_>,
) -> Result<GuestInstance, InstantiateError> {
    let definitions = Arc::new(Mutex::new(Definitions::default()));
    let mut engine = loaded.engine.clone();
    let budget = Arc::new(StoreBudget::new(plan.limits));
    engine.set_tunables(LimitedTunables::new(
        plan.limits,
        Arc::clone(&budget),
        plan.stop.clone(),
        definitions.clone(),
    ));
    // A stack from an earlier instance would be used again even if it is larger than the limit.
    wasmer::sys::vm::drain_stack_pool();
    let mut store = Store::new(engine.clone());
    let code: Vec<_> =
        plan.linked.iter().map(|(_, linked)| &linked.code).chain([&loaded.code]).cloned().collect();
    let fence = Fence::around(&code);
    let mut modules = plan.linked.iter().map(|(_, linked)| &linked.module).chain([&loaded.module]);
    let throws = modules.any(|module| !module.info().tags.is_empty());
    signal::guard(&mut store, plan.stop.clone(), code, throws);

    let host = Arc::new(Host {
        recorder: Arc::clone(plan.calls),
        outbox: Arc::clone(plan.outbox),
        stop: Arc::clone(plan.stop),
        began: Instant::now(),
        replay: plan.replay.take().map(Replay::new),
    });
    let compiler = loaded.compiler;
    let mut maker = InstanceBuilder {
        store,
        host,
        fence,
        definitions,
        budget,
        neighbours: Vec::new(),
        compiler,
        plan: &plan,
        running,
    };
    for (linked, loaded) in plan.linked {
        let made =
            maker.make(&loaded.module, &linked.imports, &linked.wasi, &plan.given.of_neighbour());
        let mut made = made.map_err(|error| of_neighbour(error, &linked.title))?;
        maker.initialize(&mut made).map_err(|error| of_neighbour(error, &linked.title))?;
        let BuiltInstance { instance, .. } = made;
        maker.neighbours.push(Neighbour { tab: linked.tab, title: linked.title.clone(), instance });
    }
    let mut made = maker.make(&loaded.module, plan.imports, plan.wasi, plan.given)?;
    let starts = made.instance.exports.get_function("_start").is_ok();
    if !starts {
        maker.initialize(&mut made)?;
    }
    running.leave();
    let BuiltInstance { instance, functions, imported, wasi } = made;
    let InstanceBuilder { store, fence, definitions, neighbours, .. } = maker;
    Ok(GuestInstance {
        references: References::of(&instance, &functions),
        command: wasi && starts,
        store,
        instance,
        functions,
        imported,
        definitions,
        fence,
        _neighbours: neighbours,
    })
}

/// A new instance.
struct BuiltInstance {
    instance: Instance,
    functions: Arc<FunctionIndices>,
    imported: Vec<(String, Memory)>,
    wasi: bool,
}

/// The things that all instances of a store are made with.
struct InstanceBuilder<'a> {
    store: Store,
    host: Arc<Host>,
    fence: Fence,
    definitions: Arc<Mutex<Definitions>>,
    budget: Arc<StoreBudget>,
    neighbours: Vec<Neighbour>,
    compiler: Option<Compiler>,
    plan: &'a InstancePlan<'a>,
    running: &'a RunningJob<'a>,
}

impl InstanceBuilder<'_> {
    fn make(
        &mut self,
        module: &Module,
        imports: &ImportObject,
        settings: &WasiSettings,
        given: &Given,
    ) -> Result<BuiltInstance, InstantiateError> {
        let (plan, running) = (self.plan, self.running);
        let compiler = self.compiler;
        let Self { store, host, fence, definitions, budget, neighbours, .. } = self;
        limits::check(module.info(), plan.limits)?;
        budget.check(module.info())?;
        let told = (settings, given);
        let mut system = interfaces::of(module, store, told, plan.stop, plan.outbox, definitions)?;
        // The guest is entered before its imports are provided, because an import's JavaScript can
        // run for ever too.
        let guest = GuestEntry { interrupter: store.interrupter(), fence, conditions: &[] };
        running.enter(guest, plan.limits.call_ms);
        let scope = Arc::new(HostScope::default());
        let imports = &imports.providers();
        let resolver = ImportResolver {
            host,
            imports,
            neighbours,
            scope: &scope,
            limits: plan.limits,
            compiler,
        };
        let provided = imports::provide(module, store, &resolver, system.as_mut(), plan.unknown)?;
        scope.imported(module, &provided.externs);
        definitions.lock().unwrap_or_else(PoisonError::into_inner).begin(store, &provided.externs);
        let functions = Arc::new(FunctionIndices::new(module.clone(), provided.references));
        let made = catch_unwind(AssertUnwindSafe(|| {
            Instance::new_by_index(store, module, &provided.externs)
        }));
        let instance = match made {
            Ok(Ok(instance)) => instance,
            Ok(Err(error)) => {
                if matches!(error, InstantiationError::Link(LinkError::Resource(_))) {
                    return Err(budget.error("take more than the process can have").into());
                }
                return Err(failed(error, module, store, &provided.externs, definitions, running));
            }
            Err(panic) => return Err(call::panicked(&*panic).into()),
        };
        scope.exported(&instance);
        if let Some(system) = &mut system {
            system.attach(store, &instance)?;
        }
        let memories = provided.externs.iter().filter_map(|item| match item {
            Extern::Memory(memory) => Some(memory.clone()),
            _ => None,
        });
        let imported = imported_memories(module).into_iter().zip(memories).collect();
        Ok(BuiltInstance { instance, functions, imported, wasi: system.is_some() })
    }

    /// Runs `_initialize`, which a WASI reactor needs before any other call.
    fn initialize(&mut self, made: &mut BuiltInstance) -> Result<(), InstantiateError> {
        let store = &mut self.store;
        let Ok(function) = made.instance.exports.get_typed_function::<(), ()>(store, "_initialize")
        else {
            return Ok(());
        };
        match catch_unwind(AssertUnwindSafe(|| function.call(store))) {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => {
                Err(while_starting(&error, made.instance.module(), &self.definitions, self.running))
            }
            Err(panic) => Err(call::panicked(&*panic).into()),
        }
    }
}

/// Adds the title of the module to its error, because another one imports from it. An exit stays an
/// exit.
fn of_neighbour(end: InstantiateError, title: &str) -> InstantiateError {
    let InstantiateError::Error(mut error) = end else { return end };
    let why = error.sentence();
    error = error.with_message(say!("In `{title}`, which this module imports from: {why}"));
    // The places are not in the text that is shown.
    error.at = None;
    error.frames.clear();
    error.into()
}

fn failed(
    error: InstantiationError,
    module: &Module,
    store: &mut Store,
    imports: &[Extern],
    definitions: &Mutex<Definitions>,
    running: &RunningJob<'_>,
) -> InstantiateError {
    let error = match error {
        InstantiationError::Start(error) | InstantiationError::Link(LinkError::Trap(error)) => {
            let told = match while_starting(&error, module, definitions, running) {
                InstantiateError::Error(told) => told,
                exited => return exited,
            };
            let past_an_end =
                [Some(TrapKind::OutOfBoundsMemoryAccess), Some(TrapKind::OutOfBoundsTableAccess)]
                    .contains(&told.trap);
            // If no function of the module was running, a segment was being written.
            let of_segment = past_an_end && told.frames.is_empty();
            of_segment.then(|| segments::misfit(module, store, imports)).flatten().unwrap_or(told)
        }
        InstantiationError::CpuFeature(lacking) => Error::new(
            ErrorCode::ArtifactForeign,
            say!("The code needs CPU features that this machine lacks: {lacking}."),
        ),
        other => Error::new(
            ErrorCode::Instantiation,
            say!("The module cannot be instantiated: {other}."),
        ),
    };
    error.into()
}

fn while_starting(
    error: &RuntimeError,
    module: &Module,
    definitions: &Mutex<Definitions>,
    running: &RunningJob<'_>,
) -> InstantiateError {
    match call::exit_status(error) {
        Some(status) => InstantiateError::Exited(status),
        None => call::explain(error, module, definitions, running).into(),
    }
}
