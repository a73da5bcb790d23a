//! What a compiler lacks is told in words of this project, at the place that needs it.

use watshop_protocol::page::Error;

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

/// What is wrong with a refusal, if anything is.
pub fn fault(error: &Error) -> Option<String> {
    let text = format!("{} {}", error.message, error.help.as_deref().unwrap_or_default());
    if let Some(word) = RAW.iter().find(|word| text.contains(**word)) {
        return Some(format!("a refusal says `{word}`: {text}"));
    }
    if error.at.is_none_or(|at| at.offset.is_none()) {
        return Some(format!("a refusal has no place: {text}"));
    }
    None
}
