#![doc = include_str!("../README.md")]

mod cache;
mod counters;
mod draft;
mod error;
mod foreign;
mod key;
mod layout;
mod machine;
mod notes;
mod prove;
mod regular;
mod seal;
mod sealed;
mod signing_key;
mod target;
mod verify;

pub use cache::{Cache, DEFAULT_MAX_BYTES, TrimReport};
pub use counters::{COUNTERS, Counters};
pub use draft::{Draft, compiled};
pub use error::ArtifactError;
pub use foreign::elf_sections;
pub use key::{Key, Recipe, identify};
pub use layout::{LONGEST_PASSPORT, TRAILER, is_sealed};
pub use machine::{Machine, fits};
pub use notes::{NOTES, Notes, Sites};
pub use prove::{prove, prove_bytes};
pub use regular::{open_regular, read_regular};
pub use seal::{seal, write_file};
pub use sealed::{
    SealedArtifact, check, is_artifact, is_artifact_file, open, passport_of, read_passport,
};
pub use signing_key::SigningKey;
pub use target::{
    baseline, canonical, check_needed, cpu_features, implied, needed, presets, resolve, system,
    usual,
};
pub use verify::{ObjectFile, damaged_error, verify_object};

/// The BLAKE3 hash of bytes in hexadecimal, as passports and keys hold it. Many bytes are hashed by
/// all cores together.
pub fn hash(bytes: &[u8]) -> String {
    /// The length from which threads gain more than they cost, as blake3 advises.
    const WORTH_THREADS: usize = 128 << 10;
    let hash = match bytes.len() {
        WORTH_THREADS.. => blake3::Hasher::new().update_rayon(bytes).finalize(),
        _ => blake3::hash(bytes),
    };
    hash.to_hex().to_string()
}
