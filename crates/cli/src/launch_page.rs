//! The file that opens a browser. It sends the browser on to a secret address. An address in the
//! command of a browser would be visible in the list of processes.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// The file of a server, which removes it when it ends.
pub(crate) struct LaunchPage {
    path: PathBuf,
    kept: bool,
}

impl LaunchPage {
    /// The file for a data folder.
    pub(crate) fn in_folder(data: &Path) -> Self {
        Self { path: place(data), kept: false }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Writes the file again, for its owner alone.
    ///
    /// # Errors
    ///
    /// The system's.
    pub(crate) fn write(&self, address: &str) -> io::Result<()> {
        match fs::remove_file(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut options = File::options();
        options.create_new(true).write(true);
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&self.path)?.write_all(page(address).as_bytes())
    }

    /// Leaves the file for the server that runs, which removes it.
    pub(crate) fn keep(mut self) {
        self.kept = true;
    }
}

impl Drop for LaunchPage {
    fn drop(&mut self) {
        if !self.kept {
            // The file may never have been written.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// A page that goes on to an address. The address has no character with a meaning in HTML.
fn page(address: &str) -> String {
    format!(
        "<!doctype html>\n<meta charset=\"utf-8\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta http-equiv=\"refresh\" content=\"0; url={address}\">\n<title>Watshop</title>\n\
         <p><a href=\"{address}\">Open Watshop</a></p>\n"
    )
}

/// The place of the file: the data folder, or the home folder if Snap may keep the browser out of
/// hidden folders.
fn place(data: &Path) -> PathBuf {
    let is_hidden =
        data.components().any(|part| part.as_os_str().as_encoded_bytes().first() == Some(&b'.'));
    let has_snap =
        ["firefox", "chromium"].iter().any(|name| Path::new("/snap/bin").join(name).exists());
    match std::env::home_dir() {
        Some(home) if is_hidden && has_snap => home.join("watshop-open.html"),
        _ => data.join("open.html"),
    }
}
