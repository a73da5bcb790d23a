//! WASI snapshot 0 and preview 1: the functions of `watshop-wasi` as imports.
//!
//! There is no network. The folders are those that the process was started with. The input of a
//! program of a workbench is a pipe that the workbench fills, and one that runs alone has the
//! process's own.
//! What there is has no need of an instance, so a start function may call it.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use watshop_protocol::say;

use wasmer::{Extern, FunctionType, ImportType, Instance, Module, Store};
use watshop_protocol::page::{Error, ErrorCode, Result, WasiSettings};
use watshop_protocol::wasi;
use watshop_wasi::Generation;

use crate::folders::Folder;
use crate::limits::Definitions;
use crate::outbox::Outbox;
use crate::stop::Stop;
use crate::system::{SystemInterface, SystemProgram};
use crate::types;
use program::Program;

mod capture;
mod cwd;
mod decode;
mod functions;
mod import;
mod input;
mod observer;
mod program;
mod ranges;
mod rules;
mod streams;
mod timeline;
mod trace;
mod wait;

pub use input::InputPipe;
pub use program::{NoMemory, folder_error};
pub use streams::{Streams, standard};
pub use timeline::Timeline;

/// The folders and streams that a program is given.
pub struct Given {
    /// The system interface beside WASI.
    pub interface: Option<&'static dyn SystemInterface>,
    /// Its folders.
    pub folders: Vec<Folder>,
    /// Whose standard streams it has.
    pub streams: Streams,
    /// The pipe to its input, if that is a workbench's.
    pub input: Arc<InputPipe>,
    /// The record of its calls.
    pub timeline: Arc<Timeline>,
}

impl Given {
    /// Folders, and the owner of the streams.
    pub fn new(
        interface: Option<&'static dyn SystemInterface>,
        folders: Vec<Folder>,
        streams: Streams,
    ) -> Self {
        Self { interface, folders, streams, input: Arc::default(), timeline: Arc::default() }
    }

    /// No folder, and an input that is at its end. The calls are in the same record.
    pub fn of_neighbour(&self) -> Self {
        let timeline = Arc::clone(&self.timeline);
        Self { timeline, ..Self::new(self.interface, Vec::new(), Streams::NoInput) }
    }
}

/// A guest's WASI.
pub struct Wasi {
    program: Rc<RefCell<Program>>,
    stop: Arc<Stop>,
}

impl Wasi {
    /// What a module needs of WASI; `None` if it imports nothing of it.
    ///
    /// # Errors
    ///
    /// `instantiation` if an argument or a variable cannot be passed, `wasi_folder` if its current
    /// directory is in none of its folders.
    pub fn of(
        module: &Module,
        told: (&WasiSettings, &Given),
        stop: &Arc<Stop>,
        outbox: &Arc<Outbox>,
        definitions: &Arc<Mutex<Definitions>>,
    ) -> Result<Option<Self>> {
        if !module.info().imports.keys().any(|key| wasi::is_namespace(&key.module)) {
            return Ok(None);
        }
        let program = Program::new(module.info(), told, stop, outbox, definitions)?;
        Ok(Some(Self { program: Rc::new(RefCell::new(program)), stop: Arc::clone(stop) }))
    }

    /// The function of a namespace of WASI.
    fn function(&self, store: &mut Store, namespace: &str, name: &str) -> Option<Extern> {
        let generation = match namespace {
            wasi::SNAPSHOT0 => Generation::Snapshot0,
            wasi::PREVIEW1 => Generation::Preview1,
            _ => return None,
        };
        if !wasi::functions(namespace).any(|(known, _)| known == name) {
            return None;
        }
        functions::make(store, (&self.program, &self.stop), name, generation)
    }
}

impl SystemProgram for Wasi {
    fn find(&mut self, store: &mut Store, import: &ImportType) -> Option<Extern> {
        self.function(store, import.module(), import.name())
    }

    /// Takes hold of the memory, before the record of memories is that of another module.
    fn attach(&mut self, _: &mut Store, _: &Instance) -> Result<()> {
        // If there is none, whoever wants it is told.
        let _ = self.program.borrow_mut().find_memory();
        Ok(())
    }
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
    let why = say!(
        "The module imports WASI, and `_start` of a WASI program takes no parameters and returns nothing; this one is a \
         {kind}."
    );
    Err(Error::new(ErrorCode::ArgumentCount, why).help(
        say!("A program gets its arguments from `args_get`. To call the function with arguments, export it by another name."),
    ))
}

impl NoMemory {
    /// What the person is told.
    pub fn error(&self) -> Error {
        let has = match (&self.called, self.has_one) {
            (Some(name), _) => say!("exports its memory as `{name}`"),
            (None, true) => say!("has a memory and does not export it"),
            (None, false) => say!("has no memory"),
        };
        let why = say!(
            "`{}` of WASI reads and writes the memory that a module exports as `memory`, and this module {has}.",
            self.function
        );
        Error::new(ErrorCode::WasiMemory, why)
            .help(say!("Export it: (memory (export \"memory\") 1), or (export \"memory\" (memory 0)) on a line of its own."))
    }
}

#[cfg(test)]
#[path = "wasi/wasi_tests.rs"]
mod tests;
