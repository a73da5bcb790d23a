//! The temporary folders of workbenches. A workbench that is killed leaves its own, and the next
//! one removes it.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::sync::OnceLock;
use std::thread::{self, JoinHandle};
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
pub(crate) fn open(folder: &OnceLock<Scratch>) -> Result<&Path> {
    if let Some(folder) = folder.get() {
        return Ok(folder.path());
    }
    let made = Scratch::new()
        .map_err(|e| file_error(say!("Making a folder in"), &std::env::temp_dir(), &e))?;
    Ok(folder.get_or_init(|| made).path())
}

/// Removes a temporary folder at the end of its workbench. If a task still had a part of the
/// workbench, the folder would stay after the end of the process.
pub(crate) fn close(folder: &OnceLock<Scratch>) {
    if let Some(made) = folder.get() {
        remove(made.path());
    }
}

/// Removes the temporary folders of workbenches that are gone. It has a thread of its own, because
/// there may be very many temporary files to look through. Its owner waits for it when it is dropped.
#[derive(Debug)]
pub(crate) struct Sweep(Option<JoinHandle<()>>);

impl Sweep {
    pub(crate) fn start() -> Self {
        let thread = thread::Builder::new().name("sweep".to_owned()).spawn(sweep);
        Self(thread.inspect_err(|error| tracing::debug!(%error, "nothing is swept")).ok())
    }
}

impl Drop for Sweep {
    fn drop(&mut self) {
        // A panic in it has been logged, and the folders are for the next sweep.
        let _ = self.0.take().map(JoinHandle::join);
    }
}

fn sweep() {
    let Ok(entries) = fs::read_dir(std::env::temp_dir()) else { return };
    for entry in entries.flatten() {
        let is_ours = entry.file_name().as_encoded_bytes().starts_with(PREFIX.as_bytes());
        if is_ours && let Some(_locked) = lock_left(&entry.path()) {
            remove(&entry.path());
        }
    }
}

/// The file of a folder's owner, locked, if its workbench is gone. While a folder is being made,
/// the file has another name.
fn lock_left(folder: &Path) -> Option<File> {
    let is_folder = folder.symlink_metadata().is_ok_and(|about| about.is_dir() && is_ours(&about));
    if !is_folder {
        return None;
    }
    let (owner, _) = watshop_artifact::open_regular(&folder.join(OWNER)).ok()?;
    owner.try_lock().is_ok().then_some(owner)
}

/// Removes a folder. The file of its owner goes last: if this process is killed meanwhile, the next
/// sweep knows the rest by it.
fn remove(folder: &Path) {
    let removed = empty(folder)
        .and_then(|()| fs::remove_file(folder.join(OWNER)))
        .and_then(|()| fs::remove_dir(folder));
    if let Err(error) = removed {
        tracing::debug!(path = %folder.display(), %error, "a temporary folder cannot be removed");
    }
}

/// Removes all of a folder's contents but the file of its owner.
fn empty(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)?.flatten().filter(|entry| entry.file_name() != OWNER) {
        if entry.file_type()?.is_dir() {
            fs::remove_dir_all(entry.path())?;
        } else {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
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
        let is_left = |folder: &Path| lock_left(folder).is_some();
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

    #[test]
    fn the_file_of_the_owner_is_the_last_that_is_removed() {
        let parent = tempfile::tempdir().unwrap();
        let left = parent.path().join("left");
        fs::create_dir_all(left.join("artifacts/none")).unwrap();
        fs::write(left.join("artifacts/one.wshop"), b"code").unwrap();
        fs::write(left.join("a file"), b"").unwrap();
        fs::write(left.join(OWNER), b"").unwrap();
        let kept = parent.path().join("kept");
        fs::write(&kept, b"").unwrap();
        std::os::unix::fs::symlink(&kept, left.join("a link")).unwrap();
        empty(&left).unwrap();
        assert!(lock_left(&left).is_some(), "a sweep that is cut off here is finished by the next");
        assert_eq!(fs::read_dir(&left).unwrap().count(), 1);
        remove(&left);
        assert!(!left.exists() && kept.exists());
    }
}
