use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One of the walls between a guest's code and the machine, all of them made before any of it is
/// loaded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Layer {
    /// Stable: `landlock_files`, `seccomp` and others; `watshop-runner --sandbox` lists them.
    pub name: String,
    /// Whether it stands.
    pub active: bool,
    /// Why not, where it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub why_not: Option<String>,
}

impl Layer {
    /// One that stands, or the reason why it does not.
    pub fn new(name: &str, entered: Result<(), String>) -> Self {
        Self { name: name.to_owned(), active: entered.is_ok(), why_not: entered.err() }
    }
}
