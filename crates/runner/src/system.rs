//! The seam for system interfaces beside WASI: an executable may bring one, and this library knows
//! only these traits of it.

use std::sync::Arc;

use wasmer::{Extern, ImportType, Instance, Module, Store};
use watshop_protocol::page::{Result, WasiSettings};
use watshop_wasi::file::Stream;
use watshop_wasi::host::HostFolder;

use crate::stop::Stop;

/// A system interface beside WASI.
pub trait SystemInterface: Sync {
    /// True if a namespace of imports is its own.
    fn has(&self, namespace: &str) -> bool;

    /// Makes a program of a module that imports from such a namespace. It provides all of the
    /// module's system functions, those of WASI too: they work on the same descriptors.
    ///
    /// # Errors
    ///
    /// An error for the person, if it cannot keep a setting.
    fn program(
        &self,
        module: &Module,
        store: &mut Store,
        plan: ProgramPlan<'_>,
    ) -> Result<Box<dyn SystemProgram>>;
}

/// The parts of a program that its module does not decide.
pub struct ProgramPlan<'a> {
    /// Its settings.
    pub settings: &'a WasiSettings,
    /// Its folders, each with its name for the program.
    pub folders: Vec<(String, HostFolder)>,
    /// Its input, output and error. They wait until Stop, and no longer.
    pub streams: [Box<dyn Stream>; 3],
    /// Ends the guest on demand.
    pub stop: &'a Arc<Stop>,
}

/// A program of a system interface.
pub trait SystemProgram {
    /// The provider of an import. One of another type is not taken.
    fn find(&mut self, store: &mut Store, import: &ImportType) -> Option<Extern>;

    /// Takes hold of the memory of the new instance.
    ///
    /// # Errors
    ///
    /// An error for the person, if the program cannot work with this instance.
    fn attach(&mut self, store: &mut Store, instance: &Instance) -> Result<()>;
}
