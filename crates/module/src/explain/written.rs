//! Translates the messages of `wast` about texts that cannot be read.

use watshop_protocol::{Sentence, pattern, say};

use super::misplaced::VALUE_TYPES;
use super::{characters, misplaced, sentence, shortened, thing};
use crate::spelling;

const INDEX: &str = pattern!("a number or a name, such as `0` or `$name`");
const NAME: &str = pattern!("a name, such as `$name`");

/// The parser's terms, and the words that a person reads for them.
const THINGS: &[(&str, &str)] = &[
    ("u8", pattern!("a whole number that is not negative")),
    ("u32", pattern!("a whole number that is not negative")),
    ("u64", pattern!("a whole number that is not negative")),
    ("u64 integer constant", pattern!("a whole number that is not negative")),
    ("i8", pattern!("a whole number")),
    ("i16", pattern!("a whole number")),
    ("i32", pattern!("a whole number")),
    ("i64", pattern!("a whole number")),
    ("float", pattern!("a number, such as `1.5`")),
    ("lane index", pattern!("the number of a lane, from 0")),
    ("an index", INDEX),
    ("an identifier", NAME),
    ("string", pattern!("a text in double quotes")),
    ("export kind", pattern!("an exported item, such as `(func $f)` or `(memory 0)`")),
    ("function type", pattern!("the parameters and results of a function")),
    ("reftype", pattern!("a type of references, such as `funcref`")),
    ("heaptype", pattern!("a type of references, such as `func`")),
    ("[type].const expression", pattern!("a constant, such as `i32.const 1`")),
    ("valid section name", pattern!("the name of a section")),
];

/// Messages without variable parts, and their sentences.
const FIXED: &[(&str, &str)] = &[
    ("unterminated block comment", pattern!("This comment is never closed: `;)` is missing.")),
    (
        "expected at least one module field",
        pattern!("There is no module here: write at least `(module)`."),
    ),
    (
        "item nesting too deep",
        pattern!("Parentheses are nested deeper here than the text format is read."),
    ),
    ("previous `if` had no `then`", pattern!("This `(if …)` has no `(then …)`.")),
    (
        "unexpected token: too many payloads inside of `(if)`",
        pattern!(
            "An `(if …)` has a condition, `(then …)` and perhaps `(else …)`, and nothing behind them."
        ),
    ),
    (
        "inline function type doesn't match type reference",
        pattern!("The parameters and results written here are not those of the type named."),
    ),
    ("identifier not allowed", pattern!("No name can stand here.")),
    (
        "alignment must be a power of two",
        pattern!("`align=` takes a power of two: 1, 2, 4, 8 or 16."),
    ),
    (
        "malformed lane index",
        pattern!("This is not the number of a lane. Lanes are numbered from 0."),
    ),
    ("u64 constant out of range", pattern!("This number is too large.")),
    (
        "invalid float value: constant out of range",
        pattern!("This number is too large for its type; `inf` is written for infinity."),
    ),
    (
        "result before parameter (or unexpected token): cannot list params after results",
        pattern!("Parameters stand before results: first `(param …)`, then `(result …)`."),
    ),
    (
        "unknown type: type index out of bounds",
        pattern!("There is no type with this number; they are numbered from 0."),
    ),
    ("empty string", pattern!("A text of at least one character is needed here.")),
    ("unclosed annotation", pattern!("This annotation is never closed: `)` is missing.")),
    (
        "mismatching labels between end and block",
        pattern!("The name behind this `end` is not the name of its block."),
    ),
    (
        "unexpected import type",
        pattern!("An import is a `func`, `table`, `memory`, `global` or `tag`."),
    ),
    ("malformed UTF-8 encoding", pattern!("This name is not written in UTF-8.")),
];

/// Says why a text is malformed. `token` stands at the error. `ended` is true if the text ends
/// there.
pub(crate) fn text(message: &str, token: &str, ended: bool) -> Sentence {
    if ended && message.starts_with("expected `)`") {
        return say!("The text ends, but a parenthesis is never closed: a `)` is missing.");
    }
    if ended && message == "unexpected end-of-file" {
        return say!("The text ends within double quotes: a `\"` is missing.");
    }
    if ended && message.starts_with("unexpected end") {
        return say!("The text ends in the middle of something.");
    }
    if let Some(comment) = spelling::comment(token) {
        return comment;
    }
    if let Some(today) = spelling::today(token) {
        return say!("`{token}` is called `{today}` today.");
    }
    if let Some((_, said)) = FIXED.iter().find(|(words, _)| *words == message) {
        return Sentence::plain(said);
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
            say!("An instruction is missing before this `)`.")
        }
        "unknown operator or unexpected token" if token == "(" => {
            say!("A parenthesis cannot open here.")
        }
        "unknown operator or unexpected token" | "expected an instruction" => {
            let meant = spelling::perhaps_instruction(token);
            let token = shortened(token);
            and_perhaps(say!("`{token}` is not an instruction."), meant)
        }
        "expected valid module field" | "unknown module field" if token == "(" => {
            say!(
                "One `(` stands before a part of a module, as in `(func …)`; here is one too many."
            )
        }
        "expected valid module field" | "unknown module field" if token == ")" => {
            say!("Nothing stands in these parentheses.")
        }
        "expected valid module field" | "unknown module field" => {
            let meant = spelling::perhaps_field(token);
            let token = shortened(token);
            let said = say!(
                "`{token}` is not a part of a module; func, memory, table, global, type, import, export, data, elem, start and tag are."
            );
            and_perhaps(said, meant)
        }
        "extra tokens remaining after parse" if token == ")" => {
            say!("There is one `)` too many: the module is already closed.")
        }
        "extra tokens remaining after parse" => {
            say!("Something follows the module; only comments may.")
        }
        "unexpected token" | "unexpected `)`" if !token.is_empty() => {
            let token = shortened(token);
            say!("`{token}` cannot stand here.")
        }
        _ => expected(message, token).unwrap_or_else(|| sentence(message)),
    }
}

