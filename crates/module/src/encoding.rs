//! Names the encoding of text that is not UTF-8.

use watshop_protocol::page::{Error, ErrorCode};
use watshop_protocol::{Sentence, say};

use crate::position;
use crate::sniff::{self, FileFormat, sniff};
use crate::utf16::{ByteOrder, utf16};

/// Says which other encoding the bytes seem to have: UTF-16, or one byte a character. `None` for
/// bytes that do not look like text.
pub fn other_encoding(bytes: &[u8]) -> Option<Error> {
    if let Some(order) = utf16(bytes) {
        let message = match order {
            ByteOrder::Low => say!("This is text in UTF-16 (low byte first), and WAT is UTF-8."),
            ByteOrder::High => say!("This is text in UTF-16 (high byte first), and WAT is UTF-8."),
        };
        return Some(Error::new(ErrorCode::NotAModule, message).help(save()));
    }
    let at = std::str::from_utf8(bytes).err()?.valid_up_to();
    let is_text = |byte: &u8| *byte >= b' ' && *byte != 0x7f || byte.is_ascii_whitespace();
    if !bytes.iter().all(is_text) {
        return None;
    }
    let text = std::str::from_utf8(&bytes[..at]).ok()?;
    // Any byte may be a letter of Latin-1, so the text before it must begin like a module.
    if sniff::without_mark(text).trim().is_empty() || sniff(text.as_bytes()) != FileFormat::Wat {
        return None;
    }
    let place = position::locate(text, at);
    let (line, column) = (place.line.unwrap_or(1), place.column.unwrap_or(1));
    let byte = bytes[at];
    let code = format!("0x{byte:02x}");
    let message = match byte {
        0xa0.. => {
            // The first 256 characters of Unicode are those of Latin-1.
            let letter = char::from(byte);
            say!(
                "The text is not UTF-8: line {line}, column {column} has the byte {code} (in Latin-1 it is `{letter}`)."
            )
        }
        _ => say!(
            "The text is not UTF-8: line {line}, column {column} has the byte {code} (Windows-1252 has such bytes)."
        ),
    };
    Some(Error::new(ErrorCode::NotAModule, message).help(save()).at(place))
}

fn save() -> Sentence {
    say!("Save it as UTF-8 in your editor, or convert it with `iconv -t UTF-8`.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(bytes: &[u8]) -> Option<String> {
        other_encoding(bytes).map(|error| error.message)
    }

    #[test]
    fn utf16_is_named_with_and_without_its_mark() {
        for text in ["(module)", ";; note\n(module)", "\u{feff}(module)"] {
            let low: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let high: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            assert_eq!(sniff(&low), FileFormat::Other);
            assert_eq!(sniff(&high), FileFormat::Other);
            assert!(told(&low).unwrap().contains("UTF-16 (low byte first)"), "{text}");
            assert!(told(&high).unwrap().contains("UTF-16 (high byte first)"), "{text}");
        }
    }

    #[test]
    fn latin_1_is_named_with_the_line_and_the_byte() {
        let said = told(b"(module\n ;; caf\xe9\n)").unwrap();
        assert!(
            said.contains("line 2, column 8 has the byte 0xe9 (in Latin-1 it is `é`)"),
            "{said}"
        );
        assert!(told(b"(module ;; \x93a\x94\n)").unwrap().contains("0x93 (Windows-1252"));
        assert_eq!(other_encoding(b"(module\n ;; \xfc\n)").unwrap().at.unwrap().line, Some(2));
    }

    #[test]
    fn what_is_utf8_or_no_text_at_all_is_not_explained() {
        for bytes in [
            "(module ;; é\n)".as_bytes(),
            b"",
            b"\0asm\x01\0\0\0",
            b"\x7fELF\x02\xff",
            b"\x89PNG\r\n\x1a\n\xff",
            b"\xfe\xed\xfa",
            b"caf\xe9",
        ] {
            assert_eq!(told(bytes), None, "{bytes:?}");
        }
    }
}
