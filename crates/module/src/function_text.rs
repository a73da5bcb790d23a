//! The text of one function of a module. The other bodies are left out, so it costs as much for a
//! module of 30 MB as its types and its names do.

use std::io;
use std::ops::RangeInclusive;

use wasmparser::{Parser, Payload};
use wasmprinter::Print;
use watshop_protocol::page::{Error, ErrorCode, FunctionText, Result};
use watshop_protocol::say;

use crate::expected;
use crate::heads::imported_functions;
use crate::print::{counts_agree, print_to};
use crate::strip::write_u32;
use crate::validate::unreadable_error;

/// The most bytes of the text of a function. An editor lays them out at once.
const LONGEST: usize = 1 << 20;

/// A body that is printed in place of another: its size, no locals, `unreachable`, `end`.
const STUB: [u8; 4] = [3, 0, 0x00, 0x0b];

/// The id of the code section (specification 5.5.2).
const CODE: u8 = 10;

/// The sections of exports, the start function, elements and data, and of the count of data. The
/// text of a body does not depend on them.
const LEFT_OUT: [u8; 5] = [7, 8, 9, 11, 12];

/// The text of a function that the module itself defines.
///
/// # Errors
///
/// `bad_request` if the module does not define it. `invalid_module` if the binary cannot be read to
/// its end, `not_a_module` or `empty_file`.
pub fn function_text(binary: &[u8], function: u32) -> Result<FunctionText> {
    expected::expect_wasm(binary)?;
    counts_agree(binary)?;
    let (rest, place) = alone(binary, function)?;
    let mut printed = PrintedFunction { place, inside: false, text: String::new(), cut: false };
    let outcome = print_to(&rest, &mut printed);
    let PrintedFunction { mut text, cut, .. } = printed;
    if cut {
        text.truncate(text.rfind('\n').unwrap_or(0));
    } else {
        outcome?;
    }
    // A function stands two blanks within its module, whose last line may follow.
    let lines = text.lines().map_while(|line| line.strip_prefix("  "));
    Ok(FunctionText { text: lines.collect::<Vec<_>>().join("\n"), cut })
}

/// The module with the body of one function, and the place of that body in it.
fn alone(binary: &[u8], function: u32) -> Result<(Vec<u8>, RangeInclusive<u64>)> {
    // The parser has checked that a range lies within the binary, whose length is a `usize`.
    let piece = |range: std::ops::Range<u64>| &binary[range.start as usize..range.end as usize];
    let (mut rest, mut index, mut code, mut place) = (Vec::new(), 0, Vec::new(), None);
    for payload in Parser::new(0).parse_all(binary) {
        let payload = payload.map_err(|error| unreadable_error(&error))?;
        match &payload {
            Payload::Version { range, .. } => rest.extend(piece(range.clone())),
            Payload::ImportSection(section) => index += imported_functions(section.clone()),
            Payload::CodeSectionStart { count, .. } => write_u32(&mut code, *count as usize),
            Payload::CodeSectionEntry(body) => {
                if index == function {
                    let body = piece(body.range());
                    write_u32(&mut code, body.len());
                    place = Some((code.len(), body.len()));
                    code.extend(body);
                } else {
                    code.extend(STUB);
                }
                index += 1;
            }
            _ => {}
        }
        if let Some((id, range)) = payload.as_section()
            && id != CODE
            && !LEFT_OUT.contains(&id)
        {
            section(&mut rest, id, piece(range));
        }
    }
    let missing = || {
        let why = say!("The module does not define a function with the index {function}.");
        Error::new(ErrorCode::BadRequest, why)
    };
    let (start, length) = place.ok_or_else(missing)?;
    section(&mut rest, CODE, &code);
    let start = (rest.len() - code.len() + start) as u64;
    Ok((rest, start..=start + length as u64))
}

fn section(to: &mut Vec<u8>, id: u8, content: &[u8]) {
    to.push(id);
    write_u32(to, content.len());
    to.extend(content);
}

/// A text of which only the lines of one body are kept.
struct PrintedFunction {
    place: RangeInclusive<u64>,
    inside: bool,
    text: String,
    cut: bool,
}

impl Print for PrintedFunction {
    fn write_str(&mut self, piece: &str) -> io::Result<()> {
        if !self.inside {
            return Ok(());
        }
        if self.text.len() + piece.len() > LONGEST {
            self.cut = true;
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.text.push_str(piece);
        Ok(())
    }

    fn start_line(&mut self, offset: Option<u64>) {
        // A line without a place belongs to the line before it.
        self.inside = offset.map_or(self.inside, |offset| self.place.contains(&offset));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{parse, print};

    const TEXT: &str = r#"(module
  (import "m" "log" (func $log (param i32)))
  (memory (export "memory") 1)
  (table 2 funcref)
  (elem (i32.const 0) $first $second)
  (data $greeting "Hello")
  (func $first (export "first") (param $n i32) (result i32)
    (local $sum i64)
    block $done
      local.get $n
      br_if $done
      i32.const 7
      call $log
    end
    local.get $n)
  (func $second
    (memory.init $greeting (i32.const 0) (i32.const 0) (i32.const 5)))
  (func (call $second)))"#;

    #[test]
    fn the_text_of_a_function_is_that_of_the_whole_module_cut_out() {
        let binary = parse(TEXT).unwrap();
        let whole = print(&binary).unwrap();
        for function in 1..=3 {
            let FunctionText { text, cut } = function_text(&binary, function).unwrap();
            let indented: Vec<_> = text.lines().map(|line| format!("  {line}")).collect();
            assert!(whole.contains(&indented.join("\n")), "{text}\n\nis not in\n\n{whole}");
            assert!(text.starts_with("(func ") && text.ends_with(')'), "{text}");
            assert_eq!(text.matches("(func ").count(), 1, "{text}");
            assert!(!cut);
        }
    }

    #[test]
    fn an_import_and_a_missing_function_have_no_text() {
        let binary = parse(TEXT).unwrap();
        for function in [0, 4, u32::MAX] {
            let error = function_text(&binary, function).unwrap_err();
            assert_eq!(error.code, ErrorCode::BadRequest, "{function}");
        }
    }

    #[test]
    fn a_long_function_is_cut_after_a_whole_line() {
        let binary = parse(&format!("(module (func) (func {}))", "nop\n".repeat(300_000))).unwrap();
        let FunctionText { text, cut } = function_text(&binary, 1).unwrap();
        assert!(cut && text.len() <= LONGEST && text.ends_with("\n  nop"));
        assert!(!function_text(&binary, 0).unwrap().cut);
    }

    #[test]
    fn a_damaged_binary_is_an_error() {
        let binary = parse(TEXT).unwrap();
        for length in 0..binary.len() - 1 {
            // Some shorter binaries are modules: their last sections are missing.
            drop(function_text(&binary[..length], 1));
        }
        assert!(function_text(&binary[..40], 1).is_err());
    }
}
