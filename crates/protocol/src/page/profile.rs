use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Contender;

/// A step of a compilation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CompileStep {
    /// Checking the rules of a valid module, if that was not done before.
    Validate,
    /// Reading the module, and adding code to it.
    Read,
    /// All functions, on several cores.
    Functions,
    /// The small functions between the host and the guest.
    Trampolines,
    /// The rest: the layout of the code, and for a shared object its linking.
    Finish,
}

/// The time of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CompileStepTime {
    /// The step.
    pub step: CompileStep,
    /// The nanoseconds from its beginning to its end.
    #[ts(type = "number")]
    pub ns: u64,
}

/// The time that a function took to compile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FunctionCompileTime {
    /// The index in the module's function index space.
    pub index: u32,
    /// The name from the name section, or the name of an export in quotes. A long name is
    /// shortened.
    pub name: Option<String>,
    /// The nanoseconds on its core, from reading its body to its machine code.
    #[ts(type = "number")]
    pub ns: u64,
    /// The bytes of its body in the module.
    pub wasm_bytes: u32,
    /// The bytes of its machine code; null for a shared object.
    pub code_bytes: Option<u32>,
}

/// The functions of a compilation and its steps.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CompileTimes {
    /// The nanoseconds from binary to machine code.
    #[ts(type = "number")]
    pub compile_ns: u64,
    /// The steps, in order. Their sum is `compile_ns`.
    pub steps: Vec<CompileStepTime>,
    /// The functions that took longest, longest first; at most 2000.
    pub functions: Vec<FunctionCompileTime>,
    /// The number of all functions.
    pub count: u32,
    /// The sum of the nanoseconds of all functions. They are compiled on several cores at once, so
    /// it may be more than the time of their step.
    #[ts(type = "number")]
    pub functions_ns: u64,
}

/// The answer to `tab.compile_times`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CompileProfile {
    /// The compiler, the engine and the optimisation level.
    pub contender: Contender,
    /// The times.
    pub times: CompileTimes,
}
