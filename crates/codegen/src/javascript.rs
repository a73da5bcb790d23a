//! JavaScript for Node. In a browser, `fetch` takes the place of `readFile`.

use askama::Template;
use watshop_protocol::page::{ClockOrigin, ClockUnit, ExternType, Provider, ValueType};
use watshop_protocol::template::{ArgumentForm, TemplatePart};
use watshop_protocol::value::{self, Bits};

use crate::format::parts;
use crate::notes::ProgramNotes;
use crate::plan::{Function, Item, Number, ProgramPlan, Supply};
use crate::values::{seed, stream};

#[derive(Template)]
#[template(path = "program.js.jinja", escape = "none")]
struct JavaScriptProgram<'a> {
    plan: &'a ProgramPlan,
    notes: &'a ProgramNotes,
}

pub fn program(plan: &ProgramPlan, notes: &ProgramNotes) -> String {
    JavaScriptProgram { plan, notes }.render().unwrap_or_default()
}

impl JavaScriptProgram<'_> {
    /// Returns true if the program needs the function that gives the same random numbers as Watshop
    /// does for a seed.
    fn is_random(&self) -> bool {
        let functions = self.plan.items.iter().filter_map(Item::function);
        functions.into_iter().any(|function| matches!(function.provider, Provider::Random { .. }))
    }

    /// The expression for a memory, exported or imported. Without a name, it is the first of them.
    fn memory(&self, name: &Option<String>) -> String {
        let given = self.plan.items.iter().filter(|item| !item.is_nothing());
        let mut imported = given.filter(|item| matches!(item.kind, ExternType::Memory { .. }));
        let place =
            |item: &Item| format!("imports[{}][{}]", quoted(&item.module), quoted(&item.name));
        match name {
            Some(name) => {
                match imported.find(|item| format!("{}.{}", item.module, item.name) == *name) {
                    Some(item) => place(item),
                    None => format!("instance.exports[{}]", quoted(name)),
                }
            }
            None => {
                let exported = "Object.values(instance?.exports ?? {}).find((item) => item instanceof WebAssembly.Memory)";
                match imported.next() {
                    Some(item) => format!("({exported} ?? {})", place(item)),
                    None => exported.to_owned(),
                }
            }
        }
    }

    /// The expression for an export of a linked module.
    fn export(&self, file: &str, export: &str) -> String {
        let linked = self.plan.linked.iter().find(|linked| linked.file == file);
        let variable = linked.map_or("", |linked| &linked.variable);
        format!("{variable}.exports[{}]", quoted(export))
    }
}

/// The value that a function returns by itself: nothing, one value, or an array of them.
fn returned(function: &Function) -> String {
    array(function.values().iter().map(|(kind, value)| literal(kind, value)).collect())
}

/// A number as the first result of a function, with zeros for its other results.
fn with_rest(first: impl Into<String>, function: &Function) -> String {
    let rest = function.rest().iter().map(|kind| literal(kind, "0"));
    array(std::iter::once(first.into()).chain(rest).collect())
}

fn array(values: Vec<String>) -> String {
    match values.as_slice() {
        [] => "undefined".into(),
        [one] => one.clone(),
        many => format!("[{}]", many.join(", ")),
    }
}

/// Random numbers for all results of a function, from a generator of 64 bits that is called `next`.
fn random(function: &Function) -> String {
    let one = |kind: &ValueType| match kind {
        ValueType::I32 => "Number(next() >> 32n) | 0",
        ValueType::I64 => "BigInt.asIntN(64, next())",
        ValueType::F32 => "Number(next() >> 40n) / 2 ** 24",
        ValueType::F64 => "Number(next() >> 11n) / 2 ** 53",
        // A function with a vector cannot be called from JavaScript.
        ValueType::V128 | ValueType::FuncRef | ValueType::ExternRef | ValueType::ExnRef => "null",
    };
    array(function.results.iter().map(|kind| one(kind).to_owned()).collect())
}

