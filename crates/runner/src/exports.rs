//! Reads the exports of an instance as they are now, also while the guest runs.

use std::collections::HashSet;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicPtr, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use watshop_protocol::say;

use wasmer::sys::vm::{VMGlobalDefinition, VMTableDefinition};
use wasmer_types::{ExportIndex, FunctionIndex, entity::EntityRef};
use watshop_protocol::page::{
    CodeView, Error, ErrorCode, Export, ExportList, ExportState, ExternType, FunctionCode,
    InstructionCounts, Result, TableElement, Value, ValueType,
};
use watshop_protocol::shown::bounded_names;
use watshop_protocol::value::{self, Bits};

use crate::functions::FunctionIndices;
use crate::limits::Definitions;
use crate::snapshots::Snapshots;
use crate::values::{EXCEPTION, ExternNumbers, FOREIGN_FUNCTION, FOREIGN_REFERENCE};
use crate::{counts, memory, notes, types};

/// A view of an instance for the answering thread.
///
/// It reads the runtime's own records of memories, tables and globals, as compiled code does. While
/// the guest runs, a value is that of the moment. A value that code holds in a register is not seen
/// until it is written, and a v128 may be half old while it is written.
///
/// # Safety of the pointers inside
///
/// The pointers lead into the instance, which lives as long as its store. The guest thread puts a
/// window into [`SharedView`] after the instance is made, and takes it out before the store is dropped.
pub struct LiveInstance {
    module: wasmer::Module,
    definitions: Arc<Mutex<Definitions>>,
    functions: Arc<FunctionIndices>,
    externs: ExternNumbers,
    /// The names `module.name` of the imported memories, which are the first of all its memories.
    imported: Vec<String>,
    number: u64,
    /// The snapshots of its memories.
    pub snapshots: Snapshots,
}

/// The place in which the guest thread leaves the window for the answering thread. It is empty
/// while there is no instance.
pub type SharedView = Mutex<Option<LiveInstance>>;

/// The error of a request that needs an instance or a module, but there is none.
pub fn no_instance_error() -> Error {
    Error::new(
        ErrorCode::NoInstance,
        say!("There is no instance here: nothing has run yet, or its process has ended."),
    )
}

impl LiveInstance {
    /// The view of an instance whose memories, tables and globals are at `definitions`.
    pub fn new(
        module: wasmer::Module,
        definitions: Arc<Mutex<Definitions>>,
        functions: Arc<FunctionIndices>,
        externs: ExternNumbers,
    ) -> Self {
        static LAST: AtomicU64 = AtomicU64::new(0);
        let number = LAST.fetch_add(1, Ordering::Relaxed);
        let imported = imported_memories(&module);
        Self {
            module,
            definitions,
            functions,
            externs,
            imported,
            number,
            snapshots: Snapshots::default(),
        }
    }

    /// The names of its first memories: the exported ones, then those that the module imports and
    /// does not export.
    pub fn memories(&self) -> Vec<String> {
        let mut exported = Vec::new();
        let mut seen = HashSet::new();
        for (name, index) in &self.module.info().exports {
            if let ExportIndex::Memory(index) = index {
                seen.insert(index.index());
                exported.push(name.clone());
            }
        }
        let own = self.imported.iter().enumerate().filter(|(at, _)| !seen.contains(at));
        let own = own.map(|(_, name)| name.clone());
        bounded_names(exported.into_iter().chain(own))
    }

    /// A number that no window on another instance has.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The first exports, in order.
    pub fn exports(&self) -> ExportList {
        self.list(self.module.info().exports.len(), |_, _| true, 0)
    }

    /// The exports of a request, in order.
    pub fn find(&self, wanted: &str, functions: bool, from: u32) -> ExportList {
        let letters = wanted.to_lowercase();
        let fits = |name: &str, index: ExportIndex| {
            (!functions || matches!(index, ExportIndex::Function(_)))
                && name.to_lowercase().contains(&letters)
        };
        let exports = self.module.info().exports.iter();
        let count = exports.filter(|(name, index)| fits(name, **index)).count();
        self.list(count, fits, from)
    }

