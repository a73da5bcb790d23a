//! Guesses the format of bytes from their beginning.

use wasmparser::Parser;
use wast::lexer::{Lexer, TokenKind};

use crate::utf16::utf16;

/// The format of bytes as their beginning shows it, before they are parsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileFormat {
    /// No bytes, or nothing but blanks.
    Empty,
    /// UTF-8 text whose first token, comments aside, is a parenthesis.
    Wat,
    /// The binary of a core module.
    Wasm,
    /// The binary of a component, a later format than modules, which Wasmer does not run.
    Component,
    /// Anything else.
    Other,
}

/// Guesses the format of bytes. It reads up to the first token and no further, so a
/// [`FileFormat::Wat`] or a [`FileFormat::Wasm`] may still be malformed.
pub fn sniff(bytes: &[u8]) -> FileFormat {
    if Parser::is_component(bytes) {
        return FileFormat::Component;
    }
    if bytes.starts_with(b"\0asm") {
        return FileFormat::Wasm;
    }
    // The zeros of UTF-16 are valid UTF-8, too.
    if utf16(bytes).is_some() {
        return FileFormat::Other;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if without_mark(text).trim().is_empty() => FileFormat::Empty,
        Ok(text) if opens_with_parenthesis(without_mark(text)) => FileFormat::Wat,
        _ => FileFormat::Other,
    }
}

/// The text without the byte order mark that some editors put first.
pub(crate) fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

fn opens_with_parenthesis(text: &str) -> bool {
    let lexer = Lexer::new(text);
    let mut position = 0;
    loop {
        let start = position;
        match lexer.parse(&mut position) {
            Ok(Some(token)) => match token.kind {
                TokenKind::Whitespace | TokenKind::LineComment | TokenKind::BlockComment => {}
                kind => return kind == TokenKind::LParen,
            },
            Ok(None) => return true, // comments only: text in the making
            Err(_) => return text[start..].starts_with(['(', ';']), // a comment that does not end
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_told_apart() {
        let cases: [(&[u8], FileFormat); 15] = [
            (b"", FileFormat::Empty),
            (b" \n\t", FileFormat::Empty),
            ("\u{feff}".as_bytes(), FileFormat::Empty),
            (b"(module)", FileFormat::Wat),
            (b";; a note\n(; and\nmore ;) (func)", FileFormat::Wat),
            (b";; only a note", FileFormat::Wat),
            (b"(; never closed", FileFormat::Wat),
            ("\u{feff}(module)".as_bytes(), FileFormat::Wat),
            (b"\0asm\x01\0\0\0", FileFormat::Wasm),
            (b"\0asm", FileFormat::Wasm),
            (b"\0asm\x0d\0\x01\0", FileFormat::Component),
            (b"\x7fELF", FileFormat::Other),
            (b"hello", FileFormat::Other),
            (b"\xff\xfe(\0", FileFormat::Other),
            (b"{\"a\":1}", FileFormat::Other),
        ];
        for (bytes, expected) in cases {
            assert_eq!(sniff(bytes), expected, "{:?}", String::from_utf8_lossy(bytes));
        }
    }
}
