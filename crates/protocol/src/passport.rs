//! The readable part of a sealed artifact: its content, its maker and its target.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::compilation::{Compiler, Engine, Optimisation, Proposals};

/// The version of the sealed form that this code writes and reads.
pub const FORMAT: u32 = 2;

/// The version of Wasmer that compiles and runs here. A test of the compiler processes fails if the
/// linked version is another one.
pub const WASMER: &str = "7.5.0";

/// Wasmer's own number for the layout that its runtime shares with compiled code
/// (`wasmer_types::MetadataHeader::CURRENT_VERSION` of [`WASMER`]).
pub const ABI: u32 = 24;

/// An artifact's description of itself. It is checked before the payload is used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Passport {
    /// The [`FORMAT`] of the program that wrote it.
    pub format: u32,
    /// The facts that its compiler knew; null for a file of Wasmer's own, which does not contain
    /// them.
    pub compiled: Option<Compilation>,
    /// The form of the code.
    pub engine: Engine,
    /// The target triple. For a file of Wasmer's own it is read from the code itself.
    pub triple: String,
    /// The CPU features that the code may use, sorted, in the spelling of target-lexicon and
    /// Wasmer. A file of Wasmer's own contains them in a part that only the runtime reads.
    pub cpu_features: Vec<String>,
    /// BLAKE3 of the payload, in hexadecimal.
    pub payload_hash: String,
    /// The size of the payload, in bytes.
    #[ts(type = "number")]
    pub payload_size: u64,
    /// The parts of the payload: the sections of a shared object, or the parts of a serialised
    /// module. The list is empty if they are not known.
    pub sections: Vec<CodeSection>,
    /// BLAKE3 of all the rest with the signing key of a data folder, in hexadecimal. By it a
    /// workbench knows its own artifacts. It is called `hand` in the JSON, as the signature covers
    /// that name: artifacts that were signed before stay signed.
    #[serde(rename = "hand")]
    pub signature: Option<String>,
}

/// A part of a payload.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CodeSection {
    /// The name of the section, such as `.text`, or a description of its content.
    pub name: String,
    /// The size in bytes.
    #[ts(type = "number")]
    pub size: u64,
}

/// The facts that a compiler process knows about its code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Compilation {
    /// The version of Wasmer whose compiler made the code.
    pub wasmer: String,
    /// Wasmer's own number for the layout its runtime shares with compiled code.
    pub abi: u32,
    /// The compiler that made the code.
    pub compiler: Compiler,
    /// The optimisation level.
    pub optimisation: Optimisation,
    /// The proposals that were on.
    pub proposals: Proposals,
    /// True if the code counts its instructions. It is left out of the JSON if it is false:
    /// artifacts that were signed before stay signed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(as = "Option<bool>", optional)]
    pub counts_instructions: bool,
    /// BLAKE3 of the module's binary, in hexadecimal.
    pub module_hash: String,
    /// The size of the module's binary, in bytes.
    #[ts(type = "number")]
    pub module_size: u64,
    /// The time of sealing, in milliseconds since 1970 (UTC).
    #[ts(type = "number")]
    pub created_ms: u64,
}

impl Passport {
    /// The compiler that made the code, if it is known.
    pub fn compiler(&self) -> Option<Compiler> {
        self.compiled.as_ref().map(|compiled| compiled.compiler)
    }
}
