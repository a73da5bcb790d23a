//! The instructions of a module, and those that a page names.

use std::collections::BTreeSet;

use watshop_protocol::page::Result;

/// The instructions of a module's functions, in order, by their names in the text format.
///
/// # Errors
///
/// `invalid_module` or `not_a_module` if the binary cannot be printed.
pub(crate) fn instructions(binary: &[u8]) -> Result<Vec<String>> {
    let printed = watshop_module::print(binary)?;
    let mut found = Vec::new();
    for line in printed.lines() {
        let line = line.trim_start();
        let word: &str = line.split([' ', '(', ')']).next().unwrap_or_default();
        // Lines that begin with a parenthesis declare something; `end` and `else` belong to a block.
        if !word.is_empty() && !matches!(word, "end" | "else") && !line.starts_with(";;") {
            found.push(word.to_owned());
        }
    }
    Ok(found)
}

/// The instructions that a text names in backticks: words of the text format, such as `i32.add`, and
/// the first word of code in backticks.
pub(crate) fn named(text: &str) -> BTreeSet<String> {
    let mut inside = false;
    let mut names = BTreeSet::new();
    for piece in text.split('`') {
        if inside {
            let words = piece.split(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '_')));
            names.extend(words.filter(|word| !word.is_empty()).map(str::to_owned));
        }
        inside = !inside;
    }
    names
}

/// True if an instruction was named: itself, or the same of another type together with another one
/// of its own type.
pub(crate) fn is_named(instruction: &str, names: &BTreeSet<String>) -> bool {
    if names.contains(instruction) {
        return true;
    }
    let Some((kind, operation)) = instruction.split_once('.') else { return false };
    let own = format!("{kind}.");
    names.iter().any(|name| name.starts_with(&own))
        && names
            .iter()
            .any(|name| name.split_once('.').is_some_and(|(_, other)| other == operation))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instructions_of_folded_text_come_in_their_order() {
        let text = "(module (memory 1) (global i32 (i32.const 3)) (data (i32.const 0) \"end\")
          (func (param i32) (result i32)
            (if (result i32) (local.get 0) (then (i32.const 1)) (else (block $b (br $b)) (i32.const 2)))))";
        let binary = watshop_module::parse(text).unwrap();
        let found = instructions(&binary).unwrap();
        assert_eq!(found, ["local.get", "if", "i32.const", "block", "br", "i32.const"]);
    }

    #[test]
    fn a_page_names_what_is_in_backticks() {
        let names = named("Use `i32.add`, `(i64.const 3)` and not i32.sub.");
        assert!(names.contains("i32.add") && names.contains("i64.const"));
        assert!(!names.contains("i32.sub"));
        assert!(is_named("i64.add", &names));
        assert!(!is_named("f32.add", &names));
        assert!(!is_named("i64.mul", &names));
    }
}
