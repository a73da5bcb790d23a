//! Keeps the data folder private: it holds the person's texts, and the secret that signs artifacts.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use watshop_protocol::say;

use watshop_protocol::page::Result;

use crate::config::file_error;

/// The file of the secret that artifacts are signed with.
pub(crate) const SIGNING_KEY: &str = "signing.key";

/// The name that the same file had until November 2026.
const OLD_SIGNING_KEY: &str = "hand.key";

/// The path of the signing key of a data folder, whether or not there is one yet. A key with the old
/// name gets the new one. If it cannot be renamed, it is used as it is.
pub(crate) fn signing_key(folder: &Path) -> PathBuf {
    let (path, old) = (folder.join(SIGNING_KEY), folder.join(OLD_SIGNING_KEY));
    if path.exists() {
        return path;
    }
    match fs::rename(&old, &path) {
        // A second process may have renamed it in this moment.
        Err(_) if !path.exists() && old.exists() => old,
        _ => path,
    }
}

/// Returns true if a data folder has a signing key, under either name.
pub(crate) fn has_signing_key(folder: &Path) -> bool {
    [SIGNING_KEY, OLD_SIGNING_KEY].iter().any(|name| folder.join(name).exists())
}

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
    builder.create(folder).map_err(|e| file_error(say!("Making the data folder"), folder, &e))
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
const FILES: [&str; 12] = [
    "lock",
    SIGNING_KEY,
    OLD_SIGNING_KEY,
    "window.json",
    "serve.json",
    "state.sqlite",
    "state.sqlite-wal",
    "state.sqlite-shm",
    "history.sqlite",
    "history.sqlite-wal",
    "history.sqlite-shm",
    "history-damaged.sqlite",
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
        let own = [SIGNING_KEY, OLD_SIGNING_KEY, "state.sqlite", "artifacts/a.wshop"]
            .map(|name| folder.join(name));
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
    fn a_key_with_the_old_name_gets_the_new_one_and_is_the_same() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("hand.key"), [7; 32]).unwrap();
        assert!(has_signing_key(folder.path()));
        let path = signing_key(folder.path());
        assert_eq!(path, folder.path().join("signing.key"));
        assert_eq!(fs::read(&path).unwrap(), [7; 32]);
        assert!(!folder.path().join("hand.key").exists());
        assert_eq!(signing_key(folder.path()), path, "it is there already");
    }

    #[test]
    fn a_new_key_is_not_replaced_by_one_with_the_old_name() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("signing.key"), [1; 32]).unwrap();
        fs::write(folder.path().join("hand.key"), [7; 32]).unwrap();
        assert_eq!(fs::read(signing_key(folder.path())).unwrap(), [1; 32]);
    }

    #[test]
    fn a_folder_of_everybody_stays_so() {
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o1777)).unwrap();
        mend(folder.path());
        assert_eq!(folder.path().metadata().unwrap().permissions().mode() & 0o7777, 0o1777);
    }
}
