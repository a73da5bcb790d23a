//! Converts Wasmer's types to those of the protocol.

use watshop_protocol::page::{Export, ExternType, Import, ValueType};
use watshop_protocol::value::ValueTypes;

/// The type of a value.
pub fn value_type(kind: wasmer::Type) -> ValueType {
    match kind {
        wasmer::Type::I32 => ValueType::I32,
        wasmer::Type::I64 => ValueType::I64,
        wasmer::Type::F32 => ValueType::F32,
        wasmer::Type::F64 => ValueType::F64,
        wasmer::Type::V128 => ValueType::V128,
        wasmer::Type::FuncRef => ValueType::FuncRef,
        wasmer::Type::ExternRef => ValueType::ExternRef,
        wasmer::Type::ExceptionRef => ValueType::ExnRef,
    }
}

/// The types of parameters or results.
pub fn value_types(kinds: &[wasmer::Type]) -> ValueTypes {
    kinds.iter().copied().map(value_type).collect()
}

/// The type of an import or an export.
pub fn extern_type(kind: &wasmer::ExternType) -> ExternType {
    match kind {
        wasmer::ExternType::Function(f) => ExternType::Function {
            params: value_types(f.params()),
            results: value_types(f.results()),
        },
        // Wasmer 7.5 has no memories with 64-bit addresses. Its compilers refuse or panic.
        wasmer::ExternType::Memory(m) => ExternType::Memory {
            minimum: m.minimum.0.into(),
            maximum: m.maximum.map(|pages| pages.0.into()),
            shared: m.shared,
            memory64: false,
        },
        wasmer::ExternType::Table(t) => ExternType::Table {
            element: value_type(t.ty),
            minimum: t.minimum.into(),
            maximum: t.maximum.map(u64::from),
        },
        wasmer::ExternType::Global(g) => ExternType::Global {
            value: value_type(g.ty),
            mutable: g.mutability == wasmer::Mutability::Var,
        },
        wasmer::ExternType::Tag(t) => ExternType::Tag { params: value_types(&t.params) },
    }
}

/// The type of an external of an instance. The minimum of a memory or table is its present size,
/// whatever was declared (specification, 4.2.8 and 4.2.9: instances carry a type that follows their
/// size).
pub fn type_of(item: &wasmer::Extern, store: &impl wasmer::AsStoreRef) -> ExternType {
    let declared = extern_type(&item.ty(store));
    match (item, declared) {
        (wasmer::Extern::Memory(memory), ExternType::Memory { maximum, shared, memory64, .. }) => {
            let minimum = memory.view(store).size().0.into();
            ExternType::Memory { minimum, maximum, shared, memory64 }
        }
        (wasmer::Extern::Table(table), ExternType::Table { element, maximum, .. }) => {
            ExternType::Table { element, minimum: table.size(store).into(), maximum }
        }
        (_, declared) => declared,
    }
}

/// The imports of a module, in order.
pub fn imports(module: &wasmer::Module) -> Vec<Import> {
    module.imports().map(|import| one_import(&import)).collect()
}

/// The exports of a module, in order.
pub fn exports(module: &wasmer::Module) -> Vec<Export> {
    let one = |export: wasmer::ExportType| Export {
        name: export.name().to_owned(),
        kind: extern_type(export.ty()),
    };
    module.exports().map(one).collect()
}

/// One import of a module.
pub fn one_import(import: &wasmer::ImportType) -> Import {
    Import {
        module: import.module().to_owned(),
        name: import.name().to_owned(),
        kind: extern_type(import.ty()),
    }
}
