#![doc = include_str!("../README.md")]

mod cache;
mod draft;
mod error;
mod key;
mod layout;
mod machine;
mod seal;
mod sealed;

pub use cache::{Cache, DEFAULT_MAX_BYTES, Trimmed};
pub use draft::Draft;
pub use error::ArtifactError;
pub use key::{Key, Recipe, identify};
pub use layout::{LONGEST_PASSPORT, TRAILER, is_sealed, read_passport_bytes};
pub use machine::{Machine, fits};
pub use seal::seal;
pub use sealed::{Sealed, is_sealed_file, open, read_passport};

/// BLAKE3 of bytes in hexadecimal, as passports and keys hold it.
pub fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}
