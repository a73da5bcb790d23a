//! The folders that a WASI program is given. They are opened before the sandbox is closed: then
//! nothing else can be.

use std::fs::File;
use std::path::PathBuf;

use watshop_protocol::bounds::{MOST_HELD_BYTES, MOST_HELD_ENTRIES};
use watshop_protocol::page::FolderAccess;
use watshop_wasi::file::Access;
use watshop_wasi::host::HostFolder;
use watshop_wasi::virtual_folder::Room;

/// A folder as it was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The folder of the host.
    pub host: PathBuf,
    /// Its name for the program.
    pub guest: String,
    /// The work that a program may do in it.
    pub access: FolderAccess,
    /// True if the files in it may take only the room of a held folder.
    pub bounded: bool,
}

/// The room of a folder that a workbench holds.
const ROOM: Room = Room { bytes: MOST_HELD_BYTES as u64, nodes: MOST_HELD_ENTRIES as usize };

/// A folder that is open.
pub struct Folder {
    handle: File,
    wanted: Wanted,
}

impl Folder {
    /// Opens a folder.
    ///
    /// # Errors
    ///
    /// A sentence, if it is not there or not a folder.
    pub fn open(wanted: &Wanted) -> anyhow::Result<Self> {
        let name = wanted.host.display();
        let handle = File::open(&wanted.host)
            .map_err(|why| anyhow::anyhow!("the folder `{name}` cannot be opened: {why}"))?;
        anyhow::ensure!(handle.metadata()?.is_dir(), "`{name}` is not a folder");
        Ok(Self { handle, wanted: wanted.clone() })
    }

    /// Its name for the program.
    pub fn guest(&self) -> &str {
        &self.wanted.guest
    }

    /// The folder as the functions of one program use it. The files of a bounded one are counted
    /// anew.
    ///
    /// # Errors
    ///
    /// The system gives no more descriptors, or there are too many files.
    pub fn host(&self) -> watshop_wasi::file::Result<HostFolder> {
        let access = match self.wanted.access {
            FolderAccess::Read => Access::Read,
            FolderAccess::Write => Access::Write,
            FolderAccess::Create => Access::Create,
        };
        let handle = self.handle.try_clone()?;
        match self.wanted.bounded {
            true => HostFolder::bounded(handle, access, ROOM),
            false => Ok(HostFolder::new(handle, access)),
        }
    }
}
