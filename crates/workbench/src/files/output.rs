//! Saves all output of a tab to the host.

use std::io::Write as _;
use std::path::PathBuf;
use watshop_protocol::say;

use tokio::runtime::Handle;
use watshop_protocol::page::{HostPath, Result};
use watshop_protocol::registry::OutputSaved;

use super::Files;
use super::save::write_by;
use crate::config::file_error;
use crate::tabs::Tab;
use crate::task::blocking;

impl Files {
    /// Writes all output of a tab until now to a file, part by part.
    ///
    /// # Errors
    ///
    /// `disk_full` or `file`. The file's old contents are still there.
    pub(crate) async fn save_output(&self, tab: &Tab, path: HostPath) -> Result<OutputSaved> {
        let path = PathBuf::from(path.0);
        let (console, runtime) = (std::sync::Arc::clone(&tab.console), Handle::current());
        blocking(move || {
            let mut saved = OutputSaved { bytes: 0, dropped: 0 };
            write_by(&path, |file| {
                let end = runtime.block_on(console.output(u64::MAX))?.end;
                let mut at = 0;
                while at < end {
                    let part = runtime.block_on(console.output(at))?;
                    // A person may have emptied the console, and a guest that goes on may have pushed
                    // the oldest out.
                    if part.at < at {
                        break;
                    }
                    saved.dropped += part.at - at;
                    if part.bytes.is_empty() {
                        break;
                    }
                    saved.bytes += part.bytes.len() as u64;
                    at = part.at + part.bytes.len() as u64;
                    let written = file.write_all(&part.bytes);
                    written.map_err(|e| file_error(say!("Writing"), &path, &e))?;
                }
                Ok(())
            })?;
            Ok(saved)
        })
        .await
    }
}
