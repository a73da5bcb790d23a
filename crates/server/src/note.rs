//! The note that a server leaves in its data folder. Only its owner may read it, and the server has
//! it locked as long as it runs.

use std::fs::{self, File};
use std::io::{self, Seek as _, Write as _};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::task::JoinHandle;

/// The time between two checks that the note is still there. The workbench restores a folder that
/// was removed, and the note belongs into it.
const LOOK: Duration = Duration::from_millis(500);

/// The content of a note.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct NoteContent {
    pub address: SocketAddr,
    /// The key with which a second start asks for a fresh address. So every reader of the note can
    /// connect.
    pub key: String,
}

/// A note that is written again if its file is removed, until it is dropped.
#[derive(Debug)]
pub(crate) struct Note {
    left: Arc<Mutex<Option<Left>>>,
    keeping: JoinHandle<()>,
}

/// The file of a note. It is removed with this.
#[derive(Debug)]
struct Left {
    path: PathBuf,
    locked: File,
    written: NoteContent,
}

impl Note {
    /// Writes the note. Errors are the system's, or tell that another server has locked the note.
    pub(crate) fn leave(path: &Path, written: NoteContent) -> io::Result<Self> {
        let left = Arc::new(Mutex::new(Some(Left::leave(path, written)?)));
        let keeping = tokio::spawn(keep(Arc::clone(&left)));
        Ok(Self { left, keeping })
    }
}

impl Drop for Note {
    fn drop(&mut self) {
        self.keeping.abort();
        drop(lock(&self.left).take());
    }
}

async fn keep(left: Arc<Mutex<Option<Left>>>) {
    let mut looks = tokio::time::interval(LOOK);
    loop {
        looks.tick().await;
        let mut left = lock(&left);
        let Some(lost) = left.as_ref().filter(|left| !left.is_there()) else { continue };
        match Left::leave(&lost.path, lost.written.clone()) {
            Ok(anew) => *left = Some(anew),
            Err(error) => tracing::debug!(%error, "the note of this server is not there"),
        }
    }
}

impl Left {
    fn leave(path: &Path, written: NoteContent) -> io::Result<Self> {
        let mut options = File::options();
        options.create(true).truncate(false).read(true).write(true);
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path)?;
        file.try_lock().map_err(io::Error::other)?;
        file.set_len(0)?;
        file.rewind()?;
        serde_json::to_writer(&file, &written)?;
        file.flush()?;
        Ok(Self { path: path.to_owned(), locked: file, written })
    }

    /// True if the file at the path is still this one.
    fn is_there(&self) -> bool {
        let found = fs::metadata(&self.path).ok();
        found.zip(self.locked.metadata().ok()).is_some_and(|(found, ours)| is_same(&found, &ours))
    }
}

impl Drop for Left {
    fn drop(&mut self) {
        if !self.is_there() {
            return;
        }
        if let Err(error) = fs::remove_file(&self.path) {
            tracing::debug!(path = %self.path.display(), %error, "the note of this server stays");
        }
    }
}

fn is_same(one: &fs::Metadata, other: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}
