//! Finds value types within a field, for errors that name only the field.

use wast::lexer::{Lexer, TokenKind};

/// The value types that a message is about: those of a proposal that is off, or those that a
/// compiler lacks.
pub(super) fn needed(message: &str) -> Option<&'static [&'static str]> {
    if message.contains(" cannot compile ") {
        return [["v128"].as_slice(), ["exnref"].as_slice()]
            .into_iter()
            .find(|kind| message.contains(kind[0]));
    }
    let rest = message.strip_prefix("This needs the proposal ")?;
    match rest.trim_start_matches('`').split(['`', ',']).next()? {
        "simd" => Some(&["v128"]),
        "reference_types" => Some(&["externref", "funcref"]),
        "exceptions" => Some(&["exnref"]),
        "function-references" | "gc" => {
            Some(&["ref", "anyref", "eqref", "i31ref", "structref", "arrayref"])
        }
        _ => None,
    }
}

/// The place of the first of these types in the field whose keyword is at an offset. An instruction
/// has its own place.
pub(super) fn within(text: &str, field: usize, types: &[&str]) -> Option<usize> {
    text[..field].ends_with('(').then_some(())?;
    let mut depth = 1_usize;
    for token in Lexer::new(text).iter(field).map_while(Result::ok) {
        match token.kind {
            TokenKind::LParen => depth += 1,
            TokenKind::RParen => depth = depth.checked_sub(1).filter(|depth| *depth > 0)?,
            TokenKind::Keyword if types.contains(&token.src(text)) => {
                // A table of functions is older than the proposal. A second table is the part that
                // needs it.
                let old = token.src(text) == "funcref" && text[field..].starts_with("table");
                return (!old).then_some(token.offset);
            }
            _ => {}
        }
    }
    None
}
