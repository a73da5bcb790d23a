//! Passive element segments from which Wasmer cannot initialise a table. Each pair of segment and
//! table in a `table.init` gets a function that takes the place of the instruction and has its
//! parameters. A global contains the segment's length, and `elem.drop` sets it to 0.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;
use wasmer_compiler::wasmparser::{BinaryReader, BinaryReaderError, FunctionBody, Operator};
use wasmer_compiler::{
    FunctionBodyData, FunctionMiddleware, MiddlewareReaderState, ModuleMiddleware,
};
use wasmer_types::entity::PrimaryMap;
use wasmer_types::entity::packed_option::ReservedValue as _;
use wasmer_types::{
    CompileError, ElemIndex, GlobalInit, GlobalType, LocalFunctionIndex, MiddlewareError,
    ModuleInfo, Mutability, TableIndex, Type, WasmError,
};
use watshop_module::ActiveSegments;

use super::code::Code;

/// The functions and globals for these segments.
#[derive(Default)]
pub(super) struct PassiveSegments {
    /// The segments with their lengths, in the order of their globals.
    segments: BTreeMap<u32, u32>,
    /// The functions, by segment and table.
    functions: BTreeMap<(u32, u32), Code>,
    /// The index of the first function.
    first: u32,
}

impl PassiveSegments {
    /// Makes the functions. `first` is the index that the first one will have.
    ///
    /// # Errors
    ///
    /// [`CompileError::Wasm`] if a body cannot be read.
    pub(super) fn of(
        info: &ModuleInfo,
        bodies: &PrimaryMap<LocalFunctionIndex, FunctionBodyData<'_>>,
        active: &ActiveSegments,
        first: usize,
    ) -> Result<Self, CompileError> {
        let from_globals = active.from_globals.iter().filter(|element| element.passive);
        let wanted: BTreeSet<u32> = from_globals
            .map(|element| element.segment)
            .chain(active.passive_others.iter().copied())
            .collect();
        if wanted.is_empty() {
            return Ok(Self::default());
        }
        let length = |segment: u32| {
            info.passive_elements.get(&ElemIndex::from_u32(segment)).map_or(0, |it| it.len())
        };
        let segments = wanted.iter().map(|segment| (*segment, length(*segment) as u32)).collect();
        let mut made = Self { segments, functions: BTreeMap::new(), first: first as u32 };
        for (segment, table) in inits(bodies, &wanted)? {
            let global = made.global_of(info.globals.len() as u32, segment);
            made.functions.insert((segment, table), function(info, active, segment, table, global));
        }
        Ok(made)
    }

    /// The bodies of the functions, in order.
    pub(super) fn bodies(&self) -> impl Iterator<Item = &[u8]> {
        self.functions.values().map(Code::bytes)
    }

    /// Adds the globals. Gives the middleware with which the bodies have to be read.
    pub(super) fn apply(&self, info: &mut ModuleInfo) -> Option<Arc<dyn ModuleMiddleware>> {
        if self.segments.is_empty() {
            return None;
        }
        let before = info.globals.len() as u32;
        let lengths = self
            .segments
            .keys()
            .map(|segment| (*segment, self.global_of(before, *segment)))
            .collect();
        for (segment, length) in &self.segments {
            // No instruction uses the segment any more. It has to go, because the placeholders for
            // its globals are not its own functions.
            info.passive_elements.remove(&ElemIndex::from_u32(*segment));
            info.globals.push(GlobalType::new(Type::I32, Mutability::Var));
            info.global_initializers.push(GlobalInit::I32Const(length.cast_signed()));
        }
        let functions = self.functions.keys().copied().zip(self.first..).collect();
        Some(Arc::new(TableInitMiddleware {
            lengths: Arc::new(lengths),
            functions: Arc::new(functions),
        }))
    }

    /// The global with a segment's length. The module itself has `before` globals.
    fn global_of(&self, before: u32, segment: u32) -> u32 {
        before + self.segments.range(..segment).count() as u32
    }
}

/// The pairs of segment and table in all `table.init` of these segments.
fn inits(
    bodies: &PrimaryMap<LocalFunctionIndex, FunctionBodyData<'_>>,
    wanted: &BTreeSet<u32>,
) -> Result<BTreeSet<(u32, u32)>, CompileError> {
    let bodies: Vec<_> = bodies.values().collect();
    let found = bodies.into_par_iter().map(|body| {
        let mut found = Vec::new();
        let reader = FunctionBody::new(BinaryReader::new(body.data, body.module_offset));
        for operator in reader.get_operators_reader()? {
            if let Operator::TableInit { elem_index, table } = operator?
                && wanted.contains(&elem_index)
            {
                found.push((elem_index, table));
            }
        }
        Ok(found)
    });
    let unreadable = |error: BinaryReaderError| {
        CompileError::Wasm(WasmError::InvalidWebAssembly {
            message: error.message().to_owned(),
            offset: error.offset() as usize,
        })
    };
    let found = found.collect::<Result<Vec<_>, BinaryReaderError>>().map_err(unreadable)?;
    Ok(found.into_iter().flatten().collect())
}

