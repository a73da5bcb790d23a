//! The readable part of a sealed artifact: what it is, who made it, and for whom.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::page::{Compiler, Engine, Optimisation, Proposals};

/// The version of the sealed form that this code writes and reads.
pub const FORMAT: u32 = 1;

/// The version of Wasmer that compiles and runs here. A test of the compiler processes fails when it
/// is not the linked one.
pub const WASMER: &str = "7.4.2";

/// Wasmer's own number for the layout that its runtime shares with compiled code
/// (`wasmer_types::MetadataHeader::CURRENT_VERSION` of [`WASMER`]).
pub const ABI: u32 = 24;

/// What a sealed artifact says of itself. Nothing of the payload is looked at before this is checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Passport {
    /// [`FORMAT`] of whoever wrote it.
    pub format: u32,
    /// The version of Wasmer whose compiler made the code.
    pub wasmer: String,
    /// Wasmer's own number for the layout its runtime shares with compiled code.
    pub abi: u32,
    /// Who made the code.
    pub compiler: Compiler,
    /// In what form.
    pub engine: Engine,
    /// How much the compiler tried.
    pub optimisation: Optimisation,
    /// The target triple.
    pub triple: String,
    /// CPU features that the code may use, sorted, in target-lexicon's and Wasmer's spelling.
    pub cpu_features: Vec<String>,
    /// Proposals that were on.
    pub proposals: Proposals,
    /// BLAKE3 of the module's binary, in hexadecimal.
    pub module_hash: String,
    /// Of the module's binary, in bytes.
    #[ts(type = "number")]
    pub module_size: u64,
    /// BLAKE3 of the payload, in hexadecimal.
    pub payload_hash: String,
    /// Of the payload, in bytes.
    #[ts(type = "number")]
    pub payload_size: u64,
    /// When it was sealed, in milliseconds since 1970 (UTC).
    #[ts(type = "number")]
    pub created_ms: u64,
}
