use std::io::{self, Write as _};
use std::path::Path;
use watshop_protocol::say;

use tempfile::NamedTempFile;
use watshop_protocol::passport::Passport;

use crate::layout::{self, LONGEST_PASSPORT, TRAILER};
use crate::{ArtifactError, Draft};

/// The beginning and the end of the names of unfinished files. The cache removes old ones.
pub(crate) const PARTIAL_PREFIX: &str = ".sealing-";
pub(crate) const PARTIAL_SUFFIX: &str = ".partial";

/// Writes a sealed file and gives its passport. Only its owner may read the file.
///
/// It is written under a temporary name in the same folder and renamed when it is whole. So a
/// process that is killed meanwhile leaves no file with the final name, and an older file of that
/// name stays as it was. The file is not flushed to the disk: its hashes reveal the damage of a
/// power cut, and it can be made again.
///
/// # Errors
///
/// [`ArtifactError::DiskFull`] if no space is left, [`ArtifactError::File`] if the system refuses
/// for another reason. The temporary file is removed in both cases.
pub fn seal(to: &Path, payload: &[u8], draft: Draft) -> Result<Passport, ArtifactError> {
    write(to, payload, draft).map_err(|e| ArtifactError::file(say!("write"), to, e))
}

/// Writes a file the same way: whole, or not at all.
///
/// # Errors
///
/// Those of [`seal`].
pub fn write_file(to: &Path, parts: &[&[u8]]) -> Result<(), ArtifactError> {
    let written = partial(to).and_then(|mut file| {
        for part in parts {
            file.write_all(part)?;
        }
        file.persist(to).map_err(|e| e.error)
    });
    written.map(drop).map_err(|e| ArtifactError::file(say!("write"), to, e))
}

/// Makes a file with a temporary name in the folder of another.
fn partial(to: &Path) -> io::Result<NamedTempFile> {
    // A bare file name has the parent "", which means the current folder.
    let folder = to.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    tempfile::Builder::new().prefix(PARTIAL_PREFIX).suffix(PARTIAL_SUFFIX).tempfile_in(folder)
}

fn write(to: &Path, payload: &[u8], draft: Draft) -> io::Result<Passport> {
    let mut file = partial(to)?;
    // The hash is computed while the system writes.
    let (hash, written) = rayon::join(|| crate::hash(payload), || file.write_all(payload));
    written?;
    let passport = draft.passport(hash, payload.len() as u64);
    let ending = layout::ending(&passport)?;
    if ending.len() > LONGEST_PASSPORT + TRAILER {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            say!("its passport would be too long to be read again"),
        ));
    }
    file.write_all(&ending)?;
    file.persist(to).map_err(|e| e.error)?;
    Ok(passport)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::draft;
    use crate::open;

    fn names(folder: &Path) -> Vec<String> {
        std::fs::read_dir(folder)
            .unwrap()
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .collect()
    }

    #[test]
    fn sealing_leaves_one_file_and_replaces_the_one_that_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.wshop");
        for payload in [b"first".as_slice(), b"second, and longer", b"3rd"] {
            let passport = seal(&path, payload, draft()).unwrap();
            let sealed = open(&path).unwrap();
            assert_eq!(sealed.payload(), payload);
            assert_eq!(sealed.passport, passport);
            assert_eq!(names(folder.path()), ["a.wshop"]);
        }
    }

    #[test]
    fn a_folder_that_is_not_there_is_an_error_with_its_path() {
        let folder = tempfile::tempdir().unwrap();
        let error = seal(&folder.path().join("no/such/a.wshop"), b"x", draft()).unwrap_err();
        assert!(
            matches!(&error, ArtifactError::File { doing, .. } if *doing == "write"),
            "{error}"
        );
        assert!(error.to_string().contains("no/such/a.wshop"), "{error}");
    }

    /// `/dev/full` is the system's own full disk: every write to it fails with ENOSPC.
    #[test]
    fn a_full_disk_is_told_by_name_and_leaves_nothing() {
        let error = std::fs::File::options()
            .write(true)
            .open("/dev/full")
            .unwrap()
            .write_all(b"x")
            .unwrap_err();
        let error = ArtifactError::file(say!("write"), Path::new("/data/a.wshop"), error);
        assert!(matches!(error, ArtifactError::DiskFull(_)), "{error}");
    }

    #[test]
    fn a_passport_too_long_to_be_read_again_is_not_written() {
        let folder = tempfile::tempdir().unwrap();
        let draft = Draft { triple: "x".repeat(LONGEST_PASSPORT), ..draft() };
        seal(&folder.path().join("a.wshop"), b"x", draft).unwrap_err();
        assert!(names(folder.path()).is_empty());
    }
}
