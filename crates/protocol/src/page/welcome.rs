use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Compiler, Engine, TabSummary};

/// Whether a compiler can be used here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CompilerState {
    /// Which.
    pub compiler: Compiler,
    /// Why not, and how to get it; none where it can.
    pub missing: Option<String>,
}

/// Whether an engine can be used here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EngineState {
    /// Which.
    pub engine: Engine,
    /// Why not; none where it can.
    pub missing: Option<String>,
}

/// A lesson that can be opened in a tab.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Lesson {
    /// Its file, without folder and ending.
    pub id: String,
    /// Where it stands in the list.
    pub group: String,
    /// One line.
    pub title: String,
    /// What there is to see.
    pub summary: String,
}

/// The first reply a page asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Welcome {
    /// Of Watshop.
    pub version: String,
    /// Of Wasmer.
    pub wasmer: String,
    /// The triple this workbench was built for.
    pub host: String,
    /// Each compiler, whether it is there or not.
    pub compilers: Vec<CompilerState>,
    /// Each engine, whether it is there or not.
    pub engines: Vec<EngineState>,
    /// In their order.
    pub tabs: Vec<TabSummary>,
    /// In their order.
    pub lessons: Vec<Lesson>,
    /// What the page last saved for itself (theme, layout, active tab): its own JSON, or nothing.
    pub ui: Option<String>,
}

/// What Watshop's own executables weigh: light by default, and each compiler beside that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Sizes {
    /// The runner, then the compilers that are installed.
    pub programs: Vec<ProgramSize>,
}

/// What an executable weighs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ProgramSize {
    /// `watshop-runner`.
    pub name: String,
    /// Which compiler is in it; none in the runner.
    pub compiler: Option<Compiler>,
    /// Of its file, in bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// The same after zstd at its usual level (3), in bytes.
    #[ts(type = "number")]
    pub compressed: u64,
}
