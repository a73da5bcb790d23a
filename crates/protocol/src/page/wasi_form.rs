use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The form in which the settings of a WASI program are copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum WasiForm {
    /// A command line of `watshop run`.
    Watshop,
    /// A command line of `wasmer run`, version 7.
    Wasmer,
    /// A command line of `wasmtime run`.
    Wasmtime,
    /// Rust, with the crates `wasmer` 7 and `wasmer-wasix`.
    Rust,
    /// Python, with the `StateBuilder` of the package `wasmer` 1.x.
    Python,
}

impl WasiForm {
    /// All forms.
    pub const ALL: [Self; 5] =
        [Self::Watshop, Self::Wasmer, Self::Wasmtime, Self::Rust, Self::Python];
}
