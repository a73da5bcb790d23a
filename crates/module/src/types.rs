//! Converts the parser's types to those of the contract.

use std::cell::OnceCell;

use wasmparser::{
    AbstractHeapType, CompositeInnerType, FuncType, HeapType, RefType, SubType, TableType, ValType,
};
use watshop_protocol::page::{Error, ErrorCode, ExternType, Result, ValueType};
use watshop_protocol::value::ValueTypes;
use watshop_protocol::{Sentence, say};

/// The type index space of a module. Types that are not function types have their index too. Each
/// has its form in the contract from its first use on, so that all uses share its memory.
#[derive(Default)]
pub(crate) struct Types(Vec<Option<(FuncType, OnceCell<ExternType>)>>);

impl Types {
    pub(crate) fn push(&mut self, sub: SubType) {
        self.0.push(match sub.composite_type.inner {
            CompositeInnerType::Func(function) => Some((function, OnceCell::new())),
            _ => None,
        });
    }

    pub(crate) fn function(&self, index: u32) -> Result<ExternType> {
        let (function, made) = self.get(index)?;
        if let Some(made) = made.get() {
            return Ok(made.clone());
        }
        let kind = ExternType::Function {
            params: self.values(function.params())?,
            results: self.values(function.results())?,
        };
        Ok(made.get_or_init(|| kind).clone())
    }

    pub(crate) fn tag(&self, index: u32) -> Result<ExternType> {
        Ok(ExternType::Tag { params: self.values(self.get(index)?.0.params())? })
    }

    pub(crate) fn table(&self, table: &TableType) -> Result<ExternType> {
        Ok(ExternType::Table {
            element: self.reference(table.element_type)?,
            minimum: table.initial,
            maximum: table.maximum,
        })
    }

    pub(crate) fn global(&self, global: wasmparser::GlobalType) -> Result<ExternType> {
        Ok(ExternType::Global { value: self.value(global.content_type)?, mutable: global.mutable })
    }

    fn get(&self, index: u32) -> Result<&(FuncType, OnceCell<ExternType>)> {
        self.0.get(index as usize).and_then(Option::as_ref).ok_or_else(|| {
            invalid_error(say!("The module has no function type {index}, but refers to it."))
        })
    }

    fn values(&self, types: &[ValType]) -> Result<ValueTypes> {
        types.iter().map(|value| self.value(*value)).collect()
    }

    fn value(&self, value: ValType) -> Result<ValueType> {
        Ok(match value {
            ValType::I32 => ValueType::I32,
            ValType::I64 => ValueType::I64,
            ValType::F32 => ValueType::F32,
            ValType::F64 => ValueType::F64,
            ValType::V128 => ValueType::V128,
            ValType::Ref(reference) => self.reference(reference)?,
        })
    }

    /// A typed function reference is a `funcref` here, whatever it points at and whether or not it
    /// may be null. The contract has no finer type, and Wasmer 7.5 runs no module that needs one.
    fn reference(&self, reference: RefType) -> Result<ValueType> {
        let unknown = || {
            invalid_error(say!(
                "The type `{reference}` is of a proposal that Wasmer 7.5 does not have."
            ))
        };
        match reference.heap_type() {
            HeapType::Abstract { ty, .. } => match ty {
                AbstractHeapType::Func | AbstractHeapType::NoFunc => Ok(ValueType::FuncRef),
                AbstractHeapType::Extern | AbstractHeapType::NoExtern => Ok(ValueType::ExternRef),
                AbstractHeapType::Exn | AbstractHeapType::NoExn => Ok(ValueType::ExnRef),
                _ => Err(unknown()),
            },
            HeapType::Concrete(index) | HeapType::Exact(index) => {
                let index = index.as_module_index().ok_or_else(unknown)?;
                self.get(index).map(|_| ValueType::FuncRef).map_err(|_| unknown())
            }
        }
    }
}

pub(crate) fn memory(memory: wasmparser::MemoryType) -> ExternType {
    ExternType::Memory {
        minimum: memory.initial,
        maximum: memory.maximum,
        shared: memory.shared,
        memory64: memory.memory64,
    }
}

pub(crate) fn invalid_error(message: Sentence) -> Error {
    Error::new(ErrorCode::InvalidModule, message)
}
