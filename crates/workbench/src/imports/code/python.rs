use std::fmt::Write as _;

use watshop_protocol::page::{ExternType, Provider, ValueType};
use watshop_protocol::template::Form;
use watshop_protocol::value::{self, Bits};

use super::{Item, Plan, braces, called, is_error, is_reference, returned};

mod numbers;

/// With the package `wasmer` 1.x, whose words are those of Wasmer's own announcement.
pub(super) fn program(plan: &Plan, notes: &mut Vec<String>) -> String {
    let head = format!(
        "# Instantiates {0} with its import object. pip install wasmer wasmer-compiler-cranelift\nimport itertools\nimport struct\nimport sys\nimport time\n\n\
         from wasmer import (\n    Function, FunctionType, Global, ImportObject, Instance, Memory, MemoryType, Module, Store,\n    \
         Type, Value,\n)\n\nstore = Store()\nmodule = Module(store, open({1}, \"rb\").read())\n\
         import_object = ImportObject()\n",
        plan.title,
        quoted(&plan.file)
    );
    let mut text = String::new();
    let mut modules: Vec<&str> = Vec::new();
    for item in &plan.items {
        if !modules.contains(&item.module.as_str()) {
            modules.push(&item.module);
        }
    }
    for module in modules {
        let mut entries = String::new();
        for item in plan.items.iter().filter(|item| item.module == module) {
            if let Some(provider) = &item.provider
                && let Some(made) = make(&mut text, item, provider, notes)
            {
                let _ = writeln!(entries, "    {}: {made},", quoted(&item.name));
            }
        }
        let _ = write!(text, "\nimport_object.register({}, {{\n{entries}}})\n", quoted(module));
    }
    text.push_str(
        "\ninstance = Instance(module, import_object)\nfor name, _ in instance.exports:\n    print(name)\n",
    );
    head + &numbers::helpers(&text) + &text
}

/// What stands in the dictionary; what has to stand before it goes to `text`.
fn make(text: &mut String, item: &Item, provider: &Provider, notes: &mut Vec<String>) -> Option<String> {
    let name = &item.variable;
    let none = |limit: &Option<u32>| limit.map_or("None".to_owned(), |limit| limit.to_string());
    match (provider, &item.kind) {
        (Provider::Memory { minimum, maximum, shared, init }, _) => {
            let shared = if *shared { "True" } else { "False" };
            let _ = writeln!(
                text,
                "\n{name} = Memory(store, MemoryType({minimum}, {}, shared={shared}))",
                none(maximum)
            );
            for piece in init {
                let bytes = piece.content.bytes().unwrap_or_default();
                let _ = writeln!(text, "{name}.uint8_view({})[0:{}] = {bytes:?}", piece.at, bytes.len());
            }
            Some(name.clone())
        }
        (Provider::Global { .. }, ExternType::Global { value: kind, .. }) if is_reference(*kind) => {
            notes.push(format!("`{}` is a reference, of which Python's wasmer has no values.", item.title()));
            None
        }
        (Provider::Global { value }, ExternType::Global { value: kind, mutable }) => {
            let word = kind.name();
            let mutable = if *mutable { "True" } else { "False" };
            let _ = writeln!(
                text,
                "\n{name} = Global(store, Value.{word}({}), mutable={mutable})",
                literal(*kind, value)
            );
            Some(name.clone())
        }
        // A table is made with a value for its elements, and there is none for null.
        (Provider::Table { .. } | Provider::Tag {}, _) => {
            notes.push(format!(
                "`{}` is {}, which Python's wasmer cannot make.",
                item.title(),
                called(provider)
            ));
            None
        }
        (Provider::ExportOf { .. }, _) => {
            notes.push(format!("`{}` is {}, which this program has not.", item.title(), called(provider)));
            None
        }
        (_, ExternType::Function { params, results }) => {
            let given: Vec<_> = (0..params.len()).map(|index| format!("p{index}")).collect();
            let body = match numbers::of(provider, name, results) {
                Some(numbers) => {
                    let _ = write!(text, "\n{}", numbers.state);
                    numbers.before + &back(&numbers.results)
                }
                None => body(item, provider, params, results, notes),
            };
            let _ = write!(text, "\n\ndef {name}({}):\n{body}\n", given.join(", "));
            let kinds =
                |kinds: &[ValueType]| kinds.iter().map(|k| type_of(*k)).collect::<Vec<_>>().join(", ");
            Some(format!("Function(store, {name}, FunctionType([{}], [{}]))", kinds(params), kinds(results)))
        }
        _ => None,
    }
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
    let back = back(&values);
    match provider {
        Provider::Value { .. } => back,
        Provider::Log { template, stream, .. } => {
            let to = if is_error(*stream) { "stderr" } else { "stdout" };
            format!("    sys.{to}.write({})\n{back}", filled(template, params))
        }
        Provider::Trap { message } => format!("    raise RuntimeError({})\n", filled(message, params)),
        Provider::Exit { code, parameter } => match parameter {
            Some(at) => format!("    sys.exit(p{at})\n"),
            None => format!("    sys.exit({code})\n"),
        },
        other => {
            notes.push(format!(
                "`{}` is {}; here it returns zeros: write its body in Python.",
                item.title(),
                called(other)
            ));
            back
        }
    }
}

fn back(values: &[String]) -> String {
    match values {
        [] => "    return None\n".to_owned(),
        [one] => format!("    return {one}\n"),
        many => format!("    return ({})\n", many.join(", ")),
    }
}

fn filled(template: &str, params: &[ValueType]) -> String {
    let (text, arguments) = braces(template, params, argument);
    format!("{}.format({})", quoted(&text), arguments.join(", "))
}

fn argument(index: usize, kind: ValueType, form: Form) -> String {
    let plain = format!("p{index}");
    match (form, kind) {
        (Form::Unsigned | Form::Hexadecimal | Form::Binary, ValueType::I32) => {
            format!("{plain} & 0xffffffff")
        }
        (Form::Unsigned | Form::Hexadecimal | Form::Binary, ValueType::I64) => {
            format!("{plain} & 0xffffffffffffffff")
        }
        (Form::Hexadecimal | Form::Binary, ValueType::F32) => {
            format!("struct.unpack(\"<I\", struct.pack(\"<f\", {plain}))[0]")
        }
        (Form::Hexadecimal | Form::Binary, ValueType::F64) => {
            format!("struct.unpack(\"<Q\", struct.pack(\"<d\", {plain}))[0]")
        }
        (Form::Character, _) => {
            format!("chr({plain}) if 0 <= {plain} < 0xd800 or 0xdfff < {plain} < 0x110000 else \"\\ufffd\"")
        }
        _ => plain,
    }
}

fn quoted(text: &str) -> String {
    super::quoted(text, |letter| format!("\\u{:04x}", u32::from(letter)))
}

fn type_of(kind: ValueType) -> &'static str {
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

fn literal(kind: ValueType, text: &str) -> String {
    match value::parse(kind, text) {
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
