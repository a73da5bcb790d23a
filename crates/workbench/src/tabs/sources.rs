//! The bytes of tabs with a binary or an artifact: files named by the hash of their contents.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock};
use watshop_protocol::say;

use watshop_protocol::page::{Error, ErrorCode, Result};

use crate::config::file_error;
use crate::data_folder;
use crate::scratch::{self, Scratch};
use crate::sync::lock;

/// The largest file that is opened, in bytes.
pub const LARGEST_FILE: u64 = 100 << 20;

/// The beginning of the names of incomplete files.
const PARTIAL: &str = ".tmp";

/// A folder of sources. Each is kept as long as a tab, open or closed, uses it.
#[derive(Debug)]
pub(crate) struct Sources {
    /// The folder. `None` for a temporary folder, which goes with the workbench.
    folder: Option<PathBuf>,
    temporary: OnceLock<Scratch>,
    /// The number of tabs that use each source.
    users: Mutex<HashMap<String, usize>>,
}

impl Sources {
    /// The sources of a folder, or of a temporary one that is made when it is first needed.
    pub(crate) fn new(folder: Option<PathBuf>) -> Self {
        Self { folder, temporary: OnceLock::new(), users: Mutex::default() }
    }

    /// True if the next workbench uses the folder too.
    pub(crate) fn outlive_the_process(&self) -> bool {
        self.folder.is_some()
    }

    /// Keeps bytes for one more tab, and gives their hash. It writes them only if they are missing.
    pub(crate) fn keep(&self, bytes: &[u8]) -> Result<String> {
        let hash = watshop_module::hash(bytes);
        let path = self.path(&hash)?;
        // The lock is held, so that no sweep comes between the check and the use.
        let mut users = lock(&self.users);
        let there = fs::metadata(&path).is_ok_and(|file| file.len() == bytes.len() as u64);
        if !there {
            write(&path, bytes).map_err(|e| file_error(say!("Writing"), &path, &e))?;
        }
        *users.entry(hash.clone()).or_default() += 1;
        Ok(hash)
    }

    /// Counts a tab of an earlier workbench that uses a source.
    pub(crate) fn adopt(&self, hash: &str) {
        *lock(&self.users).entry(hash.to_owned()).or_default() += 1;
    }

    /// Counts one tab less that uses it. The file stays until the [`sweep`](Self::sweep).
    pub(crate) fn release(&self, hash: &str) {
        if let Some(users) = lock(&self.users).get_mut(hash) {
            *users = users.saturating_sub(1);
        }
    }

    /// True if unused sources must stay, because a damaged state that was kept may name them.
    fn are_spared(&self) -> bool {
        self.folder.as_deref().and_then(Path::parent).is_some_and(data_folder::has_damaged)
    }

    /// Removes a source that no tab uses, unless a damaged state in the data folder may name it.
    pub(crate) fn sweep(&self, hash: &str) {
        if !self.are_spared() {
            self.remove(hash);
        }
    }

