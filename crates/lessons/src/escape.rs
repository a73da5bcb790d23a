//! Text on one line of a header: `\n`, `\t` and `\\` are written so.

use watshop_protocol::{Sentence, say};

/// The text that a line stands for.
pub(crate) fn unescape(text: &str) -> Result<String, Sentence> {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        plain.push(match c {
            '\\' => match characters.next() {
                Some('n') => '\n',
                Some('t') => '\t',
                Some('\\') => '\\',
                _ => return Err(say!("after `\\` comes n, t or `\\`")),
            },
            c => c,
        });
    }
    Ok(plain)
}

/// The line for a text. [`unescape`] gives the text back.
pub(crate) fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\n', "\\n").replace('\t', "\\t")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_gives_its_text_back() {
        for text in ["", "one\ntwo\n", "a\\nb", "\t\\"] {
            assert_eq!(unescape(&escape(text)).as_deref(), Ok(text));
        }
        assert!(unescape("\\x").is_err());
        assert!(unescape("\\").is_err());
    }
}