    /// The exports that fit, after the first ones.
    fn list(
        &self,
        count: usize,
        fits: impl Fn(&str, ExportIndex) -> bool,
        from: u32,
    ) -> ExportList {
        let definitions = self.definitions.lock().unwrap_or_else(PoisonError::into_inner);
        let exports = self.module.exports().zip(self.module.info().exports.values());
        let found = exports.filter(|(export, index)| fits(export.name(), **index));
        let states = found.skip(from as usize).map(|(export, index)| {
            let kind = types::extern_type(export.ty());
            let (size, value) = self.state(&definitions, *index, &kind);
            ExportState { export: Export { name: export.name().to_owned(), kind }, value, size }
        });
        ExportList::part(count, states)
    }

    /// The size of the machine code of each of the module's own functions, largest first.
    pub fn code(&self) -> CodeView {
        /// The most rows. A large module has tens of thousands of functions, too many to read.
        const MOST: usize = 2000;
        let info = self.module.info();
        let extents =
            self.module.sys_artifact().and_then(|artifact| artifact.finished_function_extents());
        let own = notes::of(info).functions as usize;
        let mut functions: Vec<_> = extents
            .into_iter()
            .flatten()
            .map(|(local, extent)| (info.func_index(local), extent))
            // The functions behind are not the module's own. They were added to it.
            .filter(|(index, _)| index.index() < own)
            .map(|(index, extent)| (index, u32::try_from(extent.length).unwrap_or(u32::MAX)))
            .collect();
        functions.sort_by_key(|(index, size)| (std::cmp::Reverse(*size), *index));
        let size = functions.iter().map(|(_, size)| u64::from(*size)).sum();
        let count = u32::try_from(functions.len()).unwrap_or(u32::MAX);
        functions.truncate(MOST);
        let functions = functions.into_iter().map(|(index, size)| FunctionCode {
            index: index.as_u32(),
            name: self.functions.name(index),
            size,
        });
        CodeView { functions: functions.collect(), count, size, passport: None }
    }

    /// The instructions of the last call by function.
    pub fn counts(&self) -> InstructionCounts {
        let definitions = self.definitions.lock().unwrap_or_else(PoisonError::into_inner);
        counts::list(self.module.info(), &definitions, &self.functions)
    }

    /// The pages and some bytes of a memory, see [`LiveInstance::extent`].
    ///
    /// # Errors
    ///
    /// `unknown_export`, `out_of_bounds`, or `bad_request` if too many bytes are requested.
    pub fn memory(&self, name: &str, offset: u64, length: u32) -> Result<(u64, Vec<u8>)> {
        let extent = self.extent(name)?;
        let bytes = memory::read(extent, offset, length)?;
        Ok(((extent.1 / memory::PAGE) as u64, bytes))
    }

    /// The base and length of a memory at this moment. An exported memory has its own name, an
    /// imported one the name `module.name`. They are valid for as long as the instance is held.
    ///
    /// # Errors
    ///
    /// `unknown_export`.
    pub fn extent(&self, name: &str) -> Result<(usize, usize)> {
        let info = self.module.info();
        let definitions = self.definitions.lock().unwrap_or_else(PoisonError::into_inner);
        let found = match info.exports.get(name) {
            Some(ExportIndex::Memory(index)) => Some(index.index()),
            _ => self.imported.iter().position(|imported| imported == name),
        };
        let at = found.and_then(|index| definitions.memories.get(index)).ok_or_else(|| {
            let why = say!("The instance exports and imports no memory `{name}`.");
            Error::new(ErrorCode::UnknownExport, why)
        })?;
        #[expect(unsafe_code, reason = "the runtime's record of a memory is read")]
        // SAFETY: see the type: while this window can be reached, the store is alive.
        Ok(unsafe { memory::extent(*at) })
    }

