//! Maps function references to the numbers that people know.

use std::collections::HashMap;
use std::sync::OnceLock;

use wasmer::sys::vm::VMCallerCheckedAnyfunc;
use wasmer_types::{ExportIndex, FunctionIndex, ModuleInfo};

use watshop_protocol::shown::shown;

use crate::{memory, notes};

/// Finds the index of a function from a reference to it in a global, a table or a result.
pub struct FunctionIndices {
    module: wasmer::Module,
    /// The raw reference of each imported function, in order. `None` for a function that has none
    /// of its own.
    imported: Vec<Option<usize>>,
    /// The index of each of these references.
    by_reference: HashMap<usize, u32>,
    /// The address of each function's code and its index. The map is made at the first question.
    by_code: OnceLock<HashMap<usize, u32>>,
    names: FunctionNames,
}

/// Finds the names of a module's functions.
#[derive(Default)]
pub struct FunctionNames {
    /// The name of the first export of each function. The map is made at the first question.
    exported: OnceLock<HashMap<FunctionIndex, String>>,
}

impl FunctionNames {
    /// The name of a function, shortened if it is long: its name in the name section, or its first
    /// export in quotes, as in a text.
    pub fn name(&self, info: &ModuleInfo, wanted: FunctionIndex) -> Option<String> {
        let own = info.function_names.get(&wanted).map(|name| shown(name));
        own.or_else(|| self.exported.get_or_init(|| find_exports(info)).get(&wanted).cloned())
    }
}

fn find_exports(info: &ModuleInfo) -> HashMap<FunctionIndex, String> {
    let mut names = HashMap::new();
    for (name, index) in &info.exports {
        if let ExportIndex::Function(index) = index {
            names.entry(*index).or_insert_with(|| format!("\"{}\"", shown(name)));
        }
    }
    names
}

impl FunctionIndices {
    /// Maps the functions of an instance of a module. `imported` has the raw references of its
    /// imported functions. A function made from a closure has none, because the guest reaches it by
    /// a trampoline of the module.
    pub fn new(module: wasmer::Module, imported: Vec<Option<usize>>) -> Self {
        let mut by_reference = HashMap::new();
        for (index, raw) in (0..).zip(&imported) {
            // The first counts, if an import is declared twice.
            raw.map(|raw| *by_reference.entry(raw).or_insert(index));
        }
        Self {
            module,
            imported,
            by_reference,
            by_code: OnceLock::new(),
            names: FunctionNames::default(),
        }
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
        if let Some(index) = self.by_reference.get(&raw) {
            return Some(*index);
        }
        // SAFETY: a function reference is a pointer to such a record. Records never change and are
        // freed with the store, which the caller keeps alive.
        let code = unsafe { (*(raw as *const VMCallerCheckedAnyfunc)).func_ptr } as usize;
        self.by_code.get_or_init(|| self.find_code()).get(&code).copied()
    }

    /// The index behind a reference that was read while the guest ran, and that may be invalid. The
    /// kernel reads the record, so that an invalid pointer gives `None`.
    pub fn index_at(&self, raw: usize) -> Option<u32> {
        if let Some(index) = self.by_reference.get(&raw) {
            return Some(*index);
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

    /// The name of a function, see [`FunctionNames::name`].
    pub fn name(&self, wanted: FunctionIndex) -> Option<String> {
        self.names.name(self.module.info(), wanted)
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
