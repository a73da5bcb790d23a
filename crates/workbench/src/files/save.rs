//! Saves files to the host.

use std::ffi::OsStr;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use watshop_protocol::say;

use watshop_protocol::page::{Error, ErrorCode, HostPath, Result, SourceKind, TabSummary};

use super::Files;
use crate::config::file_error;
use crate::tabs::{BinaryState, Change, Source, Tab, Urgency};
use crate::task::blocking;

impl Files {
    /// Writes the contents of a tab to a file: as a binary if its name ends in `.wasm`, as text
    /// otherwise. From then on it is the tab's file. A sealed artifact is written unchanged. For
    /// any other tab, a name that ends in `.wshop` gets the artifact of its last Run. That file is
    /// only a copy.
    pub(crate) async fn save(
        self: &Arc<Self>,
        tab: &Arc<Tab>,
        path: Option<HostPath>,
    ) -> Result<TabSummary> {
        let (held_path, source) = {
            let held = tab.held();
            (held.path.clone(), held.source.clone())
        };
        let path = path.map(|path| PathBuf::from(path.0)).or(held_path).ok_or_else(|| {
            Error::new(ErrorCode::BadRequest, say!("This tab has no file yet."))
                .help(say!("Give a path to save it to."))
        })?;
        let source = self.tabs.read_source(tab, source).await;
        if has_ending(&path, "wshop") && source.kind() != SourceKind::Sealed {
            let settings = tab.held().settings.clone();
            let bytes = self.sealed(tab, source, settings).await?;
            return blocking(move || write(&path, &bytes)).await.map(|_| tab.summary());
        }
        let (files, kept, stored) = (Arc::clone(self), source.clone(), path.clone());
        let path =
            blocking(move || write(&stored, &files.content(&kept, has_ending(&stored, "wasm"))?))
                .await?;
        self.overwritten(tab, &path);
        {
            let mut held = tab.held();
            held.title = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            held.path = Some(path);
            held.lesson = None;
            // The hash is of the written contents, because a person may have typed meanwhile.
            held.saved = Some(source.hash());
            held.compare();
            self.tabs.keep(Change::Tab(tab.row(&held), Urgency::Now));
        }
        self.tabs.tell();
        Ok(tab.summary())
    }

    /// Marks other tabs of the same file as changed, because the file has other contents now.
    fn overwritten(&self, tab: &Tab, path: &Path) {
        let others: Vec<_> = self.tabs.others(tab);
        for other in others {
            let mut held = other.held();
            if held.path.as_deref() == Some(path) {
                held.saved = None;
                held.compare();
                self.tabs.keep(Change::Tab(other.row(&held), Urgency::Now));
            }
        }
    }

    /// The bytes of a file: a sealed artifact's, a binary's, or text.
    fn content(&self, source: &Source, binary: bool) -> Result<Vec<u8>> {
        match source {
            Source::Sealed { hash, .. } if !binary => self.tabs.sources().read(hash),
            Source::Wat(text) if !binary => Ok(text.as_bytes().to_vec()),
            Source::Wasm { content: BinaryState::Read(read), .. } if !binary => match &read.text {
                Some(text) => Ok(text.as_bytes().to_vec()),
                None => Err(Error::new(
                    ErrorCode::BadRequest,
                    say!("This binary is too large to be written as text."),
                )
                .help(say!("Save it under a name that ends in .wasm."))),
            },
            _ => source.binary().map(|bytes| bytes.to_vec()),
        }
    }
}

/// Writes a file as one step. A reader sees the old contents or the new ones, whatever happens.
/// Gives the file's full path.
///
/// # Errors
///
/// `disk_full` or `file`. The old contents are still there.
pub fn write(path: &Path, bytes: &[u8]) -> Result<PathBuf> {
    write_by(path, |file| file.write_all(bytes).map_err(|e| failed_at(path, &e)))
}

/// Writes a file as [`write()`] does, by a function that is given the new file.
pub(super) fn write_by(
    path: &Path,
    fill: impl FnOnce(&mut std::fs::File) -> Result<()>,
) -> Result<PathBuf> {
    let failed = |e: std::io::Error| failed_at(path, &e);
    // A link is followed to its file, and stays.
    let target = match path.canonicalize() {
        Ok(target) => target,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
            let folder =
                path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
            let name = path
                .file_name()
                .ok_or_else(|| failed(std::io::Error::other("it names no file")))?;
            folder.canonicalize().map_err(failed)?.join(name)
        }
        Err(e) => return Err(failed(e)),
    };
    if target.is_dir() {
        return Err(failed(std::io::Error::other("it is a folder")));
    }
    // The new file replaces the old one, which must not be a device or a pipe in use.
    if target.exists() && !target.is_file() {
        return Err(failed(std::io::Error::other(
            "it is a pipe, a device or a socket, not a regular file",
        )));
    }
    let folder = target.parent().unwrap_or(Path::new("/"));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".watshop-");
    // A new file gets the rights of the person's umask. An old one keeps its own.
    let old = std::fs::metadata(&target).ok().map(|about| about.permissions());
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder).map_err(failed)?;
    fill(file.as_file_mut())?;
    if let Some(old) = old {
        file.as_file().set_permissions(old).map_err(failed)?;
    }
    // A person's own file, unlike ours, must not be empty after a power failure.
    file.as_file().sync_all().map_err(failed)?;
    file.persist(&target).map_err(|e| failed(e.error))?;
    Ok(target)
}

fn failed_at(path: &Path, error: &std::io::Error) -> Error {
    file_error(say!("Writing"), path, error)
}

/// Writes a file and reads it again, so that the disk has the right bytes. Gives the file's full
/// path and the BLAKE3 hash of its contents, in hexadecimal.
///
/// # Errors
///
/// The errors of [`write()`]. `artifact_damaged` if the disk has other bytes. Then the file is
/// removed.
pub fn write_checked(path: &Path, bytes: &[u8]) -> Result<(PathBuf, String)> {
    let path = write(path, bytes)?;
    let there = watshop_artifact::read_regular(&path, bytes.len() as u64)
        .map_err(|e| file_error(say!("Reading"), &path, &e))?;
    let hash = watshop_artifact::hash(&there);
    if hash == watshop_artifact::hash(bytes) {
        return Ok((path, hash));
    }
    drop(std::fs::remove_file(&path));
    Err(watshop_artifact::damaged_error(say!(
        "`{}` does not hold what was written",
        path.display()
    )))
}

fn has_ending(path: &Path, ending: &str) -> bool {
    path.extension().unwrap_or(OsStr::new("")).eq_ignore_ascii_case(ending)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_file_keeps_its_permissions_and_its_links() {
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("a.wat"), folder.path().join("link.wat"));
        std::fs::write(&file, "old").unwrap();
        std::fs::set_permissions(&file, PermissionsExt::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        let written = write(&link, b"new").unwrap();
        assert_eq!(written, file.canonicalize().unwrap());
        assert_eq!(std::fs::read(&file).unwrap(), b"new");
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
        assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(
            std::fs::read_dir(folder.path()).unwrap().count(),
            2,
            "nothing temporary is left"
        );
    }

    #[test]
    fn where_it_cannot_be_written_the_old_content_stays() {
        let folder = tempfile::tempdir().unwrap();
        let error = write(&folder.path().join("no/such/folder.wat"), b"x").unwrap_err();
        assert_eq!(error.code, ErrorCode::File);
        assert!(error.message.contains("folder.wat"), "{error}");
        assert!(write(folder.path(), b"x").unwrap_err().message.contains("it is a folder"));
    }
}
