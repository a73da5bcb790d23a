//! The notes of a compiler process for the runner. They are a custom section of the module, which
//! sealed files of both engines carry.

/// The name of the custom section. A module's own section of this name is left out.
pub const NOTES: &str = "watshop.notes";

/// The code that was added to a module before it was compiled, and the places that the runner needs
/// to explain a trap.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notes {
    /// The instructions that store their module offset before they run. The offset is in a global
    /// that was added behind all others.
    pub sites: Sites,
    /// The number of functions that the module has by itself, imports included. Functions behind
    /// them were added.
    pub functions: u32,
    /// The indices of imported functions for which a forwarding function was added. Those functions
    /// stand at the end of the function index space, in this order.
    pub forwarded: Vec<u32>,
    /// The module offset of the last `end` of each function that the module defines. A trap at that
    /// offset happened in code that several instructions share.
    pub ends: Vec<u32>,
}

/// The instructions whose offset is stored before they run, because the code itself does not tell
/// where they trap.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sites {
    /// No instruction: the code tells the place of every trap.
    #[default]
    None,
    /// Calls that may reach a function of the host, because an error of the host has no frames; and
    /// waits.
    Host,
    /// Those of `Host`, and instructions that trap in code which several of a function share.
    Shared,
    /// All instructions that trap, except those whose trap the machine itself notices: loads and
    /// stores past the end of a memory.
    All,
}

impl Notes {
    /// The content of the custom section: little-endian words, the counts first.
    pub fn to_bytes(&self) -> Vec<u8> {
        let counts = [self.sites as u32, self.functions, self.forwarded.len() as u32];
        let words = counts.iter().chain(&self.forwarded).chain(&self.ends);
        words.flat_map(|word| word.to_le_bytes()).collect()
    }

    /// Reads the bytes that [`Notes::to_bytes`] made; `None` for any others.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (words, rest) = bytes.as_chunks::<4>();
        let words: Vec<u32> = words.iter().map(|word| u32::from_le_bytes(*word)).collect();
        let ([sites, functions, count, words @ ..], []) = (words.as_slice(), rest) else {
            return None;
        };
        let sites = [Sites::None, Sites::Host, Sites::Shared, Sites::All]
            .into_iter()
            .find(|known| *known as u32 == *sites)?;
        let (forwarded, ends) = words.split_at_checked(*count as usize)?;
        Some(Self {
            sites,
            functions: *functions,
            forwarded: forwarded.to_vec(),
            ends: ends.to_vec(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let notes = Notes {
            sites: Sites::All,
            functions: 9,
            forwarded: vec![0, 7],
            ends: vec![40, 41, 42],
        };
        assert_eq!(Notes::from_bytes(&notes.to_bytes()), Some(notes));
        assert_eq!(Notes::from_bytes(&Notes::default().to_bytes()), Some(Notes::default()));
    }

    #[test]
    fn what_is_something_else_is_not_read() {
        for bytes in [
            &b""[..],
            b"sites",
            &[4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            &[0, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0],
        ] {
            assert_eq!(Notes::from_bytes(bytes), None, "{bytes:?}");
        }
    }
}
