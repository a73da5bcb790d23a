//! Untrusted text, made harmless for a terminal. A name in a module may contain escape sequences,
//! characters that reverse the line, or 99 KB of anything.

use std::fmt::Write as _;

/// The most characters of a name that is printed whole.
const LONGEST: usize = 200;

/// The number of characters that remain of a longer name.
const SHOWN: usize = 160;

/// A name on one line. Characters that a terminal would obey or hide are spelled out (`\u{1b}`),
/// and the end of a very long name is left out.
pub fn name(text: &str) -> String {
    spell(&cut(text), |_| false)
}

/// A text of several lines. Characters are spelled out as in a name, but line ends stay, and the
/// text keeps its length.
pub fn lines(text: &str) -> String {
    spell(text, |c| c == '\n')
}

/// A sentence with names in backticks. Each name is written as [`name`] does.
pub fn sentence(text: &str) -> String {
    let part = |(i, part): (usize, &str)| if i % 2 == 1 { name(part) } else { lines(part) };
    let parts: Vec<String> = text.split('`').enumerate().map(part).collect();
    parts.join("`")
}

/// JSON with these characters as escapes, which mean the same there.
pub fn json(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if c != '\n' && is_hidden(c) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                // Writing to a string does not fail.
                let _ = write!(escaped, "\\u{unit:04x}");
            }
        } else {
            escaped.push(c);
        }
    }
    escaped
}

fn cut(text: &str) -> String {
    let count = text.chars().count();
    if count <= LONGEST {
        return text.to_owned();
    }
    let shown: String = text.chars().take(SHOWN).collect();
    format!("{shown}… ({} more characters)", count - SHOWN)
}

fn spell(text: &str, stays: impl Fn(char) -> bool) -> String {
    let mut spelled = String::with_capacity(text.len());
    for c in text.chars() {
        if is_hidden(c) && !stays(c) {
            let _ = write!(spelled, "\\u{{{:x}}}", u32::from(c));
        } else {
            spelled.push(c);
        }
    }
    spelled
}

/// Returns true for control characters, characters that change the direction of text or end a line,
/// and characters that have no width and belong to no script.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
                | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_or_hide_is_spelled_out() {
        assert_eq!(name("a\u{1b}[31mb"), "a\\u{1b}[31mb");
        assert_eq!(name("a\nb\r\tc\0\u{7f}\u{9b}"), "a\\u{a}b\\u{d}\\u{9}c\\u{0}\\u{7f}\\u{9b}");
        assert_eq!(name("\u{202e}gnp.exe\u{2066}\u{feff}"), "\\u{202e}gnp.exe\\u{2066}\\u{feff}");
        assert_eq!(lines("a\nb\u{1b}"), "a\nb\\u{1b}");
        assert_eq!(name("äöü 🦀 日本 👩\u{200d}🚀"), "äöü 🦀 日本 👩\u{200d}🚀");
    }

    #[test]
    fn a_name_of_99_kb_is_cut_and_says_by_how_much() {
        let long = "ä".repeat(50_000);
        assert_eq!(name(&long), format!("{}… (49840 more characters)", "ä".repeat(160)));
        assert_eq!(
            sentence(&format!("No `{long}` in `b`.")),
            format!("No `{}` in `b`.", name(&long))
        );
        assert_eq!(name(&"a".repeat(200)), "a".repeat(200));
        assert_eq!(sentence("No `a\nb`.\nNone."), "No `a\\u{a}b`.\nNone.");
    }

    #[test]
    fn json_stays_what_it_says() {
        let value = serde_json::json!({ "name": "a\u{1b}\u{202e}\u{e0041}\n" });
        let text = json(&value.to_string());
        assert!(text.is_ascii(), "{text}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), value);
    }
}
