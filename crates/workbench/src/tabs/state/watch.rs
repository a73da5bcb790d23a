//! Checks whether the files of the state are still those that were opened. A file that was removed
//! or replaced takes writes without an error.

use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use watshop_protocol::{Sentence, say};

use super::database::SMALLEST;
use super::names::beside;

/// The database and its log.
pub(super) struct DatabaseWatch {
    main: WatchedFile,
    log: WatchedFile,
}

struct WatchedFile {
    path: PathBuf,
    /// The identity of the file. `None` while there is no file.
    id: Option<FileId>,
}

type FileId = (u64, u64);

impl DatabaseWatch {
    /// Watches a database that has just been opened.
    pub(super) fn new(path: &Path) -> Self {
        let watched = |path: PathBuf| WatchedFile {
            id: fs::metadata(&path).ok().map(|file| id(&file)),
            path,
        };
        Self { main: watched(path.to_owned()), log: watched(beside(path, "-wal")) }
    }

    /// The harm to the files, as the end of a sentence. `None` if there is none.
    pub(super) fn lost(&mut self) -> Option<Sentence> {
        self.main.lost().or_else(|| self.log.lost()).or_else(|| {
            let length = fs::metadata(&self.main.path).ok()?.len();
            (length < SMALLEST).then(|| say!("was cut"))
        })
    }
}

impl WatchedFile {
    fn lost(&mut self) -> Option<Sentence> {
        match fs::metadata(&self.path) {
            Ok(file) => {
                let found = id(&file);
                (*self.id.get_or_insert(found) != found).then(|| say!("was replaced by another"))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                self.id.map(|_| say!("was removed"))
            }
            Err(_) => None,
        }
    }
}

/// The identity of a file, which another file with its name does not have.
pub(super) fn id(file: &Metadata) -> FileId {
    use std::os::unix::fs::MetadataExt as _;
    (file.dev(), file.ino())
}