    /// The size of an exported table, and the elements of the range that it has.
    ///
    /// # Errors
    ///
    /// `unknown_export`.
    pub fn table(&self, name: &str, offset: u32, length: u32) -> Result<(u32, Vec<TableElement>)> {
        let info = self.module.info();
        let definitions = self.definitions.lock().unwrap_or_else(PoisonError::into_inner);
        let found = match info.exports.get(name) {
            Some(ExportIndex::Table(index)) => {
                definitions.tables.get(index.index()).zip(info.tables.get(*index))
            }
            _ => None,
        };
        let (at, kind) = found.ok_or_else(|| {
            Error::new(ErrorCode::UnknownExport, say!("The instance exports no table `{name}`."))
        })?;
        let kind = types::value_type(kind.ty);
        #[expect(unsafe_code, reason = "the runtime's record of a table is read")]
        // SAFETY: see the type.
        let (size, raw) = unsafe { piece(*at, offset, length) }?;
        let elements = raw.into_iter().map(|raw| {
            let index = (kind == ValueType::FuncRef && raw != 0)
                .then(|| self.functions.index_at(raw))
                .flatten();
            let name = index.and_then(|index| self.functions.name(FunctionIndex::from_u32(index)));
            let value = match (kind, raw, index) {
                (ValueType::FuncRef, 1.., None) => FOREIGN_FUNCTION.to_owned(),
                (ValueType::FuncRef, ..) => value::print(Bits::FuncRef(index)),
                _ => return TableElement { value: self.print(kind, raw as u128), name },
            };
            TableElement { value: Value { kind, value }, name }
        });
        Ok((size, elements.collect()))
    }

    fn state(
        &self,
        definitions: &Definitions,
        index: ExportIndex,
        kind: &ExternType,
    ) -> (Option<u64>, Option<Value>) {
        match (index, kind) {
            (ExportIndex::Memory(index), _) => {
                let at = definitions.memories.get(index.index());
                #[expect(unsafe_code, reason = "the runtime's record of a memory is read")]
                // SAFETY: see the type.
                let pages = at.map(|at| unsafe { memory::extent(*at) }.1 / memory::PAGE);
                (pages.map(|pages| pages as u64), None)
            }
            (ExportIndex::Table(index), _) => {
                let at = definitions.tables.get(index.index());
                #[expect(unsafe_code, reason = "the runtime's record of a table is read")]
                // SAFETY: see the type.
                let size = at.map(|at| unsafe { elements(*at) });
                (size.map(u64::from), None)
            }
            (ExportIndex::Global(index), ExternType::Global { value: kind, .. }) => {
                let at = definitions.globals.get(index.index());
                #[expect(unsafe_code, reason = "the runtime's record of a global is read")]
                // SAFETY: see the type.
                let bits = at.map(|at| unsafe { global(*at) });
                (None, bits.map(|bits| self.print(*kind, bits)))
            }
            _ => (None, None),
        }
    }

    fn print(&self, kind: ValueType, bits: u128) -> Value {
        let value = match kind {
            ValueType::I32 => value::print(Bits::I32(bits as u32)),
            ValueType::I64 => value::print(Bits::I64(bits as u64)),
            ValueType::F32 => value::print(Bits::F32(bits as u32)),
            ValueType::F64 => value::print(Bits::F64(bits as u64)),
            ValueType::V128 => value::print(Bits::V128(bits)),
            ValueType::FuncRef => match bits as usize {
                0 => value::print(Bits::FuncRef(None)),
                #[expect(unsafe_code, reason = "the runtime's record of a function is read")]
                // SAFETY: the guest keeps its function references in this global; see the type.
                raw => match unsafe { self.functions.index_of(raw) } {
                    Some(index) => value::print(Bits::FuncRef(Some(index))),
                    None => FOREIGN_FUNCTION.to_owned(),
                },
            },
            ValueType::ExternRef if bits as usize == 0 => value::print(Bits::ExternRef(None)),
            ValueType::ExternRef => {
                let numbers = self.externs.lock().unwrap_or_else(PoisonError::into_inner);
                match numbers.get(&(bits as usize)) {
                    Some(number) => value::print(Bits::ExternRef(Some(*number))),
                    None => FOREIGN_REFERENCE.to_owned(),
                }
            }
            // Wasmer numbers exceptions from 1, and 0 is null.
            ValueType::ExnRef if bits as u32 != 0 => EXCEPTION.to_owned(),
            ValueType::ExnRef => value::print(Bits::ExnRef),
        };
        Value { kind, value }
    }
}

