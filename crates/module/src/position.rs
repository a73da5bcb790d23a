//! Turns byte offsets in a text into the line and column that people read.

use wast::lexer::{Lexer, TokenKind};
use watshop_protocol::page::Place;

/// The line and column of a byte offset, both from 1, columns in characters. An offset past the end
/// is the end. `\n`, `\r\n` and `\r` each end a line, as they do in the editor.
pub(crate) fn locate(text: &str, offset: usize) -> Place {
    let mut end = offset.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let before = &text[..end];
    let bytes = text.as_bytes();
    let mut line = 1;
    let mut start = 0;
    for (i, byte) in before.bytes().enumerate() {
        if byte == b'\n' || (byte == b'\r' && bytes.get(i + 1) != Some(&b'\n')) {
            line += 1;
            start = i + 1;
        }
    }
    let column = before[start..].chars().count() + 1;
    Place { line: Some(line), column: u32::try_from(column).ok(), offset: None }
}

/// The token that starts at a byte offset. It is empty at the end of the text and between tokens.
pub(crate) fn token(text: &str, offset: usize) -> &str {
    if !text.is_char_boundary(offset) {
        return "";
    }
    let mut end = offset;
    match Lexer::new(text).parse(&mut end) {
        Ok(Some(token)) if token.kind != TokenKind::Whitespace => {
            text.get(offset..end).unwrap_or("")
        }
        _ => "",
    }
}

/// The number of characters to underline for a token: one line of it, at least 1.
pub(crate) fn length(token: &str) -> u32 {
    let line = token.lines().next().unwrap_or("");
    u32::try_from(line.chars().count()).unwrap_or(u32::MAX).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, offset: usize) -> (u32, u32) {
        let place = locate(text, offset);
        (place.line.unwrap(), place.column.unwrap())
    }

    #[test]
    fn columns_count_characters_and_every_line_ending_counts_once() {
        assert_eq!(at("", 0), (1, 1));
        assert_eq!(at("aä€b", "aä€".len()), (1, 4));
        assert_eq!(at("a\nb", 2), (2, 1));
        assert_eq!(at("a\r\nb", 3), (2, 1));
        assert_eq!(at("a\rb", 2), (2, 1));
        assert_eq!(at("a\n", 99), (2, 1));
    }

    #[test]
    fn an_offset_inside_a_character_is_its_start() {
        assert_eq!(at("€", 1), (1, 1));
        assert_eq!(token("€", 1), "");
    }

    #[test]
    fn tokens_end_where_the_lexer_ends_them() {
        assert_eq!(token("(i32.add)", 1), "i32.add");
        assert_eq!(token("a b", 1), "");
        assert_eq!(token("a", 1), "");
        assert_eq!(length("é(; \n ;)"), 4);
        assert_eq!(length(""), 1);
    }
}
