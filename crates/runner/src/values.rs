//! Converts values between the protocol's text and Wasmer, bit for bit.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use watshop_protocol::Sentence;
use watshop_protocol::say;

use wasmer::sys::vm::{VMExtern, VMFunctionKind};
use wasmer::{AsStoreMut, Extern, ExternRef, Function, Store, Value as WasmerValue};
use wasmer_types::{ExportIndex, RawValue};
use watshop_protocol::page::{Error, ErrorCode, Result, Value, ValueType};
use watshop_protocol::value::{self, Bits};

use crate::functions::FunctionIndices;
use crate::types;

/// The raw form of each host reference, and its number. It is also read while the guest runs.
pub type ExternNumbers = Arc<Mutex<HashMap<usize, u32>>>;

/// The references that have passed between an instance and its host.
#[derive(Default)]
pub struct References {
    functions: HashMap<u32, Function>,
    externs: HashMap<u32, ExternRef>,
    numbers: ExternNumbers,
}

impl References {
    /// The references of an instance, which are at first its exported functions.
    pub fn of(instance: &wasmer::Instance, all: &FunctionIndices) -> Self {
        let mut functions = HashMap::new();
        for (name, index) in &instance.module().info().exports {
            let ExportIndex::Function(index) = index else { continue };
            if let Ok(function) = instance.exports.get_function(name)
                && all.has_reference(index.as_u32())
            {
                functions.insert(index.as_u32(), function.clone());
            }
        }
        Self { functions, ..Self::default() }
    }

    /// True if the exported function of this name can be passed to the guest as a reference.
    pub fn knows(&self, instance: &wasmer::Instance, export: &str) -> bool {
        match instance.module().info().exports.get(export) {
            Some(ExportIndex::Function(index)) => self.functions.contains_key(&index.as_u32()),
            _ => false,
        }
    }

    /// The numbers of the host references, to be read while the guest runs.
    pub fn numbers(&self) -> ExternNumbers {
        self.numbers.clone()
    }

    fn extern_ref(&mut self, store: &mut Store, number: u32) -> ExternRef {
        let made =
            self.externs.entry(number).or_insert_with(|| ExternRef::new(store, number)).clone();
        let raw = raw_reference(WasmerValue::ExternRef(Some(made.clone())).as_raw(store));
        self.numbers.lock().unwrap_or_else(PoisonError::into_inner).insert(raw, number);
        made
    }

    /// The function `index`, if it has ever come out of the instance: by an export, an exported
    /// table or a result.
    fn function(
        &mut self,
        store: &mut Store,
        instance: &wasmer::Instance,
        all: &FunctionIndices,
        index: u32,
    ) -> Option<Function> {
        if !self.functions.contains_key(&index) {
            self.look_into_tables(store, instance, all);
        }
        self.functions.get(&index).cloned()
    }

    fn look_into_tables(
        &mut self,
        store: &mut Store,
        instance: &wasmer::Instance,
        all: &FunctionIndices,
    ) {
        for (_, table) in instance.exports.iter().tables() {
            let elements =
                if table.ty(store).ty == wasmer::Type::FuncRef { table.size(store) } else { 0 };
            for at in 0..elements {
                if let Some(WasmerValue::FuncRef(Some(function))) = table.get(store, at) {
                    self.remember(store, all, function);
                }
            }
        }
    }

    fn remember(
        &mut self,
        store: &mut Store,
        all: &FunctionIndices,
        function: Function,
    ) -> Option<u32> {
        let raw = raw_reference(WasmerValue::FuncRef(Some(function.clone())).as_raw(store));
        #[expect(unsafe_code, reason = "the runtime's record of a function is read")]
        // SAFETY: the reference is one of this store, which is alive.
        let index = unsafe { all.index_of(raw) }?;
        self.functions.entry(index).or_insert(function);
        Some(index)
    }

