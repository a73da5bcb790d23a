//! Keeps the data folder private: it holds the person's texts, and the secret that signs artifacts.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io;
use std::path::Path;

use watshop_protocol::page::Result;

use crate::config::file_error;

/// The file of the secret that signs artifacts.
pub(crate) const HAND: &str = "hand.key";

/// The bytes that a first start needs: an empty database with its log, a secret, and some to spare.
pub(crate) const NEEDED: u64 = 512 << 10;

/// The free bytes on the disk of a file or folder, even of one that does not exist yet. `None` if
/// the system does not say.
pub(crate) fn free(path: &Path) -> Option<u64> {
    let there = path.ancestors().find(|path| path.exists())?;
    let about = rustix::fs::statvfs(there).ok()?;
    Some(about.f_bavail.saturating_mul(about.f_frsize))
}

/// Makes a folder that only its owner may enter, if it does not exist.
///
/// # Errors
///
/// `file` or `disk_full`.
pub(crate) fn make(folder: &Path) -> Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|e| file_error("making the data folder", folder, &e))
}

/// Opens a file for appending. A new one may be read only by its owner.
pub(crate) fn file(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.create(true).append(true);
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// The beginning of the name of a damaged database that was moved aside.
pub(crate) const DAMAGED: &str = "state-damaged-";

/// True if a damaged database lies in a data folder. It may be the only one to name some binaries.
pub(crate) fn has_damaged(folder: &Path) -> bool {
    let is_aside = |name: &OsStr| name.as_encoded_bytes().starts_with(DAMAGED.as_bytes());
    fs::read_dir(folder)
        .is_ok_and(|mut files| files.any(|file| file.is_ok_and(|file| is_aside(&file.file_name()))))
}

/// Removes the rights of other users to the data folder, which an earlier Watshop or a copy may
/// have given. It changes only files of this process's user with names that Watshop gives.
pub(crate) fn mend(folder: &Path) {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};

    let me = rustix::process::geteuid().as_raw();
    let limit = |path: &Path, about: &fs::Metadata| {
        let wanted = if about.is_dir() { 0o700 } else { 0o600 };
        let mode = about.mode() & 0o7777;
        // A folder with the sticky bit is shared on purpose.
        let is_ours =
            about.uid() == me && (about.is_dir() || about.is_file()) && mode & 0o1000 == 0;
        if is_ours
            && mode != wanted
            && let Err(error) = fs::set_permissions(path, fs::Permissions::from_mode(wanted))
        {
            tracing::warn!(path = %path.display(), %error, "others may read this file of Watshop's");
        }
        is_ours
    };
    // The folder itself may be named by a link, but its contents may not.
    if !folder.metadata().is_ok_and(|about| limit(folder, &about)) {
        return;
    }
    let inside = |path: &Path| path.symlink_metadata().is_ok_and(|about| limit(path, &about));
    for name in FILES {
        inside(&folder.join(name));
    }
    for name in FOLDERS {
        let path = folder.join(name);
        if inside(&path)
            && let Ok(files) = fs::read_dir(&path)
        {
            for file in files.flatten() {
                inside(&file.path());
            }
        }
    }
}

/// The files and folders in a data folder.
const FILES: [&str; 7] = [
    "lock",
    HAND,
    "window.json",
    "serve.json",
    "state.sqlite",
    "state.sqlite-wal",
    "state.sqlite-shm",
];

const FOLDERS: [&str; 2] = ["artifacts", "sources"];

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test's way to fail is to panic")]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn mode(path: &Path) -> u32 {
        path.metadata().unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn what_others_could_read_is_mended_and_what_is_not_ours_is_left_alone() {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("data");
        fs::create_dir_all(folder.join("artifacts")).unwrap();
        let allow = |path: &Path, mode| {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        };
        let own = ["hand.key", "state.sqlite", "artifacts/a.wshop"].map(|name| folder.join(name));
        let other = folder.join("somebody's program");
        let outside = parent.path().join("outside");
        for path in own.iter().chain([&other, &outside]) {
            fs::write(path, "x").unwrap();
            allow(path, 0o755);
        }
        std::os::unix::fs::symlink(&outside, folder.join("lock")).unwrap();
        for path in [&folder, &folder.join("artifacts")] {
            allow(path, 0o755);
        }
        mend(&folder);
        assert_eq!((mode(&folder), mode(&folder.join("artifacts"))), (0o700, 0o700));
        assert!(own.iter().all(|path| mode(path) == 0o600));
        assert_eq!((mode(&other), mode(&outside)), (0o755, 0o755));
    }

    #[test]
    fn a_folder_of_everybody_stays_so() {
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o1777)).unwrap();
        mend(folder.path());
        assert_eq!(folder.path().metadata().unwrap().permissions().mode() & 0o7777, 0o1777);
    }
}
