//! A module that imports all exports of others and calls them.

use std::fmt::Write as _;

use watshop_protocol::page::{
    Compiler, Export, ExternType, ImportObject, ModuleRef, Provider, Provision, TabId, ValueType,
};

use crate::script::{OTHER, V128};

/// The tab of the host's exports.
pub const SPECTEST: TabId = TabId(1);

/// The tab of the memory that the host shares.
pub const SHARED: TabId = TabId(2);

const MANY_RESULTS: &str = "several results of an import";

/// The tab of an instance.
pub fn tab(instance: usize) -> TabId {
    TabId(instance as u32 + 3)
}

/// Returns the driver's name for the export of an instance.
pub fn name(instance: usize, export: usize) -> String {
    format!("{instance}.{export}")
}

/// Checks that a driver made by a compiler can import and call this.
pub fn takes(compiler: Compiler, kind: &ExternType) -> Result<(), &'static str> {
    match kind {
        ExternType::Function { params, results } if compiler == Compiler::Singlepass => {
            if params.iter().chain(results).any(|kind| *kind == ValueType::V128) {
                return Err(V128);
            }
            if results.len() > 1 { Err(MANY_RESULTS) } else { Ok(()) }
        }
        ExternType::Global { value: ValueType::V128, .. } if compiler == Compiler::Singlepass => {
            Err(V128)
        }
        ExternType::Function { .. } | ExternType::Global { .. } => Ok(()),
        _ => Err(OTHER),
    }
}

/// Returns the driver's text and import object. It calls every other function through a table, and
/// reads globals.
pub fn text(compiler: Compiler, modules: &[(usize, Vec<Export>)]) -> (String, ImportObject) {
    let (mut imports, mut types, mut bodies) = (String::new(), String::new(), String::new());
    let mut provisions = Vec::new();
    let mut elements: Vec<String> = Vec::new();
    for (instance, exports) in modules {
        for (at, export) in exports.iter().enumerate() {
            if takes(compiler, &export.kind).is_err() {
                continue;
            }
            let own = name(*instance, at);
            match &export.kind {
                ExternType::Function { params, results } => {
                    let signature =
                        format!("{} {}", list("param", params), list("result", results));
                    let _ = writeln!(types, "(type $t{own} (func {signature}))");
                    let _ = writeln!(
                        imports,
                        "(import \"{instance}\" \"{at}\" (func $i{own} (type $t{own})))"
                    );
                    let _ = write!(bodies, "(func (export \"{own}\") (type $t{own})");
                    for param in 0..params.len() {
                        let _ = write!(bodies, " local.get {param}");
                    }
                    if at % 2 == 0 {
                        let _ = writeln!(bodies, " call $i{own})");
                    } else {
                        let _ = writeln!(
                            bodies,
                            " i32.const {} call_indirect (type $t{own}))",
                            elements.len()
                        );
                        elements.push(format!("$i{own}"));
                    }
                }
                ExternType::Global { value, mutable } => {
                    let kind = value.name();
                    let declared = if *mutable { format!("(mut {kind})") } else { kind.to_owned() };
                    let _ = writeln!(
                        imports,
                        "(import \"{instance}\" \"{at}\" (global $i{own} {declared}))"
                    );
                    let _ = writeln!(
                        bodies,
                        "(func (export \"{own}\") (result {kind}) global.get $i{own})"
                    );
                }
                _ => continue,
            }
            let of = ModuleRef::Tab(tab(*instance));
            provisions.push(Provision {
                module: instance.to_string(),
                name: at.to_string(),
                provider: Provider::ExportOf { of, export: export.name.clone() },
            });
        }
    }
    let text = format!(
        "(module {types} {imports} (memory 1) (data (i32.const 0) \"{}\")\n\
         (table {} funcref) (elem (i32.const 0) func {})\n{bodies})",
        "\\55".repeat(1024),
        elements.len(),
        elements.join(" "),
    );
    (text, ImportObject { provisions })
}

fn list(what: &str, kinds: &[ValueType]) -> String {
    let names: Vec<_> = kinds.iter().map(|kind| kind.name()).collect();
    if names.is_empty() { String::new() } else { format!("({what} {})", names.join(" ")) }
}
