//! Checks that bytes are the binary of a core module.

use watshop_protocol::page::{Error, ErrorCode};
use watshop_protocol::say;

use crate::component::component_error;
use crate::encoding::other_encoding;
use crate::sniff::{FileFormat, sniff};

/// Rejects anything but the binary of a core module. The error names the format of the bytes.
pub(crate) fn expect_wasm(bytes: &[u8]) -> Result<(), Error> {
    match sniff(bytes) {
        FileFormat::Wasm => Ok(()),
        FileFormat::Empty => Err(empty_error()),
        FileFormat::Component => Err(component_error(None, bytes)),
        FileFormat::Wat => Err(Error::new(
            ErrorCode::NotAModule,
            say!("These bytes are WAT text, and a Wasm binary is expected here."),
        )),
        FileFormat::Other => Err(other_encoding(bytes).unwrap_or_else(no_module_error)),
    }
}

fn no_module_error() -> Error {
    Error::new(
        ErrorCode::NotAModule,
        say!("These bytes are not a WebAssembly module: one starts with `\\0asm` as a binary, or with `(` as WAT text."),
    )
    .help(say!("Open a .wat or .wasm file, or a sealed file made by Watshop."))
}

pub(crate) fn empty_error() -> Error {
    Error::new(
        ErrorCode::EmptyFile,
        say!("There is nothing here: a module needs at least `(module)`."),
    )
}