fn literal(kind: &ValueType, text: &str) -> String {
    match value::parse(*kind, text) {
        Ok(Bits::I32(v)) => (v as i32).to_string(),
        Ok(Bits::I64(v)) => format!("{}n", v as i64),
        Ok(Bits::F32(v)) => float(f64::from(f32::from_bits(v))),
        Ok(Bits::F64(v)) => float(f64::from_bits(v)),
        _ => "null".into(),
    }
}

fn float(v: f64) -> String {
    match v {
        v if v.is_nan() => "NaN".into(),
        v if v.is_infinite() && v > 0.0 => "Infinity".into(),
        v if v.is_infinite() => "-Infinity".into(),
        v => format!("{v:?}"),
    }
}

/// The text of a host call as a template literal.
fn filled(template: &str, params: &[ValueType]) -> String {
    let mut text = String::from("`");
    for part in parts(template, params) {
        match part {
            TemplatePart::Text(plain) => {
                let plain = quoted(&plain);
                let plain = plain[1..plain.len() - 1].replace("\\\"", "\"");
                text.push_str(&plain.replace('`', "\\`").replace('$', "\\$"));
            }
            TemplatePart::Argument { index, form } => {
                let kind = params.get(index).copied().unwrap_or(ValueType::I32);
                text.push_str(&argument(index, kind, form));
            }
        }
    }
    text.push('`');
    text
}

/// The expression for an argument in a template literal.
fn argument(index: usize, kind: ValueType, form: ArgumentForm) -> String {
    let bits = match kind {
        ValueType::I64 => format!("BigInt.asUintN(64, p{index})"),
        ValueType::F32 => format!("new Uint32Array(new Float32Array([p{index}]).buffer)[0]"),
        ValueType::F64 => format!("new BigUint64Array(new Float64Array([p{index}]).buffer)[0]"),
        _ => format!("(p{index} >>> 0)"),
    };
    match form {
        ArgumentForm::Plain => format!("${{p{index}}}"),
        ArgumentForm::Typed => format!("{} ${{p{index}}}", kind.name()),
        ArgumentForm::Hexadecimal => format!("0x${{{bits}.toString(16)}}"),
        ArgumentForm::Binary => format!("0b${{{bits}.toString(2)}}"),
        ArgumentForm::Unsigned => format!("${{{bits}}}"),
        ArgumentForm::Character => format!(
            "${{0 <= p{index} && p{index} < 0x110000 ? String.fromCodePoint(Number(p{index})) : '\\ufffd'}}"
        ),
    }
}

/// A name as a key of an object literal. `__proto__` is written as a computed key, because the
/// plain one would set the prototype.
fn key(name: &str) -> String {
    if name == "__proto__" { format!("[{}]", quoted(name)) } else { quoted(name) }
}

fn quoted(text: &str) -> String {
    crate::text::quoted(text, |letter| format!("\\u{:04x}", u32::from(letter)))
}

/// The type of a global's or a tag's value, in the spelling of JavaScript.
fn type_of(kind: &ValueType) -> &'static str {
    if *kind == ValueType::FuncRef { "anyfunc" } else { kind.name() }
}

fn types(kinds: &[ValueType]) -> String {
    kinds.iter().map(|kind| format!("'{}'", kind.name())).collect::<Vec<_>>().join(", ")
}

fn bytes(of: &[u8]) -> String {
    of.iter().map(u8::to_string).collect::<Vec<_>>().join(", ")
}

/// The time in a unit, as a Number.
fn time(unit: &ClockUnit, origin: &ClockOrigin) -> String {
    let milliseconds = match origin {
        ClockOrigin::Unix => "performance.timeOrigin + performance.now()",
        ClockOrigin::Instance => "performance.now()",
    };
    let factor = match unit {
        ClockUnit::Seconds => " / 1e3",
        ClockUnit::Milliseconds => "",
        ClockUnit::Microseconds => " * 1e3",
        ClockUnit::Nanoseconds => " * 1e6",
    };
    format!("({milliseconds}){factor}")
}
