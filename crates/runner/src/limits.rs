//! Limits the guest: its pages, table elements and stack.

use std::ptr::NonNull;
use std::sync::{Arc, Mutex, PoisonError};
use watshop_protocol::{Sentence, say};

use wasmer::sys::vm::{
    LinearMemory as _, MemoryError, MemoryStyle, TableStyle, ThreadConditions, VMConfig, VMExtern,
    VMGlobal, VMGlobalDefinition, VMMemory, VMMemoryDefinition, VMTable, VMTableDefinition,
};
use wasmer::sys::{BaseTunables, Tunables};
use wasmer::{AsStoreMut as _, Extern, Store};
use wasmer_types::{ExportIndex, GlobalType, MemoryType, ModuleInfo, Pages, TableType};
use watshop_protocol::page::{Limits, Result};

use crate::bound_memory::BoundMemory;
use crate::stop::Stop;
use crate::store_budget::StoreBudget;

/// The runtime's records of a module's externals, in the order of its index spaces, imports first.
#[derive(Default)]
pub struct Definitions {
    /// The base and length of each memory.
    pub memories: Vec<NonNull<VMMemoryDefinition>>,
    /// The base and length of each table.
    pub tables: Vec<NonNull<VMTableDefinition>>,
    /// The value of each global.
    pub globals: Vec<NonNull<VMGlobalDefinition>>,
    /// The conditions on which guests wait for atomic notifications.
    pub conditions: Vec<ThreadConditions>,
}

impl Definitions {
    /// Starts again with the imports of a module. Its own definitions follow when its instance is
    /// made. The conditions of other modules in the store stay.
    pub fn begin(&mut self, store: &mut Store, imported: &[Extern]) {
        self.memories.clear();
        self.tables.clear();
        self.globals.clear();
        for item in imported {
            let objects = store.objects_mut().as_sys();
            match item.to_vm_extern().unwrap_sys() {
                VMExtern::Memory(memory) => {
                    self.memories.push(memory.get(objects).vmmemory());
                }
                VMExtern::Table(table) => self.tables.push(table.get(objects).vmtable()),
                VMExtern::Global(global) => self.globals.push(global.get(objects).vmglobal()),
                VMExtern::Function(_) | VMExtern::Tag(_) => {}
            }
        }
    }
}

impl Definitions {
    /// The 32 bits of the last global of an instance with `count` globals. `None` if the instance
    /// has not got that far.
    #[expect(unsafe_code, reason = "the runtime's record of a global is read")]
    pub fn last_global(&self, count: usize) -> Option<u32> {
        let last = self.globals.last().filter(|_| self.globals.len() == count)?;
        // SAFETY: globals live as long as their instance's store, which is on this thread whenever
        // an instance is asked about. That includes an instance whose start function trapped
        // (wasmer 7.5, `Module::instantiate` of the backend `sys`, keeps it).
        Some(unsafe { last.as_ref().val.i32 }.cast_unsigned())
    }
}

#[expect(unsafe_code, reason = "pointers to the runtime's records are moved to another thread")]
// SAFETY: the pointers are only kept here. Code that follows one argues for itself that its store
// is alive.
unsafe impl Send for Definitions {}

/// Wasmer's tunables with a tab's limits. Wasmer asks them whenever it makes a memory, a table or a
/// stack.
pub struct LimitedTunables {
    base: BaseTunables,
    limits: Limits,
    stack: VMConfig,
    stop: Arc<Stop>,
    definitions: Arc<Mutex<Definitions>>,
    budget: Arc<StoreBudget>,
}

impl LimitedTunables {
    /// The tunables for the instances of one store. Their memories, tables and globals are noted in
    /// `definitions`.
    pub fn new(
        limits: Limits,
        budget: Arc<StoreBudget>,
        stop: Arc<Stop>,
        definitions: Arc<Mutex<Definitions>>,
    ) -> Self {
        Self {
            base: BaseTunables::new(),
            limits,
            budget,
            stack: VMConfig { wasm_stack_size: Some(stack_bytes(limits)) },
            stop,
            definitions,
        }
    }

    fn memory_type(&self, declared: &MemoryType) -> MemoryType {
        let most = Pages(self.limits.memory_pages).min(Pages::max_value());
        MemoryType {
            maximum: Some(declared.maximum.map_or(most, |own| own.min(most))),
            ..*declared
        }
    }

    /// The type of a table whose growth ends where its own maximum, the tab's limit or the room of
    /// the store does.
    fn table_type(&self, declared: &TableType) -> Result<TableType, String> {
        let most = self.limits.table_elements.min(MOST_ELEMENTS);
        let most = declared.maximum.map_or(most, |own| own.min(most));
        let maximum = self.budget.take_table(declared.minimum, most);
        let maximum = maximum.ok_or("all memories and tables together have reached their limit")?;
        Ok(TableType { maximum: Some(maximum), ..*declared })
    }

