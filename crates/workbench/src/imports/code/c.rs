use std::fmt::Write as _;

use watshop_protocol::page::{ExternType, Provider, ValueType};
use watshop_protocol::value::{self, Bits};

use self::printed::filled;
use super::{Item, Plan, called, is_error, returned};

mod numbers;
mod printed;

const KINDS: &str = "
static wasm_valtype_vec_t kinds(size_t count, const wasm_valkind_t* of) {
  wasm_valtype_vec_t all;
  wasm_valtype_vec_new_uninitialized(&all, count);
  for (size_t i = 0; i < count; i++) all.data[i] = wasm_valtype_new(of[i]);
  return all;
}
";

/// With `wasm.h`, the C interface that Wasmer and others have.
pub(super) fn program(plan: &Plan, notes: &mut Vec<String>) -> String {
    let mut text = format!(
        "// Instantiates {} with its import object.\n#include <inttypes.h>\n#include <stdio.h>\n#include <stdlib.h>\n\
         #include <string.h>\n#include <time.h>\n\n#include <wasm.h>\n",
        plan.title
    );
    text.push_str("\nstatic wasm_store_t* store;\n");
    let mut functions = String::new();
    for item in &plan.items {
        if let (Some(provider), ExternType::Function { params, results }) = (&item.provider, &item.kind)
            && !matches!(provider, Provider::ExportOf { .. })
            && !has_no_kind(&item.kind)
        {
            let _ = write!(
                functions,
                "\nstatic wasm_trap_t* {}(const wasm_val_vec_t* arguments, wasm_val_vec_t* results) {{\n  \
                 (void)arguments;\n  (void)results;\n{}}}\n",
                name_of(item),
                body(item, provider, params, results, notes)
            );
        }
    }
    if !functions.is_empty() {
        functions.push_str(KINDS);
    }
    // What is defined and not used is a warning.
    for (call, helper) in numbers::HELPERS.into_iter().chain(printed::HELPERS) {
        if functions.contains(call) {
            text.push_str(helper);
        }
    }
    text.push_str(&functions);
    text.push_str("\nint main(void) {\n  store = wasm_store_new(wasm_engine_new());\n");
    if functions.contains("nanoseconds(began)") {
        text.push_str("  timespec_get(&began, TIME_UTC);\n");
    }
    let _ = write!(
        text,
        "  FILE* file = fopen({}, \"rb\");\n  if (!file) return 1;\n  fseek(file, 0, SEEK_END);\n  size_t size = (size_t)ftell(file);\n  \
         rewind(file);\n  wasm_byte_vec_t bytes;\n  wasm_byte_vec_new_uninitialized(&bytes, size);\n  \
         if (fread(bytes.data, 1, size, file) != size) return 1;\n  fclose(file);\n  \
         wasm_module_t* module = wasm_module_new(store, &bytes);\n  if (!module) return 1;\n\n",
        quoted(&plan.file)
    );
    let count = plan.items.len();
    let _ = writeln!(text, "  wasm_extern_t* externs[{}] = {{NULL}};", count.max(1));
    for (index, item) in plan.items.iter().enumerate() {
        if let Some(provider) = &item.provider {
            external(&mut text, index, item, provider, notes);
        }
    }
    let _ = write!(
        text,
        "  wasm_extern_vec_t imports = {{{count}, externs}};\n  wasm_trap_t* trap = NULL;\n  \
         wasm_instance_t* instance = wasm_instance_new(store, module, &imports, &trap);\n  if (!instance) return 1;\n  \
         wasm_exporttype_vec_t exports;\n  wasm_module_exports(module, &exports);\n  \
         for (size_t i = 0; i < exports.size; i++) {{\n    const wasm_name_t* name = wasm_exporttype_name(exports.data[i]);\n    \
         printf(\"%.*s\\n\", (int)name->size, name->data);\n  }}\n  return 0;\n}}\n"
    );
    text
}

fn external(text: &mut String, index: usize, item: &Item, provider: &Provider, notes: &mut Vec<String>) {
    let limits = |minimum: u32, maximum: Option<u32>| {
        let most = maximum.map_or("wasm_limits_max_default".to_owned(), |most| most.to_string());
        format!("wasm_limits_t limits = {{{minimum}, {most}}};")
    };
    if has_no_kind(&item.kind) {
        notes.push(format!("`{}` has a type that wasm.h has no name for; it is left out.", item.title()));
        return;
    }
    let made = match (provider, &item.kind) {
        (Provider::Memory { shared: true, .. } | Provider::Tag {} | Provider::ExportOf { .. }, _) => {
            notes.push(format!("`{}` is {}, which wasm.h cannot make here.", item.title(), called(provider)));
            return;
        }
        (Provider::Memory { minimum, maximum, init, .. }, _) => {
            let mut made = format!(
                "{} wasm_memory_t* made = wasm_memory_new(store, wasm_memorytype_new(&limits));",
                limits(*minimum, *maximum)
            );
            for piece in init {
                let bytes: Vec<_> =
                    piece.content.bytes().unwrap_or_default().iter().map(u8::to_string).collect();
                if !bytes.is_empty() {
                    let _ = write!(
                        made,
                        " memcpy(wasm_memory_data(made) + {}, (const unsigned char[]){{{}}}, {});",
                        piece.at,
                        bytes.join(", "),
                        bytes.len()
                    );
                }
            }
            made + &format!(" externs[{index}] = wasm_memory_as_extern(made);")
        }
        (Provider::Table { minimum, maximum }, ExternType::Table { element, .. }) => format!(
            "{} externs[{index}] = wasm_table_as_extern(wasm_table_new(store, wasm_tabletype_new(wasm_valtype_new({}), &limits), NULL));",
            limits(*minimum, *maximum),
            kind_of(*element)
        ),
        (Provider::Global { value }, ExternType::Global { value: kind, mutable }) => format!(
            "wasm_val_t value = {}; externs[{index}] = wasm_global_as_extern(wasm_global_new(store, wasm_globaltype_new(wasm_valtype_new({}), {}), &value));",
            literal(*kind, value),
            kind_of(*kind),
            if *mutable { "WASM_VAR" } else { "WASM_CONST" }
        ),
        (_, ExternType::Function { params, results }) => format!(
            "wasm_valtype_vec_t params = {}, results = {}; externs[{index}] = wasm_func_as_extern(wasm_func_new(store, wasm_functype_new(&params, &results), {}));",
            kinds(params),
            kinds(results),
            name_of(item)
        ),
        _ => return,
    };
    let _ = writeln!(text, "  {{ {made} }}");
}

