//! Guesses the format of bytes from their beginning.

use wasmparser::Parser;
use wast::lexer::{Lexer, TokenKind};

use crate::utf16::utf16;

/// The format of bytes as their beginning shows it, before they are parsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sniffed {
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
/// [`Sniffed::Wat`] or a [`Sniffed::Wasm`] may still be malformed.
pub fn sniff(bytes: &[u8]) -> Sniffed {
    if Parser::is_component(bytes) {
        return Sniffed::Component;
    }
    if bytes.starts_with(b"\0asm") {
        return Sniffed::Wasm;
    }
    // The zeros of UTF-16 are valid UTF-8, too.
    if utf16(bytes).is_some() {
        return Sniffed::Other;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if without_mark(text).trim().is_empty() => Sniffed::Empty,
        Ok(text) if opens_with_parenthesis(without_mark(text)) => Sniffed::Wat,
        _ => Sniffed::Other,
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
        let cases: [(&[u8], Sniffed); 15] = [
            (b"", Sniffed::Empty),
            (b" \n\t", Sniffed::Empty),
            ("\u{feff}".as_bytes(), Sniffed::Empty),
            (b"(module)", Sniffed::Wat),
            (b";; a note\n(; and\nmore ;) (func)", Sniffed::Wat),
            (b";; only a note", Sniffed::Wat),
            (b"(; never closed", Sniffed::Wat),
            ("\u{feff}(module)".as_bytes(), Sniffed::Wat),
            (b"\0asm\x01\0\0\0", Sniffed::Wasm),
            (b"\0asm", Sniffed::Wasm),
            (b"\0asm\x0d\0\x01\0", Sniffed::Component),
            (b"\x7fELF", Sniffed::Other),
            (b"hello", Sniffed::Other),
            (b"\xff\xfe(\0", Sniffed::Other),
            (b"{\"a\":1}", Sniffed::Other),
        ];
        for (bytes, expected) in cases {
            assert_eq!(sniff(bytes), expected, "{:?}", String::from_utf8_lossy(bytes));
        }
    }
}
