//! What a compiler lacks is told in words of this project, at the place that needs it.

use watshop_protocol::page::{Error, Problem};

use crate::words;

/// Words of other people's code: paths, types, and what a panic says.
const RAW: &[&str] = &[
    "::",
    "{",
    "}",
    ".rs",
    "/",
    "assertion",
    "unwrap",
    "panicked",
    "Err(",
    "Some(",
    "implemented",
    "unsupported",
    "Unsupported",
    "operator",
    "Operator",
    "V128",
    "init expr",
];

/// Words of the parser's and the validator's: what a learner reads is said in others, or is in
/// backticks.
const PARSER: &[&str] = &[
    "var_",
    "nexpected",
    "alformed",
    "nvalid",
    "dentifier",
    "out of bounds",
    "out of range",
    "keyword",
    "token",
    "opcode",
    "end-of-file",
    "arity",
    "heap type",
    "reftype",
    "u32",
    "u64",
    "u8",
    "unicode",
    "expression required",
    "expected: one of",
    "mismatch: expected",
];

/// What is wrong with a refusal, if anything is.
pub fn fault(error: &Error) -> Option<String> {
    words::note(&error.message);
    error.help.iter().for_each(|help| words::note(help));
    let text = format!("{} {}", error.message, error.help.as_deref().unwrap_or_default());
    if let Some(word) = RAW.iter().find(|word| text.contains(**word)) {
        return Some(format!("a refusal says `{word}`: {text}"));
    }
    if error.at.is_none_or(|at| at.offset.is_none()) {
        return Some(format!("a refusal has no place: {text}"));
    }
    None
}

/// What is wrong with what is said of a text, if anything is.
pub fn of_problem(problem: &Problem) -> Option<String> {
    wrong(&problem.message).map(|why| format!("{why}: {}", problem.message))
}

/// Why a learner would not understand this; what stands in backticks is their own text, or is
/// written so.
fn wrong(message: &str) -> Option<String> {
    let words: String = message.split('`').step_by(2).collect();
    if let Some(word) = RAW.iter().chain(PARSER).find(|word| words.contains(**word)) {
        return Some(format!("it says `{word}`"));
    }
    if !message.starts_with(|first: char| first.is_uppercase() || first == '`')
        || !message.ends_with(['.', '!', '?'])
    {
        return Some("it is no sentence".into());
    }
    // `type` is no instruction; perhaps `type` is meant.
    let (told, meant) = message.split_once(" Perhaps ").unwrap_or((message, ""));
    let first = told.split('`').nth(1).unwrap_or_default();
    meant
        .split('`')
        .skip(1)
        .step_by(2)
        .any(|name| name == first)
        .then(|| "it suggests what is there".into())
}
