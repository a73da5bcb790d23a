//! What a module asks for, and who provides it.

use wasmer::{Extern, ExternType, Function, FunctionType, Module, RuntimeError, Store};
use watshop_protocol::page::{self, Error, ErrorCode, Result, UnknownImports};

use crate::trap::Unprovided;
use crate::wasi::Wasi;
use crate::{types, values};

/// Everything a module imports, in its order.
#[derive(Default)]
pub struct Provided {
    /// All of it.
    pub externs: Vec<Extern>,
    /// Of the functions, the raw references; those that trap have none.
    pub references: Vec<Option<usize>>,
}

/// Finds or makes everything a module imports.
///
/// # Errors
///
/// `missing_imports`, which lists all that nothing provides. Where unknown imports trap, functions are
/// never missing: each becomes one that traps when it is called.
pub fn provide(
    module: &Module,
    store: &mut Store,
    wasi: Option<&Wasi>,
    unknown: UnknownImports,
) -> Result<Provided> {
    let mut provided = Provided::default();
    let mut missing = Vec::new();
    for import in module.imports() {
        let found = wasi
            .and_then(|wasi| wasi.find(import.module(), import.name()))
            .filter(|found| found.ty(store) == *import.ty());
        match (found, import.ty(), unknown) {
            (Some(found), ..) => {
                if let Extern::Function(function) = &found {
                    provided.references.push(Some(values::raw_function(store, function)));
                }
                provided.externs.push(found);
            }
            (None, ExternType::Function(kind), UnknownImports::Trap) => {
                provided.references.push(None);
                provided.externs.push(trap(store, kind, import.module(), import.name()).into());
            }
            (None, ..) => missing.push(types::one_import(&import)),
        }
    }
    if missing.is_empty() { Ok(provided) } else { Err(told(missing)) }
}

fn trap(store: &mut Store, kind: &FunctionType, module: &str, name: &str) -> Function {
    let (module, name) = (module.to_owned(), name.to_owned());
    Function::new(store, kind, move |_| {
        let refusal = Unprovided { module: module.clone(), name: name.clone() };
        Err(RuntimeError::user(Box::new(refusal)))
    })
}

fn told(missing: Vec<page::Import>) -> Error {
    const NAMED: usize = 4;
    let names: Vec<_> =
        missing.iter().take(NAMED).map(|i| format!("`{}.{}`: {}", i.module, i.name, i.kind)).collect();
    let more = match missing.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    let count = match missing.len() {
        1 => "an import that nothing provides".to_owned(),
        n => format!("{n} imports that nothing provides"),
    };
    let message = format!("The module asks for {count}: {}{more}.", names.join(", "));
    let functions = missing.iter().all(|i| matches!(i.kind, page::ExternType::Function { .. }));
    let mut error = Error::new(ErrorCode::MissingImports, message);
    error.help = Some(if functions {
        "To look at the rest of the module, let unknown imports trap (in the tab's settings).".to_owned()
    } else {
        "Only functions can be left out by letting unknown imports trap; memories, tables, globals and \
         tags cannot."
            .to_owned()
    });
    error.imports = missing;
    error
}