/// The names of the memories that a module imports, in the order of its memories. If an exported or
/// an earlier memory has the name `module.name` too, the memory's number follows it. So a name
/// means one memory.
pub fn imported_memories(module: &wasmer::Module) -> Vec<String> {
    let is_memory = |kind: &wasmer::ExternType| matches!(kind, wasmer::ExternType::Memory(_));
    let exported = module.exports().filter(|export| is_memory(export.ty()));
    let mut taken: HashSet<String> = exported.map(|export| export.name().to_owned()).collect();
    let imported = module.imports().filter(|import| is_memory(import.ty()));
    let named = imported.enumerate().map(|(number, import)| {
        let mut name = format!("{}.{}", import.module(), import.name());
        while !taken.insert(name.clone()) {
            name = format!("{name} (memory {number})");
        }
        name
    });
    named.collect()
}

/// The size of a table, and the raw references of some elements.
///
/// If the guest grows the table, its elements move. So size and place must be the same after the
/// copy. The kernel copies, so that a place that is gone gives an error and not a crash.
///
/// # Safety
///
/// The table's store is alive.
#[expect(unsafe_code, reason = "the runtime's record of a table is read")]
unsafe fn piece(
    of: NonNull<VMTableDefinition>,
    offset: u32,
    length: u32,
) -> Result<(u32, Vec<usize>)> {
    const WIDTH: usize = size_of::<usize>();
    const ATTEMPTS: usize = 100;
    let now = || {
        // SAFETY: as in `elements`.
        let base =
            unsafe { AtomicPtr::from_ptr(&raw mut (*of.as_ptr()).base).load(Ordering::Acquire) };
        // SAFETY: the caller's promise.
        (base as usize, unsafe { elements(of) })
    };
    for _ in 0..ATTEMPTS {
        let (base, size) = now();
        let count = size.saturating_sub(offset).min(length);
        let place = (base, size as usize * WIDTH);
        let bytes =
            memory::read(place, u64::from(offset.min(size)) * WIDTH as u64, count * WIDTH as u32);
        if now() == (base, size) {
            let words = bytes?
                .chunks_exact(WIDTH)
                .map(|word| {
                    let mut raw = [0; WIDTH];
                    raw.copy_from_slice(word);
                    usize::from_ne_bytes(raw)
                })
                .collect();
            return Ok((size, words));
        }
    }
    Err(Error::new(ErrorCode::Busy, say!("The table grows faster than it can be read."))
        .help(say!("Try again.")))
}

/// # Safety
///
/// The table's store is alive.
#[expect(unsafe_code, reason = "the runtime's record of a table is read")]
unsafe fn elements(of: NonNull<VMTableDefinition>) -> u32 {
    // SAFETY: aligned, alive, and read as an atomic because the guest's thread may grow the table.
    unsafe { AtomicU32::from_ptr(&raw mut (*of.as_ptr()).current_elements).load(Ordering::Acquire) }
}

/// # Safety
///
/// The global's store is alive.
#[expect(unsafe_code, reason = "the runtime's record of a global is read")]
unsafe fn global(of: NonNull<VMGlobalDefinition>) -> u128 {
    let at = of.as_ptr().cast::<u64>();
    // SAFETY: 16 bytes, aligned to 16 (`VMGlobalDefinition` is `repr(align(16))`) and set when the
    // global was made; read as atomics because the guest's thread may write them.
    let (low, high) = unsafe {
        (
            AtomicU64::from_ptr(at).load(Ordering::Acquire),
            AtomicU64::from_ptr(at.add(1)).load(Ordering::Acquire),
        )
    };
    #[cfg(target_endian = "big")]
    compile_error!("the halves of a global lie the other way round");
    u128::from(low) | u128::from(high) << 64
}
