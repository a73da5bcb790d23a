//! Turns WAT text into a binary.

use std::borrow::Cow;

use wast::Wat;
use wast::core::{Module, ModuleField, ModuleKind};
use wast::lexer::{Lexer, TokenKind};
use wast::parser::{self, ParseBuffer};
use wast::token::Index;
use watshop_protocol::page::{Error, ErrorCode, Problem, Result};
use watshop_protocol::say;

use crate::component::component_error;
use crate::{expected, explain, floats, position, sniff, spelling};

/// Turns WAT text into a Wasm binary. Names (`$name`) go into its name section.
///
/// # Errors
///
/// `malformed_text` with the line and column, `empty_file`, or `not_a_module` for a component. An
/// invalid module is not an error here.
pub fn parse(text: &str) -> Result<Vec<u8>> {
    assemble(text, Spans::Skip, |_, binary| binary).map_err(SyntaxError::into_error)
}

/// Says whether the syntax tree remembers the place of each instruction. That takes 8 bytes an
/// instruction.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spans {
    Keep,
    Skip,
}

/// Parses and encodes text. `look` gets the binary and the resolved syntax tree that it was made
/// from: its fields are in the order of the sections' entries.
pub(crate) fn assemble<R>(
    text: &str,
    spans: Spans,
    look: impl FnOnce(&Module<'_>, Vec<u8>) -> R,
) -> Result<R, SyntaxError> {
    if sniff::without_mark(text).trim().is_empty() {
        return Err(SyntaxError {
            error: expected::empty_error().at(position::locate(text, 0)),
            length: 1,
        });
    }
    let clean = floats::bounded(blank_mark(text));
    let malformed = |error: wast::Error| SyntaxError::new(text, &error);
    let mut buffer = ParseBuffer::new(&clean).map_err(malformed)?;
    let hexadecimal = floats::may_be_in(&clean);
    buffer.track_instr_spans(spans == Spans::Keep || hexadecimal);
    match parser::parse::<Wat<'_>>(&buffer).map_err(malformed)? {
        Wat::Module(mut module) => {
            if let ModuleKind::Text(fields) = &mut module.kind {
                one_start(fields, text)?;
                if hexadecimal {
                    floats::correct(fields, &clean).map_err(malformed)?;
                }
            }
            let binary = module.encode().map_err(malformed)?;
            Ok(look(&module, binary))
        }
        Wat::Component(mut component) => {
            let start = component.span.offset();
            let binary = component.encode().map_err(malformed)?;
            let error = component_error(None, &binary).at(position::locate(text, start));
            Err(SyntaxError { error, length: position::length(position::token(text, start)) })
        }
    }
}

/// Rejects a second start function. The parser would make a section of each, and the validator
/// would know no place for them.
fn one_start(fields: &[ModuleField<'_>], text: &str) -> Result<(), SyntaxError> {
    let start = |field: &ModuleField<'_>| match field {
        ModuleField::Start(Index::Num(_, span)) => Some(span.offset()),
        ModuleField::Start(Index::Id(id)) => Some(id.span().offset()),
        _ => None,
    };
    let mut starts = fields.iter().filter_map(start);
    let (Some(first), Some(second)) = (starts.next(), starts.next()) else { return Ok(()) };
    let line = position::locate(text, first).line.unwrap_or(1);
    let message = say!("A module has at most one start function; the first is on line {line}.");
    Err(SyntaxError {
        error: Error::new(ErrorCode::MalformedText, message).at(position::locate(text, second)),
        length: position::length(position::token(text, second)),
    })
}

/// The first error of a text, and the number of characters that it covers.
pub(crate) struct SyntaxError {
    error: Error,
    length: u32,
}

impl SyntaxError {
    fn new(text: &str, error: &wast::Error) -> Self {
        let mut start = error.span().offset();
        let mut token = position::token(text, start);
        if let Some((at, comment)) = comment_before(text, start) {
            (start, token) = (at, comment);
        }
        let end = text.trim_end().len();
        let message = explain::text(&error.message(), token, start >= end);
        // The error at the end is placed at the last character, not on the blank lines after it.
        let start = start.min(end);
        Self {
            error: Error::new(ErrorCode::MalformedText, message).at(position::locate(text, start)),
            length: position::length(token),
        }
    }

