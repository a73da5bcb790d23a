//! Facts about function bodies that are needed before they are compiled, found in one pass over
//! each.

use rayon::prelude::*;
use wasmer_compiler::FunctionBodyData;
use wasmer_compiler::wasmparser::{BinaryReader, BinaryReaderError, FunctionBody, Operator};
use wasmer_types::entity::PrimaryMap;
use wasmer_types::{CompileError, ExportIndex, LocalFunctionIndex, ModuleInfo, WasmError};
use watshop_protocol::page::Compiler;

use crate::count::{Block, BlockFinder};

const NOP: u8 = 0x01;

/// A trapping instruction whose place is stored before it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Site {
    /// The number of the instruction in the body.
    pub ordinal: u32,
    /// The module offset of the instruction.
    pub offset: u32,
}

/// The facts about one body.
#[derive(Debug, Default)]
pub(crate) struct BodyFacts {
    pub sites: Vec<Site>,
    /// The module offset of the last `end`.
    pub end: u32,
    /// The bytes of the body.
    pub length: u32,
    /// Its blocks, if the code counts its instructions.
    pub blocks: Vec<Block>,
    /// True if an instruction of it waits for another thread.
    pub waits: bool,
    /// The body with a `nop` in front, if its first instruction is a site or begins a block. Code
    /// is added behind another instruction, so there has to be one.
    pub padded: Option<Vec<u8>>,
}

/// Finds the facts about bodies.
pub(crate) struct BodyScanner {
    compiler: Compiler,
    /// True if the code counts its instructions.
    count: bool,
    imported_functions: u32,
    /// True if a table may contain a function of the host.
    host_in_tables: bool,
}

impl BodyScanner {
    /// Makes a scan for the bodies of a module.
    pub(crate) fn new(compiler: Compiler, count: bool, info: &ModuleInfo) -> Self {
        let shares_tables = info.num_imported_tables > 0
            || info.exports.values().any(|export| matches!(export, ExportIndex::Table(_)));
        let imported_functions = info.num_imported_functions as u32;
        Self {
            compiler,
            count,
            imported_functions,
            host_in_tables: imported_functions > 0 || shares_tables,
        }
    }

    /// Reads all bodies, on all cores.
    ///
    /// # Errors
    ///
    /// [`CompileError::Wasm`] if a body cannot be read.
    pub(crate) fn all(
        &self,
        bodies: &PrimaryMap<LocalFunctionIndex, FunctionBodyData<'_>>,
    ) -> Result<Vec<BodyFacts>, CompileError> {
        let bodies: Vec<_> = bodies.values().collect();
        bodies.into_par_iter().map(|body| self.one(body).map_err(CompileError::Wasm)).collect()
    }

    fn one(&self, body: &FunctionBodyData<'_>) -> Result<BodyFacts, WasmError> {
        let unreadable = |error: BinaryReaderError| WasmError::InvalidWebAssembly {
            message: error.message().to_owned(),
            offset: error.offset() as usize,
        };
        let reader = FunctionBody::new(BinaryReader::new(body.data, body.module_offset));
        let mut operators = reader.get_operators_reader().map_err(unreadable)?;
        let mut found = BodyFacts { length: body.data.len() as u32, ..BodyFacts::default() };
        let mut blocks = BlockFinder::default();
        let first = operators.original_position();
        for ordinal in 0.. {
            if operators.eof() {
                break;
            }
            // Artifacts and modules end below 4 GiB.
            let offset = operators.original_position() as u32;
            let operator = operators.read().map_err(unreadable)?;
            if self.is_site(&operator) {
                found.sites.push(Site { ordinal, offset });
            }
            found.waits |= waits(&operator);
            if self.count {
                blocks.add(ordinal, &operator);
            }
            found.end = offset;
        }
        found.blocks = blocks.blocks();
        if self.count || found.sites.first().is_some_and(|site| site.ordinal == 0) {
            let (locals, instructions) = body.data.split_at((first - body.module_offset) as usize);
            found.padded = Some([locals, &[NOP], instructions].concat());
            let sites = found.sites.iter_mut().map(|site| &mut site.ordinal);
            let blocks = found.blocks.iter_mut().map(|block| &mut block.ordinal);
            sites.chain(blocks).for_each(|ordinal| *ordinal += 1);
        }
        Ok(found)
    }

