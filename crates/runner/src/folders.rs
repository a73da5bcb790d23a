//! The folders that a WASI program is given. They are opened before the sandbox is closed: then
//! nothing else can be.

use std::fs::File;
use std::path::PathBuf;

use watshop_wasi::descriptors::Descriptor;
use watshop_wasi::host::HostFolder;

/// A folder as it was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The folder of the host.
    pub host: PathBuf,
    /// Its name for the program.
    pub guest: String,
    /// True if nothing in it can be changed.
    pub read_only: bool,
}

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

    /// The folder as a program's functions use it.
    ///
    /// # Errors
    ///
    /// The system gives no more descriptors.
    pub fn host(&self) -> std::io::Result<HostFolder> {
        Ok(HostFolder::new(self.handle.try_clone()?, self.wanted.read_only))
    }

    /// A program's descriptor of it.
    ///
    /// # Errors
    ///
    /// The system gives no more descriptors.
    pub fn descriptor(&self) -> std::io::Result<Descriptor> {
        Ok(Descriptor::preopened(Box::new(self.host()?), self.wanted.guest.clone()))
    }
}
