use std::fmt::Write as _;

use watshop_protocol::page::{ClockOrigin, ClockUnit, ExternType, ModuleRef, Provider, ValueType};
use watshop_protocol::template::{Form, Part};
use watshop_protocol::value::{self, Bits};

use super::{Item, Plan, is_error, name_of, parts, returned};

/// The numbers that Watshop itself gives for a seed.
const SPLITMIX64: &str = "
function splitmix64(state) {
  const mixed = (z, shift, factor) => BigInt.asUintN(64, (z ^ (z >> shift)) * factor);
  return () => {
    state = BigInt.asUintN(64, state + 0x9e3779b97f4a7c15n);
    const z = mixed(mixed(state, 30n, 0xbf58476d1ce4e5b9n), 27n, 0x94d049bb133111ebn);
    return z ^ (z >> 31n);
  };
}
";

/// For Node; in a browser `fetch` takes the place of `readFile`.
pub(super) fn program(plan: &Plan, notes: &mut Vec<String>) -> String {
    let mut text = format!(
        "// Instantiates {file} with its import object.\nimport {{ readFile }} from 'node:fs/promises';\n\n",
        file = plan.title
    );
    let mut modules: Vec<&str> = Vec::new();
    let mut linked: Vec<String> = Vec::new();
    for item in &plan.items {
        if !modules.contains(&item.module.as_str()) {
            modules.push(&item.module);
        }
        if let Some(Provider::ExportOf { of, .. }) = &item.provider {
            let file = file_of(of);
            if !linked.contains(&file) {
                notes.push(format!("{file} is instantiated without imports; give it its own import object."));
                linked.push(file);
            }
        }
    }
    for file in &linked {
        let _ = writeln!(
            text,
            "const {{ instance: {} }} = await WebAssembly.instantiate(await readFile({}), {{}});",
            name_of(file),
            quoted(file)
        );
    }
    text.push_str("let instance;\n");
    for item in &plan.items {
        external(&mut text, item, notes);
    }
    if plan.items.iter().any(|item| matches!(item.provider, Some(Provider::Random { .. }))) {
        text.push_str(SPLITMIX64);
    }
    text.push_str("\nconst imports = {\n");
    for module in modules {
        let _ = writeln!(text, "  {}: {{", key(module));
        for item in plan.items.iter().filter(|item| item.module == module) {
            if let Some(provider) = &item.provider {
                let _ = writeln!(text, "    {}: {},", key(&item.name), given(plan, item, provider, notes));
            }
        }
        text.push_str("  },\n");
    }
    text.push_str("};\n\n");
    let _ = writeln!(
        text,
        "({{ instance }} = await WebAssembly.instantiate(await readFile({}), imports));\nconsole.log(Object.keys(instance.exports));",
        quoted(&plan.file)
    );
    text
}

fn file_of(of: &ModuleRef) -> String {
    match of {
        ModuleRef::Tab(tab) => format!("tab-{}.wasm", tab.0),
        ModuleRef::File(file) => {
            file.strip_suffix(".wat").map_or(file.clone(), |stem| format!("{stem}.wasm"))
        }
    }
}

/// Memories, tables, globals and tags have names, so that functions can reach them.
fn external(text: &mut String, item: &Item, notes: &mut Vec<String>) {
    let name = &item.variable;
    let maximum = |maximum: &Option<u32>| maximum.map_or(String::new(), |most| format!(", maximum: {most}"));
    match (&item.provider, &item.kind) {
        (Some(Provider::Memory { minimum, maximum: most, shared, init }), _) => {
            let shared = if *shared { ", shared: true" } else { "" };
            let _ = writeln!(
                text,
                "const {name} = new WebAssembly.Memory({{ initial: {minimum}{}{shared} }});",
                maximum(most)
            );
            for piece in init {
                let bytes: Vec<_> =
                    piece.content.bytes().unwrap_or_default().iter().map(u8::to_string).collect();
                let _ = writeln!(
                    text,
                    "new Uint8Array({name}.buffer).set([{}], {});",
                    bytes.join(", "),
                    piece.at
                );
            }
        }
        (Some(Provider::Table { minimum, maximum: most }), ExternType::Table { element, .. }) => {
            let element = if *element == ValueType::ExternRef { "externref" } else { "anyfunc" };
            let _ = writeln!(
                text,
                "const {name} = new WebAssembly.Table({{ initial: {minimum}{}, element: '{element}' }});",
                maximum(most)
            );
        }
        (Some(Provider::Global { value }), ExternType::Global { value: kind, mutable }) => {
            let word = if *kind == ValueType::FuncRef { "anyfunc" } else { kind.name() };
            let value = match kind {
                ValueType::V128 => {
                    notes.push(format!("`{}` is zero: JavaScript has no values of v128.", item.title()));
                    String::new()
                }
                _ => format!(", {}", literal(*kind, value)),
            };
            let _ = writeln!(
                text,
                "const {name} = new WebAssembly.Global({{ value: '{word}', mutable: {mutable} }}{value});"
            );
        }
        (Some(Provider::Tag {}), ExternType::Tag { params }) => {
            let kinds: Vec<_> = params.iter().map(|kind| format!("'{}'", kind.name())).collect();
            let _ = writeln!(
                text,
                "const {name} = new WebAssembly.Tag({{ parameters: [{}] }});",
                kinds.join(", ")
            );
        }
        _ => {}
    }
}