/// The function for `table.init` of one segment and one table. Its parameters are those of the
/// instruction.
fn function(
    info: &ModuleInfo,
    active: &ActiveSegments,
    segment: u32,
    table: u32,
    length: u32,
) -> Code {
    const TO: u32 = 0;
    const FROM: u32 = 1;
    const COUNT: u32 = 2;
    let kind = info.tables.get(TableIndex::from_u32(table)).map_or(Type::FuncRef, |table| table.ty);
    let of_segment = active.from_globals.iter().filter(|element| element.segment == segment);
    let globals: HashMap<u32, u32> =
        of_segment.map(|element| (element.element, element.global)).collect();
    let mut code = Code::new();
    // A range past the end of the segment becomes an access past the end of the table, which traps.
    code.local_get(FROM);
    code.i64_extend_i32_u();
    code.local_get(COUNT);
    code.i64_extend_i32_u();
    code.i64_add();
    code.global_get(length);
    code.i64_extend_i32_u();
    code.i64_gt_u();
    code.if_then();
    code.i32_const(-1);
    code.table_get(table);
    code.drop();
    code.end();
    // All elements are filled at once first. So nothing is written if the last one does not fit.
    code.local_get(TO);
    code.ref_null(kind);
    code.local_get(COUNT);
    code.table_fill(table);
    let elements = info.passive_elements.get(&ElemIndex::from_u32(segment));
    for (element, function) in (0_u32..).zip(elements.into_iter().flatten()) {
        let global = globals.get(&element).copied();
        let function =
            Some(*function).filter(|it| kind == Type::FuncRef && !it.is_reserved_value());
        if global.is_none() && function.is_none() {
            continue;
        }
        code.i32_const(element.cast_signed());
        code.local_get(FROM);
        code.i32_sub();
        code.local_get(COUNT);
        code.i32_lt_u();
        code.if_then();
        code.local_get(TO);
        code.i32_const(element.cast_signed());
        code.i32_add();
        code.local_get(FROM);
        code.i32_sub();
        match (global, function) {
            (Some(global), _) => code.global_get(global),
            (None, Some(function)) => code.ref_func(function.as_u32()),
            (None, None) => {}
        }
        code.table_set(table);
        code.end();
    }
    code.end();
    code
}

/// The middleware that replaces `table.init` with calls, and makes `elem.drop` set the length to 0.
#[derive(Debug)]
struct TableInitMiddleware {
    /// The global of each segment.
    lengths: Arc<HashMap<u32, u32>>,
    /// The functions by segment and table.
    functions: Arc<HashMap<(u32, u32), u32>>,
}

impl ModuleMiddleware for TableInitMiddleware {
    fn generate_function_middleware<'a>(
        &self,
        _: LocalFunctionIndex,
    ) -> Box<dyn FunctionMiddleware<'a> + 'a> {
        Box::new(TableInitBody {
            lengths: Arc::clone(&self.lengths),
            functions: Arc::clone(&self.functions),
        })
    }
}

#[derive(Debug)]
struct TableInitBody {
    lengths: Arc<HashMap<u32, u32>>,
    functions: Arc<HashMap<(u32, u32), u32>>,
}

impl<'a> FunctionMiddleware<'a> for TableInitBody {
    fn feed(
        &mut self,
        operator: Operator<'a>,
        state: &mut MiddlewareReaderState<'a>,
    ) -> Result<(), MiddlewareError> {
        match operator {
            Operator::TableInit { elem_index, table } => {
                let function = self.functions.get(&(elem_index, table)).copied();
                state.push_operator(match function {
                    Some(function_index) => Operator::Call { function_index },
                    None => operator,
                });
            }
            Operator::ElemDrop { elem_index } => {
                if let Some(global_index) = self.lengths.get(&elem_index).copied() {
                    state.extend([
                        Operator::I32Const { value: 0 },
                        Operator::GlobalSet { global_index },
                    ]);
                }
                state.push_operator(operator);
            }
            other => state.push_operator(other),
        }
        Ok(())
    }
}
