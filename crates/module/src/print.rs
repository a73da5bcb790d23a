use std::panic::{self, AssertUnwindSafe};

use wasmparser::{Parser, Payload};
use wasmprinter::Config;
use watshop_protocol::page::{Error, ErrorCode, Result};

use crate::expected;

/// The largest binary, in bytes, that a tab shows as text. A larger one is shown as a summary.
///
/// Measured with `print` on qjs.wasm cut after some of its functions, on 2 busy cores: code becomes
/// text 13 to 24 times its size, and more the deeper it nests. 67 KB give 0.87 MB (4 ms to print,
/// 26 ms to check), 136 KB give 3.3 MB (25 ms and 58 ms), all 2.5 MB give 17 MB (300 ms and more
/// than half a second). Printing is never the slow part. The text travels with each edit, is
/// checked after it and laid out in an editor, which 1 to 2 MB allow while a person types.
pub const LARGEST_PRINTED: usize = 96 * 1024;

/// Prints a binary as WAT text, one instruction a line. An invalid module is printed too, as far as
/// it can be read.
///
/// # Errors
///
/// `invalid_module` if it cannot be read to its end, `not_a_module` or `empty_file`.
pub fn print(binary: &[u8]) -> Result<String> {
    with_offsets(binary).map(|(text, _)| text)
}

/// The text, and a pair for each line that prints a part of the binary: the part's offset there,
/// and the offset of the line in the text.
pub(crate) fn with_offsets(binary: &[u8]) -> Result<(String, Vec<(u64, usize)>)> {
    expected::expect_wasm(binary)?;
    counts_agree(binary)?;
    let mut text = String::new();
    // The printer panics for modules that a validator refuses, and a person may open such a module.
    // Only `text` outlives the panic, and it is dropped.
    let printed = panic::catch_unwind(AssertUnwindSafe(|| {
        let lines = Config::new().offsets_and_lines(binary, &mut text).map_err(|error| {
            let why = error.root_cause().to_string();
            unreadable_error(&why)
        })?;
        let mut start = 0;
        let mut offsets = Vec::new();
        for (offset, line) in lines {
            offsets.extend(offset.map(|offset| (offset, start)));
            start += line.len();
        }
        Ok(offsets)
    }));
    match printed {
        Ok(offsets) => Ok((text, offsets?)),
        Err(_) => Err(unreadable_error("the printer failed on a part of it")),
    }
}

/// Rejects a module whose bodies are not one for each declared function. The printer relies on
/// that.
fn counts_agree(binary: &[u8]) -> Result<()> {
    let (mut declared, mut bodies) = (0, 0);
    for payload in Parser::new(0).parse_all(binary) {
        match payload.map_err(|error| unreadable_error(&error.to_string()))? {
            Payload::FunctionSection(section) => declared += section.count(),
            Payload::CodeSectionStart { count, .. } => bodies += count,
            _ => {}
        }
    }
    if declared == bodies {
        Ok(())
    } else {
        Err(unreadable_error(&format!("it declares {declared} functions and has {bodies} bodies")))
    }
}

fn unreadable_error(why: &str) -> Error {
    Error::new(ErrorCode::InvalidModule, format!("The module cannot be shown as text: {why}."))
}
