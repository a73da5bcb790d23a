//! Changes the exports of an instance: globals and tables.

use wasmer::{AsStoreRef as _, Mutability, Table, Value as WasmerValue};
use watshop_protocol::page::{Error, ErrorCode, ExternType, Result, TableEntry, ValueType};
use watshop_protocol::say;

use crate::guest_instance::GuestInstance;
use crate::types;

/// Sets an exported global.
///
/// # Errors
///
/// `unknown_export`, `immutable`, or `argument_type` if the text is not a value of its type.
pub fn set_global(live: &mut GuestInstance, name: &str, text: &str) -> Result<()> {
    let Ok(global) = live.instance.exports.get_global(name).cloned() else {
        return Err(unknown_export_error(live, "global", name));
    };
    let kind = global.ty(&live.store);
    if kind.mutability != Mutability::Var {
        let message = say!("The global `{name}` is a constant: its type is not `(mut …)`.");
        return Err(Error::new(ErrorCode::Immutable, message)
            .help(say!("Declare it as mutable, with its own type: `(global (mut i32) …)`.")));
    }
    let value = parse(live, types::value_type(kind.ty), text)?;
    global
        .set(&mut live.store, value)
        .map_err(|error| refusal_error(&format!("The global `{name}`"), &error))
}

/// Sets an element of an exported table.
///
/// # Errors
///
/// `unknown_export` for the table or for the function, `not_a_function`, `out_of_bounds`,
/// `argument_type`, `immutable`.
pub fn set_element(
    live: &mut GuestInstance,
    name: &str,
    index: u32,
    entry: &TableEntry,
) -> Result<()> {
    let table = changeable(live, name)?;
    let size = table.size(&live.store);
    if index >= size {
        let last = size
            .checked_sub(1)
            .map_or("it is empty".to_owned(), |last| format!("its last is {last}"));
        let message = say!("The table `{name}` has no element {index}; {last}.");
        return Err(Error::new(ErrorCode::OutOfBounds, message)
            .help(say!("Grow the table, or choose another element.")));
    }
    let kind = types::value_type(table.ty(&live.store).ty);
    let value = match entry {
        TableEntry::Value(text) => parse(live, kind, text)?,
        TableEntry::Export(export) => function(live, export, kind)?,
    };
    table
        .set(&mut live.store, index, value)
        .map_err(|error| refusal_error(&format!("The table `{name}`"), &error))
}

/// Makes an exported table longer. The new elements are null references.
///
/// # Errors
///
/// `unknown_export`, `immutable`, or `table_limit` if it cannot be as long.
pub fn grow_table(live: &mut GuestInstance, name: &str, delta: u32) -> Result<()> {
    let table = changeable(live, name)?;
    let kind = table.ty(&live.store);
    let null = parse(live, types::value_type(kind.ty), "null")?;
    match table.grow(&mut live.store, delta, null) {
        Ok(_) => Ok(()),
        Err(_) => {
            let size = table.size(&live.store);
            let most =
                kind.maximum.map_or(String::new(), |most| format!(", and may have {most} at most"));
            let message =
                say!("The table `{name}` cannot grow by {delta}: it has {size} elements{most}.");
            Err(Error::new(ErrorCode::TableLimit, message)
                .help(say!("The maximum is that of the module or the limit, whichever is less.")))
        }
    }
}

fn changeable(live: &GuestInstance, name: &str) -> Result<Table> {
    let Ok(table) = live.instance.exports.get_table(name) else {
        return Err(unknown_export_error(live, "table", name));
    };
    if table.ty(&live.store.as_store_ref()).readonly {
        let message = say!(
            "The table `{name}` cannot be changed: nothing in the module changes it, so the compiler took it for constant."
        );
        return Err(Error::new(ErrorCode::Immutable, message).help(
            say!("Declare it with a larger maximum, as in `(table 4 8 funcref)`, or choose another compiler."),
        ));
    }
    Ok(table.clone())
}

/// A reference to an exported function.
fn function(live: &mut GuestInstance, export: &str, kind: ValueType) -> Result<WasmerValue> {
    if kind != ValueType::FuncRef {
        let message = say!("`{export}` is a function, and the table holds {}s.", kind.name());
        return Err(Error::new(ErrorCode::ArgumentType, message));
    }
    let function = crate::call::find(live, export)?;
    if live.references.knows(&live.instance, export) {
        return Ok(WasmerValue::FuncRef(Some(function)));
    }
    let message = say!("`{export}` is a function of the host, which a table cannot hold.");
    Err(Error::new(ErrorCode::ArgumentType, message))
}

fn parse(live: &mut GuestInstance, kind: ValueType, text: &str) -> Result<WasmerValue> {
    let GuestInstance { store, instance, functions, references, .. } = live;
    references
        .parse(store, instance, functions, kind, text)
        .map_err(|why| Error::new(ErrorCode::ArgumentType, say!("{^why}.")))
}

fn refusal_error(what: &str, error: &wasmer::RuntimeError) -> Error {
    Error::new(ErrorCode::ArgumentType, say!("{what} did not take the value: {}.", error.message()))
}

fn unknown_export_error(live: &GuestInstance, wanted: &str, name: &str) -> Error {
    let mut exports = live.instance.module().exports();
    let message = match exports.find(|export| export.name() == name) {
        Some(other) => {
            let kind: ExternType = types::extern_type(other.ty());
            say!("The export `{name}` is a {kind}, not a {wanted}.")
        }
        None => say!("The instance exports no {wanted} `{name}`."),
    };
    Error::new(ErrorCode::UnknownExport, message)
}
