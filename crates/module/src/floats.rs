//! Reads the hexadecimal floats of a text again.
//!
//! The parser of the text loses the bits of a digit that reaches past its 32 or 64 bits. So a
//! literal a little above the middle of two floats becomes the lower one: `0x1.00000001p-150`
//! became 0. The parser of argument fields reads such literals right, so constants are read by it.
//! Decimal literals are read by the standard library, which rounds correctly.

use std::borrow::Cow;

use wast::Error;
use wast::core::{Expression, FuncKind, GlobalKind, Instruction, ModuleField, V128Const};
use wast::lexer::{Lexer, Token, TokenKind};
use wast::token::Span;
use watshop_protocol::page::ValueType;
use watshop_protocol::value::{self, Bits};

/// Says whether a text may have such a literal. For all other texts the places of the instructions
/// need not be kept.
pub(crate) fn may_be_in(text: &str) -> bool {
    text.contains("0x") && (text.contains("f32") || text.contains("f64"))
}

/// The same text, with exponents of at most 9 digits. The parser holds exponents in 32 bits. A
/// longer exponent is replaced by one that stands for the same float: 0, or more than any type
/// holds. Every byte stays in its place.
pub(crate) fn bounded(text: Cow<'_, str>) -> Cow<'_, str> {
    /// Nine digits always fit into 32 bits.
    const FEW: usize = 9;
    const FARTHEST: &str = "2000000000";
    let is_digit = |c: &u8| c.is_ascii_digit() || *c == b'_';
    let parts = text.as_bytes().split(|c| matches!(c, b'p' | b'P')).skip(1);
    let mut is_long = parts.map(|behind| {
        let behind =
            behind.strip_prefix(b"-").or_else(|| behind.strip_prefix(b"+")).unwrap_or(behind);
        behind.iter().take_while(|c| is_digit(c)).count() > FEW
    });
    if !is_long.any(|is_long| is_long) {
        return text;
    }
    let mut lexer = Lexer::new(&text);
    lexer.allow_confusing_unicode(true);
    let (mut at, mut places) = (0, Vec::new());
    while let Ok(Some(token)) = lexer.parse(&mut at) {
        let words = token.src(&text);
        let is_hexadecimal = words.trim_start_matches(['+', '-']).starts_with("0x");
        if let (TokenKind::Float(_), true, Some(exponent)) =
            (token.kind, is_hexadecimal, words.rfind(['p', 'P']))
        {
            let digits = words[exponent + 1..].trim_start_matches(['+', '-']);
            if digits.replace('_', "").parse::<i32>().is_err() && digits.len() >= FARTHEST.len() {
                let end = token.offset + words.len();
                places.push(end - digits.len()..end);
            }
        }
    }
    let mut text = text.into_owned();
    for place in places {
        let width = place.len();
        let digits = format!("{FARTHEST:0>width$}");
        text.replace_range(place, &digits);
    }
    Cow::Owned(text)
}

/// Gives each float constant the bits that its text stands for. The tree must have the spans of its
/// instructions.
///
/// # Errors
///
/// A constant is out of the range of its type.
pub(crate) fn correct(fields: &mut [ModuleField<'_>], text: &str) -> Result<(), Error> {
    for field in fields {
        // A float constant anywhere else is invalid, whatever its value.
        match field {
            ModuleField::Func(function) => {
                if let FuncKind::Inline { expression, .. } = &mut function.kind {
                    constants(expression, text)?;
                }
            }
            ModuleField::Global(global) => {
                if let GlobalKind::Inline(expression) = &mut global.kind {
                    constants(expression, text)?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn constants(expression: &mut Expression<'_>, text: &str) -> Result<(), Error> {
    let Some(spans) = &expression.instr_spans else { return Ok(()) };
    for (instruction, span) in expression.instrs.iter_mut().zip(spans) {
        match instruction {
            Instruction::f32_const(float) => set32([&mut float.bits], text, *span)?,
            Instruction::f64_const(float) => set64([&mut float.bits], text, *span)?,
            Instruction::v128_const(V128Const::F32x4(lanes)) => {
                set32(lanes.iter_mut().map(|lane| &mut lane.bits), text, *span)?;
            }
            Instruction::v128_const(V128Const::F64x2(lanes)) => {
                set64(lanes.iter_mut().map(|lane| &mut lane.bits), text, *span)?;
            }
            _ => {}
        }
    }
    Ok(())
}

fn set32<'a>(
    lanes: impl IntoIterator<Item = &'a mut u32>,
    text: &str,
    at: Span,
) -> Result<(), Error> {
    for (bits, literal) in lanes.into_iter().zip(literals(text, at.offset())) {
        if let Some(Bits::F32(exact)) = read(ValueType::F32, literal, text)? {
            *bits = exact;
        }
    }
    Ok(())
}

fn set64<'a>(
    lanes: impl IntoIterator<Item = &'a mut u64>,
    text: &str,
    at: Span,
) -> Result<(), Error> {
    for (bits, literal) in lanes.into_iter().zip(literals(text, at.offset())) {
        if let Some(Bits::F64(exact)) = read(ValueType::F64, literal, text)? {
            *bits = exact;
        }
    }
    Ok(())
}

/// The bits of a hexadecimal literal. `None` for any other literal, which the parser reads right.
fn read(kind: ValueType, literal: Token, text: &str) -> Result<Option<Bits>, Error> {
    let words = literal.src(text);
    if !words.trim_start_matches(['+', '-']).starts_with("0x") {
        return Ok(None);
    }
    let out_of_range = |_| {
        let message = "invalid float value: constant out of range".to_owned();
        Error::new(Span::from_offset(literal.offset), message)
    };
    value::parse(kind, words).map(Some).map_err(out_of_range)
}

/// The numbers behind the instruction at an offset, in order. Annotations, which stand in
/// parentheses, are ignored.
fn literals(text: &str, instruction: usize) -> impl Iterator<Item = Token> {
    let mut depth = 0_usize;
    let (lexer, mut at) = (Lexer::new(text), instruction);
    std::iter::from_fn(move || lexer.parse(&mut at).ok().flatten()).filter(move |token| {
        match token.kind {
            TokenKind::LParen => depth += 1,
            TokenKind::RParen => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && matches!(token.kind, TokenKind::Integer(_) | TokenKind::Float(_))
    })
}

#[cfg(test)]
mod tests;
