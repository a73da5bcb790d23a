//! The facts about a component, which is not a core module and does not run here.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A component, as far as its core modules go.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ComponentView {
    /// The version of WASI that it imports or exports, such as `0.2.0`; null if it names none.
    pub wasi: Option<String>,
    /// The first core modules inside, at most 100, also those of components inside of it.
    pub modules: Vec<CoreModule>,
    /// The index of the one that imports WASI preview 1 or snapshot 0, which runs here; null if there
    /// is none.
    pub program: Option<u32>,
}

/// A core module inside of a component.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CoreModule {
    /// Its name in its name section, or an empty text.
    pub name: String,
    /// Its size in bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// The number of components that it is inside of: 1 for the outer one alone.
    pub depth: u32,
    /// True if it imports WASI preview 1 or snapshot 0.
    pub wasi: bool,
    /// True if it exports `_start`.
    pub starts: bool,
}
