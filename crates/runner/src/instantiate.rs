//! A module becomes an instance with its own store.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};

use wasmer::sys::NativeEngineExt as _;
use wasmer::{Instance, InstantiationError, LinkError, RuntimeError, Store};
use wasmer_wasix::WasiThread;
use watshop_protocol::page::{Error, ErrorCode, Limits, Result, UnknownImports, WasiSettings};

use crate::exports::Window;
use crate::fence::Fence;
use crate::functions::Functions;
use crate::limits::{self, Definitions, Limited};
use crate::load::Loaded;
use crate::stop::{Entered, Running, Stop};
use crate::values::References;
use crate::wasi::Wasi;
use crate::wire::Outbox;
use crate::{call, imports, signal};

/// An instance and all that belongs to it.
pub struct Live {
    /// Owns everything.
    pub store: Store,
    /// The instance.
    pub instance: Instance,
    /// Tells function references apart.
    pub functions: Arc<Functions>,
    /// What has been given in and out.
    pub references: References,
    /// Where its memories, tables and globals are.
    pub definitions: Arc<Mutex<Definitions>>,
    /// Has WASI imports and a `_start`.
    pub command: bool,
    /// Around its code.
    fence: Fence,
    /// Of its WASI.
    wasi_thread: Option<WasiThread>,
}

/// How to make an instance.
pub struct Plan<'a> {
    /// What the guest may take.
    pub limits: Limits,
    /// What a WASI program finds.
    pub wasi: &'a WasiSettings,
    /// What happens to function imports that nothing provides.
    pub unknown: UnknownImports,
    /// Ends it on demand.
    pub stop: &'a Arc<Stop>,
    /// Where it writes.
    pub outbox: &'a Arc<Outbox>,
}

/// Makes an instance: memories, tables, globals, the start function, and `_initialize` of a WASI reactor.
///
/// # Errors
///
/// `memory_limit`, `table_limit`, `missing_imports`, `trap`, `stopped`, `call_time`, `instantiation`.
pub fn instantiate(loaded: &Loaded, plan: &Plan<'_>, running: &Running<'_>) -> Result<Live> {
    let module = &loaded.module;
    limits::check(module.info(), plan.limits)?;
    let definitions = Arc::new(Mutex::new(Definitions::default()));
    let mut engine = loaded.engine.clone();
    engine.set_tunables(Limited::new(plan.limits, plan.stop.clone(), definitions.clone()));
    // A stack from an earlier instance would be used again even where it is larger than the limit.
    wasmer::sys::vm::drain_stack_pool();
    let mut store = Store::new(engine.clone());
    signal::guard(&mut store, plan.stop.clone(), loaded.code.clone());

    let mut wasi = Wasi::of(module, &mut store, &engine, plan.wasi, plan.stop, plan.outbox)?;
    let provided = imports::provide(module, &mut store, wasi.as_ref(), plan.unknown)?;
    let functions = Arc::new(Functions::new(module.clone(), provided.references));

    let fence = Fence::around(&loaded.code);
    let wasi_thread = wasi.as_ref().map(|wasi| wasi.thread(&store));
    let guest = Entered {
        interrupter: store.interrupter(),
        fence: &fence,
        conditions: &[],
        wasi: wasi_thread.as_ref(),
    };
    running.enter(guest, plan.limits.call_ms);
    let made =
        catch_unwind(AssertUnwindSafe(|| Instance::new_by_index(&mut store, module, &provided.externs)));
    let instance = match made {
        Ok(Ok(instance)) => instance,
        Ok(Err(error)) => return Err(failed(error, module, running)),
        Err(panic) => return Err(call::panicked(&*panic)),
    };
    if let Some(wasi) = &mut wasi {
        wasi.attach(&mut store, &instance)?;
    }
    let starts = instance.exports.get_function("_start").is_ok();
    let mut live = Live {
        references: References::of(&instance, &functions),
        command: wasi.is_some() && starts,
        store,
        instance,
        functions,
        definitions,
        fence,
        wasi_thread,
    };
    if !starts {
        initialize(&mut live, running)?;
    }
    running.leave();
    Ok(live)
}

impl Live {
    /// The view for the answering thread.
    pub fn window(&self) -> Window {
        Window::new(
            self.instance.module().clone(),
            self.definitions.clone(),
            self.functions.clone(),
            self.references.numbers(),
        )
    }

    /// Tells the watch that a guest of this store runs from here on.
    pub fn enter(&self, running: &Running<'_>, limit_ms: u32) {
        let definitions = self.definitions.lock().unwrap_or_else(PoisonError::into_inner);
        let guest = Entered {
            interrupter: self.store.interrupter(),
            fence: &self.fence,
            conditions: &definitions.conditions,
            wasi: self.wasi_thread.as_ref(),
        };
        running.enter(guest, limit_ms);
    }
}

/// Runs `_initialize`, which a WASI reactor wants called before anything else.
fn initialize(live: &mut Live, running: &Running<'_>) -> Result<()> {
    let Ok(function) = live.instance.exports.get_typed_function::<(), ()>(&live.store, "_initialize") else {
        return Ok(());
    };
    match catch_unwind(AssertUnwindSafe(|| function.call(&mut live.store))) {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(while_starting(&error, live.instance.module(), running)),
        Err(panic) => Err(call::panicked(&*panic)),
    }
}

fn failed(error: InstantiationError, module: &wasmer::Module, running: &Running<'_>) -> Error {
    match error {
        InstantiationError::Start(error) | InstantiationError::Link(LinkError::Trap(error)) => {
            while_starting(&error, module, running)
        }
        InstantiationError::CpuFeature(lacking) => Error::new(
            ErrorCode::ArtifactForeign,
            format!("The code needs CPU features that this machine lacks: {lacking}."),
        ),
        other => Error::new(ErrorCode::Instantiation, format!("The module cannot be instantiated: {other}.")),
    }
}

fn while_starting(error: &RuntimeError, module: &wasmer::Module, running: &Running<'_>) -> Error {
    match call::exit_status(error, running) {
        Some(status) => Error::new(
            ErrorCode::Instantiation,
            format!("The program ended with status {status} before it could be used."),
        ),
        None => call::explain(error, module, running),
    }
}
