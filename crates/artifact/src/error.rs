use std::io;
use std::path::{Path, PathBuf};
use watshop_protocol::{Sentence, say};

use watshop_protocol::page::{Error, ErrorCode};

/// The reason why a sealed file could not be written, read or used.
#[derive(Debug, thiserror::Error)]
pub enum ArtifactError {
    /// The bytes do not end as a sealed artifact does: another file, or one that was cut short.
    #[error(
        "The file does not end with the seal of an artifact: it is another kind of file, or it was cut short."
    )]
    NotSealed,
    /// The seal is there, and something does not match it.
    #[error("The sealed artifact is damaged: {0}.")]
    Damaged(Sentence),
    /// The file is whole, but its code is not for this machine or this version.
    #[error("The sealed artifact does not run here: {0}.")]
    Foreign(Sentence),
    /// No space was left while writing.
    #[error("There is no space left to write `{}`.", .0.display())]
    DiskFull(PathBuf),
    /// The system refused.
    #[error("Cannot {doing} `{}`: {source}.", path.display())]
    File {
        /// The verb: "read", "write".
        doing: Sentence,
        /// The path of the file or folder.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
}

impl ArtifactError {
    pub(crate) fn file(doing: Sentence, path: &Path, source: io::Error) -> Self {
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                Self::DiskFull(path.to_owned())
            }
            _ => Self::File { doing, path: path.to_owned(), source },
        }
    }
}

impl From<ArtifactError> for Error {
    fn from(error: ArtifactError) -> Self {
        let message = match &error {
            ArtifactError::NotSealed => say!(
                "The file does not end with the seal of an artifact: it is another kind of file, or it was cut short."
            ),
            ArtifactError::Damaged(why) => say!("The sealed artifact is damaged: {why}."),
            ArtifactError::Foreign(why) => say!("The sealed artifact does not run here: {why}."),
            ArtifactError::DiskFull(path) => {
                say!("There is no space left to write `{}`.", path.display())
            }
            ArtifactError::File { doing, path, source } => {
                say!("Cannot {doing} `{}`: {source}.", path.display())
            }
        };
        let (code, help) = match &error {
            ArtifactError::NotSealed | ArtifactError::Damaged(_) => (
                ErrorCode::ArtifactDamaged,
                say!(
                    "Fetch the file again, or compile the module again. Nothing of the file was loaded."
                ),
            ),
            ArtifactError::Foreign(_) => (
                ErrorCode::ArtifactForeign,
                say!(
                    "Compile the module again, on this machine or for it. Nothing of the file was loaded."
                ),
            ),
            ArtifactError::DiskFull(_) => (
                ErrorCode::DiskFull,
                say!("Free some space on that disk, or move the data folder (WATSHOP_DATA_DIR)."),
            ),
            ArtifactError::File { .. } => (
                ErrorCode::File,
                say!("Check that the file exists, and that you may read and write it."),
            ),
        };
        Self::new(code, message).help(help)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_and_a_full_quota_are_told_apart_from_other_failures() {
        let code = |errno| {
            Error::from(ArtifactError::file(
                say!("write"),
                Path::new("x"),
                io::Error::from_raw_os_error(errno),
            ))
            .code
        };
        assert_eq!(code(libc::ENOSPC), ErrorCode::DiskFull);
        assert_eq!(code(libc::EDQUOT), ErrorCode::DiskFull);
        assert_eq!(code(libc::EACCES), ErrorCode::File);
    }
}
