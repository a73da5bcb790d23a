//! Maps function references to the numbers that people know.

use std::collections::HashMap;
use std::sync::OnceLock;

use wasmer::sys::vm::VMCallerCheckedAnyfunc;
use wasmer_types::{ExportIndex, FunctionIndex, ModuleInfo};

use crate::{memory, notes};

/// Finds the index of a function from a reference to it in a global, a table or a result.
pub struct FunctionIndices {
    module: wasmer::Module,
    /// The raw reference of each imported function, in order. `None` for a function that has none
    /// of its own.
    imported: Vec<Option<usize>>,
    /// The address of each function's code and its index. The map is made at the first question.
    by_code: OnceLock<HashMap<usize, u32>>,
}

impl FunctionIndices {
    /// Maps the functions of an instance of a module. `imported` has the raw references of its
    /// imported functions. A function made from a closure has none, because the guest reaches it by
    /// a trampoline of the module.
    pub fn new(module: wasmer::Module, imported: Vec<Option<usize>>) -> Self {
        Self { module, imported, by_code: OnceLock::new() }
    }

    /// The index of the function behind a raw, non-null reference of this instance's store. `None`
    /// for a function that is not of the module.
    ///
    /// # Safety
    ///
    /// `raw` was read from a place in which the guest keeps function references, and its store is
    /// alive.
    #[expect(unsafe_code, reason = "the runtime's record of a function is read")]
    pub unsafe fn index_of(&self, raw: usize) -> Option<u32> {
        if let Some(index) = self.imported.iter().position(|r| *r == Some(raw)) {
            return u32::try_from(index).ok();
        }
        // SAFETY: a function reference is a pointer to such a record. Records never change and are
        // freed with the store, which the caller keeps alive.
        let code = unsafe { (*(raw as *const VMCallerCheckedAnyfunc)).func_ptr } as usize;
        self.by_code.get_or_init(|| self.find_code()).get(&code).copied()
    }

    /// The index behind a reference that was read while the guest ran, and that may be invalid. The
    /// kernel reads the record, so that an invalid pointer gives `None`.
    pub fn index_at(&self, raw: usize) -> Option<u32> {
        if let Some(index) = self.imported.iter().position(|r| *r == Some(raw)) {
            return u32::try_from(index).ok();
        }
        let mut code = [0; size_of::<usize>()];
        let at = raw.checked_add(std::mem::offset_of!(VMCallerCheckedAnyfunc, func_ptr))?;
        memory::read_into((at, code.len()), 0, &mut code).ok()?;
        self.by_code.get_or_init(|| self.find_code()).get(&usize::from_ne_bytes(code)).copied()
    }

    /// True if an imported function can be passed to the guest as a reference.
    pub fn has_reference(&self, index: u32) -> bool {
        self.imported.get(index as usize).is_none_or(Option::is_some)
    }

    /// The name of a function: its name in the name section, or one of its exports in quotes, as in
    /// a text.
    pub fn name_of(info: &ModuleInfo, wanted: FunctionIndex) -> Option<String> {
        let of =
            |index: &ExportIndex| matches!(index, ExportIndex::Function(index) if *index == wanted);
        let exported = || {
            info.exports.iter().find(|(_, index)| of(index)).map(|(name, _)| format!("\"{name}\""))
        };
        info.function_names.get(&wanted).cloned().or_else(exported)
    }

    fn find_code(&self) -> HashMap<usize, u32> {
        let Some(artifact) = self.module.sys_artifact() else { return HashMap::new() };
        let info = self.module.info();
        let notes = notes::of(info);
        let added = info.functions.len() - notes.forwarded.len();
        // A function that was added to call an imported one stands for that one.
        let index_of = |local| {
            let index = info.func_index(local).as_u32();
            let import = (index as usize).checked_sub(added).and_then(|at| notes.forwarded.get(at));
            import.copied().unwrap_or(index)
        };
        let own = artifact.finished_functions().iter();
        let own = own.map(|(local, code)| (code.0 as usize, index_of(local)));
        let trampolines = artifact.finished_dynamic_function_trampolines().iter();
        own.chain(trampolines.map(|(index, code)| (code.0 as usize, index.as_u32()))).collect()
    }
}
