//! C with `wasm.h`, the interface that Wasmer shares with other runtimes.

use askama::Template;
use watshop_protocol::page::{ClockOrigin, Provider, ValueType};
use watshop_protocol::value::{self, Bits};

use self::printf::{filled, quoted};
use crate::notes::ProgramNotes;
use crate::plan::{Function, Item, Number, ProgramPlan, Supply};
use crate::values::{nanoseconds, seed, stream};

mod printf;

#[derive(Template)]
#[template(path = "functions.c.jinja", escape = "none")]
struct CFunctions<'a> {
    plan: &'a ProgramPlan,
    notes: &'a ProgramNotes,
}

#[derive(Template)]
#[template(path = "program.c.jinja", escape = "none")]
struct CProgram<'a> {
    plan: &'a ProgramPlan,
    notes: &'a ProgramNotes,
    functions: &'a str,
}

pub fn program(plan: &ProgramPlan, notes: &ProgramNotes) -> String {
    // The calls of the functions decide which helpers the program contains, because an unused
    // helper is a warning.
    let functions = CFunctions { plan, notes }.render().unwrap_or_default();
    CProgram { plan, notes, functions: &functions }.render().unwrap_or_default()
}

/// The function of an import, if `wasm.h` has its types.
fn function(item: &Item) -> Option<&Function> {
    item.function().filter(|_| !has_no_kind(item))
}

/// Returns true if `wasm.h` lacks a type: it is older than vectors and exceptions.
fn has_no_kind(item: &Item) -> bool {
    let lacks = |kind: &ValueType| matches!(kind, ValueType::V128 | ValueType::ExnRef);
    match &item.given {
        Supply::Function(function) => function.params.iter().chain(&function.results).any(lacks),
        Supply::Global { kind, .. } | Supply::Table { element: kind, .. } => lacks(kind),
        Supply::Nothing | Supply::Export { .. } | Supply::Memory { .. } | Supply::Tag { .. } => {
            false
        }
    }
}

fn limits(minimum: &u32, maximum: &Option<u32>) -> String {
    let most = maximum.map_or("wasm_limits_max_default".to_owned(), |most| most.to_string());
    format!("wasm_limits_t limits = {{{minimum}, {most}}};")
}

fn kinds(of: &[ValueType]) -> String {
    match of {
        [] => "kinds(0, NULL)".into(),
        some => {
            let all: Vec<_> = some.iter().map(kind_of).collect();
            format!("kinds({}, (const wasm_valkind_t[]){{{}}})", all.len(), all.join(", "))
        }
    }
}

fn kind_of(kind: &ValueType) -> &'static str {
    match kind {
        ValueType::I32 => "WASM_I32",
        ValueType::I64 => "WASM_I64",
        ValueType::F32 => "WASM_F32",
        ValueType::F64 => "WASM_F64",
        ValueType::FuncRef => "WASM_FUNCREF",
        // `wasm.h` has a kind for external references only, see `has_no_kind`.
        ValueType::V128 | ValueType::ExternRef | ValueType::ExnRef => "WASM_EXTERNREF",
    }
}

/// The initialiser of a `wasm_val_t`.
fn literal(kind: &ValueType, text: &str) -> String {
    let name = kind_of(kind);
    match value::parse(*kind, text) {
        Ok(Bits::I32(v)) => format!("{{.kind = {name}, .of = {{.i32 = (int32_t){v:#x}u}}}}"),
        Ok(Bits::I64(v)) => format!("{{.kind = {name}, .of = {{.i64 = (int64_t){v:#x}ull}}}}"),
        Ok(Bits::F32(_)) => format!("{{.kind = {name}, .of = {{.f32 = {}}}}}", number(kind, text)),
        Ok(Bits::F64(_)) => format!("{{.kind = {name}, .of = {{.f64 = {}}}}}", number(kind, text)),
        _ => format!("{{.kind = {name}, .of = {{.ref = NULL}}}}"),
    }
}

/// A number as an operand. An integer is unsigned, because overflow of a signed one is undefined in
/// C.
fn number(kind: &ValueType, text: &str) -> String {
    match value::parse(*kind, text) {
        Ok(Bits::I32(v)) => format!("{v}u"),
        Ok(Bits::I64(v)) => format!("{v}ull"),
        Ok(Bits::F32(v)) => float(f64::from(f32::from_bits(v))),
        Ok(Bits::F64(v)) => float(f64::from_bits(v)),
        _ => "0".into(),
    }
}

fn float(v: f64) -> String {
    match v {
        v if v.is_nan() => "(0.0 / 0.0)".into(),
        v if v.is_infinite() && v > 0.0 => "(1.0 / 0.0)".into(),
        v if v.is_infinite() => "(-1.0 / 0.0)".into(),
        v => format!("{v:?}"),
    }
}

fn bytes(of: &[u8]) -> String {
    of.iter().map(u8::to_string).collect::<Vec<_>>().join(", ")
}
