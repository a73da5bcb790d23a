//! Reading files that a person names. All of Watshop reads them through this module.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _};
use std::path::Path;
use watshop_protocol::say;

/// Opens a regular file and gives its length in bytes. Anything else (a pipe, a terminal, a device,
/// a socket, a folder) is refused before a byte is read: a pipe could make its reader wait for
/// ever, and a device has no end.
///
/// # Errors
///
/// Those of the system; [`io::ErrorKind::IsADirectory`] if it is a folder, and
/// [`io::ErrorKind::InvalidInput`] if it is another file that is not regular.
pub fn open_regular(path: &Path) -> io::Result<(File, u64)> {
    let mut options = OpenOptions::new();
    options.read(true);
    // Without this flag, opening a pipe waits until another process writes to it. It changes
    // nothing for a regular file.
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, libc::O_NONBLOCK);
    // A sandbox may forbid opening a folder, before its metadata could tell that it is one.
    let folder = || io::Error::new(io::ErrorKind::IsADirectory, say!("it is a folder"));
    let file = options.open(path).map_err(|error| if path.is_dir() { folder() } else { error })?;
    let about = file.metadata()?;
    if about.is_dir() {
        return Err(folder());
    }
    if !about.is_file() {
        let what = "it is a pipe, a device or a socket, not a regular file";
        return Err(io::Error::new(io::ErrorKind::InvalidInput, what));
    }
    Ok((file, about.len()))
}

/// Reads a regular file of at most `most` bytes.
///
/// # Errors
///
/// Those of [`open_regular`]; [`io::ErrorKind::FileTooLarge`] if the file has more than `most`
/// bytes.
pub fn read_regular(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let (file, length) = open_regular(path)?;
    let mut bytes = Vec::new();
    if length <= most {
        bytes.reserve_exact(usize::try_from(length).unwrap_or(0));
        // A file may grow while it is read, and some files of the system have no length.
        file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    }
    if length.max(bytes.len() as u64) > most {
        let mib = |bytes: u64| bytes.div_ceil(1 << 20);
        let what = format!("it has more than {} MiB, the most that is read", mib(most));
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, what));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_regular_file_is_read_up_to_its_bound() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        std::fs::write(&path, b"12345").unwrap();
        assert_eq!(read_regular(&path, 5).unwrap(), b"12345");
        assert_eq!(read_regular(&path, 4).unwrap_err().kind(), io::ErrorKind::FileTooLarge);
        assert_eq!(open_regular(&path).unwrap().1, 5);
    }

    #[test]
    fn what_is_no_regular_file_is_refused_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(&pipe, &link).unwrap();
        for path in [&pipe, &link, Path::new("/dev/zero"), Path::new("/dev/null")] {
            assert_eq!(
                read_regular(path, 100).unwrap_err().kind(),
                io::ErrorKind::InvalidInput,
                "{path:?}"
            );
        }
        assert_eq!(
            read_regular(folder.path(), 100).unwrap_err().kind(),
            io::ErrorKind::IsADirectory
        );
        assert_eq!(
            read_regular(&folder.path().join("none"), 100).unwrap_err().kind(),
            io::ErrorKind::NotFound
        );
    }
}
