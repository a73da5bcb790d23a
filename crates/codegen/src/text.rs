//! Names and quoted text.

/// A name that is valid in all of the languages: ASCII letters, digits and underscores.
pub fn name_of(text: &str) -> String {
    let clean: String =
        text.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    if clean.starts_with(|c: char| c.is_ascii_digit()) { format!("_{clean}") } else { clean }
}

/// Text for a comment of one line.
pub fn one_line(text: &str) -> String {
    // In C a backslash at the end of a line continues the comment.
    text.replace(|letter: char| is_unseen(letter) || letter == '\\', " ")
}

/// Text in double quotes, as C, Rust, Python and JavaScript read it alike. Each language writes the
/// letters that cannot stand in a program in its own way, by `escaped`.
pub fn quoted(text: &str, escaped: impl Fn(char) -> String) -> String {
    let mut to = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => to.push_str("\\\""),
            '\\' => to.push_str("\\\\"),
            '\n' => to.push_str("\\n"),
            '\t' => to.push_str("\\t"),
            other if is_unseen(other) => to.push_str(&escaped(other)),
            other => to.push(other),
        }
    }
    to.push('"');
    to
}

/// Returns true for control characters, ends of lines, and characters that change the direction of
/// the text after them. Rust rejects the last.
fn is_unseen(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_texts_are_those_of_every_language() {
        assert_eq!(name_of("env_my-func"), "env_my_func");
        assert_eq!(name_of("1_x"), "_1_x");
        let number = |letter: char| format!("<{:x}>", u32::from(letter));
        assert_eq!(quoted("a\"b\\\n\r\u{202e}ü", number), r#""a\"b\\\n<d><202e>ü""#);
    }

    #[test]
    fn a_comment_ends_at_the_end_of_its_line() {
        for letter in ['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}', '\u{202e}', '\u{2066}', '\\'] {
            assert_eq!(one_line(&format!("a{letter}b")), "a b", "{letter:?}");
        }
    }
}
