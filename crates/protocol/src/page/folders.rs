//! The folders that a WASI program is given.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::HostPath;

/// The work that a program may do in a folder. Each kind includes those before it.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS,
)]
#[serde(rename_all = "snake_case")]
pub enum FolderAccess {
    /// Files are read and folders are listed.
    #[default]
    Read,
    /// Files that are there are written.
    Write,
    /// Files and folders are made, renamed and removed.
    Create,
}

impl FolderAccess {
    /// All of them, in their order.
    pub const ALL: [Self; 3] = [Self::Read, Self::Write, Self::Create];

    /// The name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Create => "create",
        }
    }
}

/// The place that a folder comes from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum FolderSource {
    /// A folder of the host that a person chose in the window or named in the terminal. Settings
    /// that come from a page keep such folders or leave them out; `tab.give_folder` alone adds one.
    Host {
        /// The folder.
        path: HostPath,
    },
    /// A folder of the host that the start of the server allowed.
    Allowed {
        /// The name that it was allowed by.
        name: String,
    },
    /// A folder that Watshop holds for the tab.
    Held {
        /// Its name among those of the tab: letters from a to z, digits and `-`.
        name: String,
    },
}

/// A folder of a WASI program.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct WasiFolder {
    /// Its name for the program, `/data` for example.
    pub guest: String,
    /// The place that it comes from.
    pub source: FolderSource,
    /// The work that the program may do in it.
    pub access: FolderAccess,
}

/// A folder of the host that the start of the server allowed to pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AllowedFolder {
    /// Its name for pages.
    pub name: String,
    /// The most that a program may do in it.
    pub access: FolderAccess,
}
