use std::fmt::Write as _;

use watshop_protocol::page::{ClockOrigin, ClockUnit, ExternType, ModuleRef, Provider, ValueType};
use watshop_protocol::template::{Form, Part};
use watshop_protocol::value::{self, Bits};

use super::{Item, Plan, is_error, name_of, parts, quoted, returned};

/// For Node; in a browser `fetch` takes the place of `readFile`.
pub(super) fn program(plan: &Plan, notes: &mut Vec<String>) -> String {
    let mut text = format!(
        "// Instantiates {file} with its import object.\nimport {{ readFile }} from 'node:fs/promises';\n\n",
        file = plan.file
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
        external(&mut text, item);
    }
    text.push_str("\nconst imports = {\n");
    for module in modules {
        let _ = writeln!(text, "  {}: {{", quoted(module));
        for item in plan.items.iter().filter(|item| item.module == module) {
            if let Some(provider) = &item.provider {
                let _ = writeln!(text, "    {}: {},", quoted(&item.name), given(item, provider, notes));
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
fn external(text: &mut String, item: &Item) {
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
            let _ = writeln!(
                text,
                "const {name} = new WebAssembly.Global({{ value: '{word}', mutable: {mutable} }}, {});",
                literal(*kind, value)
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

fn given(item: &Item, provider: &Provider, notes: &mut Vec<String>) -> String {
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
            let from = match memory {
                Some(name) => format!("(instance.exports[{0}] ?? imports_memory({0}))", quoted(name)),
                None => "Object.values(instance.exports).find((item) => item instanceof WebAssembly.Memory)"
                    .into(),
            };
            let from = from.replace(
                "imports_memory",
                "((name) => name.split('.').reduce((all, part) => all[part], imports))",
            );
            let end = match length {
                Some(length) => format!("at + Number(p{length})"),
                None => "bytes.indexOf(0, at)".into(),
            };
            let newline = if *newline { " + '\\n'" } else { "" };
            format!(
                "({arguments}) => {{\n      const bytes = new Uint8Array(({from}).buffer);\n      const at = Number(p{pointer}) >>> 0;\n      \
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
        Provider::Random { .. } => {
            notes.push(format!(
                "`{}` is random without its seed: JavaScript's own numbers have none.",
                item.title()
            ));
            let one = |kind: &ValueType| match kind {
                ValueType::I32 => "Math.random() * 2 ** 32 | 0",
                ValueType::I64 => "BigInt(Math.floor(Math.random() * 2 ** 53))",
                ValueType::F32 | ValueType::F64 => "Math.random()",
                _ => "null",
            };
            let all: Vec<_> = results.iter().map(one).collect();
            if all.len() == 1 { format!("() => {}", all[0]) } else { format!("() => [{}]", all.join(", ")) }
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
                for letter in plain.chars() {
                    match letter {
                        '`' | '\\' | '$' => text.extend(['\\', letter]),
                        '\n' => text.push_str("\\n"),
                        other => text.push(other),
                    }
                }
            }
            Part::Argument { index, form } => {
                let wide = params.get(index) == Some(&ValueType::I64);
                let unsigned = match wide {
                    true => format!("BigInt.asUintN(64, p{index})"),
                    false => format!("(p{index} >>> 0)"),
                };
                let shown = match form {
                    Form::Plain => format!("${{p{index}}}"),
                    Form::Typed => {
                        format!("{} ${{p{index}}}", params.get(index).map_or("", |kind| kind.name()))
                    }
                    Form::Hexadecimal => format!("0x${{{unsigned}.toString(16)}}"),
                    Form::Binary => format!("0b${{{unsigned}.toString(2)}}"),
                    Form::Unsigned => format!("${{{unsigned}}}"),
                    Form::Character => format!("${{String.fromCodePoint(Number(p{index}))}}"),
                };
                text.push_str(&shown);
            }
        }
    }
    text.push('`');
    text
}
