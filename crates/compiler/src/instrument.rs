//! What is added to a module before it is compiled, so that its code is right beside other modules
//! and its traps have places. Only Wasmer's description of the module and what the compiler reads
//! of the bodies change: all module offsets stay what they are.

use std::collections::HashMap;
use std::sync::Arc;

use wasmer_compiler::wasmparser::Operator;
use wasmer_compiler::{
    FunctionBodyData, FunctionMiddleware, MiddlewareReaderState, ModuleMiddleware,
};
use wasmer_types::entity::{EntityRef as _, PrimaryMap};
use wasmer_types::{
    FunctionIndex, GlobalInit, GlobalType, LocalFunctionIndex, MiddlewareError, ModuleInfo,
    Mutability, Type,
};
use watshop_artifact::{NOTES, Notes, Sites};
use watshop_protocol::page::Compiler;

use crate::forward::{self, Forwarders};
use crate::scan::{Scanned, Site};

/// Changes a module's description, and gives what the compiler has to read bodies with; nothing if
/// they stay as they are. `scanned` is of the module's own bodies, and `forwarders` holds the
/// bodies of what is added.
pub(crate) fn instrument<'a>(
    compiler: Compiler,
    info: &mut ModuleInfo,
    bodies: &mut PrimaryMap<LocalFunctionIndex, FunctionBodyData<'a>>,
    scanned: &'a [Scanned],
    forwarders: &'a Forwarders,
) -> Option<Arc<dyn ModuleMiddleware>> {
    without_debug_sections(info);
    // Frames of a trap name their module: it is told from others by this.
    info.name = info.hash.map(|hash| hash.to_string());
    let forwarded = match compiler {
        Compiler::Singlepass => forward::apply(info, bodies, forwarders),
        Compiler::Cranelift | Compiler::Llvm => Vec::new(),
    };
    let sites = match (scanned.iter().any(|body| !body.sites.is_empty()), compiler) {
        (false, _) => Sites::None,
        (true, Compiler::Cranelift) => Sites::Host,
        (true, Compiler::Singlepass) => Sites::Shared,
        (true, Compiler::Llvm) => Sites::All,
    };
    let global = (sites != Sites::None).then(|| add_global(info));
    let functions = (info.num_imported_functions + scanned.len()) as u32;
    let ends = scanned.iter().map(|body| body.end).collect();
    let imports = forwarded.iter().map(|(import, _)| *import).collect();
    note(info, &Notes { sites, functions, forwarded: imports, ends });
    if global.is_none() && forwarded.is_empty() {
        return None;
    }
    for (body, scanned) in bodies.values_mut().zip(scanned) {
        if let Some(data) = &scanned.padded {
            // So its own instructions are where they were.
            *body = FunctionBodyData { data, module_offset: body.module_offset - 1 };
        }
    }
    let sites = scanned.iter().map(|body| body.sites.as_slice().into()).collect();
    Some(Arc::new(Instrument {
        sites,
        global,
        forwarded: Arc::new(forwarded.into_iter().collect()),
    }))
}

/// The compilers take lines from a module's DWARF if it has any, in place of module offsets, and
/// nobody could tell these from one another.
fn without_debug_sections(info: &mut ModuleInfo) {
    info.custom_sections.retain(|name, index| {
        let stays = !name.starts_with(".debug_");
        if !stays && let Some(data) = info.custom_sections_data.get_mut(*index) {
            *data = Box::default();
        }
        stays
    });
}

/// Adds a mutable `i32` behind all other globals.
fn add_global(info: &mut ModuleInfo) -> u32 {
    let index = info.globals.push(GlobalType::new(Type::I32, Mutability::Var));
    info.global_initializers.push(GlobalInit::I32Const(0));
    index.as_u32()
}

fn note(info: &mut ModuleInfo, notes: &Notes) {
    let data = info.custom_sections_data.push(notes.to_bytes().into_boxed_slice());
    info.custom_sections.insert(NOTES.to_owned(), data);
}

/// Makes what reads the bodies.
#[derive(Debug)]
struct Instrument {
    /// By local function index; what was added has none.
    sites: Vec<Arc<[Site]>>,
    /// Where places are stored.
    global: Option<u32>,
    /// Of an imported function, what is to be referred to in its place.
    forwarded: Arc<HashMap<u32, FunctionIndex>>,
}

impl ModuleMiddleware for Instrument {
    fn generate_function_middleware<'a>(
        &self,
        index: LocalFunctionIndex,
    ) -> Box<dyn FunctionMiddleware<'a> + 'a> {
        let sites = self.sites.get(index.index()).cloned().unwrap_or_default();
        let forwarded = Arc::clone(&self.forwarded);
        Box::new(Body { sites, next: 0, ordinal: 0, global: self.global, forwarded })
    }
}

/// Reads one body.
#[derive(Debug)]
struct Body {
    sites: Arc<[Site]>,
    next: usize,
    ordinal: u32,
    global: Option<u32>,
    forwarded: Arc<HashMap<u32, FunctionIndex>>,
}

impl Body {
    /// Stores the place of the next site if it is this instruction.
    fn store<'a>(&mut self, ordinal: u32, state: &mut MiddlewareReaderState<'a>) {
        let Some((site, global_index)) = self.sites.get(self.next).zip(self.global) else { return };
        if site.ordinal == ordinal {
            self.next += 1;
            state.push_operator(Operator::I32Const { value: site.offset.cast_signed() });
            state.push_operator(Operator::GlobalSet { global_index });
        }
    }
}

impl<'a> FunctionMiddleware<'a> for Body {
    fn feed(
        &mut self,
        operator: Operator<'a>,
        state: &mut MiddlewareReaderState<'a>,
    ) -> Result<(), MiddlewareError> {
        let ordinal = self.ordinal;
        self.ordinal += 1;
        state.push_operator(match operator {
            Operator::RefFunc { function_index } => {
                let instead = self.forwarded.get(&function_index).map(|index| index.as_u32());
                Operator::RefFunc { function_index: instead.unwrap_or(function_index) }
            }
            other => other,
        });
        // The compilers ask where they are before they read an instruction, and what comes from
        // here counts as the one that the module has next: so a place is stored behind the
        // instruction before its own.
        self.store(ordinal + 1, state);
        Ok(())
    }
}
