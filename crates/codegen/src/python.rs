//! Python with the package `wasmer` 1.x, in the names that Wasmer's announcement uses.

use askama::Template;
use watshop_protocol::page::{ClockOrigin, Provider, ValueType};
use watshop_protocol::template::ArgumentForm;
use watshop_protocol::value::{self, Bits};

use crate::format::braces;
use crate::notes::ProgramNotes;
use crate::plan::{Function, Number, ProgramPlan, Supply};
use crate::values::{is_reference, nanoseconds, seed, stream};

#[derive(Template)]
#[template(path = "imports.py.jinja", escape = "none")]
struct PythonImports<'a> {
    plan: &'a ProgramPlan,
    notes: &'a ProgramNotes,
}

#[derive(Template)]
#[template(path = "program.py.jinja", escape = "none")]
struct PythonProgram<'a> {
    plan: &'a ProgramPlan,
    imports: &'a str,
}

pub fn program(plan: &ProgramPlan, notes: &ProgramNotes) -> String {
    // The calls of the functions decide which helpers the program contains.
    let imports = PythonImports { plan, notes }.render().unwrap_or_default();
    PythonProgram { plan, imports: &imports }.render().unwrap_or_default()
}

/// The value that a function returns by itself.
fn returned(function: &Function) -> String {
    tuple(function.values().iter().map(|(kind, value)| literal(kind, value)).collect())
}

/// A number as the first result of a function, with zeros for its other results.
fn with_rest(first: impl Into<String>, function: &Function) -> String {
    let rest = function.rest().iter().map(|kind| literal(kind, "0"));
    tuple(std::iter::once(first.into()).chain(rest).collect())
}

fn tuple(values: Vec<String>) -> String {
    match values.as_slice() {
        [] => "None".to_owned(),
        [one] => one.clone(),
        many => format!("({})", many.join(", ")),
    }
}

/// Random numbers for all results of a function. `next` is an expression for a number of 64 bits.
fn random(function: &Function, next: String) -> String {
    let one = |kind: &ValueType| match kind {
        ValueType::I32 => format!("signed({next} >> 32, 32)"),
        ValueType::I64 => format!("signed({next}, 64)"),
        ValueType::F32 => format!("({next} >> 40) / 2**24"),
        ValueType::F64 => format!("({next} >> 11) / 2**53"),
        ValueType::V128 => format!("{next} << 64 | {next}"),
        ValueType::FuncRef | ValueType::ExternRef | ValueType::ExnRef => "None".into(),
    };
    tuple(function.results.iter().map(one).collect())
}

fn filled(template: &str, params: &[ValueType]) -> String {
    let (text, arguments) = braces(template, params, argument);
    format!("{}.format({})", quoted(&text), arguments.join(", "))
}

fn argument(index: usize, kind: ValueType, form: ArgumentForm) -> String {
    let plain = format!("p{index}");
    match (form, kind) {
        (
            ArgumentForm::Unsigned | ArgumentForm::Hexadecimal | ArgumentForm::Binary,
            ValueType::I32,
        ) => {
            format!("{plain} & 0xffffffff")
        }
        (
            ArgumentForm::Unsigned | ArgumentForm::Hexadecimal | ArgumentForm::Binary,
            ValueType::I64,
        ) => {
            format!("{plain} & 0xffffffffffffffff")
        }
        (ArgumentForm::Hexadecimal | ArgumentForm::Binary, ValueType::F32) => {
            format!("struct.unpack(\"<I\", struct.pack(\"<f\", {plain}))[0]")
        }
        (ArgumentForm::Hexadecimal | ArgumentForm::Binary, ValueType::F64) => {
            format!("struct.unpack(\"<Q\", struct.pack(\"<d\", {plain}))[0]")
        }
        (ArgumentForm::Character, _) => {
            format!(
                "chr({plain}) if 0 <= {plain} < 0xd800 or 0xdfff < {plain} < 0x110000 else \"\\ufffd\""
            )
        }
        _ => plain,
    }
}

fn quoted(text: &str) -> String {
    crate::text::quoted(text, |letter| format!("\\u{:04x}", u32::from(letter)))
}

fn types(kinds: &[ValueType]) -> String {
    kinds.iter().map(type_of).collect::<Vec<_>>().join(", ")
}

fn type_of(kind: &ValueType) -> &'static str {
    match kind {
        ValueType::I32 => "Type.I32",
        ValueType::I64 => "Type.I64",
        ValueType::F32 => "Type.F32",
        ValueType::F64 => "Type.F64",
        ValueType::V128 => "Type.V128",
        ValueType::FuncRef => "Type.FUNC_REF",
        ValueType::ExternRef | ValueType::ExnRef => "Type.EXTERN_REF",
    }
}

fn literal(kind: &ValueType, text: &str) -> String {
    match value::parse(*kind, text) {
        Ok(Bits::I32(v)) => (v as i32).to_string(),
        Ok(Bits::I64(v)) => (v as i64).to_string(),
        Ok(Bits::F32(v)) => float(f64::from(f32::from_bits(v))),
        Ok(Bits::F64(v)) => float(f64::from_bits(v)),
        Ok(Bits::V128(v)) => v.to_string(),
        _ => "None".into(),
    }
}

fn float(v: f64) -> String {
    if v.is_finite() { format!("{v:?}") } else { format!("float(\"{v}\")") }
}

/// A number of Python with an underscore between thousands, because a number of nanoseconds is hard
/// to count.
fn thousands(of: u32) -> String {
    let digits = of.to_string();
    let from = |index: usize| (digits.len() - index).is_multiple_of(3) && index > 0;
    let letters = digits.char_indices();
    letters
        .flat_map(|(index, digit)| from(index).then_some('_').into_iter().chain([digit]))
        .collect()
}

fn word(of: &bool) -> &'static str {
    if *of { "True" } else { "False" }
}

fn limit(of: &Option<u32>) -> String {
    of.map_or("None".to_owned(), |limit| limit.to_string())
}
