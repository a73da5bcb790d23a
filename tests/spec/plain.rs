//! The messages about a compiler's limits are in words of this project, and name the place.

use watshop_protocol::page::{Error, Problem};

use crate::words;

/// Words of other programs' code: paths, types, and messages of panics.
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

/// Words of the parser and the validator. Messages for learners use others, or put them in
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

/// Returns the fault of a refusal, if it has one.
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

/// Returns the fault of a problem's message, if it has one.
pub fn of_problem(problem: &Problem) -> Option<String> {
    wrong(&problem.message).map(|why| format!("{why}: {}", problem.message))
}

/// Returns the reason why a learner would not understand a message. Text in backticks is their own,
/// or is code.
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
    // The message says that `type` is not an instruction, and must not suggest `type` again.
    let (told, meant) = message.split_once(" Perhaps ").unwrap_or((message, ""));
    let first = told.split('`').nth(1).unwrap_or_default();
    meant
        .split('`')
        .skip(1)
        .step_by(2)
        .any(|name| name == first)
        .then(|| "it suggests what is there".into())
}