    /// Returns true if the compiler's code does not tell the place of a trap in this instruction.
    ///
    /// Cranelift tells all places except those of errors of host functions, and of waits, which
    /// consist of several instructions. Singlepass (7.5, `codegen.rs`, `SpecialLabelSet`) jumps to
    /// code at the end of the function, which all divisions share, all truncations, and so on. It
    /// also does not record its calls of the runtime. LLVM keeps no places in JIT code, and merges
    /// calls of the runtime that end alike. Only a load or store that faults by itself is found by
    /// its address.
    fn is_site(&self, operator: &Operator<'_>) -> bool {
        match self.compiler {
            Compiler::Cranelift => self.calls_host(operator) || waits(operator),
            Compiler::Singlepass => {
                self.calls_host(operator)
                    || calls_indirectly(operator)
                    || divides_or_converts(operator)
                    || calls_runtime(operator)
                    || is_atomic(operator)
            }
            Compiler::Llvm => {
                self.calls_host(operator)
                    || calls_indirectly(operator)
                    || divides_or_converts(operator)
                    || calls_runtime(operator)
                    || is_atomic(operator)
                    || matches!(
                        operator,
                        Operator::Unreachable | Operator::Throw { .. } | Operator::ThrowRef
                    )
            }
        }
    }

    fn calls_host(&self, operator: &Operator<'_>) -> bool {
        match operator {
            Operator::Call { function_index } | Operator::ReturnCall { function_index } => {
                *function_index < self.imported_functions
            }
            other => self.host_in_tables && calls_indirectly(other),
        }
    }
}

fn waits(operator: &Operator<'_>) -> bool {
    matches!(operator, Operator::MemoryAtomicWait32 { .. } | Operator::MemoryAtomicWait64 { .. })
}

fn calls_indirectly(operator: &Operator<'_>) -> bool {
    matches!(operator, Operator::CallIndirect { .. } | Operator::ReturnCallIndirect { .. })
}

/// Returns true for instructions on whole ranges, and on tables.
fn calls_runtime(operator: &Operator<'_>) -> bool {
    use Operator as O;
    matches!(
        operator,
        O::MemoryInit { .. }
            | O::MemoryCopy { .. }
            | O::MemoryFill { .. }
            | O::TableGet { .. }
            | O::TableSet { .. }
            | O::TableInit { .. }
            | O::TableCopy { .. }
            | O::TableFill { .. }
    )
}

fn divides_or_converts(operator: &Operator<'_>) -> bool {
    use Operator as O;
    matches!(
        operator,
        O::I32DivS
            | O::I32DivU
            | O::I32RemS
            | O::I32RemU
            | O::I64DivS
            | O::I64DivU
            | O::I64RemS
            | O::I64RemU
            | O::I32TruncF32S
            | O::I32TruncF32U
            | O::I32TruncF64S
            | O::I32TruncF64U
            | O::I64TruncF32S
            | O::I64TruncF32U
            | O::I64TruncF64S
            | O::I64TruncF64U
    )
}

/// Returns true for atomic accesses. They trap if they are not aligned, and all compilers check
/// their bounds in code.
fn is_atomic(operator: &Operator<'_>) -> bool {
    macro_rules! names {
        ($(@$proposal:ident $name:ident $({ $($field:ident: $kind:ty),* })? => $visit:ident ($($ann:tt)*))*) => {
            match operator {
                $(Operator::$name { .. } => names!(is $proposal),)*
                _ => false,
            }
        };
        (is threads) => { true };
        (is $other:ident) => { false };
    }
    wasmer_compiler::wasmparser::for_each_operator!(names)
}