    fn note(&self, add: impl FnOnce(&mut Definitions)) {
        add(&mut self.definitions.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

/// The most elements of a table that Wasmer makes (`TABLE_MAX_SIZE` of wasmer-vm 7.5).
const MOST_ELEMENTS: u32 = 128 << 20;

/// The size of the guest's stack in bytes, within the bounds of the setting.
pub fn stack_bytes(limits: Limits) -> usize {
    let (least, most) = Limits::STACK_KIB.into_inner();
    limits.stack_kib.clamp(least, most) as usize * 1024
}

/// Rejects a module that declares more than the limits allow. The workbench does the same before it
/// compiles one. An artifact is checked only here.
///
/// # Errors
///
/// `memory_limit` or `table_limit`.
pub fn check(module: &ModuleInfo, limits: Limits) -> Result<()> {
    for (index, memory) in module.memories.iter().skip(module.num_imported_memories) {
        let is_it = |export: &ExportIndex| matches!(export, ExportIndex::Memory(m) if *m == index);
        let name = named(say!("memory"), index.as_u32(), module, is_it);
        limits.check_memory(&name, memory.minimum.0.into())?;
    }
    for (index, table) in module.tables.iter().skip(module.num_imported_tables) {
        let is_it = |export: &ExportIndex| matches!(export, ExportIndex::Table(t) if *t == index);
        let name = named(say!("table"), index.as_u32(), module, is_it);
        limits.check_table(&name, table.minimum.into())?;
    }
    Ok(())
}

fn named(
    kind: Sentence,
    index: u32,
    module: &ModuleInfo,
    is_it: impl Fn(&ExportIndex) -> bool,
) -> Sentence {
    match module.exports.iter().find(|(_, export)| is_it(export)) {
        Some((name, _)) => say!("{kind} `{name}`"),
        None => say!("{kind} {index}"),
    }
}

#[expect(unsafe_code, reason = "the functions of Wasmer's trait are unsafe")]
impl Tunables for LimitedTunables {
    fn memory_style(&self, memory: &MemoryType) -> MemoryStyle {
        self.base.memory_style(memory)
    }

    fn table_style(&self, table: &TableType) -> TableStyle {
        self.base.table_style(table)
    }

    fn create_host_memory(
        &self,
        ty: &MemoryType,
        style: &MemoryStyle,
    ) -> Result<VMMemory, MemoryError> {
        let memory = BoundMemory::make(ty.minimum, &self.budget, || {
            self.base.create_host_memory(&self.memory_type(ty), style)
        })?;
        if let Some(conditions) = memory.thread_conditions() {
            self.stop.add_conditions(conditions.clone());
            self.note(|made| made.conditions.push(conditions.clone()));
        }
        Ok(memory)
    }

    unsafe fn create_vm_memory(
        &self,
        ty: &MemoryType,
        style: &MemoryStyle,
        at: NonNull<VMMemoryDefinition>,
    ) -> Result<VMMemory, MemoryError> {
        let memory = BoundMemory::make(ty.minimum, &self.budget, || {
            // SAFETY: the caller's promise about `at` is passed on.
            unsafe { self.base.create_vm_memory(&self.memory_type(ty), style, at) }
        })?;
        let conditions = memory.thread_conditions().cloned();
        if let Some(conditions) = &conditions {
            self.stop.add_conditions(conditions.clone());
        }
        self.note(|made| {
            made.memories.push(at);
            made.conditions.extend(conditions);
        });
        Ok(memory)
    }

    fn create_host_table(&self, ty: &TableType, style: &TableStyle) -> Result<VMTable, String> {
        self.base.create_host_table(&self.table_type(ty)?, style)
    }

    unsafe fn create_vm_table(
        &self,
        ty: &TableType,
        style: &TableStyle,
        at: NonNull<VMTableDefinition>,
    ) -> Result<VMTable, String> {
        let limited = self.table_type(ty)?;
        // SAFETY: the caller's promise about `at` is passed on.
        let table = unsafe { self.base.create_vm_table(&limited, style, at) }?;
        self.note(|made| made.tables.push(at));
        Ok(table)
    }

    unsafe fn create_vm_global(
        &self,
        ty: GlobalType,
        at: NonNull<VMGlobalDefinition>,
    ) -> Result<VMGlobal, String> {
        // SAFETY: the caller's promise about `at` is passed on.
        let global = unsafe { self.base.create_vm_global(ty, at) }?;
        self.note(|made| made.globals.push(at));
        Ok(global)
    }

    /// Wasmer's limit is one for all tables of a module together. Ours is one for each table, and
    /// is part of its type.
    fn max_table_elements(&self) -> u32 {
        u32::MAX
    }

    fn vmconfig(&self) -> &VMConfig {
        &self.stack
    }
}
