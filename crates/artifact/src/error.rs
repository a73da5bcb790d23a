use std::io;
use std::path::{Path, PathBuf};

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
    Damaged(String),
    /// The file is whole, but its code is not for this machine or this version.
    #[error("The sealed artifact does not run here: {0}.")]
    Foreign(String),
    /// No space was left while writing.
    #[error("There is no space left to write `{}`.", .0.display())]
    DiskFull(PathBuf),
    /// The system refused.
    #[error("Cannot {doing} `{}`: {source}.", path.display())]
    File {
        /// The verb: "read", "write".
        doing: &'static str,
        /// The path of the file or folder.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
}

impl ArtifactError {
    pub(crate) fn file(doing: &'static str, path: &Path, source: io::Error) -> Self {
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
        let (code, help) = match &error {
            ArtifactError::NotSealed | ArtifactError::Damaged(_) => (
                ErrorCode::ArtifactDamaged,
                "Fetch the file again, or compile the module again. Nothing of the file was loaded.",
            ),
            ArtifactError::Foreign(_) => (
                ErrorCode::ArtifactForeign,
                "Compile the module again, on this machine or for it. Nothing of the file was loaded.",
            ),
            ArtifactError::DiskFull(_) => (
                ErrorCode::DiskFull,
                "Free some space on that disk, or move the data folder (WATSHOP_DATA_DIR).",
            ),
            ArtifactError::File { .. } => {
                (ErrorCode::File, "Check that the file exists, and that you may read and write it.")
            }
        };
        Self::new(code, error.to_string()).help(help)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_and_a_full_quota_are_told_apart_from_other_failures() {
        let code = |errno| {
            Error::from(ArtifactError::file(
                "write",
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
