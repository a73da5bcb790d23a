use wast::lexer::{Lexer, TokenKind};
use wat_formatter::config::FormatOptions;
use watshop_protocol::page::{Error, ErrorCode, Result};

use crate::position;
use crate::text::{Malformed, Spans, assemble};

/// Deeper nesting is left alone: the formatter goes down one call a parenthesis and would run out of stack.
const DEEPEST: usize = 200;

/// Two are enough for nearly every text, and the last only finds that nothing moves.
const PASSES: usize = 6;

/// Lays a text out anew: two blanks a level, 80 columns. Comments stay, and the module stays the same.
///
/// # Errors
///
/// `malformed_text` with the line and column when the text does not parse: what cannot be read is not
/// moved about. The same code when the formatter would lose something, which leaves the text as it is.
pub fn format(text: &str) -> Result<String> {
    let before = assemble(text, Spans::Skip, |_, binary| binary).map_err(Malformed::into_error)?;
    if let Some(offset) = too_deep(text) {
        let message = format!("The text nests more than {DEEPEST} parentheses here and is not formatted.");
        return Err(Error::new(ErrorCode::MalformedText, message).at(position::locate(text, offset)));
    }
    let formatted = settle(text);
    let after = assemble(&formatted, Spans::Skip, |_, binary| binary);
    if after.is_ok_and(|after| after == before) && comments(text) == comments(&formatted) {
        Ok(formatted)
    } else {
        Err(Error::new(
            ErrorCode::MalformedText,
            "The formatter cannot lay this text out without changing it, so it was left as it is.",
        ))
    }
}

/// Formats until nothing moves any more: a comment in an odd place moves on at the second time, too.
fn settle(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..PASSES {
        let (tree, _) = wat_parser::parse(&text);
        let formatted = wat_formatter::format(&tree, &FormatOptions::default());
        if formatted == text {
            break;
        }
        text = formatted;
    }
    text
}

fn too_deep(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for token in Lexer::new(text).iter(0).map_while(Result::ok) {
        match token.kind {
            TokenKind::LParen => depth += 1,
            TokenKind::RParen => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return Some(token.offset);
        }
    }
    None
}

/// The words of each comment in order; blanks inside may be laid out anew.
fn comments(text: &str) -> Vec<Vec<&str>> {
    let is_comment = |kind| matches!(kind, TokenKind::LineComment | TokenKind::BlockComment);
    let lexer = Lexer::new(text);
    let tokens = lexer.iter(0).map_while(Result::ok).filter(|token| is_comment(token.kind));
    tokens.map(|token| token.src(text).split_whitespace().collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_layout_changes_and_nothing_else() {
        let text = ";; top\n( module (func $f(; in ;) (result i32)i32.const 1 ;; one\n ) )";
        let formatted = format(text).unwrap();
        assert!(formatted.starts_with(";; top\n(module\n  (func $f"), "{formatted}");
        assert!(formatted.contains("(; in ;)") && formatted.contains(";; one\n"), "{formatted}");
        assert_eq!(format(&formatted).unwrap(), formatted);
    }

    #[test]
    fn malformed_text_is_left_alone() {
        let error = format("(module\n (fun))").unwrap_err();
        assert_eq!(error.code, ErrorCode::MalformedText);
        assert_eq!(error.at.unwrap().line, Some(2));
    }

    #[test]
    fn deep_nesting_is_an_error_and_no_overflow() {
        let text = format!("(module (func {}{}))", "(block ".repeat(50_000), ")".repeat(50_000));
        assert_eq!(format(&text).unwrap_err().code, ErrorCode::MalformedText);
        let text = format!("(module (func {}{}))", "(block ".repeat(150), ")".repeat(150));
        assert!(format(&text).is_ok());
    }
}
