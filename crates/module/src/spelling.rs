//! Suggests the intended word for one that the text format does not have.

use watshop_protocol::{Sentence, say};

mod nearest;
mod old;

pub(crate) use old::today;

/// The proposals whose instructions Wasmer has.
const OURS: &[&str] = &[
    "mvp",
    "sign_extension",
    "saturating_float_to_int",
    "bulk_memory",
    "reference_types",
    "simd",
    "relaxed_simd",
    "threads",
    "tail_call",
    "exceptions",
    "wide_arithmetic",
];

macro_rules! operators {
    ($(@$proposal:ident $op:ident $({ $($arg:ident: $argty:ty),* })? => $visit:ident ($($ann:tt)*))*) => {
        &[$((stringify!($proposal), stringify!($visit))),*]
    };
}

/// The validator's list of operators: each proposal, and the name of the visiting method.
const OPERATORS: &[(&str, &str)] = wasmparser::for_each_operator!(operators);

/// Words of the text format that may stand in the place of an instruction.
const WITHIN_FUNCTIONS: &[&str] =
    &["param", "result", "local", "type", "then", "import", "export", "catch", "catch_all"];

const FIELDS: &[&str] = &[
    "module", "func", "memory", "table", "global", "type", "import", "export", "data", "elem",
    "start", "tag", "rec",
];

/// Every instruction of Wasmer, written as in the text format.
pub fn instructions() -> impl Iterator<Item = String> {
    OPERATORS
        .iter()
        .filter(|(proposal, visit)| {
            OURS.contains(proposal) && !visit.starts_with("visit_typed_select")
        })
        .map(|(_, visit)| as_written(visit.trim_start_matches("visit_")))
}

/// The text format's name for `local_get`: `local.get`.
pub(crate) fn as_written(operator: &str) -> String {
    const KEPT: [&str; 5] = ["br", "call", "return", "try", "throw"];
    let Some((first, rest)) = operator.split_once('_') else { return operator.to_owned() };
    if KEPT.contains(&first) {
        return operator.to_owned();
    }
    let Some(rest) = rest.strip_prefix("atomic_") else { return format!("{first}.{rest}") };
    match rest.split_once('_') {
        Some((rmw, operation)) if rmw.starts_with("rmw") => {
            format!("{first}.atomic.{rmw}.{operation}")
        }
        _ => format!("{first}.atomic.{rest}"),
    }
}

/// A sentence about a comment in the style of another language. `None` for any other token.
pub(crate) fn comment(token: &str) -> Option<Sentence> {
    if token.starts_with("/*") {
        return Some(say!(
            "A comment of several lines stands between `(;` and `;)`, not between `/*` and `*/`."
        ));
    }
    if token == ";" {
        return Some(say!("A comment begins with two semicolons: `;;`."));
    }
    let other = ["//", "#", "--"].into_iter().find(|start| token.starts_with(start))?;
    Some(say!("A comment begins with `;;`, not with `{other}`."))
}

/// True if a word is an instruction.
pub(crate) fn is_instruction(token: &str) -> bool {
    instructions().any(|name| name == token)
}

/// A sentence about words that stand together without a space, one of them a text in double quotes.
pub(crate) fn stuck(token: &str) -> Option<Sentence> {
    let inner = token.get(1..token.len().checked_sub(1)?).unwrap_or_default();
    let is_one = token.starts_with('"') && token.ends_with('"') && token.len() > 1;
    let ends_within = inner.replace("\\\"", "").contains('"');
    if !token.contains('"') || is_one && !ends_within {
        return None;
    }
    let cut: String = token.chars().take(40).collect();
    Some(say!("A space is missing in `{cut}`, before or behind a text in double quotes."))
}

/// A suggestion for a token that is not an instruction. `None` if no instruction is near.
pub(crate) fn perhaps_instruction(token: &str) -> Option<Sentence> {
    let mut known: Vec<String> = instructions().collect();
    known.extend(WITHIN_FUNCTIONS.iter().map(|word| (*word).to_owned()));
    // `add` is the end of several names, and the intended type is unknown.
    let ending = format!(".{token}");
    let with_type: Vec<_> = known.iter().filter(|name| name.ends_with(&ending)).take(4).collect();
    if !with_type.is_empty() {
        return Some(meant(&with_type));
    }
    perhaps(token, known.iter().map(String::as_str))
}

/// A suggestion for a token that is not a field of a module.
pub(crate) fn perhaps_field(token: &str) -> Option<Sentence> {
    perhaps(token, FIELDS.iter().copied())
}

/// A suggestion from the words that a message names in backticks.
pub(crate) fn perhaps_named(token: &str, message: &str) -> Option<Sentence> {
    perhaps(token, message.split('`').skip(1).step_by(2))
}

fn perhaps<'a>(token: &str, known: impl Iterator<Item = &'a str>) -> Option<Sentence> {
    let mut nearest = nearest::nearest(token, known);
    // The token is spelt well, so the error is another one.
    nearest.retain(|name| *name != token);
    (!nearest.is_empty()).then(|| meant(&nearest))
}

/// A suggestion of one of some words.
fn meant(names: &[impl AsRef<str>]) -> Sentence {
    let names: Vec<_> = names.iter().map(|name| format!("`{}`", name.as_ref())).collect();
    match names.as_slice() {
        [most @ .., last] if !most.is_empty() => {
            let most = most.join(", ");
            say!("Perhaps {most} or {last} is meant.")
        }
        few => {
            let name = few.concat();
            say!("Perhaps {name} is meant.")
        }
    }
}

#[cfg(test)]
mod tests;
