//! Messages to and from a compiler process.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::Ask;
use crate::page::{CompileTimes, DoneReply, Form, Optimisation, Proposals, Target};
use crate::passport::Passport;

/// A request to a compiler process.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case")]
pub enum Request {
    /// Compile the module in the frame's bytes, and seal the artifact. Requests are handled one at
    /// a time. A module of up to [`KEPT`] bytes is kept until the next one comes, see
    /// [`CompileJob::again`].
    Compile(CompileJob),
    /// Cancel a compilation.
    Cancel(Cancel),
}

/// Cancels the compilation of request `job`, whose answer is then the error `stopped`. This request
/// is answered at once. The workbench kills a compiler that does not reach its next step soon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cancel {
    /// The id of the `Compile`.
    pub job: u32,
}

impl From<CompileJob> for Request {
    fn from(job: CompileJob) -> Self {
        Self::Compile(job)
    }
}

impl From<Cancel> for Request {
    fn from(cancel: Cancel) -> Self {
        Self::Cancel(cancel)
    }
}

impl Ask for CompileJob {
    type Requests = Request;
    type Answer = CompileOutcome;
}

impl Ask for Cancel {
    type Requests = Request;
    type Answer = DoneReply;
}

/// The longest module that a compiler process keeps for the next compilation, in bytes.
pub const KEPT: usize = 16 << 20;

/// A compilation: the settings, and the file to write.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CompileJob {
    /// The form of the code.
    pub form: Form,
    /// The optimisation level.
    pub optimisation: Optimisation,
    /// The proposals that are on.
    pub proposals: Proposals,
    /// True if the code counts its instructions. An object file does not.
    pub count_instructions: bool,
    /// The target; null is this machine with all features of its CPU.
    pub target: Option<Target>,
    /// True if the sender knows that the module is valid with these proposals
    /// (`watshop_module::validate`), from the page's problems. So a module is validated once.
    pub validated: bool,
    /// True if the module is the same as in the last request. Then it does not cross the pipe
    /// again: most often, people compile one module with other settings.
    pub again: bool,
    /// True if the time of each function is measured, which takes a little time itself.
    pub measure_functions: bool,
    /// BLAKE3 of the module, in hexadecimal, for the passport.
    pub module_hash: String,
    /// The secret that signs the passport, in hexadecimal; see [`crate::passport::Passport::signature`].
    pub signing_key: Option<String>,
    /// The file to make. It is written beside it under a temporary name and renamed.
    pub to: PathBuf,
}

/// The result of a [`CompileJob`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CompileOutcome {
    /// The sealed file was written.
    Sealed {
        /// The passport in the file.
        passport: Box<Passport>,
        /// The time from binary to machine code, in nanoseconds.
        compile_ns: u64,
        /// The time of hashing and writing, in nanoseconds.
        seal_ns: u64,
        /// The times of steps and functions, if they were measured.
        times: Option<Box<CompileTimes>>,
    },
    /// The object was written.
    Object {
        /// A C header that declares its symbols.
        header: String,
        /// The symbols of the functions and data that it defines.
        symbols: Vec<String>,
        /// The time from binary to object, in nanoseconds.
        compile_ns: u64,
    },
}

/// A notice of a compiler process.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// The process is ready for requests. It sends this once, at the start.
    Ready,
    /// The progress of a compilation. At most 60 are sent in a second.
    Progress {
        /// The id of the `Compile`.
        job: u32,
        /// The compiler's own name for its step.
        step: String,
        /// The progress from 0 to 1, if it is known.
        fraction: Option<f32>,
    },
}
