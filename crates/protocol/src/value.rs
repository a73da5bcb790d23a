//! WebAssembly values as text, as people type and read them and as they cross the wire.
//!
//! The text is exact: printing and parsing give the same bits back.
//!
//! | type | printed as | also read |
//! | --- | --- | --- |
//! | `i32`, `i64` | signed decimal | unsigned decimal, `0x…`, `0b…`, `_` between digits |
//! | `f32`, `f64` | shortest decimal that reads back, `inf`, `-inf`, `nan`, `nan:0x…`, `-0` | `0x1.8p3` hexadecimal floats |
//! | `v128` | `0x` and 32 digits, lane 0 in the lowest ones | `i32x4 1 2 3 4` and the other lane shapes, `0b…`, decimal |
//! | `funcref`, `externref`, `exnref` | `null`, `func 3`, `extern 7` | `ref.null`, `ref.func 3`, `ref.extern 7` |
//!
//! `nan` alone is the canonical NaN (only the highest payload bit set), as in the text format of
//! the specification (6.3.2, floating-point).

use crate::{Sentence, say};

mod float;
mod integer;
mod value_type;
mod value_types;
mod vector;

pub use value_type::ValueType;
pub use value_types::ValueTypes;

/// A value's exact bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bits {
    /// 32 bits, as unsigned.
    I32(u32),
    /// 64 bits, as unsigned.
    I64(u64),
    /// The IEEE 754 bits.
    F32(u32),
    /// The IEEE 754 bits.
    F64(u64),
    /// 128 bits, with lane 0 in the lowest ones.
    V128(u128),
    /// A reference to function N of the instance, or null.
    FuncRef(Option<u32>),
    /// A reference of the host by its number, or null.
    ExternRef(Option<u32>),
    /// A reference to an exception. Exceptions never leave a module, so it is always null.
    ExnRef,
}

impl Bits {
    /// The type of these bits.
    pub fn value_type(self) -> ValueType {
        match self {
            Self::I32(_) => ValueType::I32,
            Self::I64(_) => ValueType::I64,
            Self::F32(_) => ValueType::F32,
            Self::F64(_) => ValueType::F64,
            Self::V128(_) => ValueType::V128,
            Self::FuncRef(_) => ValueType::FuncRef,
            Self::ExternRef(_) => ValueType::ExternRef,
            Self::ExnRef => ValueType::ExnRef,
        }
    }
}

/// The reason why a text is not a value of its type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueError {
    /// The text.
    pub text: String,
    /// The type.
    pub kind: ValueType,
    /// A description of the accepted texts.
    pub why: Sentence,
}

impl ValueError {
    /// The reason as a part of a sentence.
    pub fn sentence(&self) -> Sentence {
        let Self { text, why, .. } = self;
        let kind = self.kind.sentence();
        say!("`{text}` is not {kind}: {why}")
    }
}

impl std::fmt::Display for ValueError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.sentence())
    }
}

impl std::error::Error for ValueError {}

/// Reads a value of a type from text. Spaces around it are ignored.
pub fn parse(kind: ValueType, text: &str) -> Result<Bits, ValueError> {
    let clean = text.trim();
    let result = match kind {
        ValueType::I32 => integer::parse(clean, 32).map(|v| Bits::I32(v as u32)),
        ValueType::I64 => integer::parse(clean, 64).map(|v| Bits::I64(v as u64)),
        ValueType::F32 => float::parse32(clean).map(Bits::F32),
        ValueType::F64 => float::parse64(clean).map(Bits::F64),
        ValueType::V128 => vector::parse(clean).map(Bits::V128),
        ValueType::FuncRef => reference(clean, "func").map(Bits::FuncRef),
        ValueType::ExternRef => reference(clean, "extern").map(Bits::ExternRef),
        ValueType::ExnRef => reference(clean, "exn").and_then(|r| match r {
            None => Ok(Bits::ExnRef),
            Some(_) => Err(say!("an exception cannot be made from outside; only `null` can")),
        }),
    };
    result.map_err(|why| ValueError { text: text.to_owned(), kind, why })
}

/// Returns true if a text that begins with a dash is a number, and not an option of a command line:
/// `-1`, `-inf`, `-nan:0x1`, `-0x10`, `-1_000`.
pub fn is_negative(text: &str) -> bool {
    text.starts_with('-')
        && (parse(ValueType::I64, text).is_ok() || parse(ValueType::F64, text).is_ok())
}

/// The text of a value. [`parse`] gives the same bits back.
pub fn print(bits: Bits) -> String {
    match bits {
        Bits::I32(v) => (v as i32).to_string(),
        Bits::I64(v) => (v as i64).to_string(),
        Bits::F32(v) => float::print32(v),
        Bits::F64(v) => float::print64(v),
        Bits::V128(v) => format!("0x{v:032x}"),
        Bits::FuncRef(Some(n)) => format!("func {n}"),
        Bits::ExternRef(Some(n)) => format!("extern {n}"),
        Bits::FuncRef(None) | Bits::ExternRef(None) | Bits::ExnRef => "null".into(),
    }
}

fn reference(text: &str, word: &str) -> Result<Option<u32>, Sentence> {
    if text == "null" || text == "ref.null" || text == format!("ref.null {word}") {
        return Ok(None);
    }
    let text = text.strip_prefix("ref.").unwrap_or(text);
    text.strip_prefix(word)
        .and_then(|rest| rest.trim().parse().ok())
        .map(Some)
        .ok_or_else(|| say!("write `null`, or `{word}` and a number"))
}

#[cfg(test)]
mod tests;
