use std::fmt::Write as _;

use watshop_protocol::page::{ExternType, Provider, ValueType};
use watshop_protocol::template::Form;
use watshop_protocol::value::{self, Bits};

use self::numbers::Numbers;
use super::{Item, Plan, braces, called, is_error, is_reference, returned};

mod numbers;

const UNUSED: &str = "        let _ = arguments;\n";

/// With the crate `wasmer` 7 and a compiler of it.
pub(super) fn program(plan: &Plan, notes: &mut Vec<String>) -> String {
    let mut text = format!(
        "// Instantiates {} with its import object. Cargo.toml: wasmer = \"7\"\n\nuse wasmer::*;\n\n\
         fn main() -> Result<(), Box<dyn std::error::Error>> {{\n    let mut store = Store::default();\n    \
         let module = Module::from_file(&store, {})?;\n    let mut imports = Imports::new();\n",
        plan.title,
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
            let numbers = numbers::of(provider, results);
            let (state, body) = match numbers {
                Some(Numbers { state, before, results }) => {
                    (state, format!("{UNUSED}{before}        Ok(vec![{}])\n", results.join(", ")))
                }
                None => (String::new(), body(item, provider, params, results, notes)),
            };
            let made = format!(
                "Function::new(&mut store, FunctionType::new({}, {}), move |arguments| {{\n{body}    }})",
                types(params),
                types(results)
            );
            match state.as_str() {
                "" => made,
                state => format!("{{\n        {state}\n        {}\n    }}", made.replace('\n', "\n    ")),
            }
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
    let back = format!("        Ok(vec![{}])\n", values.join(", "));
    match provider {
        Provider::Value { .. } => format!("{UNUSED}{back}"),
        Provider::Log { template, stream, .. } => {
            let print = if is_error(*stream) { "eprint" } else { "print" };
            format!("{UNUSED}        {print}!({});\n{back}", filled(template, params))
        }
        Provider::Trap { message } => {
            format!("{UNUSED}        Err(RuntimeError::new(format!({})))\n", filled(message, params))
        }
        Provider::Exit { code, parameter } => {
            let code = match parameter {
                Some(at) if params.get(*at as usize) == Some(&ValueType::I64) => {
                    format!("arguments[{at}].unwrap_i64() as i32")
                }
                Some(at) => format!("arguments[{at}].unwrap_i32()"),
                None => code.to_string(),
            };
            format!("{UNUSED}        std::process::exit({code})\n")
        }
        other => {
            notes.push(format!(
                "`{}` is {}; here it returns zeros: write its body in Rust.",
                item.title(),
                called(other)
            ));
            format!("{UNUSED}{back}")
        }
    }
}

/// The arguments of `format!` and `print!`.
fn filled(template: &str, params: &[ValueType]) -> String {
    let (text, arguments) = braces(template, params, argument);
    std::iter::once(quoted(&text)).chain(arguments).collect::<Vec<_>>().join(", ")
}

fn argument(index: usize, kind: ValueType, form: Form) -> String {
    if is_reference(kind) {
        return format!("arguments[{index}].ty()");
    }
    let plain = format!("arguments[{index}].unwrap_{}()", kind.name());
    match (form, kind) {
        (Form::Unsigned | Form::Hexadecimal | Form::Binary, ValueType::I32) => format!("{plain} as u32"),
        (Form::Unsigned | Form::Hexadecimal | Form::Binary, ValueType::I64) => format!("{plain} as u64"),
        (Form::Hexadecimal | Form::Binary, ValueType::F32 | ValueType::F64) => format!("{plain}.to_bits()"),
        (Form::Character, _) => {
            format!("u32::try_from({plain}).ok().and_then(char::from_u32).unwrap_or('\\u{{fffd}}')")
        }
        _ => plain,
    }
}

fn quoted(text: &str) -> String {
    super::quoted(text, |letter| format!("\\u{{{:x}}}", u32::from(letter)))
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
