//! The readable part of a sealed artifact: what it is, who made it, and for whom.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::page::{Compiler, Engine, Optimisation, Proposals};

/// The version of the sealed form that this code writes and reads.
pub const FORMAT: u32 = 2;

/// The version of Wasmer that compiles and runs here. A test of the compiler processes fails when
/// it is not the linked one.
pub const WASMER: &str = "7.5.0";

/// Wasmer's own number for the layout that its runtime shares with compiled code
/// (`wasmer_types::MetadataHeader::CURRENT_VERSION` of [`WASMER`]).
pub const ABI: u32 = 24;

/// What an artifact says of itself. Nothing of the payload is looked at before this is checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Passport {
    /// [`FORMAT`] of whoever wrote it.
    pub format: u32,
    /// What its compiler knew; none of a file of Wasmer's own, which does not say.
    pub compiled: Option<Compiled>,
    /// In what form the code is.
    pub engine: Engine,
    /// The target triple. Of a file of Wasmer's own it is read from the code itself.
    pub triple: String,
    /// CPU features that the code may use, sorted, in target-lexicon's and Wasmer's spelling. A
    /// file of Wasmer's own has them inside, where only the runtime reads them.
    pub cpu_features: Vec<String>,
    /// BLAKE3 of the payload, in hexadecimal.
    pub payload_hash: String,
    /// Of the payload, in bytes.
    #[ts(type = "number")]
    pub payload_size: u64,
    /// What the payload is made of: of a shared object its sections, of a serialised module its
    /// parts. Empty where nobody says.
    pub sections: Vec<CodeSection>,
    /// BLAKE3 of all the rest with the secret of a data folder, in hexadecimal: by it a workbench
    /// knows what it made itself.
    pub hand: Option<String>,
}

/// A part of a payload.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CodeSection {
    /// `.text`, or in words what is in it.
    pub name: String,
    /// In bytes.
    #[ts(type = "number")]
    pub size: u64,
}

/// What a compiler process knows of the code it makes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Compiled {
    /// The version of Wasmer whose compiler made the code.
    pub wasmer: String,
    /// Wasmer's own number for the layout its runtime shares with compiled code.
    pub abi: u32,
    /// Who made the code.
    pub compiler: Compiler,
    /// How much the compiler tried.
    pub optimisation: Optimisation,
    /// Proposals that were on.
    pub proposals: Proposals,
    /// BLAKE3 of the module's binary, in hexadecimal.
    pub module_hash: String,
    /// Of the module's binary, in bytes.
    #[ts(type = "number")]
    pub module_size: u64,
    /// When it was sealed, in milliseconds since 1970 (UTC).
    #[ts(type = "number")]
    pub created_ms: u64,
}

impl Passport {
    /// Who made the code, where that is known.
    pub fn compiler(&self) -> Option<Compiler> {
        self.compiled.as_ref().map(|compiled| compiled.compiler)
    }
}
