//! An instance with its store.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use wasmer::{Instance, Memory, Store};

use crate::counts;
use crate::exports::LiveInstance;
use crate::fence::Fence;
use crate::functions::FunctionIndices;
use crate::host::Neighbour;
use crate::limits::Definitions;
use crate::stop::{GuestEntry, RunningJob};
use crate::values::References;

/// An instance with its store.
pub struct GuestInstance {
    /// The owner of everything else.
    pub store: Store,
    /// The instance.
    pub instance: Instance,
    /// The map of function references.
    pub functions: Arc<FunctionIndices>,
    /// The references that have passed in and out.
    pub references: References,
    /// The runtime's records of its memories, tables and globals.
    pub definitions: Arc<Mutex<Definitions>>,
    /// The memories that it imports, with their names `module.name`.
    pub imported: Vec<(String, Memory)>,
    /// True if the module has WASI imports and a `_start`.
    pub command: bool,
    /// The pages of its code.
    pub fence: Fence,
    /// The instances that it imports from. Their code must live as long as it does.
    pub _neighbours: Vec<Neighbour>,
}

impl GuestInstance {
    /// The view for the answering thread.
    pub fn window(&self) -> LiveInstance {
        LiveInstance::new(
            self.instance.module().clone(),
            self.definitions.clone(),
            self.functions.clone(),
            self.references.numbers(),
        )
    }

    /// The instructions that it has executed since the last call began. `None` if its code does not
    /// count them.
    pub fn instructions(&self) -> Option<u64> {
        counts::total(self.instance.module().info(), &self.definitions())
    }

    /// Begins to count its instructions anew.
    pub fn reset_counts(&self) {
        counts::reset(self.instance.module().info(), &self.definitions());
    }

    fn definitions(&self) -> MutexGuard<'_, Definitions> {
        self.definitions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells [`Stop`](crate::stop::Stop) that a guest of this store runs from here on.
    pub fn enter(&self, running: &RunningJob<'_>, limit_ms: u32) {
        let definitions = self.definitions();
        let guest = GuestEntry {
            interrupter: self.store.interrupter(),
            fence: &self.fence,
            conditions: &definitions.conditions,
        };
        running.enter(guest, limit_ms);
    }
}
