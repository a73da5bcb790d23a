use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use watshop_protocol::passport::Passport;

use crate::seal::{PARTIAL_PREFIX, PARTIAL_SUFFIX};
use crate::sealed::{open_file, sealed_passport};
use crate::{ArtifactError, Hand, Key};

/// How much a cache holds where nothing else is said: 1 GiB, some hundred large programs.
pub const DEFAULT_MAX_BYTES: u64 = 1 << 30;

/// A file that was begun this long ago and is still not whole belongs to somebody who was killed.
const ABANDONED: Duration = Duration::from_secs(60 * 60);

const EXTENSION: &str = "wshop";

/// A folder of sealed files, each under its [`Key`].
///
/// Several processes may use one folder at the same time: a file of the final name is always whole
/// ([`seal`](crate::seal) renames it there), and one that another process has removed is simply not
/// there.
#[derive(Debug, Clone)]
pub struct Cache {
    folder: PathBuf,
    max_bytes: u64,
}

/// What [`Cache::trim`] took away.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Trimmed {
    /// Files.
    pub files: usize,
    /// Their sizes together.
    pub bytes: u64,
}

impl Cache {
    /// Uses a folder, which is made where it is not there yet. `max_bytes` bounds it at each
    /// [`trim`](Self::trim).
    ///
    /// # Errors
    ///
    /// Where the folder cannot be made.
    pub fn open(folder: impl Into<PathBuf>, max_bytes: u64) -> Result<Self, ArtifactError> {
        let folder = folder.into();
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        // What lies here is going to be executed: nobody else may put anything in.
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&folder).map_err(|e| ArtifactError::file("make the folder", &folder, e))?;
        Ok(Self { folder, max_bytes })
    }

    /// Where all of them lie.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where the artifact of a key lies, or is to be sealed to.
    pub fn path(&self, key: &Key) -> PathBuf {
        self.folder.join(format!("{key}.{EXTENSION}"))
    }

    /// The artifact of a key, if it is there and this hand made it: whoever can write into the
    /// folder can put code under any key, and nobody is asked before what is found here runs. Its
    /// end is checked, and that its passport says what the key asks for; whoever loads it checks
    /// the rest ([`open`](crate::open)). It counts as used now.
    ///
    /// An entry that is damaged, or another's, is removed, so that the next compilation takes its
    /// place.
    pub fn find(&self, key: &Key, hand: &Hand) -> Option<(PathBuf, Passport)> {
        let path = self.path(key);
        match look_at(&path) {
            Ok(passport) if !hand.made(&passport) => {
                tracing::warn!(%key, "an entry of the cache was not made here; it is removed");
            }
            Ok(passport) if key.is_of(&passport) => return Some((path, passport)),
            Ok(_) => {
                tracing::warn!(%key, "an entry of the cache is not what its name says; it is removed")
            }
            Err(ArtifactError::File { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
                return None;
            }
            Err(error) => {
                tracing::warn!(%key, %error, "an entry of the cache cannot be used; it is removed")
            }
        }
        self.discard(key);
        None
    }

    /// Removes the artifact of a key, for whoever found it damaged.
    pub fn discard(&self, key: &Key) {
        let path = self.path(key);
        if let Err(error) = fs::remove_file(&path)
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(path = %path.display(), %error, "an entry of the cache cannot be removed");
        }
    }

    /// Removes what was used longest ago until the rest is within the bound, and files that
    /// somebody began more than an hour ago and never finished. The entry used last always stays,
    /// since a run that has just made it is about to load it. Files that are not the cache's own
    /// are left alone.
    ///
    /// # Errors
    ///
    /// Where the folder cannot be listed. A file that cannot be removed is logged and stays.
    pub fn trim(&self) -> Result<Trimmed, ArtifactError> {
        let now = SystemTime::now();
        let mut entries = Vec::new();
        let mut trimmed = Trimmed::default();
        for file in self.files()? {
            match file.kind {
                Kind::Entry => entries.push(file),
                Kind::Partial
                    if now.duration_since(file.modified).is_ok_and(|age| age > ABANDONED) =>
                {
                    trimmed.remove(&file);
                }
                Kind::Partial => {}
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
        let failed = |e| ArtifactError::file("list", &self.folder, e);
        let mut files = Vec::new();
        for entry in fs::read_dir(&self.folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let Some(kind) = Kind::of(&entry.path()) else { continue };
            // Another process may have removed it since it was listed.
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
    kind: Kind,
    size: u64,
    modified: SystemTime,
}

enum Kind {
    /// Named by a key.
    Entry,
    /// Named by `seal`, not whole yet.
    Partial,
}

impl Kind {
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

impl Trimmed {
    fn remove(&mut self, file: &CacheFile) {
        match fs::remove_file(&file.path) {
            Ok(()) => {
                self.files += 1;
                self.bytes += file.size;
            }
            // Another process trims too.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => {
                tracing::warn!(path = %file.path.display(), %error, "a file of the cache cannot be removed");
            }
        }
    }
}

/// Reads the passport of an entry and marks it as used now.
fn look_at(path: &Path) -> Result<Passport, ArtifactError> {
    let (mut file, length) = open_file(path)?;
    let passport = sealed_passport(&mut file, length, path)?;
    if let Err(error) = file.set_modified(SystemTime::now()) {
        // It only goes out earlier than it should.
        tracing::debug!(path = %path.display(), %error, "an entry of the cache cannot be marked as used");
    }
    Ok(passport)
}

#[cfg(test)]
#[path = "cache_tests.rs"]
pub(crate) mod tests;
