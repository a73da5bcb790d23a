use crate::Sentence;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A layer between a guest's code and the machine. All layers are made before any code is loaded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Layer {
    /// The stable name: `landlock_files`, `seccomp` and others. `watshop-runner --sandbox` lists
    /// them.
    pub name: String,
    /// True if the layer is active.
    pub active: bool,
    /// The reason why it is not active.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub why_not: Option<Sentence>,
}

impl Layer {
    /// A layer that is active, or the reason why it is not.
    pub fn new(name: &str, entered: Result<(), Sentence>) -> Self {
        Self { name: name.to_owned(), active: entered.is_ok(), why_not: entered.err() }
    }
}
