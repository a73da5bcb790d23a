//! Code that is added to a module before it is compiled. With it, the module's code works together
//! with other modules, and its traps have places. The addition changes Wasmer's description of the
//! module and the bodies that the compiler reads. All module offsets stay the same.

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
use crate::scan::{BodyFacts, Site};

/// Changes a module's description. Gives the middleware with which the compiler has to read the
/// bodies, or `None` if they stay the same. `scanned` describes the module's own bodies, and
/// `forwarders` contains the bodies of the added functions.
pub(crate) fn instrument<'a>(
    compiler: Compiler,
    info: &mut ModuleInfo,
    bodies: &mut PrimaryMap<LocalFunctionIndex, FunctionBodyData<'a>>,
    scanned: &'a [BodyFacts],
    forwarders: &'a Forwarders,
) -> Option<Arc<dyn ModuleMiddleware>> {
    without_debug_sections(info);
    // The frames of a trap name their module. The hash tells it from other modules.
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
            // With this offset, the body's own instructions keep theirs.
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

/// Removes the DWARF sections. If a module has them, the compilers store its lines in place of
/// module offsets, and the two cannot be told apart.
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

/// The middleware that makes a reader for each body.
#[derive(Debug)]
struct Instrument {
    /// The sites by local function index. Added functions have none.
    sites: Vec<Arc<[Site]>>,
    /// The global that places are stored in.
    global: Option<u32>,
    /// The functions that replace imported ones in references.
    forwarded: Arc<HashMap<u32, FunctionIndex>>,
}

impl ModuleMiddleware for Instrument {
    fn generate_function_middleware<'a>(
        &self,
        index: LocalFunctionIndex,
    ) -> Box<dyn FunctionMiddleware<'a> + 'a> {
        let sites = self.sites.get(index.index()).cloned().unwrap_or_default();
        let forwarded = Arc::clone(&self.forwarded);
        Box::new(SiteWriter { sites, next: 0, ordinal: 0, global: self.global, forwarded })
    }
}

/// The reader of one body.
#[derive(Debug)]
struct SiteWriter {
    sites: Arc<[Site]>,
    next: usize,
    ordinal: u32,
    global: Option<u32>,
    forwarded: Arc<HashMap<u32, FunctionIndex>>,
}

impl SiteWriter {
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

impl<'a> FunctionMiddleware<'a> for SiteWriter {
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
        // The compilers ask for the module offset before they read an instruction, and added
        // instructions count as the module's next one. So a place is stored behind the instruction
        // before its site.
        self.store(ordinal + 1, state);
        Ok(())
    }
}
