//! Translates the messages of `wast` about texts that cannot be read.

use super::misplaced::VALUE_TYPES;
use super::{characters, misplaced, sentence, shortened};
use crate::spelling;

const INDEX: &str = "a number or a name, such as `0` or `$name`";
const NAME: &str = "a name, such as `$name`";

/// The parser's terms, and the words that a person reads for them.
const THINGS: &[(&str, &str)] = &[
    ("u8", "a whole number that is not negative"),
    ("u32", "a whole number that is not negative"),
    ("u64", "a whole number that is not negative"),
    ("u64 integer constant", "a whole number that is not negative"),
    ("i8", "a whole number"),
    ("i16", "a whole number"),
    ("i32", "a whole number"),
    ("i64", "a whole number"),
    ("float", "a number, such as `1.5`"),
    ("lane index", "the number of a lane, from 0"),
    ("an index", INDEX),
    ("an identifier", NAME),
    ("string", "a text in double quotes"),
    ("export kind", "an exported item, such as `(func $f)` or `(memory 0)`"),
    ("function type", "the parameters and results of a function"),
    ("reftype", "a type of references, such as `funcref`"),
    ("heaptype", "a type of references, such as `func`"),
    ("left paren", "`(`"),
    ("right paren", "`)`"),
    ("[type].const expression", "a constant, such as `i32.const 1`"),
    ("valid section name", "the name of a section"),
];

/// Messages without variable parts, and their sentences.
const FIXED: &[(&str, &str)] = &[
    ("unterminated block comment", "This comment is never closed: `;)` is missing."),
    ("expected at least one module field", "There is no module here: write at least `(module)`."),
    ("item nesting too deep", "Parentheses are nested deeper here than the text format is read."),
    ("previous `if` had no `then`", "This `(if …)` has no `(then …)`."),
    (
        "unexpected token: too many payloads inside of `(if)`",
        "An `(if …)` has a condition, `(then …)` and perhaps `(else …)`, and nothing behind them.",
    ),
    (
        "inline function type doesn't match type reference",
        "The parameters and results written here are not those of the type named.",
    ),
    ("identifier not allowed", "No name can stand here."),
    ("alignment must be a power of two", "`align=` takes a power of two: 1, 2, 4, 8 or 16."),
    ("malformed lane index", "This is not the number of a lane. Lanes are numbered from 0."),
    ("u64 constant out of range", "This number is too large."),
    (
        "invalid float value: constant out of range",
        "This number is too large for its type; `inf` is written for infinity.",
    ),
    (
        "result before parameter (or unexpected token): cannot list params after results",
        "Parameters stand before results: first `(param …)`, then `(result …)`.",
    ),
    (
        "unknown type: type index out of bounds",
        "There is no type with this number; they are numbered from 0.",
    ),
    ("empty string", "A text of at least one character is needed here."),
    ("unclosed annotation", "This annotation is never closed: `)` is missing."),
    (
        "mismatching labels between end and block",
        "The name behind this `end` is not the name of its block.",
    ),
    ("unexpected import type", "An import is a `func`, `table`, `memory`, `global` or `tag`."),
    ("malformed UTF-8 encoding", "This name is not written in UTF-8."),
];