fn given(plan: &Plan, item: &Item, provider: &Provider, notes: &mut Vec<String>) -> String {
    let ExternType::Function { params, results } = &item.kind else {
        return match provider {
            Provider::ExportOf { of, export } => export_of(of, export),
            _ => item.variable.clone(),
        };
    };
    let back = back(provider, results);
    let arguments: Vec<_> = (0..params.len()).map(|index| format!("p{index}")).collect();
    let arguments = arguments.join(", ");
    match provider {
        Provider::Value { .. } if back.is_empty() => "() => {}".into(),
        Provider::Value { .. } => format!("() => {back}"),
        Provider::Log { template, stream, .. } => {
            let to = if is_error(*stream) { "stderr" } else { "stdout" };
            let print = format!("process.{to}.write({})", filled(template, params));
            format!("({arguments}) => {{ {print}; return {}; }}", or_nothing(&back))
        }
        Provider::ReadString { pointer, length, memory, newline, stream, .. } => {
            let to = if is_error(*stream) { "stderr" } else { "stdout" };
            let from = memory_of(plan, memory.as_deref());
            let end = match length {
                Some(length) => format!("at + Number(p{length})"),
                None => "bytes.indexOf(0, at)".into(),
            };
            let newline = if *newline { " + '\\n'" } else { "" };
            format!(
                "({arguments}) => {{\n      const bytes = new Uint8Array({from}.buffer);\n      const at = Number(p{pointer}) >>> 0;\n      \
                 process.{to}.write(new TextDecoder().decode(bytes.slice(at, {end})){newline});\n      return {};\n    }}",
                or_nothing(&back)
            )
        }
        Provider::Counter { start, step } => {
            let kind = results.first().copied().unwrap_or(ValueType::I32);
            let one = if kind == ValueType::I64 { "BigInt(n++)" } else { "n++" };
            let count = format!("{} + {} * {one}", literal(kind, start), literal(kind, step));
            format!("((n) => () => {})(0)", with_rest(&count, results))
        }
        Provider::Clock { unit, origin } => {
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
            let time = format!("({milliseconds}){factor}");
            let time = match results.first() {
                Some(ValueType::I64) => format!("BigInt(Math.floor({time}))"),
                _ => time,
            };
            format!("() => {}", with_rest(&time, results))
        }
        Provider::Random { seed } => {
            let one = |kind: &ValueType| match kind {
                ValueType::I32 => "Number(next() >> 32n) | 0",
                ValueType::I64 => "BigInt.asIntN(64, next())",
                ValueType::F32 => "Number(next() >> 40n) / 2 ** 24",
                ValueType::F64 => "Number(next() >> 11n) / 2 ** 53",
                _ => "null",
            };
            let all: Vec<_> = results.iter().map(one).collect();
            let all = if all.len() == 1 { all[0].to_owned() } else { format!("[{}]", all.join(", ")) };
            format!("((next) => () => {all})(splitmix64({}))", literal(ValueType::I64, seed))
        }
        Provider::Exit { code, parameter } => match parameter {
            Some(parameter) => format!("({arguments}) => process.exit(Number(p{parameter}))"),
            None => format!("() => process.exit({code})"),
        },
        Provider::Trap { message } => {
            format!("({arguments}) => {{ throw new WebAssembly.RuntimeError({}); }}", filled(message, params))
        }
        Provider::JavaScript { source } => {
            notes.push(format!(
                "`{}` is the tab's own JavaScript; `memory`, `globals` and `exports` in it are Watshop's.",
                item.title()
            ));
            format!("({source}\n    )")
        }
        Provider::ExportOf { of, export } => export_of(of, export),
        Provider::Memory { .. } | Provider::Table { .. } | Provider::Global { .. } | Provider::Tag {} => {
            item.variable.clone()
        }
    }
}

