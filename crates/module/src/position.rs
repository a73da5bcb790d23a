//! Turns byte offsets in a text into the line and column that people read.

use std::ops::Range;

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

/// The lines and columns of many places in one text. Only the first place takes a walk through the
/// text.
#[derive(Debug)]
pub(crate) struct Positions {
    /// The position before every block of bytes.
    blocks: Vec<Position>,
}

#[derive(Debug, Clone, Copy)]
struct Position {
    line: u32,
    column: u32,
}

/// The bytes of a block.
const BLOCK: usize = 1024;

impl Position {
    const START: Self = Self { line: 1, column: 1 };

    /// The position behind some bytes of a text.
    fn after(mut self, bytes: &[u8], range: Range<usize>) -> Self {
        for at in range {
            match bytes[at] {
                b'\n' => self = Self { line: self.line.saturating_add(1), column: 1 },
                b'\r' if bytes.get(at + 1) != Some(&b'\n') => {
                    self = Self { line: self.line.saturating_add(1), column: 1 };
                }
                // The other bytes of a character.
                0x80..=0xbf => {}
                _ => self.column = self.column.saturating_add(1),
            }
        }
        self
    }
}

impl Positions {
    pub(crate) fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut at = Position::START;
        let mut blocks = vec![at];
        for start in (0..bytes.len()).step_by(BLOCK) {
            at = at.after(bytes, start..(start + BLOCK).min(bytes.len()));
            blocks.push(at);
        }
        Self { blocks }
    }

    /// The place of a byte offset, as [`locate`] gives it. The text is the one that this was made
    /// of.
    pub(crate) fn locate(&self, text: &str, offset: usize) -> Place {
        let end = text.floor_char_boundary(offset.min(text.len()));
        let block = end / BLOCK;
        let known = self.blocks.get(block).copied().unwrap_or(Position::START);
        let Position { line, column } = known.after(text.as_bytes(), block * BLOCK..end);
        Place { line: Some(line), column: Some(column), offset: None }
    }
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

    /// Each of a thousand frames walked through 20 MB of text.
    #[test]
    fn many_places_of_a_long_text_are_those_of_one() {
        let text = "aä€😀\r\nb\rc\n".repeat(500) + &"é".repeat(3000);
        let positions = Positions::of(&text);
        for offset in 0..text.len() + 3 {
            assert_eq!(positions.locate(&text, offset), locate(&text, offset), "{offset}");
        }
        assert_eq!(Positions::of("").locate("", 0), locate("", 0));
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
