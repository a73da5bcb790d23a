//! Translates the messages of `wast` and `wasmparser` into sentences for learners. A message
//! without a sentence of its own keeps its words, with a capital letter and a full stop.

mod binary;
mod characters;
mod misplaced;
mod rules;
mod written;

use watshop_protocol::{Sentence, say};

pub(crate) use written::text;

/// Says why a module is invalid or its bytes are not a whole module.
pub(crate) fn validation(message: &str) -> Sentence {
    rules::sentence_of(message).unwrap_or_else(|| sentence(message))
}

/// Puts a capital letter first and a full stop last.
pub(crate) fn sentence(message: &str) -> Sentence {
    let message = message.trim().trim_end_matches([',', ' ']);
    let mut characters = message.chars();
    let Some(first) = characters.next() else { return say!("It is not valid.") };
    // A type keeps its spelling: `u64 constant out of range`.
    let is_type =
        message.split(' ').next().is_some_and(|word| word.contains(|c: char| c.is_ascii_digit()));
    let first = if is_type { first.to_string() } else { first.to_uppercase().to_string() };
    let stop = if message.ends_with(['.', '!', '?']) { "" } else { "." };
    let words = format!("{first}{}{stop}", characters.as_str());
    say!("{words}")
}

/// A type, or another thing on the stack, with its article.
fn with_article(name: &str) -> Sentence {
    let vowel = name.starts_with(['i', 'e', 'a']) || ["f32", "f64"].contains(&name);
    match name {
        "a type" | "value" => say!("a value"),
        "reference" => say!("a reference"),
        words if name.starts_with("a ") || name.starts_with("an ") => say!("{words}"),
        _ if vowel => say!("an {name}"),
        _ => say!("a {name}"),
    }
}

/// A kind of things in a module, by the word of `wast` or `wasmparser` for it.
fn thing(kind: &str) -> Sentence {
    match kind {
        "func" | "function" => say!("function"),
        "table" => say!("table"),
        "memory" => say!("memory"),
        "global" => say!("global"),
        "tag" => say!("tag"),
        "type" => say!("type"),
        "local" => say!("local"),
        "label" => say!("label"),
        "field" => say!("field"),
        "elem" | "elem segment" => say!("element segment"),
        "data" | "data segment" => say!("data segment"),
        words => say!("{words}"),
    }
}

fn shortened(token: &str) -> String {
    let mut short: String = token.chars().take(40).collect();
    if short.len() < token.len() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_mistakes_get_sentences() {
        assert_eq!(
            text("unknown operator or unexpected token", "i32.ad", false),
            "`i32.ad` is not an instruction. Perhaps `i32.add` or `i32.and` is meant."
        );
        assert_eq!(
            text("unknown func: failed to find name `$f`", "$f", false),
            "No function here is named `$f`."
        );
        assert_eq!(
            text("unexpected token, expected a u32", "abc", false),
            "`abc` cannot stand here; expected: a whole number that is not negative."
        );
        assert_eq!(
            text("expected a i32", "x", false),
            "`x` cannot stand here; expected: a whole number."
        );
        assert_eq!(
            validation("constant expression required: non-constant operator: visit_local_get"),
            "Only a constant may stand here, not `local.get`."
        );
        assert_eq!(
            validation("type mismatch: expected i32 but nothing on stack"),
            "Type mismatch: an i32 is needed here, but nothing is left on the stack."
        );
        assert_eq!(
            validation("type mismatch: expected v128, found funcref"),
            "Type mismatch: a v128 is needed here, but the value on the stack is a funcref."
        );
    }

    #[test]
    fn other_words_are_kept() {
        assert_eq!(validation("some new rule"), "Some new rule.");
        assert_eq!(sentence(""), "It is not valid.");
        assert_eq!(sentence("u64 constant out of range"), "u64 constant out of range.");
    }
}
