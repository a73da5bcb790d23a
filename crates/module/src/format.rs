use wast::lexer::{Lexer, TokenKind};
use wat_formatter::config::FormatOptions;
use watshop_protocol::page::{Error, ErrorCode, Result};
use watshop_protocol::{Sentence, say};

use crate::position;
use crate::text::{Spans, SyntaxError, assemble};

/// The deepest nesting that is formatted. The formatter recurses once a level, and indents every
/// line of a level, so that a small text could become gigabytes.
const DEEPEST: usize = 200;

/// The limit of the sum, over all parentheses, of the square of the number of parts inside. The
/// formatter's time grows with this sum, by 3 to 27 ns each as measured. So it takes up to 3
/// seconds.
const LONGEST: u64 = 100_000_000;

/// The most passes. Two are enough for nearly every text, and the last only finds that nothing
/// moves.
const PASSES: usize = 6;

/// Formats a text: two blanks a level, 80 columns. Comments stay, and the module stays the same.
///
/// # Errors
///
/// `malformed_text` with the line and column if the text does not parse. The same code without a
/// change of the text if the formatter would lose something.
pub fn format(text: &str) -> Result<String> {
    let before =
        assemble(text, Spans::Skip, |_, binary| binary).map_err(SyntaxError::into_error)?;
    if let Some((offset, message)) = too_much(text) {
        return Err(
            Error::new(ErrorCode::MalformedText, message).at(position::locate(text, offset))
        );
    }
    let formatted = settle(text);
    let after = assemble(&formatted, Spans::Skip, |_, binary| binary);
    if after.is_ok_and(|after| after == before) && comments(text) == comments(&formatted) {
        Ok(formatted)
    } else {
        Err(Error::new(
            ErrorCode::MalformedText,
            say!(
                "The formatter cannot lay this text out without changing it, so it was left as it is."
            ),
        ))
    }
}

/// Formats until nothing moves. A comment in an odd place can move a second time.
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

/// The place from which a text, which parses, is too much for the formatter, and the reason.
fn too_much(text: &str) -> Option<(usize, Sentence)> {
    let mut parts = vec![0_u64];
    let mut blocks = 0_usize;
    let mut squares = 0_u64;
    let mut opened = false;
    for token in Lexer::new(text).iter(0).map_while(Result::ok) {
        if token.kind == TokenKind::Whitespace {
            continue;
        }
        if let Some(count) = parts.last_mut() {
            squares += 2 * *count + 1; // the difference of two squares
            *count += 1;
        }
        match token.kind {
            TokenKind::LParen => parts.push(0),
            TokenKind::RParen => drop(parts.pop()),
            // Blocks without parentheses nest in the same way.
            TokenKind::Keyword if !opened => match token.src(text) {
                "block" | "loop" | "if" | "try_table" => blocks += 1,
                "end" => blocks = blocks.saturating_sub(1),
                _ => {}
            },
            _ => {}
        }
        opened = token.kind == TokenKind::LParen;
        if parts.len() + blocks > DEEPEST {
            let message = say!("The formatter leaves this text as it is: it nests too deep here.");
            return Some((token.offset, message));
        }
        if squares > LONGEST {
            let message =
                say!("The formatter leaves this text as it is: it becomes too long here.");
            return Some((token.offset, message));
        }
    }
    None
}

/// The words of each comment, in order. The formatter may change the blanks between them.
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
        let folded =
            |depth| format!("(module (func {}{}))", "(block ".repeat(depth), ")".repeat(depth));
        let flat =
            |depth| format!("(module (func {}{}))", "block ".repeat(depth), "end ".repeat(depth));
        for text in [folded(50_000), flat(50_000)] {
            let error = format(&text).unwrap_err();
            assert_eq!(error.code, ErrorCode::MalformedText);
            assert!(error.message.contains("nests too deep"), "{}", error.message);
        }
        assert!(format(&folded(150)).is_ok());
        assert!(format(&flat(150)).is_ok());
    }

    #[test]
    fn a_text_that_would_take_minutes_is_an_error() {
        let text = format!("(module (func {}))", "nop ".repeat(50_000));
        assert!(format(&text).unwrap_err().message.contains("too long"));
        let text = format!("(module (func {}))", "nop ".repeat(2_000));
        assert!(format(&text).is_ok());
    }
}