    pub(crate) fn into_error(self) -> Error {
        self.error
    }

    pub(crate) fn into_problem(self) -> Problem {
        Problem::of(self.error, self.length)
    }
}

/// A comment of another language that begins before a place on its line. The error is that comment,
/// not the words in it.
fn comment_before(text: &str, place: usize) -> Option<(usize, &str)> {
    let before = text.get(..place)?;
    let line = before.rfind('\n').map_or(0, |end| end + 1);
    let mut at = line;
    let lexer = Lexer::new(before);
    while let Ok(Some(token)) = lexer.parse(&mut at) {
        let words = token.src(before);
        if matches!(token.kind, TokenKind::Reserved) && spelling::comment(words).is_some() {
            return Some((token.offset, words));
        }
    }
    None
}

/// Replaces a byte order mark by blanks, so that offsets stay those of the text.
fn blank_mark(text: &str) -> Cow<'_, str> {
    match text.strip_prefix('\u{feff}') {
        Some(rest) => Cow::Owned(format!("   {rest}")),
        None => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> (ErrorCode, String, Option<u32>, Option<u32>) {
        let error = parse(text).unwrap_err();
        let at = error.at.unwrap_or_default();
        (error.code, error.message, at.line, at.column)
    }

    #[test]
    fn an_error_points_at_its_token() {
        let (code, message, line, column) = error("(module\n  (func\n    i32.ad))");
        assert_eq!((code, line, column), (ErrorCode::MalformedText, Some(3), Some(5)));
        assert_eq!(
            message,
            "`i32.ad` is not an instruction. Perhaps `i32.add` or `i32.and` is meant."
        );
    }

    #[test]
    fn columns_are_characters_not_bytes() {
        let (_, _, line, column) = error("(module (; äöü€ ;) (fnuc))");
        assert_eq!((line, column), (Some(1), Some(21)));
    }

    #[test]
    fn a_name_that_nothing_has_is_named() {
        let (_, message, line, column) = error("(module\n(func call $nobody))");
        assert_eq!(message, "No function here is named `$nobody`.");
        assert_eq!((line, column), (Some(2), Some(12)));
    }

    #[test]
    fn an_unclosed_module_points_at_the_end() {
        let (_, message, line, column) = error("(module\n  (func)\n\n\n");
        assert!(message.contains("never closed"), "{message}");
        assert_eq!((line, column), (Some(2), Some(9)));
    }

    #[test]
    fn a_second_start_function_is_told_with_the_line_of_the_first() {
        let (code, message, line, column) = error("(module\n (func $a)\n (start $a)\n (start 0))");
        assert_eq!((code, line, column), (ErrorCode::MalformedText, Some(4), Some(9)));
        assert_eq!(message, "A module has at most one start function; the first is on line 3.");
    }

    #[test]
    fn nothing_and_components_have_their_own_codes() {
        assert_eq!(error(" \n").0, ErrorCode::EmptyFile);
        assert_eq!(error("\u{feff}").0, ErrorCode::EmptyFile);
        assert_eq!(error("(component)").0, ErrorCode::NotAModule);
        assert_eq!(error(";; soon").0, ErrorCode::MalformedText);
    }

    #[test]
    fn a_byte_order_mark_is_skipped_and_counts_as_one_character() {
        assert!(parse("\u{feff}(module)").is_ok());
        assert_eq!(error("\u{feff}(modul)").3, Some(3));
    }

    #[test]
    fn names_are_kept() {
        let binary = parse("(module $shop (func $hello))").unwrap();
        assert!(binary.windows(5).any(|w| w == b"hello"));
    }

    #[test]
    fn nesting_without_end_neither_panics_nor_overflows() {
        let depth = 100_000;
        assert!(parse(&"(".repeat(depth)).is_err());
        assert!(parse(&"(;".repeat(depth)).is_err());
        assert!(parse(&"(module ".repeat(depth)).is_err());
        let folded = format!("(module (func {}{}))", "(block ".repeat(depth), ")".repeat(depth));
        assert!(parse(&folded).is_ok());
        let sums = "(i32.add (i32.const 1) ".repeat(depth);
        assert!(
            parse(&format!("(module (func {sums} (i32.const 1) {}))", ")".repeat(depth))).is_ok()
        );
    }
}
