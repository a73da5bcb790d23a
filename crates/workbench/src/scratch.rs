//! Temporary folders.

use std::path::Path;
use std::sync::OnceLock;

use tempfile::TempDir;
use watshop_protocol::page::Result;

use crate::config::file_error;

/// A temporary folder, made at first use and removed with its owner.
pub(crate) fn scratch(folder: &OnceLock<TempDir>) -> Result<&Path> {
    if let Some(folder) = folder.get() {
        return Ok(folder.path());
    }
    let made = tempfile::Builder::new().prefix("watshop-").tempdir();
    let made = made.map_err(|e| file_error("making a folder in", &std::env::temp_dir(), &e))?;
    Ok(folder.get_or_init(|| made).path())
}
