//! WASIX as the system interface of this executable.

use std::sync::OnceLock;
use watshop_protocol::say;

use tokio::runtime::{Builder, Runtime};
use wasmer::{Module, Store};
use watshop_protocol::page::{Error, ErrorCode, Result};
use watshop_protocol::wasi;
use watshop_runner::{ProgramPlan, SystemInterface, SystemProgram};

use crate::program::WasixProgram;
use crate::refused;

/// WASIX, with the runtime that its sleeps need.
pub struct Wasix {
    runtime: OnceLock<Runtime>,
}

/// The interface, before its first program.
pub static WASIX: Wasix = Wasix { runtime: OnceLock::new() };

impl Wasix {
    /// The runtime. It has timers and no input or output, which would need calls that the sandbox
    /// refuses. It starts at the first program: then the sandbox is closed, and it holds for its
    /// threads too.
    fn runtime(&self) -> Result<&Runtime> {
        if let Some(runtime) = self.runtime.get() {
            return Ok(runtime);
        }
        let made = Builder::new_multi_thread().worker_threads(1).enable_time().build();
        let made = made.map_err(|why| {
            let why = say!("The system gives no thread for the timers of WASIX: {why}.");
            Error::new(ErrorCode::Instantiation, why)
        })?;
        Ok(self.runtime.get_or_init(|| made))
    }
}

impl SystemInterface for Wasix {
    fn has(&self, namespace: &str) -> bool {
        wasi::is_wasix(namespace)
    }

    fn program(
        &self,
        module: &Module,
        store: &mut Store,
        plan: ProgramPlan<'_>,
    ) -> Result<Box<dyn SystemProgram>> {
        refused::check(module, plan.settings)?;
        let runtime = self.runtime()?.handle();
        Ok(Box::new(WasixProgram::new(module, store, plan, runtime)?))
    }
}