    fn remove(&self, hash: &str) {
        let mut users = lock(&self.users);
        if users.get(hash).copied().unwrap_or(0) > 0 {
            return;
        }
        users.remove(hash);
        if let Ok(path) = self.path(hash)
            && let Err(error) = fs::remove_file(&path)
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(path = %path.display(), %error, "a source cannot be removed");
        }
    }

    /// Removes all sources that no tab uses, and incomplete files. Both are left by a workbench
    /// that was killed. Files with other names are not Watshop's.
    pub(crate) fn sweep_all(&self) {
        let Some(Ok(files)) = self.folder.as_ref().map(fs::read_dir) else { return };
        if self.are_spared() {
            return;
        }
        let is_ours = |name: &str| {
            name.starts_with(PARTIAL)
                || (name.len() == 64 && name.bytes().all(|b| b.is_ascii_hexdigit()))
        };
        for file in files.flatten() {
            if let Some(name) = file.file_name().to_str().filter(|name| is_ours(name)) {
                self.remove(name);
            }
        }
    }

    /// Writes bytes again that tabs use and that were removed.
    pub(crate) fn put_back(&self, hash: &str, bytes: &[u8]) -> Result<()> {
        let path = self.path(hash)?;
        if path.exists() {
            return Ok(());
        }
        write(&path, bytes).map_err(|e| file_error(say!("Writing"), &path, &e))
    }

    /// The bytes of a source. Bytes that were changed from outside are rejected.
    pub(crate) fn read(&self, hash: &str) -> Result<Vec<u8>> {
        let path = self.path(hash)?;
        let bytes = watshop_artifact::read_regular(&path, LARGEST_FILE)
            .map_err(|e| file_error(say!("Reading"), &path, &e))?;
        if watshop_module::hash(&bytes) == hash {
            return Ok(bytes);
        }
        let why =
            say!("Reading `{}` failed: its content is not what was put there.", path.display());
        Err(Error::new(ErrorCode::File, why))
    }

    /// The path of a source.
    pub(crate) fn path(&self, hash: &str) -> Result<PathBuf> {
        Ok(self.folder()?.join(hash))
    }

    /// The folder of all sources. `None` for a temporary folder that does not exist yet.
    pub(crate) fn place(&self) -> Result<Option<&Path>> {
        match &self.folder {
            Some(_) => self.folder().map(Some),
            None => Ok(self.temporary.get().map(Scratch::path)),
        }
    }

    /// Removes the temporary folder, if there is one. No source can be read or kept afterwards.
    pub(crate) fn close(&self) {
        scratch::close(&self.temporary);
    }

    fn folder(&self) -> Result<&Path> {
        if let Some(folder) = &self.folder {
            data_folder::make(folder)?;
            return Ok(folder);
        }
        scratch::open(&self.temporary)
    }
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(PARTIAL).tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.persist(path)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `watshop run` of a sealed file left one behind, if a task ended later than its workbench.
    #[test]
    fn a_temporary_folder_is_removed_at_the_end_though_the_sources_are_still_held() {
        let sources = Sources::new(None);
        let hash = sources.keep(b"bytes").unwrap();
        let file = sources.path(&hash).unwrap();
        assert!(file.exists());
        sources.close();
        assert!(!file.parent().unwrap().exists());
    }

    #[test]
    fn a_source_stays_as_long_as_a_tab_uses_it() {
        let folder = tempfile::tempdir().unwrap();
        let sources = Sources::new(Some(folder.path().join("sources")));
        let hash = sources.keep(b"bytes").unwrap();
        assert_eq!(sources.keep(b"bytes").unwrap(), hash);
        sources.release(&hash);
        sources.sweep(&hash);
        assert_eq!(sources.read(&hash).unwrap(), b"bytes", "another tab uses it");
        sources.release(&hash);
        sources.sweep(&hash);
        assert!(sources.read(&hash).is_err());
    }

    #[test]
    fn what_nobody_adopted_is_swept_at_the_start() {
        let folder = tempfile::tempdir().unwrap();
        let before = Sources::new(Some(folder.path().into()));
        let (used, left) = (before.keep(b"used").unwrap(), before.keep(b"left").unwrap());
        let after = Sources::new(Some(folder.path().into()));
        after.adopt(&used);
        after.sweep_all();
        assert!(after.read(&used).is_ok());
        assert!(after.read(&left).is_err());
    }

    #[test]
    fn what_a_damaged_state_may_name_is_not_swept_until_it_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let sources = Sources::new(Some(folder.path().join("sources")));
        let hash = sources.keep(b"bytes").unwrap();
        sources.release(&hash);
        let damaged = folder.path().join("state-damaged-1.sqlite");
        fs::write(&damaged, b"damaged").unwrap();
        sources.sweep(&hash);
        sources.sweep_all();
        assert!(sources.read(&hash).is_ok());
        fs::remove_file(damaged).unwrap();
        let strange = folder.path().join("sources/notes.txt");
        fs::write(&strange, b"somebody's").unwrap();
        sources.sweep_all();
        assert!(sources.read(&hash).is_err());
        assert!(strange.exists(), "what is not ours is left alone");
    }

    #[test]
    fn what_was_changed_behind_our_back_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let sources = Sources::new(Some(folder.path().into()));
        let hash = sources.keep(b"bytes").unwrap();
        fs::write(folder.path().join(&hash), b"other").unwrap();
        assert!(sources.read(&hash).is_err());
    }

    #[test]
    fn a_temporary_folder_goes_with_its_owner() {
        let sources = Sources::new(None);
        let hash = sources.keep(b"bytes").unwrap();
        let path = sources.path(&hash).unwrap();
        assert!(path.exists());
        drop(sources);
        assert!(!path.exists());
    }
}