/// No other name of C, `wasm.h` or the program itself begins so.
fn name_of(item: &Item) -> String {
    format!("host_{}", item.variable)
}

/// Vectors and exceptions are younger than `wasm.h`.
fn has_no_kind(kind: &ExternType) -> bool {
    let lacks = |kind: &ValueType| matches!(kind, ValueType::V128 | ValueType::ExnRef);
    match kind {
        ExternType::Function { params, results } => params.iter().chain(results).any(lacks),
        ExternType::Global { value, .. } | ExternType::Table { element: value, .. } => lacks(value),
        ExternType::Memory { .. } | ExternType::Tag { .. } => false,
    }
}

fn body(
    item: &Item,
    provider: &Provider,
    params: &[ValueType],
    results: &[ValueType],
    notes: &mut Vec<String>,
) -> String {
    if let Some((before, values)) = numbers::of(provider, results) {
        return before + &back(&values);
    }
    let values = returned(provider, results);
    let values: Vec<_> = results.iter().zip(&values).map(|(kind, value)| literal(*kind, value)).collect();
    let back = back(&values);
    match provider {
        Provider::Value { .. } => back,
        Provider::Log { template, stream, .. } => {
            let to = if is_error(*stream) { "stderr" } else { "stdout" };
            format!("  fprintf({to}, {});\n{back}", filled(template, params))
        }
        Provider::Trap { message } => format!(
            "  char text[1024];\n  snprintf(text, sizeof text, {});\n  wasm_message_t message;\n  \
             wasm_name_new_from_string_nt(&message, text);\n  return wasm_trap_new(store, &message);\n",
            filled(message, params)
        ),
        Provider::Exit { code, parameter } => match parameter {
            Some(at) if params.get(*at as usize) == Some(&ValueType::I64) => {
                format!("  exit((int)arguments->data[{at}].of.i64);\n")
            }
            Some(at) => format!("  exit(arguments->data[{at}].of.i32);\n"),
            None => format!("  exit({code});\n"),
        },
        other => {
            notes.push(format!(
                "`{}` is {}; here it returns zeros: write its body in C.",
                item.title(),
                called(other)
            ));
            back
        }
    }
}

fn back(values: &[String]) -> String {
    let mut text = String::new();
    for (index, value) in values.iter().enumerate() {
        let _ = writeln!(text, "  results->data[{index}] = (wasm_val_t){value};");
    }
    text + "  return NULL;\n"
}

/// Two question marks in a row may be one letter in C.
fn quoted(text: &str) -> String {
    let octal = |letter: char| {
        let bytes = letter.to_string().into_bytes();
        bytes.iter().map(|byte| format!("\\{byte:03o}")).collect()
    };
    super::quoted(text, octal).replace("??", "?\\?")
}

fn kinds(of: &[ValueType]) -> String {
    match of {
        [] => "kinds(0, NULL)".into(),
        some => {
            let all: Vec<_> = some.iter().map(|kind| kind_of(*kind)).collect();
            format!("kinds({}, (const wasm_valkind_t[]){{{}}})", all.len(), all.join(", "))
        }
    }
}

fn kind_of(kind: ValueType) -> &'static str {
    match kind {
        ValueType::I32 => "WASM_I32",
        ValueType::I64 => "WASM_I64",
        ValueType::F32 => "WASM_F32",
        ValueType::F64 => "WASM_F64",
        ValueType::FuncRef => "WASM_FUNCREF",
        // Of the rest only this has a kind in wasm.h, see `has_no_kind`.
        ValueType::V128 | ValueType::ExternRef | ValueType::ExnRef => "WASM_EXTERNREF",
    }
}

fn literal(kind: ValueType, text: &str) -> String {
    match value::parse(kind, text) {
        Ok(Bits::I32(v)) => format!("{{.kind = WASM_I32, .of = {{.i32 = (int32_t){v:#x}u}}}}"),
        Ok(Bits::I64(v)) => format!("{{.kind = WASM_I64, .of = {{.i64 = (int64_t){v:#x}ull}}}}"),
        Ok(Bits::F32(v)) => {
            format!("{{.kind = WASM_F32, .of = {{.f32 = {}}}}}", float(f64::from(f32::from_bits(v))))
        }
        Ok(Bits::F64(v)) => format!("{{.kind = WASM_F64, .of = {{.f64 = {}}}}}", float(f64::from_bits(v))),
        _ => format!("{{.kind = {}, .of = {{.ref = NULL}}}}", kind_of(kind)),
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
