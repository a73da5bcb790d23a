use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The instructions of a function.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FunctionCount {
    /// The index in the module's function index space.
    pub index: u32,
    /// The name from the name section, or the name of an export in quotes. A long name is
    /// shortened.
    pub name: Option<String>,
    /// The instructions of the function itself, without those of the functions that it called.
    #[ts(type = "number")]
    pub instructions: u64,
    /// The number of times that it was called.
    #[ts(type = "number")]
    pub calls: u64,
}

/// The instructions that the module's own functions have executed since the last call began. For a
/// WASI program, those of its start function are among them.
///
/// A run of instructions without a branch or a call counts as a whole as soon as it is entered. So
/// after a trap, the instructions between the trap and the next branch count too.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct InstructionCounts {
    /// True if the code counts its instructions. Everything else is 0 or empty otherwise.
    pub counted: bool,
    /// The instructions of all functions.
    #[ts(type = "number")]
    pub total: u64,
    /// The functions that were called, most instructions first; at most 2000.
    pub functions: Vec<FunctionCount>,
    /// The number of all functions that were called.
    pub count: u32,
}
