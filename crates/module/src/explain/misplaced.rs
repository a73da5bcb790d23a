//! Sentences for words that the text format has, but not in this place. Most often a parenthesis is
//! missing.

use watshop_protocol::{Sentence, pattern, say};

use super::shortened;
use crate::spelling;

/// All value types of Wasmer.
pub(super) const VALUE_TYPES: &str = pattern!(
    "a type, one of `i32`, `i64`, `f32`, `f64`, `v128`, `funcref`, `externref` and `exnref`"
);

/// The sentence for a misplaced word. `None` for another message.
pub(super) fn sentence_of(message: &str, token: &str) -> Option<Sentence> {
    match message {
        "unknown operator or unexpected token" | "expected an instruction" => head_or_field(token),
        "expected `(`" if spelling::is_instruction(token) => Some(say!(
            "`{token}` cannot stand here; expected: `(`. Within an instruction in parentheses, all others are in parentheses too."
        )),
        "expected to continue a folded instruction" => Some(say!(
            "`{}` is too much for this instruction: only other instructions, in parentheses, may follow here.",
            shortened(token)
        )),
        _ if message.ends_with("expected `ref` or `shared`")
            && VALUE_TYPES.contains(&format!("`{token}`")) =>
        {
            Some(say!("`{token}` stands here without parentheses of its own."))
        }
        _ if message.ends_with("expected `ref` or `shared`") && token == ")" => {
            Some(say!("`()` is not a type: these parentheses are too many."))
        }
        _ if message.ends_with("expected `ref` or `shared`") && !token.is_empty() => {
            let token = shortened(token);
            Some(say!(
                "`{token}` cannot stand in a list of types. Perhaps a `)` is missing before it."
            ))
        }
        _ => None,
    }
}

/// The sentence for a word that is no instruction, but stands at the beginning of a function, in the
/// module, or within one instruction.
fn head_or_field(token: &str) -> Option<Sentence> {
    /// The words that may stand only at the beginning of a function.
    const HEAD: &[&str] = &["param", "result", "local", "export", "import", "type"];
    const FIELDS: &[&str] = &[
        "func", "memory", "table", "global", "data", "elem", "start", "tag", "module", "export",
        "import", "type",
    ];
    match (HEAD.contains(&token), FIELDS.contains(&token)) {
        (true, true) => Some(say!(
            "`{token}` stands where a function begins, before all instructions and in parentheses: `({token} …)`. \
             If it is a part of the module, a `)` is missing before it, which closes the function."
        )),
        (true, false) => Some(say!(
            "`{token}` stands where a function begins, before all instructions and in parentheses: `({token} …)`."
        )),
        (false, true) => Some(say!(
            "`{token}` cannot stand in a function. Perhaps a `)` is missing before it, which closes the function."
        )),
        (false, false) => match token {
            "then" | "else" => Some(say!("`({token} …)` stands in an `(if …)`, and nowhere else.")),
            _ if token.starts_with("catch") => {
                Some(say!("`({token} …)` stands in a `(try_table …)`, before its instructions."))
            }
            _ => None,
        },
    }
}
