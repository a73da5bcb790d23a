//! Sentences for words that the text format has, but not in this place. Most often a parenthesis is
//! missing.

use super::shortened;
use crate::spelling;

/// All value types of Wasmer.
pub(super) const VALUE_TYPES: &str =
    "a type, one of `i32`, `i64`, `f32`, `f64`, `v128`, `funcref`, `externref` and `exnref`";

/// The sentence for a misplaced word. `None` for another message.
pub(super) fn sentence_of(message: &str, token: &str) -> Option<String> {
    /// The words that may stand only at the beginning of a function.
    const HEAD: &[&str] = &["param", "result", "local", "export", "import", "type"];
    const FIELDS: &[&str] = &[
        "func", "memory", "table", "global", "data", "elem", "start", "tag", "module", "export",
        "import", "type",
    ];
    match message {
        "unknown operator or unexpected token" | "expected an instruction" => {
            let head = HEAD.contains(&token).then(|| {
                format!("`{token}` stands where a function begins, before all instructions and in parentheses: `({token} …)`.")
            });
            let field = FIELDS.contains(&token).then(|| match &head {
                Some(_) => " If it is a part of the module, a `)` is missing before it, which closes the function.".to_owned(),
                None => format!("`{token}` cannot stand in a function. Perhaps a `)` is missing before it, which closes the function."),
            });
            let beside = ["then", "else"]
                .contains(&token)
                .then(|| format!("`({token} …)` stands in an `(if …)`, and nowhere else."));
            let catch = token.starts_with("catch").then(|| {
                format!("`({token} …)` stands in a `(try_table …)`, before its instructions.")
            });
            let said: String = [head, field, beside, catch].into_iter().flatten().collect();
            (!said.is_empty()).then_some(said)
        }
        "expected `(`" if spelling::is_instruction(token) => Some(format!(
            "`{token}` cannot stand here; expected: `(`. Within an instruction in parentheses, all others are in parentheses too."
        )),
        "expected to continue a folded instruction" => Some(format!(
            "`{}` is too much for this instruction: only other instructions, in parentheses, may follow here.",
            shortened(token)
        )),
        _ if message.ends_with("expected `ref` or `shared`")
            && VALUE_TYPES.contains(&format!("`{token}`")) =>
        {
            Some(format!("`{token}` stands here without parentheses of its own."))
        }
        _ if message.ends_with("expected `ref` or `shared`") && token == ")" => {
            Some("`()` is not a type: these parentheses are too many.".to_owned())
        }
        _ if message.ends_with("expected `ref` or `shared`") && !token.is_empty() => {
            let token = shortened(token);
            Some(format!(
                "`{token}` cannot stand in a list of types. Perhaps a `)` is missing before it."
            ))
        }
        _ => None,
    }
}