/// Puts a suggestion behind a sentence.
fn and_perhaps(said: Sentence, meant: Option<Sentence>) -> Sentence {
    match meant {
        Some(meant) => say!("{said} {meant}"),
        None => said,
    }
}

/// Translates a message about a name that is unknown or that is defined twice.
fn named(message: &str) -> Option<Sentence> {
    if let Some((kind, name)) =
        message.strip_prefix("unknown ").and_then(|rest| rest.split_once(": failed to find name `"))
    {
        let (thing, name) = (thing(kind), name.strip_suffix('`')?);
        return Some(say!("No {thing} here is named `{name}`."));
    }
    if let Some(kind) =
        message.strip_prefix("duplicate ").and_then(|rest| rest.strip_suffix(" identifier"))
    {
        let thing = thing(kind);
        return Some(say!("Another {thing} has this name already."));
    }
    let thing = thing(message.strip_prefix("import after ")?);
    Some(say!(
        "Imports stand before all functions, tables, memories, globals and tags; here one stands behind a {thing}."
    ))
}

/// Translates a message about a number that is out of the range of its type.
fn number(message: &str) -> Option<Sentence> {
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
    Some(say!("This number does not fit: it is from {least} to {most} here."))
}

/// Says which token the parser needs here.
fn expected(message: &str, token: &str) -> Option<Sentence> {
    let wanted =
        message.strip_prefix("unexpected token, expected ").or(message.strip_prefix("expected "))?;
    // The parser's list also has types of proposals that Wasmer lacks.
    let (words, wanted) = match wanted.contains("`nullref`") {
        true => (VALUE_TYPES, Sentence::plain(VALUE_TYPES)),
        false => (wanted, things(wanted)),
    };
    let meant = spelling::perhaps_named(token, words);
    Some(match token {
        "" => say!("Expected here: {wanted}."),
        _ => {
            let token = shortened(token);
            and_perhaps(say!("`{token}` cannot stand here; expected: {wanted}."), meant)
        }
    })
}

/// An item of the parser's list.
#[derive(Clone, Copy, PartialEq)]
enum Item<'a> {
    /// It has words of our own.
    Ours(&'static str),
    /// It keeps the parser's words.
    Theirs(&'a str),
}

/// The items of the parser's list in words for a person, each once.
fn things(list: &str) -> Sentence {
    /// Keywords of proposals that Wasmer lacks.
    const LACKING: &[&str] = &["`struct`", "`array`", "`cont`"];
    let list = list.trim_end_matches([',', ' ']);
    let parts: Vec<_> = match list.strip_prefix("one of: ") {
        Some(list) => list.split(", ").collect(),
        None => list.split(" or ").collect(),
    };
    let mut items: Vec<Item<'_>> = Vec::new();
    for part in parts {
        let bare = part.strip_prefix("a ").or(part.strip_prefix("keyword ")).unwrap_or(part);
        let known = THINGS.iter().find(|(thing, _)| *thing == part || *thing == bare);
        let item = match (bare, known) {
            ("left paren", _) => Item::Theirs("`(`"),
            ("right paren", _) => Item::Theirs("`)`"),
            (_, Some((_, name))) => Item::Ours(name),
            _ => Item::Theirs(part.strip_prefix("keyword ").unwrap_or(part)),
        };
        let lacking = matches!(item, Item::Theirs(word) if LACKING.contains(&word));
        if !lacking && !items.contains(&item) {
            items.push(item);
        }
    }
    // An index may be a number or a name, so it covers the name.
    if items.contains(&Item::Ours(INDEX)) {
        items.retain(|item| *item != Item::Ours(NAME));
    }
    match items.as_slice() {
        [] => say!(""),
        [one] => said(&[*one]),
        [most @ .., last] => {
            let (most, last) = (said(most), said(&[*last]));
            say!("{most} or {last}")
        }
    }
}

/// Items as a list. Words of the parser that stand together are one text.
fn said(items: &[Item<'_>]) -> Sentence {
    let is_theirs = |item: &Item<'_>| matches!(item, Item::Theirs(_));
    let pieces = items.chunk_by(|one, next| is_theirs(one) && is_theirs(next));
    Sentence::list(pieces.map(|piece| match piece {
        [Item::Ours(own)] => Sentence::plain(own),
        theirs => {
            let words: Vec<_> = theirs
                .iter()
                .map(|item| match item {
                    Item::Ours(word) | Item::Theirs(word) => *word,
                })
                .collect();
            let words = words.join(", ");
            say!("{words}")
        }
    }))
}
