//! The text of host calls: templates that are filled in, and strings in a guest's memory.

use std::fmt::Write as _;
use watshop_protocol::say;

use wasmer::{StoreMut, Value as WasmerValue};
use watshop_protocol::template::{ArgumentForm, Template, TemplatePart};

use super::frame::HostEnding;
use super::record::Touches;
use super::{HostScope, cells};
use crate::types;

/// The longest string that is read, in bytes.
const LONGEST: u64 = 64 << 10;

/// The number of bytes that are read at a time, to find the NUL.
const PIECE: u64 = 256;

/// The template, filled in with the arguments.
pub fn fill(template: &Template, store: &mut StoreMut<'_>, arguments: &[WasmerValue]) -> String {
    let mut text = String::new();
    for part in &template.parts {
        match part {
            TemplatePart::Text(plain) => text.push_str(plain),
            TemplatePart::Argument { index, form } => {
                if let Some(argument) = arguments.get(*index) {
                    print(&mut text, store, argument, *form);
                }
            }
        }
    }
    text
}

fn print(text: &mut String, store: &mut StoreMut<'_>, value: &WasmerValue, form: ArgumentForm) {
    // Writing into a string cannot fail.
    let _ = match form {
        ArgumentForm::Plain => match value {
            WasmerValue::I32(v) => write!(text, "{v}"),
            WasmerValue::I64(v) => write!(text, "{v}"),
            other => write!(text, "{}", cells::text(store, other)),
        },
        ArgumentForm::Typed => {
            let kind = types::value_type(value.ty()).name();
            write!(text, "{kind} {}", cells::text(store, value))
        }
        ArgumentForm::Hexadecimal => write!(text, "0x{:x}", bits(value)),
        ArgumentForm::Binary => write!(text, "0b{:b}", bits(value)),
        ArgumentForm::Unsigned => write!(text, "{}", bits(value)),
        ArgumentForm::Character => {
            let letter = u32::try_from(bits(value)).ok().and_then(char::from_u32);
            write!(text, "{}", letter.unwrap_or(char::REPLACEMENT_CHARACTER))
        }
    };
}

fn bits(value: &WasmerValue) -> u128 {
    match value {
        WasmerValue::I32(v) => u128::from(*v as u32),
        WasmerValue::I64(v) => u128::from(*v as u64),
        WasmerValue::F32(v) => u128::from(v.to_bits()),
        WasmerValue::F64(v) => u128::from(v.to_bits()),
        WasmerValue::V128(v) => *v,
        WasmerValue::ExternRef(_) | WasmerValue::FuncRef(_) | WasmerValue::ExceptionRef(_) => 0,
    }
}

/// The arguments of a function that point to a string.
pub struct Pointer {
    /// The index of the argument with the address.
    pub address: usize,
    /// The index of the argument with the length in bytes. `None` for a string that ends with a
    /// NUL.
    pub length: Option<usize>,
    /// The name of the memory. `None` for the first one.
    pub memory: Option<String>,
}

impl Pointer {
    /// The bytes of the string.
    ///
    /// # Errors
    ///
    /// A trap with a sentence if there is no such memory or the string reaches past its end.
    pub fn read(
        &self,
        store: &mut StoreMut<'_>,
        scope: &HostScope,
        arguments: &[WasmerValue],
        touches: &mut Option<Touches>,
    ) -> Result<Vec<u8>, HostEnding> {
        let number = |at: usize| arguments.get(at).map_or(0, |value| bits(value) as u64);
        let at = number(self.address);
        let (name, memory) = scope.memory(self.memory.as_deref())?;
        let view = memory.view(store);
        let size = view.data_size();
        let wanted = self.length.map(number);
        let length = wanted.unwrap_or(0).min(LONGEST);
        if at > size || size - at < wanted.unwrap_or(0) {
            let long = wanted.map_or_else(String::new, |length| format!(" with {length} bytes"));
            return Err(HostEnding::Trap(say!(
                "The string at {at}{long} reaches past the end of the memory, which has {size} bytes"
            )));
        }
        let mut bytes = vec![0; length as usize];
        let past_the_end =
            |_| HostEnding::Trap(say!("The string at {at} reaches past the end of the memory"));
        if wanted.is_some() {
            view.read(at, &mut bytes).map_err(past_the_end)?;
        } else {
            let mut from = at;
            loop {
                let piece = PIECE.min(size - from).min(LONGEST - (from - at));
                let old = bytes.len();
                bytes.resize(old + piece as usize, 0);
                view.read(from, &mut bytes[old..]).map_err(past_the_end)?;
                if let Some(end) = bytes[old..].iter().position(|byte| *byte == 0) {
                    bytes.truncate(old + end);
                    break;
                }
                from += piece;
                if bytes.len() as u64 >= LONGEST {
                    break;
                }
                if piece == 0 {
                    return Err(HostEnding::Trap(say!(
                        "The string at {at} has no NUL before the end of the memory"
                    )));
                }
            }
        }
        touches.get_or_insert_default().read(name, at, &bytes);
        Ok(bytes)
    }
}
