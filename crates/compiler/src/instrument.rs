//! Code that is added to a module before it is compiled. With it, the module's code works together
//! with other modules, its traps have places, and it counts its instructions if a person wants that.
//! The addition changes Wasmer's description of the
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
use watshop_artifact::{COUNTERS, Counters, NOTES, Notes, Sites};
use watshop_protocol::page::Compiler;

use crate::count::{Block, add_counters, increase};
use crate::forward::{self, Forwarders};
use crate::scan::{BodyFacts, Site};

/// Changes a module's description. Gives the middleware with which the compiler has to read the
/// bodies, or `None` if they stay the same. `scanned` describes the module's own bodies, and
/// `forwarders` contains the bodies of the added functions.
pub(crate) fn instrument<'a>(
    compiler: Compiler,
    count: bool,
    info: &mut ModuleInfo,
    bodies: &mut PrimaryMap<LocalFunctionIndex, FunctionBodyData<'a>>,
    scanned: &'a [BodyFacts],
    forwarders: &'a Forwarders,
) -> Option<Arc<dyn ModuleMiddleware>> {
    without_own_sections(info);
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
    let counters = count.then(|| add_counters(info, scanned.len()));
    // The runner finds this one as the last of all.
    let global = (sites != Sites::None).then(|| add_global(info));
    let functions = (info.num_imported_functions + scanned.len()) as u32;
    let ends = scanned.iter().map(|body| body.end).collect();
    let imports = forwarded.iter().map(|(import, _)| *import).collect();
    note(info, &Notes { sites, functions, forwarded: imports, ends });
    if global.is_none() && counters.is_none() && forwarded.is_empty() {
        return None;
    }
    for (body, scanned) in bodies.values_mut().zip(scanned) {
        if let Some(data) = &scanned.padded {
            // With this offset, the body's own instructions keep theirs.
            *body = FunctionBodyData { data, module_offset: body.module_offset - 1 };
        }
    }
    let of_bodies = scanned.iter().map(|body| AddedCode {
        sites: body.sites.as_slice().into(),
        blocks: body.blocks.as_slice().into(),
    });
    Some(Arc::new(Instrument {
        bodies: of_bodies.collect(),
        global,
        counters,
        forwarded: Arc::new(forwarded.into_iter().collect()),
    }))
}

/// Removes the DWARF sections, and any that the runner would take for ours. If a module has DWARF,
/// the compilers store its lines in place of module offsets, and the two cannot be told apart.
fn without_own_sections(info: &mut ModuleInfo) {
    info.custom_sections.retain(|name, index| {
        let stays = !name.starts_with(".debug_") && name != COUNTERS;
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
    /// The added code by local function index. Added functions have none.
    bodies: Vec<AddedCode>,
    /// The global that places are stored in.
    global: Option<u32>,
    /// The globals that instructions are counted in.
    counters: Option<Counters>,
    /// The functions that replace imported ones in references.
    forwarded: Arc<HashMap<u32, FunctionIndex>>,
}

/// The places in a body at which code is added.
#[derive(Clone, Debug, Default)]
struct AddedCode {
    sites: Arc<[Site]>,
    blocks: Arc<[Block]>,
}

impl ModuleMiddleware for Instrument {
    fn generate_function_middleware<'a>(
        &self,
        index: LocalFunctionIndex,
    ) -> Box<dyn FunctionMiddleware<'a> + 'a> {
        let added = self.bodies.get(index.index()).cloned().unwrap_or_default();
        let counters = self.counters.filter(|counters| index.as_u32() < counters.functions);
        let counter = counters.map(|counters| Counter {
            instructions: counters.first + index.as_u32(),
            calls: counters.first + counters.functions + index.as_u32(),
        });
        let forwarded = Arc::clone(&self.forwarded);
        Box::new(CodeAdder {
            added,
            next_site: 0,
            next_block: 0,
            ordinal: 0,
            global: self.global,
            counter,
            forwarded,
        })
    }
}

/// The reader of one body.
#[derive(Debug)]
struct CodeAdder {
    added: AddedCode,
    next_site: usize,
    next_block: usize,
    ordinal: u32,
    global: Option<u32>,
    counter: Option<Counter>,
    forwarded: Arc<HashMap<u32, FunctionIndex>>,
}

/// The globals of one function.
#[derive(Clone, Copy, Debug)]
struct Counter {
    instructions: u32,
    calls: u32,
}

impl CodeAdder {
    /// Stores the place of the next site if it is this instruction.
    fn store<'a>(&mut self, ordinal: u32, state: &mut MiddlewareReaderState<'a>) {
        let site = self.added.sites.get(self.next_site);
        let Some((site, global_index)) = site.zip(self.global) else { return };
        if site.ordinal == ordinal {
            self.next_site += 1;
            state.push_operator(Operator::I32Const { value: site.offset.cast_signed() });
            state.push_operator(Operator::GlobalSet { global_index });
        }
    }

    /// Counts the next block if this is its first instruction. The function's first instruction is
    /// the `nop` that was put in front.
    fn count(&mut self, ordinal: u32, state: &mut MiddlewareReaderState<'_>) {
        let Some(counter) = self.counter else { return };
        if ordinal == 1 {
            increase(counter.calls, 1, state);
        }
        let block = self.added.blocks.get(self.next_block);
        if let Some(block) = block.filter(|block| block.ordinal == ordinal) {
            self.next_block += 1;
            increase(counter.instructions, block.length, state);
        }
    }
}

impl<'a> FunctionMiddleware<'a> for CodeAdder {
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
        // before its site, and a block is counted behind the instruction before it.
        self.count(ordinal + 1, state);
        self.store(ordinal + 1, state);
        Ok(())
    }
}
