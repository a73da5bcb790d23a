//! Makes memories, tables, globals and tags for a module.

use wasmer::{
    Extern, ExternType, Global, Memory, MemoryType, Mutability, Pages, Store, Table, TableType, Tag,
};
use watshop_protocol::page::{Init, Limits, Provider};
use watshop_protocol::{Sentence, say};

use super::cells;
use crate::types;

/// Makes an external for an import of this type. The provider was found to fit it.
///
/// # Errors
///
/// A sentence that says why the limits or the runtime do not permit it.
pub fn make(
    store: &mut Store,
    wanted: &ExternType,
    provider: &Provider,
    limits: Limits,
) -> Result<Extern, Sentence> {
    match (wanted, provider) {
        (_, Provider::Memory { minimum, .. }) if *minimum > limits.memory_pages => {
            Err(say!("{minimum} pages are more than the limit of {}.", limits.memory_pages))
        }
        (_, Provider::Table { minimum, .. }) if *minimum > limits.table_elements => {
            Err(say!("{minimum} elements are more than the limit of {}.", limits.table_elements))
        }
        (ExternType::Memory(_), Provider::Memory { minimum, maximum, shared, init }) => {
            let kind = MemoryType::new(Pages(*minimum), maximum.map(Pages), *shared);
            let memory = Memory::new(store, kind)
                .map_err(|error| say!("The memory cannot be made: {error}."))?;
            for (at, bytes) in Init::all(init, u64::from(*minimum) << 16)? {
                let written = memory.view(store).write(at.into(), &bytes);
                written.map_err(|error| say!("The memory cannot be filled: {error}."))?;
            }
            Ok(memory.into())
        }
        (ExternType::Table(wanted), Provider::Table { minimum, maximum }) => {
            let kind = TableType { minimum: *minimum, maximum: *maximum, ..*wanted };
            let null = cells::zero(types::value_type(wanted.ty));
            let table = Table::new(store, kind, null);
            Ok(table
                .map_err(|error| say!("The table cannot be made: {}.", error.message()))?
                .into())
        }
        (ExternType::Global(wanted), Provider::Global { value }) => {
            let value = cells::constant(types::value_type(wanted.ty), value)?;
            Ok(match wanted.mutability {
                Mutability::Const => Global::new(store, value),
                Mutability::Var => Global::new_mut(store, value),
            }
            .into())
        }
        (ExternType::Tag(wanted), Provider::Tag {}) => {
            Ok(Extern::Tag(Tag::new(store, wanted.params.clone())))
        }
        _ => Err(say!("It cannot provide an import of this kind.")),
    }
}