/// Where a memory is: one that is exported or imported, and without a name the first of them.
fn memory_of(plan: &Plan, name: Option<&str>) -> String {
    let mut imported = plan.items.iter().filter(|item| matches!(item.kind, ExternType::Memory { .. }));
    let place = |item: &Item| format!("imports[{}][{}]", quoted(&item.module), quoted(&item.name));
    match name {
        Some(name) => match imported.find(|item| item.title() == name) {
            Some(item) => place(item),
            None => format!("instance.exports[{}]", quoted(name)),
        },
        None => {
            let exported =
                "Object.values(instance?.exports ?? {}).find((item) => item instanceof WebAssembly.Memory)";
            match imported.next() {
                Some(item) => format!("({exported} ?? {})", place(item)),
                None => exported.to_owned(),
            }
        }
    }
}

fn export_of(of: &ModuleRef, export: &str) -> String {
    format!("{}.exports[{}]", name_of(&file_of(of)), quoted(export))
}

fn or_nothing(back: &str) -> &str {
    if back.is_empty() { "undefined" } else { back }
}

fn with_rest(first: &str, results: &[ValueType]) -> String {
    match results {
        [] | [_] => first.to_owned(),
        [_, rest @ ..] => {
            let rest: Vec<_> = rest.iter().map(|kind| literal(*kind, "0")).collect();
            format!("[{first}, {}]", rest.join(", "))
        }
    }
}

fn back(provider: &Provider, results: &[ValueType]) -> String {
    let values = returned(provider, results);
    let literals: Vec<_> = results.iter().zip(&values).map(|(kind, value)| literal(*kind, value)).collect();
    match literals.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        many => format!("[{}]", many.join(", ")),
    }
}

fn literal(kind: ValueType, text: &str) -> String {
    match value::parse(kind, text) {
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

fn filled(template: &str, params: &[ValueType]) -> String {
    let mut text = String::from("`");
    for part in parts(template, params) {
        match part {
            Part::Text(plain) => {
                let plain = quoted(&plain);
                let plain = plain[1..plain.len() - 1].replace("\\\"", "\"");
                text.push_str(&plain.replace('`', "\\`").replace('$', "\\$"));
            }
            Part::Argument { index, form } => {
                let kind = params.get(index).copied().unwrap_or(ValueType::I32);
                text.push_str(&argument(index, kind, form));
            }
        }
    }
    text.push('`');
    text
}

/// What stands for an argument in a template literal.
fn argument(index: usize, kind: ValueType, form: Form) -> String {
    let bits = match kind {
        ValueType::I64 => format!("BigInt.asUintN(64, p{index})"),
        ValueType::F32 => format!("new Uint32Array(new Float32Array([p{index}]).buffer)[0]"),
        ValueType::F64 => format!("new BigUint64Array(new Float64Array([p{index}]).buffer)[0]"),
        _ => format!("(p{index} >>> 0)"),
    };
    match form {
        Form::Plain => format!("${{p{index}}}"),
        Form::Typed => format!("{} ${{p{index}}}", kind.name()),
        Form::Hexadecimal => format!("0x${{{bits}.toString(16)}}"),
        Form::Binary => format!("0b${{{bits}.toString(2)}}"),
        Form::Unsigned => format!("${{{bits}}}"),
        Form::Character => format!(
            "${{0 <= p{index} && p{index} < 0x110000 ? String.fromCodePoint(Number(p{index})) : '\\ufffd'}}"
        ),
    }
}

/// A name as a key of an object literal, in which `__proto__` is no key but what the object inherits from.
fn key(name: &str) -> String {
    if name == "__proto__" { format!("[{}]", quoted(name)) } else { quoted(name) }
}

fn quoted(text: &str) -> String {
    super::quoted(text, |letter| format!("\\u{:04x}", u32::from(letter)))
}
