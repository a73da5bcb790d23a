//! Finds a provider for each import of a module.

use std::collections::HashMap;
use watshop_protocol::Sentence;
use watshop_protocol::say;

use wasmer::{Extern, ExternType, Function, FunctionType, ImportType, Module, RuntimeError, Store};
use watshop_protocol::page::{self, Error, ErrorCode, Result, UnknownImports};
use watshop_protocol::wasi;

use crate::host::ImportResolver;
use crate::system::SystemProgram;
use crate::trap::MissingImport;
use crate::{types, values};

/// The imports of a module, in their order.
#[derive(Default)]
pub struct ResolvedImports {
    /// All imports.
    pub externs: Vec<Extern>,
    /// The raw references of the functions. A function made from a closure has none.
    pub references: Vec<Option<usize>>,
}

/// Finds or makes all imports of a module: from its import object, then from its system interface, then functions
/// that trap.
///
/// # Errors
///
/// `import_mismatch` if an item of the import object does not fit. `missing_imports`, with a list
/// of all imports that have no provider. If unknown imports trap, functions are never missing: each
/// becomes one that traps when it is called.
pub fn provide(
    module: &Module,
    store: &mut Store,
    resolver: &ImportResolver<'_>,
    mut system: Option<&mut Box<dyn SystemProgram>>,
    unknown: UnknownImports,
) -> Result<ResolvedImports> {
    let mut provided = ResolvedImports::default();
    let mut missing = Vec::new();
    let mut unfit = Vec::new();
    // An import that is declared twice gets one value.
    let mut given = HashMap::<(String, String), Extern>::new();
    for import in module.imports() {
        let key = (import.module().to_owned(), import.name().to_owned());
        let made = match given.get(&key).filter(|found| fits(store, &import, found)) {
            Some(found) => Some(Ok(found.clone())),
            None => resolver.give(store, &import),
        };
        let found = match made {
            Some(Ok(found)) => {
                given.insert(key, found.clone());
                Some(found)
            }
            Some(Err(why)) => {
                unfit.push((types::one_import(&import), why));
                continue;
            }
            None => {
                system.as_mut().and_then(|system| system.find(store, &import)).filter(|found| {
                    found.ty(store) == *import.ty() || is_memory(found, &import, store)
                })
            }
        };
        match (found, import.ty(), unknown) {
            (Some(found), ..) => {
                if let Extern::Function(function) = &found {
                    provided.references.push(values::raw_function(store, function));
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
    match (unfit.as_slice(), missing.is_empty()) {
        ([], true) => Ok(provided),
        ([], false) => Err(missing_imports_error(missing)),
        (unfit, _) => {
            let scripts =
                unfit.iter().all(|(import, _)| resolver.is_script(&import.module, &import.name));
            let code = if scripts { ErrorCode::ImportScript } else { ErrorCode::ImportMismatch };
            Err(mismatch(code, unfit))
        }
    }
}

/// True for a memory that fits: the limits may let it grow less far than the module would.
fn is_memory(found: &Extern, import: &ImportType, store: &Store) -> bool {
    matches!(found, Extern::Memory(_)) && fits(store, import, found)
}

fn fits(store: &Store, import: &ImportType, found: &Extern) -> bool {
    page::satisfies(&types::extern_type(import.ty()), &types::type_of(found, store))
}

fn trap(store: &mut Store, kind: &FunctionType, module: &str, name: &str) -> Function {
    let (module, name) = (module.to_owned(), name.to_owned());
    Function::new(store, kind, move |_| {
        let refusal = MissingImport { module: module.clone(), name: name.clone() };
        Err(RuntimeError::user(Box::new(refusal)))
    })
}

fn mismatch(code: ErrorCode, unfit: &[(page::Import, Sentence)]) -> Error {
    const TOLD: usize = 4;
    let sentences: Vec<_> = unfit
        .iter()
        .take(TOLD)
        .map(|(import, why)| match code {
            // It names the import by itself, and its type has nothing to do with it.
            ErrorCode::ImportScript => why.clone(),
            _ => say!("`{}.{}` ({}): {why}", import.module, import.name, import.kind),
        })
        .collect();
    let more = match unfit.len().saturating_sub(TOLD) {
        0 => say!(""),
        more => say!(" And {more} more."),
    };
    let told = Sentence::joined(sentences);
    let message = match code {
        ErrorCode::ImportScript => say!("{told}{more}"),
        _ => say!("A provider does not fit its import. {told}{more}"),
    };
    Error::new(code, message).about(unfit.iter().map(|(import, _)| import.clone()))
}

fn missing_imports_error(missing: Vec<page::Import>) -> Error {
    const NAMED: usize = 4;
    let names: Vec<_> =
        missing.iter().take(NAMED).map(|i| say!("`{}.{}`: {}", i.module, i.name, i.kind)).collect();
    let more = match missing.len().saturating_sub(NAMED) {
        0 => say!(""),
        more => say!(", and {more} more"),
    };
    let names = Sentence::list(names);
    let of_wasi = missing.iter().filter_map(wasi::why_not).take(NAMED);
    let of_wasi = of_wasi
        .map(|why| say!(" {why}"))
        .reduce(|one, next| say!("{one}{next}"))
        .unwrap_or_else(|| say!(""));
    let message = match missing.len() {
        1 => say!("The module asks for an import that nothing provides: {names}{more}.{of_wasi}"),
        n => say!("The module asks for {n} imports that nothing provides: {names}{more}.{of_wasi}"),
    };
    let has = |import: &page::Import| {
        wasi::functions(&import.module).any(|(name, _)| name == import.name)
    };
    if missing.iter().all(has) {
        let message = say!("The module asks WASI for another type than it has.{of_wasi}");
        return Error::new(ErrorCode::MissingImports, message)
            .help(say!("Declare the import with the type that WASI has."))
            .about(missing);
    }
    let functions = missing.iter().all(|i| matches!(i.kind, page::ExternType::Function { .. }));
    let mut error = Error::new(ErrorCode::MissingImports, message);
    if !functions {
        error = error.help(say!(
            "Only functions can be left out by letting unknown imports trap; memories, tables, \
             globals and tags cannot."
        ));
    }
    error.about(missing)
}
