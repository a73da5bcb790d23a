#![doc = include_str!("../README.md")]

mod cache;
mod draft;
mod error;
mod key;
mod layout;
mod machine;
mod seal;
mod sealed;
mod target;
mod verify;

pub use cache::{Cache, DEFAULT_MAX_BYTES, Trimmed};
pub use draft::Draft;
pub use error::ArtifactError;
pub use key::{Key, Recipe, identify};
pub use layout::{LONGEST_PASSPORT, TRAILER, is_sealed, read_passport_bytes};
pub use machine::{Machine, fits};
pub use seal::{seal, write_file};
pub use sealed::{Sealed, is_sealed_file, open, read_passport};
pub use target::{canonical, cpu_features, presets, system};
pub use verify::{ObjectFile, damaged, verify_object};

/// BLAKE3 of bytes in hexadecimal, as passports and keys hold it. All cores take part where there is much to do.
pub fn hash(bytes: &[u8]) -> String {
    /// blake3's own advice: below this, threads cost more than they bring.
    const WORTH_THREADS: usize = 128 << 10;
    let hash = match bytes.len() {
        WORTH_THREADS.. => blake3::Hasher::new().update_rayon(bytes).finalize(),
        _ => blake3::hash(bytes),
    };
    hash.to_hex().to_string()
}
