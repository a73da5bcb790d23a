use std::fmt::Write as _;

use watshop_protocol::page::{ExternType, Provider, ValueType};
use watshop_protocol::template::Form;
use watshop_protocol::value::{self, Bits};

use super::{Item, Plan, called, format_of, is_error, quoted, returned};

/// With the crate `wasmer` 7 and a compiler of it.
pub(super) fn program(plan: &Plan, notes: &mut Vec<String>) -> String {
    let mut text = format!(
        "//! Instantiates {} with its import object. Cargo.toml: wasmer = \"7\"\n\nuse wasmer::*;\n\n\
         fn main() -> Result<(), Box<dyn std::error::Error>> {{\n    let mut store = Store::default();\n    \
         let module = Module::from_file(&store, {})?;\n    let mut imports = Imports::new();\n",
        plan.file,
        quoted(&plan.file)
    );
    for item in &plan.items {
        if let Some(provider) = &item.provider {
            define(&mut text, item, provider, notes);
        }
    }
    text.push_str(
        "    let instance = Instance::new(&mut store, &module, &imports)?;\n    \
         for (name, _) in instance.exports.iter() {\n        println!(\"{name}\");\n    }\n    Ok(())\n}\n",
    );
    text
}

fn define(text: &mut String, item: &Item, provider: &Provider, notes: &mut Vec<String>) {
    let name = &item.variable;
    let made = match (provider, &item.kind) {
        (Provider::ExportOf { .. }, _) => {
            notes.push(format!(
                "`{}` is {}: instantiate that module, and define its export here.",
                item.title(),
                called(provider)
            ));
            return;
        }
        (Provider::Memory { minimum, maximum, shared, .. }, _) => {
            format!("Memory::new(&mut store, MemoryType::new({minimum}, {maximum:?}, {shared}))?")
        }
        (Provider::Table { minimum, maximum }, ExternType::Table { element, .. }) => {
            let kind = type_of(*element);
            format!(
                "Table::new(&mut store, TableType::new({kind}, {minimum}, {maximum:?}), {})?",
                literal(*element, "null")
            )
        }
        (Provider::Global { value }, ExternType::Global { value: kind, mutable }) => {
            let new = if *mutable { "new_mut" } else { "new" };
            format!("Global::{new}(&mut store, {})", literal(*kind, value))
        }
        (Provider::Tag {}, ExternType::Tag { params }) => format!("Tag::new(&mut store, {})", types(params)),
        (_, ExternType::Function { params, results }) => {
            let body = body(item, provider, params, results, notes);
            format!(
                "Function::new(&mut store, FunctionType::new({}, {}), |arguments| {{\n{body}    }})",
                types(params),
                types(results)
            )
        }
        _ => return,
    };
    let _ = writeln!(text, "    let {name} = {made};");
    if let Provider::Memory { init, .. } = provider {
        for piece in init {
            let bytes = piece.content.bytes().unwrap_or_default();
            let _ = writeln!(text, "    {name}.view(&store).write({}, &{bytes:?})?;", piece.at);
        }
    }
    let _ = writeln!(text, "    imports.define({}, {}, {name});", quoted(&item.module), quoted(&item.name));
}

fn body(
    item: &Item,
    provider: &Provider,
    params: &[ValueType],
    results: &[ValueType],
    notes: &mut Vec<String>,
) -> String {
    let values = returned(provider, results);
    let values: Vec<_> = results.iter().zip(&values).map(|(kind, value)| literal(*kind, value)).collect();
    let unused = "        let _ = arguments;\n";
    let back = format!("        Ok(vec![{}])\n", values.join(", "));
    match provider {
        Provider::Value { .. } => format!("{unused}{back}"),
        Provider::Log { template, stream, .. } => {
            let print = if is_error(*stream) { "eprint" } else { "print" };
            format!("{unused}        {print}!({});\n{back}", filled(template, params))
        }
        Provider::Trap { message } => {
            format!("{unused}        Err(RuntimeError::new(format!({})))\n", filled(message, params))
        }
        Provider::Exit { code, parameter } => {
            let code = match parameter {
                Some(at) if params.get(*at as usize) == Some(&ValueType::I64) => {
                    format!("arguments[{at}].unwrap_i64() as i32")
                }
                Some(at) => format!("arguments[{at}].unwrap_i32()"),
                None => code.to_string(),
            };
            format!("{unused}        std::process::exit({code})\n")
        }
        other => {
            notes.push(format!(
                "`{}` is {}; here it returns zeros: write its body in Rust.",
                item.title(),
                called(other)
            ));
            format!("{unused}{back}")
        }
    }
}

