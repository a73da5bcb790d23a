//! Sentences for learners out of the words of `wast` and `wasmparser`. What has no sentence of its own
//! keeps its words, with a capital letter and a full stop.

use crate::spelling::{self, as_written};

const VALUE_TYPES: &str =
    "a type, one of `i32`, `i64`, `f32`, `f64`, `v128`, `funcref`, `externref` and `exnref`";

/// Why a text is malformed. `token` stands where the error is; `ended` when nothing follows there.
pub(crate) fn text(message: &str, token: &str, ended: bool) -> String {
    if ended && message.starts_with("expected `)`") {
        return "The text ends, but a parenthesis is never closed: a `)` is missing.".into();
    }
    if ended && message.starts_with("unexpected end") {
        return "The text ends in the middle of something.".into();
    }
    if let Some(comment) = spelling::comment(token) {
        return comment;
    }
    if let Some(today) = spelling::today(token) {
        return format!("`{token}` is called `{today}` today.");
    }
    if let Some((kind, name)) = message
        .strip_prefix("unknown ")
        .and_then(|rest| rest.split_once(": failed to find name `"))
        .and_then(|(kind, rest)| Some((kind, rest.strip_suffix('`')?)))
    {
        return format!("No {kind} here is named `{name}`.");
    }
    match message {
        "unterminated block comment" => "This comment is never closed: `;)` is missing.".into(),
        "unknown operator or unexpected token" if token == ")" => {
            "An instruction is missing before this `)`.".into()
        }
        "unknown operator or unexpected token" if token == "(" => "A parenthesis cannot open here.".into(),
        "unknown operator or unexpected token" | "expected an instruction" => {
            let meant = spelling::perhaps_instruction(token);
            format!("`{}` is not an instruction.{meant}", shortened(token))
        }
        "expected valid module field" => {
            let meant = spelling::perhaps_field(token);
            let token = shortened(token);
            format!(
                "`{token}` is not a part of a module; func, memory, table, global, type, import, export, data, elem, start and tag are.{meant}"
            )
        }
        "expected at least one module field" => "There is no module here: write at least `(module)`.".into(),
        "extra tokens remaining after parse" if token == ")" => {
            "There is one `)` too many: the module is already closed.".into()
        }
        "extra tokens remaining after parse" => "Something follows the module; only comments may.".into(),
        "item nesting too deep" => "Parentheses are nested deeper here than the text format is read.".into(),
        "previous `if` had no `then`" => "This `(if …)` has no `(then …)`.".into(),
        "inline function type doesn't match type reference" => {
            "The parameters and results written here are not those of the type named.".into()
        }
        _ => {
            match message.strip_prefix("unexpected token, expected ").or(message.strip_prefix("expected ")) {
                Some(wanted) => {
                    // The parser's list has the types of proposals that Wasmer lacks, too.
                    let wanted = if wanted.contains("`nullref`") { VALUE_TYPES } else { wanted };
                    let meant = spelling::perhaps_named(token, wanted);
                    let wanted = wanted.trim_end_matches([',', ' ']);
                    let wanted = wanted.strip_prefix("a ").map_or(wanted.to_owned(), with_article);
                    match token {
                        "" => format!("Expected here: {wanted}."),
                        _ => format!("`{}` cannot stand here; expected: {wanted}.{meant}", shortened(token)),
                    }
                }
                None => sentence(message),
            }
        }
    }
}

/// Why a module is invalid.
pub(crate) fn validation(message: &str) -> String {
    if let Some(rest) = message.strip_prefix("type mismatch: expected ") {
        if let Some(wanted) = rest.strip_suffix(" but nothing on stack") {
            return format!(
                "Type mismatch: {} is needed here, but nothing is left on the stack.",
                with_article(wanted)
            );
        }
        if let Some((wanted, found)) = rest.split_once(", found ") {
            return format!(
                "Type mismatch: {} is needed here, but the value on the stack is {}.",
                with_article(wanted),
                with_article(found)
            );
        }
    }
    if let Some(operator) =
        message.strip_prefix("constant expression required: non-constant operator: visit_")
    {
        return format!("Only a constant may stand here, not `{}`.", as_written(operator));
    }
    if let Some(name) = message
        .strip_prefix("duplicate export name `")
        .and_then(|rest| rest.strip_suffix("` already defined"))
    {
        return format!("Another export is named `{name}` already.");
    }
    if let Some((thing, _)) = message.strip_prefix("unknown ").and_then(|rest| rest.split_once(": "))
        && message.ends_with("index out of bounds")
    {
        return format!("There is no {thing} here.");
    }
    match message {
        "gc proposal must be enabled to use subtypes" => {
            "This needs the proposal gc, which Wasmer 7.5 does not have.".into()
        }
        "type mismatch: select only takes integral types" => {
            "`select` alone chooses between numbers. Between references, say their type: `select (result funcref)` or `select (result externref)`.".into()
        }
        "type mismatch: select operands have different types" => {
            "The two values that `select` chooses between have different types.".into()
        }
        "invalid start function type" => "The start function has neither parameters nor results.".into(),
        "size minimum must not be greater than maximum" => "The smallest size is above the largest.".into(),
        "shared memory must have maximum size" => {
            "A shared memory needs a largest size too: `(memory 1 2 shared)`.".into()
        }
        "invalid exception type: non-empty tag result type" => "A tag has no results.".into(),
        "type mismatch: values remaining on stack at end of block" => {
            "Values are left on the stack at the end of this block: `drop` them, or declare them as its results.".into()
        }
        "unknown label: branch depth too large" => "This branch goes further out than there are blocks.".into(),
        "global is immutable: cannot modify it with `global.set`" => {
            "This global cannot be changed: declare it `(mut …)`.".into()
        }
        "invalid memop alignment: alignment must not be larger than natural" => {
            "The alignment is larger than the value that is read or written.".into()
        }
        "undeclared function reference" => {
            "`ref.func` needs the function to be declared: export it, or add `(elem declare func …)`.".into()
        }
        _ => sentence(message),
    }
}

/// A capital letter first and a full stop last.
pub(crate) fn sentence(message: &str) -> String {
    let message = message.trim().trim_end_matches([',', ' ']);
    let mut characters = message.chars();
    let Some(first) = characters.next() else { return "It is not valid.".into() };
    // A type keeps its spelling: `u64 constant out of range`.
    let is_type = message.split(' ').next().is_some_and(|word| word.contains(|c: char| c.is_ascii_digit()));
    let first = if is_type { first.to_string() } else { first.to_uppercase().to_string() };
    let stop = if message.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{first}{}{stop}", characters.as_str())
}

fn with_article(name: &str) -> String {
    let vowel = name.starts_with(['i', 'e', 'a']) || ["f32", "f64"].contains(&name);
    match name {
        "a type" | "value" => "a value".into(),
        _ if name.starts_with("a ") || name.starts_with("an ") => name.into(),
        _ if vowel => format!("an {name}"),
        _ => format!("a {name}"),
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
            "No func here is named `$f`."
        );
        assert_eq!(
            text("unexpected token, expected a u32", "abc", false),
            "`abc` cannot stand here; expected: a u32."
        );
        assert_eq!(text("expected a i32", "x", false), "`x` cannot stand here; expected: an i32.");
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
        assert_eq!(validation("multiple memories"), "Multiple memories.");
        assert_eq!(sentence(""), "It is not valid.");
        assert_eq!(sentence("u64 constant out of range"), "u64 constant out of range.");
    }
}
