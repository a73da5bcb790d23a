//! Reads files of the host that a person named.

use std::io;
use std::path::Path;
use watshop_protocol::say;

use watshop_protocol::page::{Error, ErrorCode, Result};

use crate::config::file_error;
use crate::tabs::LARGEST_FILE;

/// Reads a file that a person named.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    watshop_artifact::read_regular(path, LARGEST_FILE).map_err(|error| match error.kind() {
        io::ErrorKind::IsADirectory => not_a_file_error(path, "a folder"),
        io::ErrorKind::InvalidInput => {
            not_a_file_error(path, "a pipe, a device or a socket, not a regular file")
        }
        io::ErrorKind::FileTooLarge => {
            let length = path.metadata().map_or(0, |about| about.len());
            too_large_error(&path.display().to_string(), length.max(LARGEST_FILE + 1))
        }
        _ => file_error(say!("Reading"), path, &error),
    })
}

fn not_a_file_error(path: &Path, what: &str) -> Error {
    Error::new(ErrorCode::File, say!("`{}` is {what}.", path.display()))
        .help(say!("Open a .wat or .wasm file, or a sealed file made by Watshop."))
}

pub(super) fn too_large_error(name: &str, length: u64) -> Error {
    let mib = |bytes: u64| bytes.div_ceil(1 << 20);
    Error::new(
        ErrorCode::FileTooLarge,
        say!("`{name}` has {} MiB; at most {} MiB are opened.", mib(length), mib(LARGEST_FILE)),
    )
    .help(say!("`wasm-strip` or `wasm-tools strip` takes debug information out of a module, which is often most of it."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_large_says_how_large_and_how_large_it_may_be() {
        let error = too_large_error("big.wasm", LARGEST_FILE + 1);
        assert_eq!(error.code, ErrorCode::FileTooLarge);
        assert_eq!(error.message, "`big.wasm` has 101 MiB; at most 100 MiB are opened.");
    }
}
