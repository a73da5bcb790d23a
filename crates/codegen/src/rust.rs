//! Rust with the crate `wasmer` 7 and one of its compilers.

use askama::Template;
use watshop_protocol::page::{ClockOrigin, ClockUnit, Provider, Stream, ValueType};
use watshop_protocol::template::ArgumentForm;
use watshop_protocol::value::{self, Bits};

use crate::format::braces;
use crate::notes::ProgramNotes;
use crate::plan::{Function, Number, ProgramPlan, Supply};
use crate::values::{is_reference, seed};

#[derive(Template)]
#[template(path = "program.rs.jinja", escape = "none")]
struct RustProgram<'a> {
    plan: &'a ProgramPlan,
    notes: &'a ProgramNotes,
}

pub fn program(plan: &ProgramPlan, notes: &ProgramNotes) -> String {
    RustProgram { plan, notes }.render().unwrap_or_default()
}

/// The values that a function returns by itself.
fn returned(function: &Function) -> String {
    vector(function.values().iter().map(|(kind, value)| literal(kind, value)).collect())
}

/// A number as the first result of a function, with zeros for its other results.
fn with_rest(first: impl Into<String>, function: &Function) -> String {
    let rest = function.rest().iter().map(|kind| literal(kind, kind.zero()));
    vector(std::iter::once(first.into()).chain(rest).collect())
}

fn vector(values: Vec<String>) -> String {
    format!("vec![{}]", values.join(", "))
}

/// Random numbers for all results of a function, from a closure of 64 bits that is called `next`.
fn random(function: &Function) -> String {
    let one = |kind: &ValueType| match kind {
        ValueType::I32 => "Value::I32((next() >> 32) as i32)".into(),
        ValueType::I64 => "Value::I64(next() as i64)".into(),
        ValueType::F32 => "Value::F32((next() >> 40) as f32 / (1_u32 << 24) as f32)".into(),
        ValueType::F64 => "Value::F64((next() >> 11) as f64 / (1_u64 << 53) as f64)".into(),
        ValueType::V128 => "Value::V128(u128::from(next()) << 64 | u128::from(next()))".into(),
        ValueType::FuncRef | ValueType::ExternRef | ValueType::ExnRef => literal(kind, "null"),
    };
    vector(function.results.iter().map(one).collect())
}

/// The method of a `Duration` that gives a unit as an integer, and the factor from seconds to that
/// unit.
fn unit(unit: &ClockUnit) -> (&'static str, &'static str) {
    match unit {
        ClockUnit::Seconds => ("as_secs", ""),
        ClockUnit::Milliseconds => ("as_millis", " * 1e3"),
        ClockUnit::Microseconds => ("as_micros", " * 1e6"),
        ClockUnit::Nanoseconds => ("as_nanos", " * 1e9"),
    }
}

/// The arguments of `format!` and `print!`.
fn filled(template: &str, params: &[ValueType]) -> String {
    let (text, arguments) = braces(template, params, argument);
    std::iter::once(quoted(&text)).chain(arguments).collect::<Vec<_>>().join(", ")
}

fn argument(index: usize, kind: ValueType, form: ArgumentForm) -> String {
    if is_reference(&kind) {
        return format!("arguments[{index}].ty()");
    }
    let plain = format!("arguments[{index}].unwrap_{}()", kind.name());
    match (form, kind) {
        (
            ArgumentForm::Unsigned | ArgumentForm::Hexadecimal | ArgumentForm::Binary,
            ValueType::I32,
        ) => {
            format!("{plain} as u32")
        }
        (
            ArgumentForm::Unsigned | ArgumentForm::Hexadecimal | ArgumentForm::Binary,
            ValueType::I64,
        ) => {
            format!("{plain} as u64")
        }
        (ArgumentForm::Hexadecimal | ArgumentForm::Binary, ValueType::F32 | ValueType::F64) => {
            format!("{plain}.to_bits()")
        }
        (ArgumentForm::Character, _) => {
            format!("u32::try_from({plain}).ok().and_then(char::from_u32).unwrap_or('\\u{{fffd}}')")
        }
        _ => plain,
    }
}

fn quoted(text: &str) -> String {
    crate::text::quoted(text, |letter| format!("\\u{{{:x}}}", u32::from(letter)))
}

fn types(kinds: &[ValueType]) -> String {
    format!("vec![{}]", kinds.iter().map(type_of).collect::<Vec<_>>().join(", "))
}

fn type_of(kind: &ValueType) -> &'static str {
    match kind {
        ValueType::I32 => "Type::I32",
        ValueType::I64 => "Type::I64",
        ValueType::F32 => "Type::F32",
        ValueType::F64 => "Type::F64",
        ValueType::V128 => "Type::V128",
        ValueType::FuncRef => "Type::FuncRef",
        ValueType::ExternRef => "Type::ExternRef",
        ValueType::ExnRef => "Type::ExceptionRef",
    }
}

fn literal(kind: &ValueType, text: &str) -> String {
    match value::parse(*kind, text) {
        Ok(Bits::I32(v)) => format!("Value::I32({})", v as i32),
        Ok(Bits::I64(v)) => format!("Value::I64({})", v as i64),
        // Floats are written by their bits, so that NaNs are exact.
        Ok(Bits::F32(_)) => format!("Value::F32({})", number(kind, text)),
        Ok(Bits::F64(_)) => format!("Value::F64({})", number(kind, text)),
        Ok(Bits::V128(v)) => format!("Value::V128({v:#x})"),
        Ok(Bits::ExternRef(_)) => "Value::ExternRef(None)".into(),
        Ok(Bits::ExnRef) => "Value::ExceptionRef(None)".into(),
        _ => "Value::FuncRef(None)".into(),
    }
}

/// A number as an operand. An integer is unsigned, because it has to wrap around.
fn number(kind: &ValueType, text: &str) -> String {
    match value::parse(*kind, text) {
        Ok(Bits::I32(v)) => format!("{v}_u32"),
        Ok(Bits::I64(v)) => format!("{v}_u64"),
        Ok(Bits::F32(v)) => format!("f32::from_bits({v:#x})"),
        Ok(Bits::F64(v)) => format!("f64::from_bits({v:#x})"),
        _ => "0".into(),
    }
}