    /// Reads the text of an argument. The error is only about the text.
    ///
    /// # Errors
    ///
    /// A sentence for a person.
    pub fn parse(
        &mut self,
        store: &mut Store,
        instance: &wasmer::Instance,
        all: &FunctionIndices,
        kind: ValueType,
        text: &str,
    ) -> Result<WasmerValue, Sentence> {
        Ok(match value::parse(kind, text).map_err(|error| error.sentence())? {
            Bits::I32(bits) => WasmerValue::I32(bits as i32),
            Bits::I64(bits) => WasmerValue::I64(bits as i64),
            Bits::F32(bits) => WasmerValue::F32(f32::from_bits(bits)),
            Bits::F64(bits) => WasmerValue::F64(f64::from_bits(bits)),
            Bits::V128(bits) => WasmerValue::V128(bits),
            Bits::ExnRef => WasmerValue::ExceptionRef(None),
            Bits::ExternRef(None) => WasmerValue::ExternRef(None),
            Bits::ExternRef(Some(number)) => {
                WasmerValue::ExternRef(Some(self.extern_ref(store, number)))
            }
            Bits::FuncRef(None) => WasmerValue::FuncRef(None),
            Bits::FuncRef(Some(index)) => match self.function(store, instance, all, index) {
                Some(function) => WasmerValue::FuncRef(Some(function)),
                None => {
                    return Err(say!(
                        "function {index} cannot be given: only functions that the module exports, by name \
                         or in a table, or has returned can"
                    ));
                }
            },
        })
    }

    /// The text of a value.
    pub fn print(
        &mut self,
        store: &mut Store,
        all: &FunctionIndices,
        value: &WasmerValue,
    ) -> Value {
        let text = match value {
            WasmerValue::I32(v) => value::print(Bits::I32(*v as u32)),
            WasmerValue::I64(v) => value::print(Bits::I64(*v as u64)),
            WasmerValue::F32(v) => value::print(Bits::F32(v.to_bits())),
            WasmerValue::F64(v) => value::print(Bits::F64(v.to_bits())),
            WasmerValue::V128(v) => value::print(Bits::V128(*v)),
            WasmerValue::FuncRef(None) => value::print(Bits::FuncRef(None)),
            WasmerValue::FuncRef(Some(function)) => {
                match self.remember(store, all, function.clone()) {
                    Some(index) => value::print(Bits::FuncRef(Some(index))),
                    None => FOREIGN_FUNCTION.to_owned(),
                }
            }
            WasmerValue::ExternRef(None) => value::print(Bits::ExternRef(None)),
            WasmerValue::ExternRef(Some(reference)) => match reference.downcast::<u32>(store) {
                Some(number) => value::print(Bits::ExternRef(Some(*number))),
                None => FOREIGN_REFERENCE.to_owned(),
            },
            WasmerValue::ExceptionRef(None) => value::print(Bits::ExnRef),
            WasmerValue::ExceptionRef(Some(_)) => EXCEPTION.to_owned(),
        };
        Value { kind: types::value_type(value.ty()), value: text }
    }
}

/// The text of a reference to a function that is not of the module. It cannot be given back.
pub const FOREIGN_FUNCTION: &str = "func of the host";

/// The text of a reference to an object that JavaScript made. It cannot be given back.
pub const FOREIGN_REFERENCE: &str = "extern of JavaScript";

/// The text of a reference to an exception. It cannot be given back.
pub const EXCEPTION: &str = "exn";

/// The bits of a reference.
#[expect(unsafe_code, reason = "a field of a union is read")]
pub fn raw_reference(raw: RawValue) -> usize {
    // SAFETY: every field of the union is plain data, and `as_raw` of a reference fills this one.
    unsafe { raw.funcref }
}

/// The raw form of a function reference. `None` for a function made from a closure. The guest
/// reaches it by a trampoline of the module, and Wasmer has no reference of its own to it.
pub fn raw_function(store: &mut impl AsStoreMut, function: &Function) -> Option<usize> {
    let VMExtern::Function(handle) = Extern::Function(function.clone()).to_vm_extern().unwrap_sys()
    else {
        return None;
    };
    let kind = handle.get(store.objects_mut().as_sys()).kind;
    (kind == VMFunctionKind::Static)
        .then(|| raw_reference(WasmerValue::FuncRef(Some(function.clone())).as_raw(store)))
}

/// Checks the number of arguments.
///
/// # Errors
///
/// `argument_count` if the numbers differ.
pub fn check_count(export: &str, params: &[ValueType], given: usize) -> Result<()> {
    if params.len() == given {
        return Ok(());
    }
    let types: Vec<_> = params.iter().map(|p| p.name()).collect();
    let takes = match params.len() {
        0 => "no arguments".to_owned(),
        1 => format!("1 argument ({})", types[0]),
        n => format!("{n} arguments ({})", types.join(", ")),
    };
    let was = match given {
        0 => "none was given".to_owned(),
        1 => "1 was given".to_owned(),
        n => format!("{n} were given"),
    };
    Err(Error::new(ErrorCode::ArgumentCount, say!("`{export}` takes {takes}, and {was}.")))
}
