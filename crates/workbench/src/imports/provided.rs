//! The imports that a runner provides by itself: those of WASI, and of WASIX.

use watshop_protocol::page::{ExternType, Import};
use watshop_protocol::wasi;

use crate::process::RunnerKind;

/// The system interfaces of a module's runner.
#[derive(Clone, Copy)]
pub(super) struct SystemImports(RunnerKind);

impl SystemImports {
    /// Those for a module with these imports.
    pub(super) fn of(imports: &[Import]) -> Self {
        Self(RunnerKind::of(imports))
    }

    /// Returns true if the runner provides an import. The names and types of WASIX are known to its
    /// runner alone.
    pub(super) fn provide(self, import: &Import) -> bool {
        if self.0 == RunnerKind::Light {
            return wasi::provides(import);
        }
        let is_memory = matches!(import.kind, ExternType::Memory { .. });
        let of_tools = is_memory && import.module == "env" && import.name == "memory";
        of_tools || wasi::is_wasix(&import.module) || wasi::provides(import)
    }
}
