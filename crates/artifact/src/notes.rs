//! What a compiler process notes for the runner inside of the code that it makes: a custom section
//! of the module's description, which sealed files of both engines carry.

/// The custom section. A module's own one of this name is left out.
pub const NOTES: &str = "watshop.notes";

/// What was added to a module before it was compiled, and what the runner needs to tell places by
/// it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notes {
    /// Before which instructions the guest stores its module offset, in a global that was added
    /// behind all others.
    pub sites: Sites,
    /// How many functions the module has by itself, imports too. Those behind them were added.
    pub functions: u32,
    /// Imported functions, by index, for which a function that calls them was added at the end of
    /// the function index space, in this order.
    pub forwarded: Vec<u32>,
    /// Of each function that the module defines, the module offset of its last `end`. A trap with
    /// that place happened in code that several instructions share.
    pub ends: Vec<u32>,
}

/// Instructions whose place is stored before they run, as the code does not place their traps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sites {
    /// None: the code places all.
    #[default]
    None,
    /// Calls that may reach a function of the host, as what the host refuses has no frames; and
    /// waits.
    Host,
    /// These, and those that trap in code that several of a function share.
    Shared,
    /// All that trap, but for what the machine itself notices: loads and stores past the end of a
    /// memory.
    All,
}

impl Notes {
    /// As a custom section holds it: little-endian words, the counts first.
    pub fn to_bytes(&self) -> Vec<u8> {
        let counts = [self.sites as u32, self.functions, self.forwarded.len() as u32];
        let words = counts.iter().chain(&self.forwarded).chain(&self.ends);
        words.flat_map(|word| word.to_le_bytes()).collect()
    }

    /// Reads what [`Notes::to_bytes`] made; `None` for anything else.
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
