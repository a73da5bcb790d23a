//! The place of the counters in code that counts its instructions. A compiler process writes it for
//! the runner, as a custom section of the module.

/// The name of the custom section. A module's own section of this name is left out.
pub const COUNTERS: &str = "watshop.counters";

/// The globals with the counters. They were added behind all globals of the module: one `i64` for
/// the instructions of each function that the module defines, in the order of the functions, and
/// then one for the calls of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counters {
    /// The index of the first.
    pub first: u32,
    /// The number of functions that the module itself defines.
    pub functions: u32,
}

impl Counters {
    /// The content of the custom section: two little-endian words.
    pub fn to_bytes(self) -> [u8; 8] {
        let mut bytes = [0; 8];
        bytes[..4].copy_from_slice(&self.first.to_le_bytes());
        bytes[4..].copy_from_slice(&self.functions.to_le_bytes());
        bytes
    }

    /// Reads the bytes that [`Counters::to_bytes`] made; `None` for any others.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let ([first, functions], []) = bytes.as_chunks::<4>() else { return None };
        Some(Self { first: u32::from_le_bytes(*first), functions: u32::from_le_bytes(*functions) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let counters = Counters { first: 7, functions: 300 };
        assert_eq!(Counters::from_bytes(&counters.to_bytes()), Some(counters));
        for bytes in [&b""[..], b"counter", b"counters!"] {
            assert_eq!(Counters::from_bytes(bytes), None, "{bytes:?}");
        }
    }
}
