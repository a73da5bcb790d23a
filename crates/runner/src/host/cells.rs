//! Values as words of 64 bits. They need no allocation, and become text only when they are read.

use wasmer::{AsStoreMut, Value as WasmerValue};
use watshop_protocol::Sentence;
use watshop_protocol::page::{Value, ValueType};
use watshop_protocol::value::{self, Bits};

use crate::types;

/// The word of a reference that is not null and has no number for people.
const UNNAMED: u64 = u64::MAX;

/// Passes the words of a value to `word`. A v128 has two, lowest first. All others have one.
#[inline]
pub fn put(store: &mut impl AsStoreMut, value: &WasmerValue, mut word: impl FnMut(u64)) {
    match value {
        WasmerValue::I32(v) => word(u64::from(*v as u32)),
        WasmerValue::I64(v) => word(*v as u64),
        WasmerValue::F32(v) => word(u64::from(v.to_bits())),
        WasmerValue::F64(v) => word(v.to_bits()),
        WasmerValue::V128(v) => {
            word(*v as u64);
            word((*v >> 64) as u64);
        }
        WasmerValue::ExternRef(None)
        | WasmerValue::FuncRef(None)
        | WasmerValue::ExceptionRef(None) => {
            word(0);
        }
        WasmerValue::ExternRef(Some(reference)) => {
            let number = reference.downcast::<u32>(store).copied();
            word(number.map_or(UNNAMED, |number| u64::from(number) + 1));
        }
        WasmerValue::FuncRef(Some(_)) | WasmerValue::ExceptionRef(Some(_)) => word(UNNAMED),
    }
}

/// The values of words. If there are too few words, there are fewer values.
pub fn print(kinds: &[ValueType], words: &[u64]) -> Vec<Value> {
    let mut words = words.iter().copied();
    let one = |kind: &ValueType| {
        let low = words.next()?;
        let value = match *kind {
            ValueType::I32 => value::print(Bits::I32(low as u32)),
            ValueType::I64 => value::print(Bits::I64(low)),
            ValueType::F32 => value::print(Bits::F32(low as u32)),
            ValueType::F64 => value::print(Bits::F64(low)),
            ValueType::V128 => {
                value::print(Bits::V128(u128::from(low) | u128::from(words.next()?) << 64))
            }
            ValueType::FuncRef | ValueType::ExternRef | ValueType::ExnRef if low == 0 => {
                "null".to_owned()
            }
            ValueType::ExternRef if low != UNNAMED => {
                value::print(Bits::ExternRef(Some((low - 1) as u32)))
            }
            ValueType::ExternRef => "extern".to_owned(),
            ValueType::FuncRef => "func".to_owned(),
            ValueType::ExnRef => "exn".to_owned(),
        };
        Some(Value { kind: *kind, value })
    };
    kinds.iter().map_while(one).collect()
}

/// The number of words for values of these types.
pub fn width(kinds: &[ValueType]) -> usize {
    kinds.iter().map(|kind| if *kind == ValueType::V128 { 2 } else { 1 }).sum()
}

/// A value's text.
pub fn text(store: &mut impl AsStoreMut, value: &WasmerValue) -> String {
    let mut words = Vec::new();
    put(store, value, |word| words.push(word));
    print(&[types::value_type(value.ty())], &words)
        .pop()
        .map_or_else(String::new, |value| value.value)
}

/// The value of a text that was checked as a constant (`watshop_protocol::page::constant`).
pub fn constant(kind: ValueType, text: &str) -> Result<WasmerValue, Sentence> {
    Ok(match watshop_protocol::page::constant(kind, text)? {
        Bits::I32(bits) => WasmerValue::I32(bits as i32),
        Bits::I64(bits) => WasmerValue::I64(bits as i64),
        Bits::F32(bits) => WasmerValue::F32(f32::from_bits(bits)),
        Bits::F64(bits) => WasmerValue::F64(f64::from_bits(bits)),
        Bits::V128(bits) => WasmerValue::V128(bits),
        Bits::FuncRef(_) => WasmerValue::FuncRef(None),
        Bits::ExternRef(_) => WasmerValue::ExternRef(None),
        Bits::ExnRef => WasmerValue::ExceptionRef(None),
    })
}

/// Zero or null.
pub fn zero(kind: ValueType) -> WasmerValue {
    match kind {
        ValueType::I32 => WasmerValue::I32(0),
        ValueType::I64 => WasmerValue::I64(0),
        ValueType::F32 => WasmerValue::F32(0.0),
        ValueType::F64 => WasmerValue::F64(0.0),
        ValueType::V128 => WasmerValue::V128(0),
        ValueType::FuncRef => WasmerValue::FuncRef(None),
        ValueType::ExternRef => WasmerValue::ExternRef(None),
        ValueType::ExnRef => WasmerValue::ExceptionRef(None),
    }
}

/// The results of a function: the given values, or zeros if no values are given.
pub fn results(kinds: &[ValueType], given: &[String]) -> Result<Vec<WasmerValue>, Sentence> {
    if given.is_empty() {
        return Ok(kinds.iter().copied().map(zero).collect());
    }
    kinds.iter().zip(given).map(|(kind, text)| constant(*kind, text)).collect()
}
