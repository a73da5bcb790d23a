//! Translates the messages of `wasmparser` about broken rules.

use watshop_protocol::{Sentence, pattern, say};

use super::{binary, thing, with_article};
use crate::spelling::as_written;

/// Messages without variable parts, and their sentences.
const FIXED: &[(&str, &str)] = &[
    (
        "gc proposal must be enabled to use subtypes",
        pattern!("This needs the proposal gc, which Wasmer 7.5 does not have."),
    ),
    (
        "type mismatch: select only takes integral types",
        pattern!(
            "`select` alone chooses between numbers. Between references, say their type: `select (result funcref)` or `select (result externref)`."
        ),
    ),
    (
        "type mismatch: select operands have different types",
        pattern!("The two values that `select` chooses between have different types."),
    ),
    (
        "invalid result arity",
        pattern!("`select` with a type names exactly one, as in `select (result i32)`."),
    ),
    (
        "type mismatch: values remaining on stack at end of block",
        pattern!(
            "Values are left on the stack at the end of this block: `drop` them, or declare them as its results."
        ),
    ),
    (
        "type mismatch: br_table target labels have different number of types",
        pattern!("The blocks that this `br_table` goes to take different numbers of values."),
    ),
    (
        "type mismatch: catch label must have same number of types as tag",
        pattern!(
            "The block that this `catch` goes to must take as many values as the tag carries."
        ),
    ),
    (
        "type mismatch: catch_all label must have no result types",
        pattern!("`catch_all` passes no value, so the block that it goes to must take none."),
    ),
    (
        "type mismatch: catch_ref label must have one more type than tag types",
        pattern!(
            "The block that this `catch_ref` goes to must take the values of the tag, and an `exnref` behind them."
        ),
    ),
    (
        "type mismatch: catch_all_ref label must have exactly one result type",
        pattern!("The block that this `catch_all_ref` goes to must take one value, an `exnref`."),
    ),
    (
        "type mismatch",
        pattern!(
            "This instruction copies elements of another type than those of the table that it copies to."
        ),
    ),
    (
        "unknown type: type index out of bounds",
        pattern!("There is no type with this number; they are numbered from 0."),
    ),
    (
        "type mismatch: indirect calls must go through a table with type <= funcref",
        pattern!("`call_indirect` needs a table of functions, as `(table 1 funcref)`."),
    ),
    (
        "unknown label: branch depth too large",
        pattern!("This branch goes further out than there are blocks."),
    ),
    (
        "global is immutable: cannot modify it with `global.set`",
        pattern!("This global cannot be changed: declare it `(mut …)`."),
    ),
    (
        "constant expression required: global.get of mutable global",
        pattern!(
            "Only a constant may stand here, and this global can change. Read one that is not declared `(mut …)`."
        ),
    ),
    (
        "invalid start function type",
        pattern!("The start function has neither parameters nor results."),
    ),
    (
        "size minimum must not be greater than maximum",
        pattern!("The smallest size is above the largest."),
    ),
    (
        "shared memory must have maximum size",
        pattern!("A shared memory needs a largest size too: `(memory 1 2 shared)`."),
    ),
    ("invalid exception type: non-empty tag result type", pattern!("A tag has no results.")),
    (
        "invalid memop alignment: alignment must not be larger than natural",
        pattern!("The alignment is larger than the value that is read or written."),
    ),
    (
        "atomic instructions must always specify maximum alignment",
        pattern!("An atomic access is aligned to the size of its value: leave out `align=…`."),
    ),
    (
        "offset out of range: must be <= 2**32",
        pattern!("This offset is too large: addresses end at 4 GiB, so it is at most 4294967295."),
    ),
    (
        "SIMD index out of bounds",
        pattern!("The vector has no lane with this number: lanes are numbered from 0."),
    ),
    (
        "undeclared function reference",
        pattern!(
            "`ref.func` needs the function to be declared: export it, or add `(elem declare func …)`."
        ),
    ),
    (
        "too many locals: locals exceed maximum",
        pattern!("A function has at most 50,000 locals, parameters among them."),
    ),
    (
        "effective type size exceeds the limit",
        pattern!("The types of this module are too large to be read."),
    ),
    ("multiple tables", pattern!("There is more than one table here, and only one is allowed.")),
    ("multiple memories", pattern!("There is more than one memory here, and only one is allowed.")),
];

/// The sentence for a broken rule. `None` if there is none of its own.
pub(super) fn sentence_of(message: &str) -> Option<Sentence> {
    let fixed =
        FIXED.iter().find(|(words, _)| *words == message).map(|(_, said)| Sentence::plain(said));
    let made = || match message.split_once(": ") {
        Some(("type mismatch", rest)) => mismatch(rest),
        _ => message.strip_prefix("unknown ").and_then(unknown).or_else(|| other(message)),
    };
    fixed.or_else(made).or_else(|| binary::sentence_of(message))
}

