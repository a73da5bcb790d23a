//! Translates the messages of the lexer of `wast` about characters that the text format does not
//! have.

use watshop_protocol::{Sentence, say};

/// The sentence for a character or a number that cannot be read. `None` for another message.
pub(super) fn sentence_of(message: &str) -> Option<Sentence> {
    let quoted = |prefix: &str| {
        Some(shown(message.strip_prefix(prefix)?.strip_prefix('\'')?.strip_suffix('\'')?))
    };
    if let Some(character) = quoted("unexpected character ") {
        return Some(say!(
            "The character `{character}` has no place outside of texts and comments."
        ));
    }
    if let Some(character) = quoted("invalid character in string ") {
        return Some(match character.as_str() {
            "\\n" | "\\r" => {
                say!("The text in double quotes is not closed on its line: a `\"` is missing.")
            }
            other => say!("The character `{other}` cannot stand in a text as it is."),
        });
    }
    if let Some(character) = quoted("invalid string escape ") {
        return Some(say!(
            "`\\{character}` means nothing in a text; `\\n`, `\\t`, `\\r`, `\\\"`, `\\'`, `\\\\`, two hexadecimal digits as `\\2a`, and `\\u{{1f980}}` do."
        ));
    }
    if let Some(character) = quoted("invalid hex digit ") {
        return Some(say!("A hexadecimal digit is needed here, not `{character}`."));
    }
    if let Some(character) = quoted("invalid decimal digit ") {
        return Some(say!("A digit is needed here, not `{character}`."));
    }
    if let Some(character) = quoted("likely-confusing unicode character found ") {
        return Some(say!(
            "The character `{character}` stands here, which is not seen or turns round what is: take it out, or write it as an \
             escape."
        ));
    }
    if let Some((wanted, found)) =
        quoted("expected ").as_deref().and_then(|rest| rest.split_once("' but found '"))
    {
        return Some(say!("`{}` is needed here, not `{}`.", shown(wanted), shown(found)));
    }
    if let Some(number) = message.strip_prefix("invalid unicode scalar value 0x") {
        return Some(say!("`\\u{{{number}}}` is not a character."));
    }
    match message {
        "unexpected end-of-file" => {
            Some(say!("The text in double quotes is never closed: a `\"` is missing."))
        }
        "number is too big to parse" => Some(say!("This number is too large.")),
        "bare underscore in numeric literal" => {
            Some(say!("An `_` in a number stands between two digits."))
        }
        "malformed UTF-8 encoding of string-based id" => {
            Some(say!("This name is not written in UTF-8."))
        }
        "empty identifier" => Some(say!("A name has at least one character behind its `$`.")),
        "empty annotation id" => Some(say!("An annotation has a name behind its `@`.")),
        _ => None,
    }
}

/// A character as people read it. The lexer writes some of them as Rust does.
fn shown(character: &str) -> String {
    let code = character.strip_prefix("\\u{").and_then(|rest| rest.strip_suffix('}'));
    let letter = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
    match (character, letter.filter(|letter| letter.is_alphanumeric())) {
        (_, Some(letter)) => letter.to_string(),
        ("\\'", _) => "'".to_owned(),
        (other, _) => other.to_owned(),
    }
}
