//! What is told of a file: its kind, size, links and times, in each generation's layout.

use crate::Generation;

/// The kind of a file or of a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[repr(u8)]
pub enum FileType {
    /// A pipe, or another thing that WASI has no name for.
    #[default]
    Unknown = 0,
    /// A device with blocks.
    BlockDevice = 1,
    /// A terminal, or another device of characters.
    CharacterDevice = 2,
    /// A folder.
    Directory = 3,
    /// A file.
    RegularFile = 4,
    /// A symbolic link.
    SymbolicLink = 7,
}

/// The description of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stat {
    /// The device that it is on.
    pub device: u64,
    /// Its number there.
    pub inode: u64,
    /// Its kind.
    pub kind: FileType,
    /// The number of its names.
    pub links: u64,
    /// Its size in bytes.
    pub size: u64,
    /// The time of its last read, in nanoseconds since 1970.
    pub accessed: u64,
    /// The time of its last write.
    pub modified: u64,
    /// The time of the last change of its description.
    pub changed: u64,
}

impl Stat {
    /// `__wasi_filestat_t`: 64 bytes in preview 1, 56 in snapshot 0, whose count of links is an
    /// u32.
    pub fn written(&self, generation: Generation) -> Vec<u8> {
        let mut bytes =
            [self.device, self.inode, u64::from(self.kind as u8)].map(u64::to_le_bytes).concat();
        match generation {
            Generation::Preview1 => bytes.extend(self.links.to_le_bytes()),
            Generation::Snapshot0 => {
                let links = u32::try_from(self.links).unwrap_or(u32::MAX);
                bytes[20..24].copy_from_slice(&links.to_le_bytes());
            }
        }
        for number in [self.size, self.accessed, self.modified, self.changed] {
            bytes.extend(number.to_le_bytes());
        }
        bytes
    }
}

/// A time that is to be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Time {
    /// It stays as it is.
    Kept,
    /// The present.
    Now,
    /// Nanoseconds since 1970.
    At(u64),
}

/// The times that are to be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    /// The time of its last read.
    pub accessed: Time,
    /// The time of its last write.
    pub modified: Time,
}