/// Says why a text is malformed. `token` stands at the error. `ended` is true if the text ends
/// there.
pub(crate) fn text(message: &str, token: &str, ended: bool) -> String {
    if ended && message.starts_with("expected `)`") {
        return "The text ends, but a parenthesis is never closed: a `)` is missing.".into();
    }
    if ended && message == "unexpected end-of-file" {
        return "The text ends within double quotes: a `\"` is missing.".into();
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
    if let Some((_, said)) = FIXED.iter().find(|(words, _)| *words == message) {
        return (*said).to_owned();
    }
    if let Some(said) =
        characters::sentence_of(message).or_else(|| named(message)).or_else(|| number(message))
    {
        return said;
    }
    if let Some(said) = spelling::stuck(token).or_else(|| misplaced::sentence_of(message, token)) {
        return said;
    }
    match message {
        "unknown operator or unexpected token" if token == ")" => {
            "An instruction is missing before this `)`.".into()
        }
        "unknown operator or unexpected token" if token == "(" => {
            "A parenthesis cannot open here.".into()
        }
        "unknown operator or unexpected token" | "expected an instruction" => {
            let meant = spelling::perhaps_instruction(token);
            format!("`{}` is not an instruction.{meant}", shortened(token))
        }
        "expected valid module field" | "unknown module field" if token == "(" => {
            "One `(` stands before a part of a module, as in `(func …)`; here is one too many."
                .into()
        }
        "expected valid module field" | "unknown module field" if token == ")" => {
            "Nothing stands in these parentheses.".into()
        }
        "expected valid module field" | "unknown module field" => {
            let meant = spelling::perhaps_field(token);
            let token = shortened(token);
            format!(
                "`{token}` is not a part of a module; func, memory, table, global, type, import, export, data, elem, start and tag are.{meant}"
            )
        }
        "extra tokens remaining after parse" if token == ")" => {
            "There is one `)` too many: the module is already closed.".into()
        }
        "extra tokens remaining after parse" => {
            "Something follows the module; only comments may.".into()
        }
        "unexpected token" | "unexpected `)`" if !token.is_empty() => {
            format!("`{}` cannot stand here.", shortened(token))
        }
        _ => expected(message, token).unwrap_or_else(|| sentence(message)),
    }
}

/// Translates a message about a name that is unknown or that is defined twice.
fn named(message: &str) -> Option<String> {
    let thing = |kind: &str| match kind {
        "func" => "function".to_owned(),
        "elem" => "element segment".to_owned(),
        "data" => "data segment".to_owned(),
        kind => kind.to_owned(),
    };
    if let Some((kind, name)) =
        message.strip_prefix("unknown ").and_then(|rest| rest.split_once(": failed to find name `"))
    {
        return Some(format!("No {} here is named `{}`.", thing(kind), name.strip_suffix('`')?));
    }
    if let Some(kind) =
        message.strip_prefix("duplicate ").and_then(|rest| rest.strip_suffix(" identifier"))
    {
        return Some(format!("Another {} has this name already.", thing(kind)));
    }
    let kind = message.strip_prefix("import after ")?;
    Some(format!(
        "Imports stand before all functions, tables, memories, globals and tags; here one stands behind a {kind}."
    ))
}

/// Translates a message about a number that is out of the range of its type.
fn number(message: &str) -> Option<String> {
    let kind = message.strip_prefix("invalid ")?.strip_suffix(" number: constant out of range")?;
    let (least, most) = match kind {
        "i8" => ("-128", "255"),
        "i16" => ("-32768", "65535"),
        "i32" => ("-2147483648", "4294967295"),
        "i64" => ("-9223372036854775808", "18446744073709551615"),
        "u8" => ("0", "255"),
        "u32" => ("0", "4294967295"),
        _ => ("0", "18446744073709551615"),
    };
    Some(format!("This number does not fit: it is from {least} to {most} here."))
}

/// Says which token the parser needs here.
fn expected(message: &str, token: &str) -> Option<String> {
    let wanted =
        message.strip_prefix("unexpected token, expected ").or(message.strip_prefix("expected "))?;
    // The parser's list also has types of proposals that Wasmer lacks.
    let (words, wanted) = match wanted.contains("`nullref`") {
        true => (VALUE_TYPES, VALUE_TYPES.to_owned()),
        false => (wanted, things(wanted)),
    };
    let meant = spelling::perhaps_named(token, words);
    Some(match token {
        "" => format!("Expected here: {wanted}."),
        _ => format!("`{}` cannot stand here; expected: {wanted}.{meant}", shortened(token)),
    })
}

/// The items of the parser's list in words for a person, each once.
fn things(list: &str) -> String {
    /// Keywords of proposals that Wasmer lacks.
    const LACKING: &[&str] = &["`struct`", "`array`", "`cont`"];
    let list = list.trim_end_matches([',', ' ']);
    let parts: Vec<_> = match list.strip_prefix("one of: ") {
        Some(list) => list.split(", ").collect(),
        None => list.split(" or ").collect(),
    };
    let mut named: Vec<&str> = Vec::new();
    for part in parts {
        let bare = part.strip_prefix("a ").or(part.strip_prefix("keyword ")).unwrap_or(part);
        let known = THINGS.iter().find(|(thing, _)| *thing == part || *thing == bare);
        let part = known.map_or(part.strip_prefix("keyword ").unwrap_or(part), |(_, name)| *name);
        if !named.contains(&part) && !LACKING.contains(&part) {
            named.push(part);
        }
    }
    // An index may be a number or a name, so it covers the name.
    if named.contains(&INDEX) {
        named.retain(|thing| *thing != NAME);
    }
    match named.as_slice() {
        [most @ .., last] if !most.is_empty() => format!("{} or {last}", most.join(", ")),
        few => few.concat(),
    }
}
