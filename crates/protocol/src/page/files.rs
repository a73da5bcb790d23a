//! The files of a folder that Watshop holds for a WASI program.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The kind of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HeldKind {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link.
    Link,
}

/// An entry of a folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HeldEntry {
    /// Its place in the folder: names with slashes between them.
    pub at: String,
    /// Its kind.
    pub kind: HeldKind,
    /// The bytes of a file.
    pub size: u64,
    /// The time of its last write, in milliseconds since 1970.
    pub modified_ms: u64,
    /// True if it is not as it was when the last run of the tab began.
    pub changed: bool,
}

/// All that is in a folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HeldFiles {
    /// The entries. A folder stands before its contents.
    pub entries: Vec<HeldEntry>,
    /// The bytes of all files together.
    pub bytes: u64,
}
