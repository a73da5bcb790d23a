use crate::Sentence;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{AllowedFolder, Lesson, TabSummary};
use crate::compilation::{Compiler, Engine};

/// The state of a compiler in this installation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CompilerState {
    /// The compiler.
    pub compiler: Compiler,
    /// The reason why it cannot be used, and the way to get it; null if it can be used.
    pub missing: Option<Sentence>,
}

/// The state of an engine on this machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EngineState {
    /// The engine.
    pub engine: Engine,
    /// The reason why it cannot be used; null if it can be used.
    pub missing: Option<Sentence>,
}

/// The reply to the first request of a page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Welcome {
    /// The version of Watshop.
    pub version: String,
    /// The version of Wasmer.
    pub wasmer: String,
    /// The triple this workbench was built for.
    pub host: String,
    /// All compilers, installed or not.
    pub compilers: Vec<CompilerState>,
    /// All engines, available or not.
    pub engines: Vec<EngineState>,
    /// The tabs, in their order.
    pub tabs: Vec<TabSummary>,
    /// The lessons, in their order.
    pub lessons: Vec<Lesson>,
    /// The folders of the host that WASI programs may be given, if pages may not name them.
    pub allowed_folders: Vec<AllowedFolder>,
    /// The JSON that the page last saved for itself (theme, layout, active tab), if it saved any.
    pub ui: Option<String>,
}

/// The sizes of Watshop's own executables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Sizes {
    /// The runner, then the compilers that are installed.
    pub programs: Vec<ProgramSize>,
}

/// The size of an executable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ProgramSize {
    /// The name, `watshop-runner` for example.
    pub name: String,
    /// The compiler in it; null for the runner.
    pub compiler: Option<Compiler>,
    /// The size of its file, in bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// The size after zstd at its usual level (3), in bytes.
    #[ts(type = "number")]
    pub compressed: u64,
}
