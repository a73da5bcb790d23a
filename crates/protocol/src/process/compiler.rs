//! To and from a compiler process.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::Ask;
use crate::page::{Done, Form, Optimisation, Proposals, Target};
use crate::passport::Passport;

/// What a compiler process is asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case")]
pub enum Request {
    /// Compile the module that is the frame's bytes, and seal the artifact. One at a time. Bytes of
    /// up to [`KEPT`] are kept until the next one's, see [`Job::again`].
    Compile(Job),
    /// Give up a compilation.
    Cancel(Cancel),
}

/// Gives up the compilation of request `job`: its answer is the error `stopped`. This is answered
/// at once; a compiler that does not get to its next step soon is killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cancel {
    /// The id of the `Compile`.
    pub job: u32,
}

impl From<Job> for Request {
    fn from(job: Job) -> Self {
        Self::Compile(job)
    }
}

impl From<Cancel> for Request {
    fn from(cancel: Cancel) -> Self {
        Self::Cancel(cancel)
    }
}

impl Ask for Job {
    type Requests = Request;
    type Answer = Compiled;
}

impl Ask for Cancel {
    type Requests = Request;
    type Answer = Done;
}

/// The longest module that a compiler process keeps for the next compilation, in bytes.
pub const KEPT: usize = 16 << 20;

/// How to compile, and where to put it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Job {
    /// What is made.
    pub form: Form,
    /// How hard to try.
    pub optimisation: Optimisation,
    /// Which are on.
    pub proposals: Proposals,
    /// None is this machine with all the CPU features it has.
    pub target: Option<Target>,
    /// Whoever asks has seen that the module is valid with these proposals
    /// (`watshop_module::validate`), as the page's problems show it; a module is validated once.
    pub validated: bool,
    /// The module is the one before, and does not go over the pipe once more: what people do most
    /// is to compile one module with other settings.
    pub again: bool,
    /// BLAKE3 of the module, in hexadecimal, for the passport.
    pub module_hash: String,
    /// The secret that the passport is signed with, in hexadecimal; see
    /// [`crate::passport::Passport::hand`].
    pub hand: Option<String>,
    /// The file to make; written beside it under a temporary name and renamed.
    pub to: PathBuf,
}

/// What became of a [`Job`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Compiled {
    /// The sealed file is there.
    Sealed {
        /// As it stands in the file.
        passport: Box<Passport>,
        /// Binary to machine code, in nanoseconds.
        compile_ns: u64,
        /// Hashing and writing, in nanoseconds.
        seal_ns: u64,
    },
    /// The object is there.
    Object {
        /// A C header that declares its symbols.
        header: String,
        /// Of the functions and data it defines.
        symbols: Vec<String>,
        /// Binary to object, in nanoseconds.
        compile_ns: u64,
    },
}

/// What it says in between.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// Ready for requests; said once, at the start.
    Ready,
    /// A compilation got further. At most 60 a second.
    Progress {
        /// The id of the `Compile`.
        job: u32,
        /// The compiler's own word for its step.
        step: String,
        /// How far it is, 0 to 1, where it is known.
        fraction: Option<f32>,
    },
}
