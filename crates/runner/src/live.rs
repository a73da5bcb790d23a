//! An instance and all that belongs to it.

use std::sync::{Arc, Mutex, PoisonError};

use wasmer::{Instance, Memory, Store};

use crate::exports::Window;
use crate::fence::Fence;
use crate::functions::Functions;
use crate::host::Neighbour;
use crate::limits::Definitions;
use crate::stop::{Entered, Running};
use crate::values::References;

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
    /// The memories that it imports, as `module.name`.
    pub imported: Vec<(String, Memory)>,
    /// Has WASI imports and a `_start`.
    pub command: bool,
    /// Around its code.
    pub fence: Fence,
    /// What it imports from: their code must stay as long as it.
    pub _neighbours: Vec<Neighbour>,
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
        };
        running.enter(guest, limit_ms);
    }
}