fn filled(template: &str, params: &[ValueType]) -> String {
    let (text, order) = format_of(template, params, |index, form| {
        let typed = match params.get(index) {
            Some(kind) if form == Form::Typed => format!("{} ", kind.name()),
            _ => String::new(),
        };
        typed
            + match form {
                Form::Hexadecimal => "\u{1}:#x\u{2}",
                Form::Binary => "\u{1}:#b\u{2}",
                Form::Plain | Form::Typed | Form::Unsigned | Form::Character => "\u{1}\u{2}",
            }
    });
    // Braces of the text are doubled; those of the places are not.
    let braces = text.replace('{', "{{").replace('}', "}}").replace('\u{1}', "{").replace('\u{2}', "}");
    let forms: Vec<_> = super::parts(template, params)
        .into_iter()
        .filter_map(|part| match part {
            watshop_protocol::template::Part::Argument { form, .. } => Some(form),
            watshop_protocol::template::Part::Text(_) => None,
        })
        .collect();
    let arguments = order.iter().zip(forms).map(|(index, form)| {
        let plain = match params.get(*index) {
            Some(ValueType::I32) => format!("arguments[{index}].unwrap_i32()"),
            Some(ValueType::I64) => format!("arguments[{index}].unwrap_i64()"),
            Some(ValueType::F32) => format!("arguments[{index}].unwrap_f32()"),
            Some(ValueType::F64) => format!("arguments[{index}].unwrap_f64()"),
            Some(ValueType::V128) => format!("arguments[{index}].unwrap_v128()"),
            _ => return format!("arguments[{index}].ty()"),
        };
        match (form, params.get(*index)) {
            (Form::Unsigned | Form::Hexadecimal | Form::Binary, Some(ValueType::I32)) => {
                format!("{plain} as u32")
            }
            (Form::Unsigned | Form::Hexadecimal | Form::Binary, Some(ValueType::I64)) => {
                format!("{plain} as u64")
            }
            (Form::Hexadecimal | Form::Binary, Some(ValueType::F32 | ValueType::F64)) => {
                format!("{plain}.to_bits()")
            }
            (Form::Character, _) => format!("char::from_u32({plain} as u32).unwrap_or('\\u{{fffd}}')"),
            _ => plain,
        }
    });
    std::iter::once(quoted(&braces)).chain(arguments).collect::<Vec<_>>().join(", ")
}

fn types(kinds: &[ValueType]) -> String {
    format!("vec![{}]", kinds.iter().map(|kind| type_of(*kind)).collect::<Vec<_>>().join(", "))
}

fn type_of(kind: ValueType) -> &'static str {
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

fn literal(kind: ValueType, text: &str) -> String {
    match value::parse(kind, text) {
        Ok(Bits::I32(v)) => format!("Value::I32({})", v as i32),
        Ok(Bits::I64(v)) => format!("Value::I64({})", v as i64),
        // By their bits, so that NaNs are exact.
        Ok(Bits::F32(v)) => format!("Value::F32(f32::from_bits({v:#x}))"),
        Ok(Bits::F64(v)) => format!("Value::F64(f64::from_bits({v:#x}))"),
        Ok(Bits::V128(v)) => format!("Value::V128({v:#x})"),
        Ok(Bits::ExternRef(_)) => "Value::ExternRef(None)".into(),
        Ok(Bits::ExnRef) => "Value::ExceptionRef(None)".into(),
        _ => "Value::FuncRef(None)".into(),
    }
}
