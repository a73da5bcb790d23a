use std::io;
use std::panic::{self, AssertUnwindSafe};

use wasmparser::{Parser, Payload};
use wasmprinter::{Config, Print};
use watshop_protocol::page::{Error, ErrorCode, Result};
use watshop_protocol::{Sentence, say};

use crate::expected;

/// The largest binary, in bytes, that a tab shows as text. A larger one is shown as a summary.
///
/// Measured with `print` on qjs.wasm cut after some of its functions, on 2 busy cores: code becomes
/// text 13 to 24 times its size, and more the deeper it nests. 67 KB give 0.87 MB (4 ms to print,
/// 26 ms to check), 136 KB give 3.3 MB (25 ms and 58 ms), all 2.5 MB give 17 MB (300 ms and more
/// than half a second). Printing is never the slow part. The text travels with each edit, is
/// checked after it and laid out in an editor, which 1 to 2 MB allow while a person types.
pub const LARGEST_PRINTED: usize = 96 * 1024;

/// The most bytes of the text of such a binary. Code alone becomes 24 times its size at most, but a
/// name is printed wherever it is used: 92 KB whose code uses a name of 40,000 letters become a
/// gigabyte.
const LONGEST_SHOWN: usize = 4 << 20;

/// The most bytes of a text that is made as a file.
const LONGEST: usize = 512 << 20;

/// Prints a binary as WAT text, one instruction a line. An invalid module is printed too, as far as
/// it can be read.
///
/// # Errors
///
/// `invalid_module` if it cannot be read to its end, `not_a_module` or `empty_file`.
/// `message_too_large` if the text has more than 512 MiB.
pub fn print(binary: &[u8]) -> Result<String> {
    within(binary, LONGEST).map(|printed| printed.text)
}

/// Prints a binary as a tab shows it.
///
/// # Errors
///
/// As [`print()`], and `message_too_large` if the text is too long to be shown.
pub fn print_shown(binary: &[u8]) -> Result<String> {
    within(binary, LONGEST_SHOWN).map(|printed| printed.text)
}

/// The text that a tab shows, and a pair for each line that prints a part of the binary: the part's
/// offset there, and the offset of the line in the text.
pub(crate) fn with_offsets(binary: &[u8]) -> Result<(String, Vec<(u64, usize)>)> {
    within(binary, LONGEST_SHOWN).map(|printed| (printed.text, printed.lines))
}

/// A text that is printed up to a bound.
struct Printed {
    text: String,
    lines: Vec<(u64, usize)>,
    most: usize,
    full: bool,
}

impl Print for Printed {
    fn write_str(&mut self, piece: &str) -> io::Result<()> {
        if self.text.len() + piece.len() > self.most {
            self.full = true;
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.text.push_str(piece);
        Ok(())
    }

    fn start_line(&mut self, offset: Option<u64>) {
        self.lines.extend(offset.map(|offset| (offset, self.text.len())));
    }
}

fn within(binary: &[u8], most: usize) -> Result<Printed> {
    expected::expect_wasm(binary)?;
    counts_agree(binary)?;
    let mut printed = Printed { text: String::new(), lines: Vec::new(), most, full: false };
    let outcome = print_to(binary, &mut printed);
    if printed.full {
        return Err(Error::new(
            ErrorCode::MessageTooLarge,
            say!("The text of the module has more than {} MiB.", most >> 20),
        ));
    }
    outcome.map(|()| printed)
}

/// Prints a binary whose counts agree.
pub(crate) fn print_to(binary: &[u8], to: &mut impl Print) -> Result<()> {
    // The printer panics for modules that a validator refuses, and a person may open such a module.
    // Only `to` outlives the panic, and the callers drop it.
    match panic::catch_unwind(AssertUnwindSafe(|| Config::new().print(binary, to))) {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(unreadable_error(&words(error.root_cause()))),
        Err(_) => Err(unreadable_error(&say!("the printer failed on a part of it"))),
    }
}

/// Rejects a module whose bodies are not one for each declared function. The printer relies on
/// that.
pub(crate) fn counts_agree(binary: &[u8]) -> Result<()> {
    let (mut declared, mut bodies) = (0, 0);
    for payload in Parser::new(0).parse_all(binary) {
        match payload.map_err(|error| unreadable_error(&words(&error)))? {
            Payload::FunctionSection(section) => declared += section.count(),
            Payload::CodeSectionStart { count, .. } => bodies += count,
            _ => {}
        }
    }
    if declared == bodies {
        Ok(())
    } else {
        Err(unreadable_error(&say!("it declares {declared} functions and has {bodies} bodies")))
    }
}

/// The words of another program.
fn words(words: &(impl std::fmt::Display + ?Sized)) -> Sentence {
    say!("{words}")
}

fn unreadable_error(why: &Sentence) -> Error {
    Error::new(ErrorCode::InvalidModule, say!("The module cannot be shown as text: {why}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A name of 40,000 letters that is called 26,000 times printed a gigabyte.
    #[test]
    fn a_long_name_that_is_used_often_does_not_print_a_gigabyte() {
        let calls = |letters: usize, count: usize| {
            let name = "x".repeat(letters);
            let calls = format!("call ${name} ").repeat(count);
            crate::parse(&format!("(module (func ${name}) (func {calls}))")).unwrap()
        };
        let binary = calls(40_000, 1000);
        assert!(binary.len() < 50_000);
        assert_eq!(print_shown(&binary).unwrap_err().code, ErrorCode::MessageTooLarge);
        assert!(with_offsets(&binary).is_err());
        let text = print(&binary).unwrap();
        assert!(text.len() > 40_000_000, "a file may be longer: {}", text.len());
        assert!(print_shown(&calls(400, 1000)).is_ok());
        let text = within(&binary, text.len()).unwrap().text;
        assert_eq!(within(&binary, text.len() - 1).err().unwrap().code, ErrorCode::MessageTooLarge);
    }
}
