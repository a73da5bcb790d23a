//! WASI snapshot 0 and preview 1: arguments, environment, output, clocks, random bytes, exit.
//!
//! There is no network, no folder, and standard input is at its end: nothing of the host gets in.
//! What there is has no need of an instance, so a start function may call it.

use std::sync::{Arc, Mutex};

use wasmer::{AsStoreMut as _, Extern, FunctionEnv, FunctionType, Module, RuntimeError, Store};
use watshop_protocol::page::{Error, ErrorCode, Result, WasiSettings};
use watshop_protocol::wasi;

use crate::ending::Stopped;
use crate::limits::Definitions;
use crate::outbox::Outbox;
use crate::stop::Stop;
use crate::types;
use errno::No;
use process::Process;

mod clock;
mod errno;
mod files;
mod functions;
mod guest;
mod poll;
mod process;
mod words;

pub use process::NoMemory;

/// A guest's WASI.
pub struct Wasi {
    env: FunctionEnv<Process>,
}

impl Wasi {
    /// What a module needs of WASI; `None` if it imports nothing of it.
    ///
    /// # Errors
    ///
    /// `instantiation` if an argument or a variable cannot be passed.
    pub fn of(
        module: &Module,
        store: &mut Store,
        settings: &WasiSettings,
        stop: &Arc<Stop>,
        outbox: &Arc<Outbox>,
        definitions: &Arc<Mutex<Definitions>>,
    ) -> Result<Option<Self>> {
        if !module.info().imports.keys().any(|key| wasi::is_namespace(&key.module)) {
            return Ok(None);
        }
        let process = Process::new(module.info(), settings, stop, outbox, definitions)?;
        Ok(Some(Self { env: FunctionEnv::new(store, process) }))
    }

    /// The function of a namespace of WASI.
    pub fn find(&self, store: &mut Store, namespace: &str, name: &str) -> Option<Extern> {
        let snapshot0 = namespace == wasi::SNAPSHOT0;
        if !wasi::is_namespace(namespace) {
            return None;
        }
        functions::make(store, &self.env, name, snapshot0).map(Extern::from)
    }

    /// Takes hold of the memory, before the record of memories is that of another module.
    pub fn attach(&self, store: &mut Store) {
        let mut env = self.env.clone().into_mut(store);
        let (process, mut store) = env.data_and_store_mut();
        // If there is none, whoever wants it is told.
        let _ = process.memory(&mut store.as_store_mut());
    }
}

/// The program is to end, and a function noticed.
fn stopped() -> No {
    No::Trap(RuntimeError::user(Box::new(Stopped)))
}

/// `_start` of a program takes nothing and gives nothing.
///
/// # Errors
///
/// `argument_count` if this one does.
pub fn check_start(kind: &FunctionType) -> Result<()> {
    if kind.params().is_empty() && kind.results().is_empty() {
        return Ok(());
    }
    let kind = types::extern_type(&wasmer::ExternType::Function(kind.clone()));
    let why = format!(
        "The module imports WASI, and `_start` of a WASI program takes no parameters and returns nothing; this one is a \
         {kind}."
    );
    Err(Error::new(ErrorCode::ArgumentCount, why).help(
        "A program gets its arguments from `args_get`. To call the function with arguments, export it by another name.",
    ))
}

impl NoMemory {
    /// What the person is told.
    pub fn told(&self) -> Error {
        let has = match (&self.called, self.has_one) {
            (Some(name), _) => format!("exports its memory as `{name}`"),
            (None, true) => "has a memory and does not export it".to_owned(),
            (None, false) => "has no memory".to_owned(),
        };
        let why = format!(
            "`{}` of WASI reads and writes the memory that a module exports as `memory`, and this module {has}.",
            self.function
        );
        Error::new(ErrorCode::WasiMemory, why)
            .help("Export it: (memory (export \"memory\") 1), or (export \"memory\" (memory 0)) on a line of its own.")
    }
}

#[cfg(test)]
#[path = "wasi/wasi_tests.rs"]
mod tests;
