#![doc = include_str!("../README.md")]

mod cache;
mod draft;
mod error;
mod foreign;
mod hand;
mod key;
mod layout;
mod machine;
mod notes;
mod prove;
mod regular;
mod seal;
mod sealed;
mod target;
mod verify;

pub use cache::{Cache, DEFAULT_MAX_BYTES, Trimmed};
pub use draft::{Draft, compiled};
pub use error::ArtifactError;
pub use foreign::elf_sections;
pub use hand::Hand;
pub use key::{Key, Recipe, identify};
pub use layout::{LONGEST_PASSPORT, TRAILER, is_sealed};
pub use machine::{Machine, fits};
pub use notes::{NOTES, Notes, Sites};
pub use prove::{prove, prove_bytes};
pub use regular::{open_regular, read_regular};
pub use seal::{seal, write_file};
pub use sealed::{Sealed, check, is_artifact, is_artifact_file, open, passport_of, read_passport};
pub use target::{
    baseline, canonical, check_needed, cpu_features, implied, needed, presets, resolve, system,
    usual,
};
pub use verify::{ObjectFile, damaged, verify_object};

/// BLAKE3 of bytes in hexadecimal, as passports and keys hold it. All cores take part where there
/// is much to do.
pub fn hash(bytes: &[u8]) -> String {
    /// blake3's own advice: below this, threads cost more than they bring.
    const WORTH_THREADS: usize = 128 << 10;
    let hash = match bytes.len() {
        WORTH_THREADS.. => blake3::Hasher::new().update_rayon(bytes).finalize(),
        _ => blake3::hash(bytes),
    };
    hash.to_hex().to_string()
}