/// Translates the part of a message behind `type mismatch: `.
fn mismatch(rest: &str) -> Option<Sentence> {
    if let Some(rest) = rest.strip_prefix("invalid element type `") {
        let (element, table) = rest.strip_suffix('`')?.split_once("` for table type `")?;
        return Some(say!(
            "Type mismatch: a table of `{table}` cannot take elements of `{element}`."
        ));
    }
    if let Some(rest) = rest.strip_prefix("current function requires result type ") {
        let (own, called) = rest.split_once(" but callee returns ")?;
        let list = |types: &str| match types.trim_matches(['[', ']']) {
            "" => say!("nothing"),
            types => say!("`{types}`"),
        };
        let (own, called) = (list(own), list(called));
        return Some(say!(
            "A tail call gives what the called function gives: that is {called}, and this function gives {own}."
        ));
    }
    let rest = rest.strip_prefix("expected ")?;
    if let Some(wanted) = rest.strip_suffix(" but nothing on stack") {
        return Some(nothing_left(wanted));
    }
    if let Some(found) = rest.strip_prefix("ref but found ") {
        return Some(on_stack("reference", found));
    }
    if rest == "a reference type, found nothing" {
        return Some(nothing_left("reference"));
    }
    let (wanted, found) = rest.split_once(", found ")?;
    if let Some(wanted) = wanted.strip_prefix("label result type ") {
        let (wanted, found) = (with_article(wanted), with_article(found));
        return Some(say!(
            "Type mismatch: one target of this branch takes {wanted}, and another one {found}."
        ));
    }
    Some(match wanted.strip_prefix("subtype of ") {
        Some(wanted) => {
            let (wanted, found) = (with_article(wanted), with_article(found));
            say!("Type mismatch: {wanted} is needed here, but the given value is {found}.")
        }
        None => on_stack(wanted, found),
    })
}

fn nothing_left(wanted: &str) -> Sentence {
    let wanted = with_article(wanted);
    say!("Type mismatch: {wanted} is needed here, but nothing is left on the stack.")
}

fn on_stack(wanted: &str, found: &str) -> Sentence {
    let (wanted, found) = (with_article(wanted), with_article(found));
    say!("Type mismatch: {wanted} is needed here, but the value on the stack is {found}.")
}

/// Translates the part of a message behind `unknown `: a kind of thing, and its number if it has
/// one.
fn unknown(rest: &str) -> Option<Sentence> {
    let named = match rest.split_once(": ") {
        Some((named, why)) if why.contains("index out of") => named,
        None if rest.starts_with("memory ") || rest.starts_with("data segment ") => rest,
        _ => return None,
    };
    let (kind, number) = match named.rsplit_once(' ') {
        Some((kind, number)) if number.bytes().all(|c| c.is_ascii_digit()) => (kind, Some(number)),
        _ => (named, None),
    };
    let thing = thing(kind);
    Some(match (kind, number) {
        ("memory", Some("0")) => {
            say!("This module has no memory: declare one, such as `(memory 1)`.")
        }
        ("table", Some("0")) => {
            say!("This module has no table: declare one, such as `(table 1 funcref)`.")
        }
        (_, Some(number)) => {
            say!("There is no {thing} {number} here; they are numbered from 0.")
        }
        (_, None) => say!("There is no {thing} with this number; they are numbered from 0."),
    })
}

fn other(message: &str) -> Option<Sentence> {
    if let Some(operator) =
        message.strip_prefix("constant expression required: non-constant operator: visit_")
    {
        return Some(say!("Only a constant may stand here, not `{}`.", as_written(operator)));
    }
    if let Some(name) = message
        .strip_prefix("duplicate export name `")
        .and_then(|rest| rest.strip_suffix("` already defined"))
    {
        return Some(say!("Another export is named `{name}` already."));
    }
    if let Some(pages) = message.strip_prefix("memory size must be at most ") {
        let usual = pages.starts_with("0x10000 ");
        return Some(match usual {
            true => say!("A memory has at most 65536 pages of 64 KiB, which are 4 GiB."),
            false => say!("This is more than a memory can have."),
        });
    }
    if message.starts_with("table size must be at most ") {
        return Some(say!("This is more than a table can have."));
    }
    if let Some((things, most)) = message.split_once(" count exceeds limit of ") {
        let things = several(things);
        return Some(say!("There are too many {things} here: at most {most}."));
    }
    if let Some(number) = message
        .strip_prefix("type index ")
        .and_then(|rest| rest.strip_suffix(" is not a function type"))
    {
        return Some(say!("Type {number} is not the type of a function, which is needed here."));
    }
    if message.ends_with(" block") && message.contains("found outside") {
        return Some(say!("`else` stands outside of an `if`."));
    }
    None
}

/// Things in a module, by the validator's word for several of them.
fn several(things: &str) -> Sentence {
    match things {
        "types" => say!("types"),
        "imports" => say!("imports"),
        "functions" => say!("functions"),
        "tables" => say!("tables"),
        "memories" => say!("memories"),
        "tags" => say!("tags"),
        "globals" => say!("globals"),
        "exports" => say!("exports"),
        "element segments" => say!("element segments"),
        "data segments" => say!("data segments"),
        words => say!("{words}"),
    }
}
