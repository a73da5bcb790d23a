//! The temporary folders of workbenches. A workbench that is killed leaves its own, and the next
//! one removes it.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::sync::OnceLock;
use watshop_protocol::say;

use tempfile::TempDir;
use watshop_protocol::page::Result;

use crate::config::file_error;

/// The beginning of their names.
const PREFIX: &str = "watshop-";

/// The file in a folder that its owner keeps locked as long as it lives.
const OWNER: &str = "owner";

/// A temporary folder, removed with its owner.
#[derive(Debug)]
pub(crate) struct Scratch {
    folder: TempDir,
    _owner: File,
}

impl Scratch {
    fn new() -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix(PREFIX).tempdir()?;
        // The file gets its name after it is locked, so an unlocked one has no owner.
        let begun = folder.path().join("owner.new");
        let owner = crate::data_folder::file(&begun)?;
        owner.lock()?;
        fs::rename(begun, folder.path().join(OWNER))?;
        Ok(Self { folder, _owner: owner })
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }
}

/// A temporary folder, made at first use.
pub(crate) fn scratch(folder: &OnceLock<Scratch>) -> Result<&Path> {
    if let Some(folder) = folder.get() {
        return Ok(folder.path());
    }
    let made = Scratch::new()
        .map_err(|e| file_error(say!("Making a folder in"), &std::env::temp_dir(), &e))?;
    Ok(folder.get_or_init(|| made).path())
}

/// Removes the temporary folders of workbenches that are gone.
pub(crate) fn sweep() {
    let Ok(entries) = fs::read_dir(std::env::temp_dir()) else { return };
    for entry in entries.flatten() {
        let is_ours = entry.file_name().as_encoded_bytes().starts_with(PREFIX.as_bytes());
        if is_ours
            && is_left(&entry.path())
            && let Err(error) = fs::remove_dir_all(entry.path())
        {
            tracing::debug!(path = %entry.path().display(), %error, "a temporary folder cannot be removed");
        }
    }
}

/// True if a folder's workbench is gone. While a folder is being made, the file of its owner has
/// another name.
fn is_left(folder: &Path) -> bool {
    let is_folder = folder.symlink_metadata().is_ok_and(|about| about.is_dir() && is_ours(&about));
    is_folder
        && watshop_artifact::open_regular(&folder.join(OWNER))
            .is_ok_and(|(owner, _)| owner.try_lock().is_ok())
}

fn is_ours(about: &fs::Metadata) -> bool {
    std::os::unix::fs::MetadataExt::uid(about) == rustix::process::geteuid().as_raw()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_left_when_its_owner_is_gone_and_not_before() {
        let parent = tempfile::tempdir().unwrap();
        let alive = Scratch::new().unwrap();
        assert!(!is_left(alive.path()));
        let left = parent.path().join("left");
        fs::create_dir(&left).unwrap();
        assert!(!is_left(&left), "a folder without an owner is somebody else's");
        fs::write(left.join("owner.new"), b"").unwrap();
        assert!(!is_left(&left), "it is being made");
        fs::rename(left.join("owner.new"), left.join(OWNER)).unwrap();
        assert!(is_left(&left));
        let path = alive.path().to_owned();
        drop(alive);
        assert!(!path.exists());
    }
}
