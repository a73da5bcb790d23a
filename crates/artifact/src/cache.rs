use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use watshop_protocol::say;

use watshop_protocol::passport::Passport;

use crate::seal::{PARTIAL_PREFIX, PARTIAL_SUFFIX};
use crate::sealed::{open_file, sealed_passport};
use crate::{ArtifactError, Key, SigningKey};

/// The bound of a cache if the settings name none: 1 GiB, some hundred large programs.
pub const DEFAULT_MAX_BYTES: u64 = 1 << 30;

/// The age from which an unfinished file counts as abandoned: the process that began it was killed.
const ABANDONED: Duration = Duration::from_secs(60 * 60);

const EXTENSION: &str = "wshop";

/// A folder of sealed files, each under its [`Key`].
///
/// Several processes may use one folder at the same time. A file with its final name is always
/// whole, because [`seal`](crate::seal()) renames it when it is finished. A file that another process
/// has removed is treated as missing.
#[derive(Debug, Clone)]
pub struct Cache {
    folder: PathBuf,
    max_bytes: u64,
}

/// The files that [`Cache::trim`] removed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TrimReport {
    /// The number of files.
    pub files: usize,
    /// Their size together, in bytes.
    pub bytes: u64,
}

impl Cache {
    /// Uses a folder, and makes it if it does not exist. [`trim`](Self::trim) keeps it within
    /// `max_bytes`.
    ///
    /// # Errors
    ///
    /// Fails if the folder cannot be made.
    pub fn open(folder: impl Into<PathBuf>, max_bytes: u64) -> Result<Self, ArtifactError> {
        let folder = folder.into();
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        // Files in this folder are going to be executed, so only their owner may write to it.
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder
            .create(&folder)
            .map_err(|e| ArtifactError::file(say!("make the folder"), &folder, e))?;
        Ok(Self { folder, max_bytes })
    }

    /// The folder of the cache.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The path of a key's artifact, whether it exists or not.
    pub fn path(&self, key: &Key) -> PathBuf {
        self.folder.join(format!("{key}.{EXTENSION}"))
    }

    /// The artifact of a key, if it exists and this hand signed it. The signature matters: another
    /// program that can write to the folder could put code under any key, and Watshop runs the
    /// artifacts of its cache without asking. The trailer is checked, and the passport against the
    /// key. [`open`](crate::open) checks the rest when the artifact is loaded. The artifact counts
    /// as used now.
    ///
    /// An entry that is damaged, or signed by another data folder, is removed. So the next
    /// compilation takes its place.
    pub fn find(&self, key: &Key, signing_key: &SigningKey) -> Option<(PathBuf, Passport)> {
        let path = self.path(key);
        match look_at(&path) {
            Ok(passport) if !signing_key.signed(&passport) => {
                tracing::warn!(%key, "an entry of the cache was not made here; it is removed");
            }
            Ok(passport) if key.is_of(&passport) => return Some((path, passport)),
            Ok(_) => {
                tracing::warn!(%key, "an entry of the cache is not what its name says; it is removed");
            }
            Err(ArtifactError::File { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
                return None;
            }
            Err(error) => {
                tracing::warn!(%key, %error, "an entry of the cache cannot be used; it is removed");
            }
        }
        self.discard(key);
        None
    }

    /// Removes the artifact of a key after it was found damaged.
    pub fn discard(&self, key: &Key) {
        let path = self.path(key);
        if let Err(error) = fs::remove_file(&path)
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(path = %path.display(), %error, "an entry of the cache cannot be removed");
        }
    }

    /// Removes the entries that were used longest ago until the rest is within the bound. It also
    /// removes files that were begun more than an hour ago and never finished. The entry that was
    /// used last always stays, because a run that has just made it is about to load it. Files that
    /// are not the cache's own stay.
    ///
    /// # Errors
    ///
    /// Fails if the folder cannot be listed. A file that cannot be removed is logged and stays.
    pub fn trim(&self) -> Result<TrimReport, ArtifactError> {
        let now = SystemTime::now();
        let mut entries = Vec::new();
        let mut trimmed = TrimReport::default();
        for file in self.files()? {
            match file.kind {
                FileKind::Entry => entries.push(file),
                FileKind::Partial
                    if now.duration_since(file.modified).is_ok_and(|age| age > ABANDONED) =>
                {
                    trimmed.remove(&file);
                }
                FileKind::Partial => {}
            }
        }
        entries.sort_by(|a, b| (a.modified, &a.path).cmp(&(b.modified, &b.path)));
        let mut held: u64 = entries.iter().map(|entry| entry.size).sum();
        let removable = entries.len().saturating_sub(1);
        for entry in &entries[..removable] {
            if held <= self.max_bytes {
                break;
            }
            held -= entry.size;
            trimmed.remove(entry);
        }
        Ok(trimmed)
    }

    fn files(&self) -> Result<Vec<CacheFile>, ArtifactError> {
        let failed = |e| ArtifactError::file(say!("list"), &self.folder, e);
        let mut files = Vec::new();
        for entry in fs::read_dir(&self.folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let Some(kind) = FileKind::of(&entry.path()) else { continue };
            // Another process may have removed the file since it was listed.
            let Ok(metadata) = entry.metadata() else { continue };
            let Ok(modified) = metadata.modified() else { continue };
            if metadata.is_file() {
                files.push(CacheFile { path: entry.path(), kind, size: metadata.len(), modified });
            }
        }
        Ok(files)
    }
}

/// A file of the cache's own.
struct CacheFile {
    path: PathBuf,
    kind: FileKind,
    size: u64,
    modified: SystemTime,
}

enum FileKind {
    /// A finished artifact, named by its key.
    Entry,
    /// A file that `seal` has not finished.
    Partial,
}

impl FileKind {
    fn of(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?;
        if name.starts_with(PARTIAL_PREFIX) && name.ends_with(PARTIAL_SUFFIX) {
            return Some(Self::Partial);
        }
        let key = name.strip_suffix(EXTENSION)?.strip_suffix('.')?;
        let hexadecimal = key.len() == 64 && key.bytes().all(|b| b.is_ascii_hexdigit());
        hexadecimal.then_some(Self::Entry)
    }
}

impl TrimReport {
    fn remove(&mut self, file: &CacheFile) {
        match fs::remove_file(&file.path) {
            Ok(()) => {
                self.files += 1;
                self.bytes += file.size;
            }
            // Another process trims too, and was faster.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => {
                tracing::warn!(path = %file.path.display(), %error, "a file of the cache cannot be removed");
            }
        }
    }
}

/// Reads the passport of an entry and marks the entry as used now.
fn look_at(path: &Path) -> Result<Passport, ArtifactError> {
    let (mut file, length) = open_file(path)?;
    let passport = sealed_passport(&mut file, length, path)?;
    if let Err(error) = file.set_modified(SystemTime::now()) {
        // Without the mark, the entry is removed earlier than it should be.
        tracing::debug!(path = %path.display(), %error, "an entry of the cache cannot be marked as used");
    }
    Ok(passport)
}

#[cfg(test)]
#[path = "cache_tests.rs"]
pub(crate) mod tests;
